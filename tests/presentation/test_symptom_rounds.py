"""The symptom round on the pages, on home, in the timeline and on the printed record."""

from dataclasses import replace

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.round_commands import SeenWell
from nurse_app.interchange.record_document import RecordTable
from nurse_app.presentation.alarm_words import present_alarm_lines
from nurse_app.presentation.infuse import present_infuse
from nurse_app.presentation.next_look import next_look_words
from nurse_app.presentation.record_vitals import vital_signs_table
from nurse_app.presentation.symptom_rounds import present_round, round_words, seen_well_action
from nurse_app.presentation.timeline import present_timeline
from tests.kit import SECOND, TestVisit
from tests.presentation.running_visits import card, primary, running, vitals


def words(visit: TestVisit) -> str:
    return next_look_words(visit.state, visit.now, visit.context().zone)


def test_seen_well_is_one_touch_and_one_key(protocol: InfusionProtocol) -> None:
    (action,) = seen_well_action(running(protocol, 3).context(), "")

    assert (action.label, action.key, action.intent, action.role) == ("Seen, well", "W", SeenWell(), "secondary")
    (next_thing,) = seen_well_action(running(protocol, 3).context(), "seen_well")
    assert next_thing.role == "primary"


def test_before_a_round_is_wanted_only_its_time_is_told(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 9)

    assert present_round(visit.context()) is None
    assert round_words(visit.context()) == "Symptom round at 09:55"
    assert card(present_infuse(visit.context()).side, "next_vitals").note == "Symptom round at 09:55"


def test_a_wanted_round_shows_what_to_ask_and_the_signs_that_open_the_reaction(protocol: InfusionProtocol) -> None:
    early = present_round(running(protocol, 10).context())
    late = present_round(running(protocol, 17).context())

    assert early is not None
    assert late is not None
    assert (early.title, early.tone) == ("Symptom round at 09:55", "brand")
    assert (late.title, late.tone) == ("Symptom round due since 09:55", "caution")
    assert late.ask == "Ask, look at site and skin. A sign? Touch it, the reaction opens:"
    assert protocol.symptom_rounds is not None
    assert [sign.intent for sign in late.signs] == [c.OpenReaction((sign,)) for sign in protocol.symptom_rounds.signs]
    assert late.signs[2].label == "Throat tight"


def test_vital_signs_come_first_then_the_round_then_nothing(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 15)

    def next_things() -> list[str]:
        view = present_infuse(visit.context())
        return primary(view.side.parts, view.actions, view.others)

    assert next_things() == ["record_vitals"]
    visit.do(vitals())
    assert next_things() == ["seen_well"]
    visit.do(SeenWell())
    assert next_things() == []
    assert round_words(visit.context()) == "Symptom round at 10:10"


def test_the_notice_to_stay_makes_room_for_the_first_round(protocol: InfusionProtocol) -> None:
    notices = [[each.id for each in present_infuse(running(protocol, n).context()).notices] for n in (9, 10)]
    assert notices == [["stay"], []]
    seen = running(protocol, 3)
    seen.do(SeenWell())
    assert present_infuse(seen.context()).notices == ()


def test_a_protocol_of_before_has_neither_button_nor_round(protocol: InfusionProtocol) -> None:
    context = TestVisit(replace(protocol, symptom_rounds=None)).to("infuse").wait(minutes=20).context()

    assert seen_well_action(context, "") == ()
    assert present_round(context) is None
    assert round_words(context) == ""


@pytest.mark.parametrize(
    ("minute", "acts", "said"),
    [
        (5, (), "next vital signs 09:55"),
        (16, (), "vital signs and symptom round due since 09:55"),
        (16, (vitals(),), "symptom round due since 09:55"),
        (16, (SeenWell(),), "vital signs due since 09:55"),
    ],
)
def test_home_says_what_is_overdue(
    protocol: InfusionProtocol, minute: int, acts: tuple[c.Command, ...], said: str
) -> None:
    visit = running(protocol, minute)
    for act in acts:
        visit.do(act)
    assert words(visit) == said


def test_of_two_that_are_overdue_the_earlier_time_is_told(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 16)
    visit.do(SeenWell())
    assert words(visit.wait(minutes=15)) == "vital signs and symptom round due since 09:55"


def test_after_the_last_set_only_a_round_can_be_overdue(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("observe").wait(minutes=60)
    visit.do(vitals())
    assert words(visit) == "symptom round due since 11:15"
    visit.do(SeenWell())
    assert words(visit) == ""


def test_the_reminder_names_both_when_both_are_due(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 16)
    (both,) = present_alarm_lines(visit.context())
    visit.do(SeenWell())
    (one,) = present_alarm_lines(visit.context())

    assert both.text == "Vital signs and the symptom round are due."
    assert one.text == "Vital signs are due."


def test_vital_signs_that_stop_the_pump_say_so_while_the_drug_runs(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 6)
    visit.do(vitals(121, 76, 131))
    (runs,) = present_alarm_lines(visit.context())
    view = present_infuse(visit.context())
    visit.do(c.PauseInfusion("looked at"))
    (paused,) = present_alarm_lines(visit.context())

    assert runs.text == "Alarming: Pulse 131 /min. Stop the pump and look at the patient."
    assert primary(view.side.parts, view.actions, view.others) == ["pause"]
    assert paused.text == "Alarming: Pulse 131 /min. Look at the patient."


def test_the_timeline_tells_a_round(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 14)
    visit.do(SeenWell())
    row = present_timeline(visit.context()).rows[-1]
    assert (row.time, row.words) == ("09:54:00", "Symptom round: seen, well.")
    assert row.correct is not None


# --- the printed table ---


def table_of(visit: TestVisit) -> RecordTable:
    rows = {row.number: row for row in present_timeline(visit.context()).rows}
    return vital_signs_table(visit.context(), rows)


def rounds_of(visit: TestVisit) -> list[tuple[str, str]]:
    """Number and round of each row of the table."""
    table = table_of(visit)
    return [(row.cells[0], row.cells[table.columns.index("Round")]) for row in table.rows]


def test_without_rounds_the_table_has_no_column_for_them(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 14)
    visit.do(vitals())
    assert "Round" not in table_of(visit).columns


def test_a_round_stands_beside_the_set_that_was_taken_with_it(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 14)
    visit.do(vitals())
    visit.wait(minutes=1).do(SeenWell())
    base, taken = rounds_of(visit)
    number = len(visit.visit.record)

    assert base[1] == "—"
    assert taken == (str(number - 1), f"well 09:55:00 ({number})")


def test_a_round_without_a_set_has_a_row_of_its_own(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 14)
    visit.do(SeenWell())
    alone = table_of(visit).rows[-1]

    assert alone.cells[1:] == ("09:54:00", "—", "—", "—", "—", "—", "well", "SAMPLE, Nurse One")


def test_a_round_of_another_nurse_a_late_one_and_a_wrong_one_stand_alone(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 14)
    visit.do(vitals())
    first = len(visit.visit.record)
    visit.do(SeenWell(), by=SECOND)
    visit.do(SeenWell())
    visit.do(c.CorrectEntry(first + 2, "wrong patient"))

    assert rounds_of(visit)[1:] == [(str(first), "—"), (str(first + 1), "well"), (str(first + 2), "well")]
    assert [row.struck for row in table_of(visit).rows] == [False, False, False, True]


def test_two_rounds_take_two_sets_and_none_far_away(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 15)
    visit.do(vitals())
    visit.do(SeenWell())
    visit.wait(minutes=15).do(vitals())
    visit.do(SeenWell())
    visit.wait(minutes=6).do(SeenWell())

    assert [told for _number, told in rounds_of(visit)] == [
        "—",
        f"well ({len(visit.visit.record) - 3})",
        f"well ({len(visit.visit.record) - 1})",
        "well",
    ]
