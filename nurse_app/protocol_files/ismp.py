"""Safe writing of figures and units (ISMP's list of error-prone forms), as a check on every sentence."""

import re

# Each form with what is wrong with it; {found} is the spot.
_IN_WORDS = (
    (re.compile(r"[<>@&°]"), "“{found}” is written out in a sentence"),
    (re.compile(r"!"), "has an exclamation mark"),
    (re.compile(r"\b(?:D/C|QD|QOD|HS|BID|TID|QID|SC|SQ|PRN)\b"), "“{found}” is an error-prone abbreviation"),
    (re.compile(r"[Gg]rade [IVX]+\b"), "“{found}” is a Roman numeral"),
    (re.compile(r"\b(?:mg|mcg|mL|kg|min|mmHg)\. (?=[a-z])"), "“{found}” has a full stop after a unit"),
)
_IN_FIGURES = (
    (re.compile(r"\d+\.\d*0(?!\d)"), "“{found}” has a trailing zero"),
    (re.compile(r"(?<!\d)\.\d+"), "“{found}” needs a zero in front"),
    (re.compile(r"\d+(?:\.\d+)?(?:mg|mcg|mL|L|kg|g|h|min|mmHg)\b"), "“{found}” needs a space before the unit"),
    (re.compile(r"[A-Za-z]{3,}\d+(?:\.\d+)? (?:mg|mcg|mL)\b"), "“{found}” joins a name to a figure"),
    (
        re.compile(r"\d+(?:\.\d+)? ?(?:cc|ml|ML|ug|µg|μg|IU|U|hrs?|mins|gm|kgs|mgs)\b"),
        "“{found}” is an error-prone unit",
    ),
    (re.compile(r"\b1:1[0,]{3,}"), "“{found}” is a ratio; write mg/mL"),
    (re.compile(r"(?<![\d.,])(?!(?:19|20)\d\d(?!\d))\d{4,}(?!\.?\d)"), "“{found}” needs commas from 1,000 on"),
)
_FIGURE = re.compile(r"\d")


def unsafe_form(text: str) -> str | None:
    """What is unsafe about a sentence, as the end of one; None when nothing is."""
    forms = (*_IN_WORDS, *_IN_FIGURES) if _FIGURE.search(text) else _IN_WORDS
    for form, problem in forms:
        match = form.search(text)
        if match is not None:
            return problem.format(found=match.group().strip())
    return None
