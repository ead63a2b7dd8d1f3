"""Why: what a rule found, with its figures, its sources and the other view."""

from PySide6.QtCore import Qt, Signal

from nurse_app.i18n import _
from nurse_app.presentation.why import SourceView, WhyFinding, WhyView
from nurse_app.ui.finding_strips import finding_lines
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.finding import FindingStrip
from nurse_app.ui.widgets.kinds import PAGE_GAP
from nurse_app.ui.widgets.text import Text


class WhySheet(Column):
    """To read only."""

    intent_requested = Signal(object)
    closed = Signal()

    def __init__(self, view: WhyView) -> None:
        super().__init__(gap=PAGE_GAP, name="why_sheet")
        if view.not_approved:
            self.add(Text(view.not_approved, "strong", "hold", name="why_sheet.not_approved"))
        for place, found in enumerate(view.findings):
            self.add(_found(found, f"why_sheet.found{place}"))
        self.add(text_section(_("What clears it"), (view.what_next,), "why_sheet.next"))
        self.add(text_section(_("Where it is from"), tuple(map(source_words, view.sources)), "why_sheet.source"))
        if view.other_view:
            self.add(text_section(_("The other view"), (view.other_view,), "why_sheet.other"))
        self.add(Text(view.protocol, "note", name="why_sheet.protocol"))
        self.add_stretch()
        # Taking the focus itself lets the arrow keys scroll.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def first_focus(self) -> None:
        """On the text, so that it can be scrolled; Esc goes back."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refusal(self, text: str) -> None:
        """Nothing is asked here, so nothing can be refused."""


def _found(found: WhyFinding, name: str) -> Column:
    column = Column(gap=6)
    (line,) = finding_lines((found.finding,), why=False)
    column.add(FindingStrip(line, name=name))
    lines = [_("{label}: {value}").format(label=label, value=value) for label, value in found.figures]
    lines += [line for line in (found.grade, found.decided) if line]
    if lines:
        column.add(text_section(_("Figures used"), tuple(lines), f"{name}.figure"))
    if found.missing:
        column.add(text_section(_("Missing"), found.missing, f"{name}.missing"))
    return column


def text_section(title: str, lines: tuple[str, ...], name: str) -> Column:
    """A title and lines under it."""
    section = Column(gap=2)
    section.add(Text(title, "strong"))
    for place, line in enumerate(lines):
        section.add(Text(line, "body", name=f"{name}{place}"))
    return section


def source_words(source: SourceView) -> str:
    """A source in one line."""
    parts = [source.title, *([source.where] if source.where else []), source.verified]
    return " · ".join(parts)
