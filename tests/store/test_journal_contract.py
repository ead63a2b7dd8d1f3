"""TinyDB's own contract for a storage: whatever its tables and queries do, ours does as its own file storage does."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tinydb.database import TinyDB
from tinydb.operations import add, delete, increment
from tinydb.operations import set as set_to
from tinydb.queries import Query, where
from tinydb.storages import JSONStorage
from tinydb.table import Document, Table

from nurse_app.store.journal_opening import new_journal, open_journal
from nurse_app.store.journal_storage import AppendOnlyError, JournalPlace, JournalStorage
from nurse_app.store.messages import CANNOT_BE_KEPT, CLOSED, REOPEN_FIRST
from nurse_app.visit.ports import NotSavedError
from tests.store.kit import system_disk

NAMES = st.sampled_from(["a", "b", "c"])
VALUES = st.one_of(
    st.integers(-3, 3), st.booleans(), st.none(), st.text("xyß ", max_size=3), st.lists(st.integers(0, 2))
)
DOCUMENTS = st.dictionaries(NAMES, VALUES, max_size=3)
TABLES = st.sampled_from(["wards", "chairs"])


def place_in(folder: Path) -> JournalPlace:
    return JournalPlace("tables of a test", folder / "tables.jsonl", (folder,), entries_only=False)


def database_on(storage: JournalStorage) -> TinyDB:
    return TinyDB(storage=lambda: storage)


def opened(place: JournalPlace) -> TinyDB:
    journal = open_journal if place.path.exists() else new_journal
    return database_on(journal(system_disk(), place).storage)


def content(database: TinyDB) -> dict[str, list[tuple[int, dict[str, object]]]]:
    return {name: [(row.doc_id, dict(row)) for row in database.table(name)] for name in sorted(database.tables())}


class BesideItsOwn(RuleBasedStateMachine):
    """Every act on both; the journal is closed and opened again whenever chance will have it."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self._place = place_in(Path(self._folder.name))
        self._ours = opened(self._place)
        self._theirs = self._their_own()

    def _their_own(self) -> TinyDB:
        return TinyDB(Path(self._folder.name) / "their-own.json", storage=JSONStorage)

    def _both(self, table: str, act: Callable[[Table], object]) -> None:
        assert act(self._ours.table(table)) == act(self._theirs.table(table))

    @rule(table=TABLES, document=DOCUMENTS)
    def insert(self, table: str, document: dict[str, object]) -> None:
        self._both(table, lambda it: it.insert(document))

    @rule(table=TABLES, documents=st.lists(DOCUMENTS, max_size=3))
    def insert_several(self, table: str, documents: list[dict[str, object]]) -> None:
        self._both(table, lambda it: it.insert_multiple(documents))

    @rule(table=TABLES, document=DOCUMENTS, number=st.integers(1, 20))
    def upsert_by_number(self, table: str, document: dict[str, object], number: int) -> None:
        self._both(table, lambda it: it.upsert(Document(document, number)))

    @rule(table=TABLES, document=DOCUMENTS, name=NAMES, value=VALUES)
    def upsert_by_query(self, table: str, document: dict[str, object], name: str, value: object) -> None:
        self._both(table, lambda it: it.upsert(document, where(name) == value))

    @rule(table=TABLES, document=DOCUMENTS, name=NAMES)
    def update(self, table: str, document: dict[str, object], name: str) -> None:
        self._both(table, lambda it: it.update(document, where(name).exists()))

    @rule(table=TABLES, name=NAMES, value=VALUES)
    def set_or_delete_a_field(self, table: str, name: str, value: object) -> None:
        act = delete(name) if value is None else set_to(name, value)
        self._both(table, lambda it: it.update(act, where(name).exists()))

    @rule(table=TABLES, name=NAMES, value=VALUES)
    def remove(self, table: str, name: str, value: object) -> None:
        self._both(table, lambda it: it.remove(where(name) == value))

    @rule(table=TABLES, name=NAMES, value=VALUES)
    def ask(self, table: str, name: str, value: object) -> None:
        query = (where(name) == value) | (Query().b.exists() & ~(where("c") == 1))
        self._both(table, lambda it: it.search(query))
        self._both(table, lambda it: it.get(query))
        self._both(table, lambda it: it.count(query))
        self._both(table, lambda it: it.contains(query))
        self._both(table, len)

    @rule(table=TABLES)
    def truncate(self, table: str) -> None:
        self._both(table, lambda it: it.truncate())

    @rule(table=TABLES)
    def drop(self, table: str) -> None:
        for database in (self._ours, self._theirs):
            database.drop_table(table)

    @rule()
    def drop_all(self) -> None:
        for database in (self._ours, self._theirs):
            database.drop_tables()

    @rule()
    def close_and_open_again(self) -> None:
        self._ours.close()
        self._theirs.close()
        self._ours, self._theirs = opened(self._place), self._their_own()

    @invariant()
    def both_hold_the_same(self) -> None:
        assert content(self._ours) == content(self._theirs)

    def teardown(self) -> None:
        self.close_and_open_again()
        self.both_hold_the_same()
        self._ours.close()
        self._theirs.close()
        self._folder.cleanup()


TestBesideItsOwn = BesideItsOwn.TestCase


def test_a_change_is_one_more_line_and_nothing_before_it_is_touched(tmp_path: Path) -> None:
    place = place_in(tmp_path)
    database = opened(place)
    database.table("chairs").insert_multiple([{"free": True}, {"free": True}])
    before = place.path.read_bytes()
    database.table("chairs").update({"free": False}, doc_ids=[2])
    after = place.path.read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == before.count(b"\n") + 1
    assert b'"tables":{"chairs":{"2":{"free":false}}}' in after


def test_what_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    place = place_in(tmp_path)
    database = opened(place)
    database.table("chairs").insert({"free": True})
    before = place.path.read_bytes()
    database.table("chairs").update({"free": True})
    assert place.path.read_bytes() == before


def test_one_and_true_are_not_the_same(tmp_path: Path) -> None:
    database = opened(place_in(tmp_path))
    database.table("chairs").insert({"free": 1})
    database.table("chairs").update({"free": True})
    database.close()
    assert opened(place_in(tmp_path)).table("chairs").all() == [{"free": True}]
    assert opened(place_in(tmp_path)).table("chairs").all()[0]["free"] is True


def test_operations_of_tinydb_work(tmp_path: Path) -> None:
    chairs = opened(place_in(tmp_path)).table("chairs")
    chairs.insert({"visits": 1, "name": "A"})
    chairs.update(increment("visits"))
    chairs.update(add("name", "1"))
    assert chairs.all() == [{"visits": 2, "name": "A1"}]


def test_an_empty_journal_holds_no_tables_and_makes_no_file(tmp_path: Path) -> None:
    database = opened(place_in(tmp_path))
    assert database.tables() == set()
    assert not place_in(tmp_path).path.exists()


@pytest.mark.parametrize("value", [1.5, float("nan"), {1, 2}, object()])
def test_what_could_not_be_read_back_is_refused_and_then_everything_is(tmp_path: Path, value: object) -> None:
    chairs = opened(place_in(tmp_path)).table("chairs")
    chairs.insert({"free": True})
    with pytest.raises(NotSavedError, match=CANNOT_BE_KEPT[:30]):
        chairs.insert({"free": value})
    with pytest.raises(NotSavedError, match=REOPEN_FIRST[:30]):
        chairs.insert({"free": False})
    assert opened(place_in(tmp_path)).table("chairs").all() == [{"free": True}]


def test_a_value_that_json_cannot_compare_is_refused_too(tmp_path: Path) -> None:
    chairs = opened(place_in(tmp_path)).table("chairs")
    chairs.insert({"free": True})
    with pytest.raises(NotSavedError, match=CANNOT_BE_KEPT[:30]):
        chairs.update({"free": object()})
    with pytest.raises(NotSavedError, match=REOPEN_FIRST[:30]):
        chairs.update({"free": False})


def test_a_closed_one_refuses(tmp_path: Path) -> None:
    database = opened(place_in(tmp_path))
    database.table("chairs").insert({"free": True})
    database.close()
    with pytest.raises(NotSavedError, match=CLOSED[:20]):
        database.table("chairs").truncate()


def test_a_record_refuses_every_change(tmp_path: Path) -> None:
    place = JournalPlace("visit 01", tmp_path / "01.jsonl", (tmp_path,))
    database = database_on(new_journal(system_disk(), place).storage)
    with pytest.raises(AppendOnlyError):
        database.table("chairs").insert({"free": True})
    assert not place.path.exists()
