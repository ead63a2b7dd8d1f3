"""What the window says about the automatic backups, when there is anything to say."""

from dataclasses import dataclass
from datetime import date

from nurse_app.i18n import _
from nurse_app.presentation.formats import day


@dataclass(frozen=True, slots=True)
class BackupStanding:
    """How the automatic backups stand: whether the last try went wrong, and since when none was made if that is long.

    ``problem`` is a sentence of the store about the last try; without one nobody knows more.
    """

    failed: bool = False
    problem: str = ""
    overdue_since: date | None = None


def backup_notice(standing: BackupStanding) -> str:
    """What to tell; empty when all is well."""
    words = []
    if standing.failed:
        words.append(_("Entries are saved as always, but the automatic backup has a problem."))
        words.append(_("Tell the person who looks after this computer:"))
        words.append(standing.problem or _("It could not be made."))
    if standing.overdue_since is not None:
        last = day(standing.overdue_since)
        words.append(_("There has been no automatic backup since {day}. Leave the program open.").format(day=last))
    return " ".join(words)
