"""A whole visit of a sample patient, as a nurse works it: every act is a click or a key."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

from smoke.hands import Hands

NURSES = ("SAMPLE, Nurse One", "SAMPLE, Nurse Two")
PIN = "246810"
PATIENT, BORN = "TRN000417", "1988-03-14"
VIAL = "01003644060080161727083110A12345"
VIAL_LOT, DILUENT_LOT = "A12345", "B778"


@dataclass(slots=True)
class FastTime:
    """Time made to pass for the program, all its clocks alike: libfaketime's offset, read at every look at a clock.

    Its clock of the machine's start is no such clock, so a record begun with it must be gone on with under it.
    """

    file: Path
    seconds: int = 0

    def forward(self, seconds: int) -> None:
        self.seconds += seconds
        beside = self.file.with_suffix(".new")
        beside.write_text(f"+{self.seconds}\n", encoding="ascii")
        # Whole or not at all: the program reads it at every look at a clock.
        os.replace(beside, self.file)


@dataclass(slots=True)
class Nurse:
    """Works through the steps of a visit."""

    hands: Hands
    time: FastTime

    def sign_in(self, name: str = NURSES[0]) -> None:
        self.hands.press_label(name)
        self.hands.write(PIN)
        self.hands.find("home.add")

    def wait(self, minutes: int) -> None:
        """Let time pass with somebody at the keyboard."""
        for _minute in range(minutes):
            self.time.forward(60)
            # The ticker looks twice a second.
            time.sleep(0.6)
            self.hands.key("Shift_L")

    def measure(self, *values: str, opened_by: str = "v") -> None:
        """Vital signs: systolic, diastolic, pulse, breaths, oxygen, temperature."""
        if opened_by:
            self.hands.key(opened_by)
        self.hands.find("vital_signs_sheet.form.cancel")
        for value in values:
            self.hands.write(value)
        self.gone("vital_signs_sheet.form.cancel")

    def gone(self, name: str) -> None:
        """Wait until a control is no longer there. Raises NotSoError."""
        self.hands.until_gone(name)

    def identify(self) -> None:
        self.hands.press_row(PATIENT)
        self.hands.find("identify_page.check")
        self.hands.picture("identify")
        self.hands.write_into("identify_page.wristband", PATIENT)
        self.hands.write_into("identify_page.birth_date", BORN)
        self.hands.press("identify_page.check")
        self.hands.find("prechecks_page.rest")

    def pre_checks(self) -> None:
        self.hands.picture("pre-checks")
        self.hands.press("prechecks_page.rest")
        self.hands.press("prechecks_page.vital_signs.action")
        self.hands.picture("vital-signs")
        self.measure("124", "78", "72", "14", "98", "36.7", opened_by="")
        self.hands.picture("pre-checks-answered")
        self.hands.press("continue")

    def prepare(self) -> None:
        self.hands.find("line.product.row.action")
        self.hands.picture("prepare")
        self.hands.write(VIAL)
        self.hands.press("line.inspect-vial.look.clear")
        self.hands.press("line.diluent.row.action")
        self.hands.press("diluent_sheet.diluent.sodium-chloride-0.9")
        self.hands.press("diluent_sheet.size.right")
        self.hands.write_into("diluent_sheet.lot", DILUENT_LOT)
        self.hands.picture("diluent")
        self.hands.press("diluent_sheet.submit")
        for line in ("added", "inverted", "dilution-finished"):
            self.hands.press(f"line.{line}.row.action")
            self.gone(f"line.{line}.row.action")
        self.hands.press("line.inspect-bag.look.clear")
        self.hands.press("line.labelled.row.action")

    def second_check(self) -> None:
        self.hands.press("line.second-check.row.action")
        self.hands.find("second_check_sheet.lot.entry")
        self.hands.press_label(NURSES[1])
        self.hands.write_into("second_check_sheet.lot", VIAL_LOT)
        self.hands.write_into("second_check_sheet.volume", "15")
        self.hands.write_into("second_check_sheet.record_no", PATIENT)
        self.hands.picture("second-check")
        for digit in (*PIN, "done"):
            self.hands.press(f"second_check_sheet.pin.{digit}")
        self.gone("second_check_sheet.pin.done")

    def start(self) -> None:
        self.hands.press("line")
        self.hands.press("line_sheet.site.left forearm")
        self.hands.press("line_sheet.submit")
        self.hands.press("start")
        self.hands.picture("start")
        self.hands.press("start_sheet.submit")
        self.hands.find("pause")

    def flush(self) -> None:
        self.hands.press("bag_empty")
        self.hands.find("flush_finished")
        self.wait(5)
        self.hands.press("flush_finished")
        self.hands.write_into("flush_sheet.volume", "10")
        self.hands.picture("flush")
        self.hands.press("flush_sheet.submit")
        self.hands.find("left_early")

    def observe(self, minutes: int) -> None:
        """To the end of the observation, with the vital signs that fall due."""
        for _part in range(2):
            self.wait(minutes // 2)
            self.measure("120", "76", "71", "14", "98", "36.6")
        self.hands.picture("observe-over")
        self.hands.press("complete")
        self.hands.find("discharge")
        self.hands.picture("discharge")

    def discharge(self) -> str:
        """Save the record as pages and discharge; what the program said of the file."""
        self.hands.press("save_record")
        said = self.hands.until("Record written to")
        self.hands.picture("record-saved")
        self.hands.press("discharge")
        self.hands.until("Visit closed")
        self.hands.picture("closed")
        return next(line for line in said.splitlines() if line.startswith("Record written to"))
