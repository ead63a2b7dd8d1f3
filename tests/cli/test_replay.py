"""The replay command: every shipped script, what it prints, and one clear sentence for whatever is no script."""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from nurse_app.cli.arguments import ReplayArguments
from nurse_app.cli.records import look_at
from nurse_app.cli.replay import run_replay
from nurse_app.cli.workstation import StoreWorkstation
from nurse_app.domain.events import DecisionRecorded
from nurse_app.domain.patient_events import PatientDetails
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.visit.open_visit import Author
from tests.cli.kit import (
    VISITS,
    Heard,
    OneProtocol,
    UniqueIdentifiers,
    changed,
    files_in,
    played,
    script_until,
    visit_script,
    workplace,
)


def replay(script: object, protocol: InfusionProtocol, root: Path | None = None) -> tuple[int, Heard]:
    content = script if isinstance(script, bytes) else json.dumps(script).encode()
    heard = Heard(content)
    return run_replay(ReplayArguments(root, "-"), heard.streams, OneProtocol(protocol), UniqueIdentifiers()), heard


@pytest.mark.parametrize("file", VISITS, ids=[file.stem for file in VISITS])
def test_a_shipped_script_holds(file: Path, protocol: InfusionProtocol) -> None:
    heard = Heard()

    code = run_replay(ReplayArguments(None, str(file)), heard.streams, OneProtocol(protocol), UniqueIdentifiers())

    steps = json.loads(file.read_text(encoding="utf-8"))["steps"]
    assert (code, heard.err.getvalue()) == (0, "")
    assert [(line["step"], line["at"], line["do"], line["ok"]) for line in heard.lines] == [
        (place, step["at"], step["do"], True) for place, step in enumerate(steps)
    ]


def test_without_a_data_folder_nothing_is_left(
    protocol: InfusionProtocol, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    code, _ = replay(visit_script(), protocol)

    assert code == 0
    assert files_in(tmp_path) == {}


def test_scripts_may_be_played_again_and_again_into_one_folder(protocol: InfusionProtocol, tmp_path: Path) -> None:
    names = ("hives", "epinephrine-clock", "uneventful") * 2
    for name in names:
        code, heard = replay(visit_script(name), protocol, tmp_path / "records")
        assert code == 0, (name, heard.err.getvalue())

    files = files_in(tmp_path / "records")
    assert sum(name.startswith("patients/") for name in files) == 1
    assert sum(name.startswith("visits/") for name in files) == len(names)


def test_a_line_names_the_visit_its_entries_and_the_refusal(protocol: InfusionProtocol) -> None:
    rejected = {"at": "00:31:00", "do": "start-infusion", "rate_ml_h": 115, "rejected": "line-not-ready"}
    code, heard = replay(script_until("second-check", rejected), protocol)

    assert code == 0
    assert list(heard.lines[0]) == ["step", "at", "do", "ok", "visit", "entries"]
    assert heard.lines[0]["entries"] == [1]
    assert heard.lines[2]["entries"] == list(range(3, 16))
    assert heard.lines[-1] == {
        "step": 14,
        "at": "00:31:00",
        "do": "start-infusion",
        "ok": True,
        "rejected": "line-not-ready",
    }


def test_a_refusal_leaves_the_state_and_says_which_rules_are_open(protocol: InfusionProtocol) -> None:
    finish = {"at": "00:02:00", "do": "finish-prechecks", "rejected": "unanswered"}
    still = {"at": "00:02:00", "do": "expect", "state": {"phase": "prechecks", "decision": "hold"}}

    code, heard = replay(script_until("identify", finish, still), protocol)

    assert code == 0
    assert heard.lines[-2]["rejected"] == "findings-open"
    assert set(heard.lines[-2]["because"]) == {"unanswered", "vital-signs-missing"}


UNMET: list[tuple[str, dict[str, Any], object, object, str]] = [
    (
        "a figure",
        {
            "at": "00:50:00",
            "do": "expect",
            "state": {"phase": "infuse", "infusion": {"elapsed_s": 1, "status": "running"}},
        },
        {"infusion": {"elapsed_s": 1}},
        {"infusion": {"elapsed_s": 600}},
        "expected infusion.elapsed_s 1, found infusion.elapsed_s 600",
    ),
    (
        "a list",
        {"at": "00:50:00", "do": "expect", "state": {"alarms": ["x"]}},
        {"alarms": ["x"]},
        {"alarms": []},
        'expected alarms ["x"], found alarms []',
    ),
    (
        "one where yes or no stands",
        {"at": "00:50:00", "do": "expect", "state": {"observation": {"ready": 0}}},
        {"observation": {"ready": 0}},
        {"observation": {"ready": False}},
        "expected observation.ready 0, found observation.ready false",
    ),
    (
        "a text where a part stands",
        {"at": "00:50:00", "do": "expect", "state": {"bag": "usable"}},
        {"bag": "usable"},
        None,
        "expected bag",
    ),
    (
        "a refusal that does not come",
        {"at": "00:50:00", "do": "pause", "reason": "pump alarm", "rejected": True},
        "rejected",
        "accepted",
        "expected rejected, found accepted",
    ),
    (
        "a refusal that nobody expected",
        {"at": "00:50:00", "do": "resume"},
        "accepted",
        "not-paused",
        "expected accepted, found not-paused",
    ),
    (
        "another refusal",
        {"at": "00:50:00", "do": "resume", "rejected": "decision-missing"},
        "decision-missing",
        "not-paused",
        "expected decision-missing, found not-paused",
    ),
]


@pytest.mark.parametrize(
    ("step", "expected", "actual", "sentence"), [row[1:] for row in UNMET], ids=[row[0] for row in UNMET]
)
def test_what_does_not_go_as_written_is_said(
    step: dict[str, Any], expected: object, actual: object, sentence: str, protocol: InfusionProtocol
) -> None:
    code, heard = replay(script_until("start-infusion", step), protocol)

    assert code == 1
    assert heard.lines[-1]["ok"] is False
    assert heard.lines[-1]["expected"] == expected
    if actual is not None:
        assert heard.lines[-1]["actual"] == actual
    assert heard.sentence.startswith("steps[16] at 00:50:00")
    assert sentence in heard.sentence


def test_it_plays_to_the_end_and_counts_what_differs(protocol: InfusionProtocol) -> None:
    wrong = {"at": "00:50:00", "do": "resume"}
    code, heard = replay(
        script_until("start-infusion", wrong, wrong, {"at": "00:51:00", "do": "expect", "state": {}}), protocol
    )

    assert code == 1
    assert [line["ok"] for line in heard.lines[-3:]] == [False, False, True]
    assert heard.sentence.endswith("Steps that did not go as written: 2.")


def test_a_real_patient_of_the_same_number_is_left_alone(protocol: InfusionProtocol, tmp_path: Path) -> None:
    place, root = workplace(tmp_path / "records", protocol), tmp_path / "records"
    program = StoreWorkstation(root, place.pinned, place.identifiers, windows=sys.platform == "win32")
    program.start(place.clock).register(PatientDetails("TRN000417", "Real, Person"), Author("nurse"))
    program.close()
    before = files_in(root)

    code, heard = replay(visit_script(), protocol, root)

    assert code == 2
    assert "facts.identity.record_no: belongs to a real patient" in heard.sentence
    assert heard.text == ""
    assert files_in(root) == before


def test_a_second_visit_of_a_script_counts_the_first_infusion(protocol: InfusionProtocol) -> None:
    again = [
        {"at": "03:00:00", "do": "start-visit"},
        {"at": "03:01:00", "do": "identify", "wristband": "TRN000417"},
        {"at": "03:01:00", "do": "expect", "state": {"decision": "stop"}},
        {"at": "03:02:00", "do": "not-given", "reason": "too early"},
    ]

    code, heard = replay(script_until("discharge", *again), protocol)

    visits = [line["visit"] for line in heard.lines if line["do"] == "start-visit"]
    assert code == 0, heard.err.getvalue()
    assert len(set(visits)) == 2


def test_starting_a_visit_that_is_in_progress_goes_on_with_it(protocol: InfusionProtocol) -> None:
    code, heard = replay(script_until("identify", {"at": "00:02:00", "do": "start-visit"}), protocol)

    assert code == 0
    assert heard.lines[-1]["visit"] == heard.lines[0]["visit"]
    assert "entries" not in heard.lines[-1]


def test_a_moved_wall_clock_is_noted_and_moves_no_time(protocol: InfusionProtocol) -> None:
    steps = [
        {"at": "00:50:00", "do": "set-clock", "by": "+01:00:00"},
        {"at": "00:50:00", "do": "expect", "state": {"infusion": {"elapsed_s": 600}, "alarms": ["clock-step/0"]}},
        {"at": "00:51:00", "do": "acknowledge", "alarm": "clock-step/0"},
        {"at": "00:52:00", "do": "set-clock", "by": "-00:00:01"},
        {"at": "00:53:00", "do": "expect", "state": {"infusion": {"elapsed_s": 780}, "alarms": []}},
    ]

    code, heard = replay(script_until("start-infusion", *steps), protocol)

    assert code == 0, heard.err.getvalue()
    assert heard.lines[16]["entries"] == [29]
    assert "entries" not in heard.lines[19]


def test_before_the_visit_the_outside_world_may_do_what_it_likes(protocol: InfusionProtocol) -> None:
    steps = [
        {"at": "00:00:00", "do": "set-clock", "by": "+02:00:00"},
        {"at": "00:00:00", "do": "restart"},
        {"at": "00:00:00", "do": "suspend", "for": "00:10:00"},
        {"at": "00:10:00", "do": "start-visit"},
        {"at": "00:10:00", "do": "expect", "state": {"phase": "identify"}},
    ]

    assert replay(visit_script() | {"steps": steps}, protocol)[0] == 0


def test_the_facts_offset_decides_which_day_it_is(protocol: InfusionProtocol) -> None:
    """At 23:30 UTC it is the next day two hours further east: the vial that ended yesterday has expired there."""

    def change(script: dict[str, Any]) -> None:
        script["clock"] = "2026-11-22T22:00:00+00:00"
        script["facts"]["now"] = "2026-11-23T00:00:00+02:00"
        script["steps"] = [
            step | {"expiry": "2026-11-22"} if step["do"] == "product" else step for step in script["steps"]
        ]

    expected = {"at": "00:10:00", "do": "expect", "state": {"findings": ["product-expiry"], "decision": "stop"}}

    code, heard = replay(changed(script_until("product", expected), change), protocol)

    assert code == 0, heard.err.getvalue()


def test_who_does_what_is_recorded(protocol: InfusionProtocol, tmp_path: Path) -> None:
    steps = [
        {"at": "00:05:00", "do": "note", "text": "calm", "by": "night-nurse"},
        {"at": "00:06:00", "do": "decision", "about": "fever", "decision": "proceed", "by": "Dr A", "read_back": True},
    ]
    place = workplace(tmp_path / "records", protocol)

    visit_id = played(script_until("answer-rest", *steps), protocol, place.root)

    record = look_at(place).service.visit(visit_id).record
    assert [item.entry.by for item in record[-2:]] == ["night-nurse", "nurse"]
    assert record[-1].event == DecisionRecorded("fever", "proceed", "Dr A")


def misfits() -> list[tuple[str, object, str]]:
    return [
        ("an unknown key", visit_script() | {"colour": "red"}, "colour: is not known here"),
        ("no steps", {key: value for key, value in visit_script().items() if key != "steps"}, "steps: is missing"),
        ("no facts", {key: value for key, value in visit_script().items() if key != "facts"}, "facts: is missing"),
        ("a name of no kind", visit_script() | {"name": 3}, "name: must be text"),
        ("steps as an object", visit_script() | {"steps": {}}, "steps: must be a list"),
        ("facts as a list", visit_script() | {"facts": []}, "facts: must be an object"),
        ("a step as a list", visit_script() | {"steps": [[]]}, "steps[0]: must be an object"),
        ("nobody", visit_script() | {"user": " "}, "user: must not be empty"),
        ("a clock without offset", visit_script() | {"clock": "2026-11-22T09:00:00"}, "clock: needs an offset"),
        ("another protocol", visit_script() | {"protocol": "aspirin"}, "protocol: must be an installed protocol"),
        ("protocols that differ", facts(protocol="aspirin"), "facts.protocol: must be the script’s own"),
        ("an odd now", facts(now="today"), "facts.now: is not a date and time"),
        ("no record number", facts(identity=None), "facts.identity.record_no: must be given"),
        ("vital signs as facts", facts(vitals={"pulse": 70}), "facts.vitals: must be null"),
        (
            "an answer as a fact",
            facts(answers={"infection_signs": False}),
            "facts.answers.infection_signs: must be null",
        ),
        ("a result of tomorrow", facts(labs=[result_of("2026-11-23")]), "facts.labs[0].collected: lies after “now”"),
        ("no time", steps({"do": "start-visit"}), "steps[0].at: is missing"),
        ("no command", steps({"at": "00:00:00"}), "steps[0].do: is missing"),
        ("a short time", steps(step("start-visit", at="0:00")), "steps[0].at: must be a time such as 01:22:00"),
        ("a time that is none", steps(step("start-visit", at="00:61:00")), "steps[0].at: must be a time"),
        ("an unknown command", steps(step("dance")), "steps[0].do: is not a command"),
        ("a command too much", steps(step("start-visit", speed=1)), "steps[0].speed: is not known here"),
        ("nothing to restart with", steps(step("restart", reason="x")), "steps[0].reason: is not known here"),
        ("no visit yet", steps(step("identify", wristband="x")), "steps[0].do: needs a visit"),
        ("nothing to expect of", steps(step("expect", state={})), "steps[0].do: needs a visit"),
        (
            "going back",
            in_visit(step("note", at="00:01:00", text="x"), step("note", text="x")),
            "steps[2].at: goes back",
        ),
        (
            "a step asleep",
            in_visit(step("suspend", **{"for": "00:10:00"}), step("note", at="00:09:59", text="x")),
            "steps[2].at: lies in the sleep",
        ),
        ("no sleep", in_visit(step("suspend")), "steps[1].for: is missing"),
        ("a step back of the clock", in_visit(step("set-clock", by="01:00:00")), "steps[1].by: must be an offset"),
        ("no wristband", in_visit(step("identify")), "steps[1].wristband: is missing"),
        ("perhaps", in_visit(step("answer-rest", answer="perhaps")), "steps[1].answer: must be yes or no"),
        ("no question", in_visit(step("answer", answer="no")), "steps[1].question: is missing"),
        ("no answer", in_visit(step("answer", question="x")), "steps[1].answer: is missing"),
        (
            "an answer too much",
            in_visit(step("answer", question="x", answer="no", why="x")),
            "steps[1].why: is not known",
        ),
        ("a pulse in words", in_visit(step("vitals", pulse="fast")), "steps[1].pulse: must be a number"),
        ("no lot", in_visit(step("product", brand="Tysabri", route="intravenous")), "steps[1].lot: is missing"),
        ("no line", in_visit(step("prepare")), "steps[1].line: is missing"),
        ("an unknown line", in_visit(step("prepare", line="shake")), "steps[1].line: must be one of inspect-vial"),
        (
            "a look of no kind",
            in_visit(step("prepare", line="inspect-bag", result="odd")),
            "steps[1].result: must be one of",
        ),
        ("no barcode", in_visit(step("scan")), "steps[1].barcode: is missing"),
        ("no state", in_visit(step("expect")), "steps[1].state: is missing"),
        ("a state of no kind", in_visit(step("expect", state=[])), "steps[1].state: must be an object"),
        ("an unknown part", in_visit(step("expect", state={"bags": {}})), "steps[1].state.bags: is not part of"),
        (
            "an unknown figure",
            in_visit(step("expect", state={"bag": {"ml": 1}})),
            "steps[1].state.bag.ml: is not part of",
        ),
        ("an author of no name", in_visit(step("note", text="x", by="")), "steps[1].by: must not be empty"),
        (
            "nobody for the second check",
            in_visit(step("second-check", lot="x", added_ml=15, record_no="x")),
            "steps[1].by: is missing",
        ),
        ("a refusal of no kind", in_visit(step("note", text="x", rejected="no")), "steps[1].rejected: must be true"),
        ("a refused sleep", in_visit(step("restart", rejected=True)), "steps[1].rejected: is only for"),
        ("a refused look", in_visit(step("expect", state={}, rejected=True)), "steps[1].rejected: is only for"),
        (
            "not read back",
            in_visit(step("decision", about="fever", decision="proceed", by="A")),
            "steps[1].read_back: is missing",
        ),
        ("not a script", [], "must be one JSON object"),
        ("nothing", b"", "is empty"),
        ("binary", b"\x80\x00", "byte 1: is not UTF-8 text"),
        ("very deep", b"[" * 100_000, "is nested too deeply"),
    ]


def step(do: str, *, at: str = "00:00:00", **more: object) -> dict[str, object]:
    return {"at": at, "do": do, **more}


def steps(*given: dict[str, object]) -> dict[str, Any]:
    return visit_script() | {"steps": list(given)}


def in_visit(*given: dict[str, object]) -> dict[str, Any]:
    return steps(step("start-visit"), *given)


def facts(**given: object) -> dict[str, Any]:
    script = visit_script()
    return script | {"facts": script["facts"] | given}


def result_of(day: str) -> dict[str, object]:
    return {"test": "ALT", "value": "25", "unit": "U/L", "uln": "40", "collected": day}


@pytest.mark.parametrize(("script", "place"), [row[1:] for row in misfits()], ids=[row[0] for row in misfits()])
def test_a_misfit_is_one_sentence_with_its_place(
    script: object, place: str, protocol: InfusionProtocol, tmp_path: Path
) -> None:
    code, heard = replay(script, protocol, tmp_path / "records")

    assert code == 2
    assert place in heard.sentence
    assert heard.text == ""
    assert not (tmp_path / "records").exists()


def test_a_step_may_stand_at_either_end_of_a_sleep(protocol: InfusionProtocol) -> None:
    script = in_visit(
        step("suspend", **{"for": "00:10:00"}), step("note", text="x"), step("note", at="00:10:00", text="y")
    )

    assert replay(script, protocol)[0] == 0


def test_a_folder_in_use_is_said(protocol: InfusionProtocol, tmp_path: Path) -> None:
    place = workplace(tmp_path / "records", protocol)
    program = StoreWorkstation(place.root, place.pinned, place.identifiers, windows=sys.platform == "win32")
    program.start(place.clock)

    code, heard = replay(visit_script(), protocol, place.root)

    program.close()
    assert code == 2
    assert "already open in another window of this program" in heard.sentence


def test_a_file_instead_of_the_folder_is_said(protocol: InfusionProtocol, tmp_path: Path) -> None:
    (tmp_path / "records").write_text("not a folder")

    code, heard = replay(visit_script(), protocol, tmp_path / "records")

    assert code == 2
    assert "is a file, not a folder" in heard.sentence
