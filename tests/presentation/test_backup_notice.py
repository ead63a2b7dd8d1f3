"""What is said about the automatic backups."""

from datetime import date

from nurse_app.presentation.backup_notice import BackupStanding, backup_notice


def test_nothing_is_said_when_all_is_well() -> None:
    assert backup_notice(BackupStanding()) == ""


def test_a_failure_is_said_with_its_reason_or_without_one() -> None:
    tell = (
        "Entries are saved as always, but the automatic backup has a problem. "
        "Tell the person who looks after this computer: "
    )
    assert backup_notice(BackupStanding(failed=True, problem="The disk is full.")) == f"{tell}The disk is full."
    assert backup_notice(BackupStanding(failed=True)) == f"{tell}It could not be made."


def test_an_overdue_backup_is_said_with_its_day() -> None:
    overdue = "There has been no automatic backup since 18-Nov-2026. Leave the program open."
    assert backup_notice(BackupStanding(overdue_since=date(2026, 11, 18))) == overdue
    both = BackupStanding(failed=True, problem="The disk is full.", overdue_since=date(2026, 11, 18))
    assert backup_notice(both).endswith(f"The disk is full. {overdue}")
