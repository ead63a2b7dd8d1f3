"""What a step of a visit script does: a person's command, a scan, an expectation, or something from outside."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from nurse_app.domain import commands as c
from nurse_app.domain.facts import VialOnHand, VitalSigns
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.round_commands import SeenWell
from nurse_app.interchange.script_parts import duration, offset, text_of, yes_or_no
from nurse_app.plain_data import MisfitError, build


@dataclass(frozen=True, slots=True)
class StartVisit:
    """The appointment begins."""


@dataclass(frozen=True, slots=True)
class Record:
    """A command of a person."""

    command: c.Command


@dataclass(frozen=True, slots=True)
class Scan:
    """A barcode, read as the present step reads it."""

    barcode: str


@dataclass(frozen=True, slots=True)
class Expect:
    """A part of the state; everything it names must be equal."""

    state: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Restart:
    """The program ends without warning and is opened again; the machine goes on."""


@dataclass(frozen=True, slots=True)
class Suspend:
    """The machine sleeps; sleep counts."""

    lasting: timedelta


@dataclass(frozen=True, slots=True)
class SetClock:
    """Somebody moves the wall clock."""

    by: timedelta


Act = StartVisit | Record | Scan | Expect | Restart | Suspend | SetClock
Keys = dict[str, object]
_Read = Callable[[Keys, InfusionProtocol, str], Act]

# Commands whose fields are the step's keys, to the letter.
_AS_WRITTEN: Mapping[str, type[Any]] = {
    "decision": c.RecordDecision,
    "finish-prechecks": c.FinishPrechecks,
    "dilution-finished": c.FinishDilution,
    "move-bag": c.MoveBag,
    "bag-warmed": c.WarmBag,
    "discard-bag": c.DiscardBag,
    "second-check": c.CheckSecond,
    "line-ready": c.ReadyLine,
    "start-infusion": c.StartInfusion,
    "change-rate": c.ChangeRate,
    "pause": c.PauseInfusion,
    "resume": c.ResumeInfusion,
    "bag-empty": c.EmptyBag,
    "flush-finished": c.FinishFlush,
    "stop-infusion": c.StopInfusion,
    "reaction": c.OpenReaction,
    "sign": c.NoteSign,
    "treatment": c.GiveTreatment,
    "close-reaction": c.CloseReaction,
    "complete-observation": c.CompleteObservation,
    "leave-early": c.LeaveEarly,
    "discharge": c.Discharge,
    "not-given": c.DoNotGive,
    "note": c.AddNote,
    "correct": c.CorrectEntry,
    "acknowledge": c.AcknowledgeAlarm,
    "seen-well": SeenWell,
}
_LINES: Mapping[str, type[Any]] = {
    "inspect-vial": c.InspectVial,
    "diluent": c.RecordDiluent,
    "added": c.AddDose,
    "inverted": c.InvertBag,
    "inspect-bag": c.InspectBag,
    "labelled": c.LabelBag,
}


@dataclass(frozen=True, slots=True)
class _Identify:
    wristband: str
    birth_date: date | None = None


@dataclass(frozen=True, slots=True)
class _Product:
    brand: str | None
    route: str | None
    lot: str | None
    expiry: str | None


@dataclass(frozen=True, slots=True)
class _Scan:
    barcode: str


def needs_visit(act: Act) -> bool:
    """Whether the act is one inside a visit."""
    return isinstance(act, Record | Scan | Expect)


def read_act(do: str, keys: Keys, protocol: InfusionProtocol, place: str) -> tuple[Act, str | None]:
    """The act of a step and its author, if the step names one. Raises MisfitError."""
    if do in ("decision", "set-clock"):
        # Here ``by`` says something else.
        author = None
    elif do == "second-check":
        author = keys.get("by")
    else:
        author = keys.pop("by", None)
    if author is not None:
        author = text_of(f"{place}.by", build(str, author, f"{place}.by"))
    if do in _AS_WRITTEN:
        return Record(build(_AS_WRITTEN[do], keys, place)), author
    if do not in _READERS:
        raise MisfitError(f"{place}.do", "is not a command of visit scripts")
    return _READERS[do](keys, protocol, place), author


def _one(keys: Keys, name: str, place: str) -> object:
    """The only key that a step may have."""
    for key in keys:
        if key != name:
            raise MisfitError(f"{place}.{key}", "is not known here")
    if name not in keys:
        raise MisfitError(f"{place}.{name}", "is missing")
    return keys[name]


def _nothing(keys: Keys, place: str) -> None:
    for key in keys:
        raise MisfitError(f"{place}.{key}", "is not known here")


def _start(keys: Keys, _protocol: InfusionProtocol, place: str) -> Act:
    _nothing(keys, place)
    return StartVisit()


def _restart(keys: Keys, _protocol: InfusionProtocol, place: str) -> Act:
    _nothing(keys, place)
    return Restart()


def _suspend(keys: Keys, _protocol: InfusionProtocol, place: str) -> Act:
    return Suspend(duration(_one(keys, "for", place), f"{place}.for"))


def _set_clock(keys: Keys, _protocol: InfusionProtocol, place: str) -> Act:
    return SetClock(offset(_one(keys, "by", place), f"{place}.by"))


def _expect(keys: Keys, _protocol: InfusionProtocol, place: str) -> Act:
    state = _one(keys, "state", place)
    if not isinstance(state, dict):
        raise MisfitError(f"{place}.state", "must be an object")
    return Expect(state)


def _scan(keys: Keys, _protocol: InfusionProtocol, place: str) -> Act:
    return Scan(build(_Scan, keys, place).barcode)


def _identify(keys: Keys, _protocol: InfusionProtocol, place: str) -> Act:
    written = build(_Identify, keys, place)
    return Record(c.Identify(written.wristband, written.birth_date))


def _answer(keys: Keys, _protocol: InfusionProtocol, place: str) -> Act:
    rest = {key: value for key, value in keys.items() if key != "question"}
    answer = yes_or_no(_one(rest, "answer", place), f"{place}.answer")
    if "question" not in keys:
        raise MisfitError(f"{place}.question", "is missing")
    return Record(c.AnswerQuestion(build(str, keys["question"], f"{place}.question"), answer))


def _answer_rest(keys: Keys, _protocol: InfusionProtocol, place: str) -> Act:
    return Record(c.AnswerRest(yes_or_no(_one(keys, "answer", place), f"{place}.answer")))


def _vitals(keys: Keys, _protocol: InfusionProtocol, place: str) -> Act:
    return Record(c.RecordVitalSigns(build(VitalSigns, keys, place)))


def _product(keys: Keys, protocol: InfusionProtocol, place: str) -> Act:
    written, usual = build(_Product, keys, place), protocol.product
    vial = VialOnHand(
        written.brand, written.route, usual.strength_mg, usual.volume_ml, lot=written.lot, expiry=written.expiry
    )
    return Record(c.RecordProduct(vial))


def _prepare(keys: Keys, _protocol: InfusionProtocol, place: str) -> Act:
    if "line" not in keys:
        raise MisfitError(f"{place}.line", "is missing")
    line = keys.pop("line")
    if not isinstance(line, str) or line not in _LINES:
        raise MisfitError(f"{place}.line", f"must be one of {', '.join(_LINES)}")
    return Record(build(_LINES[line], keys, place))


_READERS: Mapping[str, _Read] = {
    "start-visit": _start,
    "restart": _restart,
    "suspend": _suspend,
    "set-clock": _set_clock,
    "expect": _expect,
    "scan": _scan,
    "identify": _identify,
    "answer": _answer,
    "answer-rest": _answer_rest,
    "vitals": _vitals,
    "product": _product,
    "prepare": _prepare,
}
