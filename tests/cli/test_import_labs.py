"""The import-labs command: everything once, whatever is wrong in the file or breaks on the way."""

import json
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

import pytest

from nurse_app.cli.arguments import ImportArguments, LabsArguments, parse_arguments
from nurse_app.cli.import_labs import ImportPlace, run_import
from nurse_app.cli.labs import run_labs
from nurse_app.cli.outcome import CommandError
from nurse_app.cli.records import look_at
from nurse_app.domain.facts import LabResult
from nurse_app.domain.patient_events import PatientDetails
from nurse_app.domain.patient_record import LabEntry, PatientRecord
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.interchange.lab_file.csv_file import CsvForm
from nurse_app.interchange.lab_file.kept import KeptFile, kept_bytes
from nurse_app.presentation.lab_export import ExportSource, results_csv
from nurse_app.store.import_under_way import ImportUnderWay
from nurse_app.visit.ports import NotSavedError
from nurse_app.visit.service import VisitService
from tests.cli.kit import Heard, files_in, played, script_until, workplace

PROJECT = Path(__file__).parents[2]
REAL = PROJECT / "tests" / "data" / "pbcseq_labs.csv"
IMPOSSIBLE_RANGE = "the reference range cannot be: its lower limit is above the upper one, or that is not above 0"
HEADER = "record_no,collected_at,test,value,unit,ref_low,ref_high,birth_date"


class Ward:
    """A data folder and a file of results."""

    def __init__(self, folder: Path, protocol: InfusionProtocol) -> None:
        self.root = folder / "records"
        self.file = folder / "results.csv"
        self._protocol = protocol

    def write(self, *rows: str) -> "Ward":
        self.file.write_text("\n".join((HEADER, *rows, "")), encoding="utf-8")
        return self

    def take(self, **given: Any) -> tuple[int, Heard]:
        heard = Heard()
        arguments = ImportArguments(None, **({"file": self.file} | given))
        place = ImportPlace(workplace(self.root, self._protocol), None, PROJECT / "resources")
        return run_import(arguments, heard.streams, place), heard

    def labs(self, record_no: str) -> list[dict[str, Any]]:
        heard = Heard()
        code = run_labs(
            LabsArguments(None, record_no, as_json=True), heard.streams, workplace(self.root, self._protocol)
        )
        assert code == 0, heard.err.getvalue()
        found: list[dict[str, Any]] = heard.data
        return found

    def short(self, record_no: str = "TRN000900") -> list[tuple[str, str, bool]]:
        return [(str(row["test"]), str(row["value"]), bool(row["superseded"])) for row in self.labs(record_no)]


@pytest.fixture
def ward(tmp_path: Path, protocol: InfusionProtocol) -> Ward:
    return Ward(tmp_path, protocol)


ALT = "TRN000900,2026-11-02T08:30:00+00:00,1742-6,25.50,IU/L,8,40,"


def test_the_real_results_come_back_as_they_came_and_twice_is_once(ward: Ward) -> None:
    for added, there in ((2376, 0), (0, 2376)):
        code, heard = ward.take(file=REAL)
        assert (code, heard.err.getvalue()) == (0, "")
        assert heard.text.splitlines()[0] == (
            f"2376 results in the file: {added} added, {there} there already, 0 not taken."
        )
    lines = REAL.read_text(encoding="utf-8").splitlines()
    names = lines[0].split(",")
    rows = [dict(zip(names, line.split(","), strict=True)) | {"superseded": False} for line in lines[1:]]
    found = [row for record_no in dict.fromkeys(row["record_no"] for row in rows) for row in ward.labs(str(record_no))]
    assert Counter(json.dumps(row, sort_keys=True) for row in found) == Counter(
        json.dumps(row, sort_keys=True) for row in rows
    )


def test_a_result_is_given_back_letter_by_letter(ward: Ward) -> None:
    code, heard = ward.write(ALT).take()
    assert code == 0
    assert heard.text.splitlines() == [
        "1 result in the file: 1 added, 0 there already, 0 not taken.",
        "1 record number is new: TRN000900",
    ]
    assert ward.labs("TRN000900") == [
        {
            "record_no": "TRN000900",
            "collected_at": "2026-11-02T08:30:00+00:00",
            "test": "1742-6",
            "value": "25.50",
            "unit": "IU/L",
            "ref_low": "8",
            "ref_high": "40",
            "superseded": False,
        }
    ]


def test_a_corrected_result_supersedes_and_both_stay(ward: Ward) -> None:
    ward.write(ALT).take()
    code, heard = ward.write(ALT.replace("25.50", "52.5")).take()
    assert code == 0
    assert "1 corrected one on record" in heard.text
    assert ward.short() == [("1742-6", "25.50", True), ("1742-6", "52.5", False)]
    ward.write(ALT).take()
    assert ward.short() == [("1742-6", "25.50", True), ("1742-6", "52.5", False)], "the old file changes nothing"


def test_what_is_not_taken_is_named_with_line_and_reason_and_the_rest_is_taken(ward: Ward) -> None:
    code, heard = ward.write(
        ALT,
        "TRN000900,2026-11-02,ALT,25,mmol/L,8,40,",
        "TRN000900,2026-11-32,ALT,25,U/L,8,40,",
        "TRN000900,2026-11-23,AST,25,U/L,8,40,",
        "TRN000900,2026-11-02,AST,25,,8,40,",
        "TRN000900,2026-11-02,AST,many,U/L,8,40,",
        "TRN000900,2026-11-02,AST,25,U/L,40,8,",
        "TRN000900,2026-11-02,9999-9,anything,,,,",
    ).take()
    assert code == 1
    told = heard.err.getvalue().splitlines()
    assert [line.removeprefix(f"{ward.file}: ") for line in told] == [
        "line 4: not taken: “2026-11-32” is no date of the calendar.",
        "line 3: not taken: the unit “mmol/L” does not belong to ALT.",
        "line 5: not taken: it was collected in the future (2026-11-23).",
        "line 6: not taken: AST has no unit.",
        "line 7: not taken: “many” is no value of AST.",
        f"line 8: not taken: {IMPOSSIBLE_RANGE}.",
    ]
    assert heard.text.splitlines()[0] == "8 results in the file: 2 added, 0 there already, 6 not taken."
    assert ward.short() == [("9999-9", "anything", False), ("1742-6", "25.50", False)]


def test_a_dry_run_says_what_would_be_and_changes_nothing(ward: Ward) -> None:
    ward.write(ALT).take()
    before = files_in(ward.root)
    code, heard = ward.write(ALT, ALT.replace("25.50", "26"), ALT.replace("TRN000900", "TRN000901")).take(dry_run=True)
    assert code == 0
    assert heard.text.splitlines() == [
        "3 results in the file: 1 would be added, 1 there already, 1 would correct one on record, 0 not taken.",
        "1 record number would be new: TRN000901",
    ]
    assert files_in(ward.root) == before


def test_only_one_patient_can_be_asked_for(ward: Ward) -> None:
    code, heard = ward.write(ALT, ALT.replace("TRN000900", "TRN000901")).take(patient="TRN000900")
    assert code == 1
    assert "line 3: not taken: it is another patient’s." in heard.sentence
    assert len(ward.labs("TRN000900")) == 1


def test_results_join_a_patient_who_is_known_and_the_birth_date_must_agree(
    ward: Ward, protocol: InfusionProtocol
) -> None:
    played(script_until("identify"), protocol, ward.root)
    before = len(ward.labs("TRN000417"))
    born = "1988-03-14"
    rows = [
        f"TRN000417,2026-11-20T08:00:00Z,ALT,{value},U/L,,40,{day}" for value, day in ((31, born), (32, "1984-05-18"))
    ]
    code, heard = ward.write(*rows).take()
    assert code == 1
    assert "line 3: not taken: the birth date is not that of the patient with this record number." in heard.sentence
    assert "record number is new" not in heard.text
    assert len(ward.labs("TRN000417")) == before + 1


def test_rows_of_one_new_number_must_agree_on_the_birth_date(ward: Ward) -> None:
    code, heard = ward.write(ALT + "1984-05-17", ALT.replace("25.50", "26") + "1984-05-18").take()
    assert code == 1
    assert "line 3: not taken: the birth date" in heard.sentence


def test_a_file_that_cannot_be_read_leaves_nothing_behind(ward: Ward) -> None:
    ward.file.write_bytes(b"no,results\n1,2\n")
    code, heard = ward.take()
    assert code == 2
    assert "line 1: it has no column “record_no”" in heard.sentence
    assert "nothing was taken" in heard.sentence
    ward.file.unlink()
    code, heard = ward.take()
    assert (code, "cannot be read" in heard.sentence) == (2, True)
    assert not ward.root.exists()


def test_declarations_reach_the_reader(ward: Ward) -> None:
    ward.file.write_text("MRN;When;test;value;unit\nTRN000900;01/02/2026;TSH;1,234;mIU/L\n", encoding="utf-8")
    columns = ("record_no=MRN", "collected_at=When")
    code, _heard = ward.take(columns=columns, decimal="comma", dates="day-first")
    assert code == 0
    assert ward.short() == [("TSH", "1,234", False)]
    code, heard = ward.take(columns=("mrn=record_no",))
    assert (code, "--column takes OURS=THEIRS" in heard.sentence) == (2, True)


def test_what_must_be_declared_is_said_with_its_option(ward: Ward) -> None:
    ward.file.write_text("MRN,test\n1,2\n", encoding="utf-8")
    _code, heard = ward.take()
    assert "no column “record_no”; name it: “--column record_no=NAME IN THE FILE”." in heard.sentence
    _code, heard = ward.write(ALT.replace("25.50", '"1,234"')).take()
    assert "helps; say which it is: “--decimal comma” or “--decimal point”." in heard.sentence
    code, heard = ward.write(ALT.replace("2026-11-02T08:30:00+00:00", "01/02/2026")).take()
    assert code == 1
    assert "the month; say which comes first: “--dates day-first” or “--dates month-first”." in heard.sentence


def test_an_import_broken_off_in_the_window_is_finished_as_the_nurses_who_began_it(ward: Ward) -> None:
    ward.root.mkdir()
    rest = ward.write(ALT).file.read_bytes()
    (ward.root / "import-under-way").write_bytes(kept_bytes(KeptFile(rest, CsvForm(), None, "nurse-7")))
    code, _heard = ward.write(ALT.replace("TRN000900", "TRN000901")).take()
    assert code == 0
    by = {}
    for file in (ward.root / "patients").rglob("*.jsonl"):
        text = file.read_text(encoding="utf-8")
        by["TRN000900" if "TRN000900" in text else "TRN000901"] = "nurse-7" in text
    assert by == {"TRN000900": True, "TRN000901": False}


def damage_one(ward: Ward) -> list[str]:
    """A known patient whose record is damaged, one whose record is sound, and a new one: a row of results for each."""
    ward.write(ALT, ALT.replace("TRN000900", "TRN000901")).take()
    (damaged,) = (file for file in (ward.root / "patients").rglob("*.jsonl") if b"TRN000900" in file.read_bytes())
    damaged.write_bytes(damaged.read_bytes().replace(b"number", b"NUMBER", 1))
    return [ALT.replace("TRN000900", no).replace("25.50", "30") for no in ("TRN000900", "TRN000901", "TRN000902")]


def test_the_results_of_a_patient_whose_record_cannot_be_read_are_not_taken(ward: Ward) -> None:
    code, heard = ward.write(*damage_one(ward)).take()
    assert code == 1
    assert "line 2: not taken: a patient record cannot be read and may be this patient’s" in heard.sentence
    assert heard.text.splitlines()[0].endswith(": 1 added, 0 there already, 1 corrected one on record, 1 not taken.")


def test_while_nobody_knows_whose_record_cannot_be_read_no_number_counts_as_new(ward: Ward) -> None:
    rows = damage_one(ward)
    (ward.root / "index.json").unlink()
    code, heard = ward.write(*rows).take()
    assert code == 1
    told = heard.err.getvalue().splitlines()
    assert [line.split(": ")[1] for line in told] == ["line 2", "line 4"]
    assert all("may be this patient’s" in line for line in told)
    assert "new" not in heard.text


MESSAGE = (
    "MSH|^~\\&|LAB|HOSP|WARD|HOSP|20261102101500||ORU^R01|1|P|2.5\r"
    "PID|1||TRN000900^^^HOSP^MR\r"
    "OBR|1|||LIVER|||20261102083000+0000\r"
    "OBX|1|NM|1742-6^ALT^LN||{value}|IU/L|8-40||||{status}\r"
)


def test_a_laboratory_sends_corrects_and_takes_back_a_result_by_message(ward: Ward) -> None:
    for status, value, said in (
        ("P", "24", "is not final"),
        ("F", "25.50", "1 added"),
        ("C", "52.5", "1 corrected one on record"),
        ("D", "", "1 taken back"),
        ("D", "", "1 there already"),
    ):
        ward.file.write_text(MESSAGE.format(value=value, status=status), encoding="utf-8")
        code, heard = ward.take()
        assert code == (1 if status == "P" else 0)
        assert said in heard.text + heard.err.getvalue()
    assert ward.short() == [("1742-6", "25.50", True), ("1742-6", "52.5", True)]


# --- whatever breaks on the way ---


class PluggedOutError(BaseException):
    """The machine stops here."""


def test_an_import_that_is_broken_off_is_finished_by_the_next_one(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [ALT.replace("TRN000900", f"TRN00090{number}") for number in range(5)]
    register, count = VisitService.register_new, Counter[str]()

    def stop_at_the_third(*given: Any, **named: Any) -> str:
        count["patients"] += 1
        if count["patients"] == 3:
            raise PluggedOutError
        return register(*given, **named)

    with monkeypatch.context() as patched:
        patched.setattr(VisitService, "register_new", stop_at_the_third)
        with pytest.raises(PluggedOutError):
            ward.write(*rows).take()

    code, heard = ward.write("TRN000910,2026-11-02,AST,25,U/L,8,40,").take()

    assert code == 0
    assert heard.text.splitlines()[0] == "1 result in the file: 1 added, 0 there already, 0 not taken."
    assert [ward.short(f"TRN00090{number}") for number in range(5)] == [[("1742-6", "25.50", False)]] * 5
    assert ward.short("TRN000910") == [("AST", "25", False)]
    assert not (ward.root / "import-under-way").exists()


def test_a_disk_that_refuses_in_the_middle_is_said_and_the_rest_comes_with_the_next_import(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [ALT.replace("TRN000900", f"TRN00090{number}") for number in range(3)]
    register, count = VisitService.register_new, Counter[str]()

    def refuse_the_second(*given: Any, **named: Any) -> str:
        count["patients"] += 1
        if count["patients"] == 2:
            raise NotSavedError("Not saved: the disk is full.")
        return register(*given, **named)

    with monkeypatch.context() as patched:
        patched.setattr(VisitService, "register_new", refuse_the_second)
        code, heard = ward.write(*rows).take()
    assert code == 2
    assert "Not saved: the disk is full." in heard.sentence

    code, heard = ward.take()

    assert code == 0
    assert heard.text.splitlines()[0] == "3 results in the file: 0 added, 3 there already, 0 not taken."


def test_a_file_that_cannot_be_kept_is_not_begun(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ImportUnderWay, "keep", refuse)
    code, heard = ward.write(ALT).take()
    assert (code, "the disk is full" in heard.sentence) == (2, True)
    assert not list(ward.root.rglob("*.jsonl"))


@pytest.mark.parametrize(
    "content",
    [b"", b"{}\n", b"nonsense", b'{"form": {}, "only": 7}\nx', kept_bytes(KeptFile(b"\0", CsvForm(), None))],
)
def test_what_is_kept_and_cannot_be_understood_stops_nothing(ward: Ward, content: bytes) -> None:
    ward.root.mkdir()
    (ward.root / "import-under-way").write_bytes(content)
    code, heard = ward.write(ALT).take()
    assert code == 0, heard.err.getvalue()
    assert "the file that was kept for it cannot be read. Import the results again" in heard.err.getvalue()
    assert ward.short() == [("1742-6", "25.50", False)]


# --- our own export ---

DAY = date(2026, 11, 2)
RECORD = PatientRecord(
    details=PatientDetails("TRN000900", "SAMPLE, Patient Nine"),
    labs=(
        LabEntry(2, LabResult("ALT", "130", DAY, "U/L", None, Decimal(40)), superseded=True, corrected_by=3),
        LabEntry(3, LabResult("ALT", "30", DAY, "U/L", None, Decimal(40))),
        LabEntry(4, LabResult("AST", "300", DAY, "U/L", None, Decimal(40)), superseded=True),
        LabEntry(5, LabResult("JCV", "negative", DAY, "{index}"), superseded=True, corrected_by=6),
        LabEntry(6, LabResult("JCV", "1.9", DAY, "{index}")),
        LabEntry(7, LabResult("ADA", "+", DAY, "{presence}")),
    ),
    number=7,
)
COUNTING = [("ADA", "+", False), ("ALT", "30", False), ("JCV", "1.9", False)]


def journals_in(root: Path) -> dict[str, bytes]:
    return {name: content for name, content in files_in(root).items() if name.endswith(".jsonl")}


def exported(protocol: InfusionProtocol, record: PatientRecord) -> str:
    return results_csv(ExportSource(record, protocol, datetime(2026, 11, 22, 12, tzinfo=UTC), UTC, training=True))


def test_an_export_brings_what_counts_to_another_place_and_nothing_else(ward: Ward, protocol: InfusionProtocol) -> None:
    ward.file.write_text(exported(protocol, RECORD), encoding="utf-8")
    for dry_run, added, there in ((False, "3 added", 0), (True, "0 would be added", 3), (False, "0 added", 3)):
        code, heard = ward.take(dry_run=dry_run)
        assert (code, heard.err.getvalue()) == (0, "")
        assert heard.text.splitlines()[0] == (
            f"6 results in the file: {added}, {there} there already, 3 do not count any more, 0 not taken."
        )
    assert ward.short() == COUNTING


def test_an_export_changes_nothing_where_it_comes_from(ward: Ward, protocol: InfusionProtocol) -> None:
    ward.write(ALT).take()
    ward.write(ALT.replace("25.50", "52.5")).take()
    before, journals = ward.labs("TRN000900"), journals_in(ward.root)
    look = look_at(workplace(ward.root, protocol)).service
    patient = look.patient_with("TRN000900")
    assert patient is not None

    ward.file.write_text(exported(protocol, look.patient(patient).state), encoding="utf-8")
    code, heard = ward.take()

    assert code == 0
    assert "0 added, 1 there already, 1 does not count any more, 0 not taken." in heard.text
    assert ward.labs("TRN000900") == before
    assert journals_in(ward.root) == journals


# --- the command line ---


def test_the_command_line_is_understood() -> None:
    words = (
        "import-labs a.csv --patient P --dry-run --decimal comma --dates day-first --column value=Wert --column unit=E"
    )
    assert parse_arguments(words.split()) == ImportArguments(
        None, Path("a.csv"), "P", dry_run=True, columns=("value=Wert", "unit=E"), decimal="comma", dates="day-first"
    )
    assert parse_arguments(["import-labs", "a.csv"]) == ImportArguments(None, Path("a.csv"))
    with pytest.raises(CommandError, match="FILE"):
        parse_arguments(["import-labs"])
