"""Facts from outside: whatever stands in any place is either judged or refused with its place."""

import json
from typing import Any

from nurse_app.domain.assess import assess
from nurse_app.domain.finding import sentence
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.interchange.assess import PinnedProtocol, judgement, read_case
from nurse_app.interchange.json_text import json_page
from nurse_app.plain_data import MisfitError
from tests.kit import CASES

JUNK: tuple[object, ...] = (
    *(None, True, 0, -1, "", " ", "x", "9" * 30, 10**30, "1e5", [], {}, [None], [{}], {"a": 1}),
    *("2026-02-30", "2026-11-22", "0001-01-01", "9999-12-31", "9999-12", "2026-11-22T10:00:00+00:00"),
    *("<5", ">1000", "-0", "0.0000000000001", "negative", "=1+1", "\x00"),
)


def places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way, *(place for key, item in inside for place in places(item, (*way, key)))]


def with_at(data: Any, way: tuple[Any, ...], value: object) -> Any:
    copy = {"": json.loads(json.dumps(data))}
    at: Any = copy
    for key in ("", *way)[:-1]:
        at = at[key]
    at[("", *way)[-1]] = value
    return copy[""]


def test_no_answers_at_all_are_answers_that_nobody_knows(protocol: InfusionProtocol) -> None:
    case = json.loads(CASES.read_text(encoding="utf-8"))[0]["input"] | {"answers": None}
    read = read_case(case, lambda _wanted: PinnedProtocol(protocol, "digest"))
    judged = assess(protocol, read.facts, read.now)
    assert ("unanswered", "hold") in [(finding.rule, finding.severity) for finding in judged.findings]


def test_junk_in_any_place_is_judged_or_refused(protocol: InfusionProtocol) -> None:
    cases = {case["id"]: case["input"] for case in json.loads(CASES.read_text(encoding="utf-8"))}
    full = cases["prep-room-8-00"] | {"labs": [cases["prep-room-8-00"]["labs"][place] for place in (0, 4, 11)]}
    pinned, judged, refused = PinnedProtocol(protocol, "digest"), 0, 0
    for way in places(full):
        for junk in JUNK:
            try:
                case = read_case(with_at(full, way, junk), lambda _: pinned)
            except MisfitError as error:
                refused += bool(error.problem)
            else:
                judged += 1
                found = assess(protocol, case.facts, case.now)
                assert json_page(judgement(pinned, found, sentence)), (way, junk)
    assert judged > 300
    assert refused > 1000


def test_an_authorisation_may_end_far_away(protocol: InfusionProtocol) -> None:
    data = json.loads(CASES.read_text(encoding="utf-8"))[0]["input"]
    data["rems"]["valid_until"] = "9999-12-31"

    case = read_case(data, lambda _: PinnedProtocol(protocol, "digest"))

    assert assess(protocol, case.facts, case.now).decision == "proceed"


def test_a_patient_or_a_programme_may_be_not_known_at_all(protocol: InfusionProtocol) -> None:
    data = json.loads(CASES.read_text(encoding="utf-8"))[0]["input"]
    data |= {"patient": None, "rems": None, "vitals": None, "order": None}

    case = read_case(data, lambda _: PinnedProtocol(protocol, "digest"))

    assert assess(protocol, case.facts, case.now).decision == "hold"
