"""nurse-app verify: reads every record, checks its chain and its checkpoints, changes nothing."""

from collections.abc import Iterator
from pathlib import Path

from nurse_app.cli.arguments import VerifyArguments
from nurse_app.cli.checkpoints import Workstation, evidence_of
from nurse_app.cli.outcome import NOT_SO, OK, CommandError, guarded
from nurse_app.cli.record_checks import check_records
from nurse_app.cli.records import system_disk
from nurse_app.cli.streams import Streams
from nurse_app.interchange.json_text import json_page
from nurse_app.plain_data import plain
from nurse_app.presentation.record_check import finding_sentence, verdict_sentence
from nurse_app.store.journal_opening import read_journal
from nurse_app.store.layout import place_of
from nurse_app.store.record_codes import entries_with_code
from nurse_app.store.verify import VerifyReport
from nurse_app.visit.ports import StreamKind
from nurse_app.visit.record_check import CheckSummary


def run_verify(arguments: VerifyArguments, streams: Streams, root: Path, workstation: Workstation | None) -> int:
    """0: all records are sound; 1: one is damaged, cut, written anew, missing or old; 2: the folder cannot be read."""
    if arguments.code is not None:
        code, visit = arguments.code
        return guarded(streams, lambda: _compare(code, visit, streams, root, workstation))
    return guarded(streams, lambda: _check(arguments, streams, root, workstation))


def _check(arguments: VerifyArguments, streams: Streams, root: Path, workstation: Workstation | None) -> int:
    report = check_records(root, workstation, lambda _done, _all: None)
    summary = report.summary
    if arguments.as_json:
        streams.say(json_page(_page(report, summary)))
    else:
        for line in _sentences(summary):
            streams.say(line)
    return OK if summary.is_sound else NOT_SO


def _page(report: VerifyReport, summary: CheckSummary) -> dict[str, object]:
    """Every record with its number of entries and the end of its chain, to be compared with printed ones."""
    return {
        "sound": summary.is_sound,
        "records": summary.records,
        "entries": summary.entries,
        "checkpoints": summary.checkpoints,
        "findings": [{"sentence": finding_sentence(finding, None), **plain(finding)} for finding in summary.findings],
        "streams": plain(report.streams),
    }


def _sentences(summary: CheckSummary) -> Iterator[str]:
    """One line for each thing found, and one for all."""
    for finding in summary.findings:
        yield f"{finding.file}: {finding_sentence(finding, None)}"
    yield verdict_sentence(summary)


def _compare(code: str, visit_id: str, streams: Streams, root: Path, workstation: Workstation | None) -> int:
    """0: the printed code belongs to this visit; 1: it does not."""
    evidence = evidence_of(root, workstation)
    if evidence.key is None:
        problem = evidence.problem or "This workstation has no key."
        raise CommandError(f"{problem} Compare the code on the workstation that printed it.")
    try:
        found = read_journal(system_disk(), place_of(root, StreamKind.VISIT, visit_id))
    except (FileNotFoundError, ValueError) as error:
        raise CommandError(f"{root}: there is no visit {visit_id}. Check the id, or name the folder.") from error
    entries = entries_with_code(evidence.key, f"{StreamKind.VISIT.value} {visit_id}", found, code)
    if entries is None:
        streams.say(
            f"The code does not belong to visit {visit_id} as it is now. Look whether it was typed right. If it was, "
            "the record was changed after it was printed, or it was printed on another workstation."
        )
        return NOT_SO
    later = len(found.bodies) - entries
    more = f" Entries made since then: {later}." if later else ""
    streams.say(f"The code belongs to visit {visit_id}: its first {entries} entries are as they were printed.{more}")
    return OK
