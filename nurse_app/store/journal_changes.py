"""What TinyDB changed in its tables, as one entry of a journal: only the rows that differ, nothing overwritten."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from nurse_app.store.strict_json import compact_json

# The one key of a document that is a change and not an entry.
CHANGES = "tables"

Rows = Mapping[str, Mapping[str, Any]]
Tables = Mapping[str, Rows]
# Table: its changed rows by id, None for a row or a table that is gone.
Changes = Mapping[str, Mapping[str, Mapping[str, Any] | None] | None]


def changes_between(before: Tables, after: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> Changes:
    """What leads from ``before`` to ``after``; empty when nothing does. Raises ValueError, TypeError as JSON does."""
    changes: dict[str, Mapping[str, Mapping[str, Any] | None] | None] = dict.fromkeys(before.keys() - after)
    for name, rows in after.items():
        known = before.get(name, {})
        new = {str(number): row for number, row in rows.items()}
        changed: dict[str, Mapping[str, Any] | None] = {
            number: row for number, row in new.items() if number not in known or not _same(known[number], row)
        }
        changed |= dict.fromkeys(known.keys() - new)
        if changed or name not in before:
            changes[name] = changed
    return changes


def tables_after(documents: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, dict[str, Any]]]:
    """The tables that a journal's changes add up to."""
    tables: dict[str, dict[str, dict[str, Any]]] = {}
    for document in documents:
        for name, rows in cast("Changes", document[CHANGES]).items():
            if rows is None:
                del tables[name]
                continue
            table = tables.setdefault(name, {})
            for number, row in rows.items():
                if row is None:
                    del table[number]
                else:
                    table[number] = dict(row)
    return tables


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    # As text: to Python, 1, 1.0 and True are equal.
    return compact_json(one) == compact_json(other)
