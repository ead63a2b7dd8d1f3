"""What is not known, known only roughly, or typed in a way of its own is judged from its worse side."""

import pytest

from nurse_app.domain.protocol import InfusionProtocol
from tests.domain.kit import Change, both, decided, judge, lab, more_labs, no_lab, put, verdict

GIVEN, LAST, FIRST = (f"patient.treatment.{name}" for name in ("infusions_given", "last_infusion", "first_infusion"))
BENEFIT, STEROIDS = "patient.treatment.crohns_benefit", "patient.treatment.crohns_on_steroids"
CROHNS = put("patient.indication", "crohns-disease")
HIGH = lab("JCV", value="2.0", unit="{index}")


def medicines(*lines: str) -> Change:
    return put("patient.medicines", list(lines))


def haemoglobin(value: str, unit: str = "g/dL", collected: str = "2026-08-02") -> Change:
    return more_labs({"test": "HGB", "value": value, "unit": unit, "lln": "12", "uln": "16", "collected": collected})


def antibodies(*rows: tuple[str, str]) -> Change:
    return both(no_lab("ADA"), more_labs(*({"test": "ADA", "value": value, "collected": at} for value, at in rows)))


TABLE: list[tuple[Change, str, str | None]] = [
    # the course
    (put("patient.indication", None), "crohns-benefit", "hold/no-indication"),
    (both(CROHNS, put(FIRST, None), put(BENEFIT, True), put(STEROIDS, False)), "crohns-benefit", None),
    (both(CROHNS, put(FIRST, None), put(BENEFIT, True), put(STEROIDS, False)), "crohns-steroids", None),
    (both(CROHNS, put(FIRST, None), put(BENEFIT, True), put(STEROIDS, True)), "crohns-benefit", None),
    (both(CROHNS, put(FIRST, None), put(BENEFIT, True), put(STEROIDS, True)), "crohns-steroids", "hold/unknown"),
    (both(CROHNS, put(FIRST, None), put(BENEFIT, None), put(STEROIDS, None)), "crohns-benefit", "hold/unknown"),
    (both(CROHNS, put(FIRST, None), put(GIVEN, 0), put(LAST, None), put(STEROIDS, True)), "crohns-steroids", None),
    (both(put(GIVEN, None), HIGH), "pml-risk", "hold/unknown"),
    (both(put(GIVEN, None), HIGH, decided("pml-risk")), "pml-risk", "hold/unknown"),
    (
        both(put(GIVEN, None), HIGH, decided("pml-risk"), lab("MRI", collected="2026-05-22")),
        "pml-risk",
        "caution/unknown",
    ),
    (both(put(GIVEN, None), lab("JCV", value="1.0", unit="{index}")), "pml-risk", None),
    (both(put(GIVEN, None), put(LAST, None), no_lab("ALT")), "baseline-labs", "hold/missing"),
    (both(put(GIVEN, None), no_lab("ALT")), "baseline-labs", None),
    (both(put(GIVEN, None), no_lab("ALT")), "lab-overdue", "caution/absent"),
    # who it is, and what was not tolerated
    (put("identity", {"record_no": "", "wristband": ""}), "identity-mismatch", "hold/unknown"),
    (put("identity", {"record_no": "TRN000417", "wristband": " "}), "identity-mismatch", "hold/unknown"),
    (put("patient.allergies", ["Tysabri: hives 2024"]), "hypersensitivity-history", "stop/present"),
    (put("patient.allergies", ["penicillin", "NATALIZUMAB"]), "hypersensitivity-history", "stop/present"),
    (put("patient.allergies", ["penicillin"]), "hypersensitivity-history", None),
    (put("patient.allergies", None), "hypersensitivity-history", None),
    # results
    (antibodies(("positive", "2026-11-12"), ("negative", "2026-11-12")), "anti-drug-antibody", "caution/first"),
    (antibodies(("negative", "2026-11-12"), ("positive", "2026-11-12")), "anti-drug-antibody", "caution/first"),
    (
        antibodies(("positive", "2026-11-12"), ("negative", "2026-11-12T09:00:00+00:00")),
        "anti-drug-antibody",
        "caution/first",
    ),
    (
        antibodies(("positive", "2026-11-12T08:00:00+00:00"), ("negative", "2026-11-12T09:00:00+00:00")),
        "anti-drug-antibody",
        None,
    ),
    (both(haemoglobin(">15"), lab("HGB", value="12.5")), "hemoglobin", "hold/fall"),
    (both(haemoglobin("<14"), lab("HGB", value="12.5")), "hemoglobin", None),
    (
        both(haemoglobin("16", collected="2026-07-01"), haemoglobin("15", "furlong"), lab("HGB", value="12.5")),
        "hemoglobin",
        "hold/fall",
    ),
    (both(put(GIVEN, 25), lab("JCV", value="indeterminate")), "pml-risk", None),
    (
        both(put(GIVEN, 25), lab("JCV", value="indeterminate"), put("patient.history.prior_immunosuppressant", True)),
        "pml-risk",
        "hold/both-missing",
    ),
    (lab("ALT", value="≥120"), "liver-enzymes", "hold/high"),
    (lab("ALT", value="≤40"), "liver-enzymes", None),
    (lab("ALT", value="≤5"), "lab-unit", None),
    # medicines as a nurse types them
    (medicines("prednisone 40 mg, salbutamol inhaler"), "steroid-last-month", "hold/named"),
    (medicines("prednisone and hydrocortisone cream"), "steroid-last-month", "hold/named"),
    (medicines("hydrocortisone cream; budesonide/formoterol inhaler"), "steroid-last-month", None),
    (medicines("Copaxone and hydrocortisone cream"), "immunomodulator-medicine", "hold/named"),
    (medicines("Avonex weekly; lubricant eye drops"), "immunomodulator-medicine", "hold/named"),
    (medicines("azathiaprine, eye drops"), "immunosuppressant-medicine", "hold/near"),
    (medicines("Avonex, prednisone 50 mg"), "immunomodulator-medicine", "hold/named"),
    (medicines("Avonex, prednisone 50 mg"), "steroid-last-month", "hold/named"),
    (medicines("Avonex prednisone 50 mg"), "steroid-last-month", "hold/named"),
    *(
        (medicines(name), "immunosuppressant-medicine", "stop/named")
        for name in (
            "6 MP 50 mg",
            "6 - MP",
            "BG-12",
            "BG12",
            "fumaderm",
            "Sutent",
            "erlotinib",
            "olaparib 300 mg",
            "trametinib",
            "carmustine",
            "apremilast",
            "Otezla",
            "isatuximab",
            "avelumab",
            "mitotane",
            "efgartigimod",
        )
    ),
    *((medicines(name), "immunomodulator-medicine", "hold/named") for name in ("INF beta", "IFNβ-1a")),
    (medicines("SoluMedrol 1 g"), "steroid-last-month", "hold/named"),
]


@pytest.mark.parametrize(("change", "rule", "expected"), TABLE)
def test_the_worse_side_counts(protocol: InfusionProtocol, change: Change, rule: str, expected: str | None) -> None:
    assert verdict(judge(protocol, change), rule) == expected


HARMLESS = (
    "reslizumab",
    "benralizumab",
    "dupilumab",
    "tralokinumab",
    "natalizumab",
    "Tysabri 300 mg",
    "eptinezumab",
    "romosozumab",
    "alirocumab",
    "inclisiran",
    "palivizumab",
    "nirsevimab",
    "bezlotoxumab",
    "idarucizumab",
    "emicizumab",
    "burosumab",
    "paracetamol",
    "ibuprofen",
    "vitamin D",
    "omeprazole",
    "pantoprazole",
    "amlodipine",
    "ramipril",
    "metformin",
    "levothyroxine",
    "atorvastatin",
    "sertraline",
    "amitriptyline",
    "gabapentin",
    "pregabalin",
    "baclofen",
    "tizanidine",
    "dalfampridine",
    "fampridine",
    "modafinil",
    "amantadine",
    "oxybutynin",
    "solifenacin",
    "mirabegron",
    "tolterodine",
    "cetirizine",
    "loratadine",
    "fexofenadine",
    "famotidine",
    "enoxaparin",
    "rivaroxaban",
    "apixaban",
    "clopidogrel",
    "mesalazine",
    "sulfasalazine",
    "denosumab",
    "evolocumab",
    "mepolizumab",
    "omalizumab",
    "erenumab",
    "fremanezumab",
    "galcanezumab",
    "tezepelumab",
    "sildenafil",
    "tadalafil",
    "imipramine",
    "trazodone",
    "dapagliflozin",
    "empagliflozin",
    "semaglutide",
    "insulin glargine",
    "lamotrigine",
    "levetiracetam",
    "carbamazepine",
    "oxcarbazepine",
    "clonazepam",
    "diazepam",
    "melatonin",
    "folic acid",
    "magnesium",
    "iron",
    "macrogol",
    "senna",
    "loperamide",
    "nitrofurantoin",
    "trimethoprim",
    "amoxicillin",
    "azithromycin",
    "aciclovir",
    "fluconazole",
    "ethinylestradiol",
    "levonorgestrel",
    "desogestrel",
    "allopurinol",
    "colchicine",
    "bisoprolol",
    "furosemide",
    "spironolactone",
    "candesartan",
    "losartan",
    "tamsulosin",
    "finasteride",
    "sumatriptan",
    "rizatriptan",
    "topiramate",
    "nabiximols",
    "cannabidiol",
    "duloxetine",
    "venlafaxine",
    "mirtazapine",
    "quetiapine",
    "ondansetron",
    "metoclopramide",
    "tramadol",
    "codeine",
    "morphine",
)


@pytest.mark.parametrize("medicine", HARMLESS)
def test_a_harmless_medicine_raises_nothing(protocol: InfusionProtocol, medicine: str) -> None:
    judged = judge(protocol, medicines(medicine))
    assert [finding for finding in judged.findings if "medicine" in finding.figures] == []
