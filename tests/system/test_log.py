"""The log keeps what helps to find a fault, and nothing of a patient. Some tests read the program's source for that."""

import ast
import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

import nurse_app
from nurse_app.system.log import LEFT_OUT, TOPICS, LogTail, ProgramLog, is_known_topic, safe_argument
from nurse_app.visit.ports import StreamKind

NAME = "SAMPLE, Patient One"
STORE = logging.getLogger("nurse_app.store")
SOURCES = sorted(Path(nurse_app.__file__).parent.rglob("*.py"))
LEVELS = {"debug", "info", "warning", "error", "critical", "exception", "log"}


@pytest.fixture
def program_log(tmp_path: Path) -> Iterator[ProgramLog]:
    program_log = ProgramLog.start(tmp_path / "log")
    yield program_log
    program_log.stop()


def last_message(program_log: ProgramLog) -> str:
    return program_log.tail.lines()[-1].partition(": ")[2]


@pytest.mark.parametrize(
    "value",
    [
        3,
        0.5,
        True,
        None,
        Decimal("0.5"),
        timedelta(seconds=3),
        StreamKind.VISIT,
        "0123456789abcdef" * 2,
        "a" * 64,
        "2f1d6c0e-0000-4000-8000-3b0c5f3c7a11",
    ],
)
def test_numbers_codes_and_ids_may_be_logged(value: object) -> None:
    assert safe_argument(value) == value


@pytest.mark.parametrize(
    "value",
    [
        NAME,
        "TRN000417",
        "visit",
        b"bytes",
        date(1980, 5, 1),
        datetime(1980, 5, 1, tzinfo=UTC),
        ValueError(NAME),
        [1],
        {"a": 1},
        Path("records"),
        "A" * 32,
        "0" * 31,
        f"{'0' * 32}\n",
    ],
)
def test_anything_that_somebody_may_have_typed_is_left_out(value: object) -> None:
    assert safe_argument(value) == LEFT_OUT


def test_a_class_is_logged_by_its_name() -> None:
    assert safe_argument(OSError) == "OSError"


def test_a_line_has_its_time_in_utc_its_level_and_its_topic(program_log: ProgramLog) -> None:
    record = STORE.makeRecord(STORE.name, logging.WARNING, "", 0, "appended %d events to %s", (3, NAME), None)
    record.created = datetime(2026, 11, 22, 9, 0, 0, 123_000, tzinfo=UTC).timestamp()

    STORE.handle(record)

    assert program_log.file is not None
    line = "2026-11-22T09:00:00.123+00:00 WARNING nurse_app.store: appended 3 events to …"
    assert program_log.file.read_text(encoding="utf-8") == f"{line}\n"
    assert program_log.tail.lines() == (line,)


def test_arguments_by_name_are_looked_at_too(program_log: ProgramLog) -> None:
    STORE.info("%(count)d of %(name)s", {"count": 2, "name": NAME})

    assert last_message(program_log) == "2 of …"


@pytest.mark.parametrize("arguments", [(NAME,), (1, 2)], ids=["text for a number", "too many"])
def test_a_message_that_its_arguments_do_not_fit_stands_alone(
    program_log: ProgramLog, arguments: tuple[object, ...]
) -> None:
    STORE.info("appended %d events", *arguments)

    assert last_message(program_log) == "appended %d events"


def test_a_message_without_its_named_argument_stands_alone(program_log: ProgramLog) -> None:
    STORE.info("%(count)d events", {"name": NAME})

    assert last_message(program_log) == "%(count)d events"


def test_a_message_without_arguments_is_taken_as_it_is(program_log: ProgramLog) -> None:
    STORE.info("the log is open")

    assert last_message(program_log) == "the log is open"


def test_an_object_in_place_of_a_message_is_left_out(program_log: ProgramLog) -> None:
    STORE.error(ValueError(NAME))

    assert last_message(program_log) == LEFT_OUT


def test_an_exception_is_logged_by_type_and_place_only(program_log: ProgramLog) -> None:
    try:
        int(NAME)
    except ValueError:
        STORE.exception("could not append")

    line = program_log.tail.lines()[-1]
    assert "builtins.ValueError\n  tests/system/test_log.py:" in line
    assert NAME not in line


def test_an_exception_that_is_not_there_adds_nothing(program_log: ProgramLog) -> None:
    STORE.info("all is well", exc_info=(None, None, None))

    assert last_message(program_log) == "all is well"


def test_an_unknown_topic_is_not_written(program_log: ProgramLog) -> None:
    logging.getLogger("nurse_app.elsewhere").error("unknown")
    logging.getLogger("nurse_app.store.journal").error("known")

    assert [line.rpartition(" ")[2] for line in program_log.tail.lines()] == ["known"]


def test_libraries_are_neither_written_nor_given_our_lines(program_log: ProgramLog) -> None:
    above = LogTail()
    logging.getLogger().addHandler(above)
    try:
        logging.getLogger("some_library").error("%s", NAME)
        STORE.error("%s", NAME)
    finally:
        logging.getLogger().removeHandler(above)

    assert len(program_log.tail.lines()) == 1
    assert above.lines() == (NAME,)


def test_only_the_level_asked_for_and_above_is_written(tmp_path: Path) -> None:
    program_log = ProgramLog.start(tmp_path, logging.WARNING)

    STORE.info("too small")
    STORE.warning("large enough")
    program_log.stop()

    assert len(program_log.tail.lines()) == 1


def test_the_tail_keeps_the_last_lines(program_log: ProgramLog) -> None:
    for number in range(250):
        STORE.info("line %d", number)

    lines = program_log.tail.lines()
    assert len(lines) == 200
    assert lines[0].endswith("line 50")


def test_the_log_never_fills_the_disk(program_log: ProgramLog, tmp_path: Path) -> None:
    for number in range(600):
        STORE.info("x" * 10_000 + " %d", number)

    sizes = [file.stat().st_size for file in (tmp_path / "log").iterdir()]
    assert len(sizes) == 5
    assert max(sizes) <= 1_000_000


def test_a_folder_that_cannot_be_made_leaves_the_tail(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file where the folder should be", encoding="utf-8")

    program_log = ProgramLog.start(tmp_path / "log")
    STORE.error("still here")
    program_log.stop()

    assert program_log.file is None
    assert last_message(program_log) == "still here"


def test_a_log_that_cannot_be_written_says_nothing_to_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full_disk(_handler: logging.Handler, _record: logging.LogRecord) -> bool:
        raise OSError(28, NAME)

    monkeypatch.setattr(logging.handlers.RotatingFileHandler, "shouldRollover", full_disk)
    program_log = ProgramLog.start(tmp_path)

    STORE.error("lost on the disk, kept in memory")
    program_log.stop()

    assert capsys.readouterr().err == ""
    assert len(program_log.tail.lines()) == 1


def test_stopping_leaves_logging_as_it_was_found(tmp_path: Path) -> None:
    logger = logging.getLogger("nurse_app")

    def state() -> tuple[object, ...]:
        return list(logger.handlers), logger.level, logger.propagate, logging.raiseExceptions

    before = state()
    ProgramLog.start(tmp_path).stop()

    assert state() == before


@pytest.fixture(scope="module")
def logging_calls() -> list[tuple[str, ast.Call]]:
    return list(find_logging_calls())


def find_logging_calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call in the program that looks like one of logging's, with the place."""
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value
                name = (
                    owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
                )
                if name in {"_log", "log", "logger", "logging"} and node.func.attr in LEVELS | {"getLogger"}:
                    yield f"{source.name}:{node.lineno}", node


def test_every_message_in_the_program_is_a_literal(logging_calls: list[tuple[str, ast.Call]]) -> None:
    wrong = [
        place
        for place, call in logging_calls
        if call.func.attr in LEVELS and not isinstance(call.args[call.func.attr == "log"], ast.Constant)
    ]

    assert wrong == []


def test_every_logger_in_the_program_has_a_known_topic(logging_calls: list[tuple[str, ast.Call]]) -> None:
    wrong = []
    for place, call in logging_calls:
        if call.func.attr == "getLogger" and isinstance(call.args[0], ast.Constant):
            record = logging.makeLogRecord({"name": call.args[0].value})
            wrong += [] if is_known_topic(record) else [place]

    assert wrong == []


def test_topics_are_rooms_of_the_program_or_qt() -> None:
    rooms = {source.stem for source in SOURCES} | {source.parent.name for source in SOURCES}

    assert {topic.removeprefix("nurse_app.") for topic in TOPICS} <= rooms | {"main", "qt"}
