"""What a self-test says line by line to another program: a result each, then which program it was."""

from nurse_app.interchange.json_text import json_line, parse_json
from nurse_app.plain_data import MisfitError, build, plain
from nurse_app.visit.self_test import LookResult, ProgramFacts

_PROGRAM, _RESULT = "program", "result"


def result_line(result: LookResult) -> str:
    """One result."""
    return json_line({_RESULT: plain(result)})


def program_line(program: ProgramFacts) -> str:
    """The last line."""
    return json_line({_PROGRAM: plain(program)})


def read_line(line: str) -> LookResult | ProgramFacts | None:
    """What a line says; None for one that is not of this form, such as what a library prints by itself."""
    try:
        said = parse_json(line)
        if isinstance(said, dict) and said.keys() == {_RESULT}:
            return build(LookResult, said[_RESULT])
        if isinstance(said, dict) and said.keys() == {_PROGRAM}:
            return build(ProgramFacts, said[_PROGRAM])
    except MisfitError:
        pass
    return None
