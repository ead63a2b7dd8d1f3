"""Raised levels, paths of their own, looking again, and what looks like a reaction and is none."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.reaction import look_again_in
from nurse_app.domain.reaction_commands import RaiseLevel, RecordExtravasation, StopInReaction
from nurse_app.presentation.extravasation import present_extravasation
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.reaction import ReactionView, present_reaction
from nurse_app.presentation.timeline import present_timeline
from tests.kit import TestVisit
from tests.presentation.running_visits import card, running


def view_of(visit: TestVisit) -> ReactionView:
    return present_reaction(visit.context())


def reacting(protocol: InfusionProtocol, *signs: str, minutes: float = 18) -> TestVisit:
    visit = running(protocol, minutes)
    visit.do(c.OpenReaction(signs))
    return visit


def to_do(view: ReactionView) -> list[str]:
    return [row.id for row in view.acts]


# --- raised by the nurse ---


def test_every_level_above_is_one_touch_the_gravest_with_its_key(protocol: InfusionProtocol) -> None:
    nothing, severe = view_of(reacting(protocol)), view_of(reacting(protocol, "chest-pain"))

    assert [(each.label, each.intent, each.key) for each in nothing.raises] == [
        ("Treat as anaphylaxis", RaiseLevel("anaphylaxis"), "X"),
        ("Severe", RaiseLevel("severe"), None),
        ("Allergic", RaiseLevel("allergic"), None),
        ("Mild", RaiseLevel("mild"), None),
    ]
    assert [each.id for each in severe.raises] == ["raise.anaphylaxis"]
    assert view_of(reacting(protocol, "wheeze")).raises == ()


def test_a_raised_level_says_so(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "headache")
    visit.do(RaiseLevel("anaphylaxis"))
    view = view_of(visit)

    assert view.level.title == "Suspected anaphylaxis — infusion stopped 09:58:00"
    assert view.level.sentence.endswith("Why: raised by the nurse")
    assert to_do(view)[0] == "epinephrine"


def test_an_earlier_protocol_has_words_for_it_too(protocol: InfusionProtocol) -> None:
    texts = {key: text for key, text in protocol.texts.items() if not key.startswith("level.raised")}
    visit = reacting(replace(protocol, texts=texts))
    visit.do(RaiseLevel("severe"))

    assert view_of(visit).level.sentence.endswith("Why: raised by the nurse")


def test_an_earlier_protocol_says_first_what_the_hands_do(protocol: InfusionProtocol) -> None:
    reaction = replace(protocol.reaction, first_acts=(), paths=(), look_again=None)
    view = view_of(reacting(replace(protocol, reaction=reaction)))

    assert view.first == ()
    assert view.level.sentence.startswith("Stop the infusion at the pump, change the line, call for help.")
    assert to_do(view)[0] == "call-help"


# --- possible PML ---


def test_possible_pml_stops_for_good_first(protocol: InfusionProtocol) -> None:
    view = view_of(reacting(protocol, "weakness"))

    assert view.level.title == "Possible PML — infusion paused 09:58:00"
    assert view.level.sentence.startswith("Stop dosing first. No restart today.")
    assert to_do(view)[:5] == ["stop-for-good", "pml-prescriber", "pml-mri", "pml-csf", "pml-no-dose"]
    assert "look-again" not in to_do(view)
    assert view.acts[0].action.intent == StopInReaction("possible PML")
    assert view.acts[0].emphasis
    assert view.advice == ()


def test_once_it_is_stopped_the_prescriber_comes_next(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "weakness")
    visit.do(StopInReaction("possible PML"))
    visit.do(c.DoAction("pump-stopped"))
    visit.do(c.DoAction("new-line"))
    visit.do(c.DoAction("call-help"))
    view = view_of(visit)

    assert view.level.title == "Possible PML — infusion stopped 09:58:00"
    assert (to_do(view)[0], view.acts[0].state) == ("pml-prescriber", "current")


def test_in_an_emergency_the_path_comes_last_and_is_told_beside(protocol: InfusionProtocol) -> None:
    view = view_of(reacting(protocol, "weakness", "wheeze"))

    assert view.level.title.startswith("Suspected anaphylaxis")
    assert to_do(view)[0] == "epinephrine"
    assert to_do(view)[-4:] == ["pml-prescriber", "pml-mri", "pml-csf", "pml-no-dose"]
    assert [notice.title for notice in view.advice] == ["Possible PML"]


def test_a_path_without_a_reason_to_stop_gives_a_plain_one(protocol: InfusionProtocol) -> None:
    texts = {key: text for key, text in protocol.texts.items() if key != "path.pml.stop-reason"}
    view = view_of(reacting(replace(protocol, texts=texts), "weakness"))

    assert view.acts[0].action.intent == StopInReaction("signs seen in the reaction")


# --- a slipped line ---


def test_a_slipped_line_has_its_acts_in_order(protocol: InfusionProtocol) -> None:
    view = view_of(reacting(protocol, "site-swelling"))

    assert view.level.title == "The line may have slipped — infusion paused 09:58:00"
    assert "do not call it 300 mg" in view.level.sentence
    assert to_do(view)[:3] == ["site-disconnect", "site-aspirate", "site-cannula-out"]
    grade = next(row for row in view.acts if row.id == "site-grade")
    assert grade.action.intent == OpenSheet(SheetKind.EXTRAVASATION)


def test_what_was_lost_stands_beside_what_was_given(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "site-swelling")
    visit.do(RecordExtravasation(2, Decimal(8)))
    view = view_of(visit)

    assert "site-grade" not in to_do(view)
    assert card(view.side, "given").note == "About 8 mL of what ran went beside the vein"
    assert ("Slipped line noted", "09:58:00") in [(each.title, each.time) for each in view.done]


def test_the_sheet_of_a_slipped_line_offers_three_grades(protocol: InfusionProtocol) -> None:
    view = present_extravasation(reacting(protocol, "site-pain").context())

    assert [key for key, _words in view.grades] == ["1", "2", "3"]
    assert (view.head.title, view.most_ml) == ("Slipped line", "115")
    assert "do not call it 300 mg" in view.head.lead


# --- infection, and several paths at once ---


def test_fever_alone_has_its_acts_before_the_drugs(protocol: InfusionProtocol) -> None:
    view = view_of(reacting(protocol, "fever"))
    acts = to_do(view)

    assert acts.index("vital-signs") < acts.index("infection-look") < acts.index("antihistamine")
    assert [notice.title for notice in view.advice] == ["Possible infection"]


def test_without_drugs_on_the_list_a_path_comes_after_it(protocol: InfusionProtocol) -> None:
    actions = {**protocol.reaction.actions, "allergic": ("call-prescriber",)}
    bare = replace(protocol, reaction=replace(protocol.reaction, actions=actions))

    assert to_do(view_of(reacting(bare, "fever")))[:2] == ["call-prescriber", "infection-look"]


def test_two_paths_at_once_are_both_told(protocol: InfusionProtocol) -> None:
    view = view_of(reacting(protocol, "weakness", "site-pain"))

    assert view.level.title.startswith("Possible PML")
    assert [notice.title for notice in view.advice] == ["The line may have slipped"]


# --- look again, and what it is not ---


def test_a_mild_symptom_counts_down_to_looking_again(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "headache").wait(minutes=2)
    view = view_of(visit)

    assert card(view.side, "look_again").value == "08:00"
    assert view.alarms == ()
    assert next(each for each in view.raises if each.id == "raise.allergic").role == "secondary"


@pytest.mark.parametrize(
    ("minutes", "severity", "title", "value"),
    [
        (10, "hold", "Look again now. Settled within", "05:00"),
        (14, "hold", "Look again now. Settled within", "01:00"),
        (15, "stop", "Not settled in time, over by", "00:00"),
        (16, "stop", "Not settled in time, over by", "+01:00"),
    ],
)
def test_it_is_looked_at_again_and_then_it_is_mild_no_longer(
    protocol: InfusionProtocol, minutes: float, severity: str, title: str, value: str
) -> None:
    view = view_of(reacting(protocol, "headache").wait(minutes=minutes))
    (notice,) = view.alarms
    again = card(view.side, "look_again")

    assert (notice.severity, again.title, again.value) == (severity, title, value)
    role = "danger" if severity == "stop" else "secondary"
    assert next(each for each in view.raises if each.id == "raise.allergic").role == role


def test_who_looked_again_is_not_asked_again_and_the_limit_stays(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "headache").wait(minutes=11)
    visit.do(c.DoAction("look-again"))
    looked, late = view_of(visit.wait(minutes=1)), view_of(visit.wait(minutes=5))

    assert looked.alarms == ()
    assert "look-again" not in to_do(looked)
    again = card(looked.side, "look_again")
    assert (again.title, again.value, again.tone) == ("Settled within", "03:00", "neutral")
    assert [(notice.id, notice.severity) for notice in late.alarms] == [("look_again", "stop")]
    assert next(each for each in late.raises if each.id == "raise.allergic").role == "danger"


def test_a_look_before_its_time_does_not_count(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "headache").wait(minutes=1)
    visit.do(c.DoAction("look-again"))
    early, due = view_of(visit.wait(minutes=1)), view_of(visit.wait(minutes=9))

    assert "look-again" not in to_do(early)
    assert "look-again" in to_do(due)
    assert [notice.severity for notice in due.alarms] == ["hold"]


def test_the_clock_begins_with_the_mild_sign(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol).wait(minutes=16)
    visit.do(c.NoteSign("site-pain"))
    visit.do(c.NoteSign("headache"))
    marked = look_again_in(visit.state, visit.state.reactions[-1], visit.now)
    raised = reacting(protocol)
    raised.do(RaiseLevel("mild"))
    raised.wait(minutes=2)

    assert marked == (timedelta(minutes=10), timedelta(minutes=15))
    assert look_again_in(raised.state, raised.state.reactions[-1], raised.now) == (
        timedelta(minutes=8),
        timedelta(minutes=13),
    )


# --- the first-line drug where it may come to that ---


def test_at_a_severe_level_the_first_drug_is_at_hand_and_not_next(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "chest-pain")
    view = view_of(visit)
    row = next(each for each in view.acts if each.id == "epinephrine")
    step = next(each for each in view.reader.steps if each.id == "epinephrine")
    for act in ("pump-stopped", "new-line", "call-help", "epinephrine-ready"):
        visit.do(c.DoAction(act))

    assert to_do(view)[:2] == ["epinephrine-ready", "epinephrine"]
    assert row.title == "If it comes to that: EPINEPHrine 0.5 mg IM"
    assert (row.state, row.action.key, row.emphasis) == ("open", "E", False)
    assert row.action.intent == c.GiveTreatment("epinephrine", "0.5 mg", "IM")
    # Enter in reader mode must not record a drug that nobody asked for.
    assert not step.is_open
    assert to_do(view_of(visit))[0] == "epinephrine"
    assert next(each.id for each in view_of(visit).acts if each.state == "current") == "position"


@pytest.mark.parametrize("sign", ["headache", "hives", "chest-pain"])
def test_once_it_was_given_the_first_drug_stays_at_hand_and_its_repeat_comes(
    protocol: InfusionProtocol, sign: str
) -> None:
    visit = reacting(protocol, sign)
    visit.do(c.GiveTreatment("epinephrine", "0.5 mg", "IM"))
    soon = next(each for each in view_of(visit.wait(minutes=1)).acts if each.id == "epinephrine")
    due = view_of(visit.wait(minutes=5))

    assert (soon.state, soon.action.label, soon.action.key) == ("open", "Given again", "E")
    assert next(each.id for each in due.acts if each.state == "current") == "epinephrine"
    assert next(each for each in due.reader.steps if each.id == "epinephrine").is_open


def test_where_it_was_neither_asked_nor_given_it_is_no_line(protocol: InfusionProtocol) -> None:
    assert "epinephrine" not in to_do(view_of(reacting(protocol, "hives")))


# --- a sign marked by mistake ---


def test_the_hint_promises_only_what_can_be_done(protocol: InfusionProtocol) -> None:
    later = reacting(protocol)
    later.do(c.NoteSign("hives"))

    assert view_of(later).signs_hint == "Marked by mistake, or earlier? Press it again. The level stays."
    assert view_of(reacting(protocol, "hives")).signs_hint == (
        "Earlier? Press it again. By mistake? The first sign stays: write a note. The level stays."
    )


def test_what_it_may_be_besides_is_one_line_until_it_is_an_emergency(protocol: InfusionProtocol) -> None:
    texts = {key: text for key, text in protocol.texts.items() if not key.startswith("path.mimics")}

    assert view_of(reacting(protocol)).mimics.startswith("Could it be something else? · Faint after the needle")
    assert view_of(reacting(protocol, "chest-pain")).mimics == ""
    assert view_of(reacting(replace(protocol, texts=texts))).mimics == ""


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (RecordExtravasation(2, Decimal(8)), "Slipped line: CTCAE grade 2, about 8 mL beside the vein, not given."),
        (RecordExtravasation(1), "Slipped line: CTCAE grade 1."),
        (RecordExtravasation(lost_ml=Decimal("7.5")), "Slipped line: about 7.5 mL beside the vein, not given."),
        (StopInReaction("possible PML"), "Infusion stopped for good: possible PML."),
        (RaiseLevel("mild"), "Level: Mild reaction (raised by the nurse)."),
        (c.DoAction("pml-mri"), "Done: Ask for MRI with gadolinium."),
    ],
)
def test_what_was_done_reaches_the_record_in_words(protocol: InfusionProtocol, command: c.Command, words: str) -> None:
    visit = reacting(protocol)
    (entry,) = visit.do(command)

    rows = {row.number: row.words for row in present_timeline(visit.context()).rows}

    assert rows[entry.number] == words
