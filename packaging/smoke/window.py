"""The steps with the window: a whole visit by real keys, sounds, a second start, killed and gone on with."""

import os
import re
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from smoke import sound
from smoke.commands import Program, report, visits
from smoke.hands import Hands
from smoke.root import innermost, run
from smoke.screen import Screen
from smoke.steps import Steps, no_complaints, require, silent, well
from smoke.still import standing_still
from smoke.visit import PATIENT, FastTime, Nurse

TRAINING = Path(".local", "share", "nurse-app-training")
ALARM = Path("resources", "sounds", "high.wav")
FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")
AWAY_MIN, INFUSION_MIN, OBSERVATION_MIN, SIGNS_EVERY_MIN = 14, 60, 60, 15
_RUNNING_TIME = re.compile(r"^(\d+) min$", re.MULTILINE)
# Longer than the watchdog's limit of 5 s, shorter than its second ring after 10 s more.
_STILL_S = 9


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
            "PULSE_SERVER": f"unix:{inside(shared / 'pulse')}",
        }
        self._started = 0
        self.windows: list[Window] = []

    def start(self, time_file: Path | None = None) -> Window:
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
        command = self.program.place.command([self.program.place.program, "--training"], extra)
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
    """A visit from sign-in to discharge; the steps after one that failed are left out, because each needs the one before."""
    hands, clock = desk.hands, FastTime(desk.program.files / "faketime.txt")
    nurse = Nurse(hands, clock)
    clock.forward(0)
    before = len(steps.failed)
    window, begun = desk.start(), time.monotonic()

    def step(name: str, *acts: object) -> bool:
        if len(steps.failed) > before:
            return False
        with steps.step(name):
            for act in acts:
                act()  # type: ignore[operator]
        if len(steps.failed) > before:
            hands.picture("failed")
        return len(steps.failed) == before

    def opened() -> None:
        hands.find("sign_in.pin.done", 60)
        steps.said = f"first screen after {time.monotonic() - begun:.1f} s, with a screen reader on"
        hands.maximise()
        hands.picture("sign-in")

    step("window opens, is maximised, nurse signs in", opened, nurse.sign_in, lambda: hands.picture("home"))
    step("identify: wristband and birth date", nurse.identify)
    step("pre-checks and vital signs", nurse.pre_checks)
    step("prepare: vial scanned, diluent, each line", nurse.prepare)
    step("second check by the second nurse", nurse.second_check)
    step("line, start of the infusion", nurse.start, lambda: hands.picture("infusion-runs"))
    step("a second start is refused with a sentence", lambda: _second_start(desk))
    if sound.missing_tools():
        steps.skip("a window that stands still rings", f"this machine lacks {', '.join(sound.missing_tools())}")
    else:
        step("a window that stands still rings", lambda: _rings(steps, desk, window, resources))
    held: dict[str, object] = {}
    step("killed (SIGKILL) while the infusion runs", lambda: held.update(_killed(desk, window)))
    again: list[Window] = []

    def resumed() -> None:
        clock.forward(60 * AWAY_MIN)
        again.append(desk.start(clock.file))
        hands.find("sign_in.pin.done", 60)
        hands.maximise()
        nurse.sign_in()
        steps.said = _resumed(desk, held)

    step(f"started again after {AWAY_MIN} min: same step, clocks go on, resume sheet", resumed)
    step("vital signs every 15 min to the end of the infusion", lambda: _infused(nurse))
    step("bag empty, flush", nurse.flush, lambda: hands.picture("observe"))
    step("observation with vital signs", lambda: nurse.observe(OBSERVATION_MIN))
    step("record saved as PDF, discharge", lambda: _discharged(steps, desk, nurse))
    step("window is closed by the desktop's own key", lambda: _closed(desk, again[0]))
    step("verify is sound, report says completed", lambda: _checked(steps, desk, held))
    with steps.step("nothing unexpected was printed or logged"):
        for each in desk.windows:
            silent(each.printed(), "the window's output")
        no_complaints(desk.data / "log", expected="nurse_app.system.watchdog: the window has stood still for ")


def _second_start(desk: Desk) -> None:
    second = desk.start()
    # It prints the sentence too, and that is expected.
    desk.windows.remove(second)
    sentence = next(line for line in desk.hands.until("already open", 40).splitlines() if "already open" in line)
    desk.hands.picture("second-start")
    desk.hands.key("alt+F4")
    code = second.process.wait(timeout=30)
    require(code == 2, f"ended with {code}")
    silent(second.printed().replace(sentence, ""), "the second start's output")
    desk.hands.find("pause")


def _rings(steps: Steps, desk: Desk, window: Window, resources: Path) -> None:
    sink = sound.NullSink(desk.program.files / "pulse", resources / ALARM.relative_to("resources"), desk.work)
    try:
        with standing_still(innermost(window.process.pid)):
            time.sleep(_STILL_S)
        # The rest of the sound, and what the server holds back of it.
        until = time.monotonic() + 8
        while (heard := sink.heard()) < 1 and time.monotonic() < until:
            time.sleep(0.5)
    finally:
        sink.close()
    require(heard > 0.9, f"of the shipped sound {heard:.0%} was heard")
    steps.said = f"{ALARM.name} reached the sound server, {heard:.0%} of it bit by bit"


def _killed(desk: Desk, window: Window) -> dict[str, object]:
    os.kill(innermost(window.process.pid), signal.SIGKILL)
    window.process.wait(timeout=10)
    (visit,) = visits(desk.data)
    state = report(desk.program, ("--data-dir", desk.program.inside(*TRAINING.parts)), visit)
    require(state["phase"] == "infusing" or "infus" in str(state["phase"]), f"the report says {state['phase']}")
    return {"visit": visit, "state": state}


def _resumed(desk: Desk, held: dict[str, object]) -> str:
    desk.hands.press_row(PATIENT)
    desk.hands.find("resume_sheet.submit")
    words = desk.hands.words()
    desk.hands.picture("resume")
    ran = [int(minutes) for minutes in _RUNNING_TIME.findall(words.partition("The infusion has run for")[2])]
    require(ran and AWAY_MIN <= ran[0] <= AWAY_MIN + 8, f"it says the infusion has run for {ran} min")
    require("4 Infuse, now" in words, "another step is shown")
    desk.hands.press("resume_sheet.submit")
    desk.hands.find("pause")
    desk.hands.picture("resumed")
    return f"the infusion has run for {ran[0]} min"


def _infused(nurse: Nurse) -> None:
    nurse.measure("121", "76", "75", "14", "98", "36.6")
    for _quarter in range((INFUSION_MIN - AWAY_MIN) // SIGNS_EVERY_MIN):
        nurse.wait(SIGNS_EVERY_MIN)
        nurse.measure("122", "77", "73", "14", "99", "36.6")
    nurse.wait(1 + (INFUSION_MIN - AWAY_MIN) % SIGNS_EVERY_MIN)
    nurse.hands.picture("infusion-time-over")


def _discharged(steps: Steps, desk: Desk, nurse: Nurse) -> None:
    said = nurse.discharge()
    (file,) = desk.program.place.home.glob("visit-*.pdf")
    content = file.read_bytes()
    require(file.name in said, f"it says: {said}")
    require(content.startswith(b"%PDF-1.4") and content.rstrip().endswith(b"%%EOF"), "no whole PDF")
    require(b"/FontFile2" in content, "no fonts in the PDF")
    steps.said = f"{len(content) / 1000:.0f} kB"


def _closed(desk: Desk, window: Window) -> None:
    desk.hands.key("alt+F4")
    code = window.process.wait(timeout=30)
    require(code == 0, f"ended with {code}")


def _checked(steps: Steps, desk: Desk, held: dict[str, object]) -> None:
    data = ("--data-dir", desk.program.inside(*TRAINING.parts))
    steps.said = well(desk.program.run(*data, "verify")).strip()
    require("All are sound." in steps.said, steps.said)
    (visit,) = visits(desk.data)
    require(visit == held["visit"], "it is another visit")
    state = report(desk.program, data, visit)
    require(state["outcome"] == "completed" and state["phase"] == "closed", f"{state['outcome']}, {state['phase']}")
    listed = run(desk.program.place, ["ls", desk.program.inside()])
    require(listed.code == 0, listed.err)
