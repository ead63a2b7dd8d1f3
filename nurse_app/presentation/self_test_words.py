"""What the results of a self-test are made of: problems, the worst of which decides, and words they share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nurse_app.domain.quantity import rounded
from nurse_app.i18n import N_, _, ngettext
from nurse_app.presentation.formats import number
from nurse_app.visit.self_test import FilesFound, Look, LookResult, Outcome

_ONE_MB = 10**6
_WORST_FIRST = (Outcome.FAILED, Outcome.ATTENTION, Outcome.WELL)
COPY_AGAIN = N_("Copy the program folder from the stick anew, or install the program again.")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a look found."""

    outcome: Outcome
    sentence: str
    to_do: str


def failed(sentence: str, to_do: str) -> Problem:
    """A part of the program that must not be relied on."""
    return Problem(Outcome.FAILED, sentence, to_do)


def attention(sentence: str, to_do: str) -> Problem:
    """Something that somebody should look at."""
    return Problem(Outcome.ATTENTION, sentence, to_do)


def result_of(look: Look, problems: Iterable[Problem], well: str, measured: str) -> LookResult:
    """One result: the worst problem first, each sentence and each advice once; ``well`` when there is none."""
    found = sorted(problems, key=lambda problem: _WORST_FIRST.index(problem.outcome))
    if not found:
        return LookResult(look, Outcome.WELL, well, measured)
    sentences = " ".join(dict.fromkeys(problem.sentence for problem in found))
    to_do = " ".join(dict.fromkeys(problem.to_do for problem in found))
    return LookResult(look, found[0].outcome, sentences, measured, to_do)


def look_title(look: Look) -> str:
    """The name of a look."""
    titles = {
        Look.FOLDER: N_("Folder of the records"),
        Look.SPACE: N_("Room on the disk"),
        Look.PROTOCOL: N_("Protocol"),
        Look.FILES: N_("Files of the program"),
        Look.FONTS: N_("Fonts"),
        Look.SOUND: N_("Sound"),
        Look.CLOCK: N_("Clock"),
        Look.PAGES: N_("Screens"),
        Look.VISIT: N_("Sample visit"),
    }
    return _(titles[look])


def outcome_word(outcome: Outcome) -> str:
    """How a look ended, in a word."""
    words = {Outcome.WELL: N_("Well"), Outcome.ATTENTION: N_("Attention"), Outcome.FAILED: N_("Failed")}
    return _(words[outcome])


def file_problems(found: FilesFound) -> list[Problem]:
    """What differs from the list of the files, by name; of what was added the number only: names are the site's own."""
    again = _(COPY_AGAIN)
    if found.problem:
        return [failed(_("The list of the program’s files is of no use: {why}.").format(why=found.problem), again)]
    problems = [
        *(failed(_("{file} is missing.").format(file=name), again) for name in found.missing),
        *(failed(_("{file} is not the one of this release.").format(file=name), again) for name in found.changed),
        *(failed(_("{file} cannot be read.").format(file=name), again) for name in found.unreadable),
    ]
    if found.added:
        count = len(found.added)
        sentence = ngettext("{n} file is not of this release.", "{n} files are not of this release.", count)
        to_do = _("Find out who added it, or copy the program folder anew.")
        problems.append(attention(sentence.format(n=count), to_do))
    return problems


def in_mb(count: int) -> str:
    """Bytes as whole megabytes."""
    return _("{n} MB").format(n=number(rounded(Decimal(count) / _ONE_MB, Decimal(1))))


def listed(parts: Sequence[str]) -> str:
    """Measured figures in a row."""
    return " · ".join(part for part in parts if part)


def undone(look: Look, why: str) -> LookResult:
    """A look that could not be taken; ``why`` is the name of the error."""
    sentence = _("This could not be tested ({why}).").format(why=why)
    return result_of(look, [failed(sentence, _(COPY_AGAIN))], "", "")
