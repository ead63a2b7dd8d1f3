"""Trends on paper and as pictures: nothing cut, nothing torn, whole files, and nobody’s name in a file’s name."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from nurse_app.interchange.record_document import RecordDocument, RecordRow, RecordSection, RecordTable
from nurse_app.ui.saved_file import save_whole
from nurse_app.ui.theme import Scheme, Theme, current_theme
from nurse_app.ui.trend_files import (
    PNG_DOTS_PER_INCH,
    TrendSheets,
    file_for,
    paint_trends,
    trends_pdf,
    trends_png,
)
from nurse_app.ui.trend_pages import DrawingPages
from nurse_app.ui.trend_printing import set_up
from tests.ui.conftest import ShowWindow

AT = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
INK = QColor("#D01090")


class Card(QWidget):
    """A card of one colour, with a ground as the theme has it."""

    def __init__(self, width: int = 400, height: int = 200, ink: QColor = INK) -> None:
        super().__init__()
        self.resize(width, height)
        self._ink = ink

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), current_theme().colour("surface"))
        painter.fillRect(self.rect().adjusted(0, 0, 0, -self.height() // 2), self._ink)


def document(rows: int = 3, *, banners: tuple[str, ...] = ("TRAINING",)) -> RecordDocument:
    cells = ("ALT", "02-Nov-2026", "34 U/L", "8 to 40", "in range")
    table = RecordTable(("Test", "Collected", "Result", "Range", "How it stands"), (RecordRow(cells),) * rows)
    subject = (("Name", "SAMPLE, Patient One"), ("Born", "14-Mar-1988"), ("Record no.", "TRN1"), ("Made", "today"))
    return RecordDocument(
        "Results", banners, ("Not approved.",), subject, (RecordSection("All", table=table),), (), (), ()
    )


def sheets(*cards: QWidget, rows: int = 3) -> TrendSheets:
    return TrendSheets(document(rows), cards, "Made today")


def pages_of(content: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", content))


def ink_rows(image: QImage, ink: QColor = INK) -> list[int]:
    """How many dots of a colour each line of a picture has, where there are any."""
    counts = [sum(image.pixelColor(x, y) == ink for x in range(0, image.width(), 8)) for y in range(image.height())]
    return [count for count in counts if count]


# --- the room on a page ---


def laid_out(*cards: QWidget, height: float = 1000, one_sheet: bool = False) -> DrawingPages:
    probe = QImage(1, 1, QImage.Format.Format_RGB32)
    probe.setDotsPerMeterX(3780)
    probe.setDotsPerMeterY(3780)
    return DrawingPages(cards, "note", QRectF(0, 0, 1000, height), 10, probe, one_sheet=one_sheet)


@pytest.mark.parametrize(("width", "columns"), [(300, 3), (400, 3), (480, 2), (1000, 1), (1500, 1)])
def test_cards_stand_side_by_side_about_as_large_as_on_the_screen(qtbot: object, width: int, columns: int) -> None:
    cards = [Card(width, 100) for _place in range(6)]
    pages = laid_out(*cards, one_sheet=True)

    high = 100 * (1000 - (columns - 1) * 10) / columns / width
    rows = 6 // columns
    note = laid_out(one_sheet=True).height
    assert pages.height == pytest.approx(note + rows * high + (rows - 1) * 10)


@pytest.mark.parametrize(
    ("height", "pages"),
    [
        pytest.param(2000, 1, id="all of them"),
        pytest.param(700, 2, id="two rows, or three that are hardly smaller"),
        pytest.param(550, 2, id="two rows, for three would be too small"),
        pytest.param(300, 4, id="one row"),
        pytest.param(200, 4, id="one row that has to be smaller"),
    ],
)
def test_a_page_takes_as_many_rows_as_fit_and_one_more_where_little_is_lost(
    qtbot: object, height: int, pages: int
) -> None:
    laid = laid_out(*(Card(500, 250) for _place in range(8)), height=height)

    assert laid.page_count == pages
    image = QImage(1000, height + 50, QImage.Format.Format_RGB32)
    for page in range(pages):
        image.fill(QColor("white"))
        painter = QPainter(image)
        laid.paint(painter, page)
        painter.end()
        assert ink_rows(image)
        assert not ink_rows(image.copy(0, height, 1000, 50)), "nothing below the room"


def test_without_cards_there_is_no_page(qtbot: object) -> None:
    assert laid_out().page_count == 0


# --- PDF ---


def test_the_pdf_has_the_drawings_first_and_then_the_table(qtbot: object) -> None:
    only_table = pages_of(trends_pdf(sheets(rows=60)))
    assert only_table > 1
    assert pages_of(trends_pdf(sheets(Card(), rows=60))) == only_table + 1
    content = trends_pdf(sheets(*(Card() for _place in range(30)), rows=60))
    assert pages_of(content) > only_table + 1
    assert content.startswith(b"%PDF-1.4")
    (box,) = set(re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", content))
    assert float(box[0]) > float(box[1]), "across"


def test_without_signatures_a_long_table_begins_where_it_stands(qtbot: object) -> None:
    assert pages_of(trends_pdf(sheets(rows=50))) == 2


def test_a_printer_gets_the_same_pages(qtbot: object, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    set_up(printer)

    assert paint_trends(sheets(Card(), rows=60), printer)
    assert pages_of((tmp_path / "printed.pdf").read_bytes()) == pages_of(trends_pdf(sheets(Card(), rows=60)))
    assert printer.docName() == "nurse-app"


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_noticed(qtbot: object, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "missing" / "printed.pdf"))
    set_up(printer)

    assert not paint_trends(sheets(Card()), printer)


# --- PNG ---


def png(*cards: QWidget) -> QImage:
    image = QImage.fromData(trends_png(sheets(*cards)))
    assert not image.isNull()
    return image


def test_the_picture_is_as_wide_as_paper_and_as_high_as_its_drawings(qtbot: object) -> None:
    one, many = png(Card()), png(*(Card() for _place in range(12)))

    assert one.width() == many.width() == round(297 / 25.4 * PNG_DOTS_PER_INCH)
    assert one.height() < many.height()
    assert len(set(ink_rows(one))) == 1
    assert len(ink_rows(many)) == pytest.approx(4 * len(ink_rows(one)), abs=8), "twelve are four rows of three"
    assert max(ink_rows(many)) == pytest.approx(3 * max(ink_rows(one)), abs=3)
    corners = [many.pixelColor(x, y).name() for x in (0, many.width() - 1) for y in (0, many.height() - 1)]
    assert corners == ["#ffffff"] * 4


def test_paper_is_light_whatever_the_screen_is(theme: Theme, show_window: ShowWindow) -> None:
    theme.apply(Scheme.DARK, 100)
    card = Card()
    show_window(card)
    dark = theme.colour("surface")
    image = png(card)

    assert not ink_rows(image, dark)
    assert theme.scheme is Scheme.DARK
    assert card.grab().toImage().pixelColor(5, card.height() - 5) == dark, "and the screen stays as it was"
    assert card.styleSheet() == ""


# --- files ---


def test_a_files_name_says_when_it_was_made_and_takes_no_others_place(tmp_path: Path) -> None:
    names = []
    for _turn in range(3):
        path = file_for(tmp_path, AT, "pdf")
        path.write_bytes(b"")
        names.append(path.name)

    assert names == ["trends-2026-11-22-0905.pdf", "trends-2026-11-22-0905-2.pdf", "trends-2026-11-22-0905-3.pdf"]
    assert file_for(tmp_path, AT, "csv").name == "trends-2026-11-22-0905.csv"


def test_a_folder_that_is_gone_is_said_and_nothing_of_it_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert save_whole(b"x", tmp_path / "gone" / "a.csv") == "No such file or directory"
    assert str(tmp_path) not in caplog.text
    assert list(tmp_path.iterdir()) == []


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    resource = pytest.importorskip("resource", reason="this system has no limit for the size of a file")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_takes_only_a_part_leaves_the_old_file_and_no_half_one(tmp_path: Path) -> None:
    target = tmp_path / "trends.csv"
    target.write_bytes(b"old")
    with files_no_longer_than(4096):
        why = save_whole(b"x" * 1_000_000, target)

    assert why
    assert target.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["trends.csv"]
    assert save_whole(b"new", target) == ""
    assert target.read_bytes() == b"new"
