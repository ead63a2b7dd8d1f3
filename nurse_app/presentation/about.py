"""About the program in words: which build and protocol this is, what it is and is not, and whose parts are in it."""

from dataclasses import dataclass

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.i18n import _
from nurse_app.interchange.parts_list import Part
from nurse_app.presentation.formats import day


@dataclass(frozen=True, slots=True)
class AboutFacts:
    """What is known. ``protocol_digest``: SHA-256 in hexadecimal. ``problem``: why there is no list of parts."""

    version: str
    build: str
    protocol: InfusionProtocol
    protocol_digest: str
    parts: tuple[Part, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class PartRow:
    """One line of the list; ``key`` is its place in it."""

    key: str
    name: str
    version: str
    licence: str


@dataclass(frozen=True, slots=True)
class AboutView:
    """The page: lines of label and text, what the program is and is not, the list of parts."""

    title: str
    lines: tuple[tuple[str, str], ...]
    purpose: tuple[str, ...]
    parts_title: str
    parts_lead: str
    rows: tuple[PartRow, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class PartView:
    """One part with the whole text of its licence."""

    title: str
    lead: str
    text: str


def present_about(facts: AboutFacts) -> AboutView:
    """The page."""
    protocol = facts.protocol
    named = _("{id} {version}").format(id=protocol.id, version=protocol.version)
    return AboutView(
        title=_("About"),
        lines=(
            (_("Program"), _("nurse-app {version}").format(version=facts.version)),
            (_("Built from"), facts.build),
            (_("Protocol"), named),
            (_("Protocol’s digest"), _in_groups(facts.protocol_digest)),
            (_("Protocol’s approval"), _approval(protocol)),
        ),
        purpose=(
            _("It guides one nurse through one infusion, keeps its clocks, and records what was done and when."),
            _(
                "It does not replace the prescriber’s order, the product’s label, the pharmacy’s label or your look at "
                "the patient. Where one of them differs from the screen, stop and ask."
            ),
            _("It is not a certified medical device. It works without a network and sends nothing anywhere."),
        ),
        parts_title=_("Parts and licences"),
        parts_lead=_("The program is made of these parts. Read shows the whole licence of one."),
        rows=tuple(_row(place, part) for place, part in enumerate(facts.parts)),
        problem=facts.problem,
    )


def present_part(part: Part, text: str) -> PartView:
    """One part with its licence, the facts before the texts."""
    lines = (
        _("Copyright {who}").format(who=part.copyright) if part.copyright else "",
        _("Compiled into {part}.").format(part=part.inside) if part.inside else "",
        _("From the Debian source package {source}.").format(source=part.source) if part.source else "",
    )
    lead = _("Licence: {licence}").format(licence=part.licence or _("see the text"))
    above = "\n".join(line for line in lines if line)
    return PartView(_name(part), lead, "\n\n".join(each for each in (above, text) if each))


def _row(place: int, part: Part) -> PartRow:
    name = _("{name}, in {part}").format(name=part.name, part=part.inside) if part.inside else part.name
    return PartRow(str(place), name, part.version or "—", part.licence or "—")


def _name(part: Part) -> str:
    return " ".join(each for each in (part.name, part.version) if each)


def _in_groups(digest: str) -> str:
    """Eight by eight, as somebody reads it out to compare."""
    return " ".join(digest[place : place + 8] for place in range(0, len(digest), 8))


def _approval(protocol: InfusionProtocol) -> str:
    if protocol.approval is None:
        return protocol.text("protocol.not-approved")
    return _("Approved by {name} on {day}.").format(name=protocol.approval.by, day=day(protocol.approval.on))
