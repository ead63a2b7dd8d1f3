"""The Reaction key while nothing can be saved: the list at once, times in memory, recorded when saving works again."""

from collections.abc import Iterator
from datetime import timedelta
from errno import ENOSPC
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.presentation.intents import RecordPaper, TouchPaper
from nurse_app.store.disk import SystemDisk
from tests.ui.driver import CALM, Ward
from tests.ui.quick import function_key, open_visit, work_to
from tests.ui.test_app_not_saved import FullDisk


class HangingDisk:
    """The next write waits until it is said how it goes on."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.reached, self._free = Event(), Event()
        self._fails_from = 1_000_000
        self._writes = 0
        usual = SystemDisk.write

        def write(disk: SystemDisk, descriptor: int, content: bytes | memoryview) -> int:
            self.reached.set()
            self._free.wait(20)
            self._writes += 1
            if self._writes >= self._fails_from:
                raise OSError(ENOSPC, "No space left on device")
            return usual(disk, descriptor, content)

        patch.setattr(SystemDisk, "write", write)

    def go_on(self) -> None:
        self._free.set()

    def fail_all(self) -> None:
        self._fails_from = 1
        self._free.set()

    def fill_after_first(self) -> None:
        self._fails_from = 2
        self._free.set()


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[Ward]:
    ward = Ward(tmp_path, qapp)
    ward.sign_in()
    yield ward
    ward.close()


@pytest.fixture
def disk() -> Iterator[FullDisk]:
    with pytest.MonkeyPatch.context() as patch:
        yield FullDisk(patch)


@pytest.fixture
def unsaved(ward: Ward, disk: FullDisk) -> Ward:
    """F8 in a running infusion, and the disk is full."""
    open_visit(ward, work_to(ward, "infuse"))
    disk.fill()
    ward.key("F8")
    return ward


def test_the_list_comes_at_once_and_says_that_nothing_is_saved(unsaved: Ward) -> None:
    words = unsaved.words()

    assert "NOT SAVED: write times on paper" in words
    assert "EPINEPHrine 0.5 mg IM now" in words
    assert "standing order, 70 kg" in words
    assert unsaved.phase() == "infuse"
    assert not unsaved.shows("paper_record")


def test_a_second_press_of_the_key_loses_nothing(unsaved: Ward) -> None:
    unsaved.wait(seconds=30)
    unsaved.key("A")
    unsaved.key("F8")

    assert "Stop the infusion 09:" in unsaved.words()
    assert "00:30" in unsaved.words()


def test_times_of_touches_become_entries_when_saving_works_again(unsaved: Ward, disk: FullDisk) -> None:
    pressed = unsaved.visit(CALM).now(unsaved.clock.read()).latest
    before = len(unsaved.visit(CALM).record)
    unsaved.wait(seconds=20)
    unsaved.key("A")
    unsaved.wait(seconds=20)
    unsaved.key("E")
    unsaved.press("act.oxygen.action")
    unsaved.wait(minutes=4)
    disk.clear()
    function_key(unsaved, "F5")
    offered = unsaved.shows("paper_record")
    unsaved.key("R")

    record = unsaved.visit(CALM).record[before:]
    happened = {type(item.event): item.entry.happened_at for item in record}
    assert offered
    assert unsaved.phase() == "reaction"
    assert not unsaved.shows("paper_page")
    assert [type(item.event) for item in record if isinstance(item.event, e.ActionDone | e.TreatmentGiven)] == [
        e.ActionDone,
        e.TreatmentGiven,
        e.TreatmentGiven,
    ]
    assert happened[e.ReactionOpened] == happened[e.InfusionPaused] == pressed
    assert happened[e.ActionDone] == pressed + timedelta(seconds=20)
    state = unsaved.visit(CALM).state
    assert state.reactions[-1].opened_at.latest == pressed
    assert state.reactions[-1].treatments[0].at.latest == pressed + timedelta(seconds=40)


def test_a_touch_by_mistake_is_taken_back_and_all_may_stay_on_paper(unsaved: Ward, disk: FullDisk) -> None:
    unsaved.press("act.oxygen.action")
    done = unsaved.shows("done.1")
    unsaved.press("done.1")
    gone = not unsaved.shows("done.1")
    disk.clear()
    function_key(unsaved, "F5")
    unsaved.press("paper_leave")

    assert (done, gone) == (True, True)
    assert unsaved.phase() == "infuse"
    assert not unsaved.shows("paper_page")


def test_a_failure_while_recording_keeps_what_is_left(unsaved: Ward, disk: FullDisk) -> None:
    unsaved.key("A")
    # The records can be read again, but nothing can be written yet.
    function_key(unsaved, "F5")
    still = unsaved.shows("paper_record")
    unsaved.key("R")
    failed = unsaved.shows("not_saved_bar.title") and unsaved.shows("paper_page")
    disk.clear()
    function_key(unsaved, "F5")
    unsaved.key("R")

    assert (still, failed) == (True, True)
    assert unsaved.phase() == "reaction"
    assert sum(isinstance(item.event, e.ReactionOpened) for item in unsaved.visit(CALM).record) == 1
    assert sum(isinstance(item.event, e.ActionDone) for item in unsaved.visit(CALM).record) == 1


def test_epinephrine_by_mistake_is_taken_back(unsaved: Ward) -> None:
    unsaved.key("E")
    given = unsaved.shows("done.1")
    unsaved.wait(seconds=5)
    unsaved.press("done.1")

    assert given
    assert not unsaved.shows("done.1")


def test_two_presses_of_record_write_each_touch_once_and_a_touch_meanwhile_is_kept(
    unsaved: Ward, disk: FullDisk
) -> None:
    unsaved.key("E")
    disk.clear()
    function_key(unsaved, "F5")
    controller = unsaved.program.controller
    for intent in (RecordPaper(), RecordPaper(), TouchPaper("oxygen")):
        controller.on_intent(intent)
    unsaved.settle()

    given = [item.event.name for item in unsaved.visit(CALM).record if isinstance(item.event, e.TreatmentGiven)]
    assert given == ["epinephrine", "oxygen"]
    assert not unsaved.shows("paper_page")


def test_an_earlier_entry_that_was_saved_does_not_hide_that_the_reaction_was_not(ward: Ward, disk: FullDisk) -> None:
    open_visit(ward, work_to(ward, "infuse"))
    gate = HangingDisk(disk.patch)
    ward.program.controller.on_intent(c.AddNote("before"))
    gate.reached.wait(5)
    ward.program.controller.on_intent(c.OpenReaction(("wheeze",)))
    gate.fill_after_first()
    ward.settle()

    assert [item.event for item in ward.visit(CALM).record][-1] == e.NoteAdded("before")
    assert ward.shows("paper_page")
    assert "Reaction began: Wheeze" in ward.words()


def test_the_onset_is_when_the_key_was_pressed(ward: Ward, disk: FullDisk) -> None:
    open_visit(ward, work_to(ward, "infuse"))
    pressed = ward.visit(CALM).now(ward.clock.read()).latest
    gate = HangingDisk(disk.patch)
    ward.program.controller.on_intent(c.OpenReaction(("wheeze",)))
    gate.reached.wait(5)
    ward.clock.advance(timedelta(seconds=20))
    gate.fail_all()
    ward.settle()
    disk.clear()
    function_key(ward, "F5")
    ward.key("R")

    reaction = ward.visit(CALM).state.reactions[-1]
    assert reaction.opened_at.latest == pressed
    assert reaction.sign_ids == ("wheeze",)


def test_a_disk_that_hangs_brings_the_list_and_what_was_touched_follows_the_entry(ward: Ward, disk: FullDisk) -> None:
    open_visit(ward, work_to(ward, "infuse"))
    gate = HangingDisk(disk.patch)
    ward.program.controller.on_intent(c.OpenReaction())
    gate.reached.wait(5)
    ward.program.controller.tick()
    at_once = ward.shows("paper_page")
    ward.clock.advance(timedelta(seconds=2))
    ward.program.controller.tick()
    waiting = ward.shows("paper_page")
    ward.program.controller.on_intent(TouchPaper("oxygen"))
    gate.go_on()
    ward.settle()

    assert (at_once, waiting) == (False, True)
    assert not ward.shows("paper_page")
    assert ward.phase() == "reaction"
    assert [given.name for given in ward.visit(CALM).state.reactions[-1].treatments] == ["oxygen"]


def test_what_the_rules_refuse_is_said(unsaved: Ward, disk: FullDisk) -> None:
    unsaved.press("act.oxygen.action")
    disk.clear()
    function_key(unsaved, "F5")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "nurse_app.ui.unsaved_reaction.command_of", lambda _state, _touch: c.GiveTreatment("dance", None, None)
        )
        unsaved.key("R")

    words = unsaved.words()
    assert "Not recorded: Reaction began 09:" in words
    assert ", Oxygen 09:" in words


def test_from_the_locked_screen_too(ward: Ward, disk: FullDisk) -> None:
    open_visit(ward, work_to(ward, "infuse"))
    function_key(ward, "F4")
    disk.fill()
    ward.key("F8")

    assert ward.shows("paper_page")
    assert "NOT SAVED: write times on paper" in ward.words()
