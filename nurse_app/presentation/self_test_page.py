"""The self-test as a page, as lines, and as a file to send: the same results in the same words."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from nurse_app.i18n import _, ngettext
from nurse_app.presentation.formats import day_and_clock
from nurse_app.presentation.self_test_words import look_title, outcome_word
from nurse_app.presentation.view_parts import Tone
from nurse_app.visit.self_test import Look, LookResult, Outcome, ProgramFacts

_TONES: dict[Outcome, Tone] = {Outcome.WELL: "done", Outcome.ATTENTION: "caution", Outcome.FAILED: "stop"}

_PROBLEMS: tuple[Tone, ...] = ("stop", "caution")


@dataclass(frozen=True, slots=True)
class SelfTestState:
    """How far a self-test is. ``ended_at`` and ``program`` are known at its end; ``problem``: why there is none."""

    running: bool = False
    results: tuple[LookResult, ...] = ()
    program: ProgramFacts | None = None
    ended_at: datetime | None = None
    problem: str = ""
    saved: str = ""
    saved_well: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether every look has its result."""
        return not self.running and len(self.results) == len(Look)


@dataclass(frozen=True, slots=True)
class LookView:
    """One look on the page: its name, how it ended in a word, what was found, measured and is to be done."""

    id: str
    title: str
    tone: Tone
    word: str
    sentence: str
    measured: str
    to_do: str


@dataclass(frozen=True, slots=True)
class SelfTestView:
    """The page. ``button`` is empty while a test runs; ``can_save``: there is a report.

    ``problems`` are the looks that need somebody, ``others`` those that are well or not taken yet.
    """

    lead: str
    button: str
    progress: str
    verdict: str
    note: str
    tone: Tone
    problems: tuple[LookView, ...]
    others: tuple[LookView, ...]
    can_save: bool
    saved: str
    saved_tone: Tone


def present_self_test(state: SelfTestState, zone: tzinfo | None) -> SelfTestView:
    """The page as it is now."""
    results = {result.look: result for result in state.results}
    running = next((look for look in Look if look not in results), None) if state.running else None
    looks = [_look(look, results.get(look), is_running=look is running) for look in Look if state.running or results]
    whole = state.is_whole
    return SelfTestView(
        lead=_(
            "The program looks at itself and at this computer. That takes about a minute. Visits go on meanwhile; "
            "no record is touched."
        ),
        button="" if state.running else _("Test again") if state.results else _("Test now"),
        progress=_progress(state),
        verdict=verdict(state.results) if whole else "",
        note=_note(state, zone) if whole else "",
        tone=_worst(state.results) if whole else "neutral",
        problems=tuple(view for view in looks if view.tone in _PROBLEMS),
        others=tuple(view for view in looks if view.tone not in _PROBLEMS),
        can_save=whole and state.program is not None,
        saved=state.saved,
        saved_tone="done" if state.saved_well else "hold",
    )


def verdict(results: tuple[LookResult, ...]) -> str:
    """All looks in one sentence."""
    failures = sum(result.outcome is Outcome.FAILED for result in results)
    others = sum(result.outcome is Outcome.ATTENTION for result in results)
    if failures:
        return ngettext("{n} thing failed", "{n} things failed", failures).format(n=failures)
    if others:
        return ngettext("{n} thing needs attention", "{n} things need attention", others).format(n=others)
    return _("All is well")


def result_line(result: LookResult) -> str:
    """A result as one line of the command."""
    head = f"{outcome_word(result.outcome)}: {look_title(result.look)}: {result.sentence}"
    to_do = _("What to do: {advice}").format(advice=result.to_do) if result.to_do else ""
    measured = f"[{result.measured}]" if result.measured else ""
    return " ".join(part for part in (head, to_do, measured) if part)


def program_lines(program: ProgramFacts) -> tuple[str, ...]:
    """Which program tested itself, for the head of a report."""
    return (
        _("nurse-app {version} ({build})").format(version=program.version, build=program.build),
        _("Qt {qt} on {platform}").format(qt=program.qt, platform=program.platform),
        _("List of its files: {digest}").format(digest=program.list_digest or _("none")),
        _("Tested {when}").format(when=day_and_clock(program.at, program.at.tzinfo)),
    )


def report_text(program: ProgramFacts, results: tuple[LookResult, ...]) -> str:
    """The file to send: which program, where, what was found. No patient, no person, no path and no host name in it."""
    lines = [_("Self-test"), *program_lines(program), "", verdict(results), ""]
    for result in results:
        lines.append(f"{outcome_word(result.outcome):<10}{look_title(result.look)}")
        texts = (result.sentence, _("What to do: {advice}").format(advice=result.to_do) if result.to_do else "")
        lines += [f"          {text}" for text in (*texts, result.measured) if text]
    return "\n".join(lines) + "\n"


def not_begun_words() -> str:
    """The child could not be started."""
    return _("The test could not be started. Close other programs and try again.")


def broken_off_words() -> str:
    """The child ended before its last look."""
    return _("The test broke off. Try it again. If it breaks off once more, install the program again.")


def _look(look: Look, result: LookResult | None, *, is_running: bool) -> LookView:
    title = look_title(look)
    if result is None:
        word = _("Testing…") if is_running else ""
        return LookView(look.value, title, "brand" if is_running else "muted", word, "", "", "")
    tone, word = _TONES[result.outcome], outcome_word(result.outcome)
    return LookView(look.value, title, tone, word, result.sentence, result.measured, result.to_do)


def _progress(state: SelfTestState) -> str:
    if not state.running:
        return state.problem
    done, all_ = len(state.results), len(Look)
    return _("Testing: {done} of {all} done").format(done=done, all=all_)


def _worst(results: tuple[LookResult, ...]) -> Tone:
    outcomes = {result.outcome for result in results}
    return next(_TONES[outcome] for outcome in (Outcome.FAILED, Outcome.ATTENTION, Outcome.WELL) if outcome in outcomes)


def _note(state: SelfTestState, zone: tzinfo | None) -> str:
    parts = []
    if state.program is not None:
        parts.append(_("version {version}").format(version=state.program.version))
    if state.ended_at is not None:
        parts.append(_("tested {when}").format(when=day_and_clock(state.ended_at, zone)))
    return " · ".join(parts)
