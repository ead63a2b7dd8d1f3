"""Which reader a file of results gets, by its first letters; and the same result in three formats is the same."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from nurse_app.interchange.lab_file.csv_file import CsvForm
from nurse_app.interchange.lab_file.reading import read_lab_file
from nurse_app.interchange.lab_file.rows import UnreadableFileError

BERLIN = ZoneInfo("Europe/Berlin")
AS_CSV = "record_no,collected_at,test,value,unit,ref_low,ref_high\nTRN000900,2026-11-02 08:30,1742-6,<5.0,U/L,8,40\n"
AS_HL7 = (
    "MSH|^~\\&|LAB|HOSP|WARD|HOSP|20261102101500+0100||ORU^R01|1|P|2.5\r"
    "PID|1||TRN000900^^^HOSP^MR\r"
    "OBR|1|||LIVER|||20261102083000\r"
    "OBX|1|SN|1742-6^ALT^LN||<^5.0|U/L|8-40||||F\r"
)
AS_FHIR = json.dumps(
    {
        "resourceType": "Observation",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "1742-6"}]},
        "subject": {"identifier": {"value": "TRN000900"}},
        "effectiveDateTime": "2026-11-02T08:30:00+01:00",
        "valueQuantity": {"value": 5.0, "comparator": "<", "unit": "U/L"},
        "referenceRange": [{"low": {"value": 8, "unit": "U/L"}, "high": {"value": 40, "unit": "U/L"}}],
    }
)
FILES = {
    "CSV": AS_CSV,
    "HL7": AS_HL7,
    "HL7 in its frame": f"\x0b{AS_HL7}\x1c\r",
    "HL7 with other separators": AS_HL7.replace("|", "$").replace("^", "@").replace("MSH$@~", "MSH$@~"),
    "FHIR": AS_FHIR,
    "FHIR after a mark and blanks": "\ufeff\r\n " + AS_FHIR,
    "FHIR as a list of lines": f"{AS_FHIR}\n\n",
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_the_same_result_is_the_same_in_every_format(text: str) -> None:
    file = read_lab_file(text.encode(), CsvForm(), BERLIN)
    assert file.refused == ()
    (row,) = file.rows
    assert (row.record_no, row.tests[0], row.value, row.unit) == ("TRN000900", "1742-6", "<5.0", "U/L")
    assert row.collected == datetime(2026, 11, 2, 7, 30, tzinfo=UTC)
    assert (row.lower, row.upper) == (Decimal(8), Decimal(40))


def test_columns_that_begin_like_a_message_are_columns() -> None:
    text = AS_CSV.replace("record_no,", "MSHx,record_no,").replace("TRN", "1,TRN")
    assert len(read_lab_file(text.encode(), CsvForm(), BERLIN).rows) == 1


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("TRN\u202e000900", "record_no holds characters that cannot be shown"),
        ("=TRN000900", "record_no begins like a formula"),
        ("9" * 64 + "A", "longer than"),
    ],
)
@pytest.mark.parametrize("text", [AS_CSV, AS_HL7, AS_FHIR], ids=["CSV", "HL7", "FHIR"])
def test_what_no_result_can_hold_is_refused_in_every_format(text: str, said: str, reason: str) -> None:
    file = read_lab_file(text.replace("TRN000900", said).encode(), CsvForm(), BERLIN)
    assert file.rows == ()
    (refused,) = file.refused
    assert reason in refused.reason
    assert refused.reason.isprintable()


def test_a_sentence_about_a_file_shows_no_letter_that_cannot_be_shown() -> None:
    with pytest.raises(UnreadableFileError) as raised:
        read_lab_file(AS_HL7.replace("ORU", "OR\u202eU").encode(), CsvForm(), BERLIN)
    assert str(raised.value).isprintable()
    assert "OR\N{REPLACEMENT CHARACTER}U" in str(raised.value)
