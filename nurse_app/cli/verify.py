"""nurse-app verify: reads every record, checks its chain, changes nothing."""

from pathlib import Path

from nurse_app.cli.arguments import VerifyArguments
from nurse_app.cli.outcome import NOT_SO, OK, guarded
from nurse_app.cli.records import system_disk
from nurse_app.cli.streams import Streams
from nurse_app.interchange.json_text import json_page
from nurse_app.plain_data import plain
from nurse_app.store.kinds import event_codecs
from nurse_app.store.verify import VerifyReport, verify_records


def run_verify(arguments: VerifyArguments, streams: Streams, root: Path) -> int:
    """0: all records are sound; 1: at least one is damaged; 2: the folder cannot be read."""
    return guarded(streams, lambda: _run(arguments, streams, root))


def _run(arguments: VerifyArguments, streams: Streams, root: Path) -> int:
    report = verify_records(system_disk(), root, event_codecs())
    if arguments.as_json:
        streams.say(json_page({"sound": report.is_sound, **plain(report)}))
    else:
        for line in _sentences(report):
            streams.say(line)
    return OK if report.is_sound else NOT_SO


def _sentences(report: VerifyReport) -> list[str]:
    """One sentence for each record there is something to say about, and one for all."""
    lines = [f"{stream.file}: {stream.sentence}" for stream in report.streams if stream.sentence]
    entries = sum(stream.sound_entries for stream in report.streams)
    verdict = "All are sound." if report.is_sound else "Not all are sound."
    return [*lines, f"Records read: {len(report.streams)}, with {entries} sound entries. {verdict}"]
