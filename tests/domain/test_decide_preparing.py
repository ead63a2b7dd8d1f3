"""The vial, the bag and the line: one act on top of another, and a second person who looks alone."""

from dataclasses import replace
from decimal import Decimal

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.deciding.outcome import Reason, Rejected
from nurse_app.domain.protocol import InfusionProtocol
from tests.domain.stages import Stages, at
from tests.kit import NURSE, SECOND, VIAL, TestVisit

DILUENT = c.RecordDiluent("sodium-chloride-0.9", Decimal(100), "B778")
LINES: tuple[tuple[str, c.Command], ...] = (
    ("product", c.RecordProduct(VIAL)),
    ("inspect-vial", c.InspectVial("clear")),
    ("diluent", DILUENT),
    ("added", c.AddDose(Decimal(15))),
    ("inverted", c.InvertBag()),
    ("dilution-finished", c.FinishDilution()),
    ("inspect-bag", c.InspectBag("clear")),
    ("labelled", c.LabelBag()),
)


def prepared(protocol: InfusionProtocol, *leave_out: str, until: str = "") -> TestVisit:
    """A visit in which these lines were done, as far as the rules let them."""
    visit = TestVisit(protocol).to("prepare")
    for name, command in LINES:
        if name == until:
            break
        if name not in leave_out:
            visit.do(command)
    return visit


def check(lot: str = "A12345", added_ml: str = "15", record_no: str = "TRN000417", by: str = SECOND) -> c.CheckSecond:
    return c.CheckSecond(by, lot, Decimal(added_ml), record_no)


def test_each_line_is_taken_in_order(protocol: InfusionProtocol) -> None:
    visit = prepared(protocol)
    assert visit.state.bag.is_made
    assert visit.state.bag.hands == {NURSE}


@pytest.mark.parametrize(
    ("command", "until", "missing"),
    [
        (c.InspectVial("clear"), "product", ("product",)),
        (c.AddDose(Decimal(15)), "product", ("product", "inspect-vial", "diluent")),
        (c.AddDose(Decimal(15)), "diluent", ("diluent",)),
        (c.InvertBag(), "added", ("added",)),
        (c.FinishDilution(), "inverted", ("inverted",)),
        (c.InspectBag("clear"), "dilution-finished", ("dilution-finished",)),
        (c.LabelBag(), "dilution-finished", ("dilution-finished",)),
        (check(), "dilution-finished", ("dilution-finished", "inspect-bag", "labelled")),
        (check(), "inspect-bag", ("inspect-bag", "labelled")),
        (check(), "labelled", ("labelled",)),
    ],
)
def test_a_line_names_the_ones_it_needs(
    protocol: InfusionProtocol, command: c.Command, until: str, missing: tuple[str, ...]
) -> None:
    refusal = prepared(protocol, until=until).refused(command)
    assert refusal == Rejected(Reason.LINE_BEFORE_MISSING, missing)


@pytest.mark.parametrize(
    ("command", "event"),
    [
        (c.RecordProduct(VIAL, "scanned"), e.ProductRecorded(VIAL, "scanned")),
        (DILUENT, e.DiluentRecorded("sodium-chloride-0.9", Decimal(100), "B778")),
        (c.InspectVial("particles"), e.VialInspected("particles")),
        (c.AddDose(Decimal(16), Decimal(1)), e.DoseAdded(Decimal(16), Decimal(1))),
    ],
)
def test_what_is_seen_is_recorded_as_it_is_and_may_be_entered_anew_before_mixing(
    protocol: InfusionProtocol, command: c.Command, event: e.Event
) -> None:
    visit = prepared(protocol, until="inverted")
    assert [entry.event for entry in visit.do(command)] == [event]


@pytest.mark.parametrize(
    "command",
    [
        c.RecordDiluent("sodium-chloride-0.9", Decimal(0)),
        c.RecordDiluent("sodium-chloride-0.9", Decimal(-100)),
        c.AddDose(Decimal(0)),
        c.AddDose(Decimal(15), Decimal(-1)),
    ],
)
def test_a_volume_is_more_than_nothing(protocol: InfusionProtocol, command: c.Command) -> None:
    assert prepared(protocol, until="inverted").refused(command).reason == Reason.NOT_POSITIVE


def test_the_clocks_of_the_bag_start_once(protocol: InfusionProtocol) -> None:
    visit = prepared(protocol, until="inspect-bag").wait(minutes=1)
    assert visit.refused(c.FinishDilution()).reason == Reason.BAG_ALREADY_MIXED
    assert visit.shown()["bag"]["total_age_s"] == 60


# --- where the bag is ---


def test_moving_the_bag_where_it_is_changes_nothing(stages: Stages) -> None:
    assert stages.events("ready", c.MoveBag("room")) == ()
    assert stages.events("ready", c.MoveBag("refrigerator")) == (e.BagMoved("refrigerator"),)


def test_a_cold_bag_is_warmed_outside_the_refrigerator(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "ready")
    visit.do(c.MoveBag("refrigerator"))
    assert visit.refused(c.WarmBag()).reason == Reason.BAG_IS_COLD
    visit.do(c.MoveBag("room"))
    assert visit.refused(c.StartInfusion(Decimal(115))) == Rejected(Reason.FINDINGS_OPEN, ("warm-up",))
    visit.do(c.WarmBag())
    visit.do(c.StartInfusion(Decimal(115)))


def test_a_discarded_bag_is_made_again_from_the_vial_on(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "ready")
    assert visit.refused(c.DiscardBag(" ")).reason == Reason.REASON_MISSING
    (entry,) = visit.do(c.DiscardBag(" leaking "))
    assert entry.event == e.BagDiscarded("leaking")
    assert visit.refused(c.StartInfusion(Decimal(115))).reason == Reason.NO_BAG
    assert visit.refused(c.DiscardBag("leaking")).reason == Reason.NO_BAG
    for _, command in LINES:
        visit.do(command)
    assert visit.refused(c.StartInfusion(Decimal(115))).reason == Reason.SECOND_CHECK_MISSING


def test_the_lot_of_a_vial_that_is_discarded_or_replaced_is_kept(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "ready")
    assert visit.state.lots_set_aside == ()
    visit.do(c.DiscardBag("leaking"))
    assert visit.state.lots_set_aside == ("A12345",)
    product = c.RecordProduct(VIAL)
    visit.do(product)
    visit.do(product)
    assert visit.state.lots_set_aside == ("A12345",), "the same vial recorded again"
    visit.do(replace(product, product=replace(product.product, lot="B99")))
    assert visit.state.lots_set_aside == ("A12345", "A12345")
    visit.do(replace(product, product=replace(product.product, lot="C7")))
    assert visit.state.lots_set_aside == ("A12345", "A12345", "B99")


# --- the second check ---


def test_the_second_check_is_recorded_as_entered(protocol: InfusionProtocol) -> None:
    visit = prepared(protocol)
    (entry,) = visit.do(check(lot=" A12345 "), by=SECOND)
    assert entry.event == e.SecondCheckPassed(SECOND, "A12345", Decimal(15), "TRN000417")


@pytest.mark.parametrize("lot", ["a12345", " A12345"])
def test_the_lot_is_the_same_in_any_letters(protocol: InfusionProtocol, lot: str) -> None:
    prepared(protocol).do(check(lot=lot))


@pytest.mark.parametrize(
    ("command", "differs"),
    [
        (check(lot="A12346"), ("lot",)),
        (check(lot=""), ("lot",)),
        (check(added_ml="14.9"), ("added_ml",)),
        (check(record_no="TRN000418"), ("record_no",)),
        (check(lot="B", added_ml="1", record_no="T"), ("lot", "added_ml", "record_no")),
    ],
)
def test_a_second_check_that_differs_is_refused_and_noted(
    protocol: InfusionProtocol, command: c.CheckSecond, differs: tuple[str, ...]
) -> None:
    visit = prepared(protocol)
    failed = e.SecondCheckFailed(SECOND, differs)
    assert visit.refused(command, SECOND) == Rejected(Reason.SECOND_CHECK_DIFFERS, differs, (failed,))
    assert visit.visit.record[-1].event == failed
    assert visit.state.bag.second_check is None


@pytest.mark.parametrize("by", [NURSE, f" {NURSE}", f"{NURSE} "])
def test_nobody_checks_what_was_made_with_the_same_hands(protocol: InfusionProtocol, by: str) -> None:
    assert prepared(protocol).refused(check(by=by)).reason == Reason.SAME_PERSON


@pytest.mark.parametrize("line", range(len(LINES)))
def test_whoever_did_one_line_is_not_the_second_person(protocol: InfusionProtocol, line: int) -> None:
    visit = TestVisit(protocol).to("prepare")
    for number, (_, command) in enumerate(LINES):
        visit.do(command, "helper" if number == line else NURSE)
    assert visit.refused(check(by="helper")).reason == Reason.SAME_PERSON
    visit.do(check(by=SECOND))


def test_a_second_person_has_a_name(protocol: InfusionProtocol) -> None:
    assert prepared(protocol).refused(check(by=" ")).reason == Reason.NAME_MISSING


def test_a_vial_that_was_marked_in_error_cannot_be_checked(protocol: InfusionProtocol) -> None:
    visit = prepared(protocol)
    entry = next(item.number for item in visit.visit.record if isinstance(item.event, e.ProductRecorded))
    visit.do(c.CorrectEntry(entry, "other vial"))
    assert visit.refused(check()) == Rejected(Reason.LINE_BEFORE_MISSING, ("product",))


@pytest.mark.parametrize(
    ("kind", "command"),
    [
        (e.VialInspected, c.InspectVial("clear")),
        (e.DiluentRecorded, DILUENT),
        (e.DoseAdded, c.AddDose(Decimal(15))),
    ],
)
def test_what_was_marked_in_error_after_mixing_is_entered_and_checked_anew(
    protocol: InfusionProtocol, kind: type, command: c.Command
) -> None:
    visit = at(protocol, "ready")
    assert visit.refused(command).reason == Reason.BAG_ALREADY_MIXED
    entry = next(item.number for item in visit.visit.record if isinstance(item.event, kind))
    visit.do(c.CorrectEntry(entry, "typed wrong"))
    visit.do(command)
    assert visit.refused(c.StartInfusion(Decimal(115))).reason == Reason.SECOND_CHECK_MISSING
    visit.do(check())
    visit.do(c.StartInfusion(Decimal(115)))


def test_another_look_at_the_bag_needs_another_check(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "ready")
    visit.do(c.InspectBag("clear"))
    assert visit.refused(c.StartInfusion(Decimal(115))).reason == Reason.SECOND_CHECK_MISSING


# --- the line ---


def test_a_line_has_a_site(stages: Stages) -> None:
    assert stages.events("prepare", c.ReadyLine(" left forearm ")) == (e.LineReadied("left forearm"),)
    assert stages.reason("prepare", c.ReadyLine(" ")) == Reason.TEXT_MISSING


def test_a_line_may_be_moved_while_the_drug_runs(stages: Stages) -> None:
    assert stages.events("infuse", c.ReadyLine("right forearm")) == (e.LineReadied("right forearm"),)
