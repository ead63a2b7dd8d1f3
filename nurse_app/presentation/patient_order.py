"""How patients are named and ordered in lists, those too of whom nothing is on record but a number and results."""

from collections.abc import Mapping

from nurse_app.i18n import _

_Known = tuple[str, Mapping[str, str | int | bool | None]]


def shown_name(name: str) -> str:
    """The name; a patient who came with results has none before somebody adds it."""
    return name or _("(record number only)")


def by_name(known: _Known) -> tuple[str | bool, ...]:
    name = _text(known, "name")
    return not name, name.casefold(), _text(known, "record_no")


def by_due_day(known: _Known) -> tuple[str | bool, ...]:
    """A patient without a planned day comes first when nothing was given yet: somebody must decide.

    Who came with results only comes last: nobody has said yet that they are treated here, and a file may bring
    hundreds of them.
    """
    due = _text(known, "next_infusion")
    return is_number_only(known[1]), due, _text(known, "name"), _text(known, "record_no")


def is_number_only(summary: Mapping[str, str | int | bool | None]) -> bool:
    """Nothing is known of the patient but a number and, perhaps, results."""
    return not any(summary.get(key) for key in ("name", "last_infusion", "next_infusion"))


def _text(known: _Known, key: str) -> str:
    return str(known[1].get(key) or "")
