"""The Reaction key while nothing can be saved: the list at once, times in memory, recorded when saving works again."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from nurse_app.domain import events as e
from tests.ui.driver import CALM, Ward
from tests.ui.quick import function_key, open_visit, work_to
from tests.ui.test_app_not_saved import FullDisk


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


def test_from_the_locked_screen_too(ward: Ward, disk: FullDisk) -> None:
    open_visit(ward, work_to(ward, "infuse"))
    function_key(ward, "F4")
    disk.fill()
    ward.key("F8")

    assert ward.shows("paper_page")
    assert "NOT SAVED: write times on paper" in ward.words()
