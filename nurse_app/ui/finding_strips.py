"""A group of findings, one strip each."""

from PySide6.QtCore import Signal

from nurse_app.presentation.view_parts import FindingView
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.finding import FindingLine, FindingStrip
from nurse_app.ui.widgets.kinds import TextRole


def finding_lines(findings: tuple[FindingView, ...], *, why: bool = True) -> tuple[FindingLine, ...]:
    """Findings as strips take them."""
    return tuple(FindingLine(item.rule, item.severity, item.title, item.sentence, why=why) for item in findings)


class FindingStrips(Column):
    """Shows findings in the order given; takes no room without any."""

    why_requested = Signal(str)

    def __init__(self, *, name: str, title_role: TextRole = "strong") -> None:
        super().__init__(name=name)
        self._title_role: TextRole = title_role
        self._name = name
        self._lines: tuple[FindingLine, ...] = ()
        self._strips: list[FindingStrip] = []
        self.hide()

    def show_lines(self, lines: tuple[FindingLine, ...]) -> None:
        """Show these findings; nothing happens when they are shown already."""
        if lines == self._lines:
            return
        self._lines = lines
        for strip in self._strips[len(lines) :]:
            strip.setParent(None)
            strip.deleteLater()
        del self._strips[len(lines) :]
        for strip, line in zip(self._strips, lines, strict=False):
            strip.show_finding(line)
        for line in lines[len(self._strips) :]:
            strip = FindingStrip(line, name=f"{self._name}.{len(self._strips)}", title_role=self._title_role)
            strip.why_requested.connect(self.why_requested)
            self._strips.append(strip)
            self.add(strip)
        self.setVisible(bool(lines))
