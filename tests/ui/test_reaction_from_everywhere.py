"""T-45: from every place, sheet, dialog and the locked view one key or one touch leads to the open reaction."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import UnionType
from typing import get_args

import pytest
from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QWidget

from nurse_app.domain import commands as c
from nurse_app.presentation import intents as i
from nurse_app.ui.dialog_reaction import hides_reaction
from nurse_app.visit.open_visit import Accepted, Author
from tests.figures import Figure
from tests.ui.driver import CALM, FIRST, RISING, Ward
from tests.ui.quick import begin, open_visit, work_to

# Far above the figure that is measured: a machine of a test may be busy.
LAX_MS = 5_000
# The sheets of a reaction itself: it is open already.
TOUCHED = frozenset({i.SheetKind.VITAL_SIGNS, i.SheetKind.START, i.SheetKind.LAB_RESULT})
IN_REACTION = frozenset(
    {i.SheetKind.CLOSE_REACTION, i.SheetKind.TREATMENT, i.SheetKind.ENTRY_TIME, i.SheetKind.EXTRAVASATION}
)


@dataclass
class Walk:
    """One running visit, and how long each way to its reaction took."""

    ward: Ward
    visit: str
    taken: dict[str, int] = field(default_factory=dict)

    def go(self, intent: object) -> None:
        self.ward.program.controller.on_intent(intent)
        self.ward.settle()

    def key(self) -> None:
        """F8, where the keys go at this moment."""
        QTest.keyClick(QApplication.activeWindow() or self.ward.stage, Qt.Key.Key_F8)

    def touch(self) -> None:
        """A finger on the button that is seen, through the window, which finds out what is under it."""
        button = self._button()
        window = self.ward.stage.windowHandle()
        QTest.keyClick(window, Qt.Key.Key_Shift)
        spot = button.mapTo(self.ward.stage, button.rect().center())
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)

    def _button(self) -> QWidget:
        names = ("reaction", *(f"{place}.{self.visit}.reaction" for place in ("visit", "locked", "help")))
        shown = [name for name in (*names, f"reactions.{self.visit}") if self.ward.shows(name)]
        assert len(shown) == 1, f"one Reaction button of this patient, but there are {shown}"
        button = self.ward.find(shown[0])
        assert button.visibleRegion().boundingRect() == button.rect(), "it is cut off"
        assert min(button.width(), button.height()) >= 44, "a glove would miss it"
        return button

    def react(self, where: str, act: Callable[[], None]) -> None:
        """One act; then the reaction is on the screen with what was done first, and is closed again."""
        timer = QElapsedTimer()
        timer.start()
        act()
        self.ward.settle()
        self.taken[where] = timer.elapsed()
        assert self.ward.phase() == "reaction", where
        assert self.ward.shows("reaction_page"), where
        assert re.search(r"(?i)\b(stop|stopped|paused)\b", self._first_words()), where
        self._close()

    def _first_words(self) -> str:
        """What is seen in the upper half of the reaction page without scrolling."""
        page, stage = self.ward.find("reaction_page"), self.ward.stage
        seen = [
            label
            for label in page.findChildren(QLabel)
            if label.isVisible()
            and not label.visibleRegion().isEmpty()
            and label.mapTo(stage, label.rect().center()).y() < stage.height() // 2
        ]
        told = [widget.accessibleName() for widget in page.findChildren(QWidget) if widget.isVisible()]
        return "\n".join([*(label.text() for label in seen), *told])

    def _close(self) -> None:
        author = Author(self.ward.user())
        result = self.ward.parts.service.handle(self.visit, c.CloseReaction("resolved"), author)
        assert isinstance(result, Accepted)


@pytest.fixture
def walk(tmp_path: Path, qapp: QApplication) -> Iterator[Walk]:
    ward = Ward(tmp_path, qapp)
    ward.sign_in()
    visit = work_to(ward, "infuse")
    # Another patient is there, too: nothing has run yet, so that a reaction can only be of the first one.
    begin(ward, FIRST)
    open_visit(ward, visit)
    yield Walk(ward, visit)
    ward.close()


def classes_in(union: object) -> set[type]:
    if isinstance(union, UnionType):
        return {each for part in get_args(union) for each in classes_in(part)}
    assert isinstance(union, type)
    return {union}


def places(walk: Walk) -> dict[str, i.Place]:
    own, other = walk.ward.patient(CALM), walk.ward.patient(RISING)
    return {
        "home": i.GoHome(),
        "visit": i.GoToVisit(walk.visit),
        "its patient": i.GoToPatient(own),
        "another patient": i.GoToPatient(other),
        "a new patient": i.GoToPatient(),
        "trends": i.GoToTrends(own),
        "trends of somebody without a visit": i.GoToTrends(other),
        "timeline of MS": i.GoToTrends(own, timeline=True),
        "record": i.GoToRecord(walk.visit),
        "reactions": i.GoToReactions(own),
        "sound test": i.GoToSoundTest(),
        "reports": i.GoToReports(),
        "recall": i.GoToRecall(),
        "check": i.GoToCheck(),
        "about": i.GoToAbout(),
        "self-test": i.GoToSelfTest(),
        "import": i.GoToImport(),
        "update": i.GoToUpdate(),
    }


def test_from_every_place_and_from_the_help_over_each(
    walk: Walk, figure: Figure, request: pytest.FixtureRequest
) -> None:
    """The help is the same screen over each: without ``--sweep`` over two of them, which differ in what is beneath."""
    every = bool(request.config.getoption("--sweep"))
    there = places(walk)
    assert {type(place) for place in there.values()} == classes_in(i.Place)
    for name, place in there.items():
        for act in (walk.key, walk.touch):
            walk.go(place)
            walk.react(f"{name}, {act.__name__}", act)
        over_two = name in ("visit", "reports")
        for act in (walk.key, walk.touch) if over_two else (walk.key,) if every else ():
            walk.go(place)
            walk.go(i.GoToHelp())
            assert walk.ward.shows("help.title")
            walk.react(f"help over {name}, {act.__name__}", act)
    report(figure, "places, and help over each", walk.taken)


def test_from_every_sheet(walk: Walk, figure: Figure, request: pytest.FixtureRequest) -> None:
    """The button beside a sheet is that of the page: by touch from each with ``--sweep``, from a few without."""
    every = bool(request.config.getoption("--sweep"))
    beside = {i.SheetKind.LAB_RESULT, i.SheetKind.PML_RISK, i.SheetKind.SAVE_TRENDS}
    after = {i.SheetKind.FOLLOW_UP_CALL, i.SheetKind.CLEAR_FLAG}
    patient = walk.ward.patient(CALM)
    subjects = {i.SheetKind.WHY: "stability", i.SheetKind.CORRECT: "5", i.SheetKind.DECISION: ""}
    for kind in i.SheetKind:
        if kind in IN_REACTION:
            continue
        for act in (walk.key, walk.touch) if every or kind in TOUCHED else (walk.key,):
            page = i.GoToTrends(patient) if kind in beside else i.GoToReactions(patient) if kind in after else None
            walk.go(page or i.GoToVisit(walk.visit))
            walk.go(i.OpenSheet(kind, patient if kind in beside | after else subjects.get(kind, "")))
            assert walk.ward.shows("sheet"), kind
            walk.react(f"{kind}, {act.__name__}", act)
    report(figure, "sheets", walk.taken)


def test_from_choosing_a_file(walk: Walk, figure: Figure) -> None:
    for place, choose in ((i.GoToImport(), "import.choose"), (i.GoToUpdate(), "update.choose")):
        for act in (walk.key, walk.touch):
            walk.go(place)
            if not walk.ward.shows(choose):
                # A program that was not installed as a clinic folder has no updates to choose.
                continue
            walk.ward.press(choose)
            assert walk.ward.stage.findChildren(QFileDialog)
            walk.react(f"{choose}, {act.__name__}", act)
    assert len(walk.taken) >= 2
    report(figure, "choosing a file", walk.taken)


@pytest.mark.parametrize("how", ["key", "button"])
@pytest.mark.parametrize("over", ["trends", "help"])
def test_from_the_window_that_chooses_a_printer(
    walk: Walk, over: str, how: str, monkeypatch: pytest.MonkeyPatch, tally: Figure
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Ward 3"])
    if over == "trends":
        walk.go(i.GoToTrends(walk.ward.patient(CALM)))
        walk.ward.press("save_trends")
        walk.ward.press("save_trends.print")
    else:
        walk.go(i.GoToHelp("quick-start"))
        walk.ward.press("help.print")
    (dialog,) = walk.ward.stage.findChildren(QPrintDialog)
    if how == "key":
        walk.react(over, lambda: QTest.keyClick(dialog, Qt.Key.Key_F8))
    else:
        button = dialog.findChild(QAbstractButton, "print_dialog.reaction")
        assert button is not None
        assert button.isVisible()
        walk.react(over, button.click)
    assert walk.ward.stage.findChildren(QPrintDialog) == []
    tally("T-45  choosing a printer: {} ways, each one act")


def test_the_window_that_chooses_a_printer_has_no_reaction_when_nobody_could_have_one(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Ward 3"])
    ward = Ward(tmp_path, qapp)
    ward.sign_in()
    ward.program.controller.on_intent(i.GoToHelp("quick-start"))
    ward.settle()
    ward.press("help.print")
    (dialog,) = ward.stage.findChildren(QPrintDialog)
    assert dialog.findChild(QAbstractButton, "print_dialog.reaction") is None
    dialog.reject()
    ward.close()


@pytest.mark.parametrize(("platform", "hides"), [("win32", True), ("linux", False)])
def test_a_print_window_that_holds_the_program_up_is_not_opened_while_a_visit_is_in_progress(
    walk: Walk, platform: str, hides: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Ward 3"])
    monkeypatch.setattr("nurse_app.ui.trend_printing.hides_reaction", partial(hides_reaction, platform=platform))
    walk.go(i.GoToHelp("quick-start"))
    walk.ward.press("help.print")
    assert bool(walk.ward.stage.findChildren(QPrintDialog)) is not hides
    assert ("A visit is in progress" in walk.ward.words()) is hides


def lock(walk: Walk) -> None:
    walk.ward.clock.advance(timedelta(minutes=3))
    walk.ward.settle()
    assert "Locked" in walk.ward.words()


def interrupt(walk: Walk) -> None:
    walk.go(i.GoToVisit(walk.visit))
    walk.ward.program.stage.key_pressed.emit("F2")
    walk.ward.settle()
    assert walk.ward.shows("interrupted")


def add_nurse(walk: Walk) -> None:
    walk.go(i.SwitchUser())
    walk.ward.press("sign_in.add")
    assert walk.ward.shows("new_person.name")


def go_over_lock(walk: Walk) -> None:
    lock(walk)
    walk.go(i.GoToHelp())
    assert walk.ward.shows("help.title")


@pytest.mark.parametrize("act", ["key", "touch"])
@pytest.mark.parametrize(
    "way",
    [lock, interrupt, add_nurse, lambda walk: walk.go(i.SwitchUser()), go_over_lock],
    ids=["locked", "interrupted", "add a nurse", "switch", "help over the locked view"],
)
def test_from_the_locked_view_the_people_and_the_card(
    walk: Walk, way: Callable[[Walk], None], act: str, tally: Figure
) -> None:
    way(walk)
    walk.react(act, getattr(walk, act))
    tally("T-45  people, locked view, interrupted card: {} ways, each one act")


@pytest.mark.parametrize("act", ["key", "touch"])
def test_before_anybody_has_signed_in(walk: Walk, act: str) -> None:
    walk.ward.restart()
    assert walk.ward.shows("sign_in.pin")
    walk.react(act, getattr(walk, act))


@pytest.mark.parametrize("act", ["key", "touch"])
def test_from_the_sheet_of_a_visit_that_was_reopened(walk: Walk, act: str) -> None:
    walk.ward.restart()
    walk.ward.sign_in()
    walk.go(i.GoToVisit(walk.visit))
    assert walk.ward.shows("sheet")
    walk.react(act, getattr(walk, act))


def report(figure: Figure, what: str, taken: dict[str, int]) -> None:
    slowest = max(taken, key=lambda name: taken[name])
    figure(f"T-45  {what}: {len(taken)} ways, each one act; slowest {taken[slowest]} ms ({slowest})")
    assert taken[slowest] < LAX_MS


# --- several patients in whom it is equally likely ---


@pytest.fixture
def two(tmp_path: Path, qapp: QApplication) -> Iterator[tuple[Ward, str, str]]:
    ward = Ward(tmp_path, qapp)
    ward.sign_in()
    visits = begin(ward, FIRST), begin(ward, RISING)
    yield ward, *visits
    ward.close()


def phases(ward: Ward) -> tuple[str, str]:
    return ward.phase(FIRST), ward.phase(RISING)


def test_the_key_means_the_visit_that_was_on_screen_last_and_the_button_says_so(two: tuple[Ward, str, str]) -> None:
    ward, first, second = two
    open_visit(ward, second)
    ward.program.controller.on_intent(i.GoToReports())
    ward.settle()
    assert ward.find(f"reactions.{second}").accessibleName() == "Reaction: SAMPLE, Patient Four (F8)"
    assert ward.find(f"reactions.{first}").accessibleName() == "Reaction: SAMPLE, Patient Three"
    ward.key("F8")
    assert phases(ward) == ("identify", "reaction")


def test_each_of_them_is_one_touch_away(two: tuple[Ward, str, str]) -> None:
    ward, first, second = two
    open_visit(ward, second)
    ward.program.controller.on_intent(i.GoToReports())
    ward.settle()
    ward.press(f"reactions.{first}")
    assert phases(ward) == ("reaction", "identify")


def test_when_none_was_on_screen_the_key_leads_to_the_choice_on_the_same_page(two: tuple[Ward, str, str]) -> None:
    ward, first, _second = two
    ward.program.controller.on_intent(i.GoToReports())
    ward.settle()
    ward.key("F8")
    assert ward.stage.focusWidget().objectName() == f"reactions.{first}"
    assert phases(ward) == ("identify", "identify")
    ward.key("Enter")
    assert phases(ward) == ("reaction", "identify")


@pytest.mark.parametrize("place", ["home", "help", "locked"])
def test_the_last_on_screen_counts_on_home_in_the_help_and_while_locked(two: tuple[Ward, str, str], place: str) -> None:
    ward, _first, second = two
    open_visit(ward, second)
    ward.program.controller.on_intent(i.GoHome())
    ward.settle()
    if place == "help":
        ward.key("F1")
    elif place == "locked":
        ward.clock.advance(timedelta(minutes=3))
        ward.settle()
    names = {"home": "visit", "help": "help", "locked": "locked"}
    assert "(F8)" in str(ward.find(f"{names[place]}.{second}.reaction").property("text"))
    ward.key("F8")
    assert phases(ward) == ("identify", "reaction")


def test_while_names_are_hidden_the_row_shows_none(two: tuple[Ward, str, str]) -> None:
    ward, first, _second = two
    ward.restart()
    ward.press("sign_in.people." + ward.user())
    ward.program.controller.on_intent(i.GoToAbout())
    ward.settle()
    assert "SAMPLE, Patient" not in ward.words()
    assert not ward.shows(f"reactions.{first}") or "since" in ward.find(f"reactions.{first}").accessibleName()


def test_with_no_visit_in_progress_there_is_no_row_and_the_key_does_nothing(tmp_path: Path, qapp: QApplication) -> None:
    ward = Ward(tmp_path, qapp)
    ward.sign_in()
    ward.program.controller.on_intent(i.GoToReports())
    ward.settle()
    assert not ward.shows("reactions")
    ward.key("F8")
    assert ward.shows("reports.check")
    ward.close()
