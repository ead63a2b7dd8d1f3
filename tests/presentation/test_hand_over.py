"""The hand-over sheet: five blocks to read out, on the screen and on one page, without names while locked."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain.after_reaction_commands import GradeReaction, HandOver
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.clock_page import ClockPageView
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.flush import present_flush
from nurse_app.presentation.hand_over import HandOverView, hand_over_action, present_hand_over
from nurse_app.presentation.hand_over_paper import hand_over_document
from nurse_app.presentation.infuse import present_infuse
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.observe import present_observe
from tests.domain.kit import put
from tests.kit import TestVisit, base_facts
from tests.presentation.running_visits import running, vitals

Lines = dict[str, str]


def anaphylaxis(protocol: InfusionProtocol) -> TestVisit:
    """Begun at 09:58, with two doses, oxygen and one set of vital signs."""
    visit = running(protocol, 18)
    visit.do(c.OpenReaction(("hives",)))
    visit.wait(minutes=1).do(c.NoteSign("wheeze"))
    visit.do(c.DoAction("call-help"))
    visit.do(c.GiveTreatment("epinephrine", "0.5 mg", "IM"))
    visit.do(c.GiveTreatment("oxygen"))
    visit.wait(minutes=1).do(vitals(84, 50, 122))
    visit.wait(minutes=4).do(c.GiveTreatment("epinephrine", "0.5 mg", "IM"))
    return visit.wait(minutes=1)


def block(view: HandOverView, letter: str) -> Lines:
    found = next(each for each in view.blocks if each.letter == letter)
    return {line.label: line.words for line in found.lines}


def shown(visit: TestVisit, letter: str) -> Lines:
    return block(present_hand_over(visit.context()), letter)


def test_who_it_is(protocol: InfusionProtocol) -> None:
    view = present_hand_over(anaphylaxis(protocol).context())
    assert [each.letter for each in view.blocks] == ["I", "S", "B", "A", "R"]
    assert block(view, "I") == {
        "Patient": "SAMPLE, Patient One",
        "Record no.": "TRN000417",
        "Born": "14-Mar-1988 (38 y)",
        "Sex, weight": "female, 70 kg",
        "Allergies": "Allergy: natalizumab (suspected in this visit)",
    }


def test_while_locked_nobody_can_read_who_it_is(protocol: InfusionProtocol) -> None:
    context = replace(anaphylaxis(protocol).context(), private=True)
    view = present_hand_over(context)
    assert block(view, "I")["Patient"] == "hidden while locked: read the wristband"
    said = "".join(words for each in view.blocks for line in each.lines for words in (line.label, line.words))
    page = repr(hand_over_document(context, training=False, sample=False))
    assert not [name for name in ("SAMPLE", "TRN000417", "1988") if name in said or name in page]


def test_what_happens(protocol: InfusionProtocol) -> None:
    visit = anaphylaxis(protocol)
    situation = shown(visit, "S")
    assert situation["Level"].startswith("Suspected anaphylaxis. Why: Wheeze")
    assert situation["Since"] == "09:58, 07:00 ago"
    assert situation["Signs"] == "Hives 09:58, Wheeze 09:59, Low pressure 10:00"
    assert "Grade" not in situation
    visit.do(GradeReaction("anaphylaxis", 4))
    visit.do(c.CloseReaction("transferred"))
    after = shown(visit.wait(minutes=30), "S")
    assert after["Since"] == "09:58, lasted 07:00"
    assert after["Grade"] == "CTCAE 5.0: Anaphylaxis, grade 4"


def test_without_a_sign_the_level_has_no_reason(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction())
    situation = shown(visit, "S")
    assert "Why" not in situation["Level"]
    assert "Signs" not in situation
    assert shown(visit, "R") == {}


def test_what_came_before(protocol: InfusionProtocol) -> None:
    assert shown(anaphylaxis(protocol), "B") == {
        "Infusion": "natalizumab from 09:40 to 09:58",
        "Given at onset": "90 mg, 34.5 mL",
        "Given in all": "90 mg, 34.5 mL",
        "Bag": "Tysabri · lot A12345 · exp 31-Aug-2027",
        "Infusion no.": "8",
        "Medicines": "none",
    }


def test_an_infusion_that_is_only_paused_has_no_end(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction(("headache",)))
    assert shown(visit, "B")["Infusion"] == "natalizumab since 09:40"


def test_before_the_start_nothing_was_given(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prepare")
    visit.do(c.OpenReaction(("hives",)))
    assert shown(visit, "B") == {"Infusion": "not started"}


def test_a_reaction_from_before_the_start_has_no_dose_at_its_onset(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to_before("infuse")
    visit.do(c.OpenReaction(("headache",)))
    visit.do(c.CloseReaction("resolved"))
    visit.wait(minutes=5).do(c.StartInfusion(protocol.infusion.rate_ml_h))
    assert "Given at onset" not in shown(visit.wait(minutes=5), "B")


@pytest.mark.parametrize(
    ("path", "value", "letter", "label", "words"),
    [
        ("patient.medicines", None, "B", "Medicines", "not known"),
        ("patient.medicines", ["cetirizine", "paracetamol"], "B", "Medicines", "cetirizine, paracetamol"),
        ("patient.weight_kg", None, "I", "Sex, weight", "female, weight not known"),
        ("patient.sex", None, "I", "Sex, weight", "70 kg"),
    ],
)
def test_what_is_not_known_is_said(
    protocol: InfusionProtocol, path: str, value: Any, letter: str, label: str, words: str
) -> None:
    visit = anaphylaxis(protocol)
    facts = base_facts(put(path, value), for_visit=True)
    context = replace(visit.context(), state=replace(visit.state, facts=facts))
    assert block(present_hand_over(context), letter)[label] == words


def test_a_vial_without_a_label_is_left_out(protocol: InfusionProtocol) -> None:
    visit = anaphylaxis(protocol)

    def bag(change: Callable[[Any], Any]) -> Lines:
        state = visit.state
        changed = replace(state, bag=replace(state.bag, product=change(state.bag.product)))
        return block(present_hand_over(replace(visit.context(), state=changed)), "B")

    assert "Bag" not in bag(lambda _vial: None)
    assert bag(lambda vial: replace(vial, brand=None, expiry=None))["Bag"] == "lot A12345"
    assert bag(lambda vial: replace(vial, lot=None))["Bag"] == "Tysabri · exp 31-Aug-2027"


def test_a_patient_of_whom_no_course_is_known_has_no_infusion_number(protocol: InfusionProtocol) -> None:
    visit = anaphylaxis(protocol)
    facts = base_facts(put("patient.treatment", None), for_visit=True)
    context = replace(visit.context(), state=replace(visit.state, facts=facts))
    assert "Infusion no." not in block(present_hand_over(context), "B")


def test_how_it_is_now(protocol: InfusionProtocol) -> None:
    assert shown(anaphylaxis(protocol), "A") == {
        "Vital signs 10:00": "now, and before the infusion",
        "Blood pressure": "84/50 mmHg (before 124/78)",
        "Pulse": "122 /min (before 72)",
        "Breathing rate": "14 /min (before 14)",
        "SpO₂": "98 % (before 98)",
        "Temperature": "36.6 °C (before 36.7)",
        "EPINEPHrine": "0.5 mg IM 09:59; 0.5 mg IM 10:04. Next from 10:09",
        "Also given": "Oxygen 09:59",
        "Done": "Call for help 09:59",
    }


def test_the_next_dose_may_be_given_now_when_its_time_has_come(protocol: InfusionProtocol) -> None:
    late = shown(anaphylaxis(protocol).wait(minutes=5), "A")["EPINEPHrine"]
    assert late == "0.5 mg IM 09:59; 0.5 mg IM 10:04. Next may be given now"


@pytest.mark.parametrize(("sign", "words"), [("stridor", "not given"), ("hives", None)])
def test_that_epinephrine_was_not_given_is_said_when_it_matters(
    protocol: InfusionProtocol, sign: str, words: str | None
) -> None:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction((sign,)))
    assert shown(visit, "A").get("EPINEPHrine") == words


def test_signs_that_nobody_took_are_not_shown(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction(("hives",)))
    assert shown(visit, "A") == {"Vital signs": "none since then"}
    visit.wait(minutes=1).do(vitals(None, 60, None))
    now = shown(visit, "A")
    assert now["Blood pressure"] == "—/60 mmHg (before 124/78)"
    assert "Pulse" not in now


def test_without_a_baseline_there_is_nothing_beside_it(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prechecks")
    visit.do(c.OpenReaction(("hives",)))
    visit.wait(minutes=1)
    baseline_free = replace(visit.state, vitals=())
    assert block(present_hand_over(replace(visit.context(), state=baseline_free)), "A") == {
        "Vital signs": "none since then"
    }


def test_what_to_watch_for(protocol: InfusionProtocol) -> None:
    assert shown(anaphylaxis(protocol), "R") == {
        "Second wave": "Watch for 6 h or more, or admit: signs can come back without new contact.",
        "Tryptase": "Tryptase 1 h to 4 h after the onset. That is from 10:58 to 13:58.",
        "Later": "Fever, rash or joint pain can still come hours to days later.",
        "Allergy": "Natalizumab hypersensitivity suspected",
    }


def test_after_a_mild_reaction_the_watch_is_shorter(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction(("headache",)))
    assert shown(visit, "R") == {
        "Second wave": "Watch for 1 h or more after all signs have gone.",
        "Later": "Fever, rash or joint pain can still come hours to days later.",
    }


def test_an_older_protocol_says_nothing_of_it(protocol: InfusionProtocol) -> None:
    assert shown(anaphylaxis(replace(protocol, after_reaction=None)), "R") == {}


def test_who_took_over_is_said_with_the_time(protocol: InfusionProtocol) -> None:
    visit = anaphylaxis(protocol)
    assert present_hand_over(visit.context()).handed == ()
    visit.do(HandOver("ambulance"))
    visit.wait(minutes=2).do(HandOver("ward", "Dr. Sample"))
    view = present_hand_over(visit.context())
    assert view.handed == (
        "Handed over 10:05 by SAMPLE, Nurse One to: Ambulance crew",
        "Handed over 10:07 by SAMPLE, Nurse One to: Hospital ward, Dr. Sample",
    )
    assert [to for to, _words in view.receivers] == ["ambulance", "emergency-team", "ward", "next-nurse"]


def test_the_page_has_the_same_lines(protocol: InfusionProtocol) -> None:
    visit = anaphylaxis(protocol)
    page = hand_over_document(visit.context(), training=True, sample=True)
    assert page.banners == ("TRAINING", "SAMPLE PATIENT")
    assert page.subject[:2] == (("Patient", "SAMPLE, Patient One"), ("Record no.", "TRN000417"))
    assert page.subject[-1] == ("As of", "22-Nov-2026 10:05 +00:00")
    assert [section.title for section in page.sections] == [
        "S · What happens",
        "B · Before",
        "A · Now",
        "R · Watch for",
    ]
    assert dict(page.sections[1].pairs) == shown(visit, "B")
    visit.do(HandOver("ambulance"))
    handed = hand_over_document(visit.context(), training=False, sample=False).sections[-1]
    assert (handed.title, len(handed.lines)) == ("Handed over", 1)


def second_reaction(protocol: InfusionProtocol) -> TestVisit:
    """The anaphylaxis of above, closed at 10:15, and another one begun ten minutes later, without a sign yet."""
    visit = anaphylaxis(protocol).wait(minutes=10)
    visit.do(c.CloseReaction("improving"))
    visit.wait(minutes=10).do(c.OpenReaction())
    return visit


def test_an_earlier_reaction_of_the_visit_is_on_the_sheet(protocol: InfusionProtocol) -> None:
    visit = second_reaction(protocol)
    situation = shown(visit, "S")
    assert situation["Level"] == "No sign yet"
    assert situation["Earlier today"] == (
        "09:58 · Suspected anaphylaxis · Hives, Wheeze, Low pressure · EPINEPHrine 0.5 mg IM 09:59 · Oxygen 09:59"
        " · EPINEPHrine 0.5 mg IM 10:04 · Improving 10:15"
    )
    assert shown(visit, "A")["EPINEPHrine"] == "0.5 mg IM 09:59; 0.5 mg IM 10:04"
    watch = shown(visit, "R")
    assert watch["Second wave"].startswith("Watch for 6 h or more")
    assert watch["Tryptase"].endswith("That is from 10:58 to 13:58.")
    assert watch["Allergy"] == "Natalizumab hypersensitivity suspected"


@pytest.mark.parametrize("grave", [c.NoteSign("stridor"), c.GiveTreatment("epinephrine", "0.5 mg", "IM")])
def test_when_the_next_dose_may_be_given_counts_from_any_dose_of_the_visit(
    protocol: InfusionProtocol, grave: c.Command
) -> None:
    visit = second_reaction(protocol)
    visit.do(grave)
    assert shown(visit.wait(minutes=5), "A")["EPINEPHrine"].endswith(". Next may be given now")


def test_after_epinephrine_without_a_sign_a_second_wave_is_watched_for(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction())
    visit.do(c.GiveTreatment("epinephrine", "0.5 mg", "IM"))
    watch = shown(visit, "R")
    assert list(watch) == ["Second wave", "Later"]
    assert watch["Second wave"].startswith("Watch for 6 h or more")


def test_the_way_to_it_is_there_in_every_step_after_a_reaction(protocol: InfusionProtocol) -> None:
    def offered(visit: TestVisit, present: Callable[[VisitContext], ClockPageView]) -> bool:
        ways = [each for each in present(visit.context()).others if each.id == "hand_over"]
        return [(way.intent, way.key) for way in ways] == [(OpenSheet(SheetKind.HAND_OVER), "O")]

    for phase, present in (("infuse", present_infuse), ("flush", present_flush), ("observe", present_observe)):
        visit = TestVisit(protocol).to(phase)
        assert not offered(visit, present)
        visit.do(c.OpenReaction(("headache",)))
        visit.do(c.CloseReaction("resolved"))
        assert offered(visit, present)
    gone = anaphylaxis(protocol)
    gone.do(c.CloseReaction("transferred"))
    assert offered(gone, present_observe)


def test_the_way_to_it_from_the_reaction() -> None:
    action = hand_over_action()
    assert (action.intent, action.key) == (OpenSheet(SheetKind.HAND_OVER), "H")
