"""Other medicines, found in free text as a nurse types it."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from nurse_app.domain.finding import Finding
from nurse_app.domain.protocol import MedicineGroup
from nurse_app.domain.rules.context import Case

# A misspelt name is worth a question, a short word that happens to be alike is not.
_NEAR_RATIO = 0.8
_NEAR_LETTERS = 8
# A slash stays: it joins the parts of one preparation (budesonide/formoterol).
_BETWEEN = re.compile(r"[,;+&\n]|\b(?:and|plus)\b", re.IGNORECASE)


def medicines(case: Case) -> Iterator[Finding]:
    """One finding for each medicine and group that it falls into; a line may hold several medicines."""
    lines = case.patient.medicines
    if lines is None:
        yield Finding("immunosuppressant-medicine", "hold", "unknown")
        return
    for line in lines:
        for part in _BETWEEN.split(line):
            yield from _medicine(case, part.strip())


def _medicine(case: Case, text: str) -> Iterator[Finding]:
    words = _words(text)
    is_local = any(word in case.protocol.medicines.local_words for word in words)
    groups = [group for group in case.protocol.medicines.groups if not (is_local and group.local_use_is_fine)]
    named = [(group, name) for group in groups if (name := _named(group, words)) is not None]
    for group, name in named:
        variant = "window" if group.rule == "jcv-sample-window" else "named"
        yield Finding(group.rule, group.severity, variant, {"medicine": text, "name": name})
    if named:
        return
    for group in groups:
        near = _near(group, words)
        if near and group.rule != "jcv-sample-window":
            yield Finding(group.rule, "hold", "near", {"medicine": text, "name": near})
            return


def _words(line: str) -> list[str]:
    # Hyphens are kept inside a word (6-mp) and also tried as a break (azathioprine-1A).
    lowered = line.casefold()
    whole = re.findall(r"[\w-]+", lowered)
    return whole + re.findall(r"\w+", lowered)


def _named(group: MedicineGroup, words: list[str]) -> str | None:
    # A word begins with a name where the name follows a space; so one look serves names of several words, too.
    text = f" {' '.join(words)}"
    name = next((name for name in group.names if f" {name}" in text), None)
    return name or next((word for word in words if word in group.words), None)


def _near(group: MedicineGroup, words: list[str]) -> str | None:
    return next((name for word in words if (name := _near_name(group.names, word))), None)


# Remembered: the same list of medicines is judged at every look at a visit.
@lru_cache(maxsize=1024)
def _near_name(names: tuple[str, ...], word: str) -> str | None:
    if len(word) < _NEAR_LETTERS:
        return None
    return next((name for name in names if len(name) >= _NEAR_LETTERS and _is_near(word, name)), None)


def _is_near(word: str, name: str) -> bool:
    # Cheap upper bounds first: comparing letter by letter is slow, and a list has hundreds of names.
    if 2 * min(len(word), len(name)) < _NEAR_RATIO * (len(word) + len(name)):
        return False
    matcher = SequenceMatcher(None, word, name)
    return matcher.quick_ratio() >= _NEAR_RATIO and matcher.ratio() >= _NEAR_RATIO


RULES = (medicines,)
