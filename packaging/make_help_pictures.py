"""Makes the pictures of the first sample visit: python packaging/make_help_pictures.py [FOLDER]. Needs no display.

A sample visit through the real windows, as resources/help/en/first-visit.md tells it, on a clock that is moved. Each
picture has a palette, so that it stays small.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from nurse_app.interchange.scripted_clock import ScriptedClock
from nurse_app.interchange.sequential_identifiers import SequentialIdentifiers
from nurse_app.system.pin_hash import PinHasher, ScryptCost
from nurse_app.ui.hands import Hands
from nurse_app.ui.parts import AppParts
from nurse_app.ui.program import Program, make_application
from nurse_app.ui.rehearsal import Act, RehearsalScript, play
from nurse_app.visit.ports import StreamKind
from nurse_app.window import SAMPLE_NURSES, SAMPLE_PIN, Surrounds, open_parts

PROJECT = Path(__file__).resolve().parents[1]
PICTURES = PROJECT / "resources" / "help" / "pictures"
SIZE = QSize(1024, 700)
BEGINS = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PATIENT = "TRN000417"
COLOURS = 256


class Camera(Hands):
    """Keeps pictures of few colours in a folder."""

    def __init__(self, program: Program, folder: Path) -> None:
        super().__init__(program, folder)
        self._folder = folder

    def picture(self, name: str) -> None:
        self.settle()
        few = with_palette(self.stage.grab().toImage())
        file = f"{name}.png"
        # Quality 0 is the smallest file.
        if not few.save(str(self._folder / file), quality=0):
            message = f"{self._folder / file}: the picture could not be written"
            raise OSError(message)
        self.pictures.append(file)


def with_palette(image: QImage) -> QImage:
    """The picture in the colours that it has most of; Qt by itself would take those of old screens."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    values = np.frombuffer(plain.constBits(), dtype=np.uint32)
    colours, counts = np.unique(values, return_counts=True)
    most = colours[np.argsort(-counts, kind="stable")[:COLOURS]]
    return plain.convertToFormat(
        QImage.Format.Format_Indexed8, [int(colour) for colour in most], Qt.ImageConversionFlag.ThresholdDither
    )


def make_pictures(folder: Path, records: Path) -> list[str]:
    """Play the visit with its records in ``records``; the names of the pictures that are in ``folder`` then."""
    clock, identifiers = ScriptedClock(BEGINS), SequentialIdentifiers()
    given = Surrounds(
        root=records,
        resources=PROJECT / "resources",
        clock=clock,
        chance=identifiers,
        zone=UTC,
        documents=records,
        training=True,
        keep_awake=_no,
        hasher=PinHasher(identifiers.salt, ScryptCost(n=2**4, r=8, p=1)),
        workstation=None,
        plays_time=True,
    )
    parts = open_parts(given)
    program = Program(parts, make_application(sys.argv[:1]))
    camera = Camera(program, folder)
    program.start()
    try:
        camera.settle()
        camera.resize(SIZE)
        play(RehearsalScript("first visit", BEGINS, acts()), camera, clock, _words(parts))
    finally:
        program.end()
    return camera.pictures


def _no(*, wanted: bool) -> None:
    """The machine may sleep, whatever is ``wanted``."""


def _words(parts: AppParts) -> dict[str, str]:
    entries = parts.index.entries(StreamKind.PATIENT)
    words = {str(entry.summary["record_no"]): key for key, entry in entries.items()}
    nurses = {user.name: user.user_id for user in parts.users.station.active()}
    return words | {"nurse": nurses[SAMPLE_NURSES[0]], "second": nurses[SAMPLE_NURSES[1]]}


def acts() -> tuple[Act, ...]:
    """The visit as the help tells it."""
    return (
        *_press("sign_in.people.{nurse}"),
        *_picture("1-sign-in"),
        *_pin(),
        *_picture("2-home"),
        *_press("due.{" + PATIENT + "}"),
        *_write(PATIENT),
        Act(into=("identify_page.birth_date", "14-Mar-1988")),
        *_picture("3-identify"),
        *_key("Enter"),
        Act(wait=2),
        *_key("A", "V"),
        *_write("124", "78", "72", "14", "98", "36.7"),
        *_picture("4-pre-checks"),
        *_key("C", "L"),
        *_press("line_sheet.site.left forearm", "line_sheet.submit"),
        *_prepare(),
        *_second_check(),
        *_press("start"),
        *_picture("7-start"),
        *_press("start_sheet.submit"),
        Act(wait=15),
        *_picture("8-infuse"),
        *_key("V"),
        *_write("121", "76", "75", "14", "98", "36.6"),
        *_key("P", "3"),
        Act(wait=1),
        *_key("R", "F8"),
        *_picture("9-reaction"),
        *_ending(),
    )


def _prepare() -> tuple[Act, ...]:
    return (
        *_press("line.product.row.action", "product_sheet.brand.Tysabri"),
        *_press("product_sheet.strength.right", "product_sheet.route.intravenous"),
        Act(into=("product_sheet.lot", "A12345")),
        Act(into=("product_sheet.expiry", "31-Dec-2030")),
        *_picture("5-vial"),
        *_press("product_sheet.submit"),
        *_key("1"),
        *_press("line.diluent.row.action"),
        *_press("diluent_sheet.diluent.sodium-chloride-0.9", "diluent_sheet.size.right"),
        Act(into=("diluent_sheet.lot", "B778")),
        *_press("diluent_sheet.submit", "line.added.row.action", "line.inverted.row.action"),
        *_press("line.dilution-finished.row.action"),
        *_key("1"),
        *_press("line.labelled.row.action", "line.second-check.row.action"),
    )


def _second_check() -> tuple[Act, ...]:
    return (
        *_press("second_check_sheet.who.{second}"),
        Act(into=("second_check_sheet.lot", "A12345")),
        Act(into=("second_check_sheet.volume", "15")),
        Act(into=("second_check_sheet.record_no", PATIENT)),
        *_picture("6-second-check"),
        *(Act(press=f"second_check_sheet.pin.{digit}") for digit in SAMPLE_PIN),
        *_press("second_check_sheet.pin.done"),
    )


def _ending() -> tuple[Act, ...]:
    return (
        *_press("close_reaction", "close_reaction_sheet.outcome.resolved", "close_reaction_sheet.submit"),
        *_press("decision", "decision_sheet.word.proceed"),
        Act(into=("decision_sheet.by", "SAMPLE, Prescriber")),
        *_press("decision_sheet.read_back.yes", "decision_sheet.submit", "resume"),
        Act(wait=10),
        *_press("bag_empty_early", "bag_empty_sheet.reason.pump", "bag_empty_sheet.submit"),
        *_press("flush_finished"),
        Act(into=("flush_sheet.volume", "10")),
        *_press("flush_sheet.submit", "left_early", "leave_early_sheet.reason.transport", "leave_early_sheet.submit"),
        *_picture("10-discharge"),
        *_press("discharge", "save_record", "home"),
    )


def _press(*names: str) -> tuple[Act, ...]:
    return tuple(Act(press=name) for name in names)


def _key(*keys: str) -> tuple[Act, ...]:
    return tuple(Act(key=key) for key in keys)


def _write(*texts: str) -> tuple[Act, ...]:
    return tuple(Act(write=text) for text in texts)


def _pin() -> tuple[Act, ...]:
    return _key(*SAMPLE_PIN, "Enter")


def _picture(name: str) -> tuple[Act, ...]:
    return (Act(picture=f"first-visit-{name}"),)


def main() -> int:
    """Make them all, where the help has them or in the folder that is named."""
    pictures = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    pictures.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="nurse-app-pictures-") as records:
        for name in make_pictures(pictures, Path(records)):
            print(f"{name}: {(pictures / name).stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
