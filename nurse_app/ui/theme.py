"""Colours by role, type sizes and icons: one place decides how everything looks, in three schemes and any text size."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QByteArray, QCoreApplication, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

FAMILY = "DejaVu Sans"
BASE_SIZE = 15
TEXT_PERCENTS = range(100, 201)

_PLACEHOLDER = re.compile(r"@px\((\d+)\)|@([a-z_]+)")

_PALETTE_ROLES = {
    QPalette.ColorRole.Window: "background",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "background",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.PlaceholderText: "ink_second",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.Highlight: "brand",
    QPalette.ColorRole.HighlightedText: "on_brand",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "ink",
}


class Scheme(StrEnum):
    """The ways the program can be coloured; all use the same roles."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


class Theme(QObject):
    """Dresses the application. ``changed`` follows every change of scheme or text size."""

    changed = Signal()

    def __init__(self, resources: Path, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._icon_folder = resources / "icons"
        self._template = (resources / "theme" / "theme.qss").read_text(encoding="utf-8")
        self._palettes: dict[str, dict[str, str]] = tomllib.loads(
            (resources / "theme" / "palettes.toml").read_text(encoding="utf-8")
        )
        self._scheme = Scheme.LIGHT
        self._text_percent = TEXT_PERCENTS.start
        self._is_on = False
        self._pixmaps: dict[tuple[str, str, int], QPixmap] = {}
        self._drawings: dict[str, str] = {}
        for font in sorted((resources / "fonts").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(font))
        app.setStyle("Fusion")

    @property
    def scheme(self) -> Scheme:
        return self._scheme

    @property
    def text_percent(self) -> int:
        return self._text_percent

    def apply(self, scheme: Scheme, text_percent: int) -> None:
        """Colour and size everything there is and will be. Raises ValueError outside 100 to 200 percent."""
        if text_percent not in TEXT_PERCENTS:
            raise ValueError(f"text size must be 100 to 200 percent, not {text_percent}")
        if self._is_on and (scheme, text_percent) == (self._scheme, self._text_percent):
            return
        self._is_on = True
        self._scheme = scheme
        self._text_percent = text_percent
        self._pixmaps.clear()
        font = QFont(FAMILY)
        font.setPixelSize(self.px(BASE_SIZE))
        self._app.setFont(font)
        self._app.setPalette(self._qt_palette())
        self._app.setStyleSheet(_PLACEHOLDER.sub(self._fill_in, self._template))
        self.changed.emit()

    @contextmanager
    def worn_by(self, parts: Sequence[QWidget], scheme: Scheme) -> Iterator[None]:
        """Another scheme for some parts while they are painted for paper; nothing else is styled anew."""
        before = self._scheme
        if scheme == before:
            yield
            return
        self._wear(scheme)
        sheet = _PLACEHOLDER.sub(self._fill_in, self._template)
        for part in parts:
            part.setStyleSheet(sheet)
        try:
            yield
        finally:
            self._wear(before)
            for part in parts:
                part.setStyleSheet("")

    def _wear(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._pixmaps.clear()
        self.changed.emit()

    def colour(self, role: str) -> QColor:
        """The colour of a role in the scheme now applied. Raises KeyError for a role that is not there."""
        return QColor(self._palettes[self._scheme][role])

    def px(self, size: int) -> int:
        """A type size in pixels, grown by the text size chosen."""
        return round(size * self._text_percent / 100)

    def layout_px(self, size: int) -> int:
        """A column width in pixels, grown half as fast as the text, so that the middle keeps its room."""
        return round(size * (100 + self._text_percent) / 200)

    def pixmap(self, icon: str, role: str, size: int) -> QPixmap:
        """One of resources/icons, drawn in a role's colour at ``size`` pixels."""
        key = (icon, role, size)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._drawn(icon, role, size)
        return self._pixmaps[key]

    def _drawn(self, icon: str, role: str, size: int) -> QPixmap:
        if icon not in self._drawings:
            self._drawings[icon] = (self._icon_folder / f"{icon}.svg").read_text(encoding="utf-8")
        drawing = self._drawings[icon].replace("currentColor", self.colour(role).name())
        ratio = self._app.devicePixelRatio()
        pixmap = QPixmap(round(size * ratio), round(size * ratio))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(pixmap.rect()))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _fill_in(self, found: re.Match[str]) -> str:
        size, role = found.groups()
        return f"{self.px(int(size))}px" if size else self._palettes[self._scheme][role]

    def _qt_palette(self) -> QPalette:
        palette = QPalette()
        for qt_role, role in _PALETTE_ROLES.items():
            palette.setColor(qt_role, self.colour(role))
        for qt_role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, qt_role, self.colour("disabled_ink"))
        return palette


def theme_of(app: QCoreApplication) -> Theme | None:
    """The theme of an application, which has one at most."""
    return app.findChild(Theme, options=Qt.FindChildOption.FindDirectChildrenOnly)


def current_theme() -> Theme:
    """The theme the running application wears. Raises LookupError when there is none."""
    app = QApplication.instance()
    theme = theme_of(app) if app else None
    if theme is None:
        raise LookupError("no theme: make a Theme for the application before its widgets")
    return theme
