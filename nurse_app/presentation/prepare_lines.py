"""The lines of preparing a dose: what each asks, what was recorded, and what is wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.deciding.outcome import Reason, Rejected
from nurse_app.domain.facts import Look
from nurse_app.domain.finding import Assessment, Finding
from nurse_app.domain.record import Recorded
from nurse_app.domain.state import BagState, VisitState
from nurse_app.i18n import N_, _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.diluent import diluent_words
from nurse_app.presentation.finding_words import finding_view
from nurse_app.presentation.formats import number
from nurse_app.presentation.intents import Intent, OpenSheet, SheetKind
from nurse_app.presentation.messages import refusal_words
from nurse_app.presentation.product import vial_words
from nurse_app.presentation.record_entries import entry_clock, last_of, of_this_bag
from nurse_app.presentation.view_parts import ActionView, FindingView, Tone

LineState = Literal["done", "current", "next"]
LOOKS: tuple[Look, ...] = ("clear", "particles", "discoloured", "frozen", "shaken")

_RULES_OF: Mapping[str, frozenset[str]] = {
    "product": frozenset({"product-unknown", "product-route", "product-expiry", "rems-brand"}),
    "diluent": frozenset({"diluent", "bag-volume"}),
    "added": frozenset({"dose-volume", "final-volume"}),
    "dilution-finished": frozenset({"stability", "warm-up", "clock"}),
}
BAG_RULES = frozenset({"inspection"}).union(*_RULES_OF.values())
_EVENTS_OF: Mapping[str, type[e.Event]] = {
    "product": e.ProductRecorded,
    "inspect-vial": e.VialInspected,
    "diluent": e.DiluentRecorded,
    "added": e.DoseAdded,
    "inverted": e.BagInverted,
    "dilution-finished": e.DilutionFinished,
    "inspect-bag": e.BagInspected,
    "labelled": e.BagLabelled,
    "second-check": e.SecondCheckPassed,
}
_ACTS: Mapping[str, tuple[str, Intent, str]] = {
    "product": (N_("Type it in…"), OpenSheet(SheetKind.PRODUCT), "S"),
    "diluent": (N_("Enter the bag…"), OpenSheet(SheetKind.DILUENT), "B"),
    "inverted": (N_("Inverted"), c.InvertBag(), "I"),
    "dilution-finished": (N_("Mixed now"), c.FinishDilution(), "M"),
    "labelled": (N_("Labelled"), c.LabelBag(), "E"),
    "second-check": (N_("Check as second person…"), OpenSheet(SheetKind.SECOND_CHECK), "K"),
}
_INSPECTIONS: Mapping[str, Callable[[Look], c.Command]] = {"inspect-vial": c.InspectVial, "inspect-bag": c.InspectBag}
_CORRECTABLE = ("product", "inspect-vial", "diluent", "added", "inspect-bag")


@dataclass(frozen=True, slots=True)
class PrepareLine:
    """One line. ``looks`` are the answers of an inspection; with ``scan`` it takes a barcode.

    ``other_volume``: another volume than the protocol's can be recorded, because what happened is what is recorded.
    """

    id: str
    title: str
    detail: str
    state: LineState
    done_text: str = ""
    done_tone: Tone = "done"
    action: ActionView | None = None
    looks: tuple[ActionView, ...] = ()
    scan: bool = False
    other_volume: bool = False
    findings: tuple[FindingView, ...] = ()
    warning: str = ""
    correct: ActionView | None = None


def is_done(bag: BagState, line: str) -> bool:
    """Has something been recorded for a line?"""
    done = {
        "product": bag.product is not None,
        "inspect-vial": bag.vial_look is not None,
        "diluent": bag.diluent is not None,
        "added": bag.added_ml is not None,
        "inverted": bag.inverted,
        "dilution-finished": bag.diluted_at is not None,
        "inspect-bag": bag.bag_look is not None,
        "labelled": bag.labelled,
        "second-check": bag.second_check is not None,
    }
    return done[line]


def lines_left(state: VisitState) -> tuple[str, ...]:
    """The lines that still have to be done, in order."""
    return tuple(line for line in state.protocol.preparation.lines if not is_done(state.bag, line))


def present_lines(context: VisitContext, judged: Assessment, *, waits: bool) -> tuple[PrepareLine, ...]:
    """All lines in order; the first open one is current, unless something must be settled first (``waits``)."""
    left = lines_left(context.state)
    current = left[0] if left and not waits and context.state.phase == "prepare" else ""
    # The second person must not be able to read what the first one entered.
    blind = current == "second-check"
    return tuple(
        _line(context, judged, line, current, blind=blind) for line in context.state.protocol.preparation.lines
    )


def _line(context: VisitContext, judged: Assessment, line: str, current: str, *, blind: bool) -> PrepareLine:
    state = context.state
    shown = PrepareLine(
        id=line,
        title=state.protocol.text(f"prepare.{line}.title"),
        detail=state.protocol.text(f"prepare.{line}.detail"),
        state="current" if line == current else "next",
        warning=_failed_check(context) if line == "second-check" else "",
    )
    if is_done(state.bag, line):
        return _done(context, shown, _findings(state.bag, judged, line), blind=blind)
    return _with_entry(state, shown) if line == current else shown


def _findings(bag: BagState, judged: Assessment, line: str) -> tuple[Finding, ...]:
    """What is wrong with what a line recorded; an inspection belongs to the one that was not clear."""
    rules = _RULES_OF.get(line, frozenset())
    if line == ("inspect-bag" if bag.vial_look == "clear" else "inspect-vial"):
        rules = frozenset({"inspection"})
    return tuple(item for item in judged.findings if item.rule in rules and item.severity != "information")


def _done(context: VisitContext, shown: PrepareLine, findings: tuple[Finding, ...], *, blind: bool) -> PrepareLine:
    protocol = context.state.protocol
    entry = last_of(of_this_bag(context.record), _EVENTS_OF[shown.id])
    words = _recorded_words(context, shown.id, blind=blind)
    time = entry_clock(context, entry) if entry is not None else ""
    correct = None
    in_doubt = bool(findings) or _differed(context, shown.id)
    if in_doubt and entry is not None and _may_correct(context.state, shown.id):
        label = _("Wrong entry? Correct it…")
        correct = ActionView(
            f"correct.{shown.id}", label, OpenSheet(SheetKind.CORRECT, str(entry.number)), role="quiet"
        )
    return replace(
        shown,
        detail="",
        state="done",
        done_text=" · ".join(part for part in (words, time) if part),
        done_tone=findings[0].severity if findings else "done",
        findings=tuple(finding_view(protocol, item) for item in findings),
        correct=correct,
    )


def _may_correct(state: VisitState, line: str) -> bool:
    """Can the line be done again after it was marked in error?"""
    if state.phase != "prepare":
        return False
    return line in _CORRECTABLE


def _recorded_words(context: VisitContext, line: str, *, blind: bool) -> str:
    bag, texts = context.state.bag, context.state.protocol.texts
    words: dict[str, Callable[[], str]] = {
        "product": lambda: vial_words(bag.product, with_lot=not blind) if bag.product else "",
        "inspect-vial": lambda: texts.get(f"look.{bag.vial_look}", ""),
        "diluent": lambda: diluent_words(context, bag),
        "added": lambda: "" if blind or bag.added_ml is None else _("{n} mL").format(n=number(bag.added_ml)),
        "inspect-bag": lambda: texts.get(f"look.{bag.bag_look}", ""),
        "second-check": lambda: context.name_of(bag.second_check.by) if bag.second_check else "",
    }
    return words[line]() if line in words else ""


# What a second check compares, by the line that recorded it.
_COMPARED = {"product": "lot", "added": "added_ml"}


def _last_check(context: VisitContext) -> Recorded[e.Event] | None:
    return last_of(of_this_bag(context.record), e.SecondCheckFailed, e.SecondCheckPassed)


def _differed(context: VisitContext, line: str) -> bool:
    """Did the last second check read something else than this line says? One of the two is a slip of the pen."""
    last = _last_check(context)
    failed = last.event if last is not None else None
    return isinstance(failed, e.SecondCheckFailed) and _COMPARED.get(line) in failed.differs


def _failed_check(context: VisitContext) -> str:
    """What the last second check said, when it did not agree."""
    last = _last_check(context)
    if last is None or not isinstance(last.event, e.SecondCheckFailed):
        return ""
    words = refusal_words(Rejected(Reason.SECOND_CHECK_DIFFERS, last.event.differs), context.state.protocol)
    text = _("{time}, {name}: {words}")
    name = context.name_of(last.event.by)
    return text.format(time=entry_clock(context, last), name=name, words=words)


def _with_entry(state: VisitState, shown: PrepareLine) -> PrepareLine:
    """The current line with the way to record it."""
    if shown.id in _INSPECTIONS:
        return replace(shown, looks=_looks(state, _INSPECTIONS[shown.id]))
    if shown.id == "added":
        action = _primary(_("Added now"), c.AddDose(state.protocol.preparation.added_ml), "A")
        return replace(shown, action=action, other_volume=True)
    label, intent, key = _ACTS[shown.id]
    return replace(shown, action=_primary(_(label), intent, key), scan=shown.id == "product")


def _primary(label: str, intent: Intent, key: str) -> ActionView:
    return ActionView("act", label, intent, key, "primary")


def _looks(state: VisitState, command: Callable[[Look], c.Command]) -> tuple[ActionView, ...]:
    """One button a look, the good one first, each with its digit."""
    return tuple(
        ActionView(look, state.protocol.texts.get(f"look.{look}", look).capitalize(), command(look), str(place))
        for place, look in enumerate(LOOKS, start=1)
    )
