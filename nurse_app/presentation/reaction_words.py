"""A reaction's level in words: how grave, what became of the infusion, and why it was judged so."""

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.state import ReactionState, VisitState
from nurse_app.i18n import _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.formats import clock_with_seconds, moment_clock
from nurse_app.presentation.protocol_words import optional_text


def level_title(context: VisitContext, reaction: ReactionState) -> str:
    """Suspected anaphylaxis — infusion stopped 10:41:03."""
    title = context.state.protocol.text(f"level.{reaction.level}.title")
    return _("{level} — {infusion}").format(level=title, infusion=_infusion(context))


def level_sentence(state: VisitState, reaction: ReactionState) -> str:
    """What this level asks for, in the words that fit a running, a future or a finished infusion."""
    protocol = state.protocol
    usual = protocol.text(f"level.{reaction.level}.sentence")
    if state.run.status == "not-started":
        return optional_text(protocol, f"prepare.reaction.{reaction.level}") or usual
    if state.run.status == "completed":
        return optional_text(protocol, f"observe.reaction.{reaction.level}") or usual
    return usual


def reasons_in_words(protocol: InfusionProtocol, reaction: ReactionState) -> str:
    """Why it was judged so; empty while there is nothing to judge."""
    words = [_reason(protocol, reaction, reason) for reason in reaction.reasons]
    return _("Why: {reasons}").format(reasons=", ".join(words)) if words else ""


def _infusion(context: VisitContext) -> str:
    run, zone = context.state.run, context.zone
    if run.status == "not-started":
        return _("infusion not started")
    if run.status == "stopped" and run.ended_at is not None:
        return _("infusion stopped {time}").format(time=clock_with_seconds(run.ended_at.latest, zone))
    if run.status == "completed" and run.ended_at is not None:
        return _("infusion was finished {time}").format(time=moment_clock(run.ended_at, zone))
    if run.paused_at is not None:
        return _("infusion paused {time}").format(time=clock_with_seconds(run.paused_at.latest, zone))
    return _("stop the flush")


def _reason(protocol: InfusionProtocol, reaction: ReactionState, reason: str) -> str:
    if reason == "two-systems":
        systems = _systems(protocol, reaction)
        return _("{n} organ systems: {systems}").format(n=len(systems), systems=", ".join(systems))
    if reason == "pressure-fall-with-sign":
        return _("blood pressure has fallen, together with a sign")
    if reason == "several-signs":
        names = [protocol.text(f"sign.{sign}") for sign in reaction.sign_ids]
        return _("more than one sign: {signs}").format(signs=", ".join(names))
    return protocol.text(f"sign.{reason}")


def _systems(protocol: InfusionProtocol, reaction: ReactionState) -> list[str]:
    words = {
        "skin": _("skin"),
        "respiratory": _("breathing"),
        "cardiovascular": _("circulation"),
        "gastrointestinal": _("stomach and bowel"),
    }
    seen = [sign.system for each in reaction.sign_ids if (sign := protocol.sign(each)) is not None]
    counted = [system for system in dict.fromkeys(seen) if system in protocol.reaction.anaphylaxis_systems]
    return [words.get(system, system) for system in counted]
