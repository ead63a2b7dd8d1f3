"""The legend names the signs that are there, and no others."""

from datetime import UTC

from nurse_app.domain.facts import Facts, LabResult
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.lab_drawing import InfusionMark, TreatmentMarks
from nurse_app.presentation.lab_replaced import Replaced
from nurse_app.presentation.lab_scale import Stretch
from nurse_app.presentation.lab_trend import LabHistory, present_trends
from tests.presentation.lab_results import TODAY, result

ALT = (None, "40")


def words(protocol: InfusionProtocol, *labs: LabResult, treatment: TreatmentMarks | None = None) -> list[str]:
    history = LabHistory(Facts(labs=labs), treatment or TreatmentMarks(), (Replaced(result("ALT", "90", ALT)),))
    return present_trends(protocol, history, TODAY, UTC).legend.split("   ")


def test_only_signs_in_use_are_explained(protocol: InfusionProtocol) -> None:
    assert words(protocol, result("AST", "30", ALT)) == ["● in range", "shaded: the laboratory’s range at that time"]
    assert words(protocol, result("AST", "30")) == ["○ no range given"]
    assert words(protocol) == [""]


def test_every_sign_has_its_words(protocol: InfusionProtocol) -> None:
    labs = [result("ALT", value, ALT, days_ago=days) for days, value in enumerate(("30", "62", "<5", ">1000"), 20)]
    kinds = [InfusionMark(1.0, "given", ""), InfusionMark(2.0, "partial", ""), InfusionMark(3.0, "reaction", "")]

    found = words(protocol, *labs, treatment=TreatmentMarks(tuple(kinds), (Stretch(1.0, 2.0),), Stretch(2.0, 3.0)))

    assert [sign[0] for sign in found] == ["●", "◆", "△", "▽", "✕", "❘", "┳", "╷", "┄", "┈", "s"]


def test_without_a_whole_dose_only_what_was_given_is_explained(protocol: InfusionProtocol) -> None:
    treatment = TreatmentMarks((InfusionMark(2.0, "partial", ""),))

    assert words(protocol, result("AST", "30"), treatment=treatment)[1:] == ["❘ infusion", "╷ not the whole dose"]
