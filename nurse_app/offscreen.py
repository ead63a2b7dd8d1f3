"""The windows without a screen: the rehearsal, and the pages of a visit's record."""

import json
import os
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from nurse_app.cli.arguments import RehearseArguments
from nurse_app.cli.checkpoints import this_workstation
from nurse_app.cli.outcome import NOT_SO, OK
from nurse_app.cli.streams import Streams
from nurse_app.interchange.record_document import RecordDocument
from nurse_app.interchange.scripted_clock import ScriptedClock
from nurse_app.plain_data import build
from nurse_app.system.identifiers import RandomIdentifiers
from nurse_app.system.pin_hash import PinHasher, ScryptCost
from nurse_app.ui.hands import Hands
from nurse_app.ui.parts import AppParts
from nurse_app.ui.program import Program, make_application
from nurse_app.ui.record_pdf import load_record_fonts, record_pdf
from nurse_app.ui.rehearsal import RehearsalScript, play
from nurse_app.visit.ports import StreamKind
from nurse_app.window import SAMPLE_NURSES, Surrounds, open_parts


def rehearse(arguments: RehearseArguments, streams: Streams, resources: Path) -> int:
    """A whole sample visit through the real windows in fast time; 0 when every act could be done, else 1."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with ExitStack() as stack:
        root = arguments.data_dir
        if root is None:
            root = Path(stack.enter_context(TemporaryDirectory(prefix="nurse-app-rehearsal-")), "records")
        output = arguments.output or Path(mkdtemp(prefix="nurse-app-pictures-"))
        output.mkdir(parents=True, exist_ok=True)
        script = build(RehearsalScript, json.loads((resources / "training" / "rehearsal.json").read_text("utf-8")))
        clock = ScriptedClock(script.clock)
        identifiers = RandomIdentifiers()
        hasher = PinHasher(identifiers.salt, ScryptCost(n=2**10, r=8, p=1))
        zone = script.clock.tzinfo
        given = Surrounds(
            root=root,
            resources=resources,
            clock=clock,
            chance=identifiers,
            zone=zone,
            documents=output,
            training=True,
            keep_awake=_no,
            hasher=hasher,
            workstation=None if arguments.data_dir is None else this_workstation(),
            plays_time=True,
        )
        parts = open_parts(given)
        program = Program(parts, make_application(sys.argv[:1]))
        hands = Hands(program, output)
        program.start()
        try:
            hands.settle()
            play(script, hands, clock, _words(parts))
        except LookupError as error:
            streams.tell(f"The rehearsal stopped: {error}")
            return NOT_SO
        finally:
            program.end()
        for file in (*hands.pictures, *(found.name for found in sorted(output.glob("*.pdf")))):
            streams.say(str(output / file))
        streams.tell(f"Rehearsed: {len(hands.pictures)} pictures and the printed record are in {output}.")
        return OK


def _no(*, wanted: bool) -> None:
    """A rehearsal lets the machine sleep, whatever is ``wanted``."""


def _words(parts: AppParts) -> dict[str, str]:
    """What the acts may name: each sample patient's id by record number, the sample nurses' ids."""
    entries = parts.index.entries(StreamKind.PATIENT)
    words = {str(entry.summary["record_no"]): key for key, entry in entries.items()}
    nurses = {user.name: user.user_id for user in parts.users.station.active()}
    return words | {"nurse": nurses[SAMPLE_NURSES[0]], "second": nurses[SAMPLE_NURSES[1]]}


def draw_pdf(document: RecordDocument, resources: Path) -> bytes:
    """The pages of a visit's record; no display is needed."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    make_application(sys.argv[:1])
    load_record_fonts(resources)
    return record_pdf(document)
