"""Files of results broken at random: whatever comes in, rows come out or a sentence, and never anything else."""

import random
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from nurse_app.domain.facts import LabResult
from nurse_app.domain.incoming_results import Change, Course, NotTaken, judged
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.interchange.lab_file.csv_file import CsvForm
from nurse_app.interchange.lab_file.reading import read_lab_file
from nurse_app.interchange.lab_file.rows import LabFile, UnreadableFileError
from tests.figures import Figure
from tests.interchange.test_lab_reading import AS_CSV, AS_FHIR, AS_HL7

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
SEEDS = [
    text.encode()
    for text in (
        AS_CSV * 2,
        AS_CSV.replace(",", ";").replace("5.0", "5,25"),
        "sep=;\r\n" + AS_CSV.replace(",", ";"),
        AS_HL7 * 2,
        f"\x0b{AS_HL7}\x1c\r",
        AS_FHIR,
        f"{AS_FHIR}\n{AS_FHIR}\n",
        f'{{"resourceType": "Bundle", "entry": [{{"resource": {AS_FHIR}}}, {{"resource": {AS_FHIR}}}]}}',
    )
]
PIECES = [
    *(bytes([byte]) for byte in (0, 9, 10, 11, 13, 28, 34, 44, 59, 92, 124, 94, 126, 38, 123, 125, 91, 93, 129, 255)),
    *(
        piece.encode()
        for piece in ("\ufeff", "\u202e", "=cmd|", "1e999", "-0", "9" * 40, "NaN", "null", "<", "2026-02-30")
    ),
    *(
        piece.encode()
        for piece in ("MSH|^~\\&|", "OBX|1|NM|", '"resourceType":', '{"a":' * 50, "\\X0D\\", "é", "2026-10-25 02:30")
    ),
]


def broken(chance: random.Random) -> bytes:
    """One of the files with a few bytes changed, cut out, doubled or put in."""
    content = bytearray(chance.choice(SEEDS))
    for _change in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randrange(len(content) + 1)
        to = min(len(content), at + chance.choice((1, 1, 2, 5, 40)))
        match chance.randrange(4):
            case 0:
                content[at:to] = chance.choice(PIECES)
            case 1:
                del content[at:to]
            case 2:
                content[at:at] = content[at:to]
            case _:
                content[at:at] = chance.choice(PIECES)
    return bytes(content)


@pytest.mark.parametrize("count", [1_500, pytest.param(2_500_000, marks=pytest.mark.sweep)])
def test_whatever_is_in_a_file_rows_come_out_or_a_sentence(
    count: int, protocol: InfusionProtocol, figure: Figure
) -> None:
    chance = random.Random(20_261_122)
    unreadable = taken = refused = 0
    for _file in range(count):
        content, sentence = broken(chance), ""
        try:
            file = read_lab_file(content, CsvForm(), BERLIN)
        except UnreadableFileError as error:
            file, sentence = LabFile(()), str(error)
        assert sentence.isprintable(), content
        unreadable += bool(sentence)
        refused += len(file.refused)
        assert all(each.reason.isprintable() for each in file.refused), content
        course = Course((), 1)
        for row in file.rows:
            found = judged(protocol, {}, row, NOW)
            result = course.take(row, found) if isinstance(found, LabResult) else found
            assert isinstance(result, Change | NotTaken)
            taken += isinstance(result, Change)
    figure(
        f"lab files: {count:,} broken ones, {unreadable:,} unreadable, {taken:,} results, {refused:,} places refused"
    )
