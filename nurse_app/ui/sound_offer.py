"""What home says of the sound of alarms: what is wrong with it, else that a shift begins with a sound test."""

from nurse_app.presentation.sound_offer import SoundOfferView, present_sound_offer
from nurse_app.ui.parts import AppParts
from nurse_app.ui.session import Session


class SoundOffer:
    """Read at every look at home. Whoever puts a test off is not asked again until somebody else has signed in."""

    def __init__(self, parts: AppParts, session: Session) -> None:
        self._parts = parts
        self._session = session
        self._put_off_by = ""

    def view(self) -> SoundOfferView | None:
        """None when there is nothing to say."""
        parts, station = self._parts, self._parts.users.station
        sound, now = parts.alarm_sound, station.moment(parts.clock.read())
        if self._put_off_by != self._session.user_id:
            self._put_off_by = ""
        view = present_sound_offer(station.sound, sound.trouble(), sound.device(), now, parts.sound_plan)
        # A shift begins on the ward, not in training; what is wrong is told everywhere.
        may_wait = parts.training or bool(self._put_off_by)
        return None if view is None or (view.can_wait and may_wait) else view

    def put_off(self) -> None:
        """Not now."""
        self._put_off_by = self._session.user_id
