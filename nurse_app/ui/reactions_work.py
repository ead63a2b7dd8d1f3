"""A patient’s reactions at work: the page, the follow-up call, and the prescriber’s decision that clears the flag."""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from nurse_app.domain.commands import OpenReaction
from nurse_app.domain.patient_record import facts_of
from nurse_app.i18n import _
from nurse_app.presentation import intents as i
from nurse_app.presentation.reactions_page import (
    ReactionsSource,
    present_call,
    present_clear_flag,
    present_reactions,
)
from nurse_app.presentation.visit_frame import BannerView, banner_of
from nurse_app.ui.blocks.reactions_body import ReactionsBody
from nurse_app.ui.parts import AppParts
from nurse_app.ui.screens.detail_screen import DetailScreen
from nurse_app.ui.session import Session
from nurse_app.ui.work import Work


class ReactionsWork:
    """Makes the page anew each time somebody goes there, and records what its sheets ask."""

    def __init__(
        self, parts: AppParts, work: Work, session: Session, intent: SignalInstance, reaction_of: SignalInstance
    ) -> None:
        self._parts = parts
        self._work = work
        self._session = session
        self._intent = intent
        self._reaction_of = reaction_of
        self._patient_id = ""
        self._screen: DetailScreen | None = None

    def open_page(self, place: i.GoToReactions, show: Callable[[QWidget], None]) -> None:
        """Show the page of a patient, as soon as the record is read."""
        service = self._parts.service
        self._work.submit(lambda: service.patient(place.patient_id), lambda _file: self._show(place.patient_id, show))

    def is_on(self, current: QWidget | None) -> bool:
        return self._screen is not None and current is self._screen

    def refresh(self, current: QWidget | None) -> None:
        """Show what has changed; a call becomes due while the page is on."""
        if self._screen is not None and current is self._screen:
            self._screen.refresh()

    def left_for(self, screen: QWidget) -> None:
        """Another screen comes on."""
        if screen is not self._screen:
            self._screen = None

    def open_sheet(self, request: i.OpenSheet) -> None:
        """The sheet of a call, or of the flag."""
        if self._screen is None:
            return
        source = self._source()
        if request.kind is i.SheetKind.FOLLOW_UP_CALL:
            call = present_call(source)
            self._open(import_module("nurse_app.ui.sheets.follow_up_call_sheet").FollowUpCallSheet(call), call.head)
        elif request.kind is i.SheetKind.CLEAR_FLAG:
            flag = present_clear_flag(source)
            self._open(import_module("nurse_app.ui.sheets.clear_flag_sheet").ClearFlagSheet(flag), flag.head)

    def show_refusal(self, text: str) -> None:
        if self._screen is not None:
            self._screen.show_refusal(text)

    def _open(self, sheet: QWidget, head: Any) -> None:
        if self._screen is not None:
            self._screen.open_sheet(sheet, head.title, head.lead)

    def _show(self, patient_id: str, show: Callable[[QWidget], None]) -> None:
        self._patient_id = patient_id
        screen = DetailScreen(ReactionsBody(), lambda: present_reactions(self._source()), self._banner, self._version)
        visit_id = self._parts.service.visit_in_progress(patient_id) or ""
        screen.set_reaction_visible(visible=bool(visit_id))
        screen.reaction_requested.connect(lambda: self._reaction_of.emit(visit_id, OpenReaction()))
        screen.intent_requested.connect(self._on_intent)
        self._screen = screen
        screen.refresh()
        show(screen)
        screen.focus_next()

    def _source(self) -> ReactionsSource:
        parts = self._parts
        file, people = parts.service.patient(self._patient_id), parts.users.station
        return ReactionsSource(
            patient_id=self._patient_id,
            protocol=parts.service.protocol,
            record=file.state,
            entries=file.record,
            now=parts.clock.read().wall.astimezone(parts.zone),
            zone=parts.zone,
            name_of=people.name_of,
            in_visit=parts.service.visit_in_progress(self._patient_id) is not None,
        )

    def _version(self) -> object:
        source = self._source()
        call = source.call
        return source.record.number, source.in_visit, call and call.state(source.now)

    def _banner(self) -> BannerView:
        record, risk = self._source().record, self._parts.service.protocol.labs.pml_risk
        details, test = record.details, risk.test if risk else ""
        return banner_of(facts_of(record), details.name, details.record_no, test, self._today(), self._parts.zone)

    def _today(self) -> date:
        return self._parts.clock.read().wall.astimezone(self._parts.zone).date()

    def _on_intent(self, intent: object) -> None:
        service, author = self._parts.service, self._session.author
        if isinstance(intent, i.RecordFollowUpCall):
            self._work.submit(
                lambda: service.record_call(intent.patient_id, intent.call, author), lambda _nothing: self._done()
            )
        elif isinstance(intent, i.ClearHypersensitivity):
            self._work.submit(
                lambda: service.clear_hypersensitivity(intent.patient_id, intent.by, intent.reason, author),
                self._cleared,
            )
        else:
            self._intent.emit(intent)

    def _cleared(self, is_cleared: bool) -> None:  # noqa: FBT001
        if is_cleared:
            self._done()
        else:
            self.show_refusal(_("It was not cleared: a visit is in progress, or there is no flag that can be cleared."))

    def _done(self) -> None:
        if self._screen is not None:
            self._screen.close_sheet()
            self._screen.refresh()
