"""The MS timeline in the running program: the way there and back, the crosshair, the table, the risk group's source."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nurse_app.domain.facts import LabResult
from nurse_app.presentation.intents import GoToTrends
from nurse_app.ui.charts.chart import Chart
from nurse_app.ui.widgets.card import Card
from nurse_app.ui.widgets.data_table import DataTable
from nurse_app.visit.open_visit import Author
from tests.ui.driver import CALM, Ward
from tests.ui.hands import part
from tests.ui.quick import function_key, open_visit, said_beside, work_to

LABS = (
    LabResult("ALT", "121", date(2026, 11, 3), "U/L", None, Decimal(40)),
    LabResult("RELAPSE", "moderate", date(2026, 6, 2)),
    LabResult("EDSS", "3.0", date(2026, 7, 1), "{score}"),
)


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[Ward]:
    ward = Ward(tmp_path, qapp)
    ward.sign_in()
    ward.parts.service.add_results(ward.patient(CALM), LABS, Author(ward.user()))
    ward.program.controller.on_intent(GoToTrends(ward.patient(CALM)))
    ward.settle()
    yield ward
    ward.close()


def chart(ward: Ward, lane: str) -> Chart:
    return part(ward.stage, Chart, f"trend.{lane}.plot")


def test_one_key_leads_from_the_trends_to_the_timeline_and_back(ward: Ward) -> None:
    assert ward.shows("trend.PLT.latest")

    ward.key("T")
    assert ward.shows("timeline.title")
    assert not ward.shows("trend.PLT.latest")
    lanes = [each.objectName() for each in ward.stage.findChildren(Chart) if each.isVisible()]
    assert lanes == [f"trend.{lane}.plot" for lane in ("jcv", "antibodies", "mri", "disability", "enzyme", "infusions")]

    ward.key("T")
    assert ward.shows("trend.PLT.latest")


def test_all_lanes_share_one_axis_and_only_the_last_writes_it(ward: Ward) -> None:
    ward.key("T")
    frames = [chart(ward, lane)._frame for lane in ("jcv", "mri", "enzyme", "infusions")]

    lefts = {round(frame.box.sceneBoundingRect().left()) for frame in frames}
    assert len(lefts) == 1
    assert len({tuple(frame.box.viewRange()[0]) for frame in frames}) == 1
    assert [bool(frame.labels.below) for frame in frames] == [False, False, False, True]
    ward.key("Y")
    assert len({tuple(frame.box.viewRange()[0]) for frame in frames}) == 1


def test_the_crosshair_says_what_stands_in_every_lane(ward: Ward) -> None:
    ward.key("T")
    found = chart(ward, "disability")
    relapse = next(mark for mark in found._drawing.marks if mark.shape == "cross")

    QTest.mouseMove(found._view.viewport(), found._place_of(relapse).toPoint())
    ward.settle()

    assert "02-Jun-2026 · moderate" in said_beside(ward, "trend.disability.note")
    assert "no new lesions" in said_beside(ward, "trend.mri.note")
    assert said_beside(ward, "timeline.legend").startswith("02-Jun-2026 · infusions given elsewhere")


def test_marks_without_a_height_are_chosen_by_keys_and_finger(ward: Ward) -> None:
    ward.key("T")
    found = chart(ward, "antibodies")
    found.setFocus()
    QTest.keyClick(found, Qt.Key.Key_Home)
    assert said_beside(ward, "trend.antibodies.note").startswith("1 of ")

    place = found._place_of(found._drawing.marks[-1]).toPoint()
    QTest.mouseClick(found._view.viewport(), Qt.MouseButton.LeftButton, pos=place + QPoint(3, -3))

    assert found.chosen == len(found._drawing.marks) - 1


def test_the_risk_group_is_a_category_with_its_published_table(ward: Ward) -> None:
    ward.key("T")
    assert "Anti-JCV negative" in part(ward.stage, Card, "pml").value()

    ward.key("R")

    assert ward.shows("pml_sheet.group")
    table = part(ward.stage, DataTable, "pml_sheet.table")
    rows = [[table.model().index(row, column).data() for column in range(5)] for row in range(6)]
    assert [row[-1] for row in rows].count("this patient") == 1
    assert rows[0][1:4] == ["about 0.02", "about 0.2", "about 0.2"]
    assert "%" not in ward.words()
    QTest.keyClick(ward.stage, Qt.Key.Key_Escape)
    ward.settle()
    assert ward.shows("trend.jcv.note")


def test_the_same_is_there_as_a_table(ward: Ward) -> None:
    ward.key("T")
    ward.key("B")

    table = part(ward.stage, DataTable, "timeline.table")
    first = [table.model().index(0, column).data() for column in range(3)]
    assert first[:2] == ["ALT", "03-Nov-2026"]
    assert first[2].startswith("ALT: 03-Nov-2026 · 121 U/L high · 3.02 × ULN")


def test_from_a_visit_the_timeline_leads_back_to_it(ward: Ward) -> None:
    ward.key("H")
    visit = work_to(ward, "prechecks")
    open_visit(ward, visit)
    function_key(ward, "F5")

    ward.key("T")
    ward.key("K")

    assert ward.shows("prechecks_page.rest")
