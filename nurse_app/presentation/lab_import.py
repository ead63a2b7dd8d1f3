"""An import of results in words: what is taken, and for each row that is not, why."""

from collections.abc import Sequence

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.i18n import _, ngettext
from nurse_app.presentation.finding_words import lab_test_words
from nurse_app.visit.lab_import import ImportOutcome, NotTakenRow


def not_taken_words(protocol: InfusionProtocol, item: NotTakenRow) -> str:
    """Why a row is not taken: one part of a sentence."""
    row, why = item.row, item.why
    name = lab_test_words(protocol, why.test) if protocol.lab_test(why.test) else why.test
    words = {
        "no-unit": _("{test} has no unit"),
        "unit": _("the unit “{unit}” does not belong to {test}"),
        "value": _("“{value}” is no value of {test}"),
        "limits": _("the reference range cannot be: its lower limit is above the upper one, or that is not above 0"),
        "future": _("it was collected in the future ({collected})"),
        "before-birth": _("it was collected before the patient was born ({collected})"),
        "too-early": _("its year cannot be ({collected})"),
        "birth-date": _("the birth date is not that of the patient with this record number"),
        "other-patient": _("it is another patient’s"),
        "record": _("a patient record cannot be read and may be this patient’s; run “nurse-app verify”"),
        "nothing-to-withdraw": _("it takes back a result that is not on record"),
    }[why.reason]
    return words.format(test=name, unit=row.unit, value=row.value, collected=row.text.collected_at)


def outcome_words(outcome: ImportOutcome, refused: int, *, dry_run: bool) -> tuple[str, ...]:
    """What an import does, or would do: how many results, and of which patients."""
    total = sum(len(share.changes) for share in outcome.shares) + len(outcome.not_taken) + refused
    begin = ngettext("{n} result in the file", "{n} results in the file", total).format(n=total)
    new = new_numbers_words(outcome.new_record_numbers, dry_run=dry_run)
    return (f"{begin}: {counts_words(outcome, refused, dry_run=dry_run)}.", *((new,) if new else ()))


def counts_words(outcome: ImportOutcome, refused: int, *, dry_run: bool) -> str:
    """How many results were, or would be, added, there already, corrected, taken back, left out, not taken."""
    added, there = outcome.count("added"), outcome.count("there")
    corrected, withdrawn = outcome.count("corrected"), outcome.count("withdrawn")
    parts = [
        (_("{n} would be added") if dry_run else _("{n} added")).format(n=added),
        _("{n} there already").format(n=there),
    ]
    optional = (
        (corrected, _("{n} would correct one on record") if dry_run else _("{n} corrected one on record")),
        (withdrawn, _("{n} would be taken back") if dry_run else _("{n} taken back")),
    )
    parts += [words.format(n=count) for count, words in optional if count]
    past = outcome.count("past")
    if past:
        parts.append(ngettext("{n} does not count any more", "{n} do not count any more", past).format(n=past))
    return ", ".join((*parts, _("{n} not taken").format(n=len(outcome.not_taken) + refused)))


def new_numbers_words(numbers: Sequence[str], *, dry_run: bool, most: int | None = None) -> str:
    """Which patients come on record with their number only; "" for none. ``most`` of them are named."""
    count = len(numbers)
    if not count:
        return ""
    words = (
        ngettext("{n} record number would be new: {numbers}", "{n} record numbers would be new: {numbers}", count)
        if dry_run
        else ngettext("{n} record number is new: {numbers}", "{n} record numbers are new: {numbers}", count)
    )
    named = ", ".join(numbers[:most])
    left_out = 0 if most is None else count - most
    more = _("{numbers} and {n} more").format(numbers=named, n=left_out) if left_out > 0 else named
    return words.format(n=count, numbers=more)
