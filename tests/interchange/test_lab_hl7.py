"""Results from HL7 v2 messages: what is clear becomes a row, everything else a refusal with its line and reason."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from nurse_app.domain.incoming_results import IncomingResult
from nurse_app.domain.patient_events import TextAsCame
from nurse_app.interchange.lab_file.hl7 import read_hl7
from nurse_app.interchange.lab_file.rows import LabFile, RefusedRow, UnreadableFileError

BERLIN = ZoneInfo("Europe/Berlin")
WINTER = timezone(timedelta(hours=1))
MSH = "MSH|^~\\&|LIS|LAB|EHR|WARD|20261123101500||ORU^R01^ORU_R01|4711|P|2.5.1"
PID = "PID|1||R-77^^^WARD^MR||Roe^Jane||19900502|F"
OBR = "OBR|1||L-1|24323-8^Liver panel^LN|||20261122081500"
OBX = "OBX|1|NM|1742-6^ALT^LN^GPT^Alanine aminotransferase^L||25.50|U/L^unit^UCUM|10-49||||F"
FHS, BHS, BTS, FTS = "FHS|^~\\&", "BHS|^~\\&", "BTS|1", "FTS|1"


def changed(segment: str, **fields: str) -> str:
    """A segment with other fields; f5 is the fifth, counted as the standard does."""
    parts = segment.split("|")
    for name, text in fields.items():
        # The header's first field is its separator.
        number = int(name[1:]) - segment.startswith("MSH")
        parts += [""] * (number + 1 - len(parts))
        parts[number] = text
    return "|".join(parts)


def read(*segments: str, zone: tzinfo = BERLIN, end: str = "\r") -> LabFile:
    return read_hl7("".join(segment + end for segment in segments), zone)


def only(*segments: str) -> IncomingResult:
    found = read(*segments)
    assert found.refused == ()
    (row,) = found.rows
    return row


def result(**fields: str) -> IncomingResult:
    return only(MSH, PID, OBR, changed(OBX, **fields))


def refusal(*segments: str) -> str:
    """Why the only result is refused."""
    found = read(*segments)
    assert found.rows == ()
    (refused,) = found.refused
    return refused.reason


def refused_result(**fields: str) -> str:
    return refusal(MSH, PID, OBR, changed(OBX, **fields))


def values(found: LabFile) -> Sequence[str]:
    return [row.value for row in found.rows]


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_a_result_is_read_with_all_that_a_row_holds(end: str) -> None:
    found = read(MSH, PID, OBR, OBX, end=end)

    assert found == LabFile(
        (
            IncomingResult(
                place="line 4",
                record_no="R-77",
                tests=("1742-6", "GPT", "ALT", "Alanine aminotransferase"),
                value="25.50",
                collected=datetime(2026, 11, 22, 8, 15, tzinfo=WINTER),
                text=TextAsCame("20261122081500", "1742-6", "25.50", "U/L^unit^UCUM", "10", "49"),
                unit="U/L",
                lower=Decimal(10),
                upper=Decimal(49),
                birth_date=date(1990, 5, 2),
            ),
        )
    )


def test_each_message_has_its_own_separators() -> None:
    odd = [line.translate(str.maketrans("|^~\\&", "$%*!@")) for line in (MSH, PID, OBR, OBX)]

    found = read(MSH, PID, OBR, OBX, *odd)

    first, second = found.rows
    assert found.refused == ()
    assert (first.tests, first.value, first.unit, first.lower) == (
        second.tests,
        second.value,
        second.unit,
        second.lower,
    )
    assert (first.place, second.place) == ("line 4", "line 8")


@pytest.mark.parametrize("signs", ["^~\\a", "^~\\1", "^~\\^", "^~|&", "^~\\", "^~\\&#!", "^~\\ ", ""])
def test_a_message_with_unclear_separators_is_refused_whole(signs: str) -> None:
    found = read(MSH, PID, OBR, OBX, MSH.replace("^~\\&", signs, 1), PID, OBR, OBX)

    assert values(found) == ["25.50"]
    assert [row.place for row in found.refused] == ["line 5"]
    assert "separators cannot be read" in found.refused[0].reason


def test_letters_do_not_separate_fields() -> None:
    with pytest.raises(UnreadableFileError, match="line 1 is a message whose separators cannot be read"):
        read("MSHA^~\\&A")
    with pytest.raises(UnreadableFileError, match="separators"):
        read("MSH")


def test_batches_and_blocks_are_unwrapped() -> None:
    batch = read(FHS, BHS, MSH, PID, OBR, OBX, MSH, PID, OBR, changed(OBX, f5="3"), BTS, FTS)
    blocks = read_hl7("".join(f"\x0b{MSH}\r{PID}\r{OBR}\r{OBX}\r\x1c\r" for _ in range(2)), BERLIN)
    tight = read_hl7("".join(f"\x0b{MSH}\r{PID}\r{OBR}\r{OBX}\x1c" for _ in range(2)), BERLIN)

    assert (values(batch), batch.refused) == (["25.50", "3"], ())
    assert (values(blocks), blocks.refused) == (["25.50", "25.50"], ())
    assert (values(tight), tight.refused) == (["25.50", "25.50"], ())
    assert [row.place for row in blocks.rows] == ["line 4", "line 9"]


def test_empty_lines_a_byte_order_mark_and_unknown_segments_are_passed_over() -> None:
    found = read("\ufeff" + MSH, "", PID, "PV1|1|O", "ZXY|1", OBR, "NTE|1||a note", "  ", OBX)

    assert ([row.place for row in found.rows], found.refused) == (["line 9"], ())


def test_what_stands_outside_a_message_is_said() -> None:
    found = read("Results of today", "of the ward", MSH, PID, OBR, OBX, BTS, OBX)

    assert values(found) == ["25.50"]
    assert found.refused == (
        RefusedRow("line 1", "stands outside every message"),
        RefusedRow("line 8", "stands outside every message"),
    )


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("ADT^A01", "is an ADT message, not results (ORU^R01)"),
        ("QRY^R02", "is a QRY message, not results (ORU^R01)"),
        ("ORU^R30", "is an ORU^R30 message, not results (ORU^R01)"),
        ("ORU", "is an ORU message, not results (ORU^R01)"),
        ("", "is a message that does not say of what kind it is (MSH-9)"),
        ("A" * 201, f"“{'A' * 40}…” is longer than 200 characters"),
    ],
)
def test_another_message_is_refused_once(kind: str, reason: str) -> None:
    found = read(changed(MSH, f9=kind), PID, OBX, OBX, MSH, PID, OBR, OBX)

    assert (values(found), found.refused) == (["25.50"], (RefusedRow("line 1", reason),))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "it is empty"),
        ("\r\n \r\n", "it is empty"),
        ("a,b,c\r\n1,2,3", "line 1 stands outside every message"),
        (changed(MSH, f9="ADT^A01"), "line 1 is an ADT message"),
        ("FHS|^~\\&\rFTS|0\r", "it is empty"),
    ],
)
def test_a_file_without_results_is_unreadable(text: str, says: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_hl7(text, BERLIN)

    assert says in str(caught.value)
    assert str(caught.value).endswith("Choose a file of results in HL7 v2 (ORU^R01)")


def test_a_message_of_results_without_one_is_said() -> None:
    assert read(MSH, PID, OBR).refused == (RefusedRow("line 1", "is a message of results without a result (OBX)"),)


# Files that break off


@pytest.mark.parametrize("stray", ["rest of a text", " OBX|2|NM|1", "obx|2", "OBXX|2", "ADD|rest", "DSC|1"])
def test_a_result_that_a_line_break_cuts_is_refused(stray: str) -> None:
    found = read(MSH, PID, OBR, OBX, stray, changed(OBX, f5="7"))

    assert values(found) == ["7"]
    assert found.refused[0] == RefusedRow("line 4", "is broken off before its end")
    assert len(found.refused) == (1 if stray[:3] in ("ADD", "DSC") else 2)


def test_a_line_break_in_a_note_costs_no_result() -> None:
    found = read(MSH, PID, OBR, OBX, "NTE|1||first", "second line")

    assert values(found) == ["25.50"]
    assert [row.place for row in found.refused] == ["line 6"]


def test_nothing_rests_on_a_segment_that_is_broken_off() -> None:
    assert refusal_before_stray(MSH, PID, "x", OBR, OBX) == "rests on the PID segment of line 2, which is broken off"
    assert refusal_before_stray(MSH, PID, OBR, "x", OBX) == "rests on the OBR segment of line 3, which is broken off"
    order = changed(OBR, f25="F", f7="")
    assert refusal_before_stray(MSH, PID, order, "x", changed(OBX, f11="", f14="20261122")) == "has no status"
    with pytest.raises(UnreadableFileError, match="header is broken off"):
        read(MSH, "x", PID, OBR, OBX)


def refusal_before_stray(*segments: str) -> str:
    found = read(*segments)
    assert found.rows == ()
    stray, broken = sorted(found.refused, key=lambda row: "not a segment" not in row.reason)
    assert "is not a segment of HL7" in stray.reason
    return broken.reason


def test_a_result_beside_a_broken_order_stands_by_its_own_time() -> None:
    assert values(read(MSH, PID, OBR, "x", changed(OBX, f14="20261122"))) == ["25.50"]


@pytest.mark.parametrize(
    ("before", "missing"),
    [((FHS,), "FTS"), ((FHS, BHS), "FTS"), ((BHS,), "BTS"), (("\x0b",), "the end of its last block")],
)
def test_a_cut_file_is_said_and_its_last_line_is_not_taken(before: tuple[str, ...], missing: str) -> None:
    found = read(*before, MSH, PID, OBR, OBX, changed(OBX, f5="7"))

    line = len(before) + 5
    assert values(found) == ["25.50"]
    assert found.refused == (
        RefusedRow(f"line {line}", "is broken off before its end"),
        RefusedRow(f"line {line}", f"the file ends here without {missing}; what followed is missing"),
    )


def test_the_last_line_needs_no_end_once_its_status_is_there() -> None:
    order = changed(OBR, f25="F")
    whole = "\n".join((MSH, PID, order, OBX))
    short = "\n".join((MSH, PID, order, changed(OBX, f11="")))

    assert values(read_hl7(whole, BERLIN)) == ["25.50"]
    assert values(read_hl7(short + "\n", BERLIN)) == ["25.50"]
    assert read_hl7(short, BERLIN).refused == (RefusedRow("line 4", "is broken off before its end"),)


# Whose result


@pytest.mark.parametrize(
    ("identifiers", "record_no"),
    [
        ("R-77", "R-77"),
        (" R-77 ^^^^PI", "R-77"),
        ("1^^^A^PI~R-77^^^B^MR~2^^^C^SS", "R-77"),
        ("R-77^^^A^MR~R-77^^^B^PI", "R-77"),
        ("~R-77~", "R-77"),
        ("A\\T\\B^^^X^MR", "A&B"),
    ],
)
def test_the_record_number_is_the_medical_one_else_the_only_one(identifiers: str, record_no: str) -> None:
    assert only(MSH, changed(PID, f3=identifiers), OBR, OBX).record_no == record_no


@pytest.mark.parametrize(
    ("identifiers", "reason"),
    [
        ("1^^^A^PI~2^^^B^PI", "several patient identifiers"),
        ("1^^^A^MR~2^^^B^MR", "several patient identifiers"),
        ("^^^A^MR", "no record number"),
        ('""', "no record number"),
        ("9" * 65, "is longer than 64 characters"),
        ("a\\Q\\b", "an escape that cannot be read"),
        ("a\x07b", "a character that cannot be seen"),
    ],
)
def test_an_unclear_record_number_refuses_the_result(identifiers: str, reason: str) -> None:
    assert reason in refusal(MSH, changed(PID, f3=identifiers), OBR, OBX)


def test_the_older_field_is_read_only_when_the_newer_is_empty() -> None:
    assert only(MSH, changed(PID, f2="OLD", f3=""), OBR, OBX).record_no == "OLD"
    assert only(MSH, changed(PID, f2="OLD", f3=" "), OBR, OBX).record_no == "OLD"
    assert only(MSH, changed(PID, f2="OLD"), OBR, OBX).record_no == "R-77"


def test_a_result_without_a_patient_is_refused() -> None:
    assert refusal(MSH, OBR, OBX) == "has no PID segment before it that says whose it is"
    assert "no PID segment" in read(MSH, PID, OBR, OBX, MSH, OBR, OBX).refused[0].reason


def test_one_message_may_hold_several_patients() -> None:
    found = read(MSH, PID, OBR, OBX, changed(PID, f3="R-88", f7=""), OBR, OBX)

    assert [(row.record_no, row.birth_date) for row in found.rows] == [("R-77", date(1990, 5, 2)), ("R-88", None)]


@pytest.mark.parametrize(
    ("field", "born"),
    [
        ("19900502", date(1990, 5, 2)),
        ("199005020830+0100", date(1990, 5, 2)),
        ("19900502^D", date(1990, 5, 2)),
        ("199005", None),
        ("1990", None),
        ("", None),
        ('""', None),
    ],
)
def test_the_birth_date_is_read_when_it_is_a_day(field: str, born: date | None) -> None:
    assert only(MSH, changed(PID, f7=field), OBR, OBX).birth_date == born


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        ("19901302", "the birth date “19901302” cannot be"),
        ("1990-05-02", "the birth date “1990-05-02” cannot be read"),
        ("00010502", "the birth date “00010502” cannot be"),
    ],
)
def test_a_birth_date_that_cannot_be_compared_refuses_the_result(field: str, reason: str) -> None:
    assert refusal(MSH, changed(PID, f7=field), OBR, OBX) == reason


# Which test, which value


@pytest.mark.parametrize(
    ("field", "tests"),
    [
        ("GPT^ALT^L^1742-6^Alanine^LN", ("1742-6", "GPT", "ALT", "Alanine")),
        ("GPT^ALT^L^^^^^^^1742-6^Alanine^LN", ("1742-6", "GPT", "ALT", "Alanine")),
        ("1742-6^^LN^GPT^^L", ("1742-6", "GPT")),
        ("^ALT only", ("ALT only",)),
        ("ALT^ALT", ("ALT",)),
        ("C&S^Culture \\T\\ more", ("C&S", "Culture & more")),
    ],
)
def test_a_test_has_all_its_names_loinc_first(field: str, tests: tuple[str, ...]) -> None:
    row = result(f3=field)

    assert (row.tests, row.text.test) == (tests, tests[0])


@pytest.mark.parametrize("field", ["", '""', "^^LN"])
def test_a_result_needs_the_name_of_its_test(field: str) -> None:
    assert refused_result(f3=field) == "does not say which test it is"


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("NM", "25.50", "25.50"),
        ("NM", " 7 ", "7"),
        ("NM", "-0.5", "-0.5"),
        ("NM", "+5", "5"),
        ("NM", ".5", "0.5"),
        ("NM", "5.", "5"),
        ("NM^Numeric", "5", "5"),
        ("SN", "<^5", "<5"),
        ("SN", "<=^5.0", "<=5.0"),
        ("SN", ">^60^", ">60"),
        ("SN", ">=^60^^", ">=60"),
        ("SN", "=^60", "60"),
        ("SN", "^60", "60"),
        ("ST", "negative", "negative"),
        ("ST", "14.5", "14.5"),
        ("ST", "+14.5", "14.5"),
        ("ST", "< 5", "<5"),
        ("ST", "≥5", ">=5"),
        ("ST", "\\S\\5", "^5"),
        ("TX", "a\\.br\\b", "a\nb"),
        ("FT", "\\H\\high\\N\\", "high"),
        ("IS", "POS", "POS"),
        ("ID", "Y", "Y"),
        ("CE", "260385009^Negative^SCT", "Negative"),
        ("CWE", "260385009^^SCT", "260385009"),
        ("CNE", "^^^X^Other", "Other"),
        ("CWE", "^^^X", "X"),
        ("CWE", "^^^^^^^^as typed", "as typed"),
        ("CE", "^<5", "<5"),
    ],
)
def test_a_value_is_read_by_its_kind(kind: str, field: str, value: str) -> None:
    row = result(f2=kind, f5=field)

    assert (row.value, row.text.value) == (value, field)


@pytest.mark.parametrize(
    ("kind", "field", "reason"),
    [
        ("NM", "<5", "“<5” is not a number"),
        ("NM", "1e5", "“1e5” is not a number"),
        ("NM", "٣", "“٣” is not a number"),
        ("NM", "5^6", "“5^6” has several parts where there may be one"),
        ("NM", "1" * 16, "is not a number"),
        ("NM", "14,5", "“14,5” has a comma, where HL7 has a decimal point"),
        ("SN", "<^14,5", "“14,5” has a comma, where HL7 has a decimal point"),
        ("ST", "<14,5", "“<14,5” has a comma, where HL7 has a decimal point"),
        ("SN", "^1^:^128", "is a ratio, a range or a category, not one number"),
        ("SN", "^2^+", "is a ratio, a range or a category, not one number"),
        ("SN", "<>^5", "is a ratio, a range or a category, not one number"),
        ("SN", "<", "“<” has no number"),
        ("SN", "^word", "“^word” has no number"),
        ("ST", "10^9", "“10^9” has several parts where there may be one"),
        ("ST", "~5", "has several values"),
        ("NM", "5~6", "has several values"),
        ("ST", "S&P", "“S&P” has several parts where there may be one"),
        ("CE", "^S&P", "“S&P” has several parts where there may be one"),
        ("CE", "^^SCT", "has no value"),
        ("NM", "", "has no value"),
        ("NM", '""', "has no value"),
        ("ST", "  ", "has no value"),
        ("ST", "\\H\\\\N\\", "has no value"),
        ("NM", "\\H\\\\N\\", "has no value"),
        ("ED", "x", "is of the kind “ED”, which is not a value that can be taken"),
        ("DT", "20261122", "is of the kind “DT”, which is not a value that can be taken"),
        ("", "5", "does not say of what kind its value is (OBX-2)"),
        ("ST", "a" * 201, "is longer than 200 characters"),
        ("ST", "50\\", "“50\\” has an escape that does not end"),
        ("ST", "\\Zx\\", "it has an escape that cannot be read: “\\Zx\\”"),
        ("ST", "a\x00b", "it holds a character that cannot be seen"),
        ("ST", "a\ud800b", "it holds a character that cannot be seen"),
    ],
)
def test_a_value_that_is_not_one_clear_value_is_refused(kind: str, field: str, reason: str) -> None:
    assert reason in refused_result(f2=kind, f5=field)


@pytest.mark.parametrize("number", ["f5", "f6", "f14"])
@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        ("^" * 1000, "is longer than 1000 characters"),
        ("^^^^^a\ud800b", "a character that cannot be seen"),
        ("^^^^^a\x07", "a character that cannot be seen"),
    ],
)
def test_what_is_kept_as_it_came_has_an_end_and_can_be_seen(number: str, rest: str, reason: str) -> None:
    good = {"f5": "1^Negative", "f6": "U/L^", "f14": "20261122^"}[number]

    assert reason in refused_result(**{"f2": "CWE", "f5": "1^Negative", number: good + rest})


def test_a_reason_is_one_line_without_characters_that_cannot_be_seen() -> None:
    shown = "\N{REPLACEMENT CHARACTER}"

    assert refused_result(f11="\ud800\x07" + "F" * 200).startswith(f"“{shown}{shown}FF")
    assert refused_result(f7="a\\.br\\b") == "the reference range “a b” cannot be read"


def test_escapes_are_resolved_once_by_the_separators_of_their_message() -> None:
    assert result(f2="ST", f5="\\F\\\\S\\\\T\\\\R\\\\E\\").value == "|^&~\\"
    assert result(f2="ST", f5="\\E\\F\\E\\").value == "\\F\\"
    assert result(f2="ST", f5="\\X2B\\").value == "+"


@pytest.mark.parametrize(
    ("character_set", "escape", "value"),
    [
        ("", "\\X41\\", "A"),
        ("ASCII", "\\X4142\\", "AB"),
        ("UNICODE UTF-8", "\\XC2B5\\", "µ"),
        ("8859/1~UNICODE UTF-8", "\\XB5\\", "µ"),
        ("", "a\\X0D0A\\b", "a\n\nb"),
    ],
)
def test_a_hexadecimal_escape_is_read_by_the_character_set(character_set: str, escape: str, value: str) -> None:
    assert only(changed(MSH, f18=character_set), PID, OBR, changed(OBX, f2="ST", f5=escape)).value == value


@pytest.mark.parametrize(
    ("character_set", "escape"),
    [("", "\\XB5\\"), ("UNICODE UTF-8", "\\XB5\\"), ("ISO IR87", "\\X41\\"), ("", "\\X4\\"), ("", "\\XZZ\\")],
)
def test_a_hexadecimal_escape_that_could_be_anything_refuses_the_result(character_set: str, escape: str) -> None:
    assert "escape" in refusal(changed(MSH, f18=character_set), PID, OBR, changed(OBX, f2="ST", f5=escape))


def test_a_value_that_its_sender_cut_short_is_refused() -> None:
    header = MSH.replace("\\&", "\\&#", 1)

    assert refusal(header, PID, OBR, changed(OBX, f2="ST", f5="nega#")) == "“nega#” was cut short by its sender"
    assert only(header, PID, OBR, changed(OBX, f2="ST", f5="no \\P\\")).value == "no #"
    assert result(f2="ST", f5="nega#").value == "nega#"


@pytest.mark.parametrize(
    ("field", "unit"),
    [(" U/L ", "U/L"), ("^U/L", "U/L"), ("U/L^units^UCUM", "U/L"), ("", ""), ('""', ""), ("10\\S\\9/L", "10^9/L")],
)
def test_a_unit_is_the_identifier_else_the_text(field: str, unit: str) -> None:
    assert result(f6=field).unit == unit


def test_a_unit_too_long_to_be_one_refuses_the_result() -> None:
    assert "is longer than 40 characters" in refused_result(f6="m" * 41)


@pytest.mark.parametrize(
    ("field", "lower", "upper", "texts"),
    [
        ("8-40", "8", "40", ("8", "40")),
        (" 8.0 - 40.50 ", "8.0", "40.50", ("8.0", "40.50")),
        ("-2.0-3.0", "-2.0", "3.0", ("-2.0", "3.0")),
        ("-3--1", "-3", "-1", ("-3", "-1")),
        ("< 5", None, "5", ("", "< 5")),
        ("<=5", None, "5", ("", "<=5")),
        ("> 60", "60", None, ("> 60", "")),
        (">=60", "60", None, (">=60", "")),
        ("≥60", "60", None, ("≥60", "")),
        ("", None, None, ("", "")),
        ('""', None, None, ("", "")),
    ],
)
def test_a_reference_range_is_read(field: str, lower: str | None, upper: str | None, texts: tuple[str, str]) -> None:
    row = result(f7=field)

    assert (row.lower, row.upper) == (lower and Decimal(lower), upper and Decimal(upper))
    assert [str(end) for end in (row.lower, row.upper) if end is not None] == [end for end in (lower, upper) if end]
    assert (row.text.ref_low, row.text.ref_high) == texts


@pytest.mark.parametrize(
    "field", ["negative", "40-8", "8-", "8 40", "8 to 40", "8-40 U/L", "8,0-40,0", "40", "<", "8--2"]
)
def test_a_reference_range_that_cannot_be_read_refuses_the_result(field: str) -> None:
    assert refused_result(f7=field) == f"the reference range “{field}” cannot be read"


def test_the_range_of_a_word_is_a_word_too_and_has_no_limits() -> None:
    row = result(f2="ST", f5="negative", f7="Not Detected")
    assert (row.value, row.lower, row.upper) == ("negative", None, None)


# When


@pytest.mark.parametrize(
    ("field", "collected"),
    [
        ("20261122", date(2026, 11, 22)),
        ("20261122+0500", date(2026, 11, 22)),
        ("20261122000000^D", date(2026, 11, 22)),
        ("2026112208^D", date(2026, 11, 22)),
        ("202611220815", datetime(2026, 11, 22, 8, 15, tzinfo=WINTER)),
        ("202607220815", datetime(2026, 7, 22, 8, 15, tzinfo=timezone(timedelta(hours=2)))),
        ("202611220815^M", datetime(2026, 11, 22, 8, 15, tzinfo=WINTER)),
        ("20261122081530.25-0330", datetime(2026, 11, 22, 8, 15, 30, 250000, timezone(-timedelta(hours=3.5)))),
        ("202610250230+0100", datetime(2026, 10, 25, 2, 30, tzinfo=WINTER)),
        ("202611220815+0000", datetime(2026, 11, 22, 8, 15, tzinfo=UTC)),
    ],
)
def test_a_time_is_read_as_exactly_as_it_is(field: str, collected: datetime | date) -> None:
    row = result(f14=field)

    assert (type(row.collected), row.collected, row.text.collected_at) == (type(collected), collected, field)
    if isinstance(row.collected, datetime) and isinstance(collected, datetime):
        assert row.collected.utcoffset() == collected.utcoffset()
        assert isinstance(row.collected.tzinfo, timezone)


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        ("202611", "is not exact enough"),
        ("2026112208", "is not exact enough"),
        ("20261122081500^H", "is not exact enough"),
        ("20261122081500^L", "is not exact enough"),
        ("20261322", "“20261322” cannot be"),
        ("202611222500", "“202611222500” cannot be"),
        ("20261122081560", "“20261122081560” cannot be"),
        ("2026-11-22", "cannot be read"),
        ("20261122 0815", "cannot be read"),
        ("202611220815~202611220915", "cannot be read"),
        ("99991122", "“99991122” cannot be"),
        ("000111220815+1400", "“000111220815+1400” cannot be"),
        ("202611220815+1430", "the offset “+1430” cannot be"),
        ("202611220815+0160", "the offset “+0160” cannot be"),
        ("202610250230", "comes twice or never"),
        ("202603290230", "comes twice or never"),
    ],
)
def test_an_unclear_time_refuses_the_result(field: str, reason: str) -> None:
    assert reason in refused_result(f14=field)


@pytest.mark.parametrize(
    ("sent_at", "is_read"),
    [
        ("20261123101500+0100", True),
        ("20261123101500-0500", False),
        ("20261123101500", True),
        ("", True),
        ("20261123101500+9900", True),
        # Sent in summer about a sample of winter, or in the hour that comes twice: the same clocks all the same.
        ("20270623101500+0200", True),
        ("20261025023000+0100", True),
        ("20270623101500+0100", False),
        ("2026+0100", True),
    ],
)
def test_an_offset_of_the_message_must_be_one_of_the_place(sent_at: str, *, is_read: bool) -> None:
    found = read(changed(MSH, f7=sent_at), PID, OBR, OBX)

    assert bool(found.rows) == is_read
    assert all("has no offset, and its message (MSH-7) comes from a place" in row.reason for row in found.refused)
    own = read(changed(MSH, f7=sent_at), PID, OBR, changed(OBX, f14="20261122081500+0000"))
    assert own.rows[0].collected == datetime(2026, 11, 22, 8, 15, tzinfo=UTC)


SPM = "SPM|1|||119297000^Blood^SCT|||||||||||||20261121070000&D^20261121080000"


def test_the_time_is_the_results_else_the_orders_else_the_specimens() -> None:
    bare = changed(OBR, f7="")

    assert only(MSH, PID, OBR, changed(OBX, f14="20261120"), SPM).collected == date(2026, 11, 20)
    assert only(MSH, PID, OBR, OBX, SPM).collected == datetime(2026, 11, 22, 8, 15, tzinfo=WINTER)
    assert only(MSH, PID, bare, OBX, SPM).collected == date(2026, 11, 21)
    assert only(MSH, PID, bare, SPM, OBX).collected == date(2026, 11, 21)
    assert only(MSH, PID, changed(OBR, f7='""'), changed(OBX, f14='""'), SPM).collected == date(2026, 11, 21)


def test_an_unreadable_time_is_not_replaced_by_another() -> None:
    assert "cannot be read" in refused_result(f14="yesterday")
    assert "cannot be read" in refusal(MSH, PID, changed(OBR, f7="yesterday"), OBX, SPM)
    assert only(MSH, PID, changed(OBR, f7="yesterday"), changed(OBX, f14="20261122")).collected == date(2026, 11, 22)


def test_of_several_specimens_the_result_is_of_the_one_before_it() -> None:
    bare, other = changed(OBR, f7=""), changed(SPM, f17="20261119")

    found = read(MSH, PID, bare, SPM, OBX, other, OBX, changed(SPM, f17=""), OBX)

    assert [row.collected for row in found.rows] == [date(2026, 11, 21), date(2026, 11, 19)]
    assert [row.place for row in found.refused] == ["line 9"]
    assert "several specimens" in refusal(MSH, PID, bare, OBX, SPM, other)
    assert only(MSH, PID, bare, OBX, SPM, SPM).collected == date(2026, 11, 21)


def test_times_that_are_not_of_the_collection_are_not_taken() -> None:
    order = changed(OBR, f7="", f14="20261122", f22="20261122101500")

    assert refusal(MSH, PID, order, OBX) == "has no time of collection (OBX-14, OBR-7 and SPM-17 are empty)"
    assert "no time of collection" in refusal(MSH, PID, OBX)
    assert "no time of collection" in read(MSH, PID, OBR, OBX, changed(OBR, f7=""), OBX).refused[0].reason


# Whether it stands


@pytest.mark.parametrize("status", ["F", "C", "U", "A", "B", "V", "F^Final results^HL70085"])
def test_a_final_result_is_taken(status: str) -> None:
    assert not result(f11=status).withdrawn


@pytest.mark.parametrize("status", ["D", "W"])
def test_a_result_taken_back_is_a_row_that_says_so(status: str) -> None:
    assert result(f11=status).withdrawn
    empty = result(f11=status, f2="", f5='""', f7="unreadable")
    assert (empty.withdrawn, empty.value, empty.text.value, empty.lower) == (True, "", "", None)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        *((status, f"is not final (its status is {status})") for status in "PRSION"),
        ("X", "no result could be obtained"),
        ("Q", "has the status “Q”, which HL7 does not have"),
        ("f", "has the status “f”, which HL7 does not have"),
        ("", "has no status"),
    ],
)
def test_any_other_status_refuses_the_result(status: str, reason: str) -> None:
    assert refused_result(f11=status) == reason


def test_a_missing_status_is_the_orders_when_that_is_final() -> None:
    bare = changed(OBX, f11="")

    assert [only(MSH, PID, changed(OBR, f25=status), bare).value for status in ("F", "C")] == ["25.50", "25.50"]
    assert refusal(MSH, PID, changed(OBR, f25="A"), bare) == "has no status"
    assert refusal(MSH, PID, changed(OBR, f25="F"), changed(OBX, f11="P")) == "is not final (its status is P)"
    next_patient = read(MSH, PID, changed(OBR, f25="F"), OBX, PID, changed(bare, f14="20261122"))
    assert [row.reason for row in next_patient.refused] == ["has no status"]


# Hostile input

SECOND = (changed(MSH, f18="UNICODE UTF-8"), PID, OBR, changed(OBX, f2="CWE", f5="1^Neg\\XC2B5\\^L"))
BOUNDED = changed(OBX, f2="SN", f5="<^5")
WHOLE = "\r".join((FHS, BHS, MSH, PID, "PV1|1|O", OBR, OBX, "NTE|1||a", BOUNDED, SPM, *SECOND, BTS, FTS, ""))
PIECES = (
    "|",
    "^",
    "~",
    "\\",
    "&",
    "\r",
    "\n",
    "\x0b",
    "\x1c",
    "\0",
    '""',
    "MSH",
    "OBX|",
    "PID|",
    "SPM|",
    "X",
    "9",
    "٣",
    "\ud800",
)


def mutated(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 8)):
        at, length = chance.randrange(len(text) + 1), chance.choice((0, 0, 1, 3, 20))
        moved = text[(start := chance.randrange(len(text) + 1)) : start + chance.randint(0, 40)]
        text = text[:at] + chance.choice((*PIECES, moved)) + text[at + length :]
    return text


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(100):
        text = mutated(WHOLE, chance)
        try:
            found = read_hl7(text, BERLIN)
        except UnreadableFileError:
            continue
        for refused in found.refused:
            assert refused.reason.encode()
        for row in found.rows:
            assert row.record_no
            assert row.tests
            assert row.value or row.withdrawn
            assert not isinstance(row.collected, datetime) or row.collected.astimezone(UTC)


def test_a_file_cut_anywhere_yields_no_result_that_the_whole_one_does_not_hold() -> None:
    whole = read_hl7(WHOLE, BERLIN)
    assert (values(whole), whole.refused) == (["25.50", "<5", "Negµ"], ())
    for length in range(len(WHOLE)):
        try:
            found = read_hl7(WHOLE[:length], BERLIN)
        except UnreadableFileError:
            continue
        assert found.rows == whole.rows[: len(found.rows)]
        assert found.refused or WHOLE[:length].endswith(("FTS", "FTS|", "FTS|1"))


def test_large_shared_parts_are_read_once() -> None:
    # With every result looking at them again, this would take minutes.
    patient = changed(PID, f3="~".join(["R-77"] * 50_000))
    order = changed(OBR, f7="^" * 100_000)

    found = read(MSH, patient, order, *[changed(OBX, f14="20261122")] * 2_000)

    assert (len(found.rows), found.refused) == (2_000, ())
