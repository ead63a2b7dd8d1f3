"""Versions of the program, as numbers that have an order."""

import re
from dataclasses import dataclass

_FORM = re.compile(r"(0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """Three numbers, such as 0.1.0; a later version is the greater one."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"


def version_of(text: str) -> Version | None:
    """The version that a text is, written in the one way that there is; else None."""
    found = _FORM.fullmatch(text)
    return None if found is None else Version(*map(int, found.groups()))


def version_before(versions: tuple[Version, ...], one: Version) -> Version | None:
    """The newest of some versions that is older than one; None when there is none."""
    return max((version for version in versions if version < one), default=None)
