"""nurse-app update: looks at an update, installs it beside the version in use, or goes back to the version before."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nurse_app.cli.arguments import UpdateArguments
from nurse_app.cli.outcome import MALFORMED, NOT_SO, OK, guarded
from nurse_app.cli.records import Workplace
from nurse_app.cli.streams import Streams
from nurse_app.cli.updates import records_at_rest
from nurse_app.i18n import _
from nurse_app.updating.messages import (
    UnreadableUpdateError,
    UpdateError,
    gone_back,
    megabytes,
    would_install,
)
from nurse_app.updating.updates import Looked, Workshop, go_back, install_update, look


@dataclass(frozen=True, slots=True)
class Updating:
    """What the command works with, given once by the composition root; ``workplace`` has the records to be asked."""

    shop: Workshop
    workplace: Workplace


def run_update(arguments: UpdateArguments, streams: Streams, given: Updating) -> int:
    """0: done, or may be done; 1: refused or failed, the version in use is as it was; 2: the file is no update."""

    def command() -> int:
        try:
            return _update(arguments, streams, given)
        except UnreadableUpdateError as error:
            streams.tell(str(error))
            return MALFORMED
        except UpdateError as error:
            streams.tell(str(error))
            return NOT_SO

    return guarded(streams, command)


def _update(arguments: UpdateArguments, streams: Streams, given: Updating) -> int:
    with records_at_rest(given.workplace) as records:
        if arguments.file is None:
            back = go_back(given.shop, lambda: records)
            if back.warning:
                streams.tell(back.warning)
            streams.tell(gone_back(back.there))
            return OK
        if not arguments.only_look:
            streams.tell(install_update(given.shop, arguments.file, lambda: records, _in_silence))
            return OK
        looked = look(given.shop, arguments.file, records, _in_silence)
        for line in _description(arguments.file, looked):
            streams.say(line)
        return NOT_SO if looked.refusal else OK


def _description(file: Path, looked: Looked) -> Iterator[str]:
    manifest = looked.manifest
    yield _("File: {file}").format(file=file.name)
    yield _("Version: {version} for {platform}").format(version=manifest.version, platform=manifest.platform)
    yield _("Build: {build}").format(build=manifest.build)
    yield _("Signed with the release key {key}, which this program accepts; all {n} files ({size}) are whole.").format(
        key=looked.key.fingerprint, n=len(manifest.files), size=megabytes(manifest.bytes)
    )
    yield _("Records asked: {folder}").format(folder=looked.there.records.root)
    yield (
        _("It would be refused: {why}").format(why=looked.refusal)
        if looked.refusal
        else would_install(manifest, looked.there)
    )


def _in_silence(_done: int, _total: int) -> None:
    """A command says what came of it and nothing else."""
