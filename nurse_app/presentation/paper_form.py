"""A visit on paper, for when the program cannot be used: every step with its questions and times, from the protocol."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal

from nurse_app import __version__
from nurse_app.domain.patient_record import PatientRecord
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.i18n import _
from nurse_app.interchange.record_document import RecordDocument, RecordRow, RecordSection, RecordTable
from nurse_app.presentation.formats import day_and_clock, number, with_unit
from nurse_app.presentation.paper_patient import known_sections, known_subject, weight_of
from nurse_app.presentation.protocol_words import optional_text, page_banners, standing_notices
from nurse_app.presentation.standing_order import dose_on_paper

BOX = "☐"
_WORST_LEVEL = "anaphylaxis"
_NO_BREAK = "\u00a0"
_FIRST_LINE_ACT = "epinephrine"
# A form with what is known of a patient has less room.
_SPARE_ROWS, _REACTION_ROWS, _DECISIONS = 1, 3, 1
_MORE_ON_A_BLANK_ONE = 3


@dataclass(frozen=True, slots=True)
class FormSource:
    """What a form is made from; without a record it is the blank one. ``made_at`` has an offset."""

    protocol: InfusionProtocol
    made_at: datetime
    zone: tzinfo | None
    training: bool
    record: PatientRecord | None = None


def paper_form(source: FormSource) -> RecordDocument:
    """Two pages. An empty cell is room to write."""
    protocol, record = source.protocol, source.record
    known = known_sections(record, protocol, source.made_at, source.zone) if record is not None else ()
    return RecordDocument(
        title=_("Paper form: {title}").format(title=protocol.text("protocol.title")),
        banners=page_banners(training=source.training, sample=record is not None and record.sample),
        notices=standing_notices(protocol),
        subject=_subject(source),
        sections=(*known, *_sections(source)),
        signatures=(_("Nurse: name, signature and date"), _("Prescriber: name, signature and date")),
        foot=(_foot(source),),
        entries=(),
    )


def _foot(source: FormSource) -> str:
    protocol = source.protocol
    parts = (
        _("Form made {when}").format(when=day_and_clock(source.made_at, source.zone)),
        _("protocol {id} {version}").format(id=protocol.id, version=protocol.version),
        _("nurse-app {version}").format(version=__version__),
    )
    return " · ".join(parts)


def _subject(source: FormSource) -> tuple[tuple[str, str], ...]:
    if source.record is not None:
        return known_subject(source.record, source.protocol, source.made_at, source.zone)
    line = "_" * 22
    written = (_("Allergies"), _("Weight in kg"), _("Other medicines"))
    # Beside the lines that head every page, so that those get room to write, too.
    return ((_("Name"), line), (_("Born"), line), (_("Record no."), line), *((label, "") for label in written))


def _sections(source: FormSource) -> Iterator[RecordSection]:
    protocol = source.protocol
    # The titles are those of the first columns: it saves the lines that make two pages of it.
    yield RecordSection("", table=_identity())
    yield RecordSection("", table=_questions(protocol))
    yield RecordSection("", table=_decisions())
    yield RecordSection("", table=_preparation(protocol), lines=_bag_lines(protocol))
    yield RecordSection("", table=_infusion(), lines=_infusion_lines(protocol))
    more = 0 if source.record is not None else _MORE_ON_A_BLANK_ONE
    yield RecordSection("", table=_vital_signs(protocol, _SPARE_ROWS + more))
    yield RecordSection("", table=_reaction(_REACTION_ROWS + more), lines=_reaction_lines(source))
    yield RecordSection("", table=_ending(), lines=_ending_lines(protocol))


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> RecordTable:
    return RecordTable(tuple(columns), tuple(RecordRow(tuple(cells)) for cells in rows))


def _wide(title: str, room: int) -> str:
    """The title of a column that is written in by hand: blanks make it as wide as that takes."""
    return _unbroken(title) + _NO_BREAK * room


def _identity() -> RecordTable:
    columns = (
        _("1 Identify"),
        _wide(_("Date, time"), 16),
        _wide(_("Nurse"), 24),
        _wide(_("Why on paper"), 16),
    )
    words = _("{box} wristband and birth date agree with the record").format(box=BOX)
    return _table(columns, [(words, "", "", "")])


def _questions(protocol: InfusionProtocol) -> RecordTable:
    means = {
        "information": _("Note"),
        "caution": _("Caution"),
        "hold": _("Hold: the prescriber decides"),
        "stop": _("Stop: do not give"),
    }
    rows = [
        (protocol.text(f"question.{item.id}.text"), f"{BOX} {_('No')}", f"{BOX} {_('Yes')}", means[item.severity])
        for item in protocol.questions
    ]
    return _table(
        (_("2 Pre-checks: ask every question"), _wide(_("No"), 4), _wide(_("Yes"), 4), _("A yes means")), rows
    )


def _decisions() -> RecordTable:
    columns = (
        _wide(_("For a hold: about"), 12),
        _wide(_("Prescriber"), 20),
        _("Decision"),
        _("Read back"),
        _wide(_("Time, by"), 14),
    )
    choice = _("{box} proceed  {box} do not give").format(box=BOX)
    return _table(columns, [("", "", choice, BOX, "")] * _DECISIONS)


def _preparation(protocol: InfusionProtocol) -> RecordTable:
    looks = _("{box} clear  {box} other:").format(box=BOX)
    read = {
        "product": _("Lot:{room}Expiry:").format(room=_NO_BREAK * 24),
        "inspect-vial": looks,
        "diluent": _("Lot:"),
        "inspect-bag": looks,
        "second-check": _("Lot:{room}mL:{room}Record no.:").format(room=_NO_BREAK * 12),
    }
    rows = [(protocol.text(f"prepare.{line}.title"), "", read.get(line, ""), "") for line in protocol.preparation.lines]
    return _table((_("3 Prepare"), _wide(_("Time"), 6), _wide(_("What was read"), 48), _wide(_("By"), 16)), rows)


def _bag_lines(protocol: InfusionProtocol) -> tuple[str, ...]:
    room = _NO_BREAK * 16
    return (
        _("Use before ({limits}):{room}In the refrigerator from:{room}to:").format(
            limits=optional_text(protocol, "prepare.use-before"), room=room
        ),
    )


def _infusion() -> RecordTable:
    acts = (
        _("Vein access, site"),
        _("Infusion started, rate in mL/h"),
        _("Paused, why"),
        _("Resumed"),
        _("Bag empty, or stopped for good: why, mL given"),
        _("Flush finished, mL"),
    )
    return _table(
        (_("4 Infuse"), _wide(_("Time"), 8), _wide(_("Figures, reason"), 44), _wide(_("By"), 16)), _rows(acts, 3)
    )


def _rows(firsts: Sequence[str], empty: int) -> list[tuple[str, ...]]:
    return [(first, *("" for _place in range(empty))) for first in firsts]


def _infusion_lines(protocol: InfusionProtocol) -> tuple[str, ...]:
    words = optional_text(protocol, "infuse.before")
    return (words,) if words else ()


def _vital_signs(protocol: InfusionProtocol, spare: int) -> RecordTable:
    pressures = ("systolic", "diastolic")
    names = [name for name in protocol.vital_signs if name not in pressures]
    unit = protocol.vital_signs[pressures[0]].unit
    signs = [with_unit(protocol.text(f"vital.{name}"), f"({protocol.vital_signs[name].unit})") for name in names]
    columns = (
        _("Vital signs"),
        _wide(_("Time"), 8),
        with_unit(_("Blood pressure"), f"({unit})"),
        *signs,
        _wide(_("By"), 10),
    )
    whens = (*_vital_sign_times(protocol), *("" for _row in range(spare)))
    return _table(columns, _rows(whens, len(columns) - 1))


def _vital_sign_times(protocol: InfusionProtocol) -> Iterator[str]:
    """When a set is due in a visit without a pause."""
    yield _("Before the start")
    every, planned = protocol.vital_sign_schedule.infusion_every_minutes, protocol.infusion.planned_minutes
    count = int(planned / every)
    for place in range(1, count + 1):
        yield _("Running {n} min").format(n=number(Decimal(place) * every))
    for minutes in protocol.vital_sign_schedule.observation_at_minutes:
        yield _("Watched {n} min").format(n=number(minutes))


def _reaction(rows: int) -> RecordTable:
    columns = (
        _wide(_("Reaction: time"), 2),
        _wide(_("Sign, act, or medicine with dose and route"), 60),
        _wide(_("By"), 16),
    )
    return _table(columns, [("", "", "")] * rows)


def _reaction_lines(source: FormSource) -> tuple[str, ...]:
    protocol = source.protocol
    signs = "   ".join(
        f"{BOX}{_NO_BREAK}{_unbroken(protocol.text(f'sign.{sign.id}'))}" for sign in protocol.reaction.signs
    )
    weight = weight_of(source.record) if source.record is not None else None
    acts = [
        dose_on_paper(protocol, weight) if act == _FIRST_LINE_ACT else protocol.text(f"action.{act}.title")
        for act in protocol.reaction.actions.get(_WORST_LEVEL, ())
    ]
    first = optional_text(protocol, "infuse.reaction.first")
    worst = protocol.text(f"level.{_WORST_LEVEL}.title")
    return (
        signs,
        *((first,) if first else ()),
        _("{level}: {acts}").format(level=worst, acts="   ".join(f"{BOX}{_NO_BREAK}{act}" for act in acts)),
        _(
            "{box} only mild, settled, goes on by the prescriber’s decision   {box} ended for today   {box} to hospital"
        ).format(box=BOX),
    )


def _unbroken(words: str) -> str:
    return words.replace(" ", _NO_BREAK)


def _ending() -> RecordTable:
    columns = (
        _wide(_("5 Observe: from"), 10),
        _wide(_("to"), 16),
        _wide(_("Left early: why"), 20),
        _wide(_("6 Discharge: next infusion"), 2),
        _wide(_("Left at"), 12),
    )
    return _table(columns, [("", "", "", "", "")])


def _ending_lines(protocol: InfusionProtocol) -> tuple[str, ...]:
    texts = ("observe.summary", "observe.leave", "discharge.summary", "protocol.programme-form")
    found = [f"{BOX} {words}" for words in (optional_text(protocol, text_id) for text_id in texts) if words]
    room = _NO_BREAK * 24
    return (*found, _("{box} Entered into the program on:{room}by:").format(box=BOX, room=room))
