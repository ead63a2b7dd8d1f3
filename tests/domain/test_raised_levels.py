"""A level raised by the nurse, an infusion stopped from within a reaction, a slipped line, and the paths of signs."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.deciding.outcome import Reason, Rejected
from nurse_app.domain.protocol import InfusionProtocol, Level
from nurse_app.domain.reaction import LEVELS, levels_above, look_again_in, open_paths
from nurse_app.domain.reaction_commands import RaiseLevel, RecordExtravasation, StopInReaction
from tests.domain.stages import at
from tests.kit import TestVisit
from tests.presentation.running_visits import running, vitals

STOP = e.InfusionStopped("reaction", for_reaction=True)


def done(visit: TestVisit, command: c.Command) -> list[e.Event]:
    return [entry.event for entry in visit.do(command)]


def reacting(protocol: InfusionProtocol, *signs: str) -> TestVisit:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction(signs))
    return visit


@pytest.mark.parametrize(
    ("level", "after"),
    [
        ("mild", ()),
        ("allergic", (STOP, e.HypersensitivitySuspected(permanent=False))),
        ("severe", (STOP, e.HypersensitivitySuspected(permanent=True))),
        ("anaphylaxis", (STOP, e.HypersensitivitySuspected(permanent=True))),
    ],
)
def test_a_raised_level_has_what_any_grading_leads_to(
    protocol: InfusionProtocol, level: Level, after: tuple[e.Event, ...]
) -> None:
    visit = reacting(protocol)

    assert done(visit, RaiseLevel(level)) == [e.ReactionGraded(level, ("raised-by-nurse",)), *after]
    assert visit.shown()["reaction"]["level"] == level


def test_signs_afterwards_raise_it_further_and_never_lower_it(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol)
    visit.do(RaiseLevel("severe"))

    assert done(visit, c.NoteSign("itching")) == [e.SignNoted("itching")]
    assert done(visit, c.NoteSign("wheeze"))[1] == e.ReactionGraded("anaphylaxis", ("wheeze",))


def test_a_level_is_not_lowered_by_hand_and_twice_is_once(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "hives")

    assert done(visit, RaiseLevel("allergic")) == []
    assert visit.refused(RaiseLevel("mild")) == visit.refused(RaiseLevel("none")) == Rejected(Reason.LEVEL_NOT_HIGHER)


def test_the_levels_above() -> None:
    assert levels_above("none") == LEVELS[1:]
    assert levels_above("severe") == ("anaphylaxis",)
    assert levels_above("anaphylaxis") == ()


# --- stopped from within ---


def test_possible_pml_stops_the_infusion_for_good_whatever_the_level(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "weakness")
    assert visit.shown()["reaction"]["level"] == "mild"

    assert done(visit, StopInReaction(" possible PML ")) == [e.InfusionStopped("possible PML", for_reaction=True)]
    assert (visit.shown()["infusion"]["status"], visit.shown()["phase"]) == ("stopped", "reaction")
    assert visit.shown()["flags"] == []
    assert visit.refused(StopInReaction("again")) == Rejected(Reason.NOT_RUNNING)

    events = done(visit, c.CloseReaction("improving"))
    assert events == [e.ReactionClosed("improving"), e.ObservationStarted("reaction")]
    assert (visit.shown()["outcome"], visit.shown()["next_due"]) == ("stopped-for-reaction", None)


def test_a_stop_has_a_reason(protocol: InfusionProtocol) -> None:
    assert reacting(protocol).refused(StopInReaction("  ")) == Rejected(Reason.REASON_MISSING)


# --- a slipped line ---


def test_grade_and_volume_may_come_one_after_the_other(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "site-swelling")
    visit.do(RecordExtravasation(grade=1))
    (entry,) = visit.do(RecordExtravasation(lost_ml=Decimal("7.5")))
    both = visit.state.reactions[-1].extravasation
    visit.do(c.CorrectEntry(entry.number, "measured again"))

    assert both == e.ExtravasationRecorded(1, Decimal("7.5"))
    assert visit.state.reactions[-1].extravasation == e.ExtravasationRecorded(1, None)


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (RecordExtravasation(), Reason.NO_VALUES),
        (RecordExtravasation(0), Reason.UNKNOWN_GRADE),
        (RecordExtravasation(4), Reason.UNKNOWN_GRADE),
        (RecordExtravasation(lost_ml=Decimal(0)), Reason.NOT_POSITIVE),
        (RecordExtravasation(lost_ml=Decimal("115.1")), Reason.MORE_THAN_THE_BAG),
    ],
)
def test_what_cannot_be_is_refused(protocol: InfusionProtocol, command: c.Command, reason: Reason) -> None:
    assert reacting(protocol).refused(command) == Rejected(reason)


@pytest.mark.parametrize("command", [RecordExtravasation(3), RecordExtravasation(lost_ml=Decimal(115))])
def test_the_last_of_each_is_taken(protocol: InfusionProtocol, command: c.Command) -> None:
    assert len(reacting(protocol).do(command)) == 1


# --- paths of their own ---


@pytest.mark.parametrize(
    ("signs", "paths", "level"),
    [
        (("headache",), [], "mild"),
        (("weakness",), ["pml"], "mild"),
        (("speech-or-sight-change",), ["pml"], "mild"),
        (("site-pain",), ["infiltration"], "none"),
        (("site-swelling", "headache"), ["infiltration"], "mild"),
        (("site-swelling", "weakness"), ["pml", "infiltration"], "mild"),
        (("fever",), ["infection"], "allergic"),
        (("fever", "rigors"), ["infection"], "allergic"),
        (("fever", "itching"), [], "allergic"),
    ],
)
def test_signs_lead_to_their_paths_and_change_no_level(
    protocol: InfusionProtocol, signs: tuple[str, ...], paths: list[str], level: Level
) -> None:
    visit = reacting(protocol, *signs)

    assert [path.id for path in open_paths(visit.state, visit.state.reactions[-1])] == paths
    assert visit.state.reactions[-1].level == level


def test_acts_of_a_path_and_of_the_first_line_may_be_done_at_any_level(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "reaction")
    for act in ("pump-stopped", "site-elevate", "pml-mri", "infection-look"):
        assert done(visit, c.DoAction(act)) == [e.ActionDone(act)]
    assert visit.refused(c.DoAction("dance")) == Rejected(Reason.UNKNOWN_ACTION)


# --- look again ---


def test_a_mild_symptom_is_looked_at_again_after_ten_minutes_and_mild_no_longer_after_fifteen(
    protocol: InfusionProtocol,
) -> None:
    visit = reacting(protocol, "headache").wait(minutes=10)
    reaction = visit.state.reactions[-1]

    assert look_again_in(visit.state, reaction, visit.now) == (timedelta(0), timedelta(minutes=5))
    # The clock raises nothing by itself.
    visit.wait(minutes=6).do(vitals())
    assert visit.state.reactions[-1].level == "mild"
    assert look_again_in(visit.state, reaction, visit.now) == (timedelta(minutes=-6), timedelta(minutes=-1))


def test_other_levels_and_earlier_protocols_have_no_such_clock(protocol: InfusionProtocol) -> None:
    allergic = reacting(protocol, "hives")
    earlier = replace(protocol, reaction=replace(protocol.reaction, look_again=None))
    mild = reacting(earlier, "headache")

    assert look_again_in(allergic.state, allergic.state.reactions[-1], allergic.now) is None
    assert look_again_in(mild.state, mild.state.reactions[-1], mild.now) is None
