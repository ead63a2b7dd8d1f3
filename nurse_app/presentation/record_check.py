"""The check of all records in words: for the page in the window, and for the command."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from nurse_app.i18n import _, ngettext
from nurse_app.presentation.formats import clock, day, day_and_clock
from nurse_app.presentation.view_parts import Tone
from nurse_app.visit.record_check import CheckFinding, CheckSummary, Gravity

MOST_FINDINGS = 50


@dataclass(frozen=True, slots=True)
class CheckState:
    """How far a check is: ``done`` of ``total`` records, then ``summary``, or ``problem`` when it could not be done."""

    running: bool = False
    done: int = 0
    total: int = 0
    summary: CheckSummary | None = None
    ended_at: datetime | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding: what it is in a line, and lines of label and text."""

    tone: Tone
    word: str
    what: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CheckView:
    """The page. ``button`` is empty while a check runs; ``verdict`` and ``note`` are its result."""

    lead: str
    button: str
    progress: str
    verdict: str
    note: str
    tone: Tone
    findings: tuple[FindingView, ...]
    more: str
    claim: str


def present_check(state: CheckState, zone: tzinfo | None) -> CheckView:
    """The page as it is now."""
    summary = None if state.running else state.summary
    found = summary.findings if summary else ()
    left_out = len(found) - MOST_FINDINGS
    return CheckView(
        lead=_("Reads every record and looks whether anything was changed, cut off or lost. Visits go on meanwhile."),
        button="" if state.running else _("Check again") if state.summary else _("Check all records"),
        progress=_progress(state) if state.running else state.problem,
        verdict=_verdict(summary) if summary else "",
        note=_note(summary, state.ended_at, zone) if summary else "",
        tone=_tone(summary) if summary else "neutral",
        findings=tuple(_finding(each, zone) for each in found[:MOST_FINDINGS]),
        more=ngettext(
            "{n} more finding. The command “nurse-app verify” lists all.",
            "{n} more findings. The command “nurse-app verify” lists all.",
            left_out,
        ).format(n=left_out)
        if left_out > 0
        else "",
        claim=_(
            "A check shows changes to whoever holds this workstation’s key, a printed record or an earlier backup. "
            "It cannot show what somebody did who held all of them."
        ),
    )


def finding_sentence(finding: CheckFinding, zone: tzinfo | None) -> str:
    """A finding in one line: what, where, since when, what is left, what to do."""
    where = _("Where: {place}.").format(place=finding.where) if finding.where not in ("", finding.file) else ""
    since = _("Since when: {when}.").format(when=since_words(finding.since, zone)) if finding.since else ""
    return " ".join(part for part in (finding.what, where, since, finding.left, finding.to_do) if part)


def verdict_sentence(summary: CheckSummary) -> str:
    """The last line of the command."""
    return _("Records read: {records}, with {entries} sound entries. Checkpoints: {checkpoints}. {verdict}").format(
        records=summary.records,
        entries=summary.entries,
        checkpoints=summary.checkpoints,
        verdict=_("All are sound.") if summary.is_sound else _("Not all are sound."),
    )


def since_words(since: datetime, zone: tzinfo | None) -> str:
    """After which time: it was well until then."""
    return _("after {when}").format(when=day_and_clock(since, zone or since.tzinfo))


def _progress(state: CheckState) -> str:
    if not state.total:
        return _("Looking for the records…")
    return _("Checking: {done} of {total} records").format(done=f"{state.done:,}", total=f"{state.total:,}")


def _verdict(summary: CheckSummary) -> str:
    damage = sum(finding.gravity is Gravity.DAMAGE for finding in summary.findings)
    if damage:
        return ngettext("{n} thing is wrong", "{n} things are wrong", damage).format(n=damage)
    if any(finding.gravity is Gravity.WARNING for finding in summary.findings):
        return _("The records are sound in themselves, but not all can be vouched for")
    if not summary.records:
        return _("There are no records yet")
    return ngettext("The only record is sound", "All {n} records are sound", summary.records).format(
        n=f"{summary.records:,}"
    )


def _note(summary: CheckSummary, ended_at: datetime | None, zone: tzinfo | None) -> str:
    entries = ngettext("{n} sound entry", "{n} sound entries", summary.entries).format(n=f"{summary.entries:,}")
    marks = ngettext("{n} checkpoint", "{n} checkpoints", summary.checkpoints).format(n=f"{summary.checkpoints:,}")
    when = ""
    if ended_at is not None:
        local = ended_at.astimezone(zone)
        when = _("checked {day} {clock}").format(day=day(local.date()), clock=clock(ended_at, zone))
    return " · ".join(part for part in (entries, marks, when) if part)


def _tone(summary: CheckSummary) -> Tone:
    worst = {finding.gravity for finding in summary.findings}
    if Gravity.DAMAGE in worst:
        return "stop"
    return "caution" if Gravity.WARNING in worst else "done"


def _finding(finding: CheckFinding, zone: tzinfo | None) -> FindingView:
    tones: dict[Gravity, Tone] = {Gravity.DAMAGE: "stop", Gravity.WARNING: "caution", Gravity.NOTE: "information"}
    words = {Gravity.DAMAGE: _("Damage"), Gravity.WARNING: _("Caution"), Gravity.NOTE: _("Note")}
    lines = (
        (_("What to do"), finding.to_do),
        (_("Where"), finding.where),
        (_("Since when"), since_words(finding.since, zone) if finding.since else ""),
        (_("What is left"), finding.left),
    )
    return FindingView(
        tones[finding.gravity], words[finding.gravity], finding.what, tuple(line for line in lines if line[1])
    )
