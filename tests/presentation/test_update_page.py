"""What the page of the program's versions says at each point."""

from dataclasses import replace

import pytest

from nurse_app.presentation.update_page import FoundUpdate, ProgramVersions, UpdateState, UpdateView, present_update

THERE = ProgramVersions("0.2.0", "commit abc", "0.2.0", "0.1.0", "/clinic", "3475 0f98 bd59 fcfc")
FOUND = FoundUpdate(
    "0.3.0", "commit def", "linux-x86_64", "3475 0f98 bd59 fcfc", 322, "200 MB", "It would be done.", ""
)


def buttons(view: UpdateView) -> dict[str, str]:
    names = ("install", "choose", "back", "confirm", "cancel", "again")
    return {name: getattr(view, name) for name in names if getattr(view, name)}


def test_before_anybody_has_looked_there_is_nothing_to_press() -> None:
    view = present_update(UpdateState())

    assert view.progress == "Looking at the program’s folder…"
    assert buttons(view) == {}
    assert view.facts == ()
    assert view.verdict == ""


def test_the_versions_and_what_can_be_done() -> None:
    view = present_update(UpdateState(versions=THERE))

    assert dict(view.facts) == {
        "In use": "version 0.2.0 · commit abc",
        "Version before": "0.1.0, kept in case it is needed",
        "Folder": "/clinic",
        "Accepts updates signed with": "3475 0f98 bd59 fcfc",
    }
    assert buttons(view) == {"choose": "Choose a file…", "back": "Go back to version 0.1.0…"}
    assert (view.progress, view.verdict, view.notes) == ("", "", ())


def test_a_program_without_a_version_before_and_without_a_key() -> None:
    view = present_update(UpdateState(versions=replace(THERE, before="", key="", why_not_back="There is none.")))

    facts = dict(view.facts)
    assert facts["Version before"] == "none"
    assert facts["Accepts updates signed with"] == "no key: this program was built without one"
    assert "Going back" not in facts
    assert buttons(view) == {"choose": "Choose a file…"}


def test_why_one_cannot_go_back_now_is_said_beside_the_versions() -> None:
    view = present_update(UpdateState(versions=replace(THERE, why_not_back="1 visit is in progress.")))

    assert dict(view.facts)["Going back"] == "1 visit is in progress."
    assert "back" not in buttons(view)


def test_a_version_that_was_started_by_itself_is_told_from_the_one_in_use() -> None:
    facts = dict(present_update(UpdateState(versions=replace(THERE, running="0.1.0"))).facts)

    assert facts["In use"] == "version 0.2.0"
    assert facts["Running now"] == "version 0.1.0, which is not the one in use"


def test_a_program_that_was_installed_otherwise_takes_no_updates_but_tells_what_a_file_is() -> None:
    there = ProgramVersions("0.2.0", "checkout", problem="Install the newer package instead.")
    view = present_update(UpdateState(versions=there))

    assert (view.verdict, view.tone) == ("No updates here", "information")
    assert view.notes == (("", "Install the newer package instead."),)
    assert dict(view.facts)["In use"] == "version 0.2.0 · checkout"
    assert buttons(view) == {"choose": "Choose a file…"}


@pytest.mark.parametrize(
    ("phase", "progress"),
    [
        ("reading", "Reading it.update: 25 %"),
        ("installing", "Installing: 25 %. The version in use stays until the end."),
        ("going-back", "Going back…"),
    ],
)
def test_while_it_is_busy_it_can_be_cancelled_as_long_as_nothing_is_changed(phase: str, progress: str) -> None:
    state = UpdateState(phase, THERE, "it.update", done=1, total=4)  # type: ignore[arg-type]

    view = present_update(state)

    assert view.progress == progress
    assert buttons(view) == ({} if phase == "going-back" else {"cancel": "Cancel"})
    assert present_update(replace(state, total=0)).progress == progress.replace("25", "0")


def test_a_file_that_can_be_installed() -> None:
    view = present_update(UpdateState("found", THERE, "it.update", found=FOUND))

    assert (view.verdict, view.tone) == ("Version 0.3.0 can be installed", "information")
    assert view.notes == (
        ("", "It would be done."),
        ("File", "it.update"),
        ("Build", "commit def"),
        ("For", "linux-x86_64"),
        ("Signed with", "3475 0f98 bd59 fcfc, which this program accepts"),
        ("Holds", "322 files, 200 MB, all of them whole"),
    )
    assert buttons(view) == {
        "install": "Install version 0.3.0",
        "choose": "Choose another file…",
        "back": "Go back to version 0.1.0…",
    }


def test_a_file_that_is_right_but_not_now() -> None:
    found = replace(FOUND, refusal="1 visit is in progress.")

    view = present_update(UpdateState("found", THERE, "it.update", found=found))

    assert (view.verdict, view.tone) == ("Version 0.3.0 is not installed now", "caution")
    assert view.notes[0] == ("", "1 visit is in progress.")
    assert "install" not in buttons(view)


def test_a_file_that_is_refused() -> None:
    view = present_update(UpdateState("choose", THERE, problem="It was not signed."))

    assert (view.verdict, view.tone) == ("Nothing was changed", "stop")
    assert view.notes == (("", "It was not signed."),)
    assert view.choose == "Choose another file…"


@pytest.mark.parametrize(("warning", "tone"), [("", "information"), ("0.2.0 writes a newer form.", "caution")])
def test_going_back_is_asked_once_more_with_what_it_means(warning: str, tone: str) -> None:
    view = present_update(UpdateState("asking-back", replace(THERE, warning=warning)))

    assert (view.verdict, view.tone) == ("Go back from version 0.2.0 to 0.1.0?", tone)
    assert view.notes[0] == ("", "The next start is version 0.1.0. No record is changed.")
    assert view.notes[1:] == ((("", warning),) if warning else ())
    assert buttons(view) == {"confirm": "Go back to version 0.1.0", "cancel": "Cancel"}


@pytest.mark.parametrize(("phase", "verdict"), [("installed", "Installed"), ("gone-back", "Gone back")])
def test_when_it_is_done_there_is_one_thing_left_to_do(phase: str, verdict: str) -> None:
    view = present_update(UpdateState(phase, THERE, said="It is there."))  # type: ignore[arg-type]

    assert (view.verdict, view.tone, view.notes) == (verdict, "done", (("", "It is there."),))
    assert buttons(view) == {"again": "Close and start again"}


def test_what_cannot_be_shown_is_left_out() -> None:
    """States that the window never makes."""
    assert present_update(UpdateState("asking-back")).verdict == ""
    assert present_update(UpdateState("asking-back")).notes == ()
    assert present_update(UpdateState("found", THERE)).verdict == ""
    assert present_update(UpdateState("found", THERE)).notes == ()
