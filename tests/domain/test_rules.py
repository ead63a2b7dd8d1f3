"""Every rule at its exact boundaries, and what not knowing does to it. Figures: the facts behind the protocol."""

import json

import pytest

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.rules.names import RULE_NAMES
from tests.domain.kit import Change, both, decided, judge, lab, more_labs, no_lab, put, verdict
from tests.kit import CASES

PREPARED = {
    "diluent": "sodium-chloride-0.9",
    "bag_ml": 100,
    "added_ml": "15",
    "withdrawn_from_bag_ml": "0",
    "inspection": "clear",
    "diluted_at": "2026-11-22T09:40:00+00:00",
    "locations": [],
    "cold": False,
}


def prepared(**changes: object) -> Change:
    return put("preparation", PREPARED | changes)


def aged(diluted_at: str, *moves: tuple[str, str]) -> Change:
    places = [{"at": at, "place": place} for at, place in moves]
    return prepared(diluted_at=diluted_at, locations=places)


TABLE: list[tuple[str, Change, str, str | None]] = [
    # identity and programme
    ("wristband with a space behind", put("identity.wristband", "TRN000417 "), "identity-mismatch", "stop/mismatch"),
    ("wristband not known", put("identity.wristband", None), "identity-mismatch", "hold/unknown"),
    ("no identity at all", put("identity", None), "identity-mismatch", "hold/unknown"),
    ("authorised until yesterday", put("rems.valid_until", "2026-11-21"), "rems-authorisation", "stop/expired"),
    ("authorised until today", put("rems.valid_until", "2026-11-22"), "rems-authorisation", None),
    ("end of authorisation not known", put("rems.valid_until", None), "rems-authorisation", "hold/unknown"),
    ("programme not known", put("rems.programme", None), "rems-authorisation", "hold/unknown"),
    ("programme not known, vial in hand", put("rems.programme", None), "rems-brand", "hold/unknown"),
    ("no enrolment", put("rems", None), "medication-guide", "hold/unknown"),
    ("guide not read", put("rems.medication_guide_read", False), "medication-guide", "hold/not-read"),
    ("brand of the other programme", put("product.brand", "TYRUKO"), "rems-brand", "stop/mismatch"),
    ("unknown brand has no programme", put("product.brand", "Other"), "rems-brand", None),
    # age
    ("17 years, the day before the birthday", put("patient.birth_date", "2008-11-23"), "age-minimum", "stop/below"),
    ("18 today", put("patient.birth_date", "2008-11-22"), "age-minimum", None),
    ("65", put("patient.birth_date", "1961-11-22"), "age-elderly", "caution/caution"),
    ("66", put("patient.birth_date", "1960-11-22"), "age-elderly", "hold/hold"),
    (
        "66 with a note of eleven months ago",
        both(put("patient.birth_date", "1960-11-22"), decided("age-elderly", at="2025-12-23")),
        "age-elderly",
        "caution/hold",
    ),
    (
        "66 with a note of twelve months ago",
        both(put("patient.birth_date", "1960-11-22"), decided("age-elderly", at="2025-11-22")),
        "age-elderly",
        "caution/hold",
    ),
    (
        "66 with a note one day older",
        both(put("patient.birth_date", "1960-11-22"), decided("age-elderly", at="2025-11-21")),
        "age-elderly",
        "hold/hold",
    ),
    ("age not known", put("patient.birth_date", None), "age-minimum", "hold/unknown"),
    ("no patient facts", put("patient", None), "age-minimum", "hold/unknown"),
    # history
    ("PML in the past", put("patient.history.pml", True), "pml-history", "stop/present"),
    ("PML not known", put("patient.history.pml", None), "pml-history", "hold/unknown"),
    (
        "allergy not known",
        put("patient.history.natalizumab_hypersensitivity", None),
        "hypersensitivity-history",
        "hold/unknown",
    ),
    (
        "opportunistic infection",
        put("patient.history.opportunistic_infection", True),
        "opportunistic-infection",
        "stop/present",
    ),
    ("no history at all", put("patient.history", None), "opportunistic-infection", "hold/unknown"),
    (
        "organ impairment not known",
        put("patient.history.severe_renal_or_hepatic_impairment", None),
        "organ-impairment",
        "hold/unknown",
    ),
    # answers
    ("new weakness", put("answers.new_neurological_symptoms", True), "new-neurological-symptoms", "hold/yes"),
    ("antibiotic course", put("answers.antimicrobial_course", True), "infection", "hold/yes"),
    ("bleeding", put("answers.unusual_bleeding_or_bruising", True), "bleeding", "stop/yes"),
    ("suicidal thoughts", put("answers.suicidal_thoughts", True), "mood", "hold/yes"),
    ("live vaccine", put("answers.live_vaccine_planned_or_recent", True), "live-vaccine", "caution/yes"),
    ("one question open", put("answers.breastfeeding", None), "unanswered", "hold/unanswered"),
    (
        "infection decided today",
        both(put("answers.infection_signs", True), decided("infection")),
        "infection",
        "information/yes",
    ),
    (
        "infection decided yesterday",
        both(put("answers.infection_signs", True), decided("infection", at="2026-11-21T23:00:00+00:00")),
        "infection",
        "hold/yes",
    ),
    (
        "infection decided in an hour",
        both(put("answers.infection_signs", True), decided("infection", at="2026-11-22T11:00:00+00:00")),
        "infection",
        "hold/yes",
    ),
    (
        "infection: do not give",
        both(put("answers.infection_signs", True), decided("infection", "do-not-give")),
        "infection",
        "hold/yes",
    ),
    (
        "a stop is not cleared",
        both(put("answers.jaundice_or_dark_urine", True), decided("jaundice")),
        "jaundice",
        "stop/yes",
    ),
    # medicines
    (
        "a named immunosuppressant",
        put("patient.medicines", ["Azathioprin-1A 50"]),
        "immunosuppressant-medicine",
        "stop/named",
    ),
    ("an abbreviation", put("patient.medicines", ["6-MP 50 mg"]), "immunosuppressant-medicine", "stop/named"),
    ("a misspelt one", put("patient.medicines", ["fingolomid"]), "immunosuppressant-medicine", "hold/near"),
    ("interferon", put("patient.medicines", ["Avonex"]), "immunomodulator-medicine", "hold/named"),
    ("prednisone tablets", put("patient.medicines", ["prednisone 10 mg"]), "steroid-last-month", "hold/named"),
    ("a steroid cream", put("patient.medicines", ["hydrocortisone cream"]), "steroid-last-month", None),
    ("aminosalicylate", put("patient.medicines", ["mesalazine"]), "immunosuppressant-medicine", None),
    ("immunoglobulin", put("patient.medicines", ["IVIg"]), "jcv-sample-window", "caution/window"),
    ("medicines not known", put("patient.medicines", None), "immunosuppressant-medicine", "hold/unknown"),
    (
        "a medicine that matters to no rule",
        put("patient.medicines", ["paracetamol"]),
        "immunosuppressant-medicine",
        None,
    ),
    # interval
    ("20 days", put("patient.treatment.last_infusion", "2026-11-02"), "dose-interval", "stop/too-soon"),
    ("21 days", put("patient.treatment.last_infusion", "2026-11-01"), "dose-interval", "hold/early"),
    ("28 days", put("patient.treatment.last_infusion", "2026-10-25"), "dose-interval", None),
    ("34 days", put("patient.treatment.last_infusion", "2026-10-19"), "dose-interval", None),
    ("35 days", put("patient.treatment.last_infusion", "2026-10-18"), "dose-interval", "caution/late"),
    ("55 days", put("patient.treatment.last_infusion", "2026-09-28"), "dose-missed", None),
    ("56 days", put("patient.treatment.last_infusion", "2026-09-27"), "dose-missed", "caution/missed"),
    ("83 days", put("patient.treatment.last_infusion", "2026-08-31"), "dose-gap", None),
    ("84 days", put("patient.treatment.last_infusion", "2026-08-30"), "dose-gap", "hold/gap"),
    ("last infusion not known", put("patient.treatment.last_infusion", None), "dose-interval", "hold/unknown"),
    ("number of infusions not known", put("patient.treatment.infusions_given", None), "dose-interval", "hold/unknown"),
    ("a plan of five weeks", put("patient.treatment.plan_interval_weeks", 5), "dose-interval", "hold/unknown"),
    ("no course at all", put("patient.treatment", None), "dose-interval", "hold/unknown"),
    (
        "Q6W 41 days",
        both(put("patient.treatment.plan_interval_weeks", 6), put("patient.treatment.last_infusion", "2026-10-12")),
        "dose-interval",
        "hold/early",
    ),
    (
        "Q6W 48 days",
        both(put("patient.treatment.plan_interval_weeks", 6), put("patient.treatment.last_infusion", "2026-10-05")),
        "dose-interval",
        None,
    ),
    (
        "Q6W 83 days is late",
        both(put("patient.treatment.plan_interval_weeks", 6), put("patient.treatment.last_infusion", "2026-08-31")),
        "dose-interval",
        "caution/late",
    ),
    # vital signs
    ("systolic 89", put("vitals.systolic", 89), "vital-signs", "hold/hold"),
    ("systolic 99", put("vitals.systolic", 99), "vital-signs", "caution/caution"),
    ("systolic 100", put("vitals.systolic", 100), "vital-signs", None),
    ("systolic 160", put("vitals.systolic", 160), "vital-signs", None),
    ("systolic 161", put("vitals.systolic", 161), "vital-signs", "caution/caution"),
    ("systolic 181", put("vitals.systolic", 181), "vital-signs", "hold/hold"),
    ("pulse 54", put("vitals.pulse", 54), "vital-signs", "caution/caution"),
    ("pulse 131", put("vitals.pulse", 131), "vital-signs", "hold/hold"),
    ("respiration 21", put("vitals.respiration", 21), "vital-signs", "caution/caution"),
    ("respiration 25", put("vitals.respiration", 25), "vital-signs", "hold/hold"),
    ("SpO2 94", put("vitals.spo2", 94), "vital-signs", "caution/caution"),
    ("SpO2 91", put("vitals.spo2", 91), "vital-signs", "hold/hold"),
    ("37.8 degrees", put("vitals.temperature_c", "37.8"), "fever", "caution/caution"),
    ("37.9 degrees", put("vitals.temperature_c", "37.9"), "fever", "caution/caution"),
    ("38.0 degrees", put("vitals.temperature_c", "38.0"), "fever", "hold/hold"),
    ("no vital signs", put("vitals", None), "vital-signs-missing", "hold/missing"),
    # Crohn's disease
    (
        "no benefit on day 83",
        both(
            put("patient.indication", "crohns-disease"),
            put("patient.treatment.first_infusion", "2026-08-31"),
            put("patient.treatment.crohns_benefit", False),
        ),
        "crohns-benefit",
        "caution/early",
    ),
    (
        "benefit not known on day 83",
        both(put("patient.indication", "crohns-disease"), put("patient.treatment.first_infusion", "2026-08-31")),
        "crohns-benefit",
        None,
    ),
    (
        "benefit not known on day 84",
        both(put("patient.indication", "crohns-disease"), put("patient.treatment.first_infusion", "2026-08-30")),
        "crohns-benefit",
        "hold/unknown",
    ),
    (
        "first infusion not known",
        both(put("patient.indication", "crohns-disease"), put("patient.treatment.first_infusion", None)),
        "crohns-benefit",
        "hold/unknown",
    ),
    (
        "steroids one day before six months",
        both(
            put("patient.indication", "crohns-disease"),
            put("patient.treatment.first_infusion", "2026-05-23"),
            put("patient.treatment.crohns_on_steroids", True),
        ),
        "crohns-steroids",
        None,
    ),
    (
        "steroids at six months",
        both(
            put("patient.indication", "crohns-disease"),
            put("patient.treatment.first_infusion", "2026-05-22"),
            put("patient.treatment.crohns_on_steroids", True),
        ),
        "crohns-steroids",
        "hold/due",
    ),
    (
        "steroids not known at six months",
        both(
            put("patient.indication", "crohns-disease"),
            put("patient.treatment.first_infusion", "2026-05-22"),
            put("patient.treatment.crohns_on_steroids", None),
        ),
        "crohns-steroids",
        "hold/unknown",
    ),
    # results as multiples
    ("ALT at the limit", lab("ALT", value="40"), "liver-enzymes", None),
    ("ALT just above", lab("ALT", value="40.1"), "liver-enzymes", "caution/above"),
    ("ALT 119.9", lab("ALT", value="119.9"), "liver-enzymes", "caution/above"),
    ("ALT exactly three times", lab("ALT", value="120"), "liver-enzymes", "hold/high"),
    ("AST three times", lab("AST", value="120"), "liver-enzymes", "hold/high"),
    ("ALT below a range that reaches three times", lab("ALT", value="<120"), "liver-enzymes", "caution/above"),
    ("ALT above the range", lab("ALT", value=">100"), "liver-enzymes", "hold/high"),
    (
        "ALT 5.1 times with jaundice",
        both(lab("ALT", value="204"), put("answers.jaundice_or_dark_urine", True)),
        "liver-enzymes",
        "stop/very-high",
    ),
    ("ALT 5.1 times alone", lab("ALT", value="204"), "liver-enzymes", "hold/high"),
    ("ALT without its limit", lab("ALT", uln=None), "lab-reference-missing", "hold/missing"),
    ("bilirubin twice", lab("BILI", value="2.4"), "bilirubin", "caution/above"),
    ("bilirubin above twice", lab("BILI", value="2.41"), "bilirubin", "hold/high"),
    (
        "bilirubin above twice with the enzymes",
        both(lab("BILI", value="2.41"), lab("AST", value="120")),
        "bilirubin",
        "stop/with-enzymes",
    ),
    ("alkaline phosphatase 2.5 times", lab("ALP", value="300"), "alkaline-phosphatase", "caution/above"),
    ("alkaline phosphatase above 2.5 times", lab("ALP", value="301"), "alkaline-phosphatase", "hold/high"),
    ("Hy's law", both(lab("BILI", value="2.41"), lab("ALT", value="120")), "hys-law", "stop/pattern"),
    (
        "Hy's law with cholestasis",
        both(lab("BILI", value="2.41"), lab("ALT", value="120"), lab("ALP", value="240")),
        "hys-law",
        None,
    ),
    (
        "Hy's law, cholestasis not measured",
        both(lab("BILI", value="2.41"), lab("ALT", value="120"), no_lab("ALP")),
        "hys-law",
        "stop/pattern",
    ),
    (
        "Hy's law needs bilirubin's own limit",
        both(lab("BILI", value="9", uln=None), lab("ALT", value="120")),
        "hys-law",
        None,
    ),
    # counts
    ("platelets 149", lab("PLT", value="149"), "platelets", "caution/below-limit"),
    ("platelets 99.9", lab("PLT", value="99.9"), "platelets", "hold/low"),
    ("platelets 49", lab("PLT", value="49"), "platelets", "stop/very-low"),
    ("platelets below a range", lab("PLT", value="<60"), "platelets", "stop/very-low"),
    ("platelets without lower limit", lab("PLT", lln=None), "lab-reference-missing", "hold/missing"),
    ("neutrophils high", lab("NEUT", value="7.8"), "neutrophils", "caution/above-limit"),
    ("neutrophils without upper limit", lab("NEUT", uln=None), "lab-reference-missing", "hold/missing"),
    ("lymphocytes raised are expected", lab("LYMPH", value="20"), "lymphocytes", "information/expected"),
    ("lymphocytes above 20", lab("LYMPH", value="20.01"), "lymphocytes", "hold/high"),
    ("lymphocytes not raised after seven doses", lab("LYMPH", value="3.9"), "lymphocytes", "caution/not-raised"),
    (
        "lymphocytes not raised after two doses",
        both(lab("LYMPH", value="3.9"), put("patient.treatment.infusions_given", 2)),
        "lymphocytes",
        None,
    ),
    ("lymphocytes low", lab("LYMPH", value="0.9"), "lymphocytes", "caution/below-limit"),
    ("lymphocytes 0.49", lab("LYMPH", value="0.49"), "lymphocytes", "hold/low"),
    ("lymphocytes 0.19", lab("LYMPH", value="0.19"), "lymphocytes", "stop/very-low"),
    (
        "eosinophils 1.5",
        more_labs({"test": "EOS", "value": "1.5", "unit": "10*9/L", "collected": "2026-11-02"}),
        "eosinophils",
        None,
    ),
    (
        "eosinophils 1.6",
        more_labs({"test": "EOS", "value": "1.6", "unit": "10*9/L", "collected": "2026-11-02"}),
        "eosinophils",
        "caution/high",
    ),
    (
        "eosinophils 1.6 with infection signs",
        both(
            more_labs({"test": "EOS", "value": "1.6", "unit": "10*9/L", "collected": "2026-11-02"}),
            put("answers.infection_signs", True),
        ),
        "eosinophils",
        "hold/high",
    ),
    ("haemoglobin 7.9", lab("HGB", value="7.9"), "hemoglobin", "hold/low"),
    ("haemoglobin 79 g/L", lab("HGB", value="79", unit="g/L", lln="120", uln="160"), "hemoglobin", "hold/low"),
    ("haemoglobin below its range", lab("HGB", value="11.9"), "hemoglobin", "caution/below-limit"),
    (
        "haemoglobin fell by 2",
        more_labs(
            {"test": "HGB", "value": "15.4", "unit": "g/dL", "lln": "12", "uln": "16", "collected": "2026-08-02"}
        ),
        "hemoglobin",
        None,
    ),
    (
        "haemoglobin fell by more than 2",
        more_labs(
            {"test": "HGB", "value": "15.5", "unit": "g/dL", "lln": "12", "uln": "16", "collected": "2026-08-02"}
        ),
        "hemoglobin",
        "hold/fall",
    ),
    # units and words
    ("a unit of another kind", lab("ALT", unit="mg/dL"), "lab-unit", "hold/unit"),
    ("no unit", lab("ALT", unit=None), "lab-unit", "hold/unit"),
    ("a word for a number", lab("ALT", value="pending"), "lab-unit", "hold/value"),
    ("no value", lab("ALT", value=None), "lab-unit", "hold/value"),
    ("an unreadable antibody word", lab("ADA", value="see report"), "lab-unit", "hold/value"),
    ("an indeterminate JCV", lab("JCV", value="indeterminate"), "lab-unit", None),
    ("an empty MRI", lab("MRI", value=" "), "lab-unit", "hold/value"),
    ("EDSS with a unit of another kind", lab("EDSS", unit="U/L"), "lab-unit", "hold/unit"),
    # age of results
    (
        "liver tests 91 days old",
        both(lab("ALT", collected="2026-08-23"), lab("AST", collected="2026-08-23")),
        "lab-overdue",
        "caution/old",
    ),
    ("platelets never done", no_lab("PLT"), "lab-overdue", "caution/absent"),
    (
        "baseline missing before the first",
        both(no_lab("PLT"), put("patient.treatment.infusions_given", 0), put("patient.treatment.last_infusion", None)),
        "baseline-labs",
        "hold/missing",
    ),
    (
        "baseline too old before the first",
        both(
            lab("ALT", collected="2026-08-23"),
            put("patient.treatment.infusions_given", 0),
            put("patient.treatment.last_infusion", None),
        ),
        "baseline-labs",
        "hold/old",
    ),
    ("antibodies on the last good day", lab("ADA", collected="2026-08-30"), "lab-overdue", None),
    (
        "antibodies not yet due after the first",
        both(no_lab("ADA"), put("patient.treatment.first_infusion", "2026-08-30")),
        "lab-overdue",
        None,
    ),
    ("antibodies never done", no_lab("ADA"), "lab-overdue", "caution/absent"),
    (
        "antibodies before the first",
        both(no_lab("ADA"), put("patient.treatment.infusions_given", 0), put("patient.treatment.last_infusion", None)),
        "lab-overdue",
        None,
    ),
    ("JCV six months old", lab("JCV", collected="2026-05-22"), "jcv-overdue", None),
    ("JCV one day older", lab("JCV", collected="2026-05-21"), "jcv-overdue", "caution/old"),
    (
        "a high index is not repeated",
        lab("JCV", value="2.1", unit="{index}", collected="2025-01-02"),
        "jcv-overdue",
        None,
    ),
    ("a low index is", lab("JCV", value="0.9", unit="{index}", collected="2025-01-02"), "jcv-overdue", "caution/old"),
    ("MRI never", no_lab("MRI"), "mri-overdue", "caution/absent"),
    ("MRI 12 months old", lab("MRI", collected="2025-11-22"), "mri-overdue", None),
    # antibodies and PML
    ("first positive", lab("ADA", value="positive"), "anti-drug-antibody", "caution/first"),
    (
        "second positive after 42 days",
        both(
            lab("ADA", value="positive", collected="2026-10-10"),
            more_labs({"test": "ADA", "value": "positive", "collected": "2026-11-21"}),
        ),
        "anti-drug-antibody",
        "hold/persistent",
    ),
    (
        "positive with an earlier reaction",
        both(lab("ADA", value="positive"), put("patient.history.natalizumab_hypersensitivity", True)),
        "anti-drug-antibody",
        "stop/with-reaction",
    ),
    (
        "index 1.5 after 25",
        both(put("patient.treatment.infusions_given", 25), lab("JCV", value="1.5", unit="{index}")),
        "pml-risk",
        None,
    ),
    (
        "index 1.51 after 24",
        both(put("patient.treatment.infusions_given", 24), lab("JCV", value="1.51", unit="{index}")),
        "pml-risk",
        None,
    ),
    (
        "index 1.51 after 25",
        both(
            put("patient.treatment.infusions_given", 25),
            lab("JCV", value="1.51", unit="{index}"),
            lab("MRI", collected="2026-09-01"),
        ),
        "pml-risk",
        "hold/talk-missing",
    ),
    (
        "any positive after an immunosuppressant",
        both(
            put("patient.treatment.infusions_given", 25),
            lab("JCV", value="0.5", unit="{index}"),
            put("patient.history.prior_immunosuppressant", True),
        ),
        "pml-risk",
        "hold/both-missing",
    ),
    (
        "the lowest indeterminate index after an immunosuppressant",
        both(
            put("patient.treatment.infusions_given", 25),
            lab("JCV", value="0.2", unit="{index}"),
            put("patient.history.prior_immunosuppressant", True),
        ),
        "pml-risk",
        "hold/both-missing",
    ),
    (
        "an index below every indeterminate one",
        both(
            put("patient.treatment.infusions_given", 25),
            lab("JCV", value="<0.2", unit="{index}"),
            put("patient.history.prior_immunosuppressant", True),
        ),
        "pml-risk",
        None,
    ),
    (
        "the past not known counts as yes",
        both(
            put("patient.treatment.infusions_given", 25),
            lab("JCV", value="0.5", unit="{index}"),
            put("patient.history.prior_immunosuppressant", None),
        ),
        "pml-risk",
        "hold/both-missing",
    ),
    (
        "positive, index not known",
        both(put("patient.treatment.infusions_given", 25), lab("JCV", value="positive")),
        "pml-risk",
        "hold/both-missing",
    ),
    ("negative", put("patient.treatment.infusions_given", 60), "pml-risk", None),
    (
        "talk and MRI are there",
        both(
            put("patient.treatment.infusions_given", 25),
            lab("JCV", value="positive"),
            lab("MRI", collected="2026-05-22"),
            decided("pml-risk", at="2025-11-22"),
        ),
        "pml-risk",
        "caution/known",
    ),
    (
        "MRI too old",
        both(
            put("patient.treatment.infusions_given", 25),
            lab("JCV", value="positive"),
            lab("MRI", collected="2026-05-21"),
            decided("pml-risk", at="2025-11-22"),
        ),
        "pml-risk",
        "hold/mri-missing",
    ),
    (
        "talk too old",
        both(
            put("patient.treatment.infusions_given", 25),
            lab("JCV", value="positive"),
            lab("MRI", collected="2026-06-21"),
            decided("pml-risk", at="2025-11-21"),
        ),
        "pml-risk",
        "hold/talk-missing",
    ),
    # vial and order
    ("vial of another brand", put("product.brand", "Ocrevus"), "product-unknown", "hold/brand"),
    ("vial of another strength", put("product.strength_mg", 150), "product-unknown", "hold/strength"),
    ("vial without a lot", put("product.lot", " "), "product-unknown", "hold/lot"),
    ("route not known", put("product.route", None), "product-route", "hold/unknown"),
    ("expiry not known", put("product.expiry", None), "product-expiry", "hold/unknown"),
    ("expiry unreadable", put("product.expiry", "2027-13"), "product-expiry", "hold/unknown"),
    ("expires today", put("product.expiry", "2026-11-22"), "product-expiry", None),
    ("expires this month", put("product.expiry", "2026-11"), "product-expiry", None),
    ("no vial yet", put("product", None), "product-unknown", None),
    ("dose not ordered", put("order", None), "dose-fixed", "hold/unknown"),
    ("half a dose", put("order.dose_mg", 150), "dose-fixed", "stop/wrong"),
    # bag
    ("glucose", prepared(diluent="glucose-5"), "diluent", "stop/wrong"),
    ("diluent not known", prepared(diluent=None), "diluent", "hold/unknown"),
    ("bag size not known", prepared(bag_ml=None), "bag-volume", "hold/unknown"),
    ("16 mL", prepared(added_ml="16"), "dose-volume", "stop/wrong"),
    ("15 mL taken out before", prepared(withdrawn_from_bag_ml="15"), "final-volume", "hold/withdrawn"),
    ("taken out not known", prepared(withdrawn_from_bag_ml=None), "final-volume", "hold/unknown"),
    ("not looked at", prepared(inspection=None), "inspection", "hold/unknown"),
    ("shaken", prepared(inspection="shaken"), "inspection", "stop/failed"),
    ("cold not known", prepared(cold=None), "warm-up", "hold/unknown"),
    ("7 h at room ends at 8 h", aged("2026-11-22T03:00:00+00:00"), "stability", None),
    ("7 h 01 min at room ends too late", aged("2026-11-22T02:59:00+00:00"), "stability", "caution/end-room"),
    ("8 h 01 min at room", aged("2026-11-22T01:59:00+00:00"), "stability", "stop/room"),
    (
        "23 h cold ends at 24 h",
        aged("2026-11-21T11:00:00+00:00", ("2026-11-21T11:00:00+00:00", "refrigerator")),
        "stability",
        None,
    ),
    (
        "23 h 01 min cold ends too late",
        aged("2026-11-21T10:59:00+00:00", ("2026-11-21T10:59:00+00:00", "refrigerator")),
        "stability",
        "caution/end-total",
    ),
    (
        "24 h cold",
        aged("2026-11-21T10:00:00+00:00", ("2026-11-21T10:00:00+00:00", "refrigerator")),
        "stability",
        "caution/end-total",
    ),
    (
        "24 h 01 min cold",
        aged("2026-11-21T09:59:00+00:00", ("2026-11-21T09:59:00+00:00", "refrigerator")),
        "stability",
        "stop/total",
    ),
    (
        "the two allowances are never added",
        aged(
            "2026-11-21T10:00:00+00:00",
            ("2026-11-21T18:01:00+00:00", "refrigerator"),
            ("2026-11-22T09:59:00+00:00", "room"),
        ),
        "stability",
        "stop/room",
    ),
    ("mixed in two minutes' time", aged("2026-11-22T10:02:00+00:00"), "clock", None),
    ("mixed in more than two minutes' time", aged("2026-11-22T10:02:01+00:00"), "clock", "hold/future"),
    (
        "a future move silences the age",
        aged("2026-11-20T10:00:00+00:00", ("2026-11-22T10:03:00+00:00", "refrigerator")),
        "stability",
        None,
    ),
]


@pytest.mark.parametrize(
    ("change", "rule", "expected"), [row[1:] for row in TABLE], ids=[f"{row[2]}: {row[0]}" for row in TABLE]
)
def test_a_rule_at_its_boundary(protocol: InfusionProtocol, change: Change, rule: str, expected: str | None) -> None:
    assert verdict(judge(protocol, change), rule) == expected


def test_every_rule_name_has_been_at_a_boundary_or_has_a_worked_case() -> None:
    """The table and the worked cases together name every rule there is."""
    worked = {rule for case in json.loads(CASES.read_text()) for rule in case["expect"]["rules"]}
    assert RULE_NAMES - worked - {row[2] for row in TABLE} == set()
