"""Shows the footer and the bands that every screen has."""

from collections.abc import Sequence

from nurse_app.i18n import _
from nurse_app.presentation.chrome import ChromeView
from nurse_app.ui.blocks.interrupted_card import INTERRUPT_KEY
from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets.bands import Bands, NotSavedBar
from nurse_app.ui.widgets.footer import Footer

# With text this large the footer would need more lines than it has: it shows the first keys only.
LARGE_TEXT_PERCENT = 140
KEYS_WITH_LARGE_TEXT = 3


def show_chrome(bands: Bands, footer: Footer, view: ChromeView) -> None:
    """Put one ChromeView into a frame's bands and footer."""
    footer.show_saved(view.saved, view.saved_tone)
    footer.show_user(view.user)
    footer.show_date(view.date)
    bands.training.set_shown(shown=view.training)
    bands.unapproved.show_text(view.unapproved)
    bands.disk.show_text(view.disk)


def home_keys() -> Sequence[tuple[str, str]]:
    """The keys the footer of a page without a visit names, the most used first."""
    return _that_fit((_help_key(), ("Ctrl+L", _("Lock")), ("Ctrl+T", _("Theme")), ("Ctrl++", _("Larger text"))))


def visit_keys() -> Sequence[tuple[str, str]]:
    """The keys the footer of a visit names, the most used first."""
    return _that_fit(
        (
            _help_key(),
            ("F4", _("Home")),
            ("F7", _("Timeline")),
            ("F5", _("Lab trends")),
            (INTERRUPT_KEY, _("Interrupted")),
            ("F3", _("Patient")),
            ("F9", _("Note")),
        )
    )


def other_keys() -> Sequence[tuple[str, str]]:
    """The keys the footer of every other page names."""
    return (_help_key(),)


def keys_in_help() -> Sequence[tuple[str, str]]:
    """The keys the footer of the help names."""
    return (("F1", _("Back")),)


def _help_key() -> tuple[str, str]:
    return "F1", _("Help")


def _that_fit(keys: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    return keys[:KEYS_WITH_LARGE_TEXT] if current_theme().text_percent >= LARGE_TEXT_PERCENT else keys


def show_problem(bar: NotSavedBar, sentence: str) -> None:
    """Keep the bar there as long as something is not saved; "" hides it."""
    if sentence:
        bar.show_problem(_("NOT SAVED"), sentence)
    else:
        bar.clear()
