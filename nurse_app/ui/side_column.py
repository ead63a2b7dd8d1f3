"""The right column of a visit, built from its view: cards to read, actions to press."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nurse_app.presentation.view_parts import ActionView, CardView, SideView
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.card import Card
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.text import Text


class _Action(Column):
    """A button, and under it what is missing while it cannot be pressed."""

    pressed = Signal(str)

    def __init__(self, view: ActionView) -> None:
        super().__init__(gap=4)
        self.button = Button(view.label, view.key, view.role, name=view.id)
        self._why_not = Text("", "small", name=f"{view.id}.why_not")
        self.add(self.button)
        self.add(self._why_not)
        if view.key:
            bind_key(self.button, view.key)
        self.button.clicked.connect(lambda: self.pressed.emit(view.id))
        self.show_action(view)

    def show_action(self, view: ActionView) -> None:
        self.button.set_label(view.label, view.key)
        self.button.set_role(view.role)
        self.button.setEnabled(view.enabled)
        why_not = "" if view.enabled else view.why_not
        self._why_not.set_text(why_not)
        self._why_not.setVisible(bool(why_not))
        self.button.setAccessibleDescription(why_not)


class SideColumn(Column):
    """Shows a SideView. The parts stay the same widgets as long as their order does, so focus is never lost."""

    intent_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__(gap=12, name="side_column")
        self._body = Column(gap=12)
        self.add(self._body)
        self._shape: tuple[tuple[str, str | None], ...] = ()
        self._parts: dict[str, QWidget] = {}
        self._view = SideView(())

    def show_view(self, view: SideView) -> None:
        """Show cards and actions; rebuilds only when their order or keys change."""
        if view == self._view:
            return
        self._view = view
        shape = tuple((part.id, part.key if isinstance(part, ActionView) else "") for part in view.parts)
        if shape != self._shape:
            self._rebuild(view)
            self._shape = shape
            return
        for part in view.parts:
            widget = self._parts[part.id]
            if isinstance(part, CardView) and isinstance(widget, Card):
                widget.show_card(part.title, part.value, part.note, part.tone)
            elif isinstance(part, ActionView) and isinstance(widget, _Action):
                widget.show_action(part)

    def focus_primary(self) -> bool:
        """Put the focus on the one next thing, when it is here and can be pressed; says whether it is."""
        for part in self._view.parts:
            if isinstance(part, ActionView) and part.role == "primary" and part.enabled:
                widget = self._parts[part.id]
                if isinstance(widget, _Action):
                    widget.button.setFocus()
                    return True
        return False

    def _rebuild(self, view: SideView) -> None:
        focus: QWidget | None = self.focusWidget()
        held = [key for key, widget in self._parts.items() if focus is not None and widget.isAncestorOf(focus)]
        body = Column(gap=12)
        self._parts = {part.id: self._make(part) for part in view.parts}
        for widget in self._parts.values():
            body.add(widget)
        body.add_stretch()
        self.add(body, 1)
        # Qt shows what was laid out a moment ago later: without a parent that would be a window of its own.
        self._body.hide()
        self._body.setParent(None)
        self._body.deleteLater()
        self._body = body
        again = self._parts.get(held[0]) if held else None
        if isinstance(again, _Action):
            again.button.setFocus()
        elif held and not self.focus_primary():
            self._focus_first()

    def _focus_first(self) -> None:
        actions = [
            widget for widget in self._parts.values() if isinstance(widget, _Action) and widget.button.isEnabled()
        ]
        if actions:
            actions[0].button.setFocus()

    def _make(self, part: CardView | ActionView) -> QWidget:
        if isinstance(part, CardView):
            return Card(part.title, part.value, part.note, part.tone, name=part.id, size=part.size)
        action = _Action(part)
        action.pressed.connect(self._on_pressed)
        return action

    def _on_pressed(self, action_id: str) -> None:
        for part in self._view.parts:
            if isinstance(part, ActionView) and part.id == action_id and part.enabled and part.intent is not None:
                self.intent_requested.emit(part.intent)
