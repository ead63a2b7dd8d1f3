"""Pre-checks: where each finding stands, the result so far, and what goes on from it."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain.decide import decide
from nurse_app.domain.deciding.outcome import Context, Rejected
from nurse_app.domain.facts import VitalSigns
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.intents import GoToVisit, OpenSheet, SheetKind
from nurse_app.presentation.prechecks import PrechecksView, QuestionView, present_prechecks
from nurse_app.presentation.view_parts import ActionView, CardView
from tests.kit import NURSE, WELL, TestVisit, base_facts

Change = Callable[[dict[str, Any]], None]


def at_prechecks(protocol: InfusionProtocol, *acts: c.Command, change: Change | None = None) -> TestVisit:
    visit = TestVisit(protocol, base_facts(change, for_visit=True)).to("prechecks")
    for act in acts:
        visit.do(act)
    return visit


def yes(question: str) -> c.AnswerQuestion:
    return c.AnswerQuestion(question, answer=True)


NO_TO_ALL = c.AnswerRest(answer=False)
MEASURED = c.RecordVitalSigns(WELL)


def labs(**values: str | None) -> Change:
    def change(data: dict[str, Any]) -> None:
        kept = [row for row in data["labs"] if values.get(row["test"], "") is not None]
        data["labs"] = [row | {"value": values.get(row["test"], row["value"])} for row in kept]

    return change


def medicines(*names: str) -> Change:
    def change(data: dict[str, Any]) -> None:
        data["patient"]["medicines"] = list(names)

    return change


def view_of(visit: TestVisit) -> PrechecksView:
    return present_prechecks(visit.context())


def question(view: PrechecksView, name: str) -> QuestionView:
    return next(item for item in view.questions if item.id == name)


def action(view: PrechecksView, name: str) -> ActionView:
    return next(part for part in view.side.parts if isinstance(part, ActionView) and part.id == name)


def actions(view: PrechecksView) -> list[str]:
    return [part.id for part in view.side.parts if isinstance(part, ActionView)]


def card(view: PrechecksView, name: str) -> CardView:
    return next(part for part in view.side.parts if isinstance(part, CardView) and part.id == name)


def primary(view: PrechecksView) -> list[str]:
    return [part.id for part in view.side.parts if isinstance(part, ActionView) and part.role == "primary"]


# --- the questions ---


def test_every_question_starts_unanswered_in_the_protocol_s_order(protocol: InfusionProtocol) -> None:
    view = view_of(at_prechecks(protocol))

    assert [item.id for item in view.questions] == [item.id for item in protocol.questions]
    assert {item.answer for item in view.questions} == {None}
    assert view.head.lead == "Ask the patient each question. 0 of 13 answered."


def test_a_finding_stands_under_the_question_that_caused_it(protocol: InfusionProtocol) -> None:
    view = view_of(at_prechecks(protocol, yes("infection_signs")))

    (found,) = question(view, "infection_signs").findings
    assert (found.rule, found.severity) == ("infection", "hold")
    assert question(view, "antimicrobial_course").findings == ()
    assert view.from_record == ()


def test_two_yes_of_one_rule_both_show_it(protocol: InfusionProtocol) -> None:
    view = view_of(at_prechecks(protocol, yes("infection_signs"), yes("antimicrobial_course")))

    assert question(view, "infection_signs").findings == question(view, "antimicrobial_course").findings != ()
    assert "0 stops · 1 hold" in card(view, "result").note


def test_yes_has_the_tone_of_what_it_means(protocol: InfusionProtocol) -> None:
    view = view_of(at_prechecks(protocol))

    assert question(view, "jaundice_or_dark_urine").yes_tone == "stop"
    assert question(view, "infection_signs").yes_tone == "hold"
    assert question(view, "live_vaccine_planned_or_recent").yes_tone == "caution"


def test_a_question_of_information_only_has_no_tone(protocol: InfusionProtocol) -> None:
    mild = tuple(replace(item, severity="information") for item in protocol.questions)

    view = view_of(at_prechecks(replace(protocol, questions=mild)))

    assert {item.yes_tone for item in view.questions} == {"neutral"}


def test_the_question_names_the_medicines_on_record_that_it_is_about(protocol: InfusionProtocol) -> None:
    view = view_of(at_prechecks(protocol, change=medicines("azathioprine 50 mg", "prednisolon")))

    assert question(view, "immunosuppressant_last_month").hint.endswith("listed: azathioprine 50 mg")
    assert question(view, "steroid_last_month").hint.endswith("listed: prednisolon")
    assert "listed" not in question(view, "infection_signs").hint


def test_all_others_is_offered_with_their_number_while_some_are_open(protocol: InfusionProtocol) -> None:
    view = view_of(at_prechecks(protocol, yes("infection_signs")))

    assert view.rest is not None
    assert view.rest.label == "All 12 others: no"
    assert view.rest.intent == NO_TO_ALL
    assert view_of(at_prechecks(protocol, NO_TO_ALL)).rest is None


def test_the_last_open_question_is_called_that(protocol: InfusionProtocol) -> None:
    all_but_one = [c.AnswerQuestion(item.id, answer=False) for item in protocol.questions[1:]]

    rest = view_of(at_prechecks(protocol, *all_but_one)).rest

    assert rest is not None
    assert rest.label == "The last question: no"


# --- the record and the vital signs ---


def test_findings_of_the_record_stand_apart_the_worst_first(protocol: InfusionProtocol) -> None:
    change = labs(ALT="52", PLT="40")

    view = view_of(at_prechecks(protocol, change=change))

    assert [(item.rule, item.severity) for item in view.from_record] == [
        ("platelets", "stop"),
        ("liver-enzymes", "caution"),
    ]


def test_what_is_only_good_to_know_does_not_stand_before_the_questions(protocol: InfusionProtocol) -> None:
    view = view_of(at_prechecks(protocol))

    assert [item.rule for item in view.notes] == ["lymphocytes"]
    assert view.from_record == ()


def test_unmeasured_vital_signs_are_asked_for_without_an_alarm(protocol: InfusionProtocol) -> None:
    row = view_of(at_prechecks(protocol)).vital_signs

    assert row.action.intent == OpenSheet(SheetKind.VITAL_SIGNS)
    assert row.action.label == "Record vital signs"
    assert not row.taken
    assert row.findings == ()


def test_measured_vital_signs_show_their_values_and_findings(protocol: InfusionProtocol) -> None:
    hot = c.RecordVitalSigns(replace(WELL, temperature_c=Decimal("38.4")))

    row = view_of(at_prechecks(protocol, hot)).vital_signs

    assert row.note.startswith("09:01 · 124/78 mmHg")
    assert [item.rule for item in row.findings] == ["fever"]
    assert row.taken
    assert row.action.label == "Measure again"


def test_a_set_with_gaps_says_what_is_missing(protocol: InfusionProtocol) -> None:
    row = view_of(at_prechecks(protocol, c.RecordVitalSigns(VitalSigns(pulse=Decimal(72))))).vital_signs

    assert [item.rule for item in row.findings] == ["vital-signs-missing"]
    assert not row.taken


def test_looking_back_after_the_start_shows_the_baseline_alone(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("infuse").wait(minutes=15)
    visit.do(c.RecordVitalSigns(replace(WELL, pulse=Decimal(80))))

    note = view_of(visit).vital_signs.note

    assert note.startswith("09:05 · ")
    assert "72 /min" in note


def test_a_visit_without_a_baseline_says_so(protocol: InfusionProtocol) -> None:
    visit = at_prechecks(protocol)
    visit.do(c.OpenReaction())
    visit.do(c.RecordVitalSigns(VitalSigns(pulse=Decimal(90))))
    started = replace(visit.state.run, started_at=visit.state.started_at)
    context = replace(visit.context(), state=replace(visit.state, run=started))

    assert present_prechecks(context).vital_signs.note == "None before the start."


# --- the result ---


@pytest.mark.parametrize(
    ("acts", "value", "tone", "next_act"),
    [
        ((), "not complete", "muted", []),
        ((NO_TO_ALL,), "not complete", "muted", []),
        ((yes("infection_signs"),), "HOLD", "hold", []),
        ((yes("infection_signs"), NO_TO_ALL, MEASURED), "HOLD", "hold", ["decision"]),
        ((yes("jaundice_or_dark_urine"), yes("infection_signs")), "DO NOT GIVE", "stop", ["not_given"]),
        ((yes("live_vaccine_planned_or_recent"), NO_TO_ALL, MEASURED), "CAUTION", "caution", ["continue"]),
        ((NO_TO_ALL, MEASURED), "PROCEED", "done", ["continue"]),
    ],
)
def test_the_result_is_a_word_with_a_tone_and_one_next_act(
    protocol: InfusionProtocol, acts: tuple[c.Command, ...], value: str, tone: str, next_act: list[str]
) -> None:
    view = view_of(at_prechecks(protocol, *acts))

    assert (card(view, "result").value, card(view, "result").tone) == (value, tone)
    assert primary(view) == next_act


def test_the_counts_leave_out_what_is_merely_not_done_yet(protocol: InfusionProtocol) -> None:
    result = card(view_of(at_prechecks(protocol)), "result")

    assert result.title == "Result so far"
    assert result.note == "0 stops · 0 holds · 0 cautions · 13 unanswered · vital signs missing"


def test_the_worst_findings_are_named_beside_continue(protocol: InfusionProtocol) -> None:
    visit = at_prechecks(protocol, yes("live_vaccine_planned_or_recent"), NO_TO_ALL, MEASURED, change=labs(ALT="52"))

    result = card(view_of(visit), "result")

    assert result.title == "Result"
    assert result.note == "0 stops · 0 holds · 2 cautions. Live vaccine, Liver enzymes."


def test_continue_says_how_many_cautions_it_acknowledges(protocol: InfusionProtocol) -> None:
    one = at_prechecks(protocol, yes("live_vaccine_planned_or_recent"), NO_TO_ALL, MEASURED)
    two = at_prechecks(protocol, yes("live_vaccine_planned_or_recent"), NO_TO_ALL, MEASURED, change=labs(ALT="52"))

    assert action(view_of(one), "continue").label == "Continue: 1 caution seen"
    assert action(view_of(two), "continue").label == "Continue: 2 cautions seen"
    assert action(view_of(at_prechecks(protocol, NO_TO_ALL, MEASURED)), "continue").label == "Continue to Prepare"


@pytest.mark.parametrize(
    ("acts", "words"),
    [
        ((), "First: answer 13 questions, record the vital signs."),
        ((NO_TO_ALL, yes("infection_signs"), MEASURED), "First: get a decision about Infection."),
        ((yes("jaundice_or_dark_urine"),), "Only “Not given today” goes on from here."),
    ],
)
def test_continue_says_what_is_missing(protocol: InfusionProtocol, acts: tuple[c.Command, ...], words: str) -> None:
    go_on = action(view_of(at_prechecks(protocol, *acts)), "continue")

    assert not go_on.enabled
    assert go_on.why_not == words


WAYS: tuple[tuple[c.Command, ...], ...] = (
    (),
    (NO_TO_ALL,),
    (MEASURED,),
    (NO_TO_ALL, MEASURED),
    (yes("infection_signs"), NO_TO_ALL, MEASURED),
    (yes("infection_signs"), NO_TO_ALL, MEASURED, c.RecordDecision("infection", "proceed", "Dr A", read_back=True)),
    (yes("infection_signs"), NO_TO_ALL, MEASURED, c.RecordDecision("infection", "do-not-give", "Dr A", read_back=True)),
    (NO_TO_ALL, MEASURED, c.RecordDecision("mood", "do-not-give", "Dr A", read_back=True)),
    (
        yes("pregnant_or_possible"),
        NO_TO_ALL,
        MEASURED,
        c.RecordDecision("pregnancy", "proceed", "Dr A", read_back=True),
    ),
    (yes("jaundice_or_dark_urine"), NO_TO_ALL, MEASURED),
)


@pytest.mark.parametrize("acts", WAYS)
def test_continue_is_open_exactly_when_the_rules_would_take_it(
    protocol: InfusionProtocol, acts: tuple[c.Command, ...]
) -> None:
    visit = at_prechecks(protocol, *acts)

    verdict = decide(c.FinishPrechecks(), Context(visit.state, visit.now, NURSE))

    assert action(view_of(visit), "continue").enabled == (not isinstance(verdict, Rejected))


def test_a_decision_is_offered_while_a_hold_is_open(protocol: InfusionProtocol) -> None:
    assert "decision" in actions(view_of(at_prechecks(protocol, yes("infection_signs"), NO_TO_ALL, MEASURED)))
    assert "decision" not in actions(view_of(at_prechecks(protocol, NO_TO_ALL, MEASURED)))


def test_a_no_of_the_prescriber_leaves_only_not_given(protocol: InfusionProtocol) -> None:
    said_no = c.RecordDecision("infection", "do-not-give", "Dr Sample", read_back=True)

    view = view_of(at_prechecks(protocol, yes("infection_signs"), NO_TO_ALL, MEASURED, said_no))

    assert card(view, "result").value == "DO NOT GIVE"
    assert primary(view) == ["not_given"]
    assert "do not give" in question(view, "infection_signs").findings[0].sentence


def test_a_decision_to_proceed_takes_the_hold_away_and_says_who(protocol: InfusionProtocol) -> None:
    said_yes = c.RecordDecision("infection", "proceed", "Dr Sample", read_back=True)

    view = view_of(at_prechecks(protocol, yes("infection_signs"), NO_TO_ALL, MEASURED, said_yes))

    (found,) = question(view, "infection_signs").findings
    assert found.severity == "information"
    assert "Dr Sample" in found.sentence
    assert card(view, "result").value == "PROCEED"


def test_the_line_can_be_recorded_before_mixing(protocol: InfusionProtocol) -> None:
    visit = at_prechecks(protocol)

    assert action(view_of(visit), "line").label == "Line…"
    visit.do(c.ReadyLine("left hand"))
    assert action(view_of(visit), "line").label == "Line: left hand"


def test_in_a_later_step_the_only_way_is_back(protocol: InfusionProtocol) -> None:
    view = view_of(TestVisit(protocol).to("prepare"))

    assert [action(view, "back").intent] == [GoToVisit("v-1")]
    assert actions(view) == ["back"]


def test_no_letter_of_the_side_answers_a_question(protocol: InfusionProtocol) -> None:
    view = view_of(at_prechecks(protocol, yes("infection_signs")))
    keys = [part.key for part in view.side.parts if isinstance(part, ActionView)]
    keys += [view.rest.key if view.rest else None, view.vital_signs.action.key]

    assert not {"Y", "N"} & set(keys)
    assert len(keys) == len(set(keys))


# --- the two results of the laboratory ---


def test_the_liver_enzyme_shows_value_multiple_day_and_when_due(protocol: InfusionProtocol) -> None:
    alt = card(view_of(at_prechecks(protocol)), "lab.ALT")

    assert (alt.title, alt.value) == ("ALT", "25 U/L")
    assert alt.note == "0.62 × upper limit · 02-Nov-2026 · due 31-Jan-2027"
    assert alt.tone == "neutral"


def test_a_multiple_is_never_rounded_across_a_limit(protocol: InfusionProtocol) -> None:
    alt = card(view_of(at_prechecks(protocol, change=labs(ALT="119.99"))), "lab.ALT")

    assert alt.note.startswith("2.9998 × upper limit")
    assert alt.tone == "caution"


@pytest.mark.parametrize("value", ["<5", "haemolysed"])
def test_a_result_that_is_no_exact_number_has_no_multiple(protocol: InfusionProtocol, value: str) -> None:
    alt = card(view_of(at_prechecks(protocol, change=labs(ALT=value))), "lab.ALT")

    assert alt.value == f"{value} U/L"
    assert "upper limit" not in alt.note


def test_a_missing_result_is_told_with_the_tone_of_its_finding(protocol: InfusionProtocol) -> None:
    alt = card(view_of(at_prechecks(protocol, change=labs(ALT=None))), "lab.ALT")

    assert alt.value == "no result"
    assert alt.tone == "caution"


def test_antibodies_are_told_in_a_word(protocol: InfusionProtocol) -> None:
    ada = card(view_of(at_prechecks(protocol)), "lab.ADA")

    assert ada.value == "negative"
    assert ada.note == "10-Oct-2026 · due 02-Jan-2027"


def test_a_protocol_without_such_tests_has_no_cards_for_them(protocol: InfusionProtocol) -> None:
    bare = replace(protocol, labs=replace(protocol.labs, multiple_rules=(), antibodies=None))

    view = view_of(at_prechecks(bare))

    assert not [part for part in view.side.parts if part.id.startswith("lab.")]
