"""Shows the footer and the bands that every screen has."""

from nurse_app.i18n import _
from nurse_app.presentation.chrome import ChromeView
from nurse_app.ui.widgets.bands import Bands, NotSavedBar
from nurse_app.ui.widgets.footer import Footer


def show_chrome(bands: Bands, footer: Footer, view: ChromeView) -> None:
    """Put one ChromeView into a frame's bands and footer."""
    footer.show_saved(view.saved)
    footer.show_user(view.user)
    footer.show_date(view.date)
    bands.training.set_shown(shown=view.training)
    bands.unapproved.show_text(view.unapproved)


def show_problem(bar: NotSavedBar, sentence: str) -> None:
    """Keep the bar there as long as something is not saved; "" hides it."""
    if sentence:
        bar.show_problem(_("NOT SAVED"), sentence)
    else:
        bar.clear()
