"""The page of the MS timeline: each lane as a panel as wide as the page, the risk group beside them."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from nurse_app.i18n import N_, _
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.lab_drawing import Bar, Drawing, Mark, Shape, TreatmentMarks, Zone
from nurse_app.presentation.lab_scale import Scale, Stretch
from nurse_app.presentation.lab_trend import TrendPanel, TrendsView
from nurse_app.presentation.ms_lane import Lane, LaneMark
from nurse_app.presentation.ms_timeline import MsTimelineView
from nurse_app.presentation.pml_card import PmlCard
from nurse_app.presentation.view_parts import ActionView, CardView, SideView, Tone

# A lane without heights has one strip in its middle.
_FLAT = Scale(Decimal(0), Decimal(1), ())
_SIGNS: dict[Shape, str] = {
    "dot": N_("● result, positive"),
    "open": N_("○ negative"),
    "at-least": N_("△ known only to lie above"),
    "at-most": N_("▽ known only to lie below"),
    "square": N_("■ new T2 lesions, or treatment ended"),
    "triangle": N_("▲ enhancing lesions"),
    "open-square": N_("□ in words, or not the whole dose"),
    "cross": N_("✕ relapse or reaction"),
    "tick": N_("❘ infusion"),
    "question": N_("? not clear"),
}


def present_ms_page(
    view: MsTimelineView, treatment: TreatmentMarks, patient_id: str, actions: tuple[ActionView, ...]
) -> TrendsView:
    """The timeline in the form of the page of trends."""
    return TrendsView(
        head=view.head,
        side=SideView((*_risk(view.pml, patient_id), *actions)),
        panels=tuple(_panel(lane) for lane in view.lanes),
        treatment=treatment,
        ranges=view.ranges,
        default_range=view.default_range,
        legend=_legend(view.lanes),
        none_yet="",
        empty=view.empty,
        table=view.table,
    )


def _risk(card: PmlCard | None, patient_id: str) -> Iterator[CardView | ActionView]:
    """The group as words that can be read, and the way to the published table."""
    if card is None:
        return
    lines = (card.certainty, *card.rests_on, card.missing)
    note = "\n".join(line for line in lines if line)
    yield CardView("pml", card.title, card.group, note, "information", "words")
    yield ActionView("pml_table", _("Published table…"), OpenSheet(SheetKind.PML_RISK, patient_id), "R")


def _legend(lanes: Iterable[Lane]) -> str:
    shapes = {mark.shape for lane in lanes for mark in _marks(lane)}
    return "   ".join(_(words) for shape, words in _SIGNS.items() if shape in shapes)


def _panel(lane: Lane) -> TrendPanel:
    return TrendPanel(
        test=lane.id,
        title=lane.title,
        unit=lane.unit,
        points=(),
        drawing=_drawing(lane),
        latest="",
        tone=_newest_tone(lane),
        note=_own_words(lane, lane.note),
        remark="",
    )


def _newest_tone(lane: Lane) -> Tone:
    """The worst of its newest day, as far as anybody must mind it."""
    marks = _marks(lane)
    tones = {mark.tone for mark in marks if mark.at == marks[-1].at}
    minded: tuple[Tone, ...] = ("stop", "hold", "caution")
    return next((tone for tone in minded if tone in tones), "neutral")


def _marks(lane: Lane) -> tuple[LaneMark, ...]:
    """Everything that happened in a lane, by time."""
    return tuple(sorted((mark for series in lane.series for mark in series.marks), key=lambda mark: mark.at))


def _drawing(lane: Lane) -> Drawing:
    found = _marks(lane)
    places = {id(mark): place for place, mark in enumerate(found)}
    steps = [series for series in lane.series if series.kind == "steps" and series.marks]
    return Drawing(
        marks=tuple(_mark(lane, mark) for mark in found),
        runs=tuple(tuple(places[id(mark)] for mark in series.marks) for series in steps),
        bands=(),
        lines=lane.lines,
        scale=lane.scale or _FLAT,
        stepped=bool(steps),
        zones=tuple(Zone(band.low, band.high, band.tone, band.label) for band in lane.bands),
        bars=tuple(Bar(Stretch(each.start, each.end), each.tone, each.label) for each in lane.stretches),
    )


def _mark(lane: Lane, mark: LaneMark) -> Mark:
    bounds: dict[str, Shape] = {"<": "at-most", ">": "at-least"}
    shape = bounds.get(mark.comparator[:1], mark.shape)
    return Mark(mark.at, mark.value, shape, mark.tone, _own_words(lane, mark.text))


def _own_words(lane: Lane, text: str) -> str:
    """A sentence without the lane's own name, which stands beside it."""
    return text.removeprefix(f"{lane.title}: ")
