"""Results of a file in the running program: chosen or dropped, looked at, taken, stopped, broken off and finished."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from errno import EIO, ENOSPC
from pathlib import Path
from threading import Event
from typing import Any, NoReturn

import pytest
from PySide6.QtCore import QEventLoop, QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QListView,
    QTreeView,
    QWidget,
)

from nurse_app.domain import commands as c
from nurse_app.interchange.lab_file.csv_file import CsvForm
from nurse_app.interchange.lab_file.kept import KeptFile, kept_bytes
from nurse_app.presentation.import_page import ImportState
from nurse_app.store.disk import SystemDisk
from nurse_app.store.import_under_way import ImportUnderWay
from nurse_app.ui.lab_import_work import LabImportWork
from nurse_app.visit.lab_import import LabImport
from nurse_app.visit.open_visit import Author
from nurse_app.window import SAMPLE_PIN
from tests.ui.driver import CALM, Ward
from tests.ui.layout_rules import broken_rules
from tests.ui.quick import begin, function_key, said_beside, work_to

HEADER = "record_no,collected_at,test,value,unit,ref_low,ref_high,birth_date"
ALT = "TRN000900,2026-11-02T08:30:00+00:00,ALT,25.5,U/L,8,40,"
BAR = "not_saved_bar.title"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[Ward]:
    ward = Ward(tmp_path, qapp)
    ward.sign_in()
    yield ward
    ward.close()


def written(ward: Ward, *rows: str, header: str = HEADER) -> Path:
    file = ward.folder / "results.csv"
    file.write_text("\n".join((header, *rows, "")), encoding="utf-8")
    return file


def of(*numbers: int) -> list[str]:
    """One result for each of these new record numbers."""
    return [ALT.replace("TRN000900", f"TRN0009{number:02}") for number in numbers]


def drag(ward: Ward, *paths: Path | str, over: QWidget | None = None) -> bool:
    """Drag files over the middle of the window and let go; whether they were taken."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) if isinstance(path, Path) else QUrl(path) for path in paths])
    # As file managers do: a field would take the text.
    mime.setText("\n".join(map(str, paths)))
    under = over or ward.stage.childAt(400, 400) or ward.stage
    how = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter, drop = QDragEnterEvent(QPoint(2, 2), *how), QDropEvent(QPointF(2, 2), *how)
    # A drop that nobody wanted must not be accepted before anybody has seen it.
    for event in (enter, drop):
        event.ignore()
        QApplication.sendEvent(under, event)
    return enter.isAccepted() and drop.isAccepted()


def drop(ward: Ward, path: Path) -> None:
    assert drag(ward, path)
    ward.settle()


def control(ward: Ward, key: Qt.Key) -> None:
    QTest.keyClick(ward.stage.focusWidget() or ward.stage, key, CONTROL)
    ward.settle()


def verdict(ward: Ward) -> str:
    return said_beside(ward, "import.verdict")


def label(ward: Ward, name: str) -> str:
    return str(ward.find(name).accessibleName())


def labs(ward: Ward, record_no: str = "TRN000900") -> list[tuple[str, str, str]]:
    """Test, value and author of each result on record."""
    found = ward.parts.service.patient_with(record_no)
    if found is None:
        return []
    file = ward.parts.service.patient(found)
    by = {item.number: item.entry.by for item in file.record}
    return [(lab.result.test, str(lab.result.value), by[lab.entry]) for lab in file.state.labs]


def kept(ward: Ward) -> Path:
    return ward.folder / "records" / "import-under-way"


def work_of(ward: Ward) -> LabImportWork:
    return ward.program.controller._scenes.places.need_import(lambda _words: None)


def state(ward: Ward) -> ImportState:
    return work_of(ward)._state


# --- the way of one file ---


def test_a_file_that_is_dropped_is_looked_at_and_then_taken(ward: Ward) -> None:
    drop(ward, written(ward, ALT, ALT.replace("25.5", "many")))

    assert verdict(ward) == "Nothing is recorded yet. 1 result cannot be taken"
    assert label(ward, "import.take") == "Take 1 result (Ctrl+S)"
    assert labs(ward) == [], "nothing before she says so"
    ward.press("import.take")

    assert verdict(ward) == "Recorded. 1 result cannot be taken"
    assert labs(ward) == [("ALT", "25.5", ward.user())]
    assert not kept(ward).exists()
    assert said_beside(ward, "footer.saved").endswith("Import: 1 added, 0 there already, 1 not taken · saved")
    assert ward.stage.focusWidget().objectName() == "import.back", "that is the next thing"
    assert ward.find("import.back").property("role") == "primary"
    assert ward.find("import.choose").property("role") == "secondary"
    ward.key("Enter")
    assert "(record number only)" in shown_patients(ward)


def heads(ward: Ward) -> list[str]:
    model = ward.find("import.table").model()  # type: ignore[attr-defined]
    return [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]


def test_a_correction_shows_what_it_replaces_before_and_after(ward: Ward) -> None:
    drop(ward, written(ward, ALT))
    ward.press("import.take")
    drop(ward, written(ward, ALT.replace("25.5", "34")))
    for head, what in (("What happens", "Corrects one on record"), ("What happened", "Corrected one on record")):
        model = ward.find("import.table").model()  # type: ignore[attr-defined]
        assert heads(ward)[5] == head
        assert [model.index(0, column).data() for column in (3, 5, 6)] == ["34 U/L", what, "was 25.5 U/L"]
        if ward.shows("import.take"):
            ward.press("import.take")


def shown_patients(ward: Ward) -> list[str]:
    table = ward.find("due")
    model = table.model()  # type: ignore[attr-defined]
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_the_whole_way_by_keyboard(ward: Ward) -> None:
    file = written(ward, ALT)
    control(ward, Qt.Key.Key_O)
    assert ward.stage.focusWidget().objectName() == "import.choose"
    control(ward, Qt.Key.Key_O)
    dialog = ward.stage.findChild(QFileDialog)
    assert dialog is not None
    assert not dialog.isModal(), "no box over a running clock"
    assert small_targets(dialog) == []
    control(ward, Qt.Key.Key_O)
    assert len(ward.stage.findChildren(QFileDialog)) == 1
    entry = dialog.findChild(QLineEdit, "fileNameEdit")
    assert entry is not None
    QTest.keyClicks(entry, str(file))
    QTest.keyClick(entry, Qt.Key.Key_Return)
    ward.settle()

    assert ward.stage.focusWidget().objectName() == "import.take"
    control(ward, Qt.Key.Key_S)

    assert len(labs(ward)) == 1
    ward.key("Esc")
    assert ward.shows("home.import")


def small_targets(dialog: QFileDialog) -> list[str]:
    """Parts of Qt’s dialog that a glove would miss."""
    kinds = (QAbstractButton, QComboBox, QLineEdit)
    parts = [part for kind in kinds for part in dialog.findChildren(kind) if part.isVisible()]
    lists = (QListView, QTreeView)
    views = [view for kind in lists for view in dialog.findChildren(kind) if view.isVisible()]
    assert len(parts) > 8
    small = [part.objectName() for part in parts if part.height() < 44 or part.width() < 44]
    return small + [view.objectName() for view in views if 0 <= view.sizeHintForRow(0) < 44]


def test_choosing_a_file_leaves_no_trace_of_where_it_was(ward: Ward) -> None:
    written(ward, ALT)
    ward.press("home.import")
    before = dict.fromkeys(QSettings(QSettings.Scope.UserScope, "QtProject").allKeys())
    ward.press("import.choose")
    dialog = ward.stage.findChild(QFileDialog)
    assert dialog is not None
    dialog.close()
    ward.settle()

    store = QSettings(QSettings.Scope.UserScope, "QtProject")
    assert dict.fromkeys(store.allKeys()) == before
    assert str(ward.folder) not in str([store.value(key) for key in store.allKeys()])


def test_the_dialog_goes_with_the_page(ward: Ward) -> None:
    ward.press("home.import")
    ward.press("import.choose")
    assert ward.stage.findChildren(QFileDialog)
    ward.clock.advance(timedelta(minutes=3))
    ward.settle()
    ward.settle()

    assert "Locked" in ward.words()
    assert ward.stage.findChildren(QFileDialog) == []


def test_a_file_that_was_taken_has_nothing_new(ward: Ward) -> None:
    file = written(ward, ALT)
    drop(ward, file)
    ward.press("import.take")
    drop(ward, file)

    assert verdict(ward) == "There is nothing new in this file"
    assert not ward.shows("import.take")


def test_each_patient_is_judged_again_when_the_results_are_recorded(ward: Ward) -> None:
    drop(ward, written(ward, *of(1, 2)))
    other = ward.parts.lab_imports().importing
    rows = work_of(ward)._file.rows
    other.take(other.share("TRN000901", rows[:1], ward.clock.read().wall), Author(ward.user(1)))

    ward.press("import.take")

    assert "1 added, 1 there already" in ward.words()
    assert labs(ward, "TRN000901") == [("ALT", "25.5", ward.user(1))]
    assert labs(ward, "TRN000902") == [("ALT", "25.5", ward.user())]


def test_a_visit_in_progress_gets_the_new_results(ward: Ward) -> None:
    work_to(ward, "prechecks")
    drop(ward, written(ward, ALT.replace("TRN000900", CALM).replace("2026-11-02", "2026-11-21")))
    ward.press("import.take")

    assert "25.5" in [str(lab.value) for lab in ward.visit(CALM).state.facts.labs]


# --- what is dropped ---


def test_only_one_local_file_is_taken_from_a_drop(ward: Ward) -> None:
    file = written(ward, ALT)
    gone = ward.folder / "gone.csv"
    for paths in ((), (file, file), (ward.folder,), (gone,), ("https://example.org/labs.csv",)):
        assert not drag(ward, *paths)
        ward.settle()
        assert ward.shows("home.import"), paths


def test_a_file_can_be_dropped_on_a_field(ward: Ward) -> None:
    assert drag(ward, written(ward, ALT), over=ward.find("search.entry"))
    ward.settle()

    assert ward.shows("import.take")


def test_a_locked_program_takes_no_drop_and_shows_nothing_of_an_import(ward: Ward) -> None:
    file = written(ward, ALT)
    drop(ward, file)
    assert "TRN000900" in ward.words()
    control(ward, Qt.Key.Key_L)

    assert "Locked" in ward.words()
    assert "TRN000900" not in ward.words()
    assert "results.csv" not in ward.words()
    drag(ward, written(ward, *of(1)))
    ward.settle()
    assert "Locked" in ward.words()
    ward.enter_pin("sign_in.pin", SAMPLE_PIN)
    assert verdict(ward) == "Nothing is recorded yet. All results can be taken", "it is as she left it"
    assert "TRN000900" in ward.words()


def test_a_drop_does_not_take_a_reaction_off_a_locked_screen(ward: Ward) -> None:
    visit = work_to(ward, "infuse")
    control(ward, Qt.Key.Key_L)
    ward.press(f"locked.{visit}.reaction")
    assert ward.shows("reaction_page")
    drag(ward, written(ward, ALT))
    ward.settle()

    assert ward.shows("reaction_page")


def test_before_anybody_signs_in_nothing_can_be_dropped(tmp_path: Path, qapp: QApplication) -> None:
    ward = Ward(tmp_path, qapp)
    drag(ward, written(ward, ALT))
    ward.settle()

    assert not ward.shows("import.take")
    assert "Locked" not in ward.words(), "nobody is asked to unlock anything"
    ward.sign_in()
    assert ward.shows("home.import")
    ward.close()


# --- files that cannot be read at once ---


def test_an_unclear_decimal_sign_and_order_of_dates_are_declared(ward: Ward) -> None:
    header = "record_no;collected_at;test;value;unit;birth_date"
    drop(ward, written(ward, "TRN000900;01/02/2026;TSH;1,234;mIU/L;17/05/1984", header=header))
    assert "can be read in two ways" in verdict(ward)
    assert "--" not in ward.words()
    assert not ward.shows("import.take")

    ward.press("import.decimal.comma")
    ward.press("import.again")
    assert verdict(ward) == "Nothing in this file can be taken yet"
    assert ward.stage.focusWidget().objectName() == "import.dates.day-first", "that is what is left to say"
    ward.key(" ")
    control(ward, Qt.Key.Key_R)
    ward.press("import.take")

    assert labs(ward) == [("TSH", "1.234", ward.user())]
    record = ward.parts.service.patient(ward.patient("TRN000900")).state
    assert record.labs[0].result.collected.isoformat() == "2026-02-01"


def test_columns_with_other_names_are_declared_one_after_the_other(ward: Ward) -> None:
    drop(ward, written(ward, "TRN000900;02.11.2026;ALT;25,5;U/L", header="Patient;Datum;Test;Wert;unit"))
    assert verdict(ward) == "This file cannot be read yet: line 1: it has no column “record_no”."
    assert not ward.shows("import.column.unit"), "that one is known"
    for column in ("Patient", "Datum", "Wert"):
        ward.press(f"import.column.{column}")
        ward.press("import.again")
    ward.press("import.take")

    assert labs(ward) == [("ALT", "25.5", ward.user())]


def test_reading_again_without_a_choice_asks_again(ward: Ward) -> None:
    drop(ward, written(ward, 'TRN000900,2026-11-02,TSH,"1,234",mIU/L,,,'))
    ward.press("import.again")

    assert "can be read in two ways" in verdict(ward)


def test_a_file_that_is_no_text_says_so_and_another_can_be_chosen(ward: Ward) -> None:
    file = written(ward)
    file.write_bytes(b"PK\x03\x04\0\0")
    drop(ward, file)

    assert verdict(ward).startswith("Nothing was taken: it is no text")
    assert not ward.shows("import.again")
    drop(ward, written(ward, ALT))
    assert ward.shows("import.take")


def test_a_file_that_went_away_is_named(ward: Ward) -> None:
    ward.press("home.import")
    work_of(ward)._open(str(ward.folder / "gone.csv"))
    ward.settle()

    assert verdict(ward) == "gone.csv cannot be read: No such file or directory."
    assert ward.shows("import.choose")


# --- while it works ---


class SlowShares:
    """Judging waits before each patient until it is let go."""

    def __init__(self, patch: pytest.MonkeyPatch, free: int = 0) -> None:
        self.begun, self.may_go_on = Event(), Event()
        self.calls = 0
        share = LabImport.share

        def wait(*given: Any) -> Any:
            self.calls += 1
            if self.calls > free:
                self.begun.set()
                assert self.may_go_on.wait(20)
            return share(*given)

        patch.setattr(LabImport, "share", wait)


Slow = Callable[[int], SlowShares]


@pytest.fixture
def slow(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    made: list[SlowShares] = []

    def make(free: int) -> SlowShares:
        made.append(SlowShares(monkeypatch, free))
        return made[-1]

    yield make
    for each in made:
        each.may_go_on.set()
    ward.settle()


def press_only(ward: Ward, name: str) -> None:
    """Press without waiting for the end of what it begins."""
    QTest.mouseClick(ward.find(name), Qt.MouseButton.LeftButton)


def turn_until(is_so: Callable[[], bool]) -> None:
    for _turn in range(2_000):
        if is_so():
            return
        # Woken by the end of a piece of work, and by the ticker if there is none.
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    raise AssertionError


def test_looking_can_be_cancelled_and_an_entry_does_not_wait_for_it(ward: Ward, slow: Slow) -> None:
    visit = begin(ward, CALM)
    judged = slow(1)
    drag(ward, written(ward, *of(1, 2, 3)))
    turn_until(lambda: state(ward).done == 1)
    assert judged.begun.wait(20)
    assert said_beside(ward, "import.progress") == "Looking at 1 of 3 patients"
    assert label(ward, "import.stop") == "Cancel (Ctrl+E)"
    assert ward.program.controller.may_close(), "nobody has to wait for it"
    noted = Event()
    ward.program.controller._work.command(visit, c.AddNote("meanwhile"), Author(ward.user()), lambda _r: noted.set())

    press_only(ward, "import.stop")
    judged.may_go_on.set()
    turn_until(noted.is_set)
    ward.settle()

    assert judged.calls == 2, "the entry came before the third patient, and the third never"
    assert label(ward, "import.choose") == "Choose a file… (Ctrl+O)"
    assert labs(ward, "TRN000901") == []


def test_going_back_while_it_looks_is_a_cancel(ward: Ward, slow: Slow) -> None:
    judged = slow(0)
    drag(ward, written(ward, *of(1, 2)))
    assert judged.begun.wait(20) or True
    turn_until(lambda: state(ward).phase == "looking")
    press_only(ward, "import.back")
    judged.may_go_on.set()
    ward.settle()

    assert ward.shows("home.import")
    assert judged.calls == 1
    ward.press("home.import")
    assert not ward.shows("import.take")


def test_another_file_takes_the_place_of_the_one_before(ward: Ward, slow: Slow) -> None:
    judged = slow(0)
    drag(ward, written(ward, *of(1, 2)))
    turn_until(lambda: state(ward).phase == "looking")
    other = ward.folder / "other.csv"
    other.write_text(f"{HEADER}\n{of(7)[0]}\n", encoding="utf-8")
    drag(ward, other)
    judged.may_go_on.set()
    ward.settle()

    assert said_beside(ward, "import.lead") == "File: other.csv"
    assert label(ward, "import.take") == "Take 1 result (Ctrl+S)"


def test_stop_ends_before_the_next_patient_and_the_rest_can_be_taken(ward: Ward, slow: Slow) -> None:
    drop(ward, written(ward, *of(1, 2, 3)))
    judged = slow(1)
    press_only(ward, "import.take")
    turn_until(judged.begun.is_set)
    assert said_beside(ward, "import.progress") == "Recorded for 1 of 3 patients"
    assert kept(ward).exists()
    press_only(ward, "import.stop")
    judged.may_go_on.set()
    ward.settle()

    assert verdict(ward) == "Stopped: recorded for 2 of 3 patients"
    assert (labs(ward, "TRN000902") != [], labs(ward, "TRN000903")) == (True, [])
    assert not kept(ward).exists(), "what was stopped is not begun again by itself"
    assert label(ward, "import.take") == "Take the rest (Ctrl+S)"
    ward.press("import.take")
    assert verdict(ward) == "Recorded. All results are on record"
    assert labs(ward, "TRN000903") != []


def test_it_goes_on_while_other_screens_are_on(ward: Ward, slow: Slow) -> None:
    drop(ward, written(ward, *of(1, 2)))
    judged = slow(1)
    press_only(ward, "import.take")
    turn_until(judged.begun.is_set)
    press_only(ward, "import.back")
    press_only(ward, "home.import")
    assert said_beside(ward, "import.progress") == "Recorded for 1 of 2 patients"
    assert drag(ward, written(ward, *of(5))), "it is looked at by nobody: one file at a time"
    press_only(ward, "import.back")
    judged.may_go_on.set()
    ward.settle()

    assert "Import: 2 added" in said_beside(ward, "footer.saved")
    assert labs(ward, "TRN000905") == []
    assert shown_patients(ward).count("(record number only)") == 2, "the list is read again"


def test_closing_while_it_takes_leaves_the_rest_for_the_next_start(ward: Ward, slow: Slow) -> None:
    drop(ward, written(ward, *of(1, 2, 3)))
    nurse = ward.user()
    judged = slow(1)
    press_only(ward, "import.take")
    turn_until(judged.begun.is_set)
    assert ward.program.controller.may_close()
    judged.may_go_on.set()
    ward.program.end()
    assert kept(ward).exists()
    # Ended it is already.
    ward.program.end = lambda: None  # type: ignore[method-assign]
    start_again(ward)

    assert not kept(ward).exists()
    assert labs(ward, "TRN000903") == [("ALT", "25.5", nurse)], "it is still the nurse’s who began it"
    assert said_beside(ward, "home.notices") == (
        "An import of results was broken off; it was finished now: 1 added, 2 there already, 0 not taken."
    )


def start_again(ward: Ward) -> None:
    """Start once more, and wait until the lists have caught up and what was kept has been looked at."""
    ward.restart()
    ward.sign_in()
    for _look in range(6):
        ward.settle()
    turn_until(lambda: ward.shows("home.notices"))
    ward.settle()


# --- what cannot be saved ---


def full(patch: pytest.MonkeyPatch) -> None:
    def refuse(_disk: SystemDisk, _descriptor: int, _content: bytes | memoryview) -> int:
        raise OSError(ENOSPC, "No space left on device")

    patch.setattr(SystemDisk, "write", refuse)


def test_a_file_that_cannot_be_kept_is_not_begun(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(ward, written(ward, ALT))
    with monkeypatch.context() as patch:
        full(patch)
        ward.press("import.take")
    assert said_beside(ward, BAR) == "NOT SAVED"
    assert verdict(ward).startswith("Nothing could be recorded.")
    assert labs(ward) == []
    ward.press("not_saved_bar.retry")
    ward.press("import.take")
    assert len(labs(ward)) == 1


def test_a_disk_that_refuses_in_the_middle_leaves_the_rest_to_be_taken(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(ward, written(ward, *of(1, 2, 3)))
    take = LabImport.take

    def fill_before_the_second(importing: LabImport, share: Any, author: Author) -> None:
        if share.record_no == "TRN000902":
            full(patch)
        take(importing, share, author)

    with monkeypatch.context() as patch:
        patch.setattr(LabImport, "take", fill_before_the_second)
        ward.press("import.take")
    assert said_beside(ward, BAR) == "NOT SAVED"
    assert verdict(ward) == "Not everything could be recorded: 1 of 3 patients are done"
    assert kept(ward).exists(), "if the program ends now it goes on at the next start"
    assert (labs(ward, "TRN000901") != [], labs(ward, "TRN000902")) == (True, [])
    ward.press("not_saved_bar.retry")
    ward.press("import.take")

    assert verdict(ward) == "Recorded. All results are on record"
    assert labs(ward, "TRN000903") != []
    assert not kept(ward).exists()


def test_an_import_that_broke_off_comes_before_another_file(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(ward, written(ward, *of(1)))

    def refuse(*_given: object) -> NoReturn:
        raise OSError(EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(ImportUnderWay, "forget", refuse)
        ward.press("import.take")
    ward.press("not_saved_bar.retry")
    rest = KeptFile(f"{HEADER}\n{of(8)[0]}\n".encode(), CsvForm(), None, ward.user(1))
    kept(ward).write_bytes(kept_bytes(rest))
    drop(ward, written(ward, *of(2)))
    ward.press("import.take")

    assert labs(ward, "TRN000908") == [("ALT", "25.5", ward.user(1))]
    assert labs(ward, "TRN000902") == [("ALT", "25.5", ward.user())]
    assert not kept(ward).exists()
    ward.press("import.back")
    assert "it was finished now: 1 added" in said_beside(ward, "home.notices")


def test_when_the_one_before_cannot_be_saved_the_other_is_not_begun(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    rest = KeptFile(f"{HEADER}\n{of(8)[0]}\n".encode(), CsvForm(), None)
    kept(ward).write_bytes(kept_bytes(rest))
    drop(ward, written(ward, *of(2)))
    with monkeypatch.context() as patch:
        full(patch)
        ward.press("import.take")

    assert verdict(ward).startswith("Nothing could be recorded.")
    assert kept(ward).read_bytes() == kept_bytes(rest)
    ward.press("not_saved_bar.retry")
    ward.press("import.take")
    assert (labs(ward, "TRN000908"), len(labs(ward, "TRN000902"))) == ([("ALT", "25.5", "import")], 1)


def test_a_defect_ends_the_import_and_is_reported(ward: Ward, monkeypatch: pytest.MonkeyPatch, qtbot: Any) -> None:
    def broken(*_given: object) -> NoReturn:
        raise RuntimeError

    with monkeypatch.context() as patch, qtbot.captureExceptions() as seen:
        patch.setattr(LabImport, "share", broken)
        drop(ward, written(ward, ALT))
    assert [kind for kind, _error, _trace in seen] == [RuntimeError]
    assert verdict(ward).startswith("The records could not be looked at.")
    with monkeypatch.context() as patch, qtbot.captureExceptions() as seen:
        patch.setattr("nurse_app.ui.lab_import_work.content_of", broken)
        drop(ward, written(ward, ALT))
    assert len(seen) == 1
    assert verdict(ward) == "results.csv cannot be read: an internal error."


# --- what was broken off before the start ---


@pytest.mark.parametrize("by", ["", "nurse"])
def test_what_was_broken_off_is_finished_at_the_next_start(ward: Ward, by: str) -> None:
    author = ward.user(1) if by else ""
    content = f"{HEADER}\n" + "\n".join(of(1, 2)) + "\nTRN000903,2026-11-02,ALT,25,,,,\n"
    kept(ward).write_bytes(kept_bytes(KeptFile(content.encode(), CsvForm(), None, author)))
    start_again(ward)

    assert labs(ward, "TRN000902") == [("ALT", "25.5", author or "import")]
    assert "it was finished now: 2 added, 0 there already, 1 not taken." in said_beside(ward, "home.notices")
    assert not kept(ward).exists()
    assert shown_patients(ward).count("(record number only)") == 2


@pytest.mark.parametrize("content", [b"nonsense", kept_bytes(KeptFile(b"no,results\n1,2\n", CsvForm(), None))])
def test_what_was_kept_and_cannot_be_understood_is_left_and_said(ward: Ward, content: bytes) -> None:
    kept(ward).write_bytes(content)
    start_again(ward)

    assert "the file that was kept for it cannot be read" in said_beside(ward, "home.notices")
    assert kept(ward).read_bytes() == content
    drop(ward, written(ward, ALT))
    ward.press("import.take")
    assert len(labs(ward)) == 1
    assert not kept(ward).exists()


# --- how it looks ---


@pytest.mark.parametrize("percent", [100, 150])
def test_every_state_keeps_the_rules_of_layout(ward: Ward, percent: int) -> None:
    while ward.program.looks.settings.text_percent < percent:
        ward.program.stage.key_pressed.emit("Ctrl++")

    def keeps_the_rules(where: str) -> None:
        for _turn in range(4):
            ward.settle()
        screen = ward.program.stage.current()
        assert screen is not None
        assert broken_rules(screen) == {}, where

    keeps_the_rules("home")
    ward.press("home.import")
    keeps_the_rules("choose")
    drop(ward, written(ward, "TRN000900;01/02/2026;TSH;1,234;mIU/L", header="record_no;Datum;test;value;unit"))
    keeps_the_rules("column")
    drop(ward, written(ward, "TRN000900;01/02/2026;TSH;1,234;mIU/L", header="record_no;collected_at;test;value;unit"))
    keeps_the_rules("unclear")
    drop(ward, written(ward, *of(*range(20)), ALT.replace("25.5", "many"), ALT.replace("40", "7")))
    keeps_the_rules("preview")
    ward.press("import.take")
    keeps_the_rules("taken")
    function_key(ward, "F4")
    keeps_the_rules("home with imported patients")
