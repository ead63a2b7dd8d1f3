"""The PML risk group in words, with the published table and its source; a group, never a personal percentage."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from nurse_app.domain.lab_protocol import PmlRisk
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.provenance import RuleBasis
from nurse_app.domain.rules.context import Case
from nurse_app.domain.rules.pml_group import Missing, RiskGroup, pml_group
from nurse_app.i18n import N_, _, ngettext
from nurse_app.presentation.finding_words import lab_test_words
from nurse_app.presentation.formats import day, number
from nurse_app.presentation.protocol_words import optional_text
from nurse_app.presentation.why import SourceView, source_view

_BASIS = "labs.pml_risk.groups"
_MISSING_WORDS = {
    "jcv": N_("anti-JCV test"),
    "jcv-confirmation": N_("whether anti-JCV is positive (second test)"),
    "index": N_("anti-JCV index"),
    "prior-immunosuppressant": N_("earlier immunosuppressant"),
    "infusions": N_("number of infusions"),
}


@dataclass(frozen=True, slots=True)
class PmlRow:
    """One group of the table with its figures, one a column; ``standing`` says of the patient's row what it is."""

    group: str
    figures: tuple[str, ...]
    standing: str


@dataclass(frozen=True, slots=True)
class PmlCard:
    """The group, what it rests on and what is missing (one line each), and the whole published table.

    ``certainty`` is empty when the group is known. ``columns`` head the figures of ``rows``; ``table_words`` say whom
    they count; ``other_view`` tells who cuts the index elsewhere, and where this one would be.
    """

    title: str
    group: str
    certainty: str
    rests_on: tuple[str, ...]
    missing: str
    columns: tuple[str, ...]
    rows: tuple[PmlRow, ...]
    table_words: str
    note: str
    sources: tuple[SourceView, ...]
    other_view: str


def pml_card(case: Case) -> PmlCard | None:
    """The card of today; None when the protocol has no table."""
    found, risk = pml_group(case), case.protocol.labs.pml_risk
    if found is None or risk is None:
        return None
    protocol = case.protocol
    basis = _basis(protocol)
    other_view = optional_text(protocol, basis.other_view or "")
    certainty = "" if found.is_known else _("At most this group, by what is known")
    return PmlCard(
        title=_("PML risk group"),
        group=f"{_group(protocol, found.group.id)}, {_exposure(risk, found)}",
        certainty=certainty,
        rests_on=tuple(_rests_on(case, risk, found)),
        missing=_missing(found.missing),
        columns=tuple(_columns(risk)),
        rows=tuple(_rows(protocol, risk, found)),
        table_words=protocol.text("pml.source"),
        note=protocol.text("pml.note"),
        sources=tuple(source_view(protocol, source) for source in basis.sources),
        other_view=" ".join(part for part in (other_view, _band(risk, found)) if part),
    )


def _basis(protocol: InfusionProtocol) -> RuleBasis:
    """Why the table is as it is: the longest beginning of its place that has a reason."""
    place = _BASIS
    while place and place not in protocol.basis:
        place = place.rpartition(".")[0]
    return protocol.basis.get(place, RuleBasis(()))


def _group(protocol: InfusionProtocol, group: str) -> str:
    return protocol.text(f"pml.{group}.title")


def _columns(risk: PmlRisk) -> Iterator[str]:
    yield from (_("up to {n} infusions").format(n=until) for until in risk.infusions_to[:1])
    for before, until in pairwise(risk.infusions_to):
        yield _("{first} to {last} infusions").format(first=before + 1, last=until)


def _exposure(risk: PmlRisk, found: RiskGroup) -> str:
    columns = tuple(_columns(risk))
    if found.column is None:
        return _("number of infusions not known")
    if found.column < len(columns):
        return columns[found.column]
    return _("more than {n} infusions (the table ends there)").format(n=risk.infusions_to[-1])


def _rows(protocol: InfusionProtocol, risk: PmlRisk, found: RiskGroup) -> Iterator[PmlRow]:
    standing = _("this patient") if found.is_known else _("this patient at most")
    for group in risk.groups:
        figures = tuple(_("about {figure}").format(figure=figure) for figure in group.figures)
        yield PmlRow(_group(protocol, group.id), figures, standing if group is found.group else "")


def _rests_on(case: Case, risk: PmlRisk, found: RiskGroup) -> Iterator[str]:
    title = lab_test_words(case.protocol, risk.test)
    if found.results and found.age_days is not None:
        values = " / ".join(dict.fromkeys(str(result.value) for result in found.results))
        age = ngettext("{n} day ago", "{n} days ago", found.age_days).format(n=found.age_days)
        yield _("{test}: {value}, {day}, {age}").format(test=title, value=values, day=day(found.collected), age=age)
    else:
        yield _("{test}: no result").format(test=title)
    answers = {True: _("yes"), False: _("no"), None: _("not known")}
    yield _("Earlier immunosuppressant: {answer}").format(answer=answers[found.prior_immunosuppressant])
    given = _("not known") if found.infusions is None else number(Decimal(found.infusions))
    yield _("Infusions so far: {n}").format(n=given)


def _missing(missing: tuple[Missing, ...]) -> str:
    if not missing:
        return ""
    return _("Not known: {things}.").format(things=", ".join(_(_MISSING_WORDS[each]) for each in missing))


def _band(risk: PmlRisk, found: RiskGroup) -> str:
    """Where the newest index lies among the cut-offs of the other view."""
    if found.band is None:
        return ""
    cuts = [number(cut) for cut in risk.index_bands]
    if found.band == 0:
        return _("This index is in the band of {cut} or less.").format(cut=cuts[0])
    if found.band == len(cuts):
        return _("This index is, or may be, in the band above {cut}.").format(cut=cuts[-1])
    text = _("This index is, or may be, in the band above {low} and up to {high}.")
    return text.format(low=cuts[found.band - 1], high=cuts[found.band])
