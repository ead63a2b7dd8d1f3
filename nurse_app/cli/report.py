"""nurse-app report VISIT: writes the record of one visit, for people or for other programs."""

from collections.abc import Callable
from typing import assert_never, cast

from nurse_app.cli.arguments import RecordFormat, ReportArguments
from nurse_app.cli.outcome import OK, CommandError, guarded
from nurse_app.cli.output_file import require_place, write_output
from nurse_app.cli.record_checks import code_of
from nurse_app.cli.records import Look, Workplace, look_at
from nurse_app.cli.streams import Streams
from nurse_app.domain.events import Event
from nurse_app.domain.evolve import fold
from nurse_app.domain.patient_record import PatientRecord
from nurse_app.domain.record import Recorded
from nurse_app.domain.snapshot import snapshot
from nurse_app.domain.station import Station, fold_station
from nurse_app.domain.station_events import StationEvent
from nurse_app.interchange.record_csv import record_csv
from nurse_app.interchange.record_document import MachineRecord, RecordDocument
from nurse_app.interchange.record_json import record_json
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.record import RecordSource, record_document
from nurse_app.store.kinds import event_codecs
from nurse_app.visit.ports import StreamKind, UnreadableRecordError
from nurse_app.visit.users import STATION_ID

# Makes the pages of a record; given by the composition root, because only ui can draw.
DrawPdf = Callable[[RecordDocument], bytes]


def run_report(arguments: ReportArguments, streams: Streams, workplace: Workplace, draw_pdf: DrawPdf) -> int:
    """0: the record is written; 2: it is not, and nothing is."""
    return guarded(streams, lambda: _run(arguments, workplace, draw_pdf))


def _run(arguments: ReportArguments, workplace: Workplace, draw_pdf: DrawPdf) -> int:
    place = require_place(arguments.output, workplace.root)
    record = machine_record(look_at(workplace), arguments.visit, workplace)
    write_output(arguments.output, place, _content(record, arguments.format, draw_pdf))
    return OK


def _content(record: MachineRecord, wanted: RecordFormat, draw_pdf: DrawPdf) -> bytes:
    match wanted:
        case "json":
            return record_json(record).encode()
        case "csv":
            return record_csv(record).encode()
        case "pdf":
            return draw_pdf(record.document)
        case _:
            assert_never(wanted)


def machine_record(look: Look, visit_id: str, workplace: Workplace) -> MachineRecord:
    """Everything about one visit as it was after its last entry. Raises CommandError, UnreadableRecordError."""
    try:
        content = look.folder.content(StreamKind.VISIT, visit_id)
    except (FileNotFoundError, ValueError) as error:
        raise CommandError(
            f"{workplace.root}: there is no visit {visit_id}. Check the id, or name the folder of the records with "
            "--data-dir."
        ) from error
    record = cast("tuple[Recorded[Event], ...]", content.recorded)
    state = fold(record)
    patient = _patient(look, state.patient_id)
    context = VisitContext(
        visit_id=visit_id,
        state=state,
        record=record,
        now=state.last_moment,
        zone=state.last_reading.wall.tzinfo,
        user_id="",
        name_of=_station(look).name_of,
        patient_name=patient.details.name if patient else "",
    )
    is_sample = patient is not None and patient.sample
    code = code_of(workplace.key, StreamKind.VISIT, visit_id, content.mark)
    source = RecordSource(context, content.mark.head_digest, sample=is_sample, training=workplace.training, code=code)
    codec = event_codecs()[StreamKind.VISIT]
    return MachineRecord(
        visit_id=visit_id,
        entries=tuple(codec.encode(item) for item in content.recorded),
        head_digest=content.mark.head_digest,
        code=code,
        state=snapshot(state, state.last_moment),
        document=record_document(source),
    )


def _patient(look: Look, patient_id: str) -> PatientRecord | None:
    """The patient; None when the record cannot be read, because the visit's own record stands by itself."""
    try:
        return look.service.patient(patient_id).state
    except (FileNotFoundError, UnreadableRecordError, LookupError):
        return None


def _station(look: Look) -> Station:
    """The people's names; none when this data folder has no station record that can be read."""
    try:
        entries = look.folder.content(StreamKind.STATION, STATION_ID).recorded
    except (FileNotFoundError, UnreadableRecordError):
        return Station()
    return fold_station(cast("tuple[Recorded[StationEvent], ...]", entries))
