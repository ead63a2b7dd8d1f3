"""The MS timeline as a page: lanes as panels, the risk group beside them, the legend of the signs in use."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from nurse_app.domain.facts import LabResult, Treatment
from nurse_app.domain.patient_events import AdministrationRecorded, PatientDetails
from nurse_app.domain.patient_record import LabEntry, PatientRecord
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.lab_drawing import TreatmentMarks
from nurse_app.presentation.lab_trend import TrendPanel, TrendsView, trend_actions
from nurse_app.presentation.ms_page import present_ms_page
from nurse_app.presentation.ms_timeline import present_ms_timeline
from nurse_app.presentation.view_parts import ActionView, CardView
from tests.presentation.lab_results import TODAY

LABS = (
    LabResult("JCV", "negative", date(2025, 3, 2)),
    LabResult("JCV", "1.6", date(2026, 3, 2), "{index}"),
    LabResult("ADA", "positive", date(2026, 1, 5), "{presence}"),
    LabResult("ADA", "negative", date(2026, 4, 5), "{presence}"),
    LabResult("MRI", "no new lesions", date(2026, 5, 1)),
    LabResult("EDSS", "2.0", date(2025, 5, 1), "{score}"),
    LabResult("EDSS", "3.0", date(2026, 5, 1), "{score}"),
    LabResult("ALT", ">1000", date(2026, 6, 1), "U/L", None, Decimal(40)),
)


def page(protocol: InfusionProtocol, *labs: LabResult, given: tuple[AdministrationRecorded, ...] = ()) -> TrendsView:
    entries = tuple(LabEntry(number, lab) for number, lab in enumerate(labs, 2))
    course = Treatment(infusions_given=0, plan_interval_weeks=4)
    record = PatientRecord(PatientDetails("TRN000417", treatment=course), labs=entries, administrations=given)
    view = present_ms_timeline(protocol, record, TODAY, UTC)
    return present_ms_page(view, TreatmentMarks(), "p-1", trend_actions("p-1", timeline=True))


def panel(view: TrendsView, lane: str) -> TrendPanel:
    return next(each for each in view.panels if each.test == lane)


def test_each_lane_is_a_panel_in_the_order_of_the_timeline(protocol: InfusionProtocol) -> None:
    view = page(protocol, *LABS)

    assert [each.test for each in view.panels] == [
        "jcv",
        "antibodies",
        "mri",
        "disability",
        "enzyme",
        "infusions",
    ]
    assert view.head.title == "MS timeline"
    assert len(view.table) > len(LABS)


def test_words_without_a_number_stand_on_the_strip_and_numbers_at_their_height(protocol: InfusionProtocol) -> None:
    word, index = panel(page(protocol, *LABS), "jcv").drawing.marks

    assert (word.height, word.shape) == (None, "open")
    assert (index.height, index.shape, index.tone) == (Decimal("1.6"), "dot", "caution")
    assert index.text.startswith("02-Mar-2026 · index 1.6"), "the lane says whose it is"


def test_zones_bars_steps_and_bounds_come_along(protocol: InfusionProtocol) -> None:
    view = page(protocol, *LABS)

    assert [zone.label for zone in panel(view, "jcv").drawing.zones][-1] == "positive, high"
    (bar,) = panel(view, "antibodies").drawing.bars
    assert (bar.label, bar.over.start) == ("transient", date(2026, 1, 5).toordinal() + 0.5)
    steps = panel(view, "disability").drawing
    assert (steps.stepped, steps.runs) == (True, ((0, 1),))
    assert [mark.shape for mark in panel(view, "enzyme").drawing.marks] == ["at-least"]
    assert panel(view, "infusions").drawing.runs == ()


def test_a_lane_has_the_tone_of_its_newest_day(protocol: InfusionProtocol) -> None:
    view = page(protocol, *LABS)

    assert panel(view, "jcv").tone == "caution"
    assert panel(view, "enzyme").tone == "hold"
    assert panel(view, "antibodies").tone == "neutral"
    assert panel(page(protocol), "jcv").tone == "neutral"


def test_a_note_leaves_out_the_name_of_its_lane(protocol: InfusionProtocol) -> None:
    view = page(protocol, *LABS)

    assert panel(view, "mri").note == "01-May-2026 · no new lesions"
    assert panel(view, "disability").note.startswith("EDSS: 01-May-2026"), "two kinds of things share the lane"


def test_the_risk_group_is_beside_them_with_the_way_to_its_table(protocol: InfusionProtocol) -> None:
    view = page(protocol, *LABS)

    (card,) = (part for part in view.side.parts if isinstance(part, CardView))
    assert card.value.startswith("Anti-JCV positive, index above 1.5") or "immunosuppressant" in card.value
    assert "Anti-JCV antibody: 1.6, 02-Mar-2026" in card.note
    table = next(part for part in view.side.parts if isinstance(part, ActionView))
    assert table.intent == OpenSheet(SheetKind.PML_RISK, "p-1")


def test_without_a_table_in_the_protocol_there_is_no_card(protocol: InfusionProtocol) -> None:
    without = replace(protocol, labs=replace(protocol.labs, pml_risk=None))

    assert all(isinstance(part, ActionView) for part in page(without, *LABS).side.parts)


def test_the_legend_names_the_signs_in_use(protocol: InfusionProtocol) -> None:
    reaction = AdministrationRecorded(
        "v-1", datetime(2026, 10, 1, 9, 0, tzinfo=UTC), Decimal(40), complete=False, reaction=True
    )

    assert page(protocol, *LABS).legend.split("   ") == [
        "● result, positive",
        "○ negative",
        "△ known only to lie above",
        "□ in words, or not the whole dose",
    ]
    assert page(protocol, given=(reaction,)).legend == "✕ relapse or reaction"
