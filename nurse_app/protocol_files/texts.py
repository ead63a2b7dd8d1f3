"""The sentences of a protocol: read flat, numbers of the protocol put in, all there, safely written."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.quantity import TENTH, rounded, shown
from nurse_app.plain_data import MisfitError
from nurse_app.protocol_files.ismp import unsafe_form
from nurse_app.protocol_files.text_ids import figures_of, may_have, required_ids

_FIGURE = re.compile(r"\{([a-zA-Z0-9_./-]+)\}")


def flat(data: Mapping[str, object], place: str = "") -> Iterator[tuple[str, str]]:
    """Every text with its id, such as finding.fever.hold."""
    for key, value in data.items():
        text_id = f"{place}.{key}" if place else key
        if isinstance(value, Mapping):
            yield from flat(value, text_id)
        elif isinstance(value, str):
            yield text_id, value
        else:
            raise MisfitError(text_id, "must be text")


def with_numbers(texts: Mapping[str, str], numbers: Mapping[str, Decimal]) -> dict[str, str]:
    """The texts with the protocol's numbers in them; figures of the moment stay in their braces."""
    return {text_id: _with_numbers(text_id, text, numbers) for text_id, text in texts.items()}


def numbers_for_texts(numbers: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The numbers a sentence may name by their place, and the concentration that follows from them."""
    dose, total = numbers.get("dose_mg"), numbers.get("preparation.total_ml")
    found = dict(numbers)
    if dose and total:
        found["concentration_mg_per_ml"] = rounded(dose / total, TENTH)
    return found


def _with_numbers(text_id: str, text: str, numbers: Mapping[str, Decimal]) -> str:
    if "{" not in text and "}" not in text:
        return text
    if "{" in (rest := _FIGURE.sub("", text)) or "}" in rest:
        raise MisfitError(text_id, "has a brace that does not hold the name of a figure")

    def number(match: re.Match[str]) -> str:
        name = match.group(1)
        if name in numbers:
            return shown(numbers[name])
        if "." in name:
            raise MisfitError(text_id, f"“{name}” is not a number of this protocol")
        return match.group()

    return _FIGURE.sub(number, text)


def check_texts(protocol: InfusionProtocol) -> None:
    """Every needed text is there, none is unknown, each names only figures it gets, each is safely written."""
    required = frozenset(required_ids(protocol))
    for text_id in sorted(required - set(protocol.texts)):
        raise MisfitError(text_id, "is missing")
    for text_id, text in protocol.texts.items():
        if text_id not in required and not may_have(protocol, text_id):
            raise MisfitError(text_id, "is not a text that the program uses")
        if not text and not text_id.endswith(".hint"):
            raise MisfitError(text_id, "is empty")
        if "{" in text:
            _check_figures(protocol, text_id, text)
        problem = unsafe_form(text)
        if problem is not None:
            raise MisfitError(text_id, problem)


def _check_figures(protocol: InfusionProtocol, text_id: str, text: str) -> None:
    given = figures_of(protocol, text_id)
    for name in _FIGURE.findall(text):
        if name not in given:
            among = f"; it gets {', '.join(sorted(given))}" if given else ""
            raise MisfitError(text_id, f"“{name}” is not a figure of this sentence{among}")
