"""The assess command: every worked case, and one clear sentence for whatever is not a case."""

import json
from pathlib import Path
from typing import Any

import pytest

from nurse_app.cli.arguments import AssessArguments
from nurse_app.cli.assess import run_assess
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.rules.names import RULE_NAMES
from nurse_app.protocol_files.digest import digest
from tests.cli.kit import CASES, Heard, OneProtocol, changed
from tests.kit import base_input

WORKED: list[dict[str, Any]] = json.loads((CASES / "decisions.json").read_text(encoding="utf-8"))


def assess(data: object, protocol: InfusionProtocol) -> tuple[int, Heard]:
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    heard = Heard(content)
    return run_assess(AssessArguments(None, "-"), heard.streams, OneProtocol(protocol)), heard


@pytest.mark.parametrize("case", WORKED, ids=[case["id"] for case in WORKED])
def test_a_worked_case_holds(case: dict[str, Any], protocol: InfusionProtocol, tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps(case["input"]), encoding="utf-8")
    heard, expect = Heard(), case["expect"]

    code = run_assess(AssessArguments(None, str(file)), heard.streams, OneProtocol(protocol))

    findings = heard.data["findings"]
    at_severity = {finding["rule"] for finding in findings if finding["severity"] == expect["decision"]}
    open_rules = {finding["rule"] for finding in findings if finding["severity"] != "information"}
    assert code == 0
    assert heard.data["decision"] == expect["decision"]
    assert not expect["rules"] or at_severity & set(expect["rules"])
    assert not open_rules & set(expect["absent"])
    assert heard.err.getvalue() == ""


def test_a_finding_says_rule_figures_grade_and_source(protocol: InfusionProtocol) -> None:
    data = base_input()
    data["labs"][0] |= {"value": "120"}

    code, heard = assess(data, protocol)

    finding = heard.data["findings"][0]
    assert code == 0
    assert list(heard.data) == ["decision", "protocol", "findings"]
    assert heard.data["protocol"] == {"id": protocol.id, "version": protocol.version, "digest": digest(protocol)}
    assert list(finding) == ["rule", "severity", "message", "basis", "source"]
    assert (finding["rule"], finding["severity"]) == ("liver-enzymes", "hold")
    assert finding["message"].startswith("ALT 120 U/L is 3 times the upper limit (40).")
    assert finding["basis"].items() >= {"test": "ALT", "value": "120", "uln": "40", "multiple": "3"}.items()
    assert finding["basis"]["ctcae"] == {"version": "5.0", "grade": 1}
    assert finding["source"]


def test_plain_numbers_are_taken_and_stay_exact(protocol: InfusionProtocol) -> None:
    text = json.dumps(base_input()).replace('"value": "25"', '"value": 120.00').replace('"uln": "40"', '"uln": 40.0', 1)

    code, heard = assess(text.encode(), protocol)

    assert code == 0
    assert heard.data["findings"][0]["basis"]["multiple"] == "3"


def test_a_byte_order_mark_does_no_harm(protocol: InfusionProtocol) -> None:
    code, heard = assess(b"\xef\xbb\xbf" + json.dumps(base_input()).encode(), protocol)

    assert (code, heard.data["decision"]) == (0, "proceed")


def test_what_is_missing_counts_as_not_known(protocol: InfusionProtocol) -> None:
    code, heard = assess({"protocol": "natalizumab", "now": "2026-11-22T10:00:00+00:00"}, protocol)

    rules = {finding["rule"] for finding in heard.data["findings"]}
    assert (code, heard.data["decision"]) == (0, "hold")
    assert rules >= {"identity-mismatch", "rems-authorisation", "unanswered", "vital-signs-missing", "dose-interval"}


def test_decisions_may_be_about_every_rule_that_others_rely_on() -> None:
    relied_on = """identity-mismatch, rems-authorisation, rems-brand, medication-guide, product-route, product-expiry,
        product-unknown, dose-fixed, age-minimum, age-elderly, hypersensitivity-history, pml-history, immune-condition,
        immunosuppressant-medicine, immunomodulator-medicine, immunosuppressant-last-month, steroid-last-month,
        new-neurological-symptoms, infection, fever, opportunistic-infection, eye-symptoms, mood, jaundice, bleeding,
        pregnancy, breastfeeding, live-vaccine, organ-impairment, unanswered, vital-signs, vital-signs-missing,
        crohns-benefit, crohns-steroids, dose-interval, dose-missed, dose-gap, liver-enzymes, hys-law, bilirubin,
        alkaline-phosphatase, platelets, neutrophils, lymphocytes, eosinophils, hemoglobin, lab-reference-missing,
        lab-unit, lab-overdue, baseline-labs, anti-drug-antibody, jcv-overdue, jcv-sample-window, mri-overdue,
        pml-risk, stability, warm-up, clock, diluent, bag-volume, dose-volume, final-volume, inspection"""

    assert {name.strip() for name in relied_on.split(",")} == RULE_NAMES


def with_(path: str, value: object) -> dict[str, Any]:
    """The base case with one place changed; numbers in the path are places of a list."""

    def change(data: dict[str, Any]) -> None:
        at: Any = data
        *way, last = path.split(".")
        for key in way:
            at = at[int(key)] if key.isdigit() else at[key]
        at[last] = value

    return changed(base_input(), change)


MISFITS: list[tuple[str, object, str]] = [
    ("an unknown key", with_("colour", "red"), "colour: is not known here"),
    ("an unknown key inside", with_("patient.colour", "red"), "patient.colour: is not known here"),
    ("no protocol", {"now": "2026-11-22T10:00:00+00:00"}, "protocol: is missing"),
    ("another protocol", with_("protocol", "aspirin"), "protocol: must be an installed protocol: natalizumab"),
    ("no now", {"protocol": "natalizumab"}, "now: is missing"),
    ("now without offset", with_("now", "2026-11-22T10:00:00"), "now: needs an offset"),
    ("now in an odd year", with_("now", "9999-12-31T23:59:59-14:00"), "now: must be in the years"),
    ("an impossible date", with_("patient.birth_date", "1988-02-30"), "patient.birth_date: is not a date"),
    ("born tomorrow", with_("patient.birth_date", "2026-11-23"), "patient.birth_date: lies after “now”"),
    ("no weight at all", with_("patient.weight_kg", "0"), "patient.weight_kg: must be greater than 0"),
    ("a word as a number", with_("vitals.pulse", "fast"), "vitals.pulse: must be a number"),
    ("a pulse that cannot be", with_("vitals.pulse", 900), "vitals.pulse: must be from 10 to 300 /min"),
    ("digits of another script", with_("vitals.pulse", "٧٢"), "vitals.pulse: must be a number"),
    ("yes as a word", with_("answers.infection_signs", "no"), "answers.infection_signs: must be true or false"),
    *(
        (f"expiry {expiry}", with_("product.expiry", expiry), "product.expiry: is not a date such as")
        for expiry in ("2027-02-30", "2027-13", "2027-02-00", "soon", "")
    ),
    ("an unknown question", with_("answers.tired", False), "answers.tired: is not a question"),
    ("an unknown test", with_("labs.0.test", "ALAT"), "labs[0].test: must be one of ALT,"),
    ("a result of tomorrow", with_("labs.3.collected", "2026-11-23"), "labs[3].collected: lies after “now”"),
    ("a result of soon", with_("labs.0.collected", "2026-11-22T10:00:01+00:00"), "labs[0].collected: lies after"),
    ("a result of long ago", with_("labs.0.collected", "0001-01-01T00:00:00+14:00"), "labs[0].collected: must be"),
    ("no upper limit at 0", with_("labs.0.uln", "0"), "labs[0]: uln must be greater than 0"),
    ("an unknown indication", with_("patient.indication", "migraine"), "patient.indication: must be one of relapsing"),
    ("an unknown programme", with_("rems.programme", "REMS"), "rems.programme: must be one of TOUCH,"),
    (
        "a decision about nothing",
        with_("patient.decisions", [{"about": "x", "decision": "proceed", "by": "Dr A", "at": "2026-11-22"}]),
        "patient.decisions[0].about: is not the name of a rule",
    ),
    ("fewer than no infusions", with_("patient.treatment.infusions_given", -1), "patient.treatment: infusions_given"),
    ("a list instead", [base_input()], "standard input: must be one JSON object"),
    ("nothing", b"", "standard input: is empty"),
    ("only space", b" \n ", "standard input: is empty"),
    ("no JSON", b"{'protocol': 1}", "line 1, column 2: is not JSON"),
    ("half a JSON", json.dumps(base_input()).encode()[:-1], "is not JSON"),
    ("two JSONs", b"{} {}", "line 1, column 4: is not JSON (extra data)"),
    ("binary", bytes(range(256)), "byte 129: is not UTF-8 text"),
    ("UTF-16", json.dumps(base_input()).encode("utf-16"), "byte 1: is not UTF-8 text"),
    ("a key twice", b'{"now": 1, "now": 2}', "now: is given twice in one object"),
    ("not a number", b'{"now": NaN}', "NaN: is not a number of JSON"),
    ("endless", b'{"now": -Infinity}', "-Infinity: is not a number of JSON"),
    ("very many digits", b'{"now": ' + b"9" * 5000 + b"}", "99999999…: is a number of more than 40 digits"),
    ("very many places", b'{"now": 0.' + b"1" * 5000 + b"}", "is a number of more than 40 digits"),
    ("a huge exponent", b'{"now": 1e999999999999999999999}', "is not an ordinary number"),
    ("very deep", b"[" * 100_000, "standard input: is nested too deeply"),
    ("deep and closed", b'{"now":' + b"[" * 200_000 + b"]" * 200_000 + b"}", "is nested too deeply"),
    ("half a character", with_("identity.wristband", "\ud800"), "holds half a character"),
    ("very long", b" " * (8 << 20) + b"{}", "standard input: has more than 8 MiB"),
]


@pytest.mark.parametrize(("data", "place"), [row[1:] for row in MISFITS], ids=[row[0] for row in MISFITS])
def test_a_misfit_is_one_sentence_with_its_place(data: object, place: str, protocol: InfusionProtocol) -> None:
    code, heard = assess(data, protocol)

    assert code == 2
    assert place in heard.sentence
    assert heard.sentence.startswith("standard input")
    assert heard.sentence.endswith("Correct it and try again.")
    assert heard.text == ""


@pytest.mark.parametrize(
    ("name", "problem"),
    [("missing.json", "there is no such file"), (".", "this is a folder"), ("odd\0name", "no file can have this name")],
)
def test_a_file_that_cannot_be_read_is_one_sentence(
    name: str, problem: str, protocol: InfusionProtocol, tmp_path: Path
) -> None:
    heard = Heard()

    code = run_assess(AssessArguments(None, str(tmp_path / name)), heard.streams, OneProtocol(protocol))

    assert code == 2
    assert problem in heard.sentence
    assert tmp_path.name in heard.sentence
