"""The theme: every scheme names every role, all text can be read, everything grows with the text size."""

import re
import tomllib
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontInfo
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nurse_app.ui.theme import FAMILY, Scheme, Theme, current_theme
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.text import Text

RESOURCES = Path(__file__).parents[2] / "resources"
PALETTES: dict[str, dict[str, str]] = tomllib.loads((RESOURCES / "theme" / "palettes.toml").read_text("utf-8"))
SCHEMES = [scheme.value for scheme in Scheme]
TONES = ["brand", "done", "caution", "hold", "stop"]
PLAIN_GROUNDS = ["surface", "background"]

# What is written on what, somewhere on some screen.
TEXT_ON_GROUND = [
    *((ink, ground) for ink in ("ink", "ink_second") for ground in PLAIN_GROUNDS),
    *((ink, f"{tone}_ground") for ink in ("ink", "ink_second") for tone in TONES),
    *((tone, ground) for tone in TONES for ground in (*PLAIN_GROUNDS, f"{tone}_ground")),
    *((f"on_{tone}", tone) for tone in TONES),
    *((tone, "brand_ground") for tone in TONES),
    ("brand", "caution_ground"),
    ("brand", "hold_ground"),
    ("brand", "stop_ground"),
    ("on_brand", "brand_hover"),
    ("on_stop", "stop_hover"),
    ("brand", "track"),
    ("disabled_ink", "disabled_ground"),
]
EDGES = [("edge", "surface"), ("edge", "background"), ("brand", "background"), ("focus", "surface"), ("brand", "track")]


def luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(QColor(first)), luminance(QColor(second))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_contrast_formula_knows_black_on_white() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON_GROUND)
def test_text_can_be_read_on_its_ground(scheme: str, ink: str, ground: str) -> None:
    palette = PALETTES[scheme]
    assert contrast(palette[ink], palette[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_the_edge_of_a_control_can_be_seen(scheme: str, edge: str, ground: str) -> None:
    palette = PALETTES[scheme]
    assert contrast(palette[edge], palette[ground]) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_names_the_same_roles(scheme: str) -> None:
    assert PALETTES[scheme].keys() == PALETTES["light"].keys()


def test_the_light_scheme_has_the_colours_agreed_on() -> None:
    agreed = {
        "background": "#F4F6F8",
        "surface": "#FFFFFF",
        "ink": "#14212B",
        "ink_second": "#51616E",
        "line": "#D5DDE3",
        "brand": "#0B5C7A",
        "brand_ground": "#E3F0F5",
        "done": "#1E7A4B",
        "done_ground": "#E4F3EA",
        "caution": "#8A5A00",
        "caution_ground": "#FFF3D6",
        "hold": "#B54708",
        "hold_ground": "#FDEBDD",
        "stop": "#B42318",
        "stop_ground": "#FDE9E7",
    }
    assert {role: PALETTES["light"][role] for role in agreed} == agreed


@pytest.mark.parametrize("scheme", SCHEMES)
def test_red_belongs_to_stop_alone(scheme: str) -> None:
    red = {role for role, value in PALETTES[scheme].items() if QColor(value).hsvHue() in (*range(15), *range(345, 360))}
    strong = {role for role in red if QColor(PALETTES[scheme][role]).hsvSaturationF() > 0.2}
    assert {role for role in strong if not role.startswith("stop")} == set()


@pytest.mark.parametrize("scheme", list(Scheme))
def test_a_scheme_applied_gives_its_colours(theme: Theme, scheme: Scheme) -> None:
    theme.apply(scheme, 100)

    assert theme.colour("ink").name().upper() == PALETTES[scheme]["ink"]


def test_a_role_that_is_not_there_is_an_error(theme: Theme) -> None:
    with pytest.raises(KeyError):
        theme.colour("pink")


@pytest.mark.parametrize("percent", [99, 201, 0])
def test_text_sizes_beyond_100_to_200_percent_are_refused(theme: Theme, percent: int) -> None:
    with pytest.raises(ValueError, match="100 to 200 percent"):
        theme.apply(Scheme.LIGHT, percent)


def test_type_grows_with_the_text_and_columns_half_as_fast(theme: Theme) -> None:
    theme.apply(Scheme.LIGHT, 150)

    assert (theme.px(15), theme.layout_px(200)) == (22, 250)


def test_what_is_on_the_screen_follows_a_new_text_size(qtbot: QtBot, theme: Theme) -> None:
    text = Text("Infusion running", "title")
    qtbot.addWidget(text)
    text.show()
    before = text.sizeHint()

    with qtbot.waitSignal(theme.changed):
        theme.apply(Scheme.DARK, 200)

    assert text.fontInfo().pixelSize() == 48
    assert text.sizeHint().width() > 1.8 * before.width()


def test_the_bundled_font_is_in_use(qtbot: QtBot) -> None:
    text = Text("Infusion running")
    qtbot.addWidget(text)

    assert QFontInfo(text.font()).family() == FAMILY
    assert {path.name for path in (RESOURCES / "fonts").iterdir()} >= {"DejaVuSans.ttf", "LICENSE-DejaVu.txt"}


@pytest.mark.parametrize("icon", sorted(path.stem for path in (RESOURCES / "icons").glob("*.svg")))
def test_every_icon_draws_in_the_colour_asked_for(theme: Theme, icon: str) -> None:
    image = theme.pixmap(icon, "stop", 24).toImage()

    drawn = [image.pixelColor(x, y) for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() == 255]
    assert drawn
    assert {colour.name() for colour in drawn} == {theme.colour("stop").name()}


def test_icons_take_the_colours_of_a_new_scheme(theme: Theme) -> None:
    light = theme.pixmap("check", "done", 24).toImage()
    theme.apply(Scheme.DARK, 100)

    assert theme.pixmap("check", "done", 24).toImage() != light


def test_the_style_sheet_asks_only_for_roles_that_exist() -> None:
    sheet = (RESOURCES / "theme" / "theme.qss").read_text("utf-8")

    asked = set(re.findall(r"@([a-z_]+)(?!\()", sheet)) - {"px", "p"}

    assert asked <= PALETTES["light"].keys()


def test_the_current_theme_is_the_one_applied(theme: Theme) -> None:
    assert current_theme() is theme


def test_without_a_theme_the_error_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QApplication, "instance", lambda: None)

    with pytest.raises(LookupError, match="no theme"):
        current_theme()


def test_a_disabled_button_stays_readable(qtbot: QtBot, theme: Theme) -> None:
    button = Button("Continue", name="continue", role="primary")
    qtbot.addWidget(button)
    button.setEnabled(False)

    image = button.grab().toImage()

    assert image.pixelColor(8, image.height() // 2) == theme.colour("disabled_ground")
