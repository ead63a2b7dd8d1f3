"""A reaction's level in words: how grave, what became of the infusion, and why it was judged so."""

from nurse_app.domain.protocol import InfusionProtocol, Level
from nurse_app.domain.reaction import RAISED_BY_NURSE, is_allergic, open_paths
from nurse_app.domain.reaction_protocol import ReactionPath
from nurse_app.domain.run import drug_stopped_at
from nurse_app.domain.state import ReactionState, VisitState
from nurse_app.i18n import _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.formats import clock_with_seconds, moment_clock
from nurse_app.presentation.protocol_words import optional_text


def level_title(context: VisitContext, reaction: ReactionState) -> str:
    """Suspected anaphylaxis — infusion stopped 10:41:03."""
    path = leading_path(context.state, reaction)
    place = f"level.{reaction.level}.title" if path is None else f"path.{path.id}.title"
    title = context.state.protocol.text(place)
    return _("{level} — {infusion}").format(level=title, infusion=_infusion(context))


def level_sentence(state: VisitState, reaction: ReactionState) -> str:
    """What this level asks for, in the words that fit a running, a future, a finished or a stopped infusion."""
    protocol, path = state.protocol, leading_path(state, reaction)
    if path is not None:
        return protocol.text(f"path.{path.id}.sentence")
    usual = protocol.text(f"level.{reaction.level}.sentence")
    if state.run.status == "not-started":
        return optional_text(protocol, f"prepare.reaction.{reaction.level}") or usual
    if state.run.status == "running":
        # In a reaction nothing runs but the flush.
        return optional_text(protocol, f"infuse.reaction.flush-{reaction.level}") or usual
    # A stop that this reaction asked for is told by the level's own words; after any other nothing goes on.
    is_over = state.run.status == "stopped" and not (_is_of_infusion(reaction) and is_allergic(reaction.level))
    if state.run.status == "completed" or is_over:
        return optional_text(protocol, f"observe.reaction.{reaction.level}") or usual
    return usual


def _is_of_infusion(reaction: ReactionState) -> bool:
    return reaction.returns_to in ("infuse", "flush")


def leading_path(state: VisitState, reaction: ReactionState) -> ReactionPath | None:
    """The path that says what this is while the reaction is mild; from allergic on the level itself says it."""
    paths = () if is_allergic(reaction.level) else open_paths(state, reaction)
    return paths[0] if paths else None


def level_word(level: Level) -> str:
    """A level in one word, for a button."""
    words = {
        "none": _("No sign"),
        "mild": _("Mild"),
        "allergic": _("Allergic"),
        "severe": _("Severe"),
        "anaphylaxis": _("Anaphylaxis"),
    }
    return words[level]


def raised_words(protocol: InfusionProtocol) -> str:
    """Why the level is higher than the signs say."""
    return optional_text(protocol, f"level.{RAISED_BY_NURSE}.reason") or _("raised by the nurse")


def reasons_in_words(protocol: InfusionProtocol, reaction: ReactionState) -> str:
    """Why it was judged so; empty while there is nothing to judge."""
    words = [_reason(protocol, reaction, reason) for reason in reaction.reasons]
    return _("Why: {reasons}").format(reasons=", ".join(words)) if words else ""


def _infusion(context: VisitContext) -> str:
    run, zone = context.state.run, context.zone
    if run.status == "not-started":
        return _("infusion not started")
    stopped = drug_stopped_at(run) if run.status == "stopped" else None
    if stopped is not None:
        return _("infusion stopped {time}").format(time=clock_with_seconds(stopped.latest, zone))
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
    if reason == RAISED_BY_NURSE:
        return raised_words(protocol)
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
