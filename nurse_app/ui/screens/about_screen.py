"""About the program: facts to read out to whoever asks, and the parts with their licences; Read opens one over it."""

from PySide6.QtCore import Signal

from nurse_app.i18n import _
from nurse_app.presentation.about import AboutView, PartRow, PartView
from nurse_app.presentation.intents import GoHome
from nurse_app.ui.blocks.fact_list import fact_list
from nurse_app.ui.frame import HomeFrame
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.data_table import DataTable, TableColumn, TableRow
from nurse_app.ui.widgets.kinds import PAGE_GAP
from nurse_app.ui.widgets.long_text import LongText
from nurse_app.ui.widgets.text import Text

_BACK_KEY = "Esc"


class AboutScreen(HomeFrame):
    """Shows an AboutView. ``part_requested`` carries the place of a part in the list."""

    intent_requested = Signal(object)
    part_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("About"), search_hint="", name="about")
        self.search.hide()
        self._page = Column(gap=PAGE_GAP)
        self._table = DataTable(_columns(), name="about.parts")
        self._table.row_activated.connect(self.part_requested)
        self.set_page(self._page)
        self._back = Button(_("Back to the ward"), _BACK_KEY, name="about.back")
        self._back.clicked.connect(lambda: self.intent_requested.emit(GoHome()))
        bind_key(self._back, _BACK_KEY)
        policy = self._back.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._back.setSizePolicy(policy)
        self.add_action(self._back)
        # Esc closes the text that is open, and only then leaves the page.
        self.sheet_closed.connect(self._back.show)

    def show_view(self, view: AboutView) -> None:
        """Show the page; it does not change while it is on."""
        self.set_title(view.title)
        self._page.add(fact_list(view.lines, "about.fact"))
        for sentence in view.purpose:
            self._page.add(Text(sentence))
        self._page.add(Text(view.parts_title, "title"))
        self._page.add(Text(view.problem or view.parts_lead, "lead", "hold" if view.problem else "neutral"))
        self._table.show_rows(tuple(map(_row, view.rows)))
        self._page.add(self._table)
        self._page.add_stretch()
        self._table.setFocus()

    def show_part(self, view: PartView) -> None:
        """Show one part and its licence over the page."""
        self._back.hide()
        self.show_sheet(LongText(view.text, view.title, name="about.text"), view.title, view.lead)

    def first_focus(self) -> None:
        """On the list, so that the arrow keys move in it."""
        self._table.setFocus()


def _columns() -> tuple[TableColumn, ...]:
    return TableColumn(_("Part"), strong=True), TableColumn(_("Version")), TableColumn(_("Licence"))


def _row(row: PartRow) -> TableRow:
    return TableRow(row.key, (row.name, row.version, row.licence), action=_("Read"))
