"""Where a command reads from and writes to: data in UTF-8 on one stream, sentences for people on the other."""

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import BinaryIO, TextIO


@dataclass(frozen=True, slots=True)
class Streams:
    """Standard input and output as bytes, standard error as text."""

    stdin: BinaryIO
    stdout: BinaryIO
    stderr: TextIO

    def say(self, line: str) -> None:
        """One line of data, on its way at once."""
        self.stdout.write(f"{line}\n".encode())
        self.stdout.flush()

    def give_up_output(self) -> None:
        """Nobody reads any more: what is on its way goes nowhere, also when Python empties its buffers at the end."""
        with suppress(OSError):
            output = self.stdout.fileno()
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, output)
            os.close(nowhere)

    def tell(self, sentence: str) -> None:
        """One line for people, in letters that cannot move a terminal's cursor."""
        visible = "".join(letter if letter.isprintable() else " " for letter in sentence)
        self.stderr.write(f"{visible}\n")
        self.stderr.flush()


def system_streams() -> Streams:
    """Those of this process; a window program of Windows has none, and what is said there goes nowhere."""
    return Streams(
        stdin=getattr(sys.stdin, "buffer", BytesIO()),
        stdout=getattr(sys.stdout, "buffer", BytesIO()),
        stderr=sys.stderr or StringIO(),
    )
