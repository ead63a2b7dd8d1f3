"""The windows without a screen: the rehearsal, and the pages of a visit's record."""

import json
import os
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from nurse_app.cli.arguments import RehearseArguments
from nurse_app.cli.checkpoints import Workstation, this_workstation
from nurse_app.cli.outcome import NOT_SO, OK
from nurse_app.cli.record_checks import check_summary
from nurse_app.cli.streams import Streams
from nurse_app.interchange.record_document import RecordDocument
from nurse_app.interchange.scripted_clock import ScriptedClock
from nurse_app.plain_data import build
from nurse_app.protocol_files.errors import ProtocolError
from nurse_app.store.data_folder import DataFolderError
from nurse_app.system.identifiers import RandomIdentifiers
from nurse_app.system.pin_hash import PinHasher, ScryptCost
from nurse_app.system.scratch import scratch_folder
from nurse_app.ui.complaints import is_blank, listening
from nurse_app.ui.font_look import look_at_fonts
from nurse_app.ui.hands import Hands
from nurse_app.ui.parts import AppParts
from nurse_app.ui.program import Program, make_application, qt_version
from nurse_app.ui.record_pdf import load_record_fonts, record_pdf
from nurse_app.ui.rehearsal import RehearsalScript, play
from nurse_app.visit.ports import InUseError, NotSavedError, StreamKind, UnreadableRecordError
from nurse_app.visit.self_test import FontsFound, Rehearsed
from nurse_app.window import SAMPLE_NURSES, Surrounds, open_parts

# What a broken installation or machine may raise while a sample visit is played.
_UNFIT = (
    OSError, ValueError, RuntimeError, MemoryError, ProtocolError,
    DataFolderError, InUseError, NotSavedError, UnreadableRecordError,
)  # fmt: skip


def rehearse(arguments: RehearseArguments, streams: Streams, resources: Path) -> int:
    """A whole sample visit through the real windows in fast time; 0 when every act could be done, else 1."""
    with ExitStack() as stack:
        root = arguments.data_dir
        workstation = this_workstation()
        if root is None:
            root = Path(stack.enter_context(TemporaryDirectory(prefix="nurse-app-rehearsal-")), "records")
            workstation = None
        output = arguments.output or Path(mkdtemp(prefix="nurse-app-pictures-"))
        output.mkdir(parents=True, exist_ok=True)
        try:
            pictures = _play_in(root, output, workstation, resources)
        except LookupError as error:
            streams.tell(f"The rehearsal stopped: {error}")
            return NOT_SO
        for file in (*pictures, *(found.name for found in sorted(output.glob("*.pdf")))):
            streams.say(str(output / file))
        streams.tell(f"Rehearsed: {len(pictures)} pictures and the printed record are in {output}.")
        return OK


def _play_in(root: Path, output: Path, workstation: Workstation | None, resources: Path) -> list[str]:
    """Play the sample visit with its records in ``root``; the names of the pictures in ``output``.

    Raises LookupError when something that it needs is not on the screen.
    """
    _no_screen(resources)
    script = build(RehearsalScript, json.loads((resources / "training" / "rehearsal.json").read_text("utf-8")))
    clock = ScriptedClock(script.clock)
    identifiers = RandomIdentifiers()
    given = Surrounds(
        root=root,
        resources=resources,
        clock=clock,
        chance=identifiers,
        zone=script.clock.tzinfo,
        documents=output,
        training=True,
        keep_awake=_no,
        hasher=PinHasher(identifiers.salt, ScryptCost(n=2**10, r=8, p=1)),
        workstation=workstation,
        plays_time=True,
    )
    parts = open_parts(given)
    program = Program(parts, make_application(sys.argv[:1]))
    hands = Hands(program, output)
    hands.start()
    try:
        hands.settle()
        play(script, hands, clock, _words(parts))
    finally:
        hands.end()
    return hands.pictures


def rehearse_in_scratch(resources: Path) -> Rehearsed:
    """The same for a self-test, in a folder that is gone afterwards: what was painted, kept, printed, complained of."""
    with scratch_folder("nurse-app-self-test-") as scratch, listening() as heard:
        root, output = scratch / "records", scratch / "output"
        output.mkdir()
        workstation = Workstation(scratch / "workstation", RandomIdentifiers().salt)
        stopped = ""
        try:
            _play_in(root, output, workstation, resources)
        except (LookupError, *_UNFIT) as error:
            stopped = _why(error)
        pictures = sorted(output.glob("*.png"))
        summary = check_summary(root, workstation, lambda _done, _all: None)
        return Rehearsed(
            pages=len(pictures),
            blank=sum(is_blank(picture) for picture in pictures),
            complaints=len(heard),
            first=heard[0] if heard else "",
            stopped=stopped,
            paper=sum(_is_whole_pdf(page) for page in output.glob("*.pdf")),
            entries=summary.entries,
            findings=tuple(finding.what for finding in summary.findings),
        )


def _why(error: BaseException) -> str:
    """In a few words, without the list of what is on the screen instead."""
    said = str(error).partition(";")[0]
    return said if isinstance(error, LookupError | ProtocolError) else type(error).__name__


def _is_whole_pdf(page: Path) -> bool:
    content = page.read_bytes()
    return content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")


def fonts_of_windows(resources: Path, letters: Iterable[str]) -> FontsFound:
    """The bundled fonts as the windows read them; what Qt says of them and of the machine's locale is not passed on."""
    _no_screen(resources)
    with listening():
        make_application(sys.argv[:1])
        return look_at_fonts(resources, letters)


def qt_of_windows() -> str:
    """The version of Qt."""
    return qt_version()


def _no(*, wanted: bool) -> None:
    """A rehearsal lets the machine sleep, whatever is ``wanted``."""


def _no_screen(resources: Path) -> None:
    """Whatever Qt shows from now on, it shows nowhere."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # Where there is no fontconfig, as on Windows, it looks for fonts in a folder, and says so when that is missing.
    os.environ["QT_QPA_FONTDIR"] = str(resources / "fonts")


def _words(parts: AppParts) -> dict[str, str]:
    """What the acts may name: each sample patient's id by record number, the sample nurses' ids."""
    entries = parts.index.entries(StreamKind.PATIENT)
    words = {str(entry.summary["record_no"]): key for key, entry in entries.items()}
    nurses = {user.name: user.user_id for user in parts.users.station.active()}
    return words | {"nurse": nurses[SAMPLE_NURSES[0]], "second": nurses[SAMPLE_NURSES[1]]}


def draw_pdf(document: RecordDocument, resources: Path) -> bytes:
    """The pages of a visit's record; no display is needed."""
    _no_screen(resources)
    make_application(sys.argv[:1])
    load_record_fonts(resources)
    return record_pdf(document)
