"""The reaction screen: level and reasons, signs, acts in order, clocks, and nothing in the way."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.alarms import alarms
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.reaction_commands import StopInReaction
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.reaction import ReactionView, SignView, present_reaction
from nurse_app.presentation.reaction_checklist import ActRow
from tests.kit import TestVisit, base_facts
from tests.presentation.running_visits import action, card, ids, primary, running, vitals


def view_of(visit: TestVisit) -> ReactionView:
    return present_reaction(visit.context())


def reacting(protocol: InfusionProtocol, *signs: str, minutes: float = 18) -> TestVisit:
    visit = running(protocol, minutes)
    visit.do(c.OpenReaction())
    for sign in signs:
        visit.do(c.NoteSign(sign))
    return visit


def shown(view: ReactionView) -> list[tuple[str, str]]:
    return [(each.title, each.time) for each in view.done]


def sign(view: ReactionView, sign_id: str) -> SignView:
    return next(each for each in view.signs if each.id == sign_id)


def act(view: ReactionView, act_id: str) -> ActRow:
    return next(each for each in view.acts if each.id == act_id)


def current(view: ReactionView) -> str:
    (row,) = [each for each in view.acts if each.state == "current"]
    return row.id


def test_without_a_sign_the_hands_come_first(protocol: InfusionProtocol) -> None:
    view = view_of(reacting(protocol))

    assert view.head.title == ""
    assert view.level.title == "No sign yet — infusion paused 09:58:00"
    assert [each.title for each in view.first] == ["Stop the infusion", "New saline line", "Call for help"]
    assert view.level.sentence == "Infusion paused. Mark what you see."
    assert view.level.severity == "hold"
    assert not any(each.seen for each in view.signs)
    assert [each.id for each in view.acts] == ["vital-signs", "check-site"]
    assert shown(view) == [("Infusion paused", "09:58:00"), ("Reaction began", "09:58:00")]


@pytest.mark.parametrize(
    ("signs", "title", "why", "severity"),
    [
        (("headache",), "Mild reaction — infusion paused 09:58:00", "Why: Headache", "hold"),
        (("itching",), "Possible allergic reaction — infusion stopped 09:58:00", "Why: Itching", "stop"),
        (
            ("headache", "tiredness"),
            "Possible allergic reaction — infusion stopped 09:58:00",
            "Why: more than one sign: Headache, Tiredness",
            "stop",
        ),
        (("chest-pain",), "Severe reaction — infusion stopped 09:58:00", "Why: Chest pain", "stop"),
        (
            ("hives", "breathlessness"),
            "Suspected anaphylaxis — infusion stopped 09:58:00",
            "Why: 2 organ systems: skin, breathing",
            "stop",
        ),
    ],
)
def test_each_level_says_what_happened_and_why(
    protocol: InfusionProtocol, signs: tuple[str, ...], title: str, why: str, severity: str
) -> None:
    level = view_of(reacting(protocol, *signs)).level

    assert (level.title, level.severity) == (title, severity)
    assert level.sentence.split("\n")[-1] == why


def test_a_fall_of_pressure_with_a_sign_is_a_reason(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "headache")
    visit.do(vitals(97, 60))

    assert view_of(visit).level.sentence.endswith("Why: blood pressure has fallen, together with a sign")


def test_what_is_over_is_not_called_paused(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "hives")
    assert view_of(visit).level.sentence.startswith("Infusion stopped, not restarted today.")
    visit.do(c.CloseReaction("improving"))
    visit.wait(minutes=5).do(c.OpenReaction())
    assert view_of(visit).level.sentence == "Mark what you see."
    visit.do(c.NoteSign("headache"))
    assert view_of(visit).level.sentence.startswith("Look again in 10 to 15 min. Tell the prescriber. The watch")
    stopped = reacting(protocol, "headache")
    stopped.do(StopInReaction("no more today"))
    assert view_of(stopped).level.sentence.startswith("Look again in 10 to 15 min. Tell the prescriber.")


def test_the_flush_has_a_sentence_of_its_own(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("flush")
    visit.do(c.OpenReaction())
    assert view_of(visit).level.sentence == "Stop the flush. Mark what you see."
    visit.do(c.NoteSign("headache"))
    assert view_of(visit).level.sentence.startswith("Stop the flush. Look again in 10 to 15 min. Tell the prescriber.")


def test_before_the_start_nothing_is_said_about_an_infusion(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prepare")
    visit.do(c.OpenReaction())

    view = view_of(visit)

    assert view.level.title == "No sign yet — infusion not started"
    assert view.level.sentence == "Mark what you see."
    assert [each.id for each in view.first] == ["call-help"]
    assert [title for title, _time in shown(view)] == ["Reaction began"]
    assert "given" not in ids(view.side)


def test_after_the_infusion_the_words_fit_too(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("observe")
    visit.do(c.OpenReaction(("itching",)))

    view = view_of(visit)

    assert view.level.title == "Possible allergic reaction — infusion was finished 10:45"
    assert view.level.sentence.startswith("No more natalizumab until a prescriber clears it.")
    assert card(view.side, "since").title == "Since the reaction began"


def test_while_flushing_the_flush_is_to_be_stopped(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("flush").wait(minutes=1)
    visit.do(c.OpenReaction(("headache",)))

    view = view_of(visit)

    assert view.level.title == "Mild reaction — stop the flush"
    assert [each.id for each in view.first] == ["pump-stopped", "new-line", "call-help"]
    assert [title for title, _time in shown(view)] == ["Reaction began"]


def test_a_sign_is_marked_by_one_touch_and_a_marked_one_leads_to_its_time(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction(("itching",)))
    (noted,) = visit.do(c.NoteSign("flushing"))
    opened = next(item.number for item in visit.visit.record if isinstance(item.event, e.ReactionOpened))

    view = view_of(visit)

    assert (sign(view, "wheeze").seen, sign(view, "wheeze").intent) == (False, c.NoteSign("wheeze"))
    assert (sign(view, "flushing").seen, sign(view, "flushing").intent) == (
        True,
        OpenSheet(SheetKind.ENTRY_TIME, str(noted.number)),
    )
    assert sign(view, "itching").intent == OpenSheet(SheetKind.ENTRY_TIME, str(opened))
    assert sign(view, "widespread-hives").text == "Hives all over"


def test_a_sign_of_an_earlier_reaction_is_not_the_one_taken_back(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "headache")
    visit.do(c.CloseReaction("resolved"))
    opened, *_others = visit.do(c.OpenReaction(("headache",)))

    assert sign(view_of(visit), "headache").intent == OpenSheet(SheetKind.ENTRY_TIME, str(opened.number))


def test_what_the_protocol_says_about_a_sign_stands_beside_it(protocol: InfusionProtocol) -> None:
    view = view_of(reacting(protocol, "nausea", "breathlessness"))

    assert [notice.title for notice in view.advice] == ["Breathless", "Nausea"]
    assert "counts as anaphylaxis" in view.advice[1].sentence


def test_the_acts_stand_in_order_and_the_first_open_one_is_next(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "hives", "breathlessness")

    view = view_of(visit)

    assert [each.id for each in view.first] == ["pump-stopped", "new-line", "call-help"]
    assert [row.id for row in view.acts] == [
        "epinephrine",
        "position",
        "oxygen",
        "fluids",
        "vital-signs",
        "antihistamine",
        "corticosteroid",
        "tryptase",
        "transfer",
        "mark-allergy",
    ]
    stop, line, help_called = view.first
    assert stop.action.intent == c.DoAction("pump-stopped")
    assert [each.action.key for each in view.first] == ["A", None, None]
    assert [each.action.role for each in view.first] == ["danger", "danger-outline", "danger-outline"]
    assert (line.note, help_called.time) == ("Change the tubing, keep the vein", "")
    assert act(view, "oxygen").action.intent == c.GiveTreatment("oxygen")
    assert (act(view, "oxygen").action.key, act(view, "oxygen").emphasis) == (None, False)
    assert act(view, "vital-signs").action.intent == OpenSheet(SheetKind.VITAL_SIGNS)


def test_epinephrine_is_one_touch_with_dose_volume_place_and_weight(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "hives", "breathlessness")
    visit.do(c.DoAction("pump-stopped"))
    visit.do(c.DoAction("call-help"))

    row = act(view_of(visit), "epinephrine")

    assert row.title == "EPINEPHrine 0.5 mg IM now"
    assert row.note == "0.5 mL of 1 mg/mL, outer thigh · this site’s standing order, 70 kg"
    assert row.action.intent == c.GiveTreatment("epinephrine", "0.5 mg", "IM")
    assert (row.state, row.action.key, row.action.role) == ("current", "E", "primary")


def light(data: dict[str, Any]) -> None:
    data["patient"]["weight_kg"] = "35.5"


def unweighed(data: dict[str, Any]) -> None:
    data["patient"]["weight_kg"] = None


def test_the_dose_follows_the_weight(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol, base_facts(light, for_visit=True)).to("infuse")
    visit.do(c.OpenReaction(("wheeze",)))

    row = act(view_of(visit), "epinephrine")

    assert row.title == "EPINEPHrine 0.36 mg IM now"
    assert row.note == "0.36 mL of 1 mg/mL, outer thigh · this site’s standing order, 35.5 kg"


def test_without_a_weight_the_adult_dose_is_shown(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol, base_facts(unweighed, for_visit=True)).to("infuse")
    visit.do(c.OpenReaction(("wheeze",)))

    row = act(view_of(visit), "epinephrine")

    assert (row.title, row.note.endswith("adult, weight not known")) == ("EPINEPHrine 0.5 mg IM now", True)


def test_another_treatment_first_makes_the_missing_one_loud_and_next(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "wheeze")
    before = view_of(visit)
    visit.do(c.GiveTreatment("antihistamine", "10 mg", "IV"))

    view = view_of(visit)

    assert before.alarms == ()
    (loud,) = view.alarms
    assert (loud.severity, loud.title) == ("stop", "EPINEPHrine has not been given. Nothing else takes its place.")
    assert current(view) == "epinephrine"
    assert [each.action.role for each in view.first] == ["danger-outline"] * 3


def test_a_protocol_without_that_sentence_says_the_dose(protocol: InfusionProtocol) -> None:
    texts = {key: text for key, text in protocol.texts.items() if not key.startswith("infuse.reaction.")}
    visit = reacting(replace(protocol, texts=texts), "wheeze")
    visit.do(c.GiveTreatment("oxygen"))

    assert view_of(visit).alarms[0].title == "EPINEPHrine 0.5 mg IM now"


def given_once(protocol: InfusionProtocol) -> TestVisit:
    visit = reacting(protocol, "wheeze")
    visit.do(c.DoAction("pump-stopped"))
    visit.do(c.DoAction("call-help"))
    visit.wait(seconds=20)
    visit.do(c.GiveTreatment("epinephrine", "0.5 mg", "IM"))
    return visit


def test_after_the_first_dose_the_repeat_counts_down_and_other_acts_come(protocol: InfusionProtocol) -> None:
    visit = given_once(protocol).wait(seconds=90)

    view = view_of(visit)

    repeat = card(view.side, "repeat")
    assert (repeat.title, repeat.value, repeat.note) == ("EPINEPHrine again in", "03:30", "1 dose: 09:58")
    assert current(view) == "position"
    row = act(view, "epinephrine")
    assert (row.title, row.state) == ("EPINEPHrine 0.5 mg IM", "open")
    assert row.note == "Not better: again every 5 to 15 min"
    assert shown(view) == [
        ("Infusion stopped", "09:58:00"),
        ("Reaction began", "09:58:00"),
        ("Stop the infusion", "09:58:00"),
        ("Call for help", "09:58:00"),
        ("EPINEPHrine 0.5 mg IM", "09:58:20"),
    ]


def test_a_repeat_that_is_due_is_next_until_somebody_has_seen_it(protocol: InfusionProtocol) -> None:
    visit = given_once(protocol).wait(minutes=5)

    due = view_of(visit)
    (repeat,) = [each for each in alarms(visit.state, visit.now) if each.name == "repeat-due"]
    visit.do(c.AcknowledgeAlarm(repeat.id))
    seen = view_of(visit)

    assert current(due) == "epinephrine"
    assert act(due, "epinephrine").title == "EPINEPHrine 0.5 mg IM now"
    assert (card(due.side, "repeat").value, card(due.side, "repeat").tone) == ("now", "stop")
    assert current(seen) == "position"
    assert card(seen.side, "repeat").tone == "neutral"


def test_a_second_dose_starts_the_repeat_clock_again(protocol: InfusionProtocol) -> None:
    visit = given_once(protocol).wait(minutes=5)
    visit.do(c.GiveTreatment("epinephrine", "0.5 mg", "IM"))

    repeat = card(view_of(visit).side, "repeat")

    assert (repeat.value, repeat.note) == ("05:00", "2 doses: 09:58, 10:03")


def test_vital_signs_come_back_every_time_they_are_due(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "headache").wait(seconds=10)
    never = view_of(visit)
    visit.do(vitals(118, 70))
    taken = view_of(visit.wait(minutes=1))
    late = view_of(visit.wait(minutes=5))

    assert "vital-signs" in [row.id for row in never.acts]
    assert "vital-signs" not in [row.id for row in taken.acts]
    assert card(taken.side, "next_vitals").note.startswith("09:58 · 118/70 mmHg")
    assert "vital-signs" in [row.id for row in late.acts]
    assert card(late.side, "next_vitals").tone == "caution"


def test_the_right_column_holds_the_clocks_and_a_way_out(protocol: InfusionProtocol) -> None:
    view = view_of(reacting(protocol, "wheeze").wait(minutes=1, seconds=12))

    cards = ["since", "given", "record_vitals", "next_vitals"]
    assert ids(view.side) == [*cards, "treatment", "hand_over", "close_reaction", "note"]
    since, given = card(view.side, "since"), card(view.side, "given")
    assert (since.title, since.value, since.tone) == ("Since stop", "01:12", "stop")
    assert (given.title, given.value, given.note) == ("Given at onset", "90 mg · 34.5 mL", "")
    assert action(view.side, "close_reaction").intent == OpenSheet(SheetKind.CLOSE_REACTION)
    assert primary(view.side.parts) == []


def test_when_all_acts_are_done_closing_is_next(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "headache").wait(seconds=10)
    visit.do(vitals())
    for each in ("pump-stopped", "new-line", "call-help", "look-again", "comfort", "call-prescriber"):
        visit.do(c.DoAction(each))

    view = view_of(visit)

    assert (view.acts, view.first) == ((), ())
    assert primary(view.side.parts) == ["close_reaction"]


def test_what_ran_is_not_mistaken_for_what_this_reaction_stopped(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 18)
    visit.do(c.StopInfusion("Patient’s wish"))
    visit.wait(minutes=5)
    visit.do(c.OpenReaction(("itching",)))

    view = view_of(visit)

    assert [title for title, _time in shown(view)] == ["Reaction began"]
    assert [each.id for each in view.first] == ["call-help"]
    assert view.level.title == "Possible allergic reaction — infusion stopped 09:58:00"


def test_the_volume_follows_the_strength_on_the_ampoule(protocol: InfusionProtocol) -> None:
    order = replace(protocol.reaction.epinephrine, strength_mg_per_ml=Decimal("0.3"))
    stronger = replace(protocol, reaction=replace(protocol.reaction, epinephrine=order))

    assert act(view_of(reacting(stronger, "wheeze")), "epinephrine").note.startswith("1.67 mL of")
