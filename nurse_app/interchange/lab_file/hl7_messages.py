"""HL7 v2 files taken apart: lines, messages and segments, whatever wraps them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nurse_app.interchange.lab_file.hl7_encoding import Encoding, UnclearPartError, encoding_of
from nurse_app.interchange.lab_file.rows import RefusedRow

HEADER = "MSH"
STRAY = ""
_LINE_END = re.compile(r"\r\n|\r|\n")
# The Minimal Lower Layer Protocol puts these around each message.
_BLOCK_START, _BLOCK_END = "\x0b", "\x1c"
_FRAME = re.compile(f"[{_BLOCK_START}{_BLOCK_END}]")
_NAME = re.compile(r"[A-Z][A-Z0-9]{2}", re.ASCII)
_ENVELOPE_ENDS = {"FHS": "FTS", "BHS": "BTS"}
_ENVELOPE = {*_ENVELOPE_ENDS, *_ENVELOPE_ENDS.values()}
# Segments that say that the one before, or the whole message, goes on elsewhere.
_CONTINUATIONS = ("ADD", "DSC")
_STATUS_OF_A_RESULT = 11

Line = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Segment:
    """One line of a message. ``broken``: its end is missing. The name of a line that is no segment is STRAY."""

    line: int
    name: str
    fields: Sequence[str]
    broken: bool = False

    def field(self, number: int) -> str:
        """A field as it came, by its number in the standard; one that is not there is empty."""
        return self.fields[number] if number < len(self.fields) else ""


@dataclass(frozen=True, slots=True)
class Message:
    """A message with all its segments, the header first."""

    encoding: Encoding
    segments: Sequence[Segment]

    @property
    def header(self) -> Segment:
        return self.segments[0]


def messages(text: str) -> Iterator[Message | RefusedRow]:
    """Every message of a file in its order, and in between what is none."""
    lines = list(_lines(text))
    cut = _cut(text, lines)
    last = lines[-1][0] if lines else 0
    for block in _blocks(lines):
        number, first = block[0]
        if not first.startswith(HEADER):
            yield RefusedRow(f"line {number}", "stands outside every message")
            continue
        try:
            encoding = encoding_of(first)
        except UnclearPartError as error:
            yield RefusedRow(f"line {number}", str(error))
            continue
        yield Message(encoding, tuple(_segments(block, encoding, last if cut else None, _unended(text, last))))
    if cut:
        yield RefusedRow(f"line {last}", f"the file ends here without {cut}; what followed is missing")


def _lines(text: str) -> Iterator[Line]:
    for number, line in enumerate(_LINE_END.split(text.removeprefix("\ufeff")), start=1):
        for part in _FRAME.split(line):
            if part.strip():
                yield number, part


def _blocks(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """The lines of each message; those outside a message are a block without a header."""
    block: list[Line] = []
    for line in lines:
        name = line[1][:3]
        if block and (name == HEADER or name in _ENVELOPE):
            yield block
            block = []
        if name not in _ENVELOPE:
            block.append(line)
    if block:
        yield block


def _cut(text: str, lines: Sequence[Line]) -> str:
    """What is missing at the end of a file that was cut off; "" when nothing is."""
    if text.rfind(_BLOCK_START) > text.rfind(_BLOCK_END):
        return "the end of its last block"
    names = Counter(line[:3] for _number, line in lines)
    return next((end for start, end in _ENVELOPE_ENDS.items() if names[start] > names[end]), "")


def _unended(text: str, last: int) -> int | None:
    """The number of the last line, when nothing shows that it is whole."""
    return None if text.endswith(("\r", "\n", _BLOCK_END)) else last


def _segments(block: Sequence[Line], encoding: Encoding, cut_at: int | None, unended: int | None) -> Iterator[Segment]:
    found = [_segment(number, line, encoding) for number, line in block]
    for segment, following in zip(found, [*found[1:], None], strict=True):
        goes_on = following is not None and following.name in (STRAY, *_CONTINUATIONS)
        # Many files lack the last line's end; a result that has come as far as its status is taken for whole.
        is_short = segment.line == unended and segment.name == "OBX" and not segment.field(_STATUS_OF_A_RESULT)
        broken = goes_on or is_short or segment.line == cut_at
        yield Segment(segment.line, segment.name, segment.fields, broken) if broken else segment


def _segment(number: int, line: str, encoding: Encoding) -> Segment:
    name, *fields = line.split(encoding.field)
    if not _NAME.fullmatch(name):
        return Segment(number, STRAY, ())
    # The separator after the header's name is itself the header's first field.
    return Segment(number, name, (name, encoding.field, *fields) if name == HEADER else (name, *fields))
