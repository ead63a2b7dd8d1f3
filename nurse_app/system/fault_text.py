"""A fault as types and places. Never its words or values: they may hold what was typed about a patient."""

from collections.abc import Iterator
from pathlib import PurePath
from traceback import walk_tb
from types import TracebackType

_FIRST_FRAMES = 15
_LAST_FRAMES = 35
_MOST_ERRORS = 10


def fault_lines(error: BaseException) -> list[str]:
    """The error and what led to it, newest first: its type, then the places from the outermost to the innermost."""
    lines: list[str] = []
    for relation, each in _chain(error):
        lines.append(f"{relation}{_type_name(each)}")
        lines += _frames(each.__traceback__)
    return lines


def fingerprint(error: BaseException) -> tuple[str, ...]:
    """What makes two faults the same: type and innermost places."""
    # The outer places differ from call to call, and the depth of a runaway recursion as well.
    return (_type_name(error), *_frames(error.__traceback__)[-3:])


def _chain(error: BaseException) -> Iterator[tuple[str, BaseException]]:
    waiting: list[tuple[str, BaseException]] = [("", error)]
    seen: set[int] = set()
    while waiting and len(seen) < _MOST_ERRORS:
        relation, each = waiting.pop(0)
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield relation, each
        if isinstance(each, BaseExceptionGroup):
            waiting += [("one of the group: ", part) for part in each.exceptions]
        if each.__cause__ is not None:
            waiting.append(("caused by: ", each.__cause__))
        elif each.__context__ is not None and not each.__suppress_context__:
            waiting.append(("while handling: ", each.__context__))


def _type_name(error: BaseException) -> str:
    kind = type(error)
    # The number of a system error is no text, and tells a full disk from a missing folder.
    number = f" (errno {error.errno})" if isinstance(error, OSError) and isinstance(error.errno, int) else ""
    return f"{kind.__module__}.{kind.__qualname__}{number}"


def _frames(trace: TracebackType | None) -> list[str]:
    frames = [
        f"  {_short(frame.f_code.co_filename)}:{line} in {frame.f_code.co_qualname}" for frame, line in walk_tb(trace)
    ]
    left_out = len(frames) - _FIRST_FRAMES - _LAST_FRAMES
    if left_out <= 0:
        return frames
    return [*frames[:_FIRST_FRAMES], f"  ({left_out} places left out)", *frames[-_LAST_FRAMES:]]


def _short(file_name: str) -> str:
    # The first folders of a path often hold the name of a person.
    return "/".join(PurePath(file_name).parts[-3:]).lstrip("/")
