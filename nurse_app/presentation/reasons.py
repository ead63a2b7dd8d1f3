"""Sheets that ask for a reason: not given, discard the bag, mark an entry in error."""

from dataclasses import dataclass

from nurse_app.domain.corrected_times import TIMEABLE
from nurse_app.domain.state import BagState
from nurse_app.domain.today import assess_today
from nurse_app.i18n import _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.entry_words import entry_sentence
from nurse_app.presentation.finding_words import finding_title, worst_first
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.protocol_words import optional_text
from nurse_app.presentation.record_entries import entry_clock
from nurse_app.presentation.view_parts import StepHead

OTHER = "other"


@dataclass(frozen=True, slots=True)
class ReasonView:
    """Reasons to choose from (id, words), a field for more, and what is good to know before.

    ``entry`` and ``retime``: see correct.
    """

    head: StepHead
    question: str
    reasons: tuple[tuple[str, str], ...]
    more_label: str
    submit: str
    notes: tuple[str, ...] = ()
    entry: int = 0
    retime: OpenSheet | None = None


def present_not_given(context: VisitContext) -> ReasonView:
    """The ending without a dose: why, and what still has to be done."""
    state = context.state
    found = worst_first(item for item in assess_today(state, context.now).findings if item.severity in ("hold", "stop"))
    found = tuple(item for item in found if item.rule != "unanswered")
    titles = {f"rule.{item.rule}": finding_title(state.protocol, item) for item in found}
    general = (
        ("prescriber", _("Prescriber decided not to give")),
        ("declined", _("Patient does not want it today")),
        ("unwell", _("Patient unwell")),
        ("no-access", _("No vein access")),
        ("product", _("No usable product")),
        ("left", _("Patient did not wait")),
        (OTHER, _("Another reason")),
    )
    form = optional_text(state.protocol, "protocol.programme-form") if state.protocol.programme else ""
    bag = (
        _("A bag is in preparation. Put it aside and discard it by the ward's rule.") if state.bag != BagState() else ""
    )
    after = _("The visit closes with this. Tell the prescriber, and book a new date with them.")
    return ReasonView(
        head=StepHead(_("Not given today"), _("As good an ending as any: the record is complete with the reason.")),
        question=_("Why is the dose not given?"),
        reasons=(*titles.items(), *general),
        more_label=_("More about it"),
        submit=_("Record and close the visit"),
        notes=tuple(note for note in (form, bag, after) if note),
    )


def present_discard_bag(context: VisitContext) -> ReasonView:
    """The bag is thrown away and preparing begins again with a new vial."""
    note = optional_text(context.state.protocol, "prepare.discard")
    return ReasonView(
        head=StepHead(_("Discard this bag"), _("Preparing begins again with a new vial and a new bag.")),
        question=_("Why is it discarded?"),
        reasons=(
            ("look", _("Particles, colour, frozen or shaken")),
            ("wrong", _("Wrong product, diluent or volume")),
            ("too-old", _("Too old")),
            ("damaged", _("Leaking or dropped")),
            ("not-needed", _("Not needed today")),
            (OTHER, _("Another reason")),
        ),
        more_label=_("More about it"),
        submit=_("Discard the bag"),
        notes=(note,) if note else (),
    )


def present_correct(context: VisitContext, entry: int) -> ReasonView:
    """An entry of that number was wrong; it stays in the record, marked."""
    return ReasonView(
        head=StepHead(_("Correct an entry"), _entry_words(context, entry)),
        question=_("What was wrong with it?"),
        reasons=(
            ("slip", _("Typed or tapped wrong")),
            ("patient", _("Belongs to another patient")),
            ("not-done", _("It was not done")),
            (OTHER, _("Another reason")),
        ),
        more_label=_("More about it"),
        submit=_("Mark in error"),
        notes=(_("The entry stays in the record, marked as an error. Then enter what is right."),),
        entry=entry,
        retime=_retime(context, entry),
    )


def _retime(context: VisitContext, entry: int) -> OpenSheet | None:
    """The way to another time, for entries that may have one."""
    timed = any(item.number == entry and isinstance(item.event, TIMEABLE) for item in context.record)
    return OpenSheet(SheetKind.ENTRY_TIME, str(entry)) if timed else None


def _entry_words(context: VisitContext, entry: int) -> str:
    item = next((item for item in context.record if item.number == entry), None)
    if item is None:
        return ""
    words = entry_sentence(item.event, context.state.protocol, context.name_of, context.zone)
    time, name = entry_clock(context, item), context.name_of(item.entry.by)
    return _("{time} {words} ({name})").format(time=time, words=words, name=name)
