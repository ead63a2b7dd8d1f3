"""The automatic backup in the running program: begun in the background, told on home only when something is wrong."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from errno import EACCES
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from nurse_app.cli.own_children import start_backup
from nurse_app.store.backup_days import backup_of
from nurse_app.store.disk import FolderItem, SystemDisk
from nurse_app.store.restoring import restore_folder
from nurse_app.system.background import BackgroundCommand, Ended
from nurse_app.window import Surrounds, open_parts
from tests.ui.driver import Ward


class Work:
    """A backup that ends when the test says so."""

    end: Ended | None = None

    def ended(self) -> Ended | None:
        return self.end


class WatchedWard(Ward):
    """A ward in earnest, whose backups the test makes. Its people are those of a training before."""

    def __init__(self, folder: Path, app: QApplication) -> None:
        Ward(folder, app).close()
        self.works: list[Work] = []
        self.roots: list[Path] = []
        super().__init__(folder, app, training=False)

    def _start(self, root: Path) -> Work:
        self.roots.append(root)
        self.works.append(Work())
        return self.works[-1]

    def _surrounds(self) -> Surrounds:
        return replace(super()._surrounds(), start_backup=self._start)

    def look(self) -> str:
        """What home says about backups after the next look at the clocks."""
        self.program.controller.tick()
        return self.find("home.notices").property("text") or "" if self.shows("home.notices") else ""


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[WatchedWard]:
    ward = WatchedWard(tmp_path, qapp)
    ward.sign_in()
    yield ward
    ward.close()


def test_a_backup_begins_by_itself_and_is_not_spoken_of_when_it_ends_well(ward: WatchedWard) -> None:
    assert ward.look() == ""
    ward.wait(seconds=30)
    assert ward.look() == ""
    assert ward.roots == [ward.folder / "records"]
    ward.works[0].end = Ended(0, "")
    ward.wait(minutes=90)
    assert ward.look() == ""
    assert len(ward.works) == 1


def test_a_backup_that_fails_is_told_on_home_and_blocks_nothing(ward: WatchedWard) -> None:
    ward.look()
    ward.wait(seconds=30)
    ward.look()
    ward.works[0].end = Ended(2, "The disk is full. Free some space.")

    assert ward.look().startswith("Entries are saved as always, but the automatic backup has a problem.")
    assert ward.look().endswith("The disk is full. Free some space.")

    ward.to_prechecks()
    assert ward.phase() == "prechecks"


def test_a_training_store_has_no_backups_and_so_has_one_without_people(tmp_path: Path, qapp: QApplication) -> None:
    begun: list[Path] = []

    def begin(root: Path) -> Work:
        begun.append(root)
        return Work()

    for training in (True, False):
        ward = Ward(tmp_path / str(training), qapp, training=training)
        ward.close()
        parts = open_parts(replace(ward._surrounds(), start_backup=begin))
        for _ in range(3):
            parts.backups(ward.clock.read())
            ward.clock.advance(ward.clock.read().uptime)
        parts.shut()
    assert begun == []


def test_a_folder_of_backups_that_cannot_be_read_keeps_nobody_from_starting(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = SystemDisk.list_folder

    def refuse(disk: SystemDisk, path: Path) -> tuple[FolderItem, ...]:
        if path.name == "backups":
            raise OSError(EACCES, "no")
        return really(disk, path)

    monkeypatch.setattr(SystemDisk, "list_folder", refuse)
    ward = WatchedWard(tmp_path, qapp)
    ward.look()
    ward.wait(seconds=30)
    ward.look()
    assert len(ward.works) == 1
    ward.close()


def test_the_program_that_is_started_makes_a_backup_that_can_be_restored(ward: WatchedWard, tmp_path: Path) -> None:
    """While the window has the records open."""
    work = start_backup(tmp_path / "records")
    assert isinstance(work, BackgroundCommand)
    work._process.wait(timeout=120)

    assert work.ended() == Ended(0, "")
    (made,) = (tmp_path / "records" / "backups").glob("*.backup")
    assert made == backup_of(tmp_path / "records", date.fromisoformat(made.stem))
    disk = SystemDisk(windows=False, pause=lambda _: None)
    restored = restore_folder(disk, made, tmp_path / "back", "unfinished")
    # The patients, the station, and the checkpoints.
    assert restored.contents.files == len(ward.parts.index.entries("patient")) + 2
