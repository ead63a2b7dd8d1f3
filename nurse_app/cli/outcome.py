"""How a command ends: its exit codes, and its errors as one sentence each, never a traceback."""

from collections.abc import Callable

from nurse_app.cli.streams import Streams
from nurse_app.protocol_files.errors import ProtocolError
from nurse_app.store.backup_messages import BackupError
from nurse_app.store.data_folder import DataFolderError
from nurse_app.system.paths import NoFolderError
from nurse_app.visit.ports import InUseError, NotSavedError, UnreadableRecordError

OK, NOT_SO, MALFORMED, INTERRUPTED = 0, 1, 2, 130
_SAYS_IT_ALL = (BackupError, DataFolderError, NoFolderError, InUseError, NotSavedError, UnreadableRecordError)


class CommandError(Exception):
    """A command cannot go on. The text names the file and the place in it, what is wrong and what to do."""


def guarded(streams: Streams, command: Callable[[], int]) -> int:
    """Run a command; whatever stops it becomes one sentence and exit code 2."""
    try:
        return command()
    except (CommandError, *_SAYS_IT_ALL) as error:
        streams.tell(str(error))
    except ProtocolError as error:
        streams.tell(f"{error}. Install the protocol again, or ask the people who look after it.")
    except BrokenPipeError:
        # Whoever read our output has gone: nobody is left to be told.
        streams.give_up_output()
        return MALFORMED
    except OSError as error:
        streams.tell(f"The computer refused: {error.strerror or error}. Try again, or ask who looks after it.")
    except MemoryError:
        streams.tell("The computer is out of memory. Close other programs and try again.")
    except KeyboardInterrupt:
        streams.tell("Stopped.")
        return INTERRUPTED
    return MALFORMED
