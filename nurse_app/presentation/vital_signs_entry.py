"""Entering vital signs: what was measured before stands beside each field, slips of the finger are caught."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from nurse_app.domain.commands import RecordVitalSigns
from nurse_app.domain.facts import VitalSigns
from nurse_app.domain.reaction import alarm_line_of, baseline, merged, pressure_falls, pressure_is_low
from nurse_app.domain.rules.vital_signs import readings
from nurse_app.domain.state import VisitState
from nurse_app.i18n import _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.formats import number
from nurse_app.presentation.protocol_words import numbered_texts, optional_text
from nurse_app.presentation.view_parts import StepHead, Tone
from nurse_app.presentation.vital_signs import alarm_line_words, change_words, sign_mark

_SYSTOLIC = "systolic"


@dataclass(frozen=True, slots=True)
class VitalEntry:
    """One field: what it is, what was measured before, and between which figures anything can be.

    ``usual`` is the baseline that a figure since the start is compared with.
    """

    key: str
    label: str
    unit: str
    before: str
    possible_from: Decimal
    possible_to: Decimal
    usual: Decimal | None = None


@dataclass(frozen=True, slots=True)
class EntryNote:
    """What stands under a field: what was before and, of a figure that was typed, how far it has moved."""

    text: str
    tone: Tone = "muted"


@dataclass(frozen=True, slots=True)
class VitalSignsSheetView:
    """``ask`` are the questions that go with a round; none before the start. ``state`` is what notes are made from."""

    head: StepHead
    ask: tuple[str, ...]
    fields: tuple[VitalEntry, ...]
    state: VisitState


def present_vital_signs_sheet(context: VisitContext) -> VitalSignsSheetView:
    """The sheet for one set."""
    state, protocol = context.state, context.state.protocol
    started = state.run.started_at is not None
    lead = _("All six are needed before the start.")
    if started:
        lead = f"{_('Leave out what was not measured.')} {alarm_line_words(context)}."
    ask = (optional_text(protocol, "infuse.round.ask"), *numbered_texts(protocol, "infuse.round")) if started else ()
    known, last = _values(baseline(state)), _values(merged(taken.vitals for taken in state.vitals))
    fields = tuple(
        VitalEntry(
            key=name,
            label=protocol.text(f"vital.{name}"),
            unit=sign.unit,
            before=_before(known.get(name), last.get(name), started=started),
            possible_from=sign.possible_from,
            possible_to=sign.possible_to,
            usual=known.get(name) if started else None,
        )
        for name, sign in protocol.vital_signs.items()
    )
    return VitalSignsSheetView(
        StepHead(_("Record vital signs"), lead), tuple(text for text in ask if text), fields, state
    )


def _values(vitals: VitalSigns | None) -> Mapping[str, Decimal | None]:
    return {} if vitals is None else readings(vitals)


def _before(usual: Decimal | None, last: Decimal | None, *, started: bool) -> str:
    """What this sign was: the baseline, and the last figure when it is another one."""
    if last is None:
        return ""
    if not started:
        return _("last {value}").format(value=number(last))
    parts = [] if usual is None else [_("base {value}").format(value=number(usual))]
    return ", ".join([*parts, _("last {value}").format(value=number(last))])


def entry_note(view: VitalSignsSheetView, key: str, text: str | None, *, left: bool) -> EntryNote:
    """What stands under a field with this figure in it; None: no figure. It is judged when the field is ``left``.

    Half a figure is no figure yet: 9 on the way to 98 must not flash.
    """
    field = next(each for each in view.fields if each.key == key)
    if text is None or not field.possible_from <= Decimal(text) <= field.possible_to:
        return EntryNote(field.before)
    value = Decimal(text)
    mark = sign_mark(view.state, key, value) if left else None
    parts = [field.before, change_words(value, field.usual), *_said(view.state, key, value, mark)]
    return EntryNote(" · ".join(part for part in parts if part), mark[1] if mark is not None else "muted")


def _said(state: VisitState, key: str, value: Decimal, mark: tuple[str, Tone] | None) -> Iterator[str]:
    """The word for a figure out of its limits, and what follows from it."""
    if mark is not None:
        yield mark[0]
    if key != _SYSTOLIC:
        return
    taken = VitalSigns(systolic=value)
    if state.run.started_at is None:
        yield _("alarm line then {line}").format(line=number(alarm_line_of(state.protocol, value)))
    elif mark is not None and pressure_is_low(state, taken) and state.phase in ("infuse", "flush", "observe"):
        yield _("saving it opens the reaction")
    elif mark is not None and pressure_falls(state, taken):
        yield _("again in {n} min").format(n=number(state.protocol.vital_sign_schedule.recheck_minutes))


def slips(view: VitalSignsSheetView, values: Mapping[str, str]) -> dict[str, str]:
    """A sentence for every figure that cannot be; a worrying one that can be is none of them."""
    found: dict[str, str] = {}
    for field in view.fields:
        text = values.get(field.key)
        if text is not None and not field.possible_from <= Decimal(text) <= field.possible_to:
            words = _("Between {low} and {high} is possible. Check the figure.")
            found[field.key] = words.format(low=number(field.possible_from), high=number(field.possible_to))
    both = values.get("systolic"), values.get("diastolic")
    if not found and both[0] is not None and both[1] is not None and Decimal(both[1]) > Decimal(both[0]):
        found["diastolic"] = _("Higher than the systolic pressure. Check both.")
    return found


def command_from(values: Mapping[str, str]) -> RecordVitalSigns:
    """The set as a command; fields left out stay not measured."""
    return RecordVitalSigns(VitalSigns(**{key: Decimal(text) for key, text in values.items()}))
