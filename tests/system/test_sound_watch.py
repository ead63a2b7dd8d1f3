"""The watch over sound devices: told of changes when a server tells, looking now and then when not."""

import sys
from collections.abc import Callable
from queue import Queue
from threading import Event

import pytest

from nurse_app.system.sound_output import OutputFound
from nurse_app.system.sound_watch import ASKING_S, READING_S, TOLD_S, ChangeListener, OutputWatch

SERVER = OutputFound(1, False, "mark", server=True)
CARDS = OutputFound(1, None, "mark")
GONE = OutputFound(0, None)
EVENTS = """
print("Event 'change' on client #9")
print("Event 'new' on sink-input #3")
print("Event 'change' on sink #0")
print("Event 'change' on server")
"""


class FakeListener:
    """Listens once it was started, if it can."""

    def __init__(self, *, can: bool = True) -> None:
        self.can, self.starts, self.ended = can, 0, False

    def hears(self) -> bool:
        return self.can and self.starts > 0

    def start(self) -> None:
        self.starts += 1

    def end(self) -> None:
        self.ended = True


def watch(listener: FakeListener, *found: OutputFound) -> OutputWatch:
    answers = iter(found)
    return OutputWatch(lambda: next(answers), lambda _changed: listener, untold_s=READING_S)


def test_a_server_that_tells_of_changes_is_hardly_ever_asked() -> None:
    listener = FakeListener()
    made = watch(listener, SERVER, SERVER, SERVER)
    assert made.found is None
    # What changed between the first look and the listening is seen soon.
    assert [made.look(), made.look(), made.look()] == [ASKING_S, TOLD_S, TOLD_S]
    assert listener.starts == 1
    assert made.found == SERVER


def test_a_server_that_tells_nothing_is_asked_every_few_seconds() -> None:
    listener = FakeListener(can=False)
    made = watch(listener, SERVER, SERVER)
    assert [made.look(), made.look()] == [ASKING_S, ASKING_S]
    assert listener.starts == 2, "it may be possible by now"


def test_without_a_server_it_looks_as_often_as_it_was_told() -> None:
    made = watch(FakeListener(), CARDS)
    assert made.look() == READING_S


def test_that_a_device_is_there_again_is_said_once() -> None:
    made = watch(FakeListener(), GONE, GONE, CARDS, CARDS, GONE, SERVER)
    back: list[OutputFound | None] = []
    made.came_back = lambda: back.append(made.found)
    for _look in range(6):
        made.look()
    assert back == [CARDS, SERVER]


def test_it_looks_on_a_thread_of_its_own_when_something_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nurse_app.system.sound_watch.REST_S", 0)
    looks: Queue[OutputFound] = Queue()
    given = iter((SERVER, GONE))
    changed: list[Callable[[], None]] = []

    def look() -> OutputFound:
        found = next(given)
        looks.put(found)
        return found

    listener = FakeListener()
    made = OutputWatch(look, lambda told: changed.append(told) or listener)
    made.start()
    assert looks.get(timeout=30) == SERVER
    changed[0]()
    assert looks.get(timeout=30) == GONE
    made.end()
    assert made.found == GONE
    assert listener.ended


def test_a_defect_leaves_no_old_answer_standing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("nurse_app.system.sound_watch.REST_S", 0)
    again, looked = Event(), Event()

    def look() -> OutputFound:
        if not looked.is_set():
            looked.set()
            raise ValueError
        again.set()
        return CARDS

    made = OutputWatch(look, lambda _changed: FakeListener(), untold_s=0)
    made.start()
    assert again.wait(30)
    made.end()
    assert "a defect in looking at the sound devices" in caplog.messages
    assert made.found == CARDS


def test_a_watch_that_was_never_started_can_be_ended() -> None:
    listener = FakeListener()
    watch(listener).end()
    assert listener.ended


def child(code: str) -> tuple[str, ...]:
    return (sys.executable, "-I", "-S", "-u", "-c", code)


def test_only_what_may_mean_another_device_or_volume_counts() -> None:
    changes: Queue[None] = Queue()
    listener = ChangeListener(lambda: changes.put(None), child(EVENTS))
    assert not listener.hears()
    listener.start()
    assert listener._thread is not None
    listener._thread.join(60)
    assert changes.qsize() == 3, "two changes, and the end of the server"
    assert not listener.hears()
    listener.end()


def test_one_that_ends_at_once_without_a_word_is_no_change() -> None:
    changes: Queue[None] = Queue()
    listener = ChangeListener(lambda: changes.put(None), child(""))
    listener.start()
    assert listener._thread is not None
    listener._thread.join(60)
    assert changes.qsize() == 0
    listener.end()


def test_it_listens_once_until_it_is_ended() -> None:
    heard = Event()
    listener = ChangeListener(heard.set, child("import time; print('on server'); time.sleep(600)"))
    listener.start()
    assert heard.wait(60)
    process = listener._process
    listener.start()
    assert listener._process is process, "one is enough"
    assert listener.hears()
    listener.end()
    assert not listener.hears()


def test_a_machine_that_tells_nothing_is_no_error(tmp_path: object) -> None:
    listener = ChangeListener(lambda: None, (f"{tmp_path}/nothing",), {})
    listener.start()
    assert not listener.hears()
    listener.end()
