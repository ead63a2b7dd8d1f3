"""The program's versions, in the running program, on small clinic folders with real update files."""

import os
from collections.abc import Iterator
from dataclasses import replace
from errno import EIO
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from nurse_app.cli.program_folder import ProgramFolder
from nurse_app.cli.window_updates import WindowUpdates
from nurse_app.presentation.intents import GoHome, GoToUpdate
from nurse_app.store.disk import FolderItem
from nurse_app.ui.parts import AppParts
from nurse_app.updating.update_archive import Progress
from nurse_app.updating.updates import Workshop
from tests.ui.driver import Ward
from tests.ui.quick import said_beside, work_to
from tests.updating.kit import OTHER_KEY, make_clinic, put_update, versions_in, workshop


class UpdatedWard(Ward):
    """A program in a clinic's folder; its records count as real ones though they are samples."""

    def __init__(self, folder: Path, app: QApplication, *versions: str, training: bool = False) -> None:
        self.clinic = make_clinic(folder / "clinic", *versions)
        self.shop: Workshop = workshop(self.clinic, versions[-1])
        self.program_folder = ProgramFolder(lambda _resources: self.shop, ("--training",))
        self._counts_as_training = training
        super().__init__(folder, app)

    def _open(self) -> AppParts:
        parts = super()._open()
        updates = WindowUpdates(
            self.shop,
            self.folder / "records",
            parts.service,
            self._counts_as_training,
            self.program_folder.ask_to_start_again,
        )
        return replace(parts, updates=lambda: updates)

    def go(self) -> None:
        self.program.controller.on_intent(GoToUpdate())
        self.settle()

    def choose(self, file: Path) -> None:
        """As if it were picked in the dialog."""
        self.press("update.choose")
        dialog = self.stage.findChild(QFileDialog, "update.dialog")
        assert dialog is not None
        dialog.fileSelected.emit(str(file))
        dialog.reject()
        self.settle()

    @property
    def current(self) -> str:
        return (self.clinic / "current").read_text(encoding="ascii").strip()


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[UpdatedWard]:
    ward = UpdatedWard(tmp_path, qapp, "0.1.0")
    ward.sign_in()
    yield ward
    ward.close()


def test_an_update_is_chosen_looked_at_and_installed(ward: UpdatedWard, tmp_path: Path) -> None:
    ward.go()
    assert "version 0.1.0" in said_beside(ward, "update.fact.0")
    ward.choose(put_update(tmp_path))
    assert said_beside(ward, "update.verdict") == "Version 0.2.0 can be installed"
    assert ward.current == "0.1.0"

    ward.press("update.install")

    assert said_beside(ward, "update.verdict") == "Installed"
    assert ward.current == "0.2.0"
    assert versions_in(ward.clinic) == ["0.1.0", "0.2.0"]
    ward.press("update.home")
    ward.go()
    assert said_beside(ward, "update.verdict") == "Installed", "it is not forgotten"


def test_all_of_it_goes_by_keys(ward: UpdatedWard, tmp_path: Path) -> None:
    file = put_update(tmp_path)
    ward.go()
    QTest.keyClick(ward.stage, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    dialog = ward.stage.findChild(QFileDialog, "update.dialog")
    assert dialog is not None
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    ward.settle()

    QTest.keyClick(ward.stage, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    ward.settle()

    assert ward.current == "0.2.0"
    ward.key("Esc")
    assert ward.shows("home.add")


def test_a_file_with_another_signature_is_refused_and_another_can_be_chosen(ward: UpdatedWard, tmp_path: Path) -> None:
    ward.go()
    ward.choose(put_update(tmp_path, key=OTHER_KEY))
    assert said_beside(ward, "update.verdict") == "Nothing was changed"
    assert "it was not signed with the key" in said_beside(ward, "update.note.0")
    assert not ward.shows("update.install")

    ward.choose(put_update(tmp_path))

    assert said_beside(ward, "update.verdict") == "Version 0.2.0 can be installed"


def test_nothing_is_installed_while_a_visit_is_open(ward: UpdatedWard, tmp_path: Path) -> None:
    work_to(ward, "infuse")
    ward.go()

    ward.choose(put_update(tmp_path))

    assert said_beside(ward, "update.verdict") == "Version 0.2.0 is not installed now"
    assert said_beside(ward, "update.note.0").startswith("1 visit is in progress in")
    assert not ward.shows("update.install")


def test_a_visit_that_began_after_the_look_is_noticed_too(ward: UpdatedWard, tmp_path: Path) -> None:
    ward.go()
    ward.choose(put_update(tmp_path))
    work_to(ward, "infuse")

    ward.press("update.install")

    assert said_beside(ward, "update.verdict") == "Nothing was changed"
    assert "1 visit is in progress in" in said_beside(ward, "update.note.0")
    assert (ward.current, versions_in(ward.clinic)) == ("0.1.0", ["0.1.0"])


def test_a_training_store_installs_nothing(tmp_path: Path, qapp: QApplication) -> None:
    ward = UpdatedWard(tmp_path, qapp, "0.1.0", training=True)
    ward.sign_in()
    ward.go()

    ward.choose(put_update(tmp_path))

    assert said_beside(ward, "update.note.0").startswith("This is the training store,")
    ward.close()


def test_going_back_is_asked_once_more(tmp_path: Path, qapp: QApplication) -> None:
    ward = UpdatedWard(tmp_path, qapp, "0.1.0", "0.2.0")
    ward.sign_in()
    ward.go()
    ward.press("update.back")
    assert said_beside(ward, "update.verdict") == "Go back from version 0.2.0 to 0.1.0?"
    assert ward.find("update.cancel").hasFocus()
    ward.press("update.cancel")
    assert ward.current == "0.2.0"
    ward.press("update.back")

    ward.press("update.confirm")

    assert said_beside(ward, "update.verdict") == "Gone back"
    assert ward.current == "0.1.0"
    ward.close()


class SlowLook:
    """A look at a file that waits in the middle until it is let go."""

    def __init__(self, ward: UpdatedWard) -> None:
        self.begun, self.may_end = Event(), Event()
        updates = ward.parts.updates()
        assert isinstance(updates, WindowUpdates)
        self._look = updates.look
        work = ward.program.controller._scenes.places.need_update()
        work._parts = replace(ward.parts, updates=lambda: self)
        self.versions = updates.versions

    def look(self, file: Path, progress: Progress) -> object:
        progress(1, 4)
        self.begun.set()
        assert self.may_end.wait(20)
        progress(2, 4)
        return self._look(file, progress)


def press_only(ward: Ward, name: str) -> None:
    QTest.mouseClick(ward.find(name), Qt.MouseButton.LeftButton)


def progress_of(ward: UpdatedWard) -> str:
    return said_beside(ward, "update.progress").replace("\xa0", " ")


def choose_only(ward: UpdatedWard, file: Path) -> None:
    work = ward.program.controller._scenes.places.need_update()
    work._look(str(file))


def test_what_takes_long_is_cancelled(ward: UpdatedWard, tmp_path: Path) -> None:
    slow = SlowLook(ward)
    ward.go()
    choose_only(ward, put_update(tmp_path))
    assert slow.begun.wait(20)
    QApplication.processEvents()
    assert progress_of(ward).endswith(": 25 %")
    choose_only(ward, tmp_path / "another")
    assert progress_of(ward).endswith(": 25 %"), "one at a time"

    press_only(ward, "update.cancel")
    slow.may_end.set()
    ward.settle()

    assert not ward.shows("update.verdict")
    ward.choose(put_update(tmp_path))
    assert said_beside(ward, "update.verdict") == "Version 0.2.0 can be installed"


def test_the_end_of_the_program_ends_it(ward: UpdatedWard, tmp_path: Path) -> None:
    slow = SlowLook(ward)
    ward.go()
    choose_only(ward, put_update(tmp_path))
    assert slow.begun.wait(20)
    work = ward.program.controller._scenes.places.need_update()
    work._is_stopped = True
    slow.may_end.set()

    work.stop()
    QApplication.processEvents()

    assert not work.is_running


def test_a_result_that_comes_when_another_screen_is_on_is_there_later(ward: UpdatedWard, tmp_path: Path) -> None:
    slow = SlowLook(ward)
    ward.go()
    choose_only(ward, put_update(tmp_path))
    assert slow.begun.wait(20)
    ward.program.controller.on_intent(GoHome())
    slow.may_end.set()
    ward.settle()

    work = ward.program.controller._scenes.places.need_update()

    assert work._state.found is not None


def test_a_defect_is_told_and_the_page_goes_on(
    ward: UpdatedWard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ward.go()
    ward.choose(put_update(tmp_path))
    work = ward.program.controller._scenes.places.need_update()

    class Broken:
        def install(self, _file: Path, _progress: Progress) -> str:
            raise ZeroDivisionError

    defects: list[BaseException] = []
    work._parts = replace(ward.parts, updates=Broken)
    end = work._end

    def ending(*args: object) -> None:
        try:
            end(*args)  # type: ignore[arg-type]
        except ZeroDivisionError as error:
            defects.append(error)

    monkeypatch.setattr(work, "_end", ending)
    ward.press("update.install")

    assert len(defects) == 1
    assert said_beside(ward, "update.note.0").startswith("The program’s folder could not be changed.")


def test_a_folder_that_cannot_be_looked_at_is_told(ward: UpdatedWard) -> None:
    ward.shop.disk.list_folder = _refuse  # type: ignore[method-assign]

    ward.go()

    assert said_beside(ward, "update.verdict") == "No updates here"
    assert "cannot be read (Input/output error)" in said_beside(ward, "update.note.0")


def _refuse(_path: Path) -> tuple[FolderItem, ...]:
    raise OSError(EIO, os.strerror(EIO))


def test_going_back_that_fails_is_told(tmp_path: Path, qapp: QApplication) -> None:
    ward = UpdatedWard(tmp_path, qapp, "0.1.0", "0.2.0")
    ward.sign_in()
    ward.go()
    ward.press("update.back")
    work_to(ward, "infuse")

    ward.press("update.confirm")

    assert said_beside(ward, "update.verdict") == "Nothing was changed"
    assert said_beside(ward, "update.note.0").startswith("1 visit is in progress in")
    ward.close()


def test_close_and_start_again_closes_and_asks_for_the_start(ward: UpdatedWard, tmp_path: Path) -> None:
    ward.go()
    ward.choose(put_update(tmp_path))
    ward.press("update.install")

    ward.press("update.again")

    assert not ward.stage.isVisible()
    assert ward.program_folder._is_asked


def test_the_program_does_not_start_again_under_a_visit(ward: UpdatedWard, tmp_path: Path) -> None:
    ward.go()
    ward.choose(put_update(tmp_path))
    ward.press("update.install")
    work_to(ward, "infuse")

    ward.press("update.again")

    assert ward.stage.isVisible()
    assert not ward.program_folder._is_asked
    assert said_beside(ward, "update.note.0") == "A visit is in progress. Finish it, then start again."


def test_a_checkout_takes_no_updates(tmp_path: Path, qapp: QApplication) -> None:
    """The page of the program as it is in these tests."""
    ward = Ward(tmp_path, qapp)
    ward.sign_in()
    ward.program.controller.on_intent(GoToUpdate())
    ward.settle()

    assert said_beside(ward, "update.verdict") == "No updates here"
    assert "Install the newer package instead." in said_beside(ward, "update.note.0")
    ward.close()
