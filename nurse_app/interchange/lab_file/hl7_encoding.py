"""How one HL7 v2 message is written: its separators, its escapes, and what is never taken from it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")
# What HL7 writes for “nothing, on purpose”.
_NULL = '""'
_LONGEST = 200
_LONGEST_AS_CAME = 1000
_LONGEST_QUOTED = 40
_LEAST_SEPARATORS, _MOST_SEPARATORS = 4, 5
_HEXADECIMAL = re.compile(r"X(?:[0-9A-Fa-f]{2})+", re.ASCII)
# Control characters, and halves of surrogate pairs that no file could take later.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_BREAK = "\n"
_INSTEAD_OF_UNSEEN = "\N{REPLACEMENT CHARACTER}"
_CHARACTER_SETS = {"": "ascii", "ASCII": "ascii", "UNICODE UTF-8": "utf-8", "UTF-8": "utf-8", "8859/1": "latin-1"}


class UnclearPartError(ValueError):
    """A part of a message that is not taken; the text is why, one part of a sentence."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why something that several results rest on is not taken."""

    reason: str


def attempt(read: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | Unclear:
    """What is read, or why it cannot be."""
    try:
        return read(*args, **kwargs)
    except UnclearPartError as error:
        return Unclear(str(error))


def sure(found: T | Unclear) -> T:
    """What was read. Raises UnclearPartError where it could not be."""
    if isinstance(found, Unclear):
        raise UnclearPartError(found.reason)
    return found


def quoted(text: str) -> str:
    """A text from the file inside a sentence: on one line, cut to a length that can be read, nothing unseen in it."""
    shown = text if len(text) <= _LONGEST_QUOTED else f"{text[:_LONGEST_QUOTED]}…"
    return f"“{_UNSEEN.sub(_INSTEAD_OF_UNSEEN, shown.replace(_LINE_BREAK, ' '))}”"


def given(text: str) -> str:
    """The text of a field, without HL7's sign for nothing."""
    return "" if text == _NULL else text


@dataclass(frozen=True, slots=True)
class Encoding:
    """The separators of a message as its MSH-1 and MSH-2 have them, and the character set of its MSH-18."""

    field: str
    component: str
    repetition: str
    escape: str
    subcomponent: str
    truncation: str = ""
    character_set: str = ""

    def components(self, text: str) -> list[str]:
        """The components of a field, each as it came."""
        return text.split(self.component)

    def text(self, part: str, longest: int = _LONGEST) -> str:
        """What a part says: escapes resolved once, blanks around it taken away. Raises UnclearPartError."""
        if len(part) > longest:
            raise UnclearPartError(f"{quoted(part)} is longer than {longest} characters")
        if self.truncation and part.endswith(self.truncation):
            raise UnclearPartError(f"{quoted(part)} was cut short by its sender")
        text = self._resolved(part).strip() if self.escape in part else part.strip()
        _refuse_unseen(text)
        return given(text)

    def as_came(self, field: str) -> str:
        """A field letter by letter, to be kept beside what it says. Raises UnclearPartError."""
        if len(field) > _LONGEST_AS_CAME:
            raise UnclearPartError(f"{quoted(field)} is longer than {_LONGEST_AS_CAME} characters")
        _refuse_unseen(field)
        return given(field)

    def single(self, field: str) -> str:
        """What a field without parts says. Raises UnclearPartError when it has parts."""
        if any(separator in field for separator in (self.component, self.repetition, self.subcomponent)):
            raise UnclearPartError(f"{quoted(field)} has several parts where there may be one")
        return self.text(field)

    def _resolved(self, part: str) -> str:
        pieces = part.split(self.escape)
        # Every second piece stands between two escape characters.
        if len(pieces) % 2 == 0:
            raise UnclearPartError(f"{quoted(part)} has an escape that does not end")
        pieces[1::2] = [self._meaning(code) for code in pieces[1::2]]
        return "".join(pieces)

    def _meaning(self, code: str) -> str:
        meanings = {
            "F": self.field,
            "S": self.component,
            "T": self.subcomponent,
            "R": self.repetition,
            "E": self.escape,
            "P": self.truncation,
            ".br": _LINE_BREAK,
            # The beginning and the end of highlighted text.
            "H": "",
            "N": "",
        }
        if code in meanings:
            return meanings[code]
        character_set = _CHARACTER_SETS.get(self.character_set)
        if character_set is not None and _HEXADECIMAL.fullmatch(code):
            try:
                return bytes.fromhex(code[1:]).decode(character_set).replace("\r", _LINE_BREAK)
            except UnicodeDecodeError:
                pass
        raise UnclearPartError(f"it has an escape that cannot be read: {quoted(self.escape + code + self.escape)}")


def _refuse_unseen(text: str) -> None:
    if _UNSEEN.search(text):
        raise UnclearPartError("it holds a character that cannot be seen")


def encoding_of(header: str) -> Encoding:
    """The encoding of the message that begins with this MSH segment. Raises UnclearPartError."""
    field, rest = header[3:4], header[4:]
    signs = rest.split(field, 1)[0] if field else ""
    all_signs = field + signs
    is_clear = (
        _LEAST_SEPARATORS <= len(signs) <= _MOST_SEPARATORS
        and len(set(all_signs)) == len(all_signs)
        and not any(sign.isalnum() or sign in " \t" for sign in all_signs)
    )
    if not is_clear:
        raise UnclearPartError(f"is a message whose separators cannot be read: {quoted(header[:10])}")
    fields = header.split(field)
    # MSH-1 is the separator itself, so that MSH-18 is the seventeenth piece after the name.
    character_sets = given(fields[17]) if len(fields) > 17 else ""
    component, repetition, escape, subcomponent, *truncation = list(signs)
    first_set = character_sets.split(repetition)[0].strip()
    return Encoding(field, component, repetition, escape, subcomponent, "".join(truncation), first_set)
