"""nurse-app assess FILE: judges a patient's facts against the protocol."""

from nurse_app.cli.arguments import AssessArguments
from nurse_app.cli.input_file import read_input
from nurse_app.cli.outcome import OK, guarded
from nurse_app.cli.protocols import Catalog, chooser
from nurse_app.cli.streams import Streams
from nurse_app.domain.assess import assess
from nurse_app.interchange.assess import judgement, read_case
from nurse_app.interchange.json_text import json_page
from nurse_app.presentation.finding_words import finding_sentence


def run_assess(arguments: AssessArguments, streams: Streams, catalog: Catalog) -> int:
    """0: judged, whatever the decision; 2: the input is malformed."""
    return guarded(streams, lambda: _run(arguments, streams, catalog))


def _run(arguments: AssessArguments, streams: Streams, catalog: Catalog) -> int:
    choose = chooser(catalog)
    case = read_input(arguments.file, streams, lambda data: read_case(data, choose))
    judged = assess(case.pinned.protocol, case.facts, case.now)
    streams.say(json_page(judgement(case.pinned, judged, finding_sentence)))
    return OK
