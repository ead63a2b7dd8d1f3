"""The steps with the window: a whole visit by real keys, sounds, a second start, killed and gone on with."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from smoke import sound
from smoke.commands import Program, report, visits
from smoke.hands import Hands
from smoke.root import innermost
from smoke.screen import Screen
from smoke.steps import Steps, no_complaints, require, silent, well
from smoke.still import standing_still
from smoke.visit import PATIENT, FastTime, Nurse

TRAINING = Path(".local", "share", "nurse-app-training")
ALARM = Path("sounds", "high.wav")
FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")
AWAY_MIN, INFUSION_MIN, OBSERVATION_MIN, SIGNS_EVERY_MIN = 14, 60, 60, 15
_RUNNING_TIME = re.compile(r"^(\d+) min$", re.MULTILINE)
# Longer than the watchdog's limit of 5 s, shorter than its second ring after 10 s more.
_STILL_S, _REST_S = 9, 8
# Three sounds, 10 s together.
_TEST_S = 30
# A loaded machine may lose some pieces of a sound.
_ENOUGH = 0.9
NOT_DONE = 2
# What the log may tell of: the window that was held, and alarms in the steps that have no sound server.
_DONE_TO_IT = (
    "nurse_app.system.watchdog: the window has stood still for ",
    "nurse_app.system.sound_bursts: an alarm could not be sounded",
)


@dataclass(slots=True)
class Window:
    """One start of the program with its window; what it prints goes into two files."""

    process: "subprocess.Popen[str]"
    out: Path
    err: Path

    def printed(self) -> str:
        return self.out.read_text(encoding="utf-8") + self.err.read_text(encoding="utf-8")


class Desk:
    """The screen with the program on it. ``work`` takes what is printed, ``pictures`` what is seen."""

    def __init__(self, program: Program, screen: Screen, work: Path, pictures: Path) -> None:
        self.program, self.work = program, work
        shared, inside = program.files, program.place.inside
        screen.tell(shared / "a11y")
        self.hands = Hands(screen, shared / "a11y", pictures)
        self.data = program.place.home / TRAINING
        self._extra = {
            "DISPLAY": screen.display,
            "AT_SPI_BUS_ADDRESS": f"unix:path={inside(shared / 'a11y')}",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            # What Qt has to say of the screen reader's bus, which only this test turns on.
            "QT_LOGGING_RULES": "qt.accessibility.*=false",
            "PULSE_SERVER": f"unix:{inside(shared / 'pulse')}",
        }
        self._started = 0
        self.windows: list[Window] = []

    def start(self, time_file: Path | None = None, *words: str) -> Window:
        """Start the program; with ``time_file`` its time is libfaketime's."""
        extra = dict(self._extra)
        if time_file is not None:
            library = self.program.files / "libfaketime.so.1"
            shutil.copyfile(FAKETIME, library)
            extra["LD_PRELOAD"] = self.program.place.inside(library)
            extra["FAKETIME_TIMESTAMP_FILE"] = self.program.place.inside(time_file)
            extra["FAKETIME_NO_CACHE"] = "1"
        self._started += 1
        out, err = (self.work / f"window-{self._started}.{end}" for end in ("out", "err"))
        command = self.program.place.command([self.program.place.program, "--training", *words], extra)
        with out.open("w", encoding="utf-8") as told, err.open("w", encoding="utf-8") as complained:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=told, stderr=complained, text=True)
        window = Window(process, out, err)
        self.windows.append(window)
        return window

    def close(self) -> None:
        for window in self.windows:
            if window.process.poll() is None:
                os.kill(innermost(window.process.pid), signal.SIGKILL)
                window.process.wait()
        self.hands.close()


def try_window(steps: Steps, desk: Desk, resources: Path) -> None:
    """A window that stands still, then a visit from sign-in to discharge; after one that failed no other is tried."""
    work = _Work(steps, desk, resources)
    clock, nurse, hands = work.clock, work.nurse, desk.hands
    clock.forward(0)
    acts: list[tuple[str, Callable[[], object]]] = []
    if sound.missing_tools():
        steps.skip(
            "sound test, and a window that stands still rings", f"this machine lacks {', '.join(sound.missing_tools())}"
        )
    else:
        acts.append(("the sound test plays every alarm sound", work.tests_sound))
        acts.append(("a window that stands still while a visit is open rings", work.rings))
    acts += [
        ("window opens, fills the screen, nurse signs in", work.opens),
        ("identify: wristband and birth date", nurse.identify),
        ("pre-checks and vital signs", nurse.pre_checks),
        ("prepare: vial scanned, diluent, each line", nurse.prepare),
        ("second check by the second nurse", nurse.second_check),
        ("line, start of the infusion", nurse.start),
        ("a second start is refused with a sentence", work.second_start),
        ("killed (SIGKILL) while the infusion runs", work.killed),
        (f"started again after {AWAY_MIN} min: same step, clocks go on, resume sheet", work.resumed),
        ("vital signs to the end of the infusion", work.infused),
        ("bag empty, flush", nurse.flush),
        ("observation with vital signs", lambda: nurse.observe(OBSERVATION_MIN)),
        ("record saved as PDF, discharge", work.discharged),
        ("window is closed by the desktop's own key", work.closed),
        ("verify is sound, the report says completed", work.checked),
    ]
    for name, act in acts:
        with steps.step(name):
            act()
        if name in steps.failed:
            hands.picture("failed")
            break
    with steps.step("nothing unexpected was printed or logged"):
        for window in desk.windows:
            silent(window.printed(), "the window's output")
        for log in desk.program.place.home.rglob("log"):
            no_complaints(log, *_DONE_TO_IT)


class _Work:
    """The steps that look at more than the window."""

    def __init__(self, steps: Steps, desk: Desk, resources: Path) -> None:
        self.clock = FastTime(desk.program.files / "faketime.txt")
        self.nurse = Nurse(desk.hands, self.clock)
        self._steps, self._desk, self._hands = steps, desk, desk.hands
        self._alarm = resources / ALARM
        self._visit = ""
        self._training = ("--data-dir", desk.program.inside(*TRAINING.parts))

    def opens(self) -> None:
        begun = time.monotonic()
        self._desk.start(self.clock.file)
        self._hands.find("sign_in.pin.done", 60)
        self._steps.said = f"first screen after {time.monotonic() - begun:.1f} s, with a screen reader on"
        self._hands.maximise()
        self._hands.picture("sign-in")
        self.nurse.sign_in()
        self._hands.picture("home")

    def tests_sound(self) -> None:
        """In a start of its own without libfaketime, under which a thread that waits is never woken."""
        window = self._desk.start(None, "--data-dir", self._desk.program.inside("sound-test"))
        self._hands.find("sign_in.pin.done", 60)
        self._hands.maximise()
        self.nurse.sign_in()
        sounds = sorted(self._alarm.parent.glob("*.wav"))
        sink = sound.NullSink(self._desk.program.files / "pulse", self._alarm, self._desk.work)
        try:
            self._hands.press("home.sound_test")
            self._hands.press("sound_test.play")
            self._hands.find("sound_test.heard", _TEST_S)
            until = time.monotonic() + _REST_S
            while min(heard := [sink.heard(each) for each in sounds]) < 1 and time.monotonic() < until:
                time.sleep(0.5)
            self._hands.picture("sound-test")
            self._hands.press("sound_test.heard")
            self._hands.until("you heard the sounds")
        finally:
            sink.close()
        told = ", ".join(f"{each.name} {share:.0%}" for each, share in zip(sounds, heard, strict=True))
        require(min(heard) > _ENOUGH, f"heard: {told}")
        # The server is gone, and with it every device.
        self._hands.until("no loudspeaker")
        self._steps.said = f"heard bit by bit: {told}; a server that goes is told"
        _close(self._hands, window)

    def rings(self) -> None:
        """In a start of its own without libfaketime, under which the watchdog's waits never end."""
        window = self._desk.start(None, "--data-dir", self._desk.program.inside("still"))
        self._hands.find("sign_in.pin.done", 60)
        self._hands.maximise()
        self.nurse.sign_in()
        self.nurse.identify()
        sink = sound.NullSink(self._desk.program.files / "pulse", self._alarm, self._desk.work)
        try:
            with standing_still(innermost(window.process.pid)):
                time.sleep(_STILL_S)
            # The rest of the sound, and what the server holds back of it.
            until = time.monotonic() + _REST_S
            while (heard := sink.heard()) < 1 and time.monotonic() < until:
                time.sleep(0.5)
        finally:
            sink.close()
        require(heard > _ENOUGH, f"of the shipped sound {heard:.0%} was heard")
        self._steps.said = f"{self._alarm.name} reached the sound server, {heard:.0%} of it bit by bit"
        _close(self._hands, window)

    def second_start(self) -> None:
        second = self._desk.start()
        # It prints the sentence too, and that is expected.
        self._desk.windows.remove(second)
        words = self._hands.until("already open", 60)
        sentence = next(line for line in words.splitlines() if "already open" in line)
        self._hands.picture("second-start")
        self._hands.key("alt+F4")
        code = second.process.wait(timeout=60)
        require(code == NOT_DONE, f"ended with {code}")
        silent(second.printed().replace(sentence, ""), "the second start's output")
        self._hands.find("pause")

    def killed(self) -> None:
        self._hands.picture("before-the-kill")
        window = self._desk.windows[-1]
        os.kill(innermost(window.process.pid), signal.SIGKILL)
        window.process.wait(timeout=10)
        (self._visit,) = visits(self._desk.data)
        state = report(self._desk.program, self._training, self._visit)
        require("infus" in str(state["phase"]), f"the report says {state['phase']}")
        self._steps.said = f"the report says {state['phase']}"

    def resumed(self) -> None:
        self.clock.forward(60 * AWAY_MIN)
        self._desk.start(self.clock.file)
        self._hands.find("sign_in.pin.done", 60)
        self._hands.maximise()
        self.nurse.sign_in()
        self._hands.press_row(PATIENT)
        self._hands.find("resume_sheet.submit")
        words = self._hands.words()
        self._hands.picture("resume")
        ran = [int(minutes) for minutes in _RUNNING_TIME.findall(words.partition("The infusion has run for")[2])]
        require(ran and AWAY_MIN <= ran[0] <= AWAY_MIN + 8, f"it says the infusion has run for {ran} min")
        require("4 Infuse, now" in words, "another step is shown")
        self._hands.press("resume_sheet.submit")
        self._hands.find("pause")
        self._hands.picture("resumed")
        self._steps.said = f"the infusion has run for {ran[0]} min"

    def infused(self) -> None:
        self.nurse.measure("121", "76", "75", "14", "98", "36.6")
        left = INFUSION_MIN - AWAY_MIN
        for _part in range(left // SIGNS_EVERY_MIN):
            self.nurse.wait(SIGNS_EVERY_MIN)
            self.nurse.measure("122", "77", "73", "14", "99", "36.6")
        self.nurse.wait(left % SIGNS_EVERY_MIN)
        self._hands.picture("infusion-time-over")

    def discharged(self) -> None:
        said = self.nurse.discharge()
        (file,) = self._desk.program.place.home.glob("visit-*.pdf")
        content = file.read_bytes()
        # Where a long name may be broken, the label has a mark that nobody sees.
        require(file.name in said.replace("\u200b", ""), f"it says: {said}")
        require(content.startswith(b"%PDF-1.4") and content.rstrip().endswith(b"%%EOF"), "no whole PDF")
        require(b"/FontFile2" in content, "no fonts in the PDF")
        self._steps.said = f"{len(content) / 1000:.0f} kB"

    def closed(self) -> None:
        _close(self._hands, self._desk.windows[-1])

    def checked(self) -> None:
        program = self._desk.program
        told = well(program.run(*self._training, "verify")).strip()
        require("All are sound." in told, told)
        require(visits(self._desk.data) == [self._visit], "there is another visit")
        state = report(program, self._training, self._visit)
        ended = (state["phase"], state["outcome"])
        require(ended == ("closed", "completed"), f"the report says {ended}")
        self._steps.said = told


def _close(hands: Hands, window: Window) -> None:
    hands.key("alt+F4")
    code = window.process.wait(timeout=60)
    require(code == 0, f"ended with {code}")
