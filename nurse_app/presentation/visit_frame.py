"""What stands around every step of a visit: banner, step rail, alarms, footer."""

from dataclasses import dataclass, replace
from datetime import date, tzinfo
from typing import Literal

from nurse_app.domain.calendar import day_of, whole_years
from nurse_app.domain.facts import Facts, Patient, Treatment
from nurse_app.domain.moment import Moment
from nurse_app.domain.state import VisitState
from nurse_app.i18n import _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.formats import day, moment_clock, number
from nurse_app.presentation.patient_order import shown_name

RailState = Literal["done", "current", "todo", "skipped"]
_ORDER = ("identify", "prechecks", "prepare", "infuse", "observe", "discharge")


@dataclass(frozen=True, slots=True)
class BannerView:
    """Who this is; ``allergy`` is never empty."""

    name: str
    fields: tuple[tuple[str, str], ...]
    allergy: str
    has_allergy: bool


@dataclass(frozen=True, slots=True)
class RailItem:
    """One of the six steps."""

    key: str
    number: str
    title: str
    note: str
    state: RailState


def present_banner(context: VisitContext) -> BannerView:
    """Name, born (age), record number, infusion number and days since the last, anti-JCV status, allergies."""
    state = context.state
    today = state.started_at.latest.astimezone(context.zone).date()
    risk = state.protocol.labs.pml_risk
    jcv_test = risk.test if risk else ""
    banner = banner_of(state.facts, context.patient_name, state.record_no, jcv_test, today, context.zone)
    if state.hypersensitivity == "no":
        return banner
    known = (state.facts.patient or Patient()).allergies
    suspected = _("{drug} (suspected in this visit)").format(drug=state.protocol.drug)
    words = _allergy((*(known or ()), suspected))
    if known is None:
        words = _("{allergy}, others not known").format(allergy=words)
    return replace(banner, allergy=words, has_allergy=True)


def banner_of(facts: Facts, name: str, record_no: str, jcv_test: str, today: date, zone: tzinfo | None) -> BannerView:
    """The banner of a patient, with or without a visit; ``today`` is that of the visit."""
    patient = facts.patient or Patient()
    allergies = patient.allergies
    allergy = _("Allergies not known") if allergies is None else _allergy(allergies)
    fields = (
        (_("Born"), _born(patient, today)),
        (_("Record no."), record_no),
        (_("Infusion"), _infusion(patient.treatment or Treatment(), today, zone)),
        (_("Anti-JCV"), _jcv(facts, jcv_test, zone)),
    )
    return BannerView(shown_name(name), fields, allergy, has_allergy=bool(allergies))


def _allergy(names: tuple[str, ...]) -> str:
    return _("Allergy: {names}").format(names=", ".join(names)) if names else _("No known allergies")


def _born(patient: Patient, today: date) -> str:
    if patient.birth_date is None:
        return _("not known")
    age = whole_years(patient.birth_date, today)
    return _("{day} ({age} y)").format(day=day(patient.birth_date), age=age)


def _infusion(treatment: Treatment, today: date, zone: tzinfo | None) -> str:
    if treatment.infusions_given is None:
        return _("number not known")
    place = _("no. {n}").format(n=treatment.infusions_given + 1)
    if treatment.last_infusion is None:
        return _("{number} · the first").format(number=place) if treatment.infusions_given == 0 else place
    ago = (today - day_of(treatment.last_infusion, zone)).days
    return _("{number} · last {n} d ago").format(number=place, n=ago)


def _jcv(facts: Facts, jcv_test: str, zone: tzinfo | None) -> str:
    results = [lab for lab in facts.labs if lab.test == jcv_test]
    if not results:
        return _("none on record")
    newest = max(results, key=lambda lab: day_of(lab.collected, zone))
    return _("{value} · {day}").format(value=newest.value, day=day(day_of(newest.collected, zone)))


def present_rail(context: VisitContext) -> tuple[RailItem, ...]:
    """The six steps with what was done when."""
    state = context.state
    current = _current(state)
    items: list[RailItem] = []
    for place, key in enumerate(_ORDER, start=1):
        items.append(RailItem(key, str(place), _title(key), _note(context, key), _rail_state(state, key, current)))
    return tuple(items)


def _current(state: VisitState) -> str:
    phase = state.reactions[-1].returns_to if state.phase == "reaction" else state.phase
    return "infuse" if phase == "flush" else phase


def _rail_state(state: VisitState, key: str, current: str) -> RailState:
    if key == current:
        return "current"
    if current == "closed":
        return "done" if _was_done(state, key) else "skipped"
    return "done" if _ORDER.index(key) < _ORDER.index(current) else "todo"


def _was_done(state: VisitState, key: str) -> bool:
    done = {
        "identify": state.identified_at is not None,
        "prechecks": state.prechecks_done_at is not None,
        "prepare": state.bag.is_made,
        "infuse": state.run.started_at is not None,
        "observe": state.observation.ended_at is not None,
        "discharge": state.discharged_at is not None and state.not_given is None,
    }
    return done[key]


def _title(key: str) -> str:
    titles = {
        "identify": _("Identify"),
        "prechecks": _("Pre-checks"),
        "prepare": _("Prepare"),
        "infuse": _("Infuse"),
        "observe": _("Observe"),
        "discharge": _("Discharge"),
    }
    return titles[key]


def _note(context: VisitContext, key: str) -> str:
    state, zone = context.state, context.zone

    def at(words: str, moment: Moment | None) -> str:
        return words.format(time=moment_clock(moment, zone)) if moment is not None else ""

    match key:
        case "identify":
            return at(_("{time} matched"), state.identified_at)
        case "prechecks" if state.prechecks_done_at is None:
            all_questions = len(state.protocol.questions)
            return _("{n} of {all}").format(n=len(state.answers), all=all_questions)
        case "prechecks":
            return at(_("{time} cleared"), state.prechecks_done_at)
        case "prepare":
            return at(_("{time} mixed"), state.bag.diluted_at)
        case "infuse":
            return _infuse_note(context)
        case "observe":
            return _observe_note(context)
        case _:
            return at(_("{time} closed"), state.discharged_at)


def _infuse_note(context: VisitContext) -> str:
    run, zone = context.state.run, context.zone
    if run.started_at is None:
        return _("{n} min").format(n=number(context.state.protocol.infusion.planned_minutes))
    if run.status == "stopped" and run.ended_at is not None:
        return _("stopped {time}").format(time=moment_clock(run.ended_at, zone))
    if run.status == "completed" and run.ended_at is not None:
        return _("done {time}").format(time=moment_clock(run.ended_at, zone))
    return _("started {time}").format(time=moment_clock(run.started_at, zone))


def _observe_note(context: VisitContext) -> str:
    observation, zone = context.state.observation, context.zone
    if observation.ended_at is not None:
        words = _("left early {time}") if observation.left_early else _("done {time}")
        return words.format(time=moment_clock(observation.ended_at, zone))
    if observation.started_at is not None:
        return _("since {time}").format(time=moment_clock(observation.started_at, zone))
    return _("{n} min").format(n=number(context.state.protocol.observation.minutes))
