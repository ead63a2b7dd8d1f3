"""Clinical sentences that a protocol may have or leave out, and lists of them."""

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.i18n import _
from nurse_app.presentation.formats import day


def optional_text(protocol: InfusionProtocol, text_id: str) -> str:
    """The sentence of that id; empty when this protocol has none."""
    return protocol.text(text_id) if text_id in protocol.texts else ""


def numbered_texts(protocol: InfusionProtocol, prefix: str) -> tuple[str, ...]:
    """The sentences ``prefix``.1, ``prefix``.2 and so on, in order."""
    found: list[str] = []
    while (text_id := f"{prefix}.{len(found) + 1}") in protocol.texts:
        found.append(protocol.text(text_id))
    return tuple(found)


def decision_subject(protocol: InfusionProtocol, about: str) -> str:
    """What a prescriber decided about, in a few words: a rule, or one of the special questions."""
    return optional_text(protocol, f"decision.{about}") or optional_text(protocol, f"rule.{about}") or about


def page_banners(*, training: bool, sample: bool) -> tuple[str, ...]:
    """What every page about a patient is headed with when it is not real."""
    words = ((_("TRAINING"), training), (_("SAMPLE PATIENT"), sample))
    return tuple(banner for banner, is_so in words if is_so)


def standing_notices(protocol: InfusionProtocol) -> tuple[str, ...]:
    """What goes on every printed page: who approved the protocol, and that it is no advice."""
    words = protocol.text("protocol.not-approved")
    if protocol.approval is not None:
        approval = protocol.approval
        words = _("Protocol approved by {name} on {day}.").format(name=approval.by, day=day(approval.on))
    return words, protocol.text("protocol.not-advice")


def source_titles(protocol: InfusionProtocol, *places: str) -> tuple[str, ...]:
    """The sources of the first of these places that has any; a place without its own has those of the part it is in."""
    return tuple(protocol.sources[source].title for source in source_ids(protocol, *places))


def source_ids(protocol: InfusionProtocol, *places: str) -> tuple[str, ...]:
    """The same by the short names that the protocol gives them, where paper has no room for titles."""
    found = next(filter(None, (_basis_place(protocol, place) for place in places)), "")
    return protocol.basis[found].sources if found else ()


def _basis_place(protocol: InfusionProtocol, place: str) -> str:
    while place and place not in protocol.basis:
        place = place.rpartition(".")[0]
    return place
