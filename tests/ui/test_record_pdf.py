"""The printed record: whole pages, nothing cut, nothing taken for a tag, and a file that is there or is not."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QFontDatabase, QPdfWriter, QTextTable

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.interchange.record_document import RecordDocument, RecordRow, RecordSection, RecordTable
from nurse_app.presentation.record import RecordSource, record_document
from nurse_app.ui.paper import RESOLUTION
from nurse_app.ui.record_body import RecordBody, fair_widths
from nurse_app.ui.record_pdf import load_record_fonts, record_pdf, write_record_pdf
from nurse_app.ui.record_style import FAMILY
from tests.kit import SECOND, TestVisit
from tests.ui.conftest import RESOURCES

DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
A4_BODY = QSizeF(4204, 5600)


@pytest.fixture
def visit(protocol: InfusionProtocol) -> TestVisit:
    """A whole visit with a note that was wrong."""
    made = TestVisit(protocol).to("infuse")
    (wrong,) = made.wait(minutes=2).do(c.AddNote("Left arm warm"))
    made.wait(minutes=1).do(c.CorrectEntry(wrong.number, "Typed or tapped wrong"), SECOND)
    return made.to("closed")


@pytest.fixture
def document(visit: TestVisit) -> RecordDocument:
    return record_document(RecordSource(visit.context(), DIGEST, sample=True, training=True))


@pytest.fixture
def writer(tmp_path: Path) -> QPdfWriter:
    made = QPdfWriter(str(tmp_path / "unused.pdf"))
    made.setResolution(RESOLUTION)
    return made


def body_of(document: RecordDocument, writer: QPdfWriter) -> RecordBody:
    return RecordBody(document, writer, A4_BODY)


def tables(body: RecordBody) -> list[QTextTable]:
    return [frame for frame in body.document.rootFrame().childFrames() if isinstance(frame, QTextTable)]


def cell_text(table: QTextTable, row: int, column: int) -> str:
    cell = table.cellAt(row, column)
    cursor = cell.firstCursorPosition()
    cursor.setPosition(cell.lastCursorPosition().position(), cursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


def page_of(body: RecordBody, table: QTextTable, row: int) -> tuple[int, int]:
    """The pages on which a row begins and ends."""
    layout = body.document.documentLayout()
    blocks = [table.cellAt(row, column).firstCursorPosition().block() for column in range(table.columns())]
    boxes = [layout.blockBoundingRect(block) for block in blocks]
    height = body.document.pageSize().height()
    return int(min(box.top() for box in boxes) // height), int(max(box.bottom() for box in boxes) // height)


def with_rows(document: RecordDocument, *texts: str) -> RecordDocument:
    rows = tuple(RecordRow((str(place), "10:00:00", text, "SAMPLE, Nurse One")) for place, text in enumerate(texts))
    section = RecordSection("Notes", table=RecordTable(("No.", "Time", "Entry", "By"), rows))
    return replace(document, sections=(*document.sections, section))


def test_a_whole_visit_fits_on_two_pages(document: RecordDocument) -> None:
    content = record_pdf(document)

    assert content.startswith(b"%PDF-1.4")
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 2
    assert b'pdfaid:part="1" pdfaid:conformance="B"' in content


def test_only_the_bundled_type_is_used_and_it_travels_along(document: RecordDocument) -> None:
    content = record_pdf(document)

    names = set(re.findall(rb"/BaseFont\s*/[A-Z+]*?(DejaVuSans(?:-Bold)?)\b", content))
    assert names == {b"DejaVuSans", b"DejaVuSans-Bold"}
    assert all(b"DejaVuSans" in name for name in re.findall(rb"/BaseFont\s*/\S+", content))
    assert len(re.findall(rb"/FontFile2", content)) == 2


def test_everything_of_the_document_is_on_the_pages(document: RecordDocument, writer: QPdfWriter) -> None:
    text = body_of(document, writer).document.toPlainText()

    for section in document.sections:
        assert section.title in text
        for label, value in section.pairs:
            assert label in text
            assert value in text
        for row in section.table.rows if section.table else ():
            assert all(cell in text for cell in row.cells)
    for label, value in document.subject:
        assert label in text
        assert value in text
    assert all(words in text for words in document.signatures)


def test_sentences_of_a_section_are_printed_under_its_title(document: RecordDocument, writer: QPdfWriter) -> None:
    bare = replace(document, sections=(RecordSection("Advice", lines=("First.", "Second.")),))

    body = body_of(bare, writer)
    advice = tables(body)[1]

    assert [cell_text(advice, row, 0) for row in range(advice.rows())] == ["Advice", "First.", "Second."]
    both = replace(document, sections=(RecordSection("Advice", pairs=(("Told by", "Nurse"),), lines=("First.",)),))
    body = body_of(both, writer)
    pairs, lines = tables(body)[1:3]
    assert (cell_text(pairs, 0, 0), cell_text(lines, 0, 0)) == ("Advice", "First.")


def test_a_wrong_entry_is_struck_through_and_what_is_said_about_it_is_not(
    document: RecordDocument, writer: QPdfWriter
) -> None:
    body = body_of(document, writer)

    struck = {
        words: body.document.find(words).charFormat().fontStrikeOut()
        for words in ("Note: Left arm warm", "[Marked in error 09:43:00", "Infusion started at")
    }

    assert struck == {"Note: Left arm warm": True, "[Marked in error 09:43:00": False, "Infusion started at": False}


def test_a_bracket_in_the_nurses_own_words_does_not_end_the_strike(
    document: RecordDocument, writer: QPdfWriter
) -> None:
    row = RecordRow(("9", "09:43:00", "Pain [7 of 10] after the needle", "SAMPLE, Nurse One"), True, "[In error]", 2)
    section = RecordSection("Notes", table=RecordTable(("No.", "Time", "Entry", "By"), (row,)))
    body = body_of(replace(document, sections=(*document.sections, section)), writer)

    struck = {
        words: body.document.find(words).charFormat().fontStrikeOut()
        for words in ("Pain [7 of 10]", "after the needle", "[In error]")
    }
    assert struck == {"Pain [7 of 10]": True, "after the needle": True, "[In error]": False}


def test_a_text_is_never_taken_for_a_tag(document: RecordDocument, writer: QPdfWriter) -> None:
    text = "<b>bold</b> & <script> “{x}” \u00e9\u0142"

    assert text in body_of(with_rows(document, text), writer).document.toPlainText()


def test_no_row_is_torn_between_two_pages_and_titles_are_repeated(document: RecordDocument, writer: QPdfWriter) -> None:
    body = body_of(with_rows(document, *("A note of some length. " * (place % 25) for place in range(160))), writer)

    assert body.page_count > 6
    for table in tables(body):
        title = cell_text(table, 0, 0)
        has_columns = title == "Due next" or (table.columns() > 3 and title != "Signatures")
        assert table.format().toTableFormat().headerRowCount() == (0 if table is tables(body)[0] else 1 + has_columns)
        for row in range(table.rows()):
            begins, ends = page_of(body, table, row)
            assert begins == ends, cell_text(table, row, 0)


def test_a_row_longer_than_a_page_goes_on_where_it_stands(document: RecordDocument, writer: QPdfWriter) -> None:
    body = body_of(with_rows(document, "Before.", "A very long note. " * 1500, "After."), writer)

    notes = tables(body)[-2]
    begins, ends = page_of(body, notes, 3)
    assert begins == page_of(body, notes, 2)[1]
    assert ends > begins + 1
    assert page_of(body, notes, 4) == (ends, ends)


def test_no_title_stands_alone_at_the_foot_of_a_page(document: RecordDocument, writer: QPdfWriter) -> None:
    short = replace(document, sections=())
    for count in range(54):
        body = body_of(with_rows(with_rows(short, *["x"] * count), "A note of some length. " * 20), writer)
        for table in tables(body)[1:]:
            body_rows = range(table.format().toTableFormat().headerRowCount(), table.rows())
            first = next((row for row in body_rows if cell_text(table, row, 0).strip()), 0)
            assert page_of(body, table, 0)[0] == page_of(body, table, first)[0]


def test_the_signatures_stay_together(document: RecordDocument, writer: QPdfWriter) -> None:
    pages: set[int] = set()
    short = replace(document, sections=())
    for count in range(30, 56):
        body = body_of(with_rows(short, *["x"] * count), writer)
        last = tables(body)[-1]
        assert page_of(body, last, 0)[0] == page_of(body, last, last.rows() - 1)[1]
        pages.add(page_of(body, last, 0)[0])
    assert len(pages) > 1


def test_there_is_room_and_a_rule_to_sign_on_for_everybody(document: RecordDocument, writer: QPdfWriter) -> None:
    body = body_of(document, writer)
    last = tables(body)[-1]

    names = [cell_text(last, 2, column) for column in (0, 2, 4)]
    assert names == list(document.signatures)
    for column in (0, 2, 4):
        assert last.cellAt(1, column).format().toTableCellFormat().bottomBorder() > 0


def test_a_fourth_person_signs_below(document: RecordDocument, writer: QPdfWriter) -> None:
    body = body_of(replace(document, signatures=(*document.signatures, "Fourth, signature and date")), writer)
    last = tables(body)[-1]

    assert cell_text(last, 4, 0) == "Fourth, signature and date"
    assert last.cellAt(3, 0).format().toTableCellFormat().bottomBorder() > 0
    assert last.cellAt(3, 2).format().toTableCellFormat().bottomBorder() == 0


def test_a_word_wider_than_its_cell_takes_no_room_from_its_neighbours(
    document: RecordDocument, writer: QPdfWriter
) -> None:
    calm, wild = body_of(document, writer), body_of(with_rows(document, "W" * 900), writer)

    # As many lines as the word needs, and everything else where it was.
    assert wild.page_count <= calm.page_count + 1


@pytest.mark.parametrize(
    ("natural", "widths"),
    [
        ([10, 20, 30], [10, 20, 70]),
        ([10, 20, 900], [10, 20, 70]),
        ([10, 900, 900], [10, 45, 45]),
        ([900, 900], [50, 50]),
        ([30, 40, 60], [30, 35, 35]),
    ],
)
def test_narrow_columns_get_what_they_need_and_the_others_share(natural: list[float], widths: list[float]) -> None:
    assert fair_widths(natural, 100) == widths


def test_a_long_name_makes_the_head_higher_and_hides_nothing(document: RecordDocument) -> None:
    name = ("Name", "SAMPLE, " + "Maximiliana " * 40)
    longer = replace(document, subject=(name, *document.subject[1:]), notices=("A sentence. " * 60,))

    assert len(re.findall(rb"/Type\s*/Page\b", record_pdf(longer))) >= 2


def test_without_banners_there_is_no_band_and_more_room(visit: TestVisit) -> None:
    plain = record_document(RecordSource(visit.context(), DIGEST, sample=False, training=False))

    assert plain.banners == ()
    assert record_pdf(plain).startswith(b"%PDF-1.4")


def test_the_file_takes_the_place_of_the_one_before_at_once(document: RecordDocument, tmp_path: Path) -> None:
    target = tmp_path / "record.pdf"
    target.write_bytes(b"old")

    assert write_record_pdf(document, target) == ""

    assert target.read_bytes().startswith(b"%PDF-1.4")
    assert [file.name for file in tmp_path.iterdir()] == ["record.pdf"]


def test_a_place_that_takes_no_file_is_said_in_a_sentence(
    document: RecordDocument, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    why = write_record_pdf(document, tmp_path / "missing" / "record.pdf")

    assert why.startswith("The record was not written: ")
    assert why.endswith("Choose another place and save it again.")
    assert "SAMPLE" not in caplog.text
    assert str(tmp_path) not in caplog.text
    assert list(tmp_path.iterdir()) == []


def test_loading_the_type_again_changes_nothing() -> None:
    before = QFontDatabase.families()
    load_record_fonts(RESOURCES)

    assert QFontDatabase.families() == before
    assert FAMILY in before
