"""The page on which results of a file are looked at and taken, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, cast

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.i18n import _, ngettext
from nurse_app.interchange.lab_file.csv_file import CsvForm
from nurse_app.interchange.lab_file.numbers import DecimalSign
from nurse_app.interchange.lab_file.rows import Question, RefusedRow
from nurse_app.interchange.lab_file.times import DayOrder
from nurse_app.presentation.import_rows import ImportRow, import_rows
from nurse_app.presentation.lab_import import counts_words, new_numbers_words, outcome_words
from nurse_app.presentation.view_parts import Tone
from nurse_app.visit.lab_import import ImportOutcome

MOST_ROWS = 200
MOST_NUMBERS = 12
Phase = Literal["choose", "unreadable", "reading", "looking", "preview", "taking", "taken", "stopped", "not-saved"]
_SIGNS: Mapping[str, DecimalSign] = {"point": ".", "comma": ","}


@dataclass(frozen=True, slots=True)
class ImportState:
    """How far an import is: ``done`` of ``total`` patients; ``outcome`` is what would be taken, or what was.

    ``problem`` says why the file cannot be read; ``question`` is what somebody could declare then.
    """

    phase: Phase = "choose"
    file: str = ""
    form: CsvForm = field(default_factory=CsvForm)
    done: int = 0
    total: int = 0
    outcome: ImportOutcome = field(default_factory=ImportOutcome)
    refused: tuple[RefusedRow, ...] = ()
    problem: str = ""
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class QuestionView:
    """Something to declare about the file; options are (key, words), ``chosen`` is a key or empty."""

    key: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class ImportView:
    """The page. Buttons without words are not there; ``verdict`` with its notes is what was found or done.

    ``is_over``: there is nothing left to do here but to go back.
    """

    lead: str
    progress: str
    verdict: str
    notes: tuple[str, ...]
    tone: Tone
    questions: tuple[QuestionView, ...]
    what_head: str
    rows: tuple[ImportRow, ...]
    more: str
    is_over: bool
    take: str
    choose: str
    stop: str
    again: str


def present_import(state: ImportState, protocol: InfusionProtocol) -> ImportView:
    """The page as it is now."""
    busy = state.phase in ("reading", "looking", "taking")
    has_result = state.phase in ("preview", "taken", "stopped", "not-saved")
    recorded = has_result and state.phase != "preview"
    rows, left_out = (
        import_rows(state.outcome, state.refused, protocol, MOST_ROWS, recorded=recorded) if has_result else ((), 0)
    )
    questions = _questions(state) if state.phase in ("unreadable", "preview") else ()
    return ImportView(
        lead=_lead(state),
        progress=_progress(state) if busy else "",
        verdict=_verdict(state),
        notes=_notes(state) if has_result else (),
        tone=_tone(state),
        questions=questions,
        what_head=_("What happened") if recorded else _("What happens"),
        rows=rows,
        more=_("and {n} more").format(n=left_out) if left_out else "",
        is_over=state.phase == "taken",
        take=_take(state),
        choose="" if busy else _("Choose a file…") if state.phase == "choose" else _("Choose another file…"),
        stop=_("Stop") if state.phase == "taking" else _("Cancel") if busy else "",
        again=_("Read again") if questions else "",
    )


def declared(form: CsvForm, question: Question | None, answers: Mapping[str, str]) -> CsvForm:
    """What is known about a file once a question was answered; ``answers`` are chosen options by question."""
    columns = dict(form.columns)
    if question is not None and question.column and answers.get("column"):
        columns[question.column] = answers["column"]
    sign, dates = _SIGNS.get(answers.get("decimal", "")), answers.get("dates")
    return replace(form, columns=columns, sign=sign, dates=cast("DayOrder | None", dates or None))


def taken_words(outcome: ImportOutcome, refused: int) -> str:
    """For the footer, after it."""
    return _("Import: {counts}").format(counts=counts_words(outcome, refused, dry_run=False))


def finished_words(outcome: ImportOutcome, refused: int) -> str:
    """For home: what the program did by itself."""
    counts = counts_words(outcome, refused, dry_run=False)
    return _("An import of results was broken off; it was finished now: {counts}.").format(counts=counts)


def unclear_words() -> str:
    """For home: what the program could not do by itself."""
    return _(
        "An import of results was broken off, and the file that was kept for it cannot be read. "
        "Import the results again: those that are on record already are not added twice."
    )


def to_take(outcome: ImportOutcome) -> int:
    """How many results would change a record."""
    return sum(outcome.count(each) for each in ("added", "corrected", "withdrawn"))


def _lead(state: ImportState) -> str:
    if state.phase == "choose":
        return _(
            "Choose a file of results from the laboratory, or drop one on this window. "
            "What is in it is shown first; nothing is recorded before you say so."
        )
    return _("File: {name}").format(name=state.file)


def _progress(state: ImportState) -> str:
    if state.phase == "reading":
        return _("Reading…")
    words = _("Looking at {done} of {total} patients")
    if state.phase == "taking":
        words = _("Recorded for {done} of {total} patients")
    return words.format(done=state.done, total=state.total)


def _verdict(state: ImportState) -> str:
    done, total = state.done, state.total
    if state.problem:
        return state.problem
    match state.phase:
        case "preview":
            return _preview_verdict(state)
        case "taken":
            all_of_it = _("All results that count are on record") if _past(state) else _("All results are on record")
            return _("Recorded. {rest}").format(rest=_not_taken(state) or all_of_it)
        case "stopped":
            return _("Stopped: recorded for {done} of {total} patients").format(done=done, total=total)
        case "not-saved":
            words = _("Not everything could be recorded: {done} of {total} patients are done")
            return words.format(done=done, total=total)
        case _:
            return ""


def _preview_verdict(state: ImportState) -> str:
    if to_take(state.outcome):
        all_of_it = _("All results that count can be taken") if _past(state) else _("All results can be taken")
        return _("Nothing is recorded yet. {rest}").format(rest=_not_taken(state) or all_of_it)
    if state.outcome.count("there") or _past(state):
        return ". ".join(part for part in (_("There is nothing new in this file"), _not_taken(state)) if part)
    if any(row.question for row in state.refused):
        return _("Nothing in this file can be taken yet")
    return _("Nothing in this file can be taken") if _not_taken(state) else _("There are no results in this file")


def _past(state: ImportState) -> int:
    return state.outcome.count("past")


def _not_taken(state: ImportState) -> str:
    count = len(state.outcome.not_taken) + len(state.refused)
    words = ngettext("{n} result cannot be taken", "{n} results cannot be taken", count)
    return words.format(n=count) if count else ""


def _notes(state: ImportState) -> tuple[str, ...]:
    refused, dry_run = len(state.refused), state.phase == "preview"
    numbers = state.outcome.new_record_numbers
    new = new_numbers_words(numbers, dry_run=dry_run, most=MOST_NUMBERS)
    if state.phase in ("preview", "taken"):
        counts = outcome_words(state.outcome, refused, dry_run=dry_run)[0]
    else:
        counts = f"{counts_words(state.outcome, refused, dry_run=False)}."
    return (counts, *((new,) if new else ()), *_what_next(state))


def _what_next(state: ImportState) -> tuple[str, ...]:
    if state.phase == "stopped":
        return (_("The others’ results are not recorded. Take the rest when you like."),)
    if state.phase == "not-saved":
        return (
            _("Look at the bar above, then take the rest. Otherwise it is taken at the next start of the program."),
        )
    return ()


def _tone(state: ImportState) -> Tone:
    if state.phase in ("unreadable", "stopped", "not-saved") or state.problem:
        return "caution"
    if state.outcome.not_taken or state.refused:
        return "caution"
    return "done" if state.phase == "taken" else "information"


def _take(state: ImportState) -> str:
    if state.phase in ("stopped", "not-saved"):
        return _("Take the rest")
    count = to_take(state.outcome) if state.phase == "preview" else 0
    return ngettext("Take {n} result", "Take {n} results", count).format(n=count) if count else ""


def _questions(state: ImportState) -> tuple[QuestionView, ...]:
    """What is asked, and what was declared before: it may have been wrong."""
    asked = {row.question.about for row in state.refused if row.question}
    if state.question is not None:
        asked.add(state.question.about)
    form = state.form
    found: list[QuestionView] = []
    if state.question is not None and state.question.about == "column":
        names = tuple((name, name) for name in state.question.names)
        label = _("Which column of the file holds {what}?").format(what=_column_words(state.question.column))
        found.append(QuestionView("column", label, names, ""))
    if "decimal" in asked or form.sign:
        options = (("point", _("point: 1.5")), ("comma", _("comma: 1,5")))
        chosen = next((key for key, sign in _SIGNS.items() if sign == form.sign), "")
        found.append(QuestionView("decimal", _("Decimal sign of its numbers"), options, chosen))
    if "dates" in asked or form.dates:
        order = (("day-first", _("day first: 31/12/2026")), ("month-first", _("month first: 12/31/2026")))
        found.append(QuestionView("dates", _("Order in its dates"), order, form.dates or ""))
    return tuple(found)


def _column_words(column: str) -> str:
    return {
        "record_no": _("the record number"),
        "collected_at": _("when the sample was collected"),
        "test": _("the name of the test"),
        "value": _("the value"),
    }.get(column, column)
