"""The vial, the bag and the line; one act at a time, each on top of the ones it needs."""

from collections.abc import Callable
from typing import TypeVar

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.deciding.outcome import Context, Deciders, Reason, Rejected, Verdict
from nurse_app.domain.state import BagState

CommandT = TypeVar("CommandT")


def _in_prepare(
    decide: Callable[[CommandT, BagState, Context], Verdict],
) -> Callable[[CommandT, Context], Verdict]:
    def decider(command: CommandT, context: Context) -> Verdict:
        if context.state.phase != "prepare":
            return Rejected(Reason.WRONG_STEP)
        return decide(command, context.state.bag, context)

    return decider


def _missing(**done: bool) -> Rejected | None:
    """A refusal naming the lines that must come first, if any is not done."""
    lines = tuple(name.replace("_", "-") for name, is_done in done.items() if not is_done)
    return Rejected(Reason.LINE_BEFORE_MISSING, lines) if lines else None


def _mixed(bag: BagState, *, taken_back: bool = False) -> Rejected | None:
    """After mixing a line is closed; what was taken back as a wrong entry may be entered anew."""
    return Rejected(Reason.BAG_ALREADY_MIXED) if bag.diluted_at is not None and not taken_back else None


def _product(command: c.RecordProduct, bag: BagState, _context: Context) -> Verdict:
    return _mixed(bag, taken_back=bag.product is None) or (e.ProductRecorded(command.product, command.entered),)


def _vial(command: c.InspectVial, bag: BagState, _context: Context) -> Verdict:
    missing = _missing(product=bag.product is not None)
    return _mixed(bag, taken_back=bag.vial_look is None) or missing or (e.VialInspected(command.result),)


def _diluent(command: c.RecordDiluent, bag: BagState, _context: Context) -> Verdict:
    if command.bag_ml <= 0:
        return Rejected(Reason.NOT_POSITIVE)
    recorded = e.DiluentRecorded(command.diluent, command.bag_ml, command.lot)
    return _mixed(bag, taken_back=bag.diluent is None) or (recorded,)


def _added(command: c.AddDose, bag: BagState, _context: Context) -> Verdict:
    if command.added_ml <= 0 or command.withdrawn_from_bag_ml < 0:
        return Rejected(Reason.NOT_POSITIVE)
    return (
        _mixed(bag, taken_back=bag.added_ml is None)
        or _missing(
            product=bag.product is not None,
            inspect_vial=bag.vial_look is not None,
            diluent=bag.diluent is not None,
        )
        or (e.DoseAdded(command.added_ml, command.withdrawn_from_bag_ml),)
    )


def _inverted(_command: c.InvertBag, bag: BagState, _context: Context) -> Verdict:
    return _mixed(bag) or _missing(added=bag.added_ml is not None) or (e.BagInverted(),)


def _diluted(_command: c.FinishDilution, bag: BagState, _context: Context) -> Verdict:
    return _mixed(bag) or _missing(inverted=bag.inverted) or (e.DilutionFinished(),)


def _bag_look(command: c.InspectBag, bag: BagState, _context: Context) -> Verdict:
    return _missing(dilution_finished=bag.diluted_at is not None) or (e.BagInspected(command.result),)


def _labelled(_command: c.LabelBag, bag: BagState, _context: Context) -> Verdict:
    return _missing(dilution_finished=bag.diluted_at is not None) or (e.BagLabelled(),)


def _move(command: c.MoveBag, bag: BagState, _context: Context) -> Verdict:
    if bag.diluted_at is None:
        return Rejected(Reason.NO_BAG)
    # Moving it where it already is changes nothing and is no entry.
    return () if bag.place == command.place else (e.BagMoved(command.place),)


def _warm(_command: c.WarmBag, bag: BagState, _context: Context) -> Verdict:
    if bag.diluted_at is None:
        return Rejected(Reason.NO_BAG)
    return Rejected(Reason.BAG_IS_COLD) if bag.place == "refrigerator" else (e.BagWarmed(),)


def _discard(command: c.DiscardBag, bag: BagState, _context: Context) -> Verdict:
    if bag == BagState():
        return Rejected(Reason.NO_BAG)
    return (e.BagDiscarded(command.reason.strip()),) if command.reason.strip() else Rejected(Reason.REASON_MISSING)


def _second(command: c.CheckSecond, bag: BagState, context: Context) -> Verdict:
    by = command.by.strip()
    if not by:
        return Rejected(Reason.NAME_MISSING)
    if by in bag.hands:
        return Rejected(Reason.SAME_PERSON)
    missing = _missing(
        dilution_finished=bag.diluted_at is not None,
        inspect_bag=bag.bag_look is not None,
        labelled=bag.labelled,
    )
    if missing or bag.product is None:
        return missing or Rejected(Reason.LINE_BEFORE_MISSING, ("product",))
    same = {
        "lot": command.lot.strip().casefold() == (bag.product.lot or "").strip().casefold(),
        "added_ml": command.added_ml == bag.added_ml,
        "record_no": command.record_no == context.state.record_no,
    }
    differs = tuple(name for name, is_same in same.items() if not is_same)
    if differs:
        failed = e.SecondCheckFailed(by, differs)
        return Rejected(Reason.SECOND_CHECK_DIFFERS, differs, (failed,))
    return (e.SecondCheckPassed(by, command.lot.strip(), command.added_ml, command.record_no),)


def _line(command: c.ReadyLine, context: Context) -> Verdict:
    if context.state.phase not in ("prechecks", "prepare", "infuse", "flush"):
        return Rejected(Reason.WRONG_STEP)
    return (e.LineReadied(command.site.strip()),) if command.site.strip() else Rejected(Reason.TEXT_MISSING)


DECIDERS: Deciders = {
    c.RecordProduct: _in_prepare(_product),
    c.InspectVial: _in_prepare(_vial),
    c.RecordDiluent: _in_prepare(_diluent),
    c.AddDose: _in_prepare(_added),
    c.InvertBag: _in_prepare(_inverted),
    c.FinishDilution: _in_prepare(_diluted),
    c.InspectBag: _in_prepare(_bag_look),
    c.LabelBag: _in_prepare(_labelled),
    c.MoveBag: _in_prepare(_move),
    c.WarmBag: _in_prepare(_warm),
    c.DiscardBag: _in_prepare(_discard),
    c.CheckSecond: _in_prepare(_second),
    c.ReadyLine: _line,
}
