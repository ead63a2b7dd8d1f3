"""How a command ends when something stops it."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from nurse_app.cli.outcome import CommandError, guarded
from nurse_app.cli.streams import system_streams
from nurse_app.cli.version import run_version
from nurse_app.protocol_files.errors import ProtocolError
from nurse_app.store.data_folder import DataFolderError
from nurse_app.system.paths import NoFolderError
from nurse_app.visit.ports import InUseError, NotSavedError, UnreadableRecordError
from tests.cli.kit import Heard


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (CommandError("case.json: is empty. Correct it."), 2, "case.json: is empty. Correct it."),
        (DataFolderError("The folder is full."), 2, "The folder is full."),
        (NoFolderError("This user has no home folder."), 2, "This user has no home folder."),
        (InUseError("In use."), 2, "In use."),
        (NotSavedError("Not saved."), 2, "Not saved."),
        (UnreadableRecordError("Damaged."), 2, "Damaged."),
        (ProtocolError(Path("p/protocol.toml"), "ages", "is missing"), 2, "protocol.toml: ages: is missing. Install"),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), 2, "The computer refused: No space left on device."),
        (OSError("odd"), 2, "The computer refused: odd."),
        (MemoryError(), 2, "The computer is out of memory."),
        (KeyboardInterrupt(), 130, "Stopped."),
    ],
)
def test_whatever_stops_a_command_is_one_sentence(error: BaseException, code: int, words: str) -> None:
    heard = Heard()

    def command() -> int:
        raise error

    assert guarded(heard.streams, command) == code
    assert heard.sentence.startswith(words)


def test_a_defect_is_not_hidden() -> None:
    def command() -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        guarded(Heard().streams, command)


def test_a_sentence_cannot_play_with_the_terminal() -> None:
    heard = Heard()

    heard.streams.tell("odd\nname\x1b[2J")

    assert heard.sentence == "odd name [2J"


def test_data_is_utf_8_whatever_the_machine_speaks() -> None:
    heard = Heard()

    heard.streams.say("µ’ 你")

    assert heard.out.getvalue() == "µ’ 你\n".encode()


def test_a_program_without_streams_speaks_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)

    streams = system_streams()
    streams.say("data")
    streams.tell("words")

    assert streams.stdin.read() == b""


def test_the_version_is_one_line() -> None:
    heard = Heard()

    assert run_version(heard.streams, "from source") == 0
    assert heard.text.startswith("nurse-app ")
    assert heard.text.endswith("(from source)\n")


READER_GOES = """
import sys
from nurse_app.cli.outcome import guarded
from nurse_app.cli.streams import system_streams

streams = system_streams()

def talk():
    while True:
        streams.say("x" * 100)

sys.exit(guarded(streams, talk))
"""


@pytest.mark.parametrize("unbuffered", ["1", ""])
def test_a_reader_that_goes_away_is_no_disaster(unbuffered: str) -> None:
    # With a buffer, what is left in it is written when Python ends, and nobody is there to catch the error.
    environment = os.environ | {"PYTHONUNBUFFERED": unbuffered}
    with subprocess.Popen(
        [sys.executable, "-c", READER_GOES], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.read(10)
        child.stdout.close()
        said = child.stderr.read()

    assert (child.returncode, said) == (2, b"")
