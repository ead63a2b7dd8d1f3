"""The hand-over sheet on paper: the same lines as on the screen, on one page, with room to sign for it."""

from nurse_app import __version__
from nurse_app.i18n import _
from nurse_app.interchange.record_document import RecordDocument, RecordSection
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.formats import day_and_clock
from nurse_app.presentation.hand_over import HandOverBlock, present_hand_over
from nurse_app.presentation.protocol_words import page_banners, standing_notices


def hand_over_document(context: VisitContext, *, training: bool, sample: bool) -> RecordDocument:
    """The page as of the context's moment; without names while the program is locked."""
    view, protocol = present_hand_over(context), context.state.protocol
    who, *others = view.blocks
    return RecordDocument(
        title=_("Hand-over after a reaction"),
        banners=page_banners(training=training, sample=sample),
        notices=standing_notices(protocol),
        subject=(*_pairs(who), (_("As of"), day_and_clock(context.now.latest, context.zone))),
        sections=(
            *(RecordSection(_heading(block), pairs=_pairs(block)) for block in others),
            *((RecordSection(_("Handed over"), lines=view.handed),) if view.handed else ()),
        ),
        signatures=(_("Handed over by: name, signature, time"), _("Taken over by: name, signature, time")),
        foot=(_("nurse-app {version}").format(version=__version__),),
        entries=(),
    )


def _heading(block: HandOverBlock) -> str:
    return _("{letter} · {title}").format(letter=block.letter, title=block.title)


def _pairs(block: HandOverBlock) -> tuple[tuple[str, str], ...]:
    return tuple((line.label, line.words) for line in block.lines)
