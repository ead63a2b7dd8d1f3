"""What a check of the records tells people; ids and places only, no patient data."""

from datetime import datetime

from nurse_app.store.journal_lines import Damage
from nurse_app.store.messages import bring_back, torn
from nurse_app.visit.record_check import CheckFinding, Gravity

_BACKUP = "Bring the record back from a backup, and keep the file that is there now."
_TELL = "Tell the person who looks after this computer."
_WHO = f"{_TELL} Ask who had access to the folder of the records."
_FILE = "checkpoints.jsonl"


def damaged(file: str, stream: str, damage: Damage, since: datetime | None) -> CheckFinding:
    """A line that is not what was written."""
    return CheckFinding(
        Gravity.DAMAGE,
        file,
        f"The record {stream} is damaged at entry {damage.number}.",
        f"entry {damage.number}, byte {damage.byte} of {file}",
        since,
        _left(damage.number - 1, damage.readable_after),
        bring_back(stream),
    )


def cut(file: str, stream: str, there: int, known: int, since: datetime) -> CheckFinding:
    """Fewer entries than a checkpoint knows."""
    return CheckFinding(
        Gravity.DAMAGE,
        file,
        f"{_entries(there + 1, known)} of the record {stream} {'is' if known == there + 1 else 'are'} missing.",
        f"the end of {file}: it has {there} of {known} entries",
        since,
        _left(there, 0),
        f"{_BACKUP} {_WHO}",
    )


def rewritten(file: str, stream: str, sound: int, known: int, since: datetime) -> CheckFinding:
    """A chain that holds in itself and is not the one that was vouched for."""
    return CheckFinding(
        Gravity.DAMAGE,
        file,
        f"The record {stream} was written anew with other content.",
        f"{_entries(sound + 1, known)} of {file}",
        since,
        f"{_left(sound, 0)} What is there now is not what was entered.",
        f"{_BACKUP} {_WHO}",
    )


def missing(file: str, stream: str, known: int, since: datetime) -> CheckFinding:
    """A record that a checkpoint names and nobody finds."""
    return CheckFinding(
        Gravity.DAMAGE,
        file,
        f"The record {stream} is missing. It had {_count(known)}.",
        file,
        since,
        "Nothing of it is left in this folder.",
        f"{bring_back(stream)} {_WHO}",
    )


def torn_end(file: str, stream: str, byte_count: int) -> CheckFinding:
    """An end that was being written when the program stopped."""
    return CheckFinding(Gravity.NOTE, file, torn(stream, byte_count), f"the end of {file}", None, "", "")


def not_usable(file: str, sentence: str, since: datetime | None) -> CheckFinding:
    """A record that this version does not understand or the machine does not hand out; the sentence says it all."""
    return CheckFinding(Gravity.DAMAGE, file, sentence, file, since, "", "")


def older_copy(known: int, there: int, since: datetime, until: datetime | None) -> CheckFinding:
    """The checkpoints end before the last one that this workstation made."""
    seen = f"{_FILE} ends at checkpoint {there}; this workstation has made {known}" if there else f"{_FILE} is missing"
    return CheckFinding(
        Gravity.DAMAGE,
        _FILE,
        "These records are an older copy than this workstation has seen, or the end of the checkpoints was taken away.",
        seen if there else f"{seen}; this workstation has made {known} checkpoints",
        since,
        "What was entered after the copy was made is missing." if until else "Nobody can say what is missing.",
        f"Nothing more should be entered here until the newer records are found. {_WHO}",
    )


def other_checkpoints(known: int, since: datetime) -> CheckFinding:
    """The file reaches far enough, but its checkpoints are not those that this workstation made."""
    return CheckFinding(
        Gravity.DAMAGE,
        _FILE,
        "The checkpoints are not those that this workstation made: these records were exchanged for others.",
        f"checkpoint {known} of {_FILE}",
        since,
        "Nobody can say what was changed.",
        f"Compare the records with printed ones. {_WHO}",
    )


def was_older_copy(number: int, known: int, found_at: datetime) -> CheckFinding:
    """What the program noted when it went on with an older copy."""
    return CheckFinding(
        Gravity.DAMAGE,
        _FILE,
        f"On an earlier day these records were an older copy: this workstation had made {_checkpoints(known)}, and "
        "the folder did not hold the last one.",
        f"checkpoint {number} of {_FILE}, where the program noticed it",
        found_at,
        "What was entered between the copy and that time is missing.",
        f"Look for the newer records, and compare with printed ones. {_WHO}",
    )


def was_restored(number: int, found_at: datetime) -> CheckFinding:
    """The same, when somebody brought the records back from a backup with the command for it."""
    return CheckFinding(
        Gravity.NOTE,
        _FILE,
        "These records were brought back from a backup.",
        f"checkpoint {number} of {_FILE}",
        found_at,
        "What was entered between the backup and that time is not here.",
        "",
    )


def was_begun_anew(number: int, at: datetime) -> CheckFinding:
    """An empty folder in a place where the workstation had kept records before."""
    return CheckFinding(
        Gravity.NOTE,
        _FILE,
        "These records were begun in an empty folder, in a place where this workstation had kept other records before.",
        f"checkpoint {number} of {_FILE}",
        at,
        "",
        "If nobody emptied the folder on purpose, bring the earlier records back from a backup.",
    )


def checkpoints_damaged(first: int, byte: int, good: int, since: datetime | None) -> CheckFinding:
    """The file of checkpoints is not sound itself."""
    return CheckFinding(
        Gravity.WARNING,
        _FILE,
        f"The file of checkpoints is damaged at checkpoint {first}. Some records cannot be vouched for.",
        f"checkpoint {first}, byte {byte} of {_FILE}",
        since,
        f"{_checkpoints(good)} can still be used.",
        f"Bring {_FILE} back from a backup. {_TELL}",
    )


def checkpoints_unreadable(reason: str) -> CheckFinding:
    """The file of checkpoints that the machine does not hand out."""
    what = f"The file of checkpoints cannot be read ({reason}). The records cannot be vouched for."
    return CheckFinding(Gravity.WARNING, _FILE, what, _FILE, None, "", _TELL)


def altered(number: int, count: int, since: datetime | None) -> CheckFinding:
    """Checkpoints that name our key and were not made with it."""
    return CheckFinding(
        Gravity.WARNING,
        _FILE,
        f"{_checkpoints(count)} did not come from this workstation, though they say so. "
        "Some records cannot be vouched for.",
        f"checkpoint {number} of {_FILE}",
        since,
        "",
        f"Compare the records with printed ones. {_WHO}",
    )


def another_key(count: int, total: int) -> CheckFinding:
    """Checkpoints of another workstation."""
    return CheckFinding(
        Gravity.WARNING,
        _FILE,
        f"{count} of {_checkpoints(total)} were made with the key of another workstation. They prove nothing here.",
        _FILE,
        None,
        "",
        "Check the records on that workstation. Whoever exchanged its key would look the same.",
    )


def no_key(total: int, problem: str) -> CheckFinding:
    """A workstation without the key."""
    reason = problem or "This workstation has no key of its own."
    what = f"{reason} {_checkpoints(total)} cannot be vouched for."
    return CheckFinding(
        Gravity.WARNING, _FILE, what, _FILE, None, "", "Check the records on the workstation they are from."
    )


def no_checkpoints() -> CheckFinding:
    """Records that nobody ever vouched for."""
    return CheckFinding(
        Gravity.NOTE,
        _FILE,
        "There are no checkpoints yet. An end that was cut off or a record that was written anew would not be noticed.",
        _FILE,
        None,
        "",
        "The program makes checkpoints by itself as records grow and when it ends.",
    )


def _count(entries: int) -> str:
    return "1 entry" if entries == 1 else f"{entries} entries"


def _checkpoints(count: int) -> str:
    return "1 checkpoint" if count == 1 else f"{count} checkpoints"


def _entries(first: int, last: int) -> str:
    return f"Entry {first}" if first == last else f"Entries {first} to {last}"


def _left(sound: int, readable_after: int) -> str:
    before = {0: "No entry before it is left.", 1: "Entry 1 is sound and can be shown."}.get(
        sound, f"Entries 1 to {sound} are sound and can be shown."
    )
    after = f" Entries after it that can still be read: {readable_after}." if readable_after else ""
    return f"{before}{after}"
