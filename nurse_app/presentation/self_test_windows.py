"""What the self-test says of the screens, and of the sample visit that was played through them."""

from nurse_app.i18n import _, ngettext
from nurse_app.presentation.self_test_words import COPY_AGAIN, Problem, failed, listed, result_of
from nurse_app.visit.self_test import Look, LookResult, Rehearsed


def pages_result(found: Rehearsed) -> LookResult:
    """Whether every screen and sheet that the sample visit leads to could be painted without a complaint."""
    again = _(COPY_AGAIN)
    problems: list[Problem] = []
    if found.complaints:
        sentence = ngettext(
            "There was {n} complaint while the screens were painted: {first}",
            "There were {n} complaints while the screens were painted, first: {first}",
            found.complaints,
        )
        problems.append(failed(sentence.format(n=found.complaints, first=found.first), again))
    if found.blank:
        sentence = ngettext("{n} screen stayed empty.", "{n} screens stayed empty.", found.blank)
        problems.append(failed(sentence.format(n=found.blank), again))
    if not found.pages:
        problems.append(failed(_("No screen could be painted."), again))
    measured = ngettext("{n} screen and sheet painted", "{n} screens and sheets painted", found.pages)
    return result_of(Look.PAGES, problems, _("Every screen can be painted."), measured.format(n=found.pages))


def visit_result(found: Rehearsed) -> LookResult:
    """Whether a sample visit went from its start to the printed record, and whether its records are sound."""
    again = _(COPY_AGAIN)
    problems: list[Problem] = []
    if found.stopped:
        problems.append(failed(_("The sample visit stopped: {why}").format(why=found.stopped), again))
    else:
        if not found.paper:
            problems.append(failed(_("No record could be printed."), again))
        if not found.entries:
            problems.append(failed(_("No record was kept."), again))
    problems += [failed(_("A record is not sound: {what}").format(what=each), again) for each in found.findings]
    measured = (
        ngettext("{n} entry kept and checked", "{n} entries kept and checked", found.entries).format(n=found.entries),
        ngettext("{n} record as PDF", "{n} records as PDF", found.paper).format(n=found.paper),
    )
    well = _("A whole sample visit can be done, kept, checked and printed.")
    return result_of(Look.VISIT, problems, well, listed(measured))
