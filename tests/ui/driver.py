"""The real program on a real store with a clock that only the test moves, driven by real presses and keys."""

import gc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from nurse_app.cli.checkpoints import Workstation
from nurse_app.domain.events import Event
from nurse_app.domain.record import Recorded
from nurse_app.interchange.scripted_clock import ScriptedClock
from nurse_app.interchange.sequential_identifiers import SequentialIdentifiers
from nurse_app.presentation.entry_words_alarms import WORDS as ALARM_WORDS
from nurse_app.system.pin_hash import PinHasher, ScryptCost
from nurse_app.ui.hands import Hands
from nurse_app.ui.parts import AppParts
from nurse_app.ui.program import Program
from nurse_app.visit.open_visit import OpenVisit
from nurse_app.visit.ports import StreamKind
from nurse_app.window import SAMPLE_NURSES, SAMPLE_PIN, Surrounds, open_parts

RESOURCES = Path(__file__).parents[2] / "resources"
CALM, HELD, FIRST, RISING = "TRN000417", "TRN000418", "TRN000419", "TRN000420"
BORN = {CALM: "1988-03-14", HELD: "1959-07-02", FIRST: "1995-11-30", RISING: "1979-05-21"}
T0 = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
QUICK = ScryptCost(n=2**4, r=8, p=1)


class Ward(Hands):
    """One running program of a test. ``close`` ends it in good order, ``kill`` leaves its records as they are."""

    def __init__(self, folder: Path, app: QApplication, *, training: bool = True, begins: datetime = T0) -> None:
        self.awake: list[bool] = []
        self.folder = folder
        self.clock = ScriptedClock(begins, timedelta(hours=5))
        self.identifiers = SequentialIdentifiers()
        self._app = app
        self._training = training
        self.parts = self._open()
        self.program = Program(self.parts, app)
        super().__init__(self.program, None)
        self.program.stage.show()
        self.program.controller.start()
        self.settle()

    def _open(self) -> AppParts:
        return open_parts(self._surrounds())

    def _surrounds(self) -> Surrounds:
        return Surrounds(
            root=self.folder / "records",
            resources=RESOURCES,
            clock=self.clock,
            chance=self.identifiers,
            zone=UTC,
            documents=self.folder,
            training=self._training,
            keep_awake=lambda *, wanted: self.awake.append(wanted),
            hasher=PinHasher(self.identifiers.salt, QUICK),
            workstation=Workstation(self.folder / "workstation", self.identifiers.salt),
        )

    def restart(self, off_for: timedelta | None = None, up_for: timedelta = timedelta(0)) -> None:
        """End the program and start it again on the same records; with ``off_for`` the machine was off meanwhile."""
        self.close()
        if off_for is not None:
            self.clock.reboot(off_for)
            self.clock.advance(up_for)
        self.parts = self._open()
        self.program = Program(self.parts, self._app)
        self._program = self.program
        self.program.stage.show()
        self.program.controller.start()
        self.settle()

    def close(self) -> None:
        self.settle()
        self.program.end()
        self.program.stage.close()
        self.program.stage.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()

    # --- who and whom ---

    def user(self, place: int = 0) -> str:
        users = self.parts.users.station.active()
        return next(user.user_id for user in users if user.name == SAMPLE_NURSES[place])

    def patient(self, record_no: str) -> str:
        found = self.parts.service.patient_with(record_no)
        assert found is not None
        return found

    def sign_in(self, place: int = 0) -> "Ward":
        self.press(f"sign_in.people.{self.user(place)}")
        self.enter_pin("sign_in.pin", SAMPLE_PIN)
        return self

    def enter_pin(self, pad: str, pin: str) -> None:
        for digit in pin:
            self.press(f"{pad}.{digit}")
        self.press(f"{pad}.done")

    def wait(self, **duration: float) -> None:
        """Let time pass with somebody at the keyboard."""
        self.clock.advance(timedelta(**duration))
        self.key("Shift")

    def until(self, is_so: Callable[[], bool]) -> None:
        """Wait, without sleeping, for something that comes behind the entries; AssertionError when it never is so."""
        for _turn in range(400):
            if is_so():
                return
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            self.settle()
        raise AssertionError

    def visit(self, record_no: str) -> OpenVisit:
        """The newest visit of a patient."""
        patient = self.patient(record_no)
        visits = [visit for visit in self.parts.service.visits().values() if visit.state.patient_id == patient]
        return visits[-1]

    def entries(self, record_no: str = CALM) -> tuple[Recorded[Event], ...]:
        """What people did in the newest visit of a patient: all entries but those the program makes about alarms."""
        return tuple(item for item in self.visit(record_no).record if type(item.event) not in ALARM_WORDS)

    def phase(self, record_no: str = CALM) -> str:
        return self.visit(record_no).state.phase

    def shows(self, name: str) -> bool:
        try:
            self.find(name)
        except LookupError:
            return False
        return True

    def words(self) -> str:
        """Every text that is on the screen, and what a screen reader is told of what is painted."""
        shown = [widget for widget in self.stage.findChildren(QWidget) if widget.isVisible()]
        texts = [widget.text() for widget in shown if isinstance(widget, QLabel | QAbstractButton)]
        told = [text for widget in shown for text in (widget.accessibleName(), widget.accessibleDescription())]
        return "\n".join(text for text in (*texts, *told) if text)

    def records(self, kind: StreamKind) -> tuple[str, ...]:
        return tuple(self.parts.index.entries(kind))

    # --- the way of a visit ---

    def to_prechecks(self, record_no: str = CALM) -> None:
        self.press(f"due.{self.patient(record_no)}")
        self.write_into("identify_page.wristband", record_no)
        self.write_into("identify_page.birth_date", BORN[record_no])
        self.press("identify_page.check")

    def to_prepare(self, record_no: str = CALM) -> None:
        self.to_prechecks(record_no)
        self.press("prechecks_page.rest")
        self.press("prechecks_page.vital_signs.action")
        self.vital_signs("124", "78", "72", "14", "98", "36.7")
        self.press("continue")

    def vital_signs(self, *values: str) -> None:
        for value in values:
            self.write(value)

    def to_second_check(self, record_no: str = CALM) -> None:
        self.to_prepare(record_no)
        self.write("01003644060080161727083110A12345")
        self.press("line.inspect-vial.look.clear")
        self.press("line.diluent.row.action")
        self.press("diluent_sheet.diluent.sodium-chloride-0.9")
        self.press("diluent_sheet.size.right")
        self.write_into("diluent_sheet.lot", "B778")
        self.press("diluent_sheet.submit")
        for line in ("added", "inverted", "dilution-finished"):
            self.press(f"line.{line}.row.action")
        self.press("line.inspect-bag.look.clear")
        self.press("line.labelled.row.action")
        self.press("line.second-check.row.action")

    def second_check(
        self, lot: str = "A12345", volume: str = "15", record_no: str = CALM, pin: str = SAMPLE_PIN
    ) -> None:
        self.press(f"second_check_sheet.who.{self.user(1)}")
        self.write_into("second_check_sheet.lot", lot)
        self.write_into("second_check_sheet.volume", volume)
        self.write_into("second_check_sheet.record_no", record_no)
        self.enter_pin("second_check_sheet.pin", pin)

    def to_infuse(self, record_no: str = CALM) -> None:
        self.to_second_check(record_no)
        self.second_check(record_no=record_no)
        self.press("line")
        self.press("line_sheet.site.left forearm")
        self.press("line_sheet.submit")
        self.press("start")
        self.press("start_sheet.submit")

    def to_observe(self) -> None:
        self.to_infuse()
        self.wait(minutes=60)
        self.press("bag_empty")
        self.wait(minutes=5)
        self.press("flush_finished")
        self.write_into("flush_sheet.volume", "9")
        self.press("flush_sheet.submit")
