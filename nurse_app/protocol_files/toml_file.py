"""Reading one TOML file, with decimals exact, and finding the numbers in it by their place."""

import tomllib
from decimal import Decimal
from pathlib import Path

from nurse_app.protocol_files.errors import ProtocolError

# What an entry of a list is called by, so that places read schedule.plans.4 and not schedule.plans.0.
_NAMED_BY = ("id", "rule", "name", "weeks", "test")


def read_toml(path: Path) -> dict[str, object]:
    """The file's content; decimals stay decimals. Raises ProtocolError."""
    try:
        return tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    except FileNotFoundError as error:
        raise ProtocolError(path, "", "is missing") from error
    except OSError as error:
        raise ProtocolError(path, "", f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ProtocolError(path, "", f"is not UTF-8 text at byte {error.start}") from error
    except tomllib.TOMLDecodeError as error:
        raise ProtocolError(path, "", f"is not valid TOML: {error}") from error


def numbers(data: object, place: str = "") -> dict[str, Decimal]:
    """Every number in the data by its place, such as labs.count_rules.platelets.hold_below."""
    found: dict[str, Decimal] = {}
    _collect(data, place, found)
    return found


def _collect(data: object, place: str, found: dict[str, Decimal]) -> None:
    if isinstance(data, dict):
        for key, value in data.items():
            if not isinstance(value, str):
                _collect(value, f"{place}.{key}" if place else str(key), found)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            if not isinstance(value, str):
                _collect(value, f"{place}.{_name(value, index)}", found)
    elif isinstance(data, int | Decimal) and not isinstance(data, bool):
        found[place] = Decimal(data)


def _name(value: object, index: int) -> str:
    if isinstance(value, dict):
        for key in _NAMED_BY:
            if key in value:
                return str(value[key])
    return str(index)
