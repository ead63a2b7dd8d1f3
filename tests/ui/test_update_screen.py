"""The page of the program's versions: nothing is clipped, one thing to do next, every button asks for its own thing."""

import pytest
from PySide6.QtWidgets import QApplication

from nurse_app.presentation.update_page import FoundUpdate, ProgramVersions, UpdateState, present_update
from nurse_app.ui.screens.update_screen import UpdateScreen
from nurse_app.ui.widgets.button import Button
from tests.ui.conftest import ShowWindow
from tests.ui.hands import part, tap
from tests.ui.layout_rules import broken_rules

LONG = "/home/ward-station-two/programs/nurse-app-0.2.0-linux-x86_64-as-copied-from-the-stick-of-the-pharmacy"
THERE = ProgramVersions(
    running="0.1.0",
    build="commit 0696f31a2b3c with changes, linux-x86_64, Python 3.11.7",
    in_use="0.2.0",
    before="0.1.0",
    folder=LONG,
    key="3475 0f98 bd59 fcfc or a2b4 1123 9987 5521",
    why_not_back=f"2 visits are in progress in {LONG}. Finish what is in progress, then try again.",
    warning="Version 0.2.0 writes records in a form that version 0.1.0 does not know. " * 4,
)
FOUND = FoundUpdate(
    "0.3.0", THERE.build, "linux-x86_64", "3475 0f98 bd59 fcfc", 4322, "1,200 MB", f"It would go to {LONG}.", ""
)
STATES = {
    "nobody has looked": UpdateState(),
    "the versions": UpdateState(versions=THERE),
    "reading": UpdateState("reading", THERE, f"{LONG[1:]}.update", 1, 4),
    "found": UpdateState("found", THERE, f"{LONG[1:]}.update", found=FOUND),
    "refused": UpdateState(versions=THERE, problem=f"{LONG} is refused: it was not signed. " * 3),
    "asking": UpdateState("asking-back", THERE),
    "done": UpdateState("installed", THERE, said=f"Version 0.3.0 is installed in {LONG}."),
}


@pytest.fixture
def screen(show_window: ShowWindow) -> UpdateScreen:
    made = UpdateScreen("")
    made.show_view(present_update(UpdateState()))
    show_window(made, size=(1366, 768))
    made.first_focus()
    return made


def show(screen: UpdateScreen, state: UpdateState) -> None:
    screen.show_view(present_update(state))
    for _turn in range(4):
        QApplication.processEvents()


@pytest.mark.parametrize("name", STATES)
def test_nothing_is_clipped(screen: UpdateScreen, name: str) -> None:
    show(screen, STATES[name])

    assert broken_rules(screen) == {}


@pytest.mark.parametrize(
    ("state", "button"),
    [
        ("nobody has looked", "home"),
        ("the versions", "choose"),
        ("found", "install"),
        ("asking", "cancel"),
        ("done", "again"),
    ],
)
def test_the_next_thing_to_do_has_the_focus(screen: UpdateScreen, state: str, button: str) -> None:
    show(screen, STATES[state])

    assert part(screen, Button, f"update.{button}").hasFocus()


def test_going_back_is_never_what_enter_does(screen: UpdateScreen) -> None:
    show(screen, STATES["asking"])

    assert part(screen, Button, "update.confirm").property("role") == "secondary"
    assert not part(screen, Button, "update.confirm").hasFocus()


def test_each_button_asks_for_its_own_thing(screen: UpdateScreen) -> None:
    signals = {
        "install": (screen.install_requested, "found"),
        "back": (screen.back_requested, "can go back"),
        "confirm": (screen.back_confirmed, "asking"),
        "cancel": (screen.cancelled, "reading"),
        "again": (screen.start_again_requested, "done"),
        "home": (screen.left, "done"),
    }
    states = STATES | {"can go back": UpdateState(versions=ProgramVersions("0.2.0", "", "0.2.0", "0.1.0"))}
    for name, (signal, state) in signals.items():
        asked: list[str] = []
        signal.connect(lambda asked=asked, name=name: asked.append(name))
        show(screen, states[state])
        tap(screen, f"update.{name}")
        assert asked == [name]


def test_the_same_again_changes_nothing(screen: UpdateScreen) -> None:
    show(screen, STATES["found"])
    before = dict(screen._shown)

    show(screen, STATES["found"])

    assert screen._shown == before
