"""What the signs of the drawings mean: only those that are there."""

from collections.abc import Sequence

from nurse_app.i18n import _
from nurse_app.presentation.lab_drawing import Drawing, Shape, TreatmentMarks


def legend(drawings: Sequence[Drawing], treatment: TreatmentMarks) -> str:
    """The signs in use, each with its meaning."""
    shapes = {mark.shape for drawing in drawings for mark in drawing.marks}
    words: dict[Shape, str] = {
        "dot": _("● in range"),
        "diamond": _("◆ out of range"),
        "open": _("○ no range given"),
        "at-least": _("△ known only to lie above"),
        "at-most": _("▽ known only to lie below"),
        "cross": _("✕ does not count any more"),
    }
    parts = [text for shape, text in words.items() if shape in shapes]
    kinds = {mark.kind for mark in treatment.infusions}
    if kinds:
        parts.append(_("❘ infusion"))
    if "reaction" in kinds:
        parts.append(_("┳ infusion with a reaction"))
    if "partial" in kinds:
        parts.append(_("╷ not the whole dose"))
    if treatment.pauses:
        parts.append(_("┄ pause in treatment"))
    if treatment.unnoted:
        parts.append(_("┈ given elsewhere, days not on record"))
    if any(drawing.bands for drawing in drawings):
        parts.append(_("shaded: the laboratory’s range at that time"))
    return "   ".join(parts)
