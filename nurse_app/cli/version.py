"""nurse-app --version: which program this is."""

from nurse_app import __version__
from nurse_app.cli.outcome import OK, guarded
from nurse_app.cli.streams import Streams


def run_version(streams: Streams, build: str) -> int:
    """Print version and build identity; ``build`` says what the program was made from."""

    def command() -> int:
        streams.say(f"nurse-app {__version__} ({build})")
        return OK

    return guarded(streams, command)
