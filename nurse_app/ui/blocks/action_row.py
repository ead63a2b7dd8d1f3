"""Acts side by side, for what may be done at any time."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from nurse_app.presentation.view_parts import ActionView
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.flow_layout import FlowLayout
from nurse_app.ui.widgets.kinds import PAGE_GAP


class ActionRow(QWidget):
    """Shows acts as buttons that stay the same as long as the act does."""

    intent_requested = Signal(object)

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._actions: dict[str, ActionView] = {}
        self._buttons: dict[str, Button] = {}
        self._flow = FlowLayout(self, gap=PAGE_GAP)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_actions(self, actions: tuple[ActionView, ...]) -> None:
        """Show these and no others, in the order in which they first came."""
        if actions == tuple(self._actions.values()):
            return
        self._actions = {action.id: action for action in actions}
        for action in actions:
            button = self._buttons.get(action.id) or self._made(action)
            button.set_label(action.label, action.key)
            button.set_role(action.role)
        for action_id, button in self._buttons.items():
            button.setVisible(action_id in self._actions)

    def _made(self, action: ActionView) -> Button:
        button = Button(action.label, action.key, action.role, name=action.id)
        button.clicked.connect(partial(self._press, action.id))
        if action.key:
            bind_key(button, action.key)
        self._buttons[action.id] = button
        self._flow.addWidget(button)
        return button

    def _press(self, action_id: str) -> None:
        self.intent_requested.emit(self._actions[action_id].intent)
