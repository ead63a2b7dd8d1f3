"""The sound of alarms on this machine: a thread that plays, another that watches the devices, and what is wrong."""

import logging
import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Literal, get_args

from nurse_app.domain.alarm_events import Priority
from nurse_app.domain.sound import SoundTrouble
from nurse_app.system.sound import Burst, burst_in, machine_players
from nurse_app.system.sound_bursts import Bursts
from nurse_app.system.sound_output import SoundPlaces, ask_system, look_at_output
from nurse_app.system.sound_watch import ASKING_S, CHANGES, READING_S, OutputWatch

_log = logging.getLogger(__name__)
# A sound server that is well answers in milliseconds.
_ANSWERS_WITHIN_S = 1.0

_Order = Priority | Literal["stop", "read", "forgive", "end"]


class MachineAlarmSound:
    """The port AlarmSound (visit/alarm_sound.py). ``start`` begins its threads, ``end`` ends them and what plays."""

    def __init__(self, bursts: Bursts, watch: OutputWatch) -> None:
        self._bursts = bursts
        self._watch = watch
        watch.came_back = lambda: self._orders.put("forgive")
        self._orders: SimpleQueue[_Order] = SimpleQueue()
        self._thread = Thread(target=self._play, name="alarm-sound", daemon=True)

    def start(self) -> None:
        self._orders.put("read")
        self._thread.start()
        self._watch.start()

    def end(self) -> None:
        """End it; harmless when it was never started."""
        self._orders.put("end")
        if self._thread.is_alive():
            self._thread.join()
        self._watch.end()

    def ring(self, priority: Priority) -> None:
        self._orders.put(priority)
        self._watch.look_again()

    def stop(self) -> None:
        self._orders.put("stop")

    def trouble(self) -> SoundTrouble | None:
        found = self._watch.found
        if not self._bursts.has_player:
            return "no-player"
        if found is not None and found.devices == 0:
            return "no-device"
        if self._bursts.failed or self._bursts.lacks_sound:
            return "failed"
        return "muted" if found is not None and found.muted else None

    def look_again(self) -> None:
        self._orders.put("read")
        self._watch.look_again()

    def device(self) -> str:
        return "" if self._watch.found is None else self._watch.found.device

    def _play(self) -> None:
        """On the thread of the sound. A defect is no end of it: the next alarm must be tried, too."""
        is_going_on = True
        while is_going_on:
            try:
                is_going_on = self.turn()
            except Exception:  # noqa: BLE001
                self._bursts.fail()
                _log.exception("a defect in the sound of alarms")

    def turn(self) -> bool:
        """Look at what plays, and do what is asked; waits for that when nothing plays. False at the end."""
        was_playing = self._bursts.plays
        wait_s = self._bursts.go_on()
        if was_playing and not self._bursts.plays:
            # What went wrong may have to do with the devices.
            self._watch.look_again()
        try:
            order = self._orders.get(timeout=wait_s)
        except Empty:
            return True
        self._do(order)
        return order != "end"

    def _do(self, order: _Order) -> None:
        match order:
            case "high" | "medium" | "low":
                self._bursts.ring(order)
            case "read":
                self._bursts.read()
            case "forgive":
                self._bursts.forgive()
            case _:
                self._bursts.stop()


def sounds_in(folder: Path) -> Mapping[Priority, Burst]:
    """The sounds of the priorities that can be played; a missing or broken file is left out."""
    found: dict[Priority, Burst | None] = {each: burst_in(folder / f"{each}.wav") for each in get_args(Priority)}
    return {priority: burst for priority, burst in found.items() if burst is not None}


def machine_alarm_sound(folder: Path, find: Callable[[str], str | None] = shutil.which) -> MachineAlarmSound:
    """What rings on this machine, with the sounds of a folder. Looks at nothing before it is started."""
    has_server = find(CHANGES[0]) is not None
    ask = partial(ask_system, within_s=_ANSWERS_WITHIN_S)
    places = SoundPlaces(ask if has_server else _nobody)
    watch = OutputWatch(lambda: look_at_output(places), untold_s=ASKING_S if has_server else READING_S)
    return MachineAlarmSound(Bursts(machine_players(find=find), lambda: sounds_in(folder)), watch)


def _nobody(_command: object) -> None:
    """Nobody to ask."""
