"""What presenters need to know of the visits, as they are at this moment."""

from dataclasses import replace

from nurse_app.domain.moment import Reading
from nurse_app.presentation.chrome import ChromeView, Saving, disk_words, present_chrome
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.home import HomeView, OpenVisitFacts, Summaries, present_home
from nurse_app.presentation.patient_order import shown_name
from nurse_app.ui.parts import AppParts
from nurse_app.ui.people import People
from nurse_app.ui.session import Session
from nurse_app.ui.sound_offer import SoundOffer


class Contexts:
    """Reads states, clock and who is here; changes nothing."""

    def __init__(self, parts: AppParts, session: Session, people: People) -> None:
        self._parts = parts
        self._session = session
        self._people = people
        self.sound_offer = SoundOffer(parts, session)
        self.zone = parts.zone

    def of_visit(self, visit_id: str) -> VisitContext | None:
        """Of a loaded visit; None when it is not loaded."""
        visit = self._parts.service.visits().get(visit_id)
        if visit is None:
            return None
        state = visit.state
        return VisitContext(
            visit_id=visit_id,
            state=state,
            record=visit.record,
            now=visit.now(self._parts.clock.read()),
            zone=self._parts.zone,
            user_id=self._session.user_id,
            name_of=self._people.name,
            patient_name=self._parts.service.patient_name(state.patient_id),
            others=self._people.others(),
            private=self._session.locked,
        )

    def of_open_visits(self) -> list[OpenVisitFacts]:
        """Of every visit in progress, for its card."""
        reading = self._parts.clock.read()
        return [
            OpenVisitFacts(
                visit_id,
                visit.state,
                visit.now(reading),
                shown_name(self._parts.service.patient_name(visit.state.patient_id)),
            )
            for visit_id, visit in self._parts.service.visits().items()
            if visit.state.is_open
        ]

    def of_home(self, patients: Summaries, search: str, reading: Reading) -> HomeView:
        """The home screen."""
        protocol = self._parts.service.protocol
        return present_home(self.of_open_visits(), patients, search, reading, protocol, self.zone)

    def of_footer(self, reading: Reading, saved: tuple[Saving, str]) -> ChromeView:
        """Footer and bands as they are now; ``saved`` says how it stands with the entries, and since when."""
        user = "" if self._session.locked else self._people.name(self._session.user_id)
        parts, protocol = self._parts, self._parts.service.protocol
        view = present_chrome(reading, user, saved, protocol, parts.zone, training=parts.training)
        return view if parts.has_room() else replace(view, disk=disk_words())
