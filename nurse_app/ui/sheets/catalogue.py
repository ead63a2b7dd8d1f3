"""Which sheet belongs to which request, and how it is kept up to date while it is open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, cast

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from nurse_app.domain.facts import VialOnHand
from nurse_app.presentation import reaction_sheets as reacting
from nurse_app.presentation import reasons
from nurse_app.presentation import running_sheets as running
from nurse_app.presentation import small_sheets as small
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.ctcae_sheet import present_ctcae
from nurse_app.presentation.decision import present_decision
from nurse_app.presentation.diluent import present_diluent
from nurse_app.presentation.due_sheet import present_due_of_visit
from nurse_app.presentation.entry_time import present_entry_time
from nurse_app.presentation.extravasation import present_extravasation
from nurse_app.presentation.hand_over import present_hand_over
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.product import present_product
from nurse_app.presentation.reaction_report import present_reaction_report
from nurse_app.presentation.resume import present_resume
from nurse_app.presentation.second_check import present_second_check
from nurse_app.presentation.start import present_start
from nurse_app.presentation.view_parts import StepHead
from nurse_app.presentation.vital_signs_entry import present_vital_signs_sheet
from nurse_app.presentation.why import present_why
from nurse_app.ui.sheets.bag_empty_sheet import BagEmptySheet
from nurse_app.ui.sheets.change_rate_sheet import ChangeRateSheet
from nurse_app.ui.sheets.close_reaction_sheet import CloseReactionSheet
from nurse_app.ui.sheets.correct_sheet import CorrectSheet
from nurse_app.ui.sheets.ctcae_sheet import CtcaeSheet
from nurse_app.ui.sheets.decision_sheet import DecisionSheet
from nurse_app.ui.sheets.diluent_sheet import DiluentSheet
from nurse_app.ui.sheets.discard_bag_sheet import DiscardBagSheet
from nurse_app.ui.sheets.due_sheet import DueSheet
from nurse_app.ui.sheets.entry_time_sheet import EntryTimeSheet
from nurse_app.ui.sheets.extravasation_sheet import ExtravasationSheet
from nurse_app.ui.sheets.flush_sheet import FlushSheet
from nurse_app.ui.sheets.hand_over_sheet import HandOverSheet
from nurse_app.ui.sheets.leave_early_sheet import LeaveEarlySheet
from nurse_app.ui.sheets.line_sheet import LineSheet
from nurse_app.ui.sheets.not_given_sheet import NotGivenSheet
from nurse_app.ui.sheets.note_sheet import NoteSheet
from nurse_app.ui.sheets.pause_sheet import PauseSheet
from nurse_app.ui.sheets.product_sheet import ProductSheet
from nurse_app.ui.sheets.reaction_report_sheet import ReactionReportSheet
from nurse_app.ui.sheets.resume_sheet import ResumeSheet
from nurse_app.ui.sheets.second_check_sheet import SecondCheckSheet
from nurse_app.ui.sheets.start_sheet import StartSheet
from nurse_app.ui.sheets.stop_sheet import StopSheet
from nurse_app.ui.sheets.treatment_sheet import TreatmentSheet
from nurse_app.ui.sheets.vital_signs_sheet import VitalSignsSheet
from nurse_app.ui.sheets.why_sheet import WhySheet


class SheetView(Protocol):
    """What every sheet's view has."""

    @property
    def head(self) -> StepHead: ...


class SheetContent(Protocol):
    """What every sheet has."""

    intent_requested: SignalInstance
    closed: SignalInstance

    def show_refusal(self, text: str) -> None: ...

    def first_focus(self) -> None: ...


class Refreshed(Protocol):
    """A sheet whose figures move with the clock."""

    def show_view(self, view: Any) -> None: ...


Present = Callable[[VisitContext, str], Any]


@dataclass(frozen=True, slots=True)
class _Entry:
    """How a kind of sheet is presented and made; ``refreshed``: it follows the clock."""

    present: Present
    make: Callable[[Any], QWidget]
    refreshed: bool = False


class TakesVial(Protocol):
    """A sheet that a scanned vial may be shown in."""

    def show_scanned(self, vial: VialOnHand) -> None: ...


class Sheet:
    """One open sheet."""

    def __init__(self, entry: _Entry, request: OpenSheet, context: VisitContext) -> None:
        view = entry.present(context, request.subject)
        self._entry = entry
        self.request = request
        self.title: str = view.head.title
        self.subtitle: str = view.head.lead
        self.widget = entry.make(view)

    @property
    def content(self) -> SheetContent:
        return cast("SheetContent", self.widget)

    def take_vial(self, vial: VialOnHand) -> bool:
        """Hand a scanned vial to the sheet; False when it is of another kind."""
        if self.request.kind is not SheetKind.SECOND_CHECK:
            return False
        cast("TakesVial", self.widget).show_scanned(vial)
        return True

    def show_context(self, context: VisitContext) -> None:
        """Show figures that move with the clock; entries that are half typed stay."""
        if self._entry.refreshed:
            cast("Refreshed", self.widget).show_view(self._entry.present(context, self.request.subject))


def _plain(present: Callable[[VisitContext], Any]) -> Present:
    return lambda context, _subject: present(context)


_CATALOGUE: Mapping[SheetKind, _Entry] = {
    SheetKind.VITAL_SIGNS: _Entry(_plain(present_vital_signs_sheet), VitalSignsSheet),
    SheetKind.DECISION: _Entry(present_decision, DecisionSheet),
    SheetKind.NOT_GIVEN: _Entry(_plain(reasons.present_not_given), NotGivenSheet),
    SheetKind.WHY: _Entry(present_why, WhySheet),
    SheetKind.DUE: _Entry(_plain(present_due_of_visit), DueSheet),
    SheetKind.PRODUCT: _Entry(_plain(present_product), ProductSheet),
    SheetKind.DILUENT: _Entry(_plain(present_diluent), DiluentSheet),
    SheetKind.SECOND_CHECK: _Entry(_plain(present_second_check), SecondCheckSheet),
    SheetKind.DISCARD_BAG: _Entry(_plain(reasons.present_discard_bag), DiscardBagSheet),
    SheetKind.LINE: _Entry(_plain(small.present_line), LineSheet),
    SheetKind.RESUME: _Entry(_plain(present_resume), ResumeSheet, refreshed=True),
    SheetKind.START: _Entry(_plain(present_start), StartSheet, refreshed=True),
    SheetKind.CHANGE_RATE: _Entry(_plain(running.present_change_rate_sheet), ChangeRateSheet),
    SheetKind.PAUSE: _Entry(lambda _context, _subject: running.present_pause_sheet(), PauseSheet),
    SheetKind.STOP: _Entry(_plain(running.present_stop_sheet), StopSheet),
    SheetKind.BAG_EMPTY: _Entry(_plain(running.present_bag_empty_sheet), BagEmptySheet),
    SheetKind.FLUSH: _Entry(_plain(running.present_flush_sheet), FlushSheet, refreshed=True),
    SheetKind.LEAVE_EARLY: _Entry(_plain(running.present_leave_early_sheet), LeaveEarlySheet),
    SheetKind.NOTE: _Entry(lambda _context, _subject: small.present_note(), NoteSheet),
    SheetKind.CORRECT: _Entry(lambda context, entry: reasons.present_correct(context, int(entry)), CorrectSheet),
    SheetKind.CLOSE_REACTION: _Entry(_plain(reacting.present_close_reaction_sheet), CloseReactionSheet),
    SheetKind.TREATMENT: _Entry(reacting.present_treatment_sheet, TreatmentSheet),
    SheetKind.HAND_OVER: _Entry(_plain(present_hand_over), HandOverSheet, refreshed=True),
    SheetKind.CTCAE_GRADE: _Entry(_plain(present_ctcae), CtcaeSheet),
    SheetKind.REACTION_REPORT: _Entry(_plain(present_reaction_report), ReactionReportSheet),
    SheetKind.ENTRY_TIME: _Entry(
        lambda context, entry: present_entry_time(context, int(entry)), EntryTimeSheet, refreshed=True
    ),
    SheetKind.EXTRAVASATION: _Entry(_plain(present_extravasation), ExtravasationSheet),
}


def make_sheet(request: OpenSheet, context: VisitContext) -> Sheet:
    """The sheet that was asked for. KeyError for the kinds that other screens make themselves."""
    return Sheet(_CATALOGUE[request.kind], request, context)


def scanned_product_sheet(vial: VialOnHand, context: VisitContext) -> Sheet:
    """The vial's sheet with what an incomplete barcode did say."""
    entry = _Entry(lambda known, _subject: present_product(known, vial), ProductSheet)
    return Sheet(entry, OpenSheet(SheetKind.PRODUCT), context)
