"""Trends, timeline and reports at work; their screens are loaded when first wanted, because trends bring pyqtgraph."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib import import_module
from typing import Any, cast

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import QWidget

from nurse_app.domain.commands import OpenReaction
from nurse_app.domain.follow_up_call import call_due
from nurse_app.domain.patient_record import PatientRecord, facts_of
from nurse_app.domain.rules.context import Case, case_at_noon
from nurse_app.i18n import _
from nurse_app.interchange.record_document import RecordEnd
from nurse_app.presentation import intents as i
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.due_sheet import case_of_visit, present_due
from nurse_app.presentation.home import Summaries
from nurse_app.presentation.lab_entry import present_lab_entry
from nurse_app.presentation.lab_trend import lab_history, present_trends, trend_actions
from nurse_app.presentation.ms_page import present_ms_page
from nurse_app.presentation.ms_timeline import present_ms_timeline
from nurse_app.presentation.pml_card import pml_card
from nurse_app.presentation.record import RecordSource, record_document
from nurse_app.presentation.reports import present_reports
from nurse_app.presentation.save_trends import save_trends_action
from nurse_app.presentation.timeline import present_timeline
from nurse_app.presentation.visit_frame import BannerView, banner_of, present_banner
from nurse_app.ui.parts import AppParts
from nurse_app.ui.record_pdf import write_record_pdf
from nurse_app.ui.screens.detail_screen import DetailScreen
from nurse_app.ui.sheets.catalogue import make_sheet
from nurse_app.ui.trend_saving import TrendSaving
from nurse_app.ui.work import Work

ContextOf = Callable[[str], VisitContext | None]


class Details(QObject):
    """Makes the detail screens and keeps the one that is on up to date."""

    def __init__(
        self, parts: AppParts, work: Work, context_of: ContextOf, intent: SignalInstance, reaction_of: SignalInstance
    ) -> None:
        super().__init__()
        self._parts = parts
        self._work = work
        self._context_of = context_of
        self._intent = intent
        self._reaction_of = reaction_of
        self._screen: DetailScreen | None = None
        self._saving: TrendSaving | None = None
        self._reports: Any = None
        self._lists: tuple[Summaries, Summaries] = ({}, {})
        self._unreadable: tuple[str, ...] = ()
        self._search = ""

    # --- going there ---

    def open_place(self, place: i.Navigation, show: Callable[[QWidget], None]) -> None:
        """Load what the place needs on the writer thread, then show it."""
        service = self._parts.service
        match place:
            case i.GoToTrends():
                self._work.submit(
                    lambda: service.patient(place.patient_id).state,
                    lambda _record: self._show_trends(place, show),
                )
            case i.GoToRecord():
                self._work.submit(
                    lambda: service.load(place.visit_id), lambda _visit: self._show_record(place.visit_id, show)
                )
            case _:
                self._show_reports(show)

    def _record(self, patient_id: str) -> PatientRecord:
        return self._parts.service.patient(patient_id).state

    def _today(self) -> date:
        return self._parts.clock.read().wall.astimezone(self._parts.zone).date()

    def _open_visit_of(self, patient_id: str) -> str:
        visits = self._parts.service.visits().items()
        found = (key for key, visit in visits if visit.state.patient_id == patient_id and visit.state.is_open)
        return next(found, "")

    def _visit_context(self, patient_id: str) -> VisitContext | None:
        """Of the patient's visit in progress."""
        return self._context_of(self._open_visit_of(patient_id))

    def _case_of_visit(self, patient_id: str) -> Case | None:
        context = self._visit_context(patient_id)
        return None if context is None else case_of_visit(context.state, context.now)

    def _show_trends(self, place: i.GoToTrends, show: Callable[[QWidget], None]) -> None:
        patient_id, zone = place.patient_id, self._parts.zone
        module = import_module("nurse_app.ui.screens.trends_screen")
        page = module.timeline_page() if place.timeline else module.trends_page()
        protocol = self._parts.service.protocol
        actions = trend_actions(patient_id, self._open_visit_of(patient_id), timeline=place.timeline)
        actions = (*actions, save_trends_action(patient_id))

        def present() -> Any:
            today, record = self._today(), self._record(patient_id)
            history = replace(lab_history(record, protocol, today, zone), visit=self._case_of_visit(patient_id))
            if not place.timeline:
                return present_trends(protocol, history, today, zone, actions)
            view = present_ms_timeline(protocol, record, today, zone)
            return present_ms_page(view, history.treatment, patient_id, actions)

        def version() -> object:
            context = self._visit_context(patient_id)
            return self._record(patient_id).number, self._today(), context and context.state.number

        self._saving = TrendSaving(self._parts, page, lambda: self._record(patient_id))
        screen = DetailScreen(page, present, lambda: self._banner(patient_id, self._visit_context(patient_id)), version)
        self._show(screen, patient_id, show)

    def _show_record(self, visit_id: str, show: Callable[[QWidget], None]) -> None:
        page = import_module("nurse_app.ui.screens.record_screen").RecordPage()

        def context() -> VisitContext:
            return cast("VisitContext", self._context_of(visit_id))

        patient_id = context().state.patient_id
        screen = DetailScreen(
            page,
            lambda: present_timeline(context()),
            lambda: self._banner(patient_id, context()),
            lambda: context().state.number,
        )
        self._show(screen, patient_id, show)

    def _banner(self, patient_id: str, context: VisitContext | None) -> BannerView:
        """As the visit has it, so that a dose of today is not counted before its visit is over."""
        if context is not None:
            return present_banner(context)
        record, risk = self._record(patient_id), self._parts.service.protocol.labs.pml_risk
        details, test = record.details, risk.test if risk else ""
        return banner_of(facts_of(record), details.name, details.record_no, test, self._today(), self._parts.zone)

    def _show(self, screen: DetailScreen, patient_id: str, show: Callable[[QWidget], None]) -> None:
        visit_id = self._open_visit_of(patient_id)
        screen.set_reaction_visible(visible=bool(visit_id))
        screen.reaction_requested.connect(lambda: self._reaction_of.emit(visit_id, OpenReaction()))
        screen.intent_requested.connect(self._on_intent)
        self._screen = screen
        screen.refresh()
        show(screen)
        screen.first_focus()

    def _on_intent(self, intent: object) -> None:
        if isinstance(intent, i.SaveTrends) and self._saving is not None:
            self._saving.save(intent)
        else:
            self._intent.emit(intent)

    def _show_reports(self, show: Callable[[QWidget], None]) -> None:
        screen = import_module("nurse_app.ui.screens.reports_screen").ReportsScreen()
        screen.intent_requested.connect(self._intent)
        screen.searched.connect(self._on_search)
        self._reports, self._search = screen, ""
        self._work.visits(lambda visits: self._take_lists(visits, self._lists[1]))
        self._work.patients(lambda patients: self._take_lists(self._lists[0], patients))
        self._work.unreadable(self._take_unreadable)
        show(screen)
        screen.first_focus()

    def _take_lists(self, visits: Summaries, patients: Summaries) -> None:
        self._lists = (visits, patients)
        self._show_list()

    def _take_unreadable(self, sentences: tuple[str, ...]) -> None:
        self._unreadable = sentences
        self._show_list()

    def _on_search(self, text: str) -> None:
        self._search = text
        self._show_list()

    def _show_list(self) -> None:
        if self._reports is not None:
            visits, patients = self._lists
            self._reports.show_view(present_reports(visits, patients, self._search, self._parts.zone, self._unreadable))

    # --- while it is on ---

    def forget_all_but(self, screen: QWidget) -> None:
        """Another screen comes on: the ones that were made here are deleted when they are left."""
        if screen is not self._screen:
            self._screen = self._saving = None
        if screen is not self._reports:
            self._reports = None

    def refresh(self, current: QWidget | None) -> None:
        """Show what has changed on the screen that is on."""
        if current is self._screen and self._screen is not None:
            self._screen.refresh()

    def open_sheet(self, request: i.OpenSheet, visit_id: str) -> None:
        """A sheet over the page: a new result, or one of the visit's."""
        screen, zone = self._screen, self._parts.zone
        if screen is None:
            return
        if request.kind is i.SheetKind.LAB_RESULT:
            record, protocol = self._record(request.subject), self._parts.service.protocol
            view = present_lab_entry(protocol, facts_of(record), self._today(), zone, request.subject)
            sheet = import_module("nurse_app.ui.sheets.lab_result_sheet").LabResultSheet(view)
            screen.open_sheet(sheet, view.head.title, view.head.lead)
            return
        if request.kind is i.SheetKind.PML_RISK:
            self._open_risk(screen, request.subject)
            return
        if request.kind is i.SheetKind.SAVE_TRENDS and self._saving is not None:
            self._saving.open_sheet(screen, request.subject)
            return
        context = self._context_of(visit_id)
        if request.kind is i.SheetKind.DUE:
            self._open_due(screen, request.subject)
        elif context is not None:
            made = make_sheet(request, context)
            screen.open_sheet(made.widget, made.title, made.subtitle)

    def _open_risk(self, screen: DetailScreen, patient_id: str) -> None:
        """The published table behind the risk group."""
        protocol, record = self._parts.service.protocol, self._record(patient_id)
        card = pml_card(case_at_noon(protocol, facts_of(record), self._today(), self._parts.zone))
        if card is not None:
            screen.open_sheet(import_module("nurse_app.ui.sheets.pml_sheet").PmlSheet(card), card.title, "")

    def _open_due(self, screen: DetailScreen, patient_id: str) -> None:
        now = self._parts.clock.read().wall.astimezone(self._parts.zone)
        protocol, record = self._parts.service.protocol, self._record(patient_id)
        case = self._case_of_visit(patient_id) or Case(protocol, facts_of(record), now)
        view = present_due(case, call_due(protocol, record), patient_id)
        sheet = import_module("nurse_app.ui.sheets.due_sheet").DueSheet(view)
        screen.open_sheet(sheet, view.head.title, view.head.lead)

    def close_sheet(self) -> None:
        if self._screen is not None:
            self._screen.close_sheet()

    def go_on_with_sheet(self) -> None:
        """The entry was saved and the nurse goes on with the next one."""
        if self._screen is not None and self._screen.sheet is not None:
            cast("Any", self._screen.sheet).show_saved()

    def show_refusal(self, text: str) -> None:
        if self._screen is not None:
            self._screen.show_refusal(text)

    # --- the printed record ---

    def save_record(self, visit_id: str, say: Callable[[str], None]) -> None:
        """Write the visit's record as PDF into the documents folder, and say where."""
        context = self._context_of(visit_id)
        if context is None:
            return

        def write(end: RecordEnd) -> None:
            sample = self._record(context.state.patient_id).sample
            training = self._parts.training
            source = RecordSource(context, end.head_digest, sample=sample, training=training, code=end.code)
            started = context.state.started_at.latest.astimezone(self._parts.zone)
            path = self._parts.documents_folder / f"visit-{started:%Y-%m-%d-%H%M}-{visit_id[-6:]}.pdf"
            problem = write_record_pdf(record_document(source), path)
            say(problem or _("Record written to {path}").format(path=path))

        self._work.submit(lambda: self._parts.record_end(visit_id), write)
