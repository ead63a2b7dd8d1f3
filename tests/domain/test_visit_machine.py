"""Any order of acts, waits, sleeps, moved clocks, restarts and kills: what must never be, never is."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.alarms import alarms
from nurse_app.domain.deciding.outcome import Rejected
from nurse_app.domain.evolve import evolve
from nurse_app.domain.facts import VitalSigns
from nurse_app.domain.moment import ZERO
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.reaction import is_allergic
from nurse_app.domain.run import delivered, running_time
from nurse_app.domain.state import VisitState
from nurse_app.visit.open_visit import Author
from tests.domain.kit import given_before, pressure, visit_facts
from tests.kit import NURSE, SECOND, VIAL, WELL, TestVisit

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
CHECK = c.CheckSecond(SECOND, "A12345", Decimal(15), "TRN000417")
RESUME = c.RecordDecision("resume-after-mild", "proceed", "prescriber", read_back=True)
DILUENT = c.RecordDiluent("sodium-chloride-0.9", Decimal(100))


def next_act(state: VisitState) -> c.Command:
    """What a nurse does next when nothing is in the way."""
    match state.phase:
        case "prechecks":
            if len(state.answers) < len(state.protocol.questions):
                return c.AnswerRest(answer=False)
            return c.RecordVitalSigns(WELL) if not state.vitals else c.FinishPrechecks()
        case "prepare":
            return _next_line(state)
        case "infuse" if state.run.status == "paused":
            return RESUME if state.run.resume_needs_decision else c.ResumeInfusion()
    simple: dict[str, c.Command] = {
        "identify": c.Identify("TRN000417"),
        "infuse": c.EmptyBag(),
        "flush": c.FinishFlush(Decimal(4)),
        "observe": c.CompleteObservation(),
        "reaction": c.CloseReaction("resolved"),
        "discharge": c.Discharge(),
        "closed": c.AddNote("after the end"),
    }
    return simple[state.phase]


def _next_line(state: VisitState) -> c.Command:
    bag = state.bag
    lines: tuple[tuple[object, c.Command], ...] = (
        (bag.product, c.RecordProduct(VIAL)),
        (bag.vial_look, c.InspectVial("clear")),
        (bag.diluent, DILUENT),
        (bag.added_ml, c.AddDose(Decimal(15))),
        (bag.inverted, c.InvertBag()),
        (bag.diluted_at, c.FinishDilution()),
        (bag.bag_look, c.InspectBag("clear")),
        (bag.labelled, c.LabelBag()),
        (bag.second_check, CHECK),
        (state.line_site, c.ReadyLine("left forearm")),
    )
    return next((command for done, command in lines if not done), c.StartInfusion(Decimal(115)))


# Where a run may begin, and how many minutes a patient nurse waits before the next act.
BEGIN = ("identify", "prepare", "infuse", "infuse", "infuse", "flush", "observe")
PATIENCE = {"infuse": 60, "observe": 60}

# Acts that may come at any time, right or wrong; hypothesis mixes them in.
ACTS: tuple[c.Command, ...] = (
    c.Identify("TRN000418"),
    c.AnswerQuestion("infection_signs", answer=True),
    c.AnswerQuestion("infection_signs", answer=False),
    c.RecordDecision("infection", "proceed", "prescriber", read_back=True),
    c.RecordDecision("infection", "do-not-give", "prescriber", read_back=True),
    c.RecordDecision("observation-time", "proceed", "prescriber", read_back=True),
    c.RecordDecision("stability", "proceed", "pharmacist", read_back=True),
    RESUME,
    c.RecordProduct(VIAL),
    c.InspectVial("particles"),
    c.AddDose(Decimal(14)),
    c.MoveBag("refrigerator"),
    c.MoveBag("room"),
    c.WarmBag(),
    c.DiscardBag("leak"),
    CHECK,
    c.CheckSecond(NURSE, "A12345", Decimal(15), "TRN000417"),
    c.CheckSecond(SECOND, "B", Decimal(15), "TRN000417"),
    c.ReadyLine("left forearm"),
    c.StartInfusion(Decimal(115)),
    c.StartInfusion(Decimal(121)),
    c.ChangeRate(Decimal(60), "cold"),
    c.ChangeRate(Decimal(120), "order"),
    c.ChangeRate(Decimal(500), "order"),
    c.PauseInfusion("alarm"),
    c.ResumeInfusion(),
    c.EmptyBag("free flow"),
    c.FinishFlush(Decimal(4)),
    c.StopInfusion("leak"),
    c.GiveTreatment("oxygen"),
    c.GiveTreatment("epinephrine"),
    c.DoAction("call-help"),
    c.CloseReaction("improving"),
    c.CompleteObservation(),
    c.LeaveEarly("bus"),
    c.Discharge(),
    c.AddNote("all well"),
)
SIGNS = ("site-pain", "nausea", "headache", "hives", "chest-pain")
SETS = (WELL, pressure(80), pressure(99), VitalSigns(temperature_c=Decimal("38.4")), VitalSigns())


class VisitMachine(RuleBasedStateMachine):
    """One visit, and beside it what is truly so."""

    def __init__(self, protocol: InfusionProtocol) -> None:
        super().__init__()
        self.protocol = protocol
        self.ran = ZERO
        self.began: datetime | None = None
        self.watched_since: datetime | None = None
        self.is_allergic = False

    @initialize(infusions=st.sampled_from([7, 12]), phase=st.sampled_from(BEGIN))
    def begin(self, infusions: int, phase: str) -> None:
        self.visit = TestVisit(self.protocol, visit_facts(given_before(infusions)))
        while self.state.phase != phase:
            self.go_on(1, patient=True)

    @property
    def state(self) -> VisitState:
        return self.visit.state

    @property
    def truth(self) -> datetime:
        return self.visit.T0 + self.visit.passed

    # --- what happens ---

    @rule(times=st.integers(1, 5), patient=st.booleans())
    def go_on(self, times: int, *, patient: bool) -> None:
        for _ in range(times if self.state.is_open else 1):
            if patient:
                self.pass_time(PATIENCE.get(self.state.phase, 3) * MINUTE)
            self.act(next_act(self.state))

    @rule(command=st.sampled_from(ACTS))
    def do_anything(self, command: c.Command) -> None:
        self.act(command)

    @rule()
    def start_or_end_too_soon(self) -> None:
        self.act(c.StopInfusion("leak") if self.state.phase == "infuse" else c.StartInfusion(Decimal(115)))

    @rule(vitals=st.sampled_from(SETS))
    def take_vital_signs(self, vitals: VitalSigns) -> None:
        self.act(c.RecordVitalSigns(vitals))

    @rule(sign=st.sampled_from(SIGNS))
    def react(self, sign: str) -> None:
        self.act(c.NoteSign(sign) if self.state.reaction else c.OpenReaction((sign,)))

    @rule(data=st.data())
    def correct(self, data: st.DataObject) -> None:
        self.act(c.CorrectEntry(data.draw(st.integers(1, self.state.number)), "wrong"))

    @rule()
    def acknowledge(self) -> None:
        for condition in alarms(self.state, self.visit.now):
            self.act(c.AcknowledgeAlarm(condition.id))

    @rule(minutes=st.sampled_from([1, 5, 15, 30, 60]), seconds=st.integers(0, 59))
    def wait(self, minutes: int, seconds: int) -> None:
        self.pass_time(timedelta(minutes=minutes, seconds=seconds))

    @rule(by=st.sampled_from([-400 * 24 * HOUR, -HOUR, -MINUTE, MINUTE, 5 * HOUR]))
    def move_wall_clock(self, by: timedelta) -> None:
        self.visit.wall_moved += by
        self.act(c.NoticeClockStep(by))

    @rule(off=st.integers(0, 40), up=st.integers(0, 5))
    def restart_machine(self, off: int, up: int) -> None:
        self.pass_time((off + up) * MINUTE)
        self.visit.reboot(up_for_minutes=up).reopen()
        self.act(c.ReopenVisit())

    @rule()
    def kill(self) -> None:
        before = self.state
        self.visit.reopen()
        assert self.state == before
        self.act(c.ReopenVisit())

    def pass_time(self, duration: timedelta) -> None:
        if self.state.phase == "infuse" and self.state.run.status == "running":
            self.ran += duration
        self.visit.passed += duration

    def act(self, command: c.Command) -> None:
        """Ask; what is refused without an entry leaves no trace, what is recorded is right as it is recorded."""
        before, count = self.state, len(self.visit.log.items)
        by = SECOND if isinstance(command, c.CheckSecond) else NURSE
        result = self.visit.visit.handle(command, Author(by), self.visit.reading())
        new = self.visit.log.items[count:]
        if isinstance(result, Rejected):
            assert len(new) == len(result.events)
            assert new or self.state == before
        state = before
        for item in new:
            self.look(state, item.event)
            state = evolve(state, item)
        assert isinstance(command, c.CorrectEntry) or state == self.state

    # --- what must never be ---

    def look(self, before: VisitState, event: e.Event) -> None:
        checks: dict[type, Callable[..., None]] = {
            e.InfusionStarted: self.started,
            e.InfusionResumed: self.resumed,
            e.RateChanged: self.changed,
            e.BagEmptied: self.emptied,
            e.ObservationStarted: self.watching,
            e.ObservationCompleted: self.watched,
            e.ReactionGraded: self.graded,
        }
        if type(event) in checks:
            checks[type(event)](before, event)

    def started(self, before: VisitState, event: e.InfusionStarted) -> None:
        assert not {finding.severity for finding in event.findings} & {"hold", "stop"}
        assert before.run.status == "not-started"
        assert before.bag.second_check is not None
        assert before.bag.second_check.by not in before.bag.hands
        assert None not in (before.bag.product, before.bag.vial_look, before.bag.added_ml, before.line_site)
        assert before.bag.is_made
        assert 0 < event.rate_ml_h <= 120
        self.began = self.truth

    def resumed(self, before: VisitState, _event: e.InfusionResumed) -> None:
        assert before.run.status == "paused"
        assert not before.run.resume_needs_decision
        assert not self.is_allergic

    def changed(self, _before: VisitState, event: e.RateChanged) -> None:
        assert 0 < event.rate_ml_h <= 120

    def emptied(self, _before: VisitState, event: e.BagEmptied) -> None:
        assert event.reason or self.ran >= 60 * MINUTE

    def watching(self, _before: VisitState, _event: e.ObservationStarted) -> None:
        self.watched_since = self.truth

    def watched(self, before: VisitState, _event: e.ObservationCompleted) -> None:
        assert self.began is not None
        assert self.watched_since is not None
        if before.observation.shortened:
            assert not before.reactions or before.reactions[-1].level == "none"
            return
        assert self.truth - self.watched_since >= 60 * MINUTE
        assert self.truth - self.began >= 120 * MINUTE

    def graded(self, before: VisitState, event: e.ReactionGraded) -> None:
        self.is_allergic |= is_allergic(event.level) and before.run.status != "not-started"

    @invariant()
    def after_an_allergic_sign_no_drug_runs(self) -> None:
        assert not self.is_allergic or self.state.run.status in ("stopped", "completed")

    @invariant()
    def the_truth_lies_between_the_bounds(self) -> None:
        now = self.visit.now
        assert now.earliest <= self.truth <= now.latest
        ran = running_time(self.state.run, now)
        assert ran.least <= self.ran <= ran.most
        assert delivered(self.protocol, self.state.run, now).volume_ml <= 115

    @invariant()
    def the_state_can_be_shown(self) -> None:
        alarms_shown = self.visit.shown()["alarms"]
        assert len(set(alarms_shown)) == len(alarms_shown)


def test_no_order_of_acts_leads_to_what_must_never_be(protocol: InfusionProtocol) -> None:
    class OfThisProtocol(VisitMachine):
        def __init__(self) -> None:
            super().__init__(protocol)

    run_state_machine_as_test(OfThisProtocol, settings=settings(stateful_step_count=40))
