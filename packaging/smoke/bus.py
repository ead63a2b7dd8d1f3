"""Enough of D-Bus to ask a running program what it tells a screen reader; standard library only.

Calls with strings and numbers, one at a time, little-endian; the D-Bus specification 0.42, chapters 3 and 4.
"""

import os
import socket
import struct
from itertools import count
from pathlib import Path
from typing import Any

_CALL, _RETURN, _ERROR = 1, 2, 3
_PATH, _INTERFACE, _MEMBER, _REPLY_TO, _DESTINATION, _SIGNATURE = 1, 2, 3, 5, 6, 8
_NUMBERS = {"y": "B", "n": "h", "q": "H", "i": "i", "u": "I", "b": "I", "x": "q", "t": "Q", "d": "d"}


class BusError(OSError):
    """The program answered with an error, or not at all."""


class Bus:
    """One connection to a message bus at a socket file. Raises BusError, OSError."""

    def __init__(self, address: Path, patience_s: float = 10.0) -> None:
        self._numbers = count(1)
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(patience_s)
        self._socket.connect(str(address))
        self._socket.sendall(b"\0AUTH EXTERNAL " + str(os.getuid()).encode().hex().encode() + b"\r\n")
        if not self._line().startswith(b"OK"):
            raise BusError("the bus lets nobody in")
        self._socket.sendall(b"BEGIN\r\n")
        self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "Hello")

    def close(self) -> None:
        self._socket.close()

    def names(self) -> list[str]:
        """Everybody on the bus."""
        told = self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ListNames")
        return list(told[0])

    def call(self, whom: str, path: str, interface: str, member: str, *given: str | int) -> list[Any]:
        """The values that a method answers with."""
        signature = "".join("s" if isinstance(value, str) else "u" for value in given)
        body = bytearray()
        for value in given:
            _pad(body, 4)
            body += _text(value) if isinstance(value, str) else struct.pack("<I", value)
        number = next(self._numbers)
        head = bytearray(struct.pack("<cBBBIII", b"l", _CALL, 0, 1, len(body), number, 0))
        fields = [(_PATH, "o", path), (_DESTINATION, "s", whom), (_INTERFACE, "s", interface), (_MEMBER, "s", member)]
        for code, kind, text in fields:
            _pad(head, 8)
            head += bytes((code, 1)) + kind.encode() + b"\0" + _text(text)
        if signature:
            _pad(head, 8)
            head += bytes((_SIGNATURE, 1)) + b"g\0" + bytes((len(signature),)) + signature.encode() + b"\0"
        head[12:16] = struct.pack("<I", len(head) - 16)
        _pad(head, 8)
        self._socket.sendall(bytes(head + body))
        return self._answer(number)

    def _answer(self, number: int) -> list[Any]:
        while True:
            start = self._exactly(16)
            kind, length, fields_length = start[1], *struct.unpack_from("<I4xI", start, 4)
            rest = self._exactly(-(-fields_length // 8) * 8 + length)
            fields, _end = _read("a(yv)", start[12:] + rest, 0, base=12)
            known = dict(fields)
            if known.get(_REPLY_TO) != number or kind not in (_RETURN, _ERROR):
                continue
            body, signature = rest[len(rest) - length :], known.get(_SIGNATURE, "")
            values, place = [], 0
            for part in _types(signature):
                value, place = _read(part, body, place)
                values.append(value)
            if kind == _ERROR:
                raise BusError(str(values))
            return values

    def _line(self) -> bytes:
        line = b""
        while not line.endswith(b"\r\n"):
            line += self._exactly(1)
        return line

    def _exactly(self, length: int) -> bytes:
        found = b""
        while len(found) < length:
            part = self._socket.recv(length - len(found))
            if not part:
                raise BusError("the bus has closed")
            found += part
        return found


def _text(value: str) -> bytes:
    raw = value.encode()
    return struct.pack("<I", len(raw)) + raw + b"\0"


def _pad(buffer: bytearray, to: int) -> None:
    buffer += b"\0" * (-len(buffer) % to)


def _types(signature: str) -> list[str]:
    """A signature cut into complete types: “sa(so)” into “s” and “a(so)”."""
    parts, place = [], 0
    while place < len(signature):
        end = place
        while signature[end] == "a":
            end += 1
        depth = 0
        while True:
            depth += (signature[end] in "({") - (signature[end] in ")}")
            end += 1
            if not depth:
                break
        parts.append(signature[place:end])
        place = end
    return parts


def _alignment(kind: str) -> int:
    first = kind[0]
    if first in "({":
        return 8
    return {"g": 1, "v": 1}.get(first, struct.calcsize(_NUMBERS[first]) if first in _NUMBERS else 4)


def _read(kind: str, data: bytes, place: int, base: int = 0) -> tuple[Any, int]:
    """The value of a type at a place, and the place after it. ``base``: where the data begins in its message."""
    place += -(place + base) % _alignment(kind)
    first = kind[0]
    if first in _NUMBERS:
        return struct.unpack_from("<" + _NUMBERS[first], data, place)[0], place + struct.calcsize(_NUMBERS[first])
    if first in "so":
        (length,) = struct.unpack_from("<I", data, place)
        return data[place + 4 : place + 4 + length].decode(), place + 5 + length
    if first == "g":
        return data[place + 1 : place + 1 + data[place]].decode(), place + 2 + data[place]
    if first == "v":
        inner, place = _read("g", data, place, base)
        return _read(inner, data, place, base)
    if first == "a":
        (length,) = struct.unpack_from("<I", data, place)
        place += 4
        place += -(place + base) % _alignment(kind[1:])
        end, values = place + length, []
        while place < end:
            value, place = _read(kind[1:], data, place, base)
            values.append(value)
        return values, end
    values = []
    for part in _types(kind[1:-1]):
        value, place = _read(part, data, place, base)
        values.append(value)
    return tuple(values), place
