"""The list of parts that the build puts beside the program (CycloneDX), as far as the program shows it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_TEXT, _DEBIAN_SOURCE = "nurse-app:licence-text", "nurse-app:debian-source"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the program that others made.

    ``licence``: an SPDX expression, or words. ``texts``: where its texts lie, as paths below the resources or whole
    ones. ``inside``: the part it is compiled into. ``source``: the Debian source package it is from.
    """

    name: str
    version: str
    licence: str
    texts: tuple[str, ...]
    copyright: str = ""
    inside: str = ""
    source: str = ""


def read_parts(text: str) -> tuple[Part, ...]:
    """Every part of a list but the files, each followed by what is compiled into it. Raises ValueError."""
    try:
        return tuple(_parts(json.loads(text)["components"], ""))
    except (AttributeError, KeyError, TypeError) as error:
        message = f"this is no list of parts: {error!r}"
        raise ValueError(message) from error


def _parts(components: Sequence[Mapping[str, Any]], inside: str) -> Iterator[Part]:
    for component in components:
        if component["type"] != "file":
            yield _part(component, inside)
            yield from _parts(component.get("components", ()), component["name"])


def _part(component: Mapping[str, Any], inside: str) -> Part:
    facts = [(each["name"], str(each["value"])) for each in component.get("properties", ())]
    return Part(
        name=str(component["name"]),
        version=str(component.get("version", "")),
        licence=", ".join(map(_licence, component.get("licenses", ()))),
        texts=tuple(value for name, value in facts if name == _TEXT),
        copyright=str(component.get("copyright", "")),
        inside=inside,
        source="".join(value for name, value in facts if name == _DEBIAN_SOURCE),
    )


def _licence(stated: Mapping[str, Any]) -> str:
    if "expression" in stated:
        return str(stated["expression"])
    return str(stated["license"].get("id") or stated["license"]["name"])
