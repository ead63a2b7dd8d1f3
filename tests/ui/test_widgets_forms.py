"""Forms: six vital signs by Enter alone, a PIN that is never shown."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.pin_pad import PinPad
from nurse_app.ui.widgets.text import Text
from nurse_app.ui.widgets.vitals_form import VITAL_FIELDS, VitalsForm
from tests.ui.reading import ShowWindow

MEASURED = {
    "systolic": "124",
    "diastolic": "78",
    "pulse": "72",
    "respiration": "14",
    "spo2": "98",
    "temperature_c": "36,7",
}


def entry(widget: QWidget, name: str) -> QLineEdit:
    found = widget.findChild(QLineEdit, f"{name}.entry")
    assert found is not None
    return found


@pytest.fixture
def form(show_window: ShowWindow) -> VitalsForm:
    form = VitalsForm(name="vitals")
    show_window(form)
    form.first_focus()
    return form


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_six_vital_signs_are_entered_with_enter_alone(qtbot: QtBot, form: VitalsForm) -> None:
    typed = list(MEASURED.values())
    for value in typed[:-1]:
        qtbot.keyClicks(focused(), value)
        qtbot.keyClick(focused(), Qt.Key.Key_Return)
    qtbot.keyClicks(focused(), typed[-1])
    with qtbot.waitSignal(form.submitted) as submitted:
        qtbot.keyClick(focused(), Qt.Key.Key_Return)

    assert submitted.args == [{**MEASURED, "temperature_c": "36.7"}]


def test_a_missing_value_is_named_and_gets_the_focus(qtbot: QtBot, form: VitalsForm) -> None:
    for key, value in MEASURED.items():
        if key != "pulse":
            entry(form, f"vitals.{key}").setText(value)
    save = form.findChild(Button, "vitals.save")
    assert save is not None

    with qtbot.assertNotEmitted(form.submitted):
        qtbot.mouseClick(save, Qt.MouseButton.LeftButton)

    assert focused() is entry(form, "vitals.pulse")
    assert entry(form, "vitals.pulse").accessibleDescription() == "Enter the pulse."


def test_later_any_may_be_left_out_but_not_all(qtbot: QtBot, show_window: ShowWindow) -> None:
    form = VitalsForm(name="vitals", required=False)
    show_window(form)
    save = form.findChild(Button, "vitals.save")
    message = form.findChild(Text, "vitals.message")
    assert save is not None
    assert message is not None

    with qtbot.assertNotEmitted(form.submitted):
        qtbot.mouseClick(save, Qt.MouseButton.LeftButton)
    assert message.text() == "Enter at least one value."

    entry(form, "vitals.pulse").setText("88")
    with qtbot.waitSignal(form.submitted) as submitted:
        qtbot.mouseClick(save, Qt.MouseButton.LeftButton)
    assert submitted.args == [{"pulse": "88"}]
    assert not message.isVisible()


def test_a_form_can_be_cancelled_told_and_cleared(qtbot: QtBot, form: VitalsForm) -> None:
    cancel = form.findChild(Button, "vitals.cancel")
    assert cancel is not None
    with qtbot.waitSignal(form.cancelled):
        qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)

    entry(form, "vitals.pulse").setText("720")
    form.show_messages({"pulse": "Look again at the pulse."})
    assert entry(form, "vitals.pulse").accessibleDescription() == "Look again at the pulse."

    form.clear()
    assert [entry(form, f"vitals.{field.key}").text() for field in VITAL_FIELDS] == [""] * 6
    assert entry(form, "vitals.pulse").accessibleDescription() == ""


@pytest.fixture
def pad(show_window: ShowWindow) -> PinPad:
    pad = PinPad(name="pin", prompt="PIN of training user")
    show_window(pad)
    pad.setFocus()
    return pad


def shown(pad: PinPad, name: str) -> str:
    text = pad.findChild(Text, f"pin.{name}")
    assert text is not None
    return text.text()


def test_a_pin_by_keyboard_is_masked_and_given_once(qtbot: QtBot, pad: PinPad) -> None:
    qtbot.keyClicks(pad, "13x5")
    qtbot.keyClick(pad, Qt.Key.Key_Backspace)
    qtbot.keyClicks(pad, "79")
    assert shown(pad, "mask") == "●●●●"
    assert "4" in pad.accessibleDescription()

    with qtbot.waitSignal(pad.entered) as entered:
        qtbot.keyClick(pad, Qt.Key.Key_Return)

    assert entered.args == ["1379"]
    assert shown(pad, "mask") == ""


def test_a_pin_by_touch(qtbot: QtBot, pad: PinPad) -> None:
    for digit in ("2", "0", "9", "9", "clear", "2", "4", "6", "8"):
        button = pad.findChild(Button, f"pin.{digit}")
        assert button is not None
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    done = pad.findChild(Button, "pin.done")
    assert done is not None

    with qtbot.waitSignal(pad.entered) as entered:
        qtbot.mouseClick(done, Qt.MouseButton.LeftButton)

    assert entered.args == ["2468"]


def test_a_pin_too_short_is_told_and_kept(qtbot: QtBot, pad: PinPad) -> None:
    qtbot.keyClicks(pad, "12")
    with qtbot.assertNotEmitted(pad.entered):
        qtbot.keyClick(pad, Qt.Key.Key_Return)
    assert shown(pad, "message") == "Enter at least 4 digits."

    qtbot.keyClicks(pad, "3")
    assert shown(pad, "message") == ""
    assert shown(pad, "mask") == "●●●"


def test_a_pin_takes_no_more_digits_than_there_can_be(qtbot: QtBot, pad: PinPad) -> None:
    qtbot.keyClicks(pad, "1" * 20)

    assert shown(pad, "mask") == "●" * 12


def test_digits_belong_to_the_pin_even_where_the_page_uses_them(qtbot: QtBot, show_window: ShowWindow) -> None:
    pad, first = PinPad(name="pin"), Button("Open", "1", name="open1")
    bind_key(first, "1")
    show_window(pad, first)
    pad.setFocus()

    with qtbot.assertNotEmitted(first.clicked):
        qtbot.keyClicks(pad, "1")

    assert shown(pad, "mask") == "●"


def test_the_prompt_says_whose_pin(pad: PinPad) -> None:
    pad.set_prompt("PIN of the second nurse")

    assert shown(pad, "prompt") == pad.accessibleName() == "PIN of the second nurse"
