"""The environment for programs of the system that this one starts: a sound player, an inhibitor of sleep."""

from collections.abc import Mapping

_LIBRARIES = "LD_LIBRARY_PATH"
# Here the starter of a packaged executable keeps what was there before.
_BEFORE = "LD_LIBRARY_PATH_ORIG"


def outside_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without the libraries of a packaged executable, which no program of the system must load."""
    outside = {name: value for name, value in environment.items() if name not in (_LIBRARIES, _BEFORE)}
    return outside | {_LIBRARIES: environment[_BEFORE]} if _BEFORE in environment else outside
