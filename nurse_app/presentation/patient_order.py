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
    hundreds of them. Of two on one day, the one for whom something else falls due first comes first.
    """
    # Thousands are put in order at every look at the clock: plain steps, no calls.
    get = known[1].get
    number_only = not (get("name") or get("last_infusion") or get("next_infusion"))
    due = str(get("next_infusion") or get("follow_up") or "")
    # After the end of treatment only the follow-up brings a patient into the list.
    is_last = number_only or (not due and bool(get("ended")))
    return is_last, number_only, due, str(get("first_due") or ""), str(get("name") or ""), str(get("record_no") or "")


def due_text(summary: Mapping[str, str | int | bool | None]) -> str:
    """The day on which the patient is next to come, as ISO text: the planned infusion, or the follow-up after it."""
    return str(summary.get("next_infusion") or summary.get("follow_up") or "")


def due_by(patients: Mapping[str, Mapping[str, str | int | bool | None]], today: str) -> tuple[str, ...]:
    """Whose next infusion is planned for ``today`` (ISO text) or earlier, today’s first, the longest overdue last."""
    planned = {key: str(summary.get("next_infusion") or "") for key, summary in patients.items()}
    return tuple(sorted((key for key, due in planned.items() if due and due <= today), key=planned.__getitem__)[::-1])


def is_number_only(summary: Mapping[str, str | int | bool | None]) -> bool:
    """Nothing is known of the patient but a number and, perhaps, results."""
    return not any(summary.get(key) for key in ("name", "last_infusion", "next_infusion"))


def _text(known: _Known, key: str) -> str:
    return str(known[1].get(key) or "")
