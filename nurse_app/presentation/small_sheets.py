"""The vein access, and a note."""

from dataclasses import dataclass

from nurse_app.i18n import _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.protocol_words import optional_text
from nurse_app.presentation.view_parts import StepHead

OTHER = "other"


@dataclass(frozen=True, slots=True)
class LineView:
    """Where the cannula may be; each choice is the site's own words."""

    head: StepHead
    sites: tuple[tuple[str, str], ...]
    checks: str
    present: str


@dataclass(frozen=True, slots=True)
class NoteView:
    head: StepHead
    label: str


def present_line(context: VisitContext) -> LineView:
    """The sheet for the vein access."""
    sites = (
        _("left forearm"),
        _("right forearm"),
        _("left hand"),
        _("right hand"),
        _("left elbow"),
        _("right elbow"),
        _("port"),
    )
    site = context.state.line_site
    return LineView(
        head=StepHead(_("Line"), optional_text(context.state.protocol, "prepare.access-first")),
        sites=(*((words, words) for words in sites), (OTHER, _("another site"))),
        checks=_("Blood comes back, saline goes in without pain or swelling."),
        present="" if site is None else _("Recorded now: {site}").format(site=site),
    )


def present_note() -> NoteView:
    """The sheet for a note in the record."""
    return NoteView(StepHead(_("Note"), _("It is kept with the time and your name.")), _("What happened"))
