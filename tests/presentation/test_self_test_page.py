"""The self-test as a page and as a file to send: progress, what needs somebody first, nobody’s data."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from nurse_app.presentation.self_test_page import (
    SelfTestState,
    broken_off_words,
    not_begun_words,
    present_self_test,
    report_text,
    result_line,
    verdict,
)
from nurse_app.visit.self_test import Look, LookResult, Outcome, ProgramFacts

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PROGRAM = ProgramFacts("0.1.0", "build 7", "Linux", "6.11.3", "f" * 64, AT)


def well(look: Look) -> LookResult:
    return LookResult(look, Outcome.WELL, "It is well.", "measured")


ALL_WELL = tuple(well(look) for look in Look)
NO_SOUND = LookResult(Look.SOUND, Outcome.FAILED, "No sound.", "", "Connect a loudspeaker.")
OLD = LookResult(Look.CLOCK, Outcome.ATTENTION, "Nothing for long.", "", "Compare.")


def with_results(*others: LookResult) -> tuple[LookResult, ...]:
    by_look = {other.look: other for other in others}
    return tuple(by_look.get(look, well(look)) for look in Look)


def test_before_the_first_test_there_is_only_a_button() -> None:
    view = present_self_test(SelfTestState(), UTC)

    assert (view.button, view.progress, view.verdict, view.problems, view.others) == ("Test now", "", "", (), ())
    assert not view.can_save


def test_while_it_runs_each_look_shows_how_it_stands() -> None:
    view = present_self_test(
        SelfTestState(running=True, results=(well(Look.FOLDER), replace(OLD, look=Look.SPACE))), UTC
    )

    assert (view.button, view.progress, view.verdict) == ("", "Testing: 2 of 9 done", "")
    assert [problem.id for problem in view.problems] == ["disk-space"]
    assert [(other.id, other.tone, other.word) for other in view.others][:3] == [
        ("data-folder", "done", "Well"),
        ("protocol", "brand", "Testing…"),
        ("program-files", "muted", ""),
    ]
    assert len(view.others) == 8
    assert not view.can_save


def test_when_the_last_look_has_come_nothing_is_being_tested() -> None:
    view = present_self_test(SelfTestState(running=True, results=ALL_WELL), UTC)

    assert {other.tone for other in view.others} == {"done"}
    assert not view.verdict


@pytest.mark.parametrize(
    ("others", "said", "tone"),
    [
        ((), "All is well", "done"),
        ((OLD,), "1 thing needs attention", "caution"),
        ((NO_SOUND, OLD), "1 thing failed", "stop"),
        ((NO_SOUND, replace(OLD, outcome=Outcome.FAILED)), "2 things failed", "stop"),
    ],
)
def test_the_verdict_is_that_of_the_worst(others: tuple[LookResult, ...], said: str, tone: str) -> None:
    results = with_results(*others)

    view = present_self_test(SelfTestState(results=results, program=PROGRAM, ended_at=AT), UTC)

    assert (view.verdict, view.tone, view.button) == (said, tone, "Test again")
    assert view.note == "version 0.1.0 · tested 22-Nov-2026 09:00 +00:00"
    assert {problem.id for problem in view.problems} == {other.look.value for other in others}
    assert view.can_save
    assert verdict(results) == said


def test_a_problem_is_shown_with_all_there_is_to_say() -> None:
    (problem,) = present_self_test(SelfTestState(results=with_results(NO_SOUND)), UTC).problems

    assert (problem.title, problem.tone, problem.word) == ("Sound", "stop", "Failed")
    assert (problem.sentence, problem.to_do) == ("No sound.", "Connect a loudspeaker.")


def test_a_test_that_broke_off_has_no_verdict_and_no_report() -> None:
    state = SelfTestState(results=(well(Look.FOLDER),), problem=broken_off_words())

    view = present_self_test(state, UTC)

    assert (view.progress, view.verdict, view.can_save, view.button) == (broken_off_words(), "", False, "Test again")
    assert view.note == ""
    assert not present_self_test(SelfTestState(problem=not_begun_words()), UTC).can_save


def test_results_without_the_program_they_are_of_make_no_report() -> None:
    view = present_self_test(SelfTestState(results=ALL_WELL), UTC)

    assert view.verdict == "All is well"
    assert (view.note, view.can_save) == ("", False)


def test_where_the_report_went_is_said_and_why_it_did_not() -> None:
    done = present_self_test(SelfTestState(saved="Report written", saved_well=True), UTC)
    assert (done.saved, done.saved_tone) == ("Report written", "done")
    assert present_self_test(SelfTestState(saved="Not written", saved_well=False), UTC).saved_tone == "hold"


def test_a_result_is_one_line_of_the_command() -> None:
    assert result_line(NO_SOUND) == "Failed: Sound: No sound. What to do: Connect a loudspeaker."
    assert result_line(well(Look.SOUND)) == "Well: Sound: It is well. [measured]"


def test_the_report_names_program_machine_and_every_look() -> None:
    text = report_text(PROGRAM, with_results(NO_SOUND))

    assert text.splitlines()[:7] == [
        "Self-test",
        "nurse-app 0.1.0 (build 7)",
        "Qt 6.11.3 on Linux",
        f"List of its files: {'f' * 64}",
        "Tested 22-Nov-2026 09:00 +00:00",
        "",
        "1 thing failed",
    ]
    assert "Failed    Sound\n          No sound.\n          What to do: Connect a loudspeaker.\n" in text
    assert text.count("It is well.") == len(Look) - 1
    assert "List of its files: none" in report_text(replace(PROGRAM, list_digest=""), ())
