"""Theme and text size of this workstation, changed by keys and remembered."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QApplication

from nurse_app.ui.parts import AppParts, DisplaySettings
from nurse_app.ui.theme import Scheme, Theme, theme_of

STEP_PERCENT = 25
LEAST_PERCENT, MOST_PERCENT = 100, 200


class Looks:
    """Applies the display settings; each change is saved at once."""

    def __init__(self, parts: AppParts, app: QApplication) -> None:
        self._parts = parts
        self._settings = parts.settings
        self._theme = theme_of(app) or Theme(parts.resources, app)
        self._keep_with: Callable[[Callable[[], None]], None] | None = None
        self._apply()

    def keep_with(self, run: Callable[[Callable[[], None]], None]) -> None:
        """Have the settings saved by ``run``: the writer thread, as the window waits for no disk."""
        self._keep_with = run

    @property
    def settings(self) -> DisplaySettings:
        return self._settings

    def larger(self) -> None:
        self._resize(STEP_PERCENT)

    def smaller(self) -> None:
        self._resize(-STEP_PERCENT)

    def next_theme(self) -> None:
        """Light, dark, high contrast, and round again."""
        schemes = list(Scheme)
        following = schemes[(schemes.index(Scheme(self._settings.theme)) + 1) % len(schemes)]
        self._change(replace(self._settings, theme=following.value))

    def _resize(self, by: int) -> None:
        percent = min(max(self._settings.text_percent + by, LEAST_PERCENT), MOST_PERCENT)
        self._change(replace(self._settings, text_percent=percent))

    def _change(self, settings: DisplaySettings) -> None:
        if settings != self._settings:
            self._settings = settings
            self._apply()
            if self._keep_with is not None:
                self._keep_with(lambda: self._parts.save_settings(settings))

    def _apply(self) -> None:
        self._theme.apply(Scheme(self._settings.theme), self._settings.text_percent)
