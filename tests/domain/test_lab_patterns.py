"""What several results, answers and the course mean together: the rest of facts 4.5, cell by cell."""

from decimal import Decimal

import pytest

from nurse_app.domain.protocol import InfusionProtocol
from tests.domain.kit import Change, both, decided, judge, lab, more_labs, no_lab, only, put, verdict

GIVEN = put("patient.treatment.infusions_given", 25)
AT_24 = put("patient.treatment.infusions_given", 24)
PRIOR = put("patient.history.prior_immunosuppressant", True)
REACTION = put("patient.history.natalizumab_hypersensitivity", True)
MRI_IN_DATE = lab("MRI", collected="2026-05-22")
MRI_A_DAY_TOO_OLD = lab("MRI", collected="2026-05-21")
TALK = decided("pml-risk", at="2025-11-22")
TALK_A_DAY_TOO_OLD = decided("pml-risk", at="2025-11-21")


def liver(alt: str, bilirubin: str, phosphatase: str = "120") -> Change:
    """Upper limits 40 U/L, 1.2 mg/dL and 120 U/L."""
    return both(lab("ALT", value=alt), lab("BILI", value=bilirubin), lab("ALP", value=phosphatase))


def yes(*questions: str) -> Change:
    return both(*(put(f"answers.{question}", True) for question in questions))


def haemoglobin(value: str, collected: str, unit: str = "g/dL") -> dict[str, object]:
    limits = {"g/dL": ("12", "16"), "g/L": ("120", "160")}[unit]
    return {"test": "HGB", "value": value, "unit": unit, "lln": limits[0], "uln": limits[1], "collected": collected}


def course(*rows: dict[str, object]) -> Change:
    return both(no_lab("HGB"), more_labs(*rows))


def antibodies(*rows: tuple[str, str]) -> Change:
    return both(no_lab("ADA"), more_labs(*({"test": "ADA", "value": word, "collected": at} for word, at in rows)))


def index(value: str) -> Change:
    return lab("JCV", value=value, unit="{index}")


NOV, OCT = "2026-11-02", "2026-10-02"
MORNING, EVENING = "2026-11-02T08:00:00+00:00", "2026-11-02T18:00:00+00:00"

TABLE: list[tuple[Change, str, str | None]] = [
    # Hy's law: enzyme from 3 times, bilirubin above 2 times, phosphatase below 2 times
    (liver("120", "2.41"), "hys-law", "stop/pattern"),
    (liver("119.9", "2.41"), "hys-law", None),
    (liver("120", "2.4"), "hys-law", None),
    (liver("120", "2.41", "239.9"), "hys-law", "stop/pattern"),
    (liver("120", "2.41", "240"), "hys-law", None),
    (liver("120", "2.41", ">=240"), "hys-law", None),
    (liver("120", "2.41", ">239"), "hys-law", "stop/pattern"),
    (liver("120", "2.41", "<300"), "hys-law", "stop/pattern"),
    (both(liver("25", "2.41"), lab("AST", value="120")), "hys-law", "stop/pattern"),
    (both(liver("120", "2.41"), no_lab("ALP")), "hys-law", "stop/pattern"),
    (both(liver("120", "2.41", "240"), lab("ALP", uln=None)), "hys-law", "stop/pattern"),
    # bilirubin above 2 times is a stop with high enzymes, whatever the phosphatase
    (liver("120", "2.41", "240"), "bilirubin", "stop/with-enzymes"),
    (liver("119.9", "2.41"), "bilirubin", "hold/high"),
    (liver("120", "2.4"), "bilirubin", "caution/above"),
    (both(liver("120", "2.41"), lab("ALT", uln=None)), "bilirubin", "hold/high"),
    # enzymes above 5 times: with symptoms a stop
    (both(liver("200", "0.6"), yes("jaundice_or_dark_urine")), "liver-enzymes", "hold/high"),
    (both(liver("200.1", "0.6"), yes("jaundice_or_dark_urine")), "liver-enzymes", "stop/very-high"),
    (both(liver("200.1", "0.6"), yes("unusual_bleeding_or_bruising")), "liver-enzymes", "stop/very-high"),
    (liver("200.1", "0.6"), "liver-enzymes", "hold/high"),
    (both(liver(">190", "0.6"), yes("jaundice_or_dark_urine")), "liver-enzymes", "stop/very-high"),
    (yes("jaundice_or_dark_urine"), "jaundice", "stop/yes"),
    # platelets: any bleeding is a stop whatever the count
    (yes("unusual_bleeding_or_bruising"), "bleeding", "stop/yes"),
    # eosinophils above 1.5: with symptoms or signs of an organ a hold
    *(
        (
            both(more_labs({"test": "EOS", "value": value, "unit": "10*9/L", "collected": NOV}), yes(question)),
            "eosinophils",
            expected,
        )
        for question in (
            "infection_signs",
            "new_neurological_symptoms",
            "jaundice_or_dark_urine",
            "unusual_bleeding_or_bruising",
            "eye_pain_or_vision_loss",
        )
        for value, expected in (("1.5", None), ("1.51", "hold/high"), ("<1.6", "hold/high"))
    ),
    (
        both(more_labs({"test": "EOS", "value": "1.51", "unit": "10*9/L", "collected": NOV}), yes("breastfeeding")),
        "eosinophils",
        "caution/high",
    ),
    # haemoglobin: the fall since the last result, in whatever units they came
    (course(haemoglobin("14.5", OCT), haemoglobin("12.5", NOV)), "hemoglobin", None),
    (course(haemoglobin("14.51", OCT), haemoglobin("12.5", NOV)), "hemoglobin", "hold/fall"),
    (course(haemoglobin("145", OCT, "g/L"), haemoglobin("12.5", NOV)), "hemoglobin", None),
    (course(haemoglobin("145.1", OCT, "g/L"), haemoglobin("12.5", NOV)), "hemoglobin", "hold/fall"),
    (course(haemoglobin("14.5", OCT), haemoglobin("124.9", NOV, "g/L")), "hemoglobin", "hold/fall"),
    (course(haemoglobin("16", "2026-09-02"), haemoglobin("13", OCT), haemoglobin("12", NOV)), "hemoglobin", None),
    (course(haemoglobin("12.5", OCT), haemoglobin("10.5", NOV)), "hemoglobin", "caution/below-limit"),
    # two of one day whose order nobody knows: the lower one may be the later one
    (course(haemoglobin("15", NOV), haemoglobin("12.9", NOV)), "hemoglobin", "hold/fall"),
    (course(haemoglobin("15", NOV), haemoglobin("13", NOV)), "hemoglobin", None),
    (course(haemoglobin("12.9", MORNING), haemoglobin("15", EVENING)), "hemoglobin", None),
    (course(haemoglobin("15", MORNING), haemoglobin("12.9", EVENING)), "hemoglobin", "hold/fall"),
    (course(haemoglobin("15", MORNING, "g/L"), haemoglobin("12.9", NOV)), "hemoglobin", "hold/low"),
    # antibodies
    (antibodies(("negative", NOV)), "anti-drug-antibody", None),
    (antibodies(("positive", NOV)), "anti-drug-antibody", "caution/first"),
    (antibodies(("positive", "2026-09-22"), ("positive", NOV)), "anti-drug-antibody", "caution/first"),
    (antibodies(("positive", "2026-09-21"), ("positive", NOV)), "anti-drug-antibody", "hold/persistent"),
    (
        antibodies(("positive", "2026-09-21"), ("positive", "2026-10-10"), ("positive", NOV)),
        "anti-drug-antibody",
        "hold/persistent",
    ),
    (
        antibodies(("positive", "2026-09-21"), ("negative", "2026-10-10"), ("positive", NOV)),
        "anti-drug-antibody",
        "caution/first",
    ),
    (
        antibodies(("positive", "2026-09-21"), ("indeterminate", "2026-10-10"), ("positive", NOV)),
        "anti-drug-antibody",
        "hold/persistent",
    ),
    (both(antibodies(("positive", NOV)), REACTION), "anti-drug-antibody", "stop/with-reaction"),
    (both(antibodies(("positive", OCT), ("negative", NOV)), REACTION), "anti-drug-antibody", None),
    # PML: the index, the past, the number of infusions, the talk, the MRI
    (both(GIVEN, index("1.5")), "pml-risk", None),
    (both(GIVEN, index("1.51")), "pml-risk", "hold/both-missing"),
    (both(AT_24, index("1.51"), PRIOR), "pml-risk", None),
    (both(GIVEN, index(">1.5")), "pml-risk", "hold/both-missing"),
    (both(GIVEN, index("<=1.5")), "pml-risk", None),
    (both(GIVEN, index("0.2"), PRIOR), "pml-risk", "hold/both-missing"),
    (both(GIVEN, index("0.199"), PRIOR), "pml-risk", None),
    (both(GIVEN, index("<0.2"), PRIOR), "pml-risk", None),
    (both(GIVEN, index("<=0.2"), PRIOR), "pml-risk", "hold/both-missing"),
    (both(GIVEN, index("0.2")), "pml-risk", None),
    (both(GIVEN, lab("JCV", value="positive"), PRIOR), "pml-risk", "hold/both-missing"),
    (both(GIVEN, lab("JCV", value="negative"), PRIOR), "pml-risk", None),
    (both(GIVEN, index("1.51"), MRI_IN_DATE), "pml-risk", "hold/talk-missing"),
    (both(GIVEN, index("1.51"), MRI_A_DAY_TOO_OLD, TALK), "pml-risk", "hold/mri-missing"),
    (both(GIVEN, index("1.51"), MRI_IN_DATE, TALK), "pml-risk", "caution/known"),
    (both(GIVEN, index("1.51"), MRI_IN_DATE, TALK_A_DAY_TOO_OLD), "pml-risk", "hold/talk-missing"),
    # a surely high index need not be repeated, so it does not fall due; one that may be lower does
    (lab("JCV", value=">1.5", unit="{index}", collected="2025-01-01"), "jcv-overdue", None),
    (lab("JCV", value=">=1.5", unit="{index}", collected="2025-01-01"), "jcv-overdue", "caution/old"),
    (lab("JCV", value="1.5", unit="{index}", collected="2025-01-01"), "jcv-overdue", "caution/old"),
    # thyroid tests decide nothing, however far off
    (both(lab("TSH", value="95"), lab("FT4", value="0")), "lab-unit", None),
    # a negative figure is no result
    (lab("ALT", value=Decimal(-5)), "lab-unit", "hold/value"),
    (lab("EDSS", value=Decimal(-1)), "lab-unit", "hold/value"),
    # and a score beyond its scale or between its steps is a slip
    (lab("EDSS", value="10"), "lab-unit", None),
    (lab("EDSS", value="10.5"), "lab-unit", "hold/value"),
    (lab("EDSS", value="3.2"), "lab-unit", "hold/value"),
    (lab("EDSS", value="<=4"), "lab-unit", None),
    (lab("EDSS", value=">4"), "lab-unit", None),
    # the newest counts, and of a day without hours each
    (
        both(
            lab("ALT", value="120"),
            more_labs({"test": "ALT", "value": "25", "unit": "U/L", "uln": "40", "collected": "2026-11-03"}),
        ),
        "liver-enzymes",
        None,
    ),
    (
        more_labs({"test": "ALT", "value": "120", "unit": "U/L", "uln": "40", "collected": NOV}),
        "liver-enzymes",
        "hold/high",
    ),
    (
        more_labs({"test": "ALT", "value": "2", "unit": "ukat/L", "uln": "0.55", "collected": NOV}),
        "liver-enzymes",
        "hold/high",
    ),
]


@pytest.mark.parametrize(("change", "rule", "expected"), TABLE)
def test_what_results_mean_together(
    protocol: InfusionProtocol, change: Change, rule: str, expected: str | None
) -> None:
    assert verdict(judge(protocol, change), rule) == expected


def test_the_same_result_twice_is_found_once(protocol: InfusionProtocol) -> None:
    high = {"test": "ALT", "value": "120", "unit": "U/L", "uln": "40", "collected": "2026-11-05"}
    found = judge(protocol, more_labs(high, high)).findings

    assert [finding.rule for finding in found].count("liver-enzymes") == 1


BEFORE, FIRST_DAY, SINCE = "2026-04-01", "2026-04-12", "2026-11-05"


def since(test: str, value: str, upper: str, before: str, day: str = BEFORE, unit: str = "U/L") -> Change:
    """A result of today's treatment and one of before, of the same upper limit."""
    same = {"test": test, "unit": unit, "uln": upper}
    return both(
        no_lab(test), more_labs(same | {"value": before, "collected": day}, same | {"value": value, "collected": SINCE})
    )


@pytest.mark.parametrize(
    ("change", "rule", "grade"),
    [
        # ALT and AST: grade 1 from 1.5 times the baseline on, then above 3, 5 and 20 times
        *(
            (since("ALT", value, "40", "60"), "liver-enzymes", grade)
            for value, grade in (
                ("89.99", None),
                ("90", "1 of 60"),
                ("180", "1 of 60"),
                ("180.01", "2 of 60"),
                ("300", "2 of 60"),
                ("300.01", "3 of 60"),
                ("1200", "3 of 60"),
                ("1200.01", "4 of 60"),
                (">89", "4 of 60"),
            )
        ),
        (since("AST", "90", "40", "60", FIRST_DAY), "liver-enzymes", "1 of 60"),
        # bilirubin: grade 1 above the baseline itself
        *(
            (since("BILI", value, "1.2", "2", unit="mg/dL"), "bilirubin", grade)
            for value, grade in (
                ("2", None),
                ("2.01", "1 of 34.2"),
                ("3", "1 of 34.2"),
                ("3.01", "2 of 34.2"),
                ("6.01", "3 of 34.2"),
                ("20.01", "4 of 34.2"),
            )
        ),
        # phosphatase: from 2 times on
        *(
            (since("ALP", value, "120", "130"), "alkaline-phosphatase", grade)
            for value, grade in (
                ("259.9", None),
                ("260", "1 of 130"),
                ("325", "1 of 130"),
                ("325.1", "2 of 130"),
            )
        ),
        # a baseline within its limit, only known roughly, of the day after, or none: the upper limit counts
        (since("ALT", "90", "40", "40"), "liver-enzymes", "1"),
        (since("ALT", "121", "40", ">60"), "liver-enzymes", "2"),
        (since("ALT", "121", "40", "60", "2026-04-13"), "liver-enzymes", "2"),
        (both(since("ALT", "121", "40", "60"), put("patient.treatment.first_infusion", None)), "liver-enzymes", "2"),
        # the last before treatment counts; of two of one day the one that gives the higher grade
        (
            both(
                since("ALT", "121", "40", "39"),
                more_labs({"test": "ALT", "value": "60", "unit": "U/L", "uln": "40", "collected": "2026-03-01"}),
            ),
            "liver-enzymes",
            "2",
        ),
        (
            both(
                since("ALT", "121", "40", "60"),
                more_labs({"test": "ALT", "value": "80", "unit": "U/L", "uln": "40", "collected": BEFORE}),
            ),
            "liver-enzymes",
            "1 of 60",
        ),
        (
            both(
                since("ALT", "121", "40", "60"),
                more_labs({"test": "ALT", "value": "38", "unit": "U/L", "uln": "40", "collected": BEFORE}),
            ),
            "liver-enzymes",
            "2",
        ),
        # an hour decides on the day of the first infusion
        (
            both(
                since("ALT", "121", "40", "60", "2026-04-12T11:00:00+00:00"),
                put("patient.treatment.first_infusion", "2026-04-12T10:00:00+00:00"),
            ),
            "liver-enzymes",
            "2",
        ),
        (
            both(
                since("ALT", "121", "40", "60", "2026-04-12T09:00:00+00:00"),
                put("patient.treatment.first_infusion", "2026-04-12T10:00:00+00:00"),
            ),
            "liver-enzymes",
            "1 of 60",
        ),
    ],
)
def test_an_abnormal_value_before_treatment_is_what_later_ones_are_graded_against(
    protocol: InfusionProtocol, change: Change, rule: str, grade: str | None
) -> None:
    found = only(judge(protocol, change), rule)
    assert found is not None
    ctcae = found.ctcae
    shown = (
        None
        if ctcae is None
        else f"{ctcae.grade}" + ("" if ctcae.baseline is None else f" of {ctcae.baseline.normalize():f}")
    )

    assert shown == grade


def test_the_action_stays_one_of_the_upper_limit(protocol: InfusionProtocol) -> None:
    assert verdict(judge(protocol, since("ALT", "120", "40", "60")), "liver-enzymes") == "hold/high"


def test_a_result_of_before_treatment_is_graded_against_its_own_limit(protocol: InfusionProtocol) -> None:
    high = {"test": "ALT", "value": "60", "unit": "U/L", "uln": "40", "collected": "2026-10-01"}
    not_yet = both(no_lab("ALT"), more_labs(high), put("patient.treatment.first_infusion", "2026-11-01"))
    found = only(judge(protocol, not_yet), "liver-enzymes")

    assert found is not None
    assert found.ctcae is not None
    assert (found.ctcae.grade, found.ctcae.baseline) == (1, None)
