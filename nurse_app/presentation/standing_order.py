"""The standing order's epinephrine in words: dose, volume, place, and what to do when it is late or not enough."""

from nurse_app.domain.commands import GiveTreatment
from nurse_app.domain.reaction import epinephrine_dose_mg
from nurse_app.domain.state import VisitState
from nurse_app.presentation.formats import hundredth, number, with_unit
from nurse_app.presentation.protocol_words import optional_text

_ROUTE = "IM"


def dose_words(state: VisitState) -> str:
    """0.5 mg."""
    return with_unit(number(epinephrine_dose_mg(state)), "mg")


def dose_in_words(state: VisitState) -> str:
    """EPINEPHrine 0.5 mg IM."""
    drug = state.protocol.text(f"treatment.{state.protocol.reaction.first_line}")
    return f"{drug} {dose_words(state)} {_ROUTE}"


def dose_title(state: VisitState) -> str:
    """EPINEPHrine 0.5 mg IM now."""
    return state.protocol.text("action.epinephrine.title", **_figures(state))


def dose_detail(state: VisitState) -> str:
    """Volume, strength, place and the weight it was worked out from."""
    known = state.facts.patient is not None and state.facts.patient.weight_kg is not None
    text_id = "action.epinephrine.detail" if known else "action.epinephrine.detail-without-weight"
    return state.protocol.text(text_id, **_figures(state))


def give_first_line(state: VisitState) -> GiveTreatment:
    """One dose of the standing order, as it is recorded."""
    return GiveTreatment(state.protocol.reaction.first_line, dose_words(state), _ROUTE)


def repeat_words(state: VisitState) -> str:
    """When it is given again."""
    return state.protocol.text("action.epinephrine.repeat", **_figures(state))


def first_line_missing_words(state: VisitState) -> str:
    """What to say when something else was given in its place."""
    return optional_text(state.protocol, "infuse.reaction.first-line-missing") or dose_title(state)


def _figures(state: VisitState) -> dict[str, str]:
    dose = epinephrine_dose_mg(state)
    volume = dose / state.protocol.reaction.epinephrine.strength_mg_per_ml
    patient = state.facts.patient
    weight = patient.weight_kg if patient is not None else None
    return {"dose": number(dose), "volume": hundredth(volume), "weight": number(weight) if weight is not None else ""}
