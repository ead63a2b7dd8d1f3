"""The command line: what it may say, and one sentence for what it may not."""

from pathlib import Path

import pytest

from nurse_app.cli import arguments as a
from nurse_app.cli.outcome import CommandError

HERE = Path("data")


@pytest.mark.parametrize(
    ("words", "arguments"),
    [
        ("", a.WindowArguments(None)),
        ("--training", a.WindowArguments(None, training=True)),
        ("--data-dir data", a.WindowArguments(HERE)),
        ("--version", a.VersionArguments(None)),
        ("assess case.json", a.AssessArguments(None, "case.json")),
        ("assess -", a.AssessArguments(None, "-")),
        ("assess -- -odd.json", a.AssessArguments(None, "-odd.json")),
        ("replay visit.json --data-dir data", a.ReplayArguments(HERE, "visit.json")),
        ("--data-dir data replay visit.json", a.ReplayArguments(HERE, "visit.json")),
        ("rehearse", a.RehearseArguments(None, None)),
        ("rehearse --output out", a.RehearseArguments(None, Path("out"))),
        ("report 1f --format pdf --output r.pdf", a.ReportArguments(None, "1f", "pdf", Path("r.pdf"))),
        ("verify", a.VerifyArguments(None, as_json=False)),
        ("verify --json --data-dir data", a.VerifyArguments(HERE, as_json=True)),
        ("verify --code 7QK4-M0ZD-93XA 1f", a.VerifyArguments(None, as_json=False, code=("7QK4-M0ZD-93XA", "1f"))),
        ("backup copy.zip", a.BackupArguments(None, Path("copy.zip"))),
        ("backup --daily --data-dir data", a.BackupArguments(HERE, None)),
        ("restore copy.zip", a.RestoreArguments(None, Path("copy.zip"), None)),
        ("restore copy.zip --record 1f", a.RestoreArguments(None, Path("copy.zip"), "1f")),
        ("self-test", a.SelfTestArguments(None)),
        ("self-test --json --data-dir data", a.SelfTestArguments(HERE, as_json=True)),
        ("self-test --output report.txt", a.SelfTestArguments(None, output=Path("report.txt"))),
        ("labs TRN000417 --json", a.LabsArguments(None, "TRN000417", as_json=True)),
    ],
)
def test_each_command_has_its_arguments(words: str, arguments: a.Arguments) -> None:
    assert a.parse_arguments(words.split()) == arguments


def test_the_folder_named_last_is_the_one() -> None:
    assert a.parse_arguments(["--data-dir", "one", "verify", "--data-dir", "two"]) == a.VerifyArguments(
        Path("two"), as_json=False
    )


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("dance", "invalid choice: 'dance'"),
        ("assess", "the following arguments are required: file"),
        ("assess one two", "unrecognized arguments: two"),
        ("--colour", "unrecognized arguments: --colour"),
        ("--train", "unrecognized arguments: --train"),
        ("report 1f --format doc --output x", "invalid choice: 'doc'"),
        ("report 1f --format pdf", "the following arguments are required: --output"),
        ("backup", "name a file, or say --daily"),
        ("backup copy.zip --daily", "name a file, or say --daily"),
        ("restore", "the following arguments are required: FILE"),
        ("labs", "the following arguments are required: RECORD_NO"),
        ("verify --data-dir", "expected one argument"),
        ("verify --data-dir=", "argument --data-dir: must not be empty"),
    ],
)
def test_a_wrong_command_line_is_one_sentence(words: str, problem: str) -> None:
    with pytest.raises(CommandError) as caught:
        a.parse_arguments(words.split())

    assert problem in str(caught.value)
    assert "--help" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_help_is_printed_and_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        a.parse_arguments(["--help"])

    said = capsys.readouterr().out
    assert caught.value.code == 0
    commands = ("assess", "replay", "rehearse", "report", "verify", "labs", "backup", "restore")
    assert all(f"    {command} " in said for command in commands)
