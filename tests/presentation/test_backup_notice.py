"""What is said about the automatic backups."""

from datetime import date

from nurse_app.presentation.backup_notice import BackupStanding, backup_notice


def test_nothing_is_said_when_all_is_well() -> None:
    assert backup_notice(BackupStanding()) == ""


def test_a_failure_is_said_with_its_reason_or_without_one() -> None:
    assert backup_notice(BackupStanding(failed=True, problem="The disk is full.")) == (
        "Automatic backup: The disk is full."
    )
    assert backup_notice(BackupStanding(failed=True)) == (
        "Automatic backup: It could not be made. Tell the person who looks after this computer."
    )


def test_an_overdue_backup_is_said_with_its_day() -> None:
    standing = BackupStanding(failed=True, problem="The disk is full.", overdue_since=date(2026, 11, 18))
    assert backup_notice(standing) == (
        "Automatic backup: The disk is full. "
        "There has been no automatic backup since 18-Nov-2026. Leave the program open."
    )
