"""Vital signs as a table: the patient's own baseline first, then each set since the start, then what is due."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from nurse_app.domain.facts import VitalSigns
from nurse_app.domain.moment import Moment
from nurse_app.domain.reaction import baseline, pressure_alarm_line, pressure_falls, pressure_is_low
from nurse_app.domain.rules.vital_signs import Change, changed, out_of_limits
from nurse_app.domain.schedule import vital_signs_due
from nurse_app.domain.state import VisitState, VitalSignsTaken
from nurse_app.i18n import _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.formats import moment_clock, number, tenth, with_unit
from nurse_app.presentation.reaction_outcome import patient_is_gone
from nurse_app.presentation.view_parts import Tone

NOT_THERE = "—"
_PRESSURE = ("systolic", "diastolic")


@dataclass(frozen=True, slots=True)
class VitalsColumnView:
    """The head of a column: the time, and its place in the visit."""

    top: str
    bottom: str
    is_due: bool = False


@dataclass(frozen=True, slots=True)
class VitalsRowView:
    """One sign through all columns; a cell with a tone says in a word what is wrong with it."""

    title: str
    cells: tuple[str, ...]
    tones: tuple[Tone, ...]


@dataclass(frozen=True, slots=True)
class VitalsTableView:
    columns: tuple[VitalsColumnView, ...]
    rows: tuple[VitalsRowView, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    head: VitalsColumnView
    values: Mapping[str, Decimal | None]
    marks: Mapping[str, tuple[str, Tone]]
    usual: Mapping[str, Decimal | None] = field(default_factory=dict)


def present_vitals_table(context: VisitContext) -> VitalsTableView:
    """Everything taken so far that the nurse compares with."""
    columns = tuple(_columns(context))
    protocol = context.state.protocol
    rows = [_pressure_row(context, columns)]
    for name, sign in protocol.vital_signs.items():
        if name not in _PRESSURE:
            title = with_unit(protocol.text(f"vital.{name}"), sign.unit)
            cells = [(_with_change(column, name, _single(column, name)), column.marks.get(name)) for column in columns]
            rows.append(_row(title, cells))
    return VitalsTableView(tuple(column.head for column in columns), tuple(rows))


def alarm_line_words(context: VisitContext) -> str:
    """Below which systolic pressure this patient's alarm goes."""
    unit = context.state.protocol.vital_signs[_PRESSURE[0]].unit
    line = with_unit(tenth(pressure_alarm_line(context.state)), unit)
    return _("Alarm line for systolic pressure: {line}").format(line=line)


def vitals_in_words(context: VisitContext, vitals: VitalSigns) -> str:
    """One set in one line: 121/76 mmHg · 75 /min · 98 %."""
    column = _Column(VitalsColumnView("", ""), _figures(vitals), {})
    protocol = context.state.protocol
    parts = [with_unit(_both_pressures(column), protocol.vital_signs[_PRESSURE[0]].unit)]
    for name, sign in protocol.vital_signs.items():
        if name not in _PRESSURE and column.values[name] is not None:
            parts.append(with_unit(_single(column, name), sign.unit))
    return " · ".join(part for part in parts if not part.startswith(NOT_THERE))


def outside_limits_in_words(state: VisitState, vitals: VitalSigns) -> str:
    """The signs that are out of their limits or far from this patient's own: SpO₂ 94 % (fallen)."""
    protocol, words = state.protocol, _change_words()
    moved = dict(changed(protocol, baseline(state), vitals))
    if pressure_is_low(state, vitals) or pressure_falls(state, vitals):
        moved[_PRESSURE[0]] = "fallen"
    outside = {finding.figures["sign"]: finding.severity for finding in out_of_limits(protocol, vitals)}
    parts = []
    for name, value in _figures(vitals).items():
        if value is not None and (name in outside or name in moved):
            sign = f"{protocol.text(f'vital.{name}')} {with_unit(number(value), protocol.vital_signs[name].unit)}"
            # A figure that alarms by itself needs no other reason.
            says_why = name in moved and outside.get(name) != "hold"
            parts.append(f"{sign} ({words[moved[name]]})" if says_why else sign)
    return ", ".join(parts)


def sign_mark(state: VisitState, name: str, value: Decimal) -> tuple[str, Tone] | None:
    """What is wrong with one figure if it were taken now, in a word and a tone; None when nothing is."""
    vitals = VitalSigns(**{name: value})
    started = state.run.started_at is not None
    return (_marks(state, vitals) if started else _limit_marks(state, vitals, worst="hold")).get(name)


def change_words(value: Decimal, usual: Decimal | None) -> str:
    """How far a figure is from the patient's own baseline: ↓26, ↑3; empty when it is not, or when there is none."""
    if usual is None or value == usual:
        return ""
    return f"{'↓' if value < usual else '↑'}{number(abs(value - usual))}"


def _change_words() -> Mapping[Change, str]:
    return {"fallen": _("fallen"), "risen": _("risen")}


def _columns(context: VisitContext) -> Iterator[_Column]:
    state, zone = context.state, context.zone
    before = [taken for taken in state.vitals if not state.is_since_start(taken)]
    usual = baseline(state)
    if usual is not None:
        head = VitalsColumnView(moment_clock(before[-1].at, zone), _("base"))
        yield _Column(head, _figures(usual), _limit_marks(state, usual, worst="hold"))
    for taken in state.vitals[len(before) :]:
        head = VitalsColumnView(moment_clock(taken.at, zone), _place(state, taken))
        compared = {} if usual is None else _figures(usual)
        yield _Column(head, _figures(taken.vitals), _marks(state, taken.vitals), compared)
    due = vital_signs_due(state, context.now)
    if due is not None and patient_is_gone(state) is None:
        head = VitalsColumnView(_("due"), moment_clock(due, zone), is_due=True)
        yield _Column(head, dict.fromkeys(state.protocol.vital_signs), {})


def _figures(vitals: VitalSigns) -> Mapping[str, Decimal | None]:
    # Not dataclasses.asdict: it copies deeply, and this runs on every tick.
    return {name: getattr(vitals, name) for name in VitalSigns.__dataclass_fields__}


def _place(state: VisitState, taken: VitalSignsTaken) -> str:
    """How long after the start, or into the observation."""
    watched = state.observation.started_at
    if watched is not None and taken.at.latest > watched.latest:
        return _("obs. +{n}").format(n=_minutes(watched, taken.at))
    return _("+{n} min").format(n=_minutes(state.run.started_at or state.started_at, taken.at))


def _minutes(earlier: Moment, later: Moment) -> int:
    return later.since(earlier).most // timedelta(minutes=1)


def _marks(state: VisitState, vitals: VitalSigns) -> dict[str, tuple[str, Tone]]:
    """What is wrong with a set taken since the start, measured against the limits and the patient's own baseline."""
    marks = _limit_marks(state, vitals, worst="stop")
    systolic = _PRESSURE[0]
    if pressure_is_low(state, vitals):
        marks[systolic] = (_("low"), "stop")
    elif pressure_falls(state, vitals) and marks.get(systolic, ("", "caution"))[1] == "caution":
        marks[systolic] = (_("fallen"), "caution")
    words = _change_words()
    for name, change in changed(state.protocol, baseline(state), vitals).items():
        if marks.get(name, ("", "caution"))[1] == "caution":
            marks[name] = (words[change], "stop")
    return marks


def _limit_marks(state: VisitState, vitals: VitalSigns, worst: Tone) -> dict[str, tuple[str, Tone]]:
    marks: dict[str, tuple[str, Tone]] = {}
    for finding in out_of_limits(state.protocol, vitals):
        figures = finding.figures
        is_low = Decimal(figures["value"]) < Decimal(figures["limit"])
        marks[figures["sign"]] = (_("low") if is_low else _("high"), worst if finding.severity == "hold" else "caution")
    return marks


def _pressure_row(context: VisitContext, columns: tuple[_Column, ...]) -> VitalsRowView:
    title = with_unit(_("Blood pressure"), context.state.protocol.vital_signs[_PRESSURE[0]].unit)
    systolic = _PRESSURE[0]
    return _row(
        title,
        [(_with_change(column, systolic, _both_pressures(column)), column.marks.get(systolic)) for column in columns],
    )


def _row(title: str, cells: list[tuple[str, tuple[str, Tone] | None]]) -> VitalsRowView:
    texts = tuple(text if mark is None else f"{text} {mark[0]}" for text, mark in cells)
    return VitalsRowView(title, texts, tuple("neutral" if mark is None else mark[1] for _text, mark in cells))


def _with_change(column: _Column, name: str, text: str) -> str:
    """A figure and how far it is from the baseline; of the two pressures the systolic one counts."""
    value = column.values[name]
    change = "" if value is None else change_words(value, column.usual.get(name))
    return f"{text} {change}" if change else text


def _both_pressures(column: _Column) -> str:
    both = [_single(column, name) for name in _PRESSURE]
    return NOT_THERE if both == [NOT_THERE, NOT_THERE] else "/".join(both)


def _single(column: _Column, name: str) -> str:
    value = column.values[name]
    return NOT_THERE if value is None else number(value)
