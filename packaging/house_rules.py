"""The house rules that no other tool keeps. Prints file, line and what is wrong; ends with 1 when anything is.

python packaging/house_rules.py [project folder]
"""

import ast
import re
import sys
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

PROGRAM = "nurse_app"
MOST_LINES = 300

# Clinical numbers are protocol data. These are arithmetic: powers of ten, halves, the parts of a week, day and hour.
ARITHMETIC = {Decimal(10) ** power for power in range(-9, 10)} | {Decimal(n) for n in (0, 2, 7, 12, 24, 60, 3600)}
NOT_CLINICAL = {
    ("nurse_app/domain/rules/medicines.py", Decimal("0.8")): "how alike two spellings must be",
    ("nurse_app/domain/station.py", Decimal(15)): "minutes for which wrong PINs lock a name",
}
NUMBERS_ARE_DATA_IN = ("nurse_app/domain", "nurse_app/presentation")
NUMBER_MAKERS = {"Decimal", "Fraction", "timedelta"}
FIGURE = re.compile(
    r"\b\d+(?:\.\d+)?[\s-]?"
    r"(?:mg|mcg|µg|g|kg|mL|ml|L|U|IU|mmHg|bpm|°C|years?|months?|weeks?|days?|hours?|minutes?)(?:/\w+)?\b"
)

SOURCES = (PROGRAM, "packaging", "resources", "tests")
SOURCE_ENDINGS = {".py", ".sh", ".ps1", ".toml", ".qss", ".svg"}
UNFINISHED = re.compile(r"\b(?:TO[D]O|FIX[M]E|X[X]X)\b")
LOOK_ALIKE_SCRIPTS = ("ARMENIAN", "CHEROKEE", "CYRILLIC", "FULLWIDTH", "GREEK", "MATHEMATICAL")
LETTERS_OF_SCIENCE = set("αβγδμπσΔΣΩ")

Problem = tuple[int, str]


def long_file(text: str) -> Iterator[Problem]:
    """One idea a module: it has an end that one can see."""
    count = len(text.splitlines())
    if count > MOST_LINES:
        yield count, f"has {count} lines; {MOST_LINES} is the most, split it by what depends on what"


def missing_docstring(tree: ast.Module) -> Iterator[Problem]:
    """Every module says in its first line what it is for; an empty one has nothing to say."""
    if tree.body and not ast.get_docstring(tree):
        yield 1, "the module does not say what it is for"


def clinical_numbers(name: str, tree: ast.Module) -> Iterator[Problem]:
    """Numbers that look like limits, doses or times rather than arithmetic."""
    for node in ast.walk(tree):
        for number in numbers_of(node):
            if abs(number) not in ARITHMETIC and (name, number) not in NOT_CLINICAL:
                yield getattr(node, "lineno", 1), f"{number} looks like a clinical number; it belongs in the protocol"


def numbers_of(node: ast.AST) -> Iterator[Decimal]:
    """Numbers that a piece of code is made with, compares with or is."""
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Name) and node.func.id in NUMBER_MAKERS:
            yield from written_numbers([*node.args, *(keyword.value for keyword in node.keywords)])
    elif isinstance(node, ast.Compare):
        yield from written_numbers([node.left, *node.comparators])
    elif isinstance(node, ast.Constant) and isinstance(node.value, float):
        yield Decimal(str(node.value))


def written_numbers(nodes: list[ast.expr]) -> Iterator[Decimal]:
    """The numbers written out among some expressions, as digits or as text."""
    for node in nodes:
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(value, int) or (isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value)):
            yield Decimal(value)


def clinical_sentences(tree: ast.Module) -> Iterator[Problem]:
    """Text with a figure and a unit, outside the strings that document the code."""
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            for figure in FIGURE.findall(node.value):
                yield node.lineno, f"“{figure}” stands in a text; figures with a unit belong in the protocol"


def odd_letters(text: str) -> Iterator[Problem]:
    """Letters that look like others, and characters that cannot be seen."""
    for number, line in enumerate(text.splitlines(), start=1):
        for letter in sorted(set(line) - LETTERS_OF_SCIENCE):
            name, category = unicodedata.name(letter, ""), unicodedata.category(letter)
            if (name.startswith(LOOK_ALIKE_SCRIPTS) and category.startswith("L")) or category == "Cf":
                yield number, f"holds {name or 'a nameless character'}, which looks like something else or like nothing"


def unfinished_work(text: str) -> Iterator[Problem]:
    """Marks of work put off."""
    for number, line in enumerate(text.splitlines(), start=1):
        for mark in UNFINISHED.findall(line):
            yield number, f"says {mark}; do it, or write an issue"


def addresses(text: str) -> Iterator[Problem]:
    """A lock file that ties the project to one place to fetch from."""
    for number, line in enumerate(text.splitlines(), start=1):
        if "://" in line:
            yield number, "holds an address; a lock file names versions and hashes only"


def problems_of_source(name: str, text: str) -> Iterator[Problem]:
    """What is wrong with one source file; ``name`` is its path inside the project."""
    yield from odd_letters(text)
    yield from unfinished_work(text)
    if not (name.startswith(f"{PROGRAM}/") and name.endswith(".py")):
        return
    tree = ast.parse(text)
    yield from long_file(text)
    yield from missing_docstring(tree)
    yield from clinical_sentences(tree)
    if name.startswith(NUMBERS_ARE_DATA_IN):
        yield from clinical_numbers(name, tree)


def problems_of_project(project: Path) -> Iterator[str]:
    """What is wrong in a whole project, one sentence each, with file and line."""
    for folder in SOURCES:
        for file in sorted((project / folder).rglob("*")):
            if file.suffix in SOURCE_ENDINGS and file.is_file():
                name = file.relative_to(project).as_posix()
                for line, problem in problems_of_source(name, file.read_text(encoding="utf-8")):
                    yield f"{name}:{line}: {problem}"
    for file in sorted(project.glob("*.lock")):
        for line, problem in addresses(file.read_text(encoding="utf-8")):
            yield f"{file.name}:{line}: {problem}"


def main(arguments: list[str]) -> int:
    project = Path(arguments[0]) if arguments else Path(__file__).resolve().parents[1]
    problems = list(problems_of_project(project))
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
