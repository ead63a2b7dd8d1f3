"""Starting, pausing, ending and flushing the infusion, and the end of the watch: every gate at its edge."""

from dataclasses import replace
from decimal import Decimal

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.deciding.outcome import Reason, Rejected
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.visit.open_visit import Author
from tests.domain.kit import pressure
from tests.domain.stages import Stages, at
from tests.kit import NURSE, SECOND, VIAL, TestVisit

START = c.StartInfusion(Decimal(115))
NAUSEA = c.OpenReaction(("nausea",))
RESUME_YES = c.RecordDecision("resume-after-mild", "proceed", "prescriber", read_back=True)
RESUME_NO = c.RecordDecision("resume-after-mild", "do-not-give", "prescriber", read_back=True)
STABILITY_YES = c.RecordDecision("stability", "proceed", "pharmacist", read_back=True)
STABILITY_NO = c.RecordDecision("stability", "do-not-give", "pharmacist", read_back=True)

PREPARING: tuple[tuple[c.Command, str], ...] = (
    (c.RecordProduct(VIAL), NURSE),
    (c.InspectVial("clear"), NURSE),
    (c.RecordDiluent("sodium-chloride-0.9", Decimal(100)), NURSE),
    (c.AddDose(Decimal(15)), NURSE),
    (c.InvertBag(), NURSE),
    (c.FinishDilution(), NURSE),
    (c.InspectBag("clear"), NURSE),
    (c.LabelBag(), NURSE),
    (c.CheckSecond(SECOND, "A12345", Decimal(15), "TRN000417"), SECOND),
    (c.ReadyLine("left forearm"), NURSE),
)


def prepared(protocol: InfusionProtocol, *changed: c.Command, without: type | None = None) -> TestVisit:
    """Prepared with some lines entered otherwise; what needs the one left out is refused."""
    others = {type(command): command for command in changed}
    visit = TestVisit(protocol).to("prepare")
    for command, by in PREPARING:
        if type(command) is not without:
            visit.visit.handle(others.get(type(command), command), Author(by), visit.reading())
    return visit


# --- the start ---


@pytest.mark.parametrize(
    ("without", "reason"),
    [
        (c.RecordProduct, Reason.NO_BAG),
        (c.InspectVial, Reason.NO_BAG),
        (c.RecordDiluent, Reason.NO_BAG),
        (c.AddDose, Reason.NO_BAG),
        (c.InvertBag, Reason.NO_BAG),
        (c.FinishDilution, Reason.NO_BAG),
        (c.InspectBag, Reason.NO_BAG),
        (c.LabelBag, Reason.NO_BAG),
        (c.CheckSecond, Reason.SECOND_CHECK_MISSING),
        (c.ReadyLine, Reason.LINE_NOT_READY),
        (None, None),
    ],
)
def test_no_drug_runs_while_a_line_is_missing(
    protocol: InfusionProtocol, without: type | None, reason: Reason | None
) -> None:
    visit = prepared(protocol, without=without)
    if reason is None:
        visit.do(START)
    else:
        assert visit.refused(START).reason == reason


@pytest.mark.parametrize(
    ("rate", "reason"),
    [
        ("-1", Reason.NOT_POSITIVE),
        ("0", Reason.NOT_POSITIVE),
        ("0.1", None),
        ("115", None),
        ("120", None),
        ("120.01", Reason.RATE_TOO_HIGH),
        ("1150", Reason.RATE_TOO_HIGH),
    ],
)
def test_a_rate_is_more_than_nothing_and_at_most_the_limit(stages: Stages, rate: str, reason: Reason | None) -> None:
    assert stages.reason("ready", c.StartInfusion(Decimal(rate))) == reason
    assert stages.reason("infuse", c.ChangeRate(Decimal(rate), "order")) == reason


WRONG_VOLUME = (c.AddDose(Decimal("14.9")), c.CheckSecond(SECOND, "A12345", Decimal("14.9"), "TRN000417"))


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ((c.RecordProduct(replace(VIAL, brand="Tyruko")),), "rems-brand"),
        ((c.RecordProduct(replace(VIAL, route="subcutaneous")),), "product-route"),
        ((c.RecordProduct(replace(VIAL, expiry="2026-10")),), "product-expiry"),
        ((c.RecordProduct(replace(VIAL, strength_mg=Decimal(150))),), "product-unknown"),
        ((c.InspectVial("particles"),), "inspection"),
        ((c.InspectBag("discoloured"),), "inspection"),
        ((c.RecordDiluent("glucose-5", Decimal(100)),), "diluent"),
        ((c.RecordDiluent("sodium-chloride-0.9", Decimal(250)),), "bag-volume"),
        (WRONG_VOLUME, "dose-volume"),
        ((c.AddDose(Decimal(15), Decimal(15)),), "final-volume"),
    ],
)
def test_a_bag_that_is_not_right_is_not_given(
    protocol: InfusionProtocol, changed: tuple[c.Command, ...], rule: str
) -> None:
    assert prepared(protocol, *changed).refused(START) == Rejected(Reason.FINDINGS_OPEN, (rule,))


@pytest.mark.parametrize(("hours", "seconds", "allowed"), [(7, 0, True), (8, 0, True), (8, 1, False)])
def test_a_bag_is_started_up_to_its_last_moment(
    protocol: InfusionProtocol, hours: int, seconds: int, allowed: bool
) -> None:
    visit = prepared(protocol).wait(hours=hours, seconds=seconds)
    if allowed:
        visit.do(START)
    else:
        assert visit.refused(START) == Rejected(Reason.FINDINGS_OPEN, ("stability",))


def test_a_start_holds_the_findings_it_was_made_with(protocol: InfusionProtocol) -> None:
    visit = prepared(protocol).wait(hours=7, seconds=1)
    (entry,) = visit.do(START)
    assert isinstance(entry.event, e.InfusionStarted)
    found = {finding.rule: finding.variant for finding in entry.event.findings}
    assert found == {"stability": "end-room", "lymphocytes": "expected"}
    assert visit.wait(hours=2).shown()["findings"] == ["stability"]


def test_what_was_stopped_is_not_started_again(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "infuse")
    visit.do(c.OpenReaction(("hives",)))
    assert visit.refused(START).reason == Reason.STOPPED_FOR_GOOD
    visit.do(c.CloseReaction("resolved"))
    assert visit.refused(START).reason == Reason.STOPPED_FOR_GOOD


# --- while it runs ---


@pytest.mark.parametrize(
    "command",
    [
        c.ChangeRate(Decimal(100), " "),
        c.PauseInfusion(" "),
        c.StopInfusion(" "),
        c.EmptyBag(" "),
        c.EmptyBag(),
    ],
)
def test_a_change_of_the_run_has_a_reason(stages: Stages, command: c.Command) -> None:
    assert stages.reason("infuse", command) == Reason.REASON_MISSING


@pytest.mark.parametrize(
    ("command", "events"),
    [
        (c.ChangeRate(Decimal(100), " cold "), (e.RateChanged(Decimal(100), "cold"),)),
        (c.PauseInfusion(" alarm "), (e.InfusionPaused("alarm"),)),
        (c.StopInfusion(" leak "), (e.InfusionStopped("leak"), e.ObservationStarted("stop"))),
        (c.EmptyBag(" free flow "), (e.BagEmptied("free flow", variance=True),)),
    ],
)
def test_a_reason_is_kept_without_spaces(stages: Stages, command: c.Command, events: tuple[e.Event, ...]) -> None:
    assert stages.events("infuse", command) == events


def test_a_pause_ends_by_going_on(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "infuse").wait(minutes=40)
    visit.do(c.PauseInfusion("alarm"))
    assert visit.refused(c.PauseInfusion("alarm")).reason == Reason.NOT_RUNNING
    visit.wait(minutes=12).do(c.ResumeInfusion())
    assert visit.refused(c.ResumeInfusion()).reason == Reason.NOT_PAUSED
    assert visit.wait(minutes=20).shown()["infusion"]["elapsed_s"] == 3600


@pytest.mark.parametrize("status", ["running", "paused"])
def test_a_stop_leads_straight_to_the_watch(protocol: InfusionProtocol, status: str) -> None:
    visit = at(protocol, "infuse").wait(minutes=20)
    if status == "paused":
        visit.do(c.PauseInfusion("leak"))
    visit.do(c.StopInfusion("leak"))
    found = visit.wait(minutes=1).shown()
    assert (found["phase"], found["outcome"], found["next_due"]) == ("observe", "partial", None)
    assert (found["infusion"]["status"], found["infusion"]["dose_mg"]) == ("stopped", "100")
    assert found["observation"]["elapsed_s"] == 60
    assert visit.refused(c.ResumeInfusion()).reason == Reason.STOPPED_FOR_GOOD


# --- going on after a pause ---


def test_after_a_mild_reaction_going_on_needs_a_decision(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "infuse").wait(minutes=10)
    visit.do(NAUSEA)
    assert visit.refused(c.ResumeInfusion()).reason == Reason.NOT_PAUSED
    visit.do(c.CloseReaction("resolved"))
    assert visit.refused(c.ResumeInfusion()) == Rejected(Reason.DECISION_MISSING, ("resume-after-mild",))
    visit.do(RESUME_NO)
    assert visit.refused(c.ResumeInfusion()).reason == Reason.DECISION_MISSING
    visit.do(RESUME_YES)
    visit.do(c.ResumeInfusion())


def test_each_mild_reaction_needs_a_decision_of_its_own(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "infuse").wait(minutes=10)
    for command in (NAUSEA, c.CloseReaction("resolved"), RESUME_YES, c.ResumeInfusion(), NAUSEA):
        visit.do(command)
    visit.do(c.CloseReaction("resolved"))
    assert visit.refused(c.ResumeInfusion()).reason == Reason.DECISION_MISSING


def test_a_reaction_in_a_pause_needs_a_decision_too(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "infuse").wait(minutes=10)
    visit.do(c.PauseInfusion("alarm"))
    visit.do(NAUSEA)
    visit.do(c.CloseReaction("resolved"))
    assert visit.refused(c.ResumeInfusion()).reason == Reason.DECISION_MISSING


def test_the_bag_is_not_emptied_past_the_decision(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "infuse").wait(minutes=59)
    visit.do(NAUSEA)
    visit.do(c.CloseReaction("resolved"))
    refusal = visit.refused(c.EmptyBag("nearly through"))
    assert refusal == Rejected(Reason.DECISION_MISSING, ("resume-after-mild",))
    visit.do(RESUME_YES)
    visit.do(c.EmptyBag("nearly through"))


def test_a_no_of_the_prescriber_holds_a_pause(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "infuse").wait(minutes=10)
    visit.do(c.PauseInfusion("alarm"))
    visit.do(c.RecordDecision("mood", "do-not-give", "prescriber", read_back=True))
    assert visit.refused(c.ResumeInfusion()) == Rejected(Reason.DO_NOT_GIVE, ("mood",))


def test_a_bag_too_old_goes_on_by_decision_only(protocol: InfusionProtocol) -> None:
    visit = prepared(protocol).wait(hours=7, minutes=30)
    visit.do(START)
    visit.wait(minutes=15).do(c.PauseInfusion("alarm"))
    visit.wait(minutes=15).do(c.ResumeInfusion())
    visit.do(c.PauseInfusion("alarm"))
    assert visit.wait(seconds=1).refused(c.ResumeInfusion()).reason == Reason.BAG_TOO_OLD
    visit.do(STABILITY_NO)
    assert visit.refused(c.ResumeInfusion()) == Rejected(Reason.DO_NOT_GIVE, ("stability",))
    visit.do(STABILITY_YES)
    visit.do(c.ResumeInfusion())


# --- bag empty ---


@pytest.mark.parametrize(
    ("ran", "needs_reason", "variance"),
    [
        ((57, 29), True, True),
        ((57, 30), True, False),
        ((59, 59), True, False),
        ((60, 0), False, False),
        ((75, 0), False, False),
    ],
)
@pytest.mark.parametrize("paused_minutes", [0, 12])
def test_an_early_empty_bag_needs_a_reason_by_its_running_time(
    protocol: InfusionProtocol, ran: tuple[int, int], needs_reason: bool, variance: bool, paused_minutes: int
) -> None:
    visit = at(protocol, "infuse").wait(minutes=20)
    if paused_minutes:
        visit.do(c.PauseInfusion("alarm"))
        visit.wait(minutes=paused_minutes).do(c.ResumeInfusion())
    visit.wait(minutes=ran[0] - 20, seconds=ran[1])
    if needs_reason:
        assert visit.refused(c.EmptyBag()).reason == Reason.REASON_MISSING
        (entry,) = visit.do(c.EmptyBag("free flow"))
        assert entry.event == e.BagEmptied("free flow", variance=variance)
    else:
        (entry,) = visit.do(c.EmptyBag())
        assert entry.event == e.BagEmptied(None, variance=False)
    assert visit.shown()["phase"] == "flush"


def test_after_a_restart_of_the_machine_the_hour_must_be_proven(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "infuse").wait(minutes=30)
    visit.do(c.AddNote("all well"))
    visit.wait(minutes=30).reboot(up_for_minutes=10)
    assert visit.refused(c.EmptyBag()).reason == Reason.REASON_MISSING
    visit.wait(minutes=20).do(c.EmptyBag())


# --- the flush ---


@pytest.mark.parametrize(
    ("volume", "seconds", "faster"),
    [("11.5", 360, False), ("11.5", 359, True), ("11.6", 360, True), ("4", 300, False), ("4", 0, True)],
)
def test_a_flush_faster_than_the_infusion_is_noted_and_not_refused(
    protocol: InfusionProtocol, volume: str, seconds: int, faster: bool
) -> None:
    visit = at(protocol, "flush").wait(seconds=seconds)
    events = [entry.event for entry in visit.do(c.FinishFlush(Decimal(volume)))]
    assert events == [e.FlushFinished(Decimal(volume), faster=faster), e.ObservationStarted("flush")]


@pytest.mark.parametrize("volume", ["0", "-4"])
def test_a_flush_has_a_volume(stages: Stages, volume: str) -> None:
    assert stages.reason("flush", c.FinishFlush(Decimal(volume))) == Reason.NOT_POSITIVE


def test_a_flush_is_compared_with_the_last_rate(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "infuse").wait(minutes=10)
    visit.do(c.ChangeRate(Decimal(60), "cold"))
    visit.wait(minutes=60).do(c.EmptyBag())
    entries = visit.wait(minutes=6).do(c.FinishFlush(Decimal("6.1")))
    assert entries[0].event == e.FlushFinished(Decimal("6.1"), faster=True)


def test_a_stop_in_the_flush_leaves_the_dose_incomplete(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "flush")
    visit.do(c.StopInfusion("line lost"))
    found = visit.shown()
    assert (found["phase"], found["outcome"], found["infusion"]["status"]) == ("observe", "partial", "stopped")


# --- the watch ---


@pytest.mark.parametrize(
    ("minutes", "seconds", "allowed"), [(0, 0, False), (59, 59, False), (60, 0, True), (90, 0, True)]
)
def test_the_watch_is_complete_after_an_hour(
    protocol: InfusionProtocol, minutes: int, seconds: int, allowed: bool
) -> None:
    visit = at(protocol, "observe").wait(minutes=minutes, seconds=seconds)
    if not allowed:
        assert visit.refused(c.CompleteObservation()).reason == Reason.TOO_EARLY
        return
    visit.do(c.CompleteObservation())
    assert visit.shown()["phase"] == "discharge"
    assert visit.shown()["observation"]["status"] == "completed"


@pytest.mark.parametrize(("watched", "allowed"), [(60, False), (99, False), (100, True)])
def test_the_watch_is_complete_two_hours_after_the_start(
    protocol: InfusionProtocol, watched: int, allowed: bool
) -> None:
    visit = at(protocol, "infuse").wait(minutes=20)
    visit.do(c.StopInfusion("leak"))
    visit.wait(minutes=watched)
    if allowed:
        visit.do(c.CompleteObservation())
    else:
        assert visit.refused(c.CompleteObservation()).reason == Reason.TOO_EARLY


def test_who_leaves_early_has_a_reason_and_is_discharged(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "observe").wait(minutes=20)
    assert visit.refused(c.LeaveEarly(" ")).reason == Reason.REASON_MISSING
    (entry,) = visit.do(c.LeaveEarly(" bus "))
    assert entry.event == e.LeftEarly("bus")
    found = visit.shown()
    assert (found["phase"], found["outcome"]) == ("discharge", "left-early")
    assert (found["observation"]["status"], found["observation"]["elapsed_s"]) == ("left-early", 1200)
    visit.do(c.Discharge())
    assert visit.shown()["outcome"] == "left-early"


def test_a_low_pressure_in_the_watch_starts_it_anew(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "observe").wait(minutes=59)
    visit.do(c.RecordVitalSigns(pressure(85)))
    visit.wait(minutes=30).do(c.CloseReaction("improving"))
    assert visit.wait(minutes=59).refused(c.CompleteObservation()).reason == Reason.TOO_EARLY
    visit.wait(minutes=1).do(c.CompleteObservation())
