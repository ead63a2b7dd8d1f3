"""Banner, rail and footer: who this is, where the visit stands, what was saved."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QWidget
from pytestqt.qtbot import QtBot

from nurse_app.ui.theme import Theme
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.footer import Footer
from nurse_app.ui.widgets.icon import Icon
from nurse_app.ui.widgets.patient_banner import PatientBanner
from nurse_app.ui.widgets.step_rail import StepItem, StepRail
from nurse_app.ui.widgets.text import Text
from tests.ui.reading import ShowWindow, button_of, settle, words_on

FIELDS = (("Born", "14-Mar-1988 (38 y)"), ("Record no.", "TRN 000 417"))
STEPS = (
    StepItem("identify", 1, "Identify", "10:01 matched", "done", openable=True),
    StepItem("prechecks", 2, "Pre-checks", "4 of 13", "current"),
    StepItem("prepare", 3, "Prepare"),
)


def click(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_the_banner_says_who_this_is(show_window: ShowWindow) -> None:
    banner = PatientBanner()
    banner.show_patient("SAMPLE, Patient One", FIELDS, "Allergy: penicillin")
    show_window(banner)

    shown = words_on(banner)
    assert shown == ["SAMPLE, Patient One", "Born", FIELDS[0][1], "Record no.", FIELDS[1][1], "Allergy: penicillin"]
    assert banner.accessibleDescription() == "Born 14-Mar-1988 (38 y), Record no. TRN 000 417, Allergy: penicillin"


def test_the_banner_wraps_when_it_gets_narrow(show_window: ShowWindow) -> None:
    banner = PatientBanner()
    banner.show_patient("SAMPLE, Patient One", FIELDS, "Allergy: penicillin")
    show_window(banner)

    assert banner.heightForWidth(500) > banner.heightForWidth(1300)


def test_another_patient_replaces_the_first_altogether(show_window: ShowWindow) -> None:
    banner = PatientBanner()
    banner.show_patient("SAMPLE, Patient One", FIELDS, "Allergy: penicillin")
    show_window(banner)

    banner.show_patient("SAMPLE, Patient Two", (("Born", "01-Jan-1990 (36 y)"),), "No known allergies")
    settle()

    assert words_on(banner) == ["SAMPLE, Patient Two", "Born", "01-Jan-1990 (36 y)", "No known allergies"]


def test_without_known_allergies_there_is_no_empty_chip(show_window: ShowWindow) -> None:
    banner = PatientBanner()
    banner.show_patient("SAMPLE, Patient One", FIELDS, "")
    show_window(banner)

    assert [icon for icon in banner.findChildren(Icon) if icon.isVisible()] == []


def test_locked_the_banner_hides_names_from_eyes_and_screen_readers(show_window: ShowWindow) -> None:
    banner = PatientBanner()
    banner.show_patient("SAMPLE, Patient One", FIELDS, "Allergy: penicillin")
    show_window(banner)

    banner.set_private("Locked. Names are hidden.")
    assert words_on(banner) == ["Locked. Names are hidden."]
    assert banner.accessibleDescription() == ""
    assert banner.accessibleName() == "Locked. Names are hidden."

    banner.show_patient("SAMPLE, Patient Two", FIELDS, "Allergy: latex")
    assert words_on(banner) == ["Locked. Names are hidden."]

    banner.set_private("")
    assert "SAMPLE, Patient Two" in words_on(banner)
    assert "Allergy: latex" in banner.accessibleDescription()


def test_a_severe_allergy_can_be_marked(show_window: ShowWindow, theme: Theme) -> None:
    banner = PatientBanner()
    banner.show_patient("SAMPLE", FIELDS, "Do not give natalizumab", "stop")
    show_window(banner)

    text = banner.findChild(Text, "patient_banner.allergy")
    assert text is not None
    assert text.palette().color(text.foregroundRole()) == theme.colour("stop")


def test_the_rail_shows_every_step_and_its_state(show_window: ShowWindow) -> None:
    rail = StepRail()
    rail.show_steps(STEPS)
    show_window(rail)

    assert words_on(rail) == ["Identify", "10:01 matched", "Pre-checks", "4 of 13", "Prepare", "—"]
    names = [entry.accessibleName() for entry in rail.findChildren(QFrame) if entry.accessibleName()]
    assert names == ["1 Identify, done", "2 Pre-checks, now", "3 Prepare, to do"]


def entry_of(rail: StepRail, key: str) -> QFrame:
    found = rail.findChild(QFrame, f"step.{key}")
    assert found is not None
    return found


def test_a_step_that_may_be_opened_opens_by_click_and_key(qtbot: QtBot, show_window: ShowWindow) -> None:
    rail = StepRail()
    rail.show_steps(STEPS)
    show_window(rail)
    entry = entry_of(rail, "identify")

    with qtbot.waitSignal(rail.step_requested) as clicked:
        click(qtbot, entry)
    entry.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(rail.step_requested) as keyed:
        qtbot.keyClick(entry, Qt.Key.Key_Return)

    assert clicked.args == keyed.args == ["identify"]
    assert entry.property("focused") == "yes"
    entry.clearFocus()
    assert entry.property("focused") == "no"


def test_a_step_to_come_cannot_be_opened(qtbot: QtBot, show_window: ShowWindow) -> None:
    rail = StepRail()
    rail.show_steps(STEPS)
    show_window(rail)

    with qtbot.assertNotEmitted(rail.step_requested):
        click(qtbot, entry_of(rail, "prepare"))
        qtbot.keyClick(entry_of(rail, "prepare"), Qt.Key.Key_Return)
    assert entry_of(rail, "prepare").focusPolicy() == Qt.FocusPolicy.NoFocus


def test_a_touch_that_slides_off_a_step_opens_nothing(qtbot: QtBot, show_window: ShowWindow) -> None:
    rail = StepRail()
    rail.show_steps(STEPS)
    show_window(rail)
    entry = entry_of(rail, "identify")

    with qtbot.assertNotEmitted(rail.step_requested):
        qtbot.mouseRelease(entry, Qt.MouseButton.LeftButton, pos=QPoint(-5, -5))


def test_steps_change_in_place_and_in_number(show_window: ShowWindow) -> None:
    rail = StepRail()
    rail.show_steps(STEPS)
    show_window(rail)
    first = entry_of(rail, "identify")

    rail.show_steps((STEPS[0], StepItem("prechecks", 2, "Pre-checks", "left out", "skipped")))
    settle()

    assert entry_of(rail, "identify") is first
    assert words_on(rail) == ["Identify", "10:01 matched", "Pre-checks", "left out"]


def test_done_now_and_to_do_differ_by_more_than_colour(show_window: ShowWindow, theme: Theme) -> None:
    rail = StepRail()
    pictures = []
    rail.show_steps((STEPS[0],))
    show_window(rail, size=(215, 100))
    for state in ("done", "current", "todo", "skipped"):
        rail.show_steps((StepItem("identify", 1, "Identify", "", state),))
        settle()
        image = rail.grab().toImage().convertToFormat(rail.grab().toImage().Format.Format_Grayscale8)
        pictures.append(bytes(image.constBits()))

    assert len(set(pictures)) == 4


def test_the_footer_says_what_was_saved_who_is_here_and_the_date(qtbot: QtBot, show_window: ShowWindow) -> None:
    footer = Footer()
    footer.show_saved("10:05:12 Answer recorded · saved")
    footer.show_user("Nurse: training user")
    footer.show_keys((("F1", "Help"), ("F8", "Reaction")))
    footer.show_date("Sunday 22-Nov-2026 10:42")
    show_window(footer)

    assert words_on(footer) == ["10:05:12 Answer recorded · saved", "Sunday 22-Nov-2026 10:42"]
    with qtbot.waitSignal(footer.user_requested):
        click(qtbot, button_of(footer, "footer.user"))
    with qtbot.waitSignal(footer.key_requested) as pressed:
        click(qtbot, button_of(footer, "footer.F1"))
    assert pressed.args == ["F1"]


def test_keys_told_again_are_left_alone_and_others_replace_them(show_window: ShowWindow) -> None:
    footer = Footer()
    footer.show_keys((("F1", "Help"),))
    show_window(footer)
    before = button_of(footer, "footer.F1")

    footer.show_keys((("F1", "Help"),))
    assert button_of(footer, "footer.F1") is before

    footer.show_keys((("F2", "Add patient"),))
    settle()
    assert [button.label() for button in footer.findChildren(Button) if button.isVisible()] == ["F2 Add patient"]


def test_what_was_not_saved_looks_different(show_window: ShowWindow) -> None:
    footer = Footer()
    show_window(footer)
    icon = footer.findChildren(Icon)[0]

    footer.show_saved("10:05:12 saved")
    assert icon.icon_name == "check"
    footer.show_saved("10:05:12 Not saved", "stop")
    assert icon.icon_name == "not_saved"
    footer.show_saved("")
    assert not icon.isVisible()
