"""The ways in which trends leave the program, in words."""

from datetime import UTC, date, datetime
from pathlib import Path

from nurse_app.presentation.intents import OpenSheet, SaveTrends, SheetKind
from nurse_app.presentation.save_trends import (
    copied_words,
    failed_words,
    no_printer_words,
    not_during_visit_words,
    not_printed_words,
    not_written_words,
    paper_note,
    present_save_trends,
    printed_words,
    save_trends_action,
    written_words,
)

AT = datetime(2026, 11, 22, 9, 15, tzinfo=UTC)


def test_an_action_of_its_own_opens_the_sheet() -> None:
    action = save_trends_action("p-1")

    assert (action.intent, action.key) == (OpenSheet(SheetKind.SAVE_TRENDS, "p-1"), "S")


def test_each_form_has_its_button_its_key_and_what_is_in_it() -> None:
    view = present_save_trends("p-1", Path("/home/ward"), has_drawings=True)

    assert "/home/ward" in view.head.lead
    assert [(way.action.intent, way.action.key) for way in view.ways] == [
        (SaveTrends("p-1", "pdf"), "F"),
        (SaveTrends("p-1", "png"), "I"),
        (SaveTrends("p-1", "csv"), "C"),
        (SaveTrends("p-1", "text"), "X"),
        (SaveTrends("p-1", "print"), "N"),
    ]
    assert [way.action.role for way in view.ways].count("primary") == 1
    assert all(way.note and way.action.enabled for way in view.ways)


def test_without_a_curve_there_is_no_picture_to_save() -> None:
    ways = present_save_trends("p-1", Path("x"), has_drawings=False).ways

    assert [way.action.id for way in ways if not way.action.enabled] == ["save_trends.png"]
    assert ways[1].action.why_not == "No curve is drawn."


def test_what_came_of_it_is_said_in_a_sentence() -> None:
    assert written_words(Path("trends.pdf")) == "Written to trends.pdf"
    assert not_written_words("No space left on device") == (
        "Not written: No space left on device. Make room or ask who looks after this computer, then save again."
    )
    assert failed_words() == (
        "Nothing was written: an internal error. Try another form, or ask who looks after this computer."
    )
    assert failed_words(printed=True).startswith("Nothing was printed: an internal error.")
    assert "copied" in copied_words()
    assert printed_words("Ward 3") == "Sent to Ward 3"
    assert not_printed_words("Ward 3").startswith("Ward 3 took nothing.")
    assert "no printer" in no_printer_words()
    assert "Save as PDF" in not_during_visit_words()


def test_the_note_on_paper_says_when_which_days_and_what_the_signs_mean() -> None:
    days = (date(2025, 11, 13).toordinal() + 0.4, date(2026, 12, 1).toordinal() + 0.9)

    assert paper_note(AT, UTC, days, "● in range") == (
        "Made 22-Nov-2026 09:15 +00:00 · drawn from 13-Nov-2025 to 01-Dec-2026   ● in range"
    )
    assert paper_note(AT, UTC, None, "") == "Made 22-Nov-2026 09:15 +00:00"


def test_an_axis_that_reaches_beyond_the_calendar_ends_with_it() -> None:
    ends = (-20.5, date.max.toordinal() + 30.0)

    assert paper_note(AT, UTC, ends, "").endswith("drawn from 01-Jan-0001 to 31-Dec-9999")
