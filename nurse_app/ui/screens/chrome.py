"""Shows the footer and the bands that every screen has."""

from nurse_app.presentation.chrome import ChromeView
from nurse_app.ui.widgets.bands import Bands
from nurse_app.ui.widgets.footer import Footer


def show_chrome(bands: Bands, footer: Footer, view: ChromeView) -> None:
    """Put one ChromeView into a frame's bands and footer."""
    footer.show_saved(view.saved)
    footer.show_user(view.user)
    footer.show_date(view.date)
    bands.training.set_shown(shown=view.training)
    bands.unapproved.show_text(view.unapproved)
