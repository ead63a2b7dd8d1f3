"""What the sheets of a running visit show: pausing, stopping, an early empty bag, the rate, the flush, leaving."""

from dataclasses import dataclass
from decimal import Decimal

from nurse_app.domain.observation import watch
from nurse_app.domain.protocol import minutes
from nurse_app.domain.run import delivered, running_time
from nurse_app.i18n import _
from nurse_app.presentation.clock_cards import rate_words
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.flush import flushed_so_far_ml
from nurse_app.presentation.formats import countdown, number, tenth, with_unit
from nurse_app.presentation.protocol_words import optional_text
from nurse_app.presentation.reasons import OTHER, ReasonView
from nurse_app.presentation.view_parts import StepHead


@dataclass(frozen=True, slots=True)
class PauseView:
    """Reasons that pause at one touch, and a field for another one."""

    head: StepHead
    reasons: tuple[str, ...]
    other_label: str
    submit: str


@dataclass(frozen=True, slots=True)
class LeaveEarlyView:
    """Why the patient leaves, who was told, and where they can be called."""

    head: StepHead
    reasons: tuple[tuple[str, str], ...]
    advice: str


@dataclass(frozen=True, slots=True)
class RateSheetView:
    """A sheet for another rate (mL/h): above one figure it cautions, above the other it is refused."""

    head: StepHead
    reasons: tuple[tuple[str, str], ...]
    caution_above: Decimal
    refused_above: Decimal
    caution: str
    refusal: str


@dataclass(frozen=True, slots=True)
class FlushSheetView:
    """A sheet for the volume of the flush; ``slow_enough_ml`` is what the infusion's own rate would have made."""

    head: StepHead
    slow_enough_ml: Decimal
    caution: str


def present_pause_sheet() -> PauseView:
    """Why it is paused; the usual reasons are one touch each."""
    return PauseView(
        StepHead(_("Pause the infusion"), _("Stop the pump, then touch the reason. The running time stands still.")),
        (
            _("Pump alarm"),
            _("Line or cannula"),
            _("Patient’s wish"),
            _("Vital signs"),
            _("Waiting for the prescriber"),
        ),
        _("Another reason"),
        _("Pause"),
    )


def present_stop_sheet(context: VisitContext) -> ReasonView:
    """Why it ends for good, and how much was given by then."""
    state = context.state
    given = delivered(state.protocol, state.run, context.now)
    so_far = _("So far about {dose} of {whole} ({volume}).").format(
        dose=with_unit(tenth(given.dose_mg), "mg"),
        whole=with_unit(number(state.protocol.dose_mg), "mg"),
        volume=with_unit(tenth(given.volume_ml), "mL"),
    )
    return ReasonView(
        head=StepHead(
            _("Stop the infusion for good"), _("It is not started again today. For a reaction press Reaction instead.")
        ),
        question=_("Why is it stopped?"),
        reasons=(
            ("wish", _("Patient’s wish")),
            ("access", _("Line or cannula cannot be kept")),
            ("leak", _("Bag leaked or was spilt")),
            ("equipment", _("Pump or other equipment")),
            ("order", _("Prescriber’s order")),
            (OTHER, _("Another reason")),
        ),
        more_label=_("More about it"),
        submit=_("Stop for good"),
        notes=tuple(note for note in (so_far, optional_text(state.protocol, "infuse.partial")) if note),
    )


def present_bag_empty_sheet(context: VisitContext) -> ReasonView:
    """Why the bag is empty before its time; so early that the prescriber must know, it says so."""
    state, limits = context.state, context.state.protocol.infusion
    ran = running_time(state.run, context.now).least
    is_variance = ran < minutes(limits.bag_empty_variance_below_minutes)
    variance = optional_text(state.protocol, "infuse.bag-empty-variance") if is_variance else ""
    return ReasonView(
        head=StepHead(
            _("Bag empty after {time} of running time").format(time=countdown(ran)),
            optional_text(state.protocol, "infuse.bag-empty-early"),
        ),
        question=_("Why was it empty so early?"),
        reasons=(
            ("pump", _("The pump ended early")),
            ("less", _("The bag held less")),
            ("leak", _("Bag leaked or was spilt")),
            (OTHER, _("Another reason")),
        ),
        more_label=_("More about it"),
        submit=_("Bag empty now"),
        notes=(variance,) if variance else (),
    )


def present_leave_early_sheet(context: VisitContext) -> LeaveEarlyView:
    """Why the patient leaves before the observation is over."""
    seen = watch(context.state, context.now)
    return LeaveEarlyView(
        head=StepHead(_("The patient leaves early"), _("Observed for {time}.").format(time=countdown(seen.elapsed))),
        reasons=(
            ("wish", _("Patient’s wish")),
            ("transport", _("Transport is waiting")),
            ("family", _("Family or work")),
            ("order", _("Prescriber’s order")),
            (OTHER, _("Another reason")),
        ),
        advice=optional_text(context.state.protocol, "observe.leave-early"),
    )


def leaving_reason(reason: str, told: str, call_back: str) -> str:
    """One line for the record: why, who was told, and where the patient can be reached."""
    parts = [reason]
    if told:
        parts.append(_("Told: {name}").format(name=told))
    if call_back:
        parts.append(_("Call back: {number}").format(number=call_back))
    return ". ".join(parts)


def present_change_rate_sheet(context: VisitContext) -> RateSheetView:
    """Another rate, with the limits it is held to."""
    state, limits = context.state, context.state.protocol.infusion
    refused = with_unit(number(limits.rate_refused_above_ml_h), "mL/h")
    planned = with_unit(number(limits.rate_caution_above_ml_h), "mL/h")
    return RateSheetView(
        StepHead(
            _("Change the rate, now {rate}").format(rate=rate_words(state)),
            optional_text(state.protocol, "infuse.rate"),
        ),
        (
            ("access", _("Vein access")),
            ("symptoms", _("Symptoms of the patient")),
            ("order", _("Prescriber’s order")),
            ("pump", _("Pump was set wrong")),
            (OTHER, _("Another reason")),
        ),
        limits.rate_caution_above_ml_h,
        limits.rate_refused_above_ml_h,
        _("Faster than planned ({rate}). Never to make up time.").format(rate=planned),
        _("At most {rate}. Enter a lower rate.").format(rate=refused),
    )


def present_flush_sheet(context: VisitContext) -> FlushSheetView:
    """How much was flushed, against what the infusion's rate would have made since the bag was empty."""
    slow_enough = flushed_so_far_ml(context)
    return FlushSheetView(
        StepHead(
            _("Flush finished"),
            _("At {rate} about {volume} would have gone in by now.").format(
                rate=rate_words(context.state), volume=with_unit(tenth(slow_enough), "mL")
            ),
        ),
        slow_enough,
        _("This is faster than the infusion ran. It is recorded so. Watch the patient."),
    )
