"""This program started by itself for work that must not hold up its window: the daily backup, a self-test."""

from collections.abc import Mapping
from pathlib import Path

from nurse_app.system.background import BackgroundCommand, BackgroundWork, own_command, own_environment
from nurse_app.system.outside import outside_environment
from nurse_app.system.paths import surroundings
from nurse_app.system.speaking_command import SpeakingCommand


def start_backup(root: Path) -> BackgroundWork:
    """Today’s backup of a data folder, in a program of its own. Raises OSError."""
    return BackgroundCommand(*_this_program("--data-dir", str(root), "backup", "--daily"))


def start_self_test(root: Path) -> SpeakingCommand:
    """A self-test on a data folder, in a program of its own. Raises OSError."""
    return SpeakingCommand(*_this_program("--data-dir", str(root), "self-test", "--json"))


def _this_program(*words: str) -> tuple[tuple[str, ...], Mapping[str, str]]:
    """How this program starts itself with a command line, and in which surroundings."""
    around = surroundings()
    environment = around.environment
    if around.unpacked is not None:
        # A packaged executable takes what it finds as what was there before, and hands it on to the system's programs.
        environment = outside_environment(environment)
    return (*own_command(around.package, around.unpacked), *words), own_environment(around.package, environment)
