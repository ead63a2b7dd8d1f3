"""Buttons: at least 44 px high, their key in the label, text that wraps instead of being cut."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QShortcut,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets.burst import ENTER_KEYS, Burst
from nurse_app.ui.widgets.kinds import TARGET, ButtonRole, set_look
from nurse_app.ui.widgets.text import tied

ICON_SIZE = 16
ICON_GAP = 4
_FOCUS_INSET = 4.0
_SHOWN_FOCUS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)
_TEXT_COLOURS: dict[str, str] = {"primary": "on_brand", "danger": "on_stop", "danger-outline": "stop"}


class Button(QPushButton):
    """A push button of one role. Space and Enter press it, except the Enter that ends a scanner's burst."""

    def __init__(
        self,
        text: str,
        key: str | None = None,
        role: ButtonRole = "secondary",
        *,
        name: str,
        icon: str = "",
    ) -> None:
        super().__init__()
        self._icon_name = icon
        self._burst = Burst()
        # Asking the style is slow and layouts ask all the time.
        self._padding: tuple[tuple[str, object], QSize] | None = None
        self._focus_shown = False
        self.setObjectName(name)
        self.setProperty("role", role)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._label = ""
        self.set_label(text, key)
        self._draw_icon()

    def label(self) -> str:
        """What the button says, its key included."""
        return self._label

    def set_label(self, text: str, key: str | None = None) -> None:
        """Say something else; nothing happens when it is the same."""
        label = f"{text} ({key})" if key else text
        if label != self._label:
            self._label = label
            self.setText(label.replace("&", "&&"))
            self.setAccessibleName(label)

    def role(self) -> str:
        return str(self.property("role"))

    def set_role(self, role: ButtonRole) -> None:
        set_look(self, "role", role)
        self._draw_icon()

    def set_icon_name(self, icon: str) -> None:
        """Show one of resources/icons before the text; "" for none."""
        if icon != self._icon_name:
            self._icon_name = icon
            self._draw_icon()

    def icon_colour(self) -> str:
        """The colour role of the icon: that of the text."""
        return _TEXT_COLOURS.get(self.role(), "brand")

    def sizeHint(self) -> QSize:
        frame = self._frame()
        text_width = self.fontMetrics().horizontalAdvance(self._label)
        return QSize(text_width + frame.width() + 1, self._height(1))

    def minimumSizeHint(self) -> QSize:
        frame = self._frame()
        widest = max(self.fontMetrics().horizontalAdvance(word) for word in tied(self._label).split(" "))
        return QSize(max(widest + frame.width() + 1, TARGET), self._height(1))

    def heightForWidth(self, width: int) -> int:
        return self._height(len(self._lines(width)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = "\n".join(self._lines(self.width())).replace("&", "&&")
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        if self.hasFocus() and self._focus_shown:
            painter.setRenderHint(QStylePainter.RenderHint.Antialiasing)
            painter.setPen(QPen(current_theme().colour(self._focus_colour()), 2.0))
            inset = QRectF(self.rect()).adjusted(_FOCUS_INSET, _FOCUS_INSET, -_FOCUS_INSET, -_FOCUS_INSET)
            painter.drawRoundedRect(inset, 4.0, 4.0)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        # Qt would paint the button before it says that it was clicked: the act comes first, the look after it.
        self.setUpdatesEnabled(False)
        super().mouseReleaseEvent(event)
        self.setUpdatesEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._burst.is_press(event):
            self.click()
        elif event.key() in ENTER_KEYS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._focus_shown = event.reason() in _SHOWN_FOCUS
        self._burst.forget()
        super().focusInEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._padding = None
            self._draw_icon()
            self.updateGeometry()

    def _focus_colour(self) -> str:
        return _TEXT_COLOURS.get(self.role(), "focus")

    def _draw_icon(self) -> None:
        if not self._icon_name:
            if not self.icon().isNull():
                self.setIcon(QIcon())
            return
        theme = current_theme()
        size = theme.px(ICON_SIZE)
        icon = QIcon(_with_gap(theme.pixmap(self._icon_name, self.icon_colour(), size)))
        icon.addPixmap(_with_gap(theme.pixmap(self._icon_name, "disabled_ink", size)), QIcon.Mode.Disabled)
        self.setIconSize(QSize(size + ICON_GAP, size))
        self.setIcon(icon)

    def _frame(self) -> QSize:
        """What padding, border and icon add around the text, in pixels."""
        look = (self.role(), self.property("scale"))
        if self._padding is None or self._padding[0] != look:
            self.ensurePolished()
            option = QStyleOptionButton()
            self.initStyleOption(option)
            text = QSize(100, 20)
            whole = self.style().sizeFromContents(QStyle.ContentsType.CT_PushButton, option, text, self)
            self._padding = (look, whole - text)
        padding = self._padding[1]
        return QSize(padding.width() + self._icon_room(), padding.height())

    def _icon_room(self) -> int:
        return self.iconSize().width() + ICON_GAP if self._icon_name else 0

    def _height(self, line_count: int) -> int:
        return max(line_count * self.fontMetrics().lineSpacing() + self._frame().height(), TARGET)

    def _lines(self, width: int) -> list[str]:
        return wrapped(tied(self._label), self.fontMetrics(), width - self._frame().width())


def _with_gap(pixmap: QPixmap) -> QPixmap:
    """The icon with a little room after it: Qt sets an icon too close to its text."""
    ratio = pixmap.devicePixelRatio()
    wider = QPixmap(pixmap.width() + round(ICON_GAP * ratio), pixmap.height())
    wider.setDevicePixelRatio(ratio)
    wider.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wider)
    painter.drawPixmap(0, 0, pixmap)
    painter.end()
    return wider


def wrapped(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """The text in lines no wider than ``width`` pixels, broken between words only."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def bind_key(button: Button, key: str) -> QShortcut:
    """Let a key press the button while it is visible and enabled. Letters typed into a field stay in the field."""
    shortcut = QShortcut(QKeySequence(key), button)
    shortcut.setAutoRepeat(False)
    shortcut.activated.connect(button.click)
    return shortcut
