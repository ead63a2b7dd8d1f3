"""What is left of a visit whose patient is gone: no clock, no round, only its end."""

from nurse_app.i18n import _
from nurse_app.presentation.clock_cards import given_at_stop_card, note_action
from nurse_app.presentation.clock_page import ClockPageView
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.course_notices import course_notices
from nurse_app.presentation.hand_over import hand_over_later
from nurse_app.presentation.reaction_outcome import outcome_words, patient_is_gone
from nurse_app.presentation.view_parts import ActionView, SideView, StepHead
from nurse_app.presentation.vital_signs import present_vitals_table


def finishing_page(context: VisitContext, finish: ActionView) -> ClockPageView:
    """The page of any step after the patient was taken away or died."""
    outcome = patient_is_gone(context.state)
    title = outcome_words(outcome) if outcome is not None else ""
    return ClockPageView(
        head=StepHead(title, _("Nothing is due here any more. Finish the visit; the record keeps the reason.")),
        notices=tuple(course_notices(context)),
        ring=None,
        vitals=present_vitals_table(context),
        remarks=(),
        actions=(finish,),
        others=(*hand_over_later(context.state), note_action()),
        side=SideView((given_at_stop_card(context),)),
    )
