"""The standing order's epinephrine in words: dose, volume, place, and what to do when it is late or not enough."""

from decimal import Decimal

from nurse_app.domain.commands import GiveTreatment
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.reaction import epinephrine_dose_mg, standing_dose_mg
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
    return state.protocol.text("action.epinephrine.title", **_figures(state.protocol, _weight(state)))


def dose_detail(state: VisitState) -> str:
    """Volume, strength, place and the weight it was worked out from."""
    return _detail(state.protocol, _weight(state))


def dose_on_paper(protocol: InfusionProtocol, weight_kg: Decimal | None) -> str:
    """Title and detail in one, for somebody without a visit."""
    title = protocol.text("action.epinephrine.title", **_figures(protocol, weight_kg))
    return f"{title}: {_detail(protocol, weight_kg)}"


def _detail(protocol: InfusionProtocol, weight_kg: Decimal | None) -> str:
    text_id = "action.epinephrine.detail" if weight_kg is not None else "action.epinephrine.detail-without-weight"
    return protocol.text(text_id, **_figures(protocol, weight_kg))


def give_first_line(state: VisitState) -> GiveTreatment:
    """One dose of the standing order, as it is recorded."""
    return GiveTreatment(state.protocol.reaction.first_line, dose_words(state), _ROUTE)


def repeat_words(state: VisitState) -> str:
    """When it is given again."""
    return state.protocol.text("action.epinephrine.repeat", **_figures(state.protocol, _weight(state)))


def first_line_missing_words(state: VisitState) -> str:
    """What to say when something else was given in its place."""
    return optional_text(state.protocol, "infuse.reaction.first-line-missing") or dose_title(state)


def _weight(state: VisitState) -> Decimal | None:
    return state.facts.patient.weight_kg if state.facts.patient is not None else None


def _figures(protocol: InfusionProtocol, weight_kg: Decimal | None) -> dict[str, str]:
    dose = standing_dose_mg(protocol.reaction.epinephrine, weight_kg)
    volume = dose / protocol.reaction.epinephrine.strength_mg_per_ml
    weight = number(weight_kg) if weight_kg is not None else ""
    return {"dose": number(dose), "volume": hundredth(volume), "weight": weight}
