"""What the signs of the drawings mean: only those that are there."""

from nurse_app.i18n import _
from nurse_app.presentation.lab_drawing import Shape
from nurse_app.presentation.lab_trend import TrendsView


def legend(view: TrendsView) -> str:
    """The signs in use, each with its meaning."""
    shapes = {mark.shape for panel in view.panels for mark in panel.drawing.marks}
    words: dict[Shape, str] = {
        "dot": _("● in range"),
        "diamond": _("◆ out of range"),
        "open": _("○ no range given"),
        "at-least": _("△ known only to lie above"),
        "at-most": _("▽ known only to lie below"),
        "cross": _("✕ does not count any more"),
    }
    parts = [text for shape, text in words.items() if shape in shapes]
    kinds = {mark.kind for mark in view.treatment.infusions}
    if kinds:
        parts.append(_("❘ infusion"))
    if "reaction" in kinds:
        parts.append(_("┳ infusion with a reaction"))
    if "partial" in kinds:
        parts.append(_("╷ not the whole dose"))
    if view.treatment.pauses:
        parts.append(_("┄ pause in treatment"))
    if any(panel.drawing.bands for panel in view.panels):
        parts.append(_("shaded: the laboratory’s range at that time"))
    return "   ".join(parts)
