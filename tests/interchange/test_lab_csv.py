"""CSV files as laboratories and spreadsheets really write them: each ends in the result that is stated here."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from nurse_app.domain.incoming_results import IncomingResult
from nurse_app.domain.patient_events import TextAsCame
from nurse_app.interchange.lab_file import reading
from nurse_app.interchange.lab_file.csv_file import CsvForm, read_csv
from nurse_app.interchange.lab_file.kept import KeptFile, kept_bytes, read_kept
from nurse_app.interchange.lab_file.reading import content_of, read_lab_file
from nurse_app.interchange.lab_file.rows import LabFile, Question, UnreadableFileError

BERLIN = ZoneInfo("Europe/Berlin")
HEADER = "record_no,collected_at,test,value,unit,ref_low,ref_high"
PLAIN = CsvForm()


def read(content: str | bytes, form: CsvForm = PLAIN) -> LabFile:
    return read_lab_file(content.encode() if isinstance(content, str) else content, form, BERLIN)


def page(*rows: str, header: str = HEADER, end: str = "\n") -> str:
    return end.join((header, *rows)) + end


def values(file: LabFile) -> list[tuple[str, str, str]]:
    return [(row.record_no, row.value, row.unit) for row in file.rows]


ONE = "TRN000417,2026-11-02T08:30:00+01:00,ALT,25.5,U/L,8,40"
AT = datetime(2026, 11, 2, 8, 30, tzinfo=UTC) - timedelta(hours=1)


def test_a_row_is_read_whole_and_kept_letter_by_letter() -> None:
    file = read(page(" TRN000417 ,2026-11-02T08:30:00+01:00,1742-6,<5.0 ,U/L,8, 40"))

    assert file.refused == ()
    assert file.rows == (
        IncomingResult(
            place="line 2",
            record_no="TRN000417",
            tests=("1742-6",),
            value="<5.0",
            collected=AT,
            text=TextAsCame("2026-11-02T08:30:00+01:00", "1742-6", "<5.0", "U/L", "8", "40"),
            unit="U/L",
            lower=Decimal(8),
            upper=Decimal(40),
        ),
    )


ONE_RESULT = [("TRN000417", "25.5", "U/L")]
SEMICOLONS = page("TRN000417;2026-11-02;ALT;25,5;U/L;8;40", header=HEADER.replace(",", ";"))
TAKEN = {
    "as it should be": (page(ONE), ONE_RESULT),
    "with a mark of UTF-8": ("\ufeff" + page(ONE), ONE_RESULT),
    "UTF-16 with its mark": (page(ONE).encode("utf-16"), ONE_RESULT),
    "UTF-16 the other way round": (("\ufeff" + page(ONE)).encode("utf-16-be"), ONE_RESULT),
    "Windows-1252": (page(ONE.replace("U/L", "µkat/L")).encode("cp1252"), [("TRN000417", "25.5", "µkat/L")]),
    "lines end as on Windows": (page(ONE, end="\r\n"), ONE_RESULT),
    "lines end as on old Macs": (page(ONE, end="\r"), ONE_RESULT),
    "no newline at the end": (page(ONE).rstrip("\n"), ONE_RESULT),
    "semicolons and decimal commas": (SEMICOLONS, ONE_RESULT),
    "tabs": (page(ONE).replace(",", "\t"), ONE_RESULT),
    "a spreadsheet’s separator line": ("sep=;\r\n" + SEMICOLONS, ONE_RESULT),
    "every cell quoted": (page(",".join(f'"{cell}"' for cell in ONE.split(","))), ONE_RESULT),
    "quoted decimal comma between commas": (page(ONE.replace("25.5", '"25,5"')), ONE_RESULT),
    "columns in another order, and more of them": (
        page(
            "x,U/L,25.5,ALT,2026-11-02,TRN000417,a note, with a comma".replace("a note, with", '"a note, with') + '"',
            header="ward,unit,value,test,collected_at,record_no,remark",
        ),
        ONE_RESULT,
    ),
    "names of columns in capitals with blanks": (page(ONE, header=HEADER.upper().replace(",", " , ")), ONE_RESULT),
    "empty lines between": (page("", ONE, " , , , , , , ", ""), ONE_RESULT),
    "only the columns that are needed": (
        page("TRN000417,2026-11-02,JCV,neg", header="record_no,collected_at,test,value"),
        [("TRN000417", "neg", "")],
    ),
    "below what can be measured": (page(ONE.replace("25.5", "<5")), [("TRN000417", "<5", "U/L")]),
    "above what can be measured, with a blank": (page(ONE.replace("25.5", "> 1000")), [("TRN000417", ">1000", "U/L")]),
    "at most, as one letter": (page(ONE.replace("25.5", "≤5")), [("TRN000417", "<=5", "U/L")]),
    "a line break inside a remark": (
        page(
            'TRN000417,2026-11-02,ALT,25.5,U/L,"first\nsecond"', header="record_no,collected_at,test,value,unit,remark"
        ),
        ONE_RESULT,
    ),
    "thousandths with a point between commas": (
        page(ONE.replace("25.5", "2.345")),
        [("TRN000417", "2.345", "U/L")],
    ),
    "thousandths with a comma, beside a clear one": (
        page(
            SEMICOLONS.splitlines()[1], "TRN000417;2026-11-03;TSH;2,345;mIU/L;0,4;4,0", header=HEADER.replace(",", ";")
        ),
        [*ONE_RESULT, ("TRN000417", "2.345", "mIU/L")],
    ),
    "another name that only begins alike": (
        page(ONE.replace("TRN000417", "TRN000417-A")),
        [("TRN000417-A", "25.5", "U/L")],
    ),
}


@pytest.mark.parametrize(("content", "expected"), TAKEN.values(), ids=TAKEN)
def test_these_files_are_taken(content: str | bytes, expected: list[tuple[str, str, str]]) -> None:
    file = read(content)
    assert file.refused == ()
    assert values(file) == expected


COPY = HEADER + ",on_record"


@pytest.mark.parametrize(
    ("word", "counts"), [("counts", True), ("", True), ("corrected", False), (" withdrawn ", False)]
)
def test_a_copy_of_a_record_says_which_results_count(word: str, counts: bool) -> None:
    file = read(page(f"{ONE},{word}", header=COPY))

    assert file.refused == ()
    assert [row.counts for row in file.rows] == [counts]


@pytest.mark.parametrize("word", ["Counts", "final", "0"])
def test_another_word_for_whether_it_counts_is_refused(word: str) -> None:
    file = read(page(f"{ONE},{word}", f"{ONE},counts", header=COPY))

    assert len(file.rows) == 1
    assert [(each.place, each.reason) for each in file.refused] == [
        ("line 2", f"on_record is “{word}”, not one of counts, corrected, withdrawn")
    ]


@pytest.mark.parametrize("word", ["final", "corrected", "withdrawn"])
def test_a_laboratorys_own_status_is_not_taken_for_it(word: str) -> None:
    file = read(page(f"{ONE},{word}", header=HEADER + ",status"))

    assert [row.counts for row in file.rows] == [True]


def test_what_a_copy_did_for_spreadsheets_is_taken_back() -> None:
    texts = ("'+", "'- stable", "'quoted", "-1")
    rows = [f"TRN000417,2026-11-02,9999-9,{text},,," for text in texts]
    copy = read(page(*(f"{row},counts" for row in rows), header=COPY))

    assert [row.value for row in copy.rows] == ["+", "- stable", "'quoted", "-1"]
    assert [row.text.value for row in copy.rows] == ["+", "- stable", "'quoted", "-1"]
    # What a laboratory writes stays as it is.
    assert [row.value for row in read(page(*rows)).rows] == list(texts)


def cell(place: int, text: str) -> str:
    """The one row with another text in one cell."""
    cells = ONE.split(",")
    cells[place] = text
    return ",".join(cells)


ROWS_REFUSED = {
    "no record number": (cell(0, " "), "record_no is missing"),
    "no day": (cell(1, ""), "collected_at is missing"),
    "no test": (cell(2, ""), "test is missing"),
    "no value": (cell(3, ""), "value is missing"),
    "fewer cells than the header": ("TRN000417,2026-11-02,ALT", "it has 3 cells, where the first line has 7"),
    "cut in the middle": (ONE[:30], "it has 2 cells, where the first line has 7"),
    "more cells than the header": (ONE + ",9", "it has 8 cells, where the first line has 7"),
    "a decimal comma in a file of points": (cell(3, '"1,234"'), "“1,234” has a comma, where"),
    "a formula": (cell(3, "=1+1"), "value begins like a formula"),
    "a formula as record number": (cell(0, "@SUM(A1)"), "record_no begins like a formula"),
    "a command as test": (cell(2, "=cmd|' /C calc'!A0"), "test begins like a formula"),
    "letters that move the cursor": (cell(0, "TRN\x1b[2J417"), "record_no holds characters that cannot be shown"),
    "text that runs the other way": (cell(0, "TRN\u202e000417"), "record_no holds characters that cannot be shown"),
    "an endless record number": (cell(0, "9" * 65), "record_no is longer than any can be"),
    "an endless value": (cell(3, "x" * 201), "value is longer than any can be"),
    "a limit that is a word": (cell(6, "high"), "the reference limit “high” is no number"),
    "a limit with a comparator": (cell(6, "<40"), "the reference limit “<40” is no number"),
    "31 November": (cell(1, "2026-11-31"), "“2026-11-31” is no date of the calendar"),
    "hour 25": (cell(1, "2026-11-02 25:00"), "is no time of the clock"),
    "hour that is a word": (cell(1, "2026-11-02 noon"), "is no time such as"),
    "a date that could be two": (cell(1, "02/11/2026"), "does not say which is the day"),
    "a two-digit year": (cell(1, "02.11.26"), "“02.11.26” is no date such as"),
    "the hour that comes twice": (cell(1, "2026-10-25 02:30"), "comes twice or never"),
    "the hour that never comes": (cell(1, "2026-03-29 02:30"), "comes twice or never"),
    "a day as a spreadsheet’s number": (cell(1, "46328"), "“46328” is no date such as"),
    "an impossible offset": (cell(1, "2026-11-02T08:30:00+99:00"), "is no time of the clock"),
    "digits of another script": (cell(1, "٢٠٢٦-11-02"), "is no date such as"),
}


@pytest.mark.parametrize(("row", "reason"), ROWS_REFUSED.values(), ids=ROWS_REFUSED)
def test_a_row_that_cannot_be_read_is_named_and_the_others_are_taken(row: str, reason: str) -> None:
    file = read(page(ONE, row, ONE))

    assert values(file) == [("TRN000417", "25.5", "U/L")] * 2
    (refused,) = file.refused
    assert refused.place == "line 3"
    assert reason in refused.reason


UNREADABLE = {
    "empty": (b"", "it is empty"),
    "blank": (b" \r\n \r\n", "it is empty"),
    "only a mark": (b"\xef\xbb\xbf", "it is empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "it holds zero bytes"),
    "UTF-16 without its mark": (page(ONE).encode("utf-16-le"), "it holds zero bytes"),
    "UTF-16 cut in half": (page(ONE).encode("utf-16")[:-1], "is not UTF-16 text"),
    "neither UTF-8 nor Windows-1252": (page(ONE).encode() + b"\x81\x8d", "neither UTF-8 nor Windows-1252"),
    "no header": (f"{ONE}\n".encode(), "line 1: it has no column “record_no”"),
    "no column of values": (b"record_no,collected_at,test\nA,2026-11-02,ALT\n", "it has no column “value”"),
    "a column twice": (page(ONE + ",1", header=HEADER + ",value").encode(), "the column “value” more than once"),
    "only a separator line": (b"sep=;\n", "no line with the names of its columns"),
    "a quotation mark never closed": (page(ONE, '"TRN000417,2026').encode(), "line 3: its cells cannot be told apart"),
    "a quotation mark in the middle": (page('"TRN"000417,2026-11-02,ALT,25,U/L,,').encode(), "line 2: its cells"),
    "a cell without end": (page(cell(3, "9" * 200_000)).encode(), "line 2: its cells cannot be told apart"),
    "points and commas": (page(ONE, cell(3, '"25,55"')).encode(), "some a decimal comma"),
    "commas that could part thousands": (page(cell(3, '"1,234"')).encode(), "can be read in two ways"),
    "points that could part thousands": (
        page("TRN000417;2026-11-02;ALT;1.234;U/L;;", header=HEADER.replace(",", ";")).encode(),
        "can be read in two ways",
    ),
}


@pytest.mark.parametrize(("content", "sentence"), UNREADABLE.values(), ids=UNREADABLE)
def test_from_these_files_nothing_is_taken(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFileError) as raised:
        read(content)
    assert sentence in str(raised.value)


def test_a_file_that_is_too_large_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nurse_app.interchange.lab_file.text.LIMIT_BYTES", 100)
    with pytest.raises(UnreadableFileError, match="split it into several files"):
        read(b"x" * 101)


TIMES = {
    "2026-11-02": date(2026, 11, 2),
    "02.11.2026": date(2026, 11, 2),
    "2.11.2026": date(2026, 11, 2),
    "2026-11-02T08:30:00+01:00": AT,
    "2026-11-02T07:30:00Z": AT,
    "2026-11-02 08:30": AT,
    "2026-11-02 08:30:00.000": AT,
    "2026-11-02 8:30 +0100": AT,
    "02.11.2026 08:30": AT,
    "02.11.2026, 08:30:00": AT,
    "2026-10-25 02:30 +02:00": datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
}


@pytest.mark.parametrize(("said", "meant"), TIMES.items(), ids=TIMES)
def test_a_time_is_what_it_says_and_without_an_offset_one_of_here(said: str, meant: date) -> None:
    text = page(cell(1, f'"{said}"'))
    (row,) = read(text).rows
    assert row.collected == meant
    assert row.text.collected_at == said


@pytest.mark.parametrize(("dates", "meant"), [("day-first", date(2026, 11, 2)), ("month-first", date(2026, 2, 11))])
def test_the_order_of_a_date_can_be_declared(dates: str, meant: date) -> None:
    (row,) = read(page(cell(1, "02/11/2026")), CsvForm(dates=dates)).rows  # type: ignore[arg-type]
    assert row.collected == meant


@pytest.mark.parametrize(("sign", "value"), [(",", "1.234"), (".", "1,234")])
def test_the_decimal_sign_can_be_declared(sign: str, value: str) -> None:
    declared = CsvForm(sign=sign)  # type: ignore[arg-type]
    file = read(page(cell(3, '"1,234"')), declared)
    if sign == ",":
        assert values(file) == [("TRN000417", value, "U/L")]
    else:
        assert "has a comma" in file.refused[0].reason


def test_columns_can_have_other_names() -> None:
    text = page("417,2026-11-02,ALT,25.5", header="MRN,Collected,test,value")
    names = {"record_no": "mrn", "collected_at": "Collected "}
    assert values(read(text, CsvForm(columns=names))) == [("417", "25.5", "")]
    with pytest.raises(UnreadableFileError, match="no column “units”"):
        read(text, CsvForm(columns=names | {"unit": "units"}))


def test_a_birth_date_is_read_where_the_file_has_one() -> None:
    header = HEADER + ",birth_date"
    file = read(page(ONE + ",1984-05-17", ONE + ",", ONE + ",17.05.1984 08:00", ONE + ",1984", header=header))
    assert [row.birth_date for row in file.rows] == [date(1984, 5, 17), None]
    assert [each.reason for each in file.refused] == [
        "the birth date “17.05.1984 08:00” has a time",
        "“1984” is no date such as 2026-11-22",
    ]


def test_the_real_results_are_read_whole() -> None:
    content = (Path(__file__).parents[1] / "data" / "pbcseq_labs.csv").read_bytes()
    file = read(content)
    assert file.refused == ()
    assert len(file.rows) == 2376
    assert len({row.record_no for row in file.rows}) == 60


def test_line_numbers_are_those_of_the_file() -> None:
    file = read_csv("sep=,\n" + page('TRN,2026-11-02,ALT,"2\n5",U/L,,', "", cell(3, "")), PLAIN, BERLIN)
    assert [(each.place, each.reason) for each in file.refused] == [
        ("line 3", "value holds characters that cannot be shown"),
        ("line 6", "value is missing"),
    ]


# --- what somebody could declare ---


def asked(content: str) -> Question | None:
    with pytest.raises(UnreadableFileError) as caught:
        read(content)
    assert "--" not in str(caught.value), "how it is declared depends on where"
    return caught.value.question


def test_a_decimal_sign_that_is_not_clear_can_be_declared() -> None:
    assert asked(page(cell(3, '"1,234"'))) == Question("decimal")
    assert asked(page(ONE, cell(3, '"25,55"'))) == Question("decimal")


def test_a_column_of_another_name_can_be_declared() -> None:
    header = HEADER.replace("record_no", " Patient ").replace("unit", "\u202eEinheit").replace("ref_low", "x" * 61)
    assert asked(page(ONE, header=header)) == Question("column", "record_no", ("Patient",))
    many = ",".join(f"c{number}" for number in range(50))
    found = asked(page(header=many))
    assert found is not None
    assert (found.names[0], len(found.names)) == ("c0", 40)


def test_nothing_can_be_declared_about_a_file_that_is_empty() -> None:
    assert asked(" \n") is None


def test_the_order_of_a_date_can_be_declared_for_days_of_birth_too() -> None:
    text = page(cell(1, "02/11/2026") + ",17/05/1984", header=f"{HEADER},birth_date")
    (refused,) = read(text).refused
    assert (refused.place, refused.question) == ("line 2", Question("dates"))
    (row,) = read(text, CsvForm(dates="day-first")).rows
    assert row.birth_date == date(1984, 5, 17)
    (other,) = read(page(cell(1, "2026-11-31"))).refused
    assert other.question is None


# --- the file itself ---


def test_no_more_of_a_file_is_read_than_is_needed_to_refuse_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LIMIT_BYTES", 3)
    file = tmp_path / "labs.csv"
    file.write_bytes(b"123456")
    assert content_of(file) == b"1234"


@pytest.mark.parametrize(
    "form", [CsvForm(), CsvForm({"value": "Wert"}, ",", "day-first")], ids=["as it is", "declared"]
)
def test_a_kept_file_is_read_back_with_all_that_was_declared(form: CsvForm) -> None:
    for file in (KeptFile(b"a\nb\n", form, "TRN000417", "nurse-1"), KeptFile(b"", form, None)):
        assert read_kept(kept_bytes(file)) == file


def test_a_file_kept_before_it_was_noted_who_took_it_is_read() -> None:
    assert read_kept(b'{"form":{"columns":{},"sign":null,"dates":null},"only":null}\nx') == KeptFile(
        b"x", CsvForm(), None
    )
    assert read_kept(b"nonsense") is None
