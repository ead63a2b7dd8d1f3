"""Shortcuts for tests of the real program: a visit worked at the service instead of by hand, all that can be seen."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from nurse_app.visit.open_visit import Accepted, Author
from tests import kit
from tests.ui.driver import CALM, Ward

KEYS = {f"F{number}": getattr(Qt.Key, f"Key_F{number}") for number in range(2, 10)}


def begin(ward: Ward, record_no: str) -> str:
    """A visit of that patient, at its first step."""
    visit_id = ward.parts.service.start_visit(ward.patient(record_no), Author(ward.user()))
    ward.settle()
    return visit_id


def work_to(ward: Ward, phase: str) -> str:
    """A visit of the calm patient in that phase, all its times as in an uneventful one."""
    visit_id = ward.parts.service.start_visit(ward.patient(CALM), Author(ward.user()))
    for name in kit.PHASES[1 : kit.PHASES.index(phase) + 1]:
        for minutes, command, by in kit._WAY[name]:
            ward.clock.advance(timedelta(minutes=minutes))
            author = Author(ward.user(0 if by == kit.NURSE else 1))
            result = ward.parts.service.handle(visit_id, command, author)
            assert isinstance(result, Accepted), (command, result)
    ward.key("Shift")
    return visit_id


def open_visit(ward: Ward, visit_id: str) -> None:
    """Open a visit from home."""
    ward.press(f"visit.{visit_id}.open")


def function_key(ward: Ward, key: str) -> None:
    """F2 to F9, where the focus is."""
    QTest.keyClick(ward.stage.focusWidget() or ward.stage, KEYS[key])
    ward.settle()


def shown_strings(ward: Ward) -> str:
    """Everything on the screen that a person or a screen reader can come by."""
    found: list[str] = [ward.stage.windowTitle()]
    for widget in ward.stage.findChildren(QWidget):
        if widget.isVisible():
            found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
            found += [str(widget.property(name) or "") for name in ("text", "placeholderText")]
    return "\n".join(found)


def said_beside(ward: Ward, name: str) -> str:
    """What a text of that name says."""
    return str(ward.find(name).property("text"))


def enter_alt(ward: Ward, value: str, then: str) -> None:
    """One result of today into the open sheet; ``then`` is how it is saved, next or last."""
    ward.press("lab_result.test.ALT")
    ward.write_into("lab_result.value", value)
    ward.press("lab_result.unit.U/L")
    ward.write_into("lab_result.upper", "40")
    ward.write_into("lab_result.collected", "22-Nov-2026")
    ward.press(f"lab_result.{then}")
