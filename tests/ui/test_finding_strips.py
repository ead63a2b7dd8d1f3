"""A group of findings: as many strips as findings, the same ones as long as nothing changed."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from nurse_app.presentation.view_parts import FindingView
from nurse_app.ui.finding_strips import FindingStrips, finding_lines
from nurse_app.ui.widgets.finding import FindingStrip
from tests.ui.hands import noted, tap

ShowWindow = Callable[..., QWidget]
FEVER = FindingView("fever", "hold", "Temperature", "Look for infection.")
MOOD = FindingView("mood", "hold", "Mood", "Do not leave the patient alone.")
JAUNDICE = FindingView("jaundice", "stop", "Jaundice", "Do not give.")


def shown(strips: FindingStrips) -> list[str]:
    return [strip.finding.key for strip in strips.findChildren(FindingStrip) if strip.isVisibleTo(strips)]


def test_strips_come_change_and_go_with_their_findings(show_window: ShowWindow) -> None:
    strips = FindingStrips(name="findings")
    show_window(strips)
    assert not strips.isVisible()

    strips.show_lines(finding_lines((FEVER, MOOD)))
    assert shown(strips) == ["fever", "mood"]
    strips.show_lines(finding_lines((JAUNDICE,)))
    assert shown(strips) == ["jaundice"]
    strips.show_lines(())

    assert shown(strips) == []
    assert not strips.isVisible()


def test_the_same_findings_again_keep_their_strips(show_window: ShowWindow) -> None:
    strips = FindingStrips(name="findings")
    show_window(strips)
    strips.show_lines(finding_lines((FEVER,)))
    (before,) = strips.findChildren(FindingStrip)

    strips.show_lines(finding_lines((FEVER,)))

    assert strips.findChildren(FindingStrip) == [before]


def test_why_is_asked_with_the_rule(show_window: ShowWindow) -> None:
    strips = FindingStrips(name="findings")
    asked = noted(strips.why_requested)
    show_window(strips)
    strips.show_lines(finding_lines((FEVER, MOOD)))

    tap(strips, "findings.1.why")

    assert asked == ["mood"]
