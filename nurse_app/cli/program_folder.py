"""Where this program lies, and what happens to that folder when a window was closed in good order."""

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from nurse_app.system.background import start_again
from nurse_app.system.paths import surroundings

if TYPE_CHECKING:
    from nurse_app.cli.window_updates import WindowUpdates
    from nurse_app.updating.updates import Workshop
    from nurse_app.visit.service import VisitService

_log = logging.getLogger("nurse_app.main")


def _own_workshop(resources: Path) -> "Workshop":
    # Loaded when it is wanted: the window is there sooner.
    made: Workshop = import_module("nurse_app.cli.updates").own_workshop(resources)
    return made


@dataclass(slots=True)
class ProgramFolder:
    """The folder of one running program.

    ``workshop`` makes what updates need, from the resources; ``words`` are those the program was started with.
    """

    workshop: "Callable[[Path], Workshop]" = _own_workshop
    words: tuple[str, ...] = field(default_factory=lambda: tuple(sys.argv[1:]))
    _is_asked: bool = False

    def updates(self, resources: Path, root: Path, service: "VisitService", *, training: bool) -> "WindowUpdates":
        """What the window can do with it; ``root`` are the records that the window has open."""
        made: type[WindowUpdates] = import_module("nurse_app.cli.window_updates").WindowUpdates
        return made(self.workshop(resources), root, service, training, self.ask_to_start_again)

    def ask_to_start_again(self) -> None:
        """Have the version in use started when this one has ended."""
        self._is_asked = True

    def end_well(self, resources: Path) -> None:
        """This version has run from start to end: older ones are no longer kept. Then start the next one, if asked."""
        if surroundings().unpacked is None and not self._is_asked:
            return
        shop = self.workshop(resources)
        import_module("nurse_app.updating.updates").tidy_up(shop)
        if self._is_asked and shop.folder is not None:
            try:
                around = surroundings()
                start_again((str(shop.folder.starter), *self.words), around.unpacked, around.environment)
            except OSError as error:
                _log.warning("the program could not be started again: %s", error.strerror)
