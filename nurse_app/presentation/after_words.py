"""What follows a reaction, in words: its CTCAE grade with the version, what speaks for it, who takes over."""

from nurse_app.domain.after_reaction_events import Receiver
from nurse_app.domain.after_reaction_protocol import Ground
from nurse_app.domain.ctcae_grading import GradeSuggestion
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.i18n import _
from nurse_app.presentation.formats import number
from nurse_app.presentation.protocol_words import optional_text

RECEIVERS: tuple[Receiver, ...] = ("ambulance", "emergency-team", "ward", "next-nurse")


def grade_words(protocol: InfusionProtocol, term: str, grade: int, version: str) -> str:
    """CTCAE 5.0: Anaphylaxis, grade 3."""
    name = optional_text(protocol, f"ctcae.{term}.title") or term
    return _("CTCAE {version}: {term}, grade {grade}").format(version=version, term=name, grade=grade)


def suggestion_reasons(protocol: InfusionProtocol, suggestion: GradeSuggestion) -> str:
    """What speaks for a grade; empty when nothing more than the event itself does."""
    reasons = [_ground(protocol, ground) for ground in suggestion.grounds]
    reasons += [protocol.text(f"sign.{sign}") for sign in suggestion.signs]
    if suggestion.temperature_c is not None:
        reasons.append(_("temperature {value} °C").format(value=number(suggestion.temperature_c)))
    return ", ".join(reasons)


def _ground(protocol: InfusionProtocol, ground: Ground) -> str:
    drug = protocol.text(f"treatment.{protocol.reaction.first_line}")
    words: dict[Ground, str] = {
        "interrupted": _("infusion interrupted"),
        "treated": _("treatment given"),
        "parenteral": _("treatment by injection or into a vein"),
        "first-line": _("{drug} given").format(drug=drug),
        "first-line-again": _("{drug} given more than once").format(drug=drug),
        "transferred": _("transferred to hospital"),
        "died": _("the patient died"),
    }
    return words[ground]


def receiver_words(to: Receiver) -> str:
    """Who takes the patient over, as on a button."""
    words: dict[Receiver, str] = {
        "ambulance": _("Ambulance crew"),
        "emergency-team": _("Emergency team"),
        "ward": _("Hospital ward"),
        "next-nurse": _("Next nurse"),
    }
    return words[to]
