"""What is the same on every screen: alarms, the bar that says not saved, the footer, Reaction."""

from PySide6.QtCore import SignalInstance

from nurse_app.presentation.intents import SwitchUser
from nurse_app.ui.alarm_desk import AlarmDesk
from nurse_app.ui.frame import HomeFrame, VisitFrame
from nurse_app.ui.reaction_key import ReactionKey
from nurse_app.ui.screens.chrome import other_keys
from nurse_app.ui.screens.people_screen import NewPersonScreen, SignInScreen
from nurse_app.ui.stage import Stage


class Wiring:
    """Connects new screens with those who do what they ask for."""

    def __init__(
        self, stage: Stage, intent: SignalInstance, retry: SignalInstance, reaction_key: ReactionKey, alarms: AlarmDesk
    ) -> None:
        self._stage = stage
        self._intent = intent
        self._retry = retry
        self._reaction_key = reaction_key
        self._alarms = alarms

    def wire(self, screen: HomeFrame | VisitFrame) -> None:
        """Connect what every screen has."""
        self._reaction_key.bind(screen)
        self._alarms.wire(screen)
        screen.bands.not_saved.retry_requested.connect(self._retry)
        screen.footer.key_requested.connect(self._stage.key_pressed)
        screen.footer.show_keys(tuple(other_keys()))
        if not isinstance(screen, SignInScreen | NewPersonScreen):
            screen.footer.user_requested.connect(lambda: self._intent.emit(SwitchUser()))
