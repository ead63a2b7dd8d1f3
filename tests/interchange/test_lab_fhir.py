"""FHIR files: results as they came, and a reason for everything that is not taken."""

import json
import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from nurse_app.domain.incoming_results import IncomingResult
from nurse_app.domain.patient_events import TextAsCame
from nurse_app.interchange.lab_file.fhir import read_fhir
from nurse_app.interchange.lab_file.rows import LabFile, RefusedRow, UnreadableFileError

Json = dict[str, Any]

LOINC, UCUM = "http://loinc.org", "http://unitsofmeasure.org"
MR = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]}
ALT = {"coding": [{"system": LOINC, "code": "1742-6"}]}
PATIENT: Json = {
    "resourceType": "Patient",
    "id": "p1",
    "birthDate": "1980-01-02",
    "identifier": [{"value": "INS-9"}, {"type": MR, "value": "R-1"}],
}


def number(digits: str) -> str:
    """A number that stands in the file exactly like this."""
    return f"<number>{digits}</number>"


def quantity(digits: str = "25", unit: str = "U/L", **more: Any) -> Json:
    return {"value": number(digits), "unit": unit, "system": UCUM, "code": unit, **more}


def observation(**changes: Any) -> Json:
    """A plain result; an element that is None is left out."""
    plain = {
        "resourceType": "Observation",
        "status": "final",
        "code": ALT,
        "subject": {"reference": "Patient/p1"},
        "effectiveDateTime": "2026-11-02T08:30:00+01:00",
        "valueQuantity": quantity(),
    }
    return {name: value for name, value in (plain | changes).items() if value is not None}


def with_value(**value: Any) -> Json:
    return observation(**({"valueQuantity": None} | value))


def page(value: object) -> str:
    return re.sub(r'"<number>(.*?)</number>"', r"\1", json.dumps(value, ensure_ascii=False))


def bundle(*resources: Json, **more: Any) -> str:
    return page({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": r} for r in resources], **more})


def entries(*found: Json) -> str:
    return page({"resourceType": "Bundle", "type": "searchset", "entry": found})


def read(*observations: Json) -> LabFile:
    """Read results of the plain patient, who is the first entry."""
    return read_fhir(bundle(PATIENT, *observations))


def row(changed: Json) -> IncomingResult:
    found = read(changed)
    assert found.refused == ()
    assert len(found.rows) == 1
    return found.rows[0]


def reason(changed: Json) -> str:
    found = read(changed)
    assert found.rows == ()
    assert [refused.place.partition(",")[0] for refused in found.refused] == ["entry 2"]
    return found.refused[0].reason


# A whole result


def test_a_result_is_read_letter_by_letter() -> None:
    range_ = {"low": quantity("8.0"), "high": quantity("40")}

    found = read(observation(valueQuantity=quantity("5.40", comparator="<"), referenceRange=[range_]))

    assert found == LabFile(
        (
            IncomingResult(
                place="entry 2",
                record_no="R-1",
                tests=("1742-6",),
                value="<5.40",
                collected=datetime(2026, 11, 2, 8, 30, tzinfo=timezone(timedelta(hours=1))),
                text=TextAsCame("2026-11-02T08:30:00+01:00", "1742-6", "<5.40", "U/L", "8.0", "40"),
                unit="U/L",
                lower=Decimal("8.0"),
                upper=Decimal(40),
                birth_date=date(1980, 1, 2),
            ),
        )
    )
    assert str(found.rows[0].lower) == "8.0"
    assert {type(text) for text in (found.rows[0].value, found.rows[0].text.value, found.rows[0].text.ref_low)} == {str}


# The file


def test_one_observation_alone_is_a_file() -> None:
    alone = observation(subject={"reference": "#me"}, contained=[PATIENT | {"id": "me"}])

    assert [(each.place, each.record_no) for each in read_fhir("\ufeff" + page(alone)).rows] == [
        ("the Observation", "R-1")
    ]


def test_lines_are_resources_and_a_bad_one_is_refused() -> None:
    lines = [
        "{broken",
        page(observation(id="a")),
        "",
        page(PATIENT),
        '{"status": "final", "status": "amended"}',
        "[1]",
        '{"resourceType": 5}',
        page({"status": "final"}),
        bundle(observation(id="b")),
        bundle(implicitRules="urn:x"),
    ]

    found = read_fhir("\r\n".join(lines))

    assert [each.place for each in found.rows] == ["line 2", "line 9, entry 1"]
    assert found.refused == (
        RefusedRow(
            "line 1",
            "cannot be read: column 2 is not JSON (expecting property name enclosed in double quotes)",
        ),
        RefusedRow("line 5", "cannot be read: “status” is given twice in one object"),
        RefusedRow("line 6", "is not a resource of FHIR"),
        RefusedRow("line 7", "“resourceType” is not a text"),
        RefusedRow("line 8", "is not a resource of FHIR (“resourceType” is missing)"),
        RefusedRow("line 10", "has “implicitRules”, which may change its meaning and is not known here"),
    )


def test_a_line_too_deep_is_refused() -> None:
    found = read_fhir(page(observation()) + "\n" + "[" * 100_000)

    assert found.refused[1] == RefusedRow("line 2", "cannot be read: line 2 is nested too deeply")


def test_a_text_may_hold_what_ends_lines_elsewhere() -> None:
    line = page(observation(subject={"identifier": {"value": "R-1"}}, code={"text": "one\u2028two"}))

    assert [each.tests for each in read_fhir(f"{line}\n{page(PATIENT)}").rows] == [("one\u2028two",)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "the file is empty"),
        ("\ufeff \n", "the file is empty"),
        ("{", "line 1, column 2 is not JSON (expecting property name enclosed in double quotes)"),
        ("garbage\ngarbage", "line 1, column 1 is not JSON (expecting value)"),
        ('{"resourceType": "Bundle", "resourceType": "Bundle"}', "“resourceType” is given twice in one object"),
        ('{"resourceType": "Bundle", "total": NaN}', "“NaN” is not a number of JSON"),
        ('{"x": "\\ud800"}', "the file holds half a character"),
        ("[" * 100_000, "the file is nested too deeply"),
        ('{"a":' * 100_000, "the file is nested too deeply"),
        ("[]", "it is not a resource of FHIR"),
        ("5", "it is not a resource of FHIR"),
        ("{}", "it is not a resource of FHIR (“resourceType” is missing)"),
        ('{"resourceType": "Bundle", "entry": {}}', "it is a Bundle whose “entry” is not a list"),
        ('{"resourceType": "Bundle", "implicitRules": "urn:x"}', "it has “implicitRules”"),
    ],
)
def test_what_is_no_file_of_fhir_is_told(text: str, problem: str) -> None:
    with pytest.raises(UnreadableFileError) as error:
        read_fhir(text)

    assert str(error.value).removeprefix("it cannot be read: ").startswith(problem)
    assert str(error.value).endswith("; ask the laboratory for the file again, as FHIR R4 in JSON")


def test_a_torn_bundle_is_not_read_by_its_lines() -> None:
    torn = json.dumps({"resourceType": "Bundle", "entry": []})[:-2] + "\n" + page(observation()) + "\n]"

    with pytest.raises(UnreadableFileError, match="line 3, column 2 is not JSON"):
        read_fhir(torn)


@pytest.mark.parametrize("text", [bundle(), bundle(PATIENT), page(PATIENT), f"{page(PATIENT)}\n{page(PATIENT)}"])
def test_a_file_without_results_is_told(text: str) -> None:
    with pytest.raises(UnreadableFileError, match="holds no Observation"):
        read_fhir(text)


def test_a_file_without_results_says_where_one_might_have_been() -> None:
    with pytest.raises(UnreadableFileError) as error:
        read_fhir(f"{page(PATIENT)}\n{page(observation())[:-1]}")

    assert str(error.value).startswith("it holds no Observation, so no result (line 2 cannot be read: column ")


def test_entries_that_cannot_be_read_are_refused_one_by_one() -> None:
    found = read_fhir(
        entries(
            {"resource": observation(subject={"identifier": {"value": "R-1"}})},
            5,  # type: ignore[arg-type]
            {"resource": 5},
            {"resource": {"id": "x"}},
            {"resource": {"resourceType": "Bundle"}},
            {"resource": observation(), "modifierExtension": [{}]},
            {"response": {"status": "201"}},
            {"request": {"method": "DELETE", "url": "Observation/1"}},
            {"request": {"method": "DELETE", "url": "Patient/1"}},
        )
    )

    assert [each.place for each in found.rows] == ["entry 1"]
    assert found.refused == (
        RefusedRow("entry 2", "is not an entry of a Bundle"),
        RefusedRow("entry 3", "“resource” is not an object"),
        RefusedRow("entry 4", "is not a resource of FHIR (“resourceType” is missing)"),
        RefusedRow("entry 5", "is a Bundle inside a Bundle, which is not read here"),
        RefusedRow("entry 6", "has “modifierExtension”, which may change its meaning and is not known here"),
        RefusedRow("entry 8", "says that an Observation has been deleted, which is not read here"),
    )


def test_an_observation_that_comes_twice_is_read_once() -> None:
    found = read(observation(id="a"), observation(id="b"), observation(id="a", note=[{"text": "again"}]))

    assert [each.place for each in found.rows] == ["entry 2", "entry 3"]
    assert found.refused == ()


def test_no_version_of_an_observation_is_preferred() -> None:
    one = {"fullUrl": "urn:uuid:1", "resource": observation()}
    other = {"fullUrl": "urn:uuid:1/_history/2", "resource": observation(valueQuantity=quantity("52"))}

    found = read_fhir(entries({"resource": PATIENT}, one, other, one))

    assert found.rows == ()
    assert [each.place for each in found.refused] == ["entry 2", "entry 3", "entry 4"]
    assert {each.reason for each in found.refused} == {
        "is one of several versions of an Observation in this file, and nothing says which one counts"
    }


def test_observations_without_a_name_are_each_read() -> None:
    assert len(read(observation(), observation()).rows) == 2


# Whose result it is


def test_a_patient_is_found_by_the_address_that_the_bundle_gives() -> None:
    other = PATIENT | {"identifier": [{"value": "R-2"}]}
    found = read_fhir(
        entries(
            {"fullUrl": "urn:uuid:7", "resource": PATIENT},
            {"fullUrl": "https://b.example/fhir/Patient/p1", "resource": other},
            {"resource": observation(subject={"reference": "urn:uuid:7"})},
            {"resource": observation(subject={"reference": "https://b.example/fhir/Patient/p1/_history/3"})},
            {"fullUrl": "https://b.example/fhir/Observation/4", "resource": observation()},
            {"fullUrl": "https://c.example/fhir/Observation/4", "resource": observation()},
            {
                "fullUrl": "https://b.example/fhir/Observation/5",
                "resource": observation(subject={"reference": "urn:uuid:7"}),
            },
            {"resource": observation()},
        )
    )

    assert [(each.place, each.record_no) for each in found.rows] == [
        ("entry 3", "R-1"),
        ("entry 4", "R-2"),
        ("entry 5", "R-2"),
        ("entry 7", "R-1"),
    ]
    assert found.refused == (
        RefusedRow("entry 6", "nothing says the record number: “Patient/p1” is not in this file"),
        RefusedRow("entry 8", "its subject stands for several Patients of this file that differ"),
    )


def test_the_same_patient_twice_is_one_patient() -> None:
    assert [each.record_no for each in read_fhir(bundle(PATIENT, PATIENT, observation())).rows] == ["R-1"]


@pytest.mark.parametrize(
    ("subject", "why"),
    [
        (None, "nothing says whose result it is"),
        ({"display": "Somebody"}, "nothing says whose result it is"),
        ({"reference": "Patient/p2"}, "nothing says the record number: “Patient/p2” is not in this file"),
        ({"reference": "#p1"}, "nothing says the record number: “#p1” is not in this file"),
        ({"reference": "Group/p1", "identifier": {"value": "R-1"}}, "is not about one patient"),
        ({"reference": "https://a.example/Device/1"}, "is not about one patient"),
        ({"type": "Location", "identifier": {"value": "R-1"}}, "is not about one patient"),
        (
            {"reference": "Patient/p1", "identifier": {"value": "R-2"}},
            "its subject has the identifier “R-2”, and its Patient does not",
        ),
        ("R-1", "“subject” is not an object"),
        ({"reference": 5}, "“reference” is not a text"),
    ],
)
def test_a_result_of_nobody_known_is_refused(subject: object, why: str) -> None:
    assert reason(observation(subject=subject)) == why


def test_the_number_may_stand_with_the_result() -> None:
    alone = row(observation(subject={"reference": "Patient/p2", "type": "Patient", "identifier": {"value": " R-7 "}}))
    both = row(observation(subject={"reference": "Patient/p1", "identifier": {"value": "INS-9"}}))

    assert (alone.record_no, alone.birth_date) == ("R-7", None)
    assert (both.record_no, both.birth_date) == ("R-1", date(1980, 1, 2))


@pytest.mark.parametrize(
    ("identifiers", "record_no"),
    [
        ([{"value": "R-1"}], "R-1"),
        ([{"value": "R-1"}, {"system": "urn:x"}, {"value": " R-1 "}], "R-1"),
        ([{"value": "R-0", "type": MR, "use": "old"}, {"value": "R-1", "type": MR}, {"value": "X"}], "R-1"),
        (
            [
                {"value": "X"},
                {"value": "R-1", "type": {"coding": [{"system": "http://hl7.org/fhir/v2/0203", "code": "MR"}]}},
            ],
            "R-1",
        ),
    ],
)
def test_the_record_number_is_the_marked_or_the_only_one(identifiers: list[Json], record_no: str) -> None:
    assert read_fhir(bundle(PATIENT | {"identifier": identifiers}, observation())).rows[0].record_no == record_no


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"identifier": []}, "its Patient has no identifier"),
        ({"identifier": [{"value": "R-0", "use": "old"}]}, "its Patient has no identifier"),
        (
            {"identifier": [{"value": "A", "type": MR}, {"value": "B", "type": MR}]},
            "its Patient has several medical record numbers",
        ),
        (
            {
                "identifier": [
                    {"value": "A", "type": {"coding": [{"system": "urn:mine", "code": "MR"}]}},
                    {"value": "B"},
                ]
            },
            "its Patient has several identifiers, and none is marked as the record number (MR)",
        ),
        ({"identifier": {"value": "A"}}, "“identifier” is not a list of objects"),
        ({"active": False}, "its Patient is marked as not in use"),
        ({"link": [{"type": "replaced-by", "other": {}}]}, "its Patient has been replaced by another one"),
        ({"implicitRules": "urn:x"}, "has “implicitRules”, which may change its meaning and is not known here"),
        ({"birthDate": "2026-02-30"}, "“2026-02-30” is not a date of the calendar"),
        ({"birthDate": "2.1.1980"}, "“2.1.1980” is not a full date"),
    ],
)
def test_a_patient_in_doubt_has_no_results(changes: Json, why: str) -> None:
    found = read_fhir(bundle(PATIENT | changes, observation()))

    assert found == LabFile((), (RefusedRow("entry 2", why),))


@pytest.mark.parametrize("birth_date", ["1980", "1980-01", None])
def test_a_part_of_a_birth_date_is_none(birth_date: str | None) -> None:
    patient = PATIENT | {"birthDate": birth_date, "active": True, "link": [{"type": "seealso"}]}

    assert read_fhir(bundle(patient, observation())).rows[0].birth_date is None


def test_a_patient_without_an_id_is_found_by_its_address_only() -> None:
    nameless = {name: value for name, value in PATIENT.items() if name != "id"}
    found = read_fhir(
        entries(
            {"fullUrl": "urn:uuid:7", "resource": nameless},
            {"resource": observation(subject={"reference": "urn:uuid:7"})},
            {"resource": observation()},
        )
    )

    assert ([each.place for each in found.rows], [each.place for each in found.refused]) == (["entry 2"], ["entry 3"])


# The test


def test_all_names_of_the_test_are_kept_loinc_first() -> None:
    code = {
        "coding": [
            {"system": "urn:mine", "code": "GPT"},
            {"system": LOINC, "code": " 1742-6 "},
            {"display": "no code"},
            {"code": "GPT"},
            {"system": LOINC, "code": "1743-4"},
        ],
        "text": "ALT",
    }

    found = row(observation(code=code))

    assert (found.tests, found.text.test) == (("1742-6", "1743-4", "GPT", "ALT"), "1742-6")


@pytest.mark.parametrize("code", [None, {}, {"text": " "}, {"coding": [{"system": LOINC, "display": "ALT"}]}])
def test_a_result_of_no_test_is_refused(code: Json | None) -> None:
    assert reason(observation(code=code)) == "nothing says which test it is"


# The value


@pytest.mark.parametrize(
    ("element", "value", "came"),
    [
        ({"valueQuantity": quantity("5.40")}, "5.40", "5.40"),
        ({"valueQuantity": quantity("5", comparator=">=")}, ">=5", ">=5"),
        ({"valueQuantity": quantity("-1.5E+2")}, "-150", "-1.5E+2"),
        ({"valueQuantity": quantity("12E-2", comparator=">")}, ">0.12", ">12E-2"),
        ({"valueInteger": number("3")}, "3", "3"),
        ({"valueString": " negative "}, "negative", " negative "),
        ({"valueCodeableConcept": {"text": "negative", "coding": [{"code": "N"}]}}, "negative", "negative"),
        ({"valueCodeableConcept": {"coding": [{"code": "N", "display": "none seen"}]}}, "none seen", "none seen"),
        ({"valueCodeableConcept": {"coding": [{"code": "N"}, {"code": "P"}]}}, "N", "N"),
    ],
)
def test_values_are_exact_and_as_they_came(element: Json, value: str, came: str) -> None:
    found = row(with_value(**element))

    assert (found.value, found.text.value) == (value, came)
    assert {type(found.value), type(found.text.value)} == {str}


@pytest.mark.parametrize(
    ("element", "why"),
    [
        ({}, "has no value"),
        ({"valueString": "  "}, "has no value"),
        ({"valueCodeableConcept": {}}, "has no value"),
        ({"valueQuantity": {"unit": "U/L"}}, "has no value"),
        ({"dataAbsentReason": {"text": "haemolysed"}}, "has no value: “haemolysed”"),
        ({"dataAbsentReason": {"coding": [{}]}}, "has no value: “no reason given”"),
        ({"valueInteger": number("3"), "dataAbsentReason": {"coding": [{"code": "error"}]}}, "has no value: “error”"),
        ({"valueBoolean": True}, "its value is true or false, which does not say positive or negative"),
        ({"valueRange": {}}, "its value is of a kind that is not read here (“valueRange”)"),
        ({"valueRatio": {}}, "its value is of a kind that is not read here (“valueRatio”)"),
        ({"valueSampledData": {}}, "its value is of a kind that is not read here (“valueSampledData”)"),
        (
            {"valueString": "5", "valueInteger": number("5")},
            "has several of “value”: “valueString”, “valueInteger”",
        ),
        ({"valueQuantity": quantity(comparator="ad")}, "its value has the comparator “ad”, which is not known here"),
        ({"valueQuantity": {"value": "5"}}, "“value” is not a number"),
        ({"valueQuantity": {"value": True}}, "“value” is not a number"),
        ({"valueQuantity": quantity("1e41")}, "“1e41” is not an ordinary number"),
        ({"valueQuantity": quantity("1" * 41)}, f"“{'1' * 41}” is not an ordinary number"),
        ({"valueQuantity": quantity("1e99999999999999999999")}, "“1e99999999999999999999” is not an ordinary number"),
        ({"valueQuantity": 5}, "“valueQuantity” is not an object"),
        ({"valueInteger": number("3.0")}, "its value is not a whole number"),
        ({"valueInteger": None, "valueString": 5}, "“valueString” is not a text"),
        ({"valueString": "a\x00b"}, "“valueString” holds a control character"),
    ],
)
def test_what_is_no_value_is_refused(element: Json, why: str) -> None:
    assert reason(with_value(**element)) == why


def test_an_element_that_is_null_is_not_there() -> None:
    assert row(observation() | {"valueString": None, "component": None, "modifierExtension": None}).value == "25"


def test_words_from_a_file_are_shortened_to_one_line() -> None:
    assert (
        reason(observation(status="a\nb" + "c" * 100)) == f"has the status “a b{'c' * 57}…”, which FHIR does not know"
    )


@pytest.mark.parametrize(
    ("given", "unit"),
    [
        ({"unit": "Units per litre", "system": UCUM, "code": "U/L"}, "U/L"),
        ({"unit": " U/L ", "system": "urn:mine", "code": "77"}, "U/L"),
        ({"unit": "U/L", "system": UCUM}, "U/L"),
        ({"code": "U/L"}, ""),
    ],
)
def test_the_unit_is_ucums_else_the_words(given: Json, unit: str) -> None:
    found = row(observation(valueQuantity={"value": number("25"), **given}))

    assert (found.unit, found.text.unit) == (unit, unit)


# The reference range


def limits(*ranges: Json) -> tuple[Decimal | None, Decimal | None]:
    found = row(observation(referenceRange=list(ranges)))
    return found.lower, found.upper


def typed(code: str, high: str, **more: Any) -> Json:
    return {"type": {"coding": [{"code": code}]}, "high": quantity(high), **more}


WOMEN = {"appliesTo": [{"text": "women"}]}


def test_one_range_holds() -> None:
    assert limits({"high": quantity("40")}) == (None, Decimal(40))
    assert limits({"low": quantity("8")}) == (Decimal(8), None)
    assert limits(typed("normal", "40")) == (None, Decimal(40))
    assert limits({"type": {"text": "Normal"}, "high": quantity("40")}) == (None, Decimal(40))
    assert limits(typed("normal", "40", **WOMEN)) == (None, Decimal(40))
    assert limits(typed("therapeutic", "90"), {"high": quantity("40")}) == (None, Decimal(40))
    assert limits(typed("normal", "35", **WOMEN), {"high": quantity("40")}) == (None, Decimal(40))
    assert limits({"high": quantity("35"), "age": {}}, {"high": quantity("40")}) == (None, Decimal(40))
    assert limits(typed("therapeutic", "90")) == (None, None)
    assert limits({"type": {"text": "wanted"}, "high": quantity("40")}) == (None, None)


@pytest.mark.parametrize(
    ("ranges", "why"),
    [
        (
            [{"high": quantity("40")}, typed("normal", "50")],
            "has several reference ranges, and nothing says which one holds",
        ),
        (
            [typed("normal", "35", **WOMEN), typed("normal", "40", age={"high": quantity("17", "a")})],
            "has several reference ranges, and nothing says which one holds",
        ),
        ([{"text": "8-40"}], "its reference range “8-40” has no limits in numbers"),
        ([{"high": quantity("40", "ukat/L")}], "its reference range is in “ukat/L”, its value in “U/L”"),
        ([{"high": {"value": number("40")}}], "its reference range is in “no unit”, its value in “U/L”"),
        ([{"high": quantity("40", comparator="<")}], "“high” of its reference range is not one number"),
        ([{"low": {"unit": "U/L"}}], "“low” of its reference range is not one number"),
        ([{"low": quantity("40"), "high": quantity("8")}], "its reference range goes from “40” down to “8”"),
        ([{"low": quantity("1e99")}], "“1e99” is not an ordinary number"),
        (
            [{"high": quantity("40"), "modifierExtension": [{}]}],
            "has “modifierExtension”, which may change its meaning and is not known here",
        ),
        ({"high": quantity("40")}, "“referenceRange” is not a list of objects"),
        ([5], "“referenceRange” is not a list of objects"),
    ],
)
def test_a_range_in_doubt_refuses_the_result(ranges: object, why: str) -> None:
    assert reason(observation(referenceRange=ranges)) == why


def test_units_are_the_same_by_code_or_by_words() -> None:
    in_words = {"high": {"value": number("40"), "unit": "U/l"}}
    value = {"value": number("25"), "unit": "U/l", "system": UCUM, "code": "U/L"}
    other_code = {"high": {"value": number("40"), "unit": "U/l", "system": UCUM, "code": "[iU]/L"}}
    bare = {"high": {"value": number("40")}}

    assert row(observation(valueQuantity=value, referenceRange=[in_words])).upper == 40
    assert row(observation(valueQuantity={"value": number("25")}, referenceRange=[bare])).upper == 40
    assert reason(observation(valueQuantity=value, referenceRange=[other_code])).startswith("its reference range is in")


def test_a_value_in_words_has_no_limits() -> None:
    assert row(with_value(valueString="negative", referenceRange=[{"text": "negative"}])).upper is None
    assert row(with_value(valueString="negative", referenceRange=[{"high": quantity("40")}])).text.ref_high == ""


@pytest.mark.parametrize("value", ["14.5", "<5", "> 5", ".5", "-1"])
def test_a_number_written_as_text_needs_its_limits_in_its_unit(value: str) -> None:
    changed = with_value(valueString=value, referenceRange=[{"high": quantity("40")}])

    assert reason(changed) == "its reference range is in “U/L”, its value in “no unit”"


# When it was collected


@pytest.mark.parametrize(
    ("text", "collected"),
    [
        ("2026-11-02", date(2026, 11, 2)),
        ("2026-11-02T08:30:00Z", datetime(2026, 11, 2, 8, 30, tzinfo=UTC)),
        ("2026-11-02T08:30:15.250-04:30", datetime(2026, 11, 2, 8, 30, 15, 250000, timezone(-timedelta(hours=4.5)))),
        ("2026-11-02T08:30+01:00", datetime(2026, 11, 2, 8, 30, tzinfo=timezone(timedelta(hours=1)))),
    ],
)
def test_a_day_or_a_time_with_offset_is_when_it_was_collected(text: str, collected: date) -> None:
    found = row(observation(effectiveDateTime=f" {text} "))

    assert (found.collected, type(found.collected), found.text.collected_at) == (collected, type(collected), text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026", "“2026” is not a full date"),
        ("2026-11", "“2026-11” is not a full date"),
        ("02.11.2026", "“02.11.2026” is not a full date"),
        ("0026-11-02", "“0026-11-02” is not a full date"),
        ("٢٠٢٦-11-02", "“٢٠٢٦-11-02” is not a full date"),
        ("2026-02-30", "“2026-02-30” is not a date of the calendar"),
        ("2026-02-30T08:30:00Z", "“2026-02-30” is not a date of the calendar"),
        (
            "2026-11-02T08:30:00",
            "the time “2026-11-02T08:30:00” has no offset from UTC, so it is not clear when that was",
        ),
        ("2026-11-02T", "“2026-11-02T” is not a date and time"),
        ("2026-11-02T08", "“2026-11-02T08” is not a date and time"),
        ("2026-11-02T08Z", "“2026-11-02T08Z” is not a date and time"),
        ("2026-11-02T08:30:00+0100", "“2026-11-02T08:30:00+0100” is not a date and time"),
        ("2026-11-02T08:30:00+23:00", "“2026-11-02T08:30:00+23:00” is not a date and time"),
        ("2026-11-02T24:00:00Z", "“2026-11-02T24:00:00Z” is not a date and time of the calendar"),
        ("2026-11-02T08:30:60Z", "“2026-11-02T08:30:60Z” is not a date and time of the calendar"),
    ],
)
def test_a_time_in_doubt_is_refused(text: str, why: str) -> None:
    assert reason(observation(effectiveDateTime=text)) == why


@pytest.mark.parametrize(
    ("element", "why"),
    [
        ({"issued": "2026-11-02T08:30:00Z"}, "nothing says when it was collected"),
        ({"effectiveTiming": {}}, "“effectiveTiming” does not say one time of collection"),
        ({"effectivePeriod": {"start": "2026-11-02"}}, "was collected over a period, not at one time"),
        ({"effectivePeriod": {"end": "2026-11-02"}}, "was collected over a period, not at one time"),
        (
            {"effectivePeriod": {"start": "2026-11-02", "end": "2026-11-03"}},
            "was collected over a period, not at one time",
        ),
        ({"effectivePeriod": {"start": "2026", "end": "2026"}}, "“2026” is not a full date"),
        (
            {"effectiveDateTime": "2026-11-02", "effectiveInstant": "2026-11-02T08:30:00Z"},
            "has several of “effective”: “effectiveDateTime”, “effectiveInstant”",
        ),
    ],
)
def test_only_one_time_of_collection_is_one(element: Json, why: str) -> None:
    assert reason(observation(**({"effectiveDateTime": None} | element))) == why


def test_an_instant_and_a_period_without_length_are_times() -> None:
    instant = observation(effectiveDateTime=None, effectiveInstant="2026-11-02T08:30:00Z")
    period = {"start": "2026-11-02T08:30:00Z", "end": "2026-11-02T09:30:00+01:00"}

    assert row(instant).collected == datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
    assert row(observation(effectiveDateTime=None, effectivePeriod=period)).text.collected_at == period["start"]


# What it is worth


@pytest.mark.parametrize("status", ["final", "amended", "corrected"])
def test_final_results_are_taken(status: str) -> None:
    assert not row(observation(status=status)).withdrawn


def test_a_result_entered_in_error_is_withdrawn() -> None:
    assert row(observation(status="entered-in-error")).withdrawn
    assert reason(with_value(status="entered-in-error")) == "was entered in error, but has no value"


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (None, "has no status"),
        ("cancelled", "was cancelled"),
        ("registered", "is not final (its status is “registered”)"),
        ("preliminary", "is not final (its status is “preliminary”)"),
        ("unknown", "is not final (its status is “unknown”)"),
        ("Final", "has the status “Final”, which FHIR does not know"),
    ],
)
def test_other_results_are_refused(status: str | None, why: str) -> None:
    assert reason(observation(status=status)) == why


@pytest.mark.parametrize("name", ["modifierExtension", "implicitRules"])
def test_what_may_change_the_meaning_refuses_the_result(name: str) -> None:
    components = [component("1920-8", valueInteger=number("3"))]

    assert reason(observation(**{name: "urn:x"})).startswith(f"has “{name}”")
    assert reason(with_value(component=components, **{name: "urn:x"})).startswith(f"has “{name}”")


def test_a_result_about_another_than_the_patient_is_refused() -> None:
    assert "somebody or something other" in reason(observation(focus=[{"reference": "Patient/child"}]))


# Panels


def component(code: str, **more: Any) -> Json:
    return {"code": {"coding": [{"system": LOINC, "code": code}]}, **more}


def test_each_component_is_a_result() -> None:
    panel = with_value(
        component=[
            component("1742-6", valueQuantity=quantity("25"), referenceRange=[{"high": quantity("40")}]),
            component("1920-8"),
            component("2324-2", valueQuantity=quantity("30"), modifierExtension=[{}]),
            component("1975-2", valueQuantity=quantity("0.7", "mg/dL")),
        ]
    )

    found = read(panel)

    assert [(each.place, each.tests, each.value, each.upper) for each in found.rows] == [
        ("entry 2, component 1", ("1742-6",), "25", Decimal(40)),
        ("entry 2, component 4", ("1975-2",), "0.7", None),
    ]
    assert {each.collected for each in found.rows} == {row(observation()).collected}
    assert found.refused == (
        RefusedRow("entry 2, component 2", "has no value"),
        RefusedRow(
            "entry 2, component 3", "has “modifierExtension”, which may change its meaning and is not known here"
        ),
    )


def test_a_panel_may_have_a_value_of_its_own() -> None:
    found = read(observation(component=[component("1920-8", valueInteger=number("3"))]))

    assert [(each.place, each.value) for each in found.rows] == [("entry 2", "25"), ("entry 2, component 1", "3")]


def test_a_panel_that_is_refused_is_so_once() -> None:
    assert reason(with_value(status="preliminary", component=[component("1"), component("2")])).startswith("is not")


def test_a_panel_of_members_is_nothing_itself() -> None:
    member = {"hasMember": [{"reference": "Observation/a"}]}

    assert [each.place for each in read(with_value(status=None, **member), observation(id="a")).rows] == ["entry 3"]
    assert row(observation(**member)).value == "25"


# Reports


def report(*contained: Json, **changes: Any) -> Json:
    plain = {
        "resourceType": "DiagnosticReport",
        "status": "final",
        "subject": {"reference": "Patient/p1"},
        "effectiveDateTime": "2026-11-03",
        "contained": list(contained),
    }
    return {name: value for name, value in (plain | changes).items() if value is not None}


def test_observations_inside_a_report_have_its_subject_and_time() -> None:
    bare = observation(subject=None, effectiveDateTime=None)
    whole = observation(
        subject={"identifier": {"value": "R-7"}}, effectiveDateTime=None, effectiveInstant="2026-11-02T08:30:00Z"
    )

    found = read(report(bare, {"resourceType": "Specimen"}, whole))

    assert [(each.place, each.record_no, each.text.collected_at) for each in found.rows] == [
        ("entry 2, contained 1", "R-1", "2026-11-03"),
        ("entry 2, contained 3", "R-7", "2026-11-02T08:30:00Z"),
    ]


def test_a_report_adds_nothing_to_observations_beside_it() -> None:
    found = read(report(result=[{"reference": "Observation/a"}]), observation(id="a"))

    assert [each.place for each in found.rows] == ["entry 3"]


def test_a_report_alone_is_a_file() -> None:
    inside = [PATIENT | {"id": "me"}, observation(id="a", subject=None), observation(id="a", subject=None)]

    found = read_fhir(page(report(*inside, subject={"reference": "#me"})))

    assert [(each.place, each.record_no) for each in found.rows] == [
        ("the DiagnosticReport, contained 2", "R-1"),
        ("the DiagnosticReport, contained 3", "R-1"),
    ]


def test_names_inside_one_report_do_not_reach_another() -> None:
    inside = report(PATIENT | {"id": "me"}, observation(subject={"reference": "#me"}))
    outside = report(observation(subject={"reference": "#me"}))

    found = read(inside, outside)

    assert [each.place for each in found.rows] == ["entry 2, contained 2"]
    assert [each.place for each in found.refused] == ["entry 3, contained 1"]


def test_what_a_report_is_worth_holds_for_what_is_inside() -> None:
    inside = observation()

    assert [each.withdrawn for each in read(report(inside, status="entered-in-error")).rows] == [True]
    assert [each.withdrawn for each in read(report(inside, status="preliminary")).rows] == [False]
    assert reason(report(inside, status="cancelled")) == "was cancelled"
    assert reason(report(inside, modifierExtension=[{}])).startswith("has “modifierExtension”")
    withdrawn = observation(status="entered-in-error")
    assert [each.withdrawn for each in read(report(withdrawn, status="cancelled")).rows] == [True]


def test_observations_inside_an_observation_stand_for_themselves() -> None:
    found = read(observation(contained=[observation(), observation(subject=None)]))

    assert [each.place for each in found.rows] == ["entry 2", "entry 2, contained 1"]
    assert found.refused == (RefusedRow("entry 2, contained 2", "nothing says whose result it is"),)


def test_relative_references_inside_a_report_start_where_its_own_do() -> None:
    there = "https://a.example/fhir/"
    found = read_fhir(
        entries(
            {"fullUrl": "https://b.example/fhir/Patient/p1", "resource": PATIENT | {"identifier": [{"value": "R-2"}]}},
            {"fullUrl": f"{there}Patient/p1", "resource": PATIENT},
            {"fullUrl": f"{there}DiagnosticReport/d", "resource": report(observation())},
        )
    )

    assert [each.record_no for each in found.rows] == ["R-1"]


def test_what_is_inside_must_be_a_list() -> None:
    assert reason(report(contained=5)) == "“contained” is not a list of objects"


# Files made to hurt


def test_many_results_inside_one_resource_are_read_in_one_go() -> None:
    many = 3000
    inside = [observation(subject={"reference": "#me"}) for _ in range(many)]

    assert len(read(report(*inside, PATIENT | {"id": "me"})).rows) == many
    assert len(read(with_value(component=[component("1", valueInteger=number("1"))] * many)).rows) == many


def test_only_the_first_level_of_contained_resources_is_read() -> None:
    inner = observation()
    for _ in range(200):
        inner = {"resourceType": "Observation", "contained": [inner]}

    assert [each.place for each in read(inner).refused] == ["entry 2", "entry 2, contained 1"]
