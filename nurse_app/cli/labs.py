"""nurse-app labs RECORD_NO: the results of one patient as the record has them."""

from nurse_app.cli.arguments import LabsArguments
from nurse_app.cli.outcome import OK, CommandError, guarded
from nurse_app.cli.records import Look, Workplace, look_at
from nurse_app.cli.streams import Streams
from nurse_app.interchange.json_text import json_page
from nurse_app.interchange.lab_rows import LabRow, lab_rows
from nurse_app.visit.ports import StreamKind


def run_labs(arguments: LabsArguments, streams: Streams, workplace: Workplace) -> int:
    """0: printed; 2: no such patient, or the records cannot be read."""
    return guarded(streams, lambda: _run(arguments, streams, workplace))


def _run(arguments: LabsArguments, streams: Streams, workplace: Workplace) -> int:
    look = look_at(workplace)
    patient_id = look.service.patient_with(arguments.record_no)
    if patient_id is None:
        raise CommandError(_nobody(look, workplace))
    rows = lab_rows(look.service.patient(patient_id).state)
    if arguments.as_json:
        streams.say(json_page(rows))
    else:
        for row in rows:
            streams.say(_line(row))
    return OK


def _nobody(look: Look, workplace: Workplace) -> str:
    unreadable = sum(entry.problem is not None for entry in look.index.entries(StreamKind.PATIENT).values())
    if unreadable:
        return (
            f"{workplace.root}: no patient with this record number can be read, and {unreadable} patient records "
            "cannot be read at all. Run “nurse-app verify” to see which."
        )
    return (
        f"{workplace.root}: there is no patient with this record number. "
        "Check the number, or name the folder of the records with --data-dir."
    )


def _line(row: LabRow) -> str:
    limits = " ".join(f"{word} {limit}" for word, limit in (("from", row["ref_low"]), ("to", row["ref_high"])) if limit)
    cells = (row["collected_at"], row["test"], row["value"], row["unit"], limits and f"({limits})")
    end = "  superseded" if row["superseded"] else ""
    return "  ".join(str(cell) for cell in cells if cell) + end
