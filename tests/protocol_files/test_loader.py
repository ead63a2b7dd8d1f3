"""A sound folder becomes a protocol; a broken one is refused with file and place."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.plain_data import MisfitError, build, plain
from nurse_app.protocol_files.checks.due import check_due
from nurse_app.protocol_files.errors import ProtocolError
from nurse_app.protocol_files.loader import digest, load_protocol
from tests.protocol_files.kit import MADE_UP, NATALIZUMAB, change, copy_of_natalizumab


def refusal(folder: Path) -> str:
    with pytest.raises(ProtocolError) as caught:
        load_protocol(folder, "en")
    return str(caught.value)


def test_the_installed_protocol_loads_with_exact_decimals() -> None:
    protocol = load_protocol(NATALIZUMAB, "en")

    assert (protocol.id, protocol.version, protocol.status) == ("natalizumab", "1.0.0", "example")
    assert protocol.infusion.bag_empty_variance_below_minutes == Decimal("57.5")
    assert protocol.reaction.epinephrine.mg_per_kg == Decimal("0.01")
    assert protocol.approval is None


def test_a_protocol_survives_being_stored_in_a_visit() -> None:
    protocol = load_protocol(NATALIZUMAB, "en")

    assert build(InfusionProtocol, json.loads(json.dumps(plain(protocol)))) == protocol


def test_the_digest_changes_with_any_figure_or_word_and_not_with_the_status() -> None:
    protocol = load_protocol(NATALIZUMAB, "en")

    other_dose = replace(protocol, dose_mg=Decimal(301))
    other_word = replace(protocol, texts={**protocol.texts, "protocol.name": "Natalizumab, other"})

    assert len({digest(protocol), digest(other_dose), digest(other_word)}) == 3
    assert digest(replace(protocol, status="retired")) == digest(protocol)
    assert len(digest(protocol)) == 64


def test_adding_a_drug_is_adding_a_folder() -> None:
    protocol = load_protocol(MADE_UP / "samplimab" / "0.9.0", "en")

    assert protocol.drug == "samplimab"
    assert protocol.dose_mg == 200
    assert protocol.programme is None
    assert protocol.crohns is None
    assert protocol.text("prepare.summary") == "One vial, 10 mL, into 250 mL. About 0.8 mg/mL."
    assert protocol.text("finding.fever.hold", value="39", unit="°C", limit="38.5") == "39 °C is 38.5 or more."


SYSTOLIC_LOW = "caution_above = 160\nhold_below = 90"
LYMPHOCYTES_UP = "grades = { 2 = 4, 3 = 20 }\nfirst_beyond_limit = false"
COUNT_RULE = "[[labs.count_rules]]\ntest = 'PLT'\n"
EPINEPHRINE_FIRST = "'call-help', 'epinephrine', 'position', 'oxygen',"

BROKEN_PROTOCOLS = [
    # shape
    ("dose_mg = 300", "dose_mg = 300\nbolus_ml = 1", "bolus_ml: is not known here"),
    ("dose_mg = 300", "", "dose_mg: is missing"),
    ("dose_mg = 300", "dose_mg = '300 mg'", "dose_mg: must be a number such as “0.5”, not “300 mg”"),
    ("planned_minutes = 60", "planned = 60", "infusion.planned: lacks its unit; write planned_minutes"),
    ("dose_mg = 300", "dose = 300", "dose: lacks its unit; write dose_mg"),
    ("rate_ml_h = 115", "rate = 115", "infusion.rate: lacks its unit; write rate_ml_h"),
    ("dose_mg = 300", "dose_mg = 300\ntexts = {}", "texts: is not known here"),
    ("after_seconds = 90", "after_seconds = 0", "interruption.after_seconds: must be above 0"),
    (
        "interruption = { sources",
        "interrupted = { sources",
        "interruption.after_seconds: has no source; name it in basis",
    ),
    ("dose_mg = 300", "dose_mg = 300\napproval = {}", "approval: is not known here"),
    (
        "status = 'example'",
        "status = 'fine'",
        "status: must be one of example, draft, approved, retired, not “fine”",
    ),
    ("id = 'natalizumab'", "id = 'other'", "id: “other” is not the folder’s name, “natalizumab”"),
    ("version = '1.0.0'", "version = '1.0.1'", "version: “1.0.1” is not the folder’s name, “1.0.0”"),
    ("status = 'example'", "status = 'approved'", "status: is approved, but approval.toml is missing"),
    # product and bag
    ("brands = ['Tysabri', 'Tyruko']", "brands = ['Tysabri', 'Tysabri']", "product.brands: “Tysabri” is there twice"),
    (
        "Tyruko = 'TYRUKO REMS'",
        "Tyroko = 'TYRUKO REMS'",
        "programme.brand_programmes: “Tyroko” is not a brand of product.brands",
    ),
    (
        ", Tyruko = 'TYRUKO REMS'",
        "",
        "programme.brand_programmes: “Tyruko” is not here, but is a brand of product.brands",
    ),
    (
        "'64406-008-01' = 'Tysabri'",
        "'64406-008-01' = 'Tysabry'",
        "product.codes: “Tysabry” is not a brand of product.brands",
    ),
    ("'07680572730012'", "'07680572730013'", "product.codes: “07680572730013” has a wrong check digit"),
    ("'07680572730012'", "'7680572730012'", "product.codes: “7680572730012” needs 14 digits, with zeros in front"),
    (
        "'64406-320-01' = 'product.refused.further-processing'",
        "'64406-008-01' = 'product.refused.further-processing'",
        "product.refused_codes: “64406-008-01” is there twice",
    ),
    (
        "added_ml = 15\ntotal_ml = 115",
        "added_ml = 14\ntotal_ml = 114",
        "preparation.added_ml: 14 of 300 mg in 15 mL is not dose_mg 300",
    ),
    ("total_ml = 115", "total_ml = 100", "preparation: total_ml 100 is not bag_ml 100 and added_ml 15"),
    ("total_ml = 115", "total_ml = 0", "preparation: total_ml 0 is not bag_ml 100 and added_ml 15"),
    ("max_room_hours = 8", "max_room_hours = 25", "preparation: max_room_hours 25 is above max_total_age_hours 24"),
    ("'inverted', ", "", "preparation.lines: “inverted” is not here, but the preparation needs it"),
    ("'inverted', ", "'shaken', ", "preparation.lines: “shaken” is not a line of the preparation"),
    ("'inverted', ", "'inverted', 'added', ", "preparation.lines: “added” is there twice"),
    # the run, the watch, vital signs
    (
        "bag_empty_variance_below_minutes = 57.5",
        "bag_empty_variance_below_minutes = 61",
        "infusion: bag_empty_variance_below_minutes 61 is above bag_empty_reason_below_minutes 60",
    ),
    (
        "rate_refused_above_ml_h = 120",
        "rate_refused_above_ml_h = 110",
        "infusion: rate_caution_above_ml_h 115 is above rate_refused_above_ml_h 110",
    ),
    (
        SYSTOLIC_LOW,
        "caution_above = 160\nhold_below = 101",
        "vital_signs.systolic: hold_below 101 is above caution_below 100",
    ),
    (
        SYSTOLIC_LOW,
        "caution_above = 160\nhold_below = 29",
        "vital_signs.systolic: possible_from 30 is above hold_below 29",
    ),
    (
        "caution_from = 37.8\nhold_from = 38.0",
        "caution_from = 38.1\nhold_from = 38.0",
        "vital_signs.temperature_c: caution_from 38.1 is above hold_from 38",
    ),
    (
        "caution_from = 37.8",
        "caution_from = 37.8\ncaution_above = 37.9",
        "vital_signs.temperature_c: has both caution_from and caution_above; keep one",
    ),
    ("possible_to = 45", "possible_to = 37", "vital_signs.temperature_c: hold_from 38 is above possible_to 37"),
    ("unit = '°C'", "unit = '°F'", "vital_signs.temperature_c.unit: must be “°C”, not “°F”"),
    ("rule = 'fever'", "rule = 'fewer'", "vital_signs.temperature_c.rule: “fewer” is not a rule"),
    ("[vital_signs.spo2]", "[vital_signs.sp02]", "vital_signs: “sp02” is not a vital sign"),
    (
        "[vital_signs.diastolic] # no source seen gives a limit\nunit = 'mmHg'\npossible_from = 10\npossible_to = 200",
        "",
        "vital_signs: “diastolic” is not here, but is one of the six vital signs",
    ),
    (
        "early_minutes = 5\nsigns",
        "early_minutes = 15\nsigns",
        "symptom_rounds: early_minutes 15 is not below infusion_every_minutes 15",
    ),
    (
        "'nausea', 'site-pain',\n]",
        "'nausea', 'nausea',\n]",
        "symptom_rounds.signs: “nausea” is there twice",
    ),
    (
        "'nausea', 'site-pain',\n]",
        "'nausea', 'sadness',\n]",
        "symptom_rounds.signs: “sadness” is not a sign",
    ),
    (
        "observation_at_minutes = [30, 60]",
        "observation_at_minutes = [60, 30]",
        "vital_sign_schedule.observation_at_minutes: 30 does not come after 60",
    ),
    (
        "observation_at_minutes = [30, 60]",
        "observation_at_minutes = [30, 90]",
        "vital_sign_schedule.observation_at_minutes: 90 is after the end (60)",
    ),
    (
        "early_minutes = 5",
        "early_minutes = 15",
        "vital_sign_schedule: early_minutes 15 is not below infusion_every_minutes 15",
    ),
    (
        "infusion_every_minutes = 15",
        "infusion_every_minutes = 61",
        "vital_sign_schedule: infusion_every_minutes 61 is above planned_minutes of the infusion 60",
    ),
    (
        "alarm_fall_from = 4",
        "alarm_fall_from = 0",
        "vital_signs.spo2: nothing, 0 is not below alarm_fall_from 0",
    ),
    (
        "alarm_rise_from = 1.0",
        "alarm_rise_from = 20",
        "vital_signs.temperature_c: alarm_rise_from 20 is not below possible_to - possible_from, 20",
    ),
    (
        "caution_fall_from = 0.20",
        "caution_fall_from = 0.30",
        "pressure_fall: caution_fall_from 0.3 is not below alarm_fall_above 0.3",
    ),
    (
        "alarm_fall_above = 0.30",
        "alarm_fall_above = 30",
        "pressure_fall: alarm_fall_above 30 is not below the whole of it, 1",
    ),
    ("sign = 'low-blood-pressure'", "sign = 'low-pressure'", "pressure_fall.sign: “low-pressure” is not a sign"),
    # ages and windows
    ("caution_from = 65", "caution_from = 67", "ages: caution_from 67 is above hold_from 66"),
    ("stop_below = 18", "stop_below = 65", "ages: stop_below 65 is not below caution_from 65"),
    ("late_from = 35", "late_from = 28", "schedule.plans.4: early_below 28 is not below late_from 28"),
    ("missed_from = 56", "missed_from = 84", "schedule.plans.4: missed_from 84 is not below gap_from_days 84"),
    (
        "stop_below_days = 21",
        "stop_below_days = 28",
        "schedule.plans.4: stop_below_days 28 is not below early_below 28",
    ),
    ("weeks = 6", "weeks = 4", "schedule.plans: “4” is there twice"),
    ("indication = 'crohns-disease'", "indication = 'crohns'", "crohns.indication: “crohns” is not one of indications"),
    # rules, questions, medicines
    ("fever = { sources", "fevers = { sources", "rules.fever: is missing"),
    ("fever = { sources", "bloom = { sources = ['computed'] }\nfever = { sources", "rules: “bloom” is not a rule"),
    ("standing = ['age-elderly'", "standing = ['age-old'", "decisions.standing: “age-old” is not a rule"),
    ("rule = 'infection'", "rule = 'infections'", "questions.infection_signs.rule: “infections” is not a rule"),
    (
        "rule = 'infection'",
        "rule = 'stability'",
        "questions.infection_signs.rule: “stability” has no sentence for “yes”",
    ),
    ("id = 'antimicrobial_course'", "id = 'infection_signs'", "questions: “infection_signs” is there twice"),
    (
        "'avonex'",
        "'Avonex'",
        "medicines.groups.immunomodulator-medicine: “Avonex” must be lower case, without spaces around it",
    ),
    ("'avonex'", "'humira'", "medicines.groups: “humira” is there twice"),
    (
        "rule = 'immunomodulator-medicine'\nseverity",
        "rule = 'fever'\nseverity",
        "medicines.groups.fever: “fever” has no sentence for “named”",
    ),
    ("'ointment'", "'Ointment'", "medicines.local_words: “Ointment” must be lower case, without spaces around it"),
    ("'ointment'", "'eye drops'", "medicines.local_words: “eye drops” is more than one word"),
    # laboratory
    ("id = 'AST'", "id = 'ALT'", "labs.tests: “ALT” is there twice"),
    ("'1742-6'", "'1742-7'", "labs.tests.ALT.loinc: “1742-7” is not a LOINC code with a right check digit"),
    ("'1742-6'", "'ALT'", "labs.tests.ALT.loinc: “ALT” is not a LOINC code with a right check digit"),
    ("'1920-8'", "'1742-6'", "labs.tests: “1742-6” is there twice"),
    ("'nkat/L' = 0.06", "'µkat/L' = 60", "labs.tests.ALT.units: “µkat/L” is not written in UCUM"),
    ("{ 'umol/L' = 1,", "{ 'umol/L' = 2,", "labs.tests.BILI.units: the first unit, “umol/L”, needs the factor 1"),
    ("units = { 'g/dL' = 1, 'g/L' = 0.1 }", "units = {}", "labs.tests.HGB.units: needs at least one unit"),
    (
        "units = { 'g/dL' = 1, 'g/L' = 0.1 }",
        "units = ['g/dL']",
        "labs.tests[12].units: must be an object, not a list",
    ),
    ("'g/L' = 0.1", "'g/L' = 0", "labs.tests.HGB.units.g/L: must be above 0"),
    (
        "tests = ['ALT', 'AST']",
        "tests = ['ALT', 'ASAT']",
        "labs.multiple_rules.liver-enzymes.tests: “ASAT” is not a test of labs.tests",
    ),
    (
        "hold_from = 3\nstop_above",
        "hold_from = 6\nstop_above",
        "labs.multiple_rules.liver-enzymes: hold_from 6 is above stop_above 5",
    ),
    (
        "hold_from = 3\nstop_above",
        "hold_from = 3\nhold_above = 4\nstop_above",
        "labs.multiple_rules.liver-enzymes: has both hold_from and hold_above; keep one",
    ),
    (
        "'unusual_bleeding_or_bruising']",
        "'bleeding']",
        "labs.multiple_rules.liver-enzymes.stop_needs_yes_to: “bleeding” is not a question",
    ),
    (
        "stop_with_rule = 'liver-enzymes'",
        "stop_with_rule = 'bilirubin'",
        "labs.multiple_rules.bilirubin.stop_with_rule: “bilirubin” is not another rule of multiple_rules",
    ),
    ("stop_below = 50", "stop_below = 120", "labs.count_rules.platelets: stop_below 120 is above hold_below 100"),
    (
        "test = 'PLT'\ncaution",
        "test = 'THR'\ncaution",
        "labs.count_rules.platelets.test: “THR” is not a test of labs.tests",
    ),
    (
        "hold_above_caution_with_yes_to = ['infection_signs'",
        "hold_above_caution_with_yes_to = ['infection'",
        "labs.count_rules.eosinophils.hold_above_caution_with_yes_to: “infection” is not a question",
    ),
    (
        "days = 84\nfrom_first",
        "days = 84\nmonths = 3\nfrom_first",
        "labs.monitoring.antibodies: needs either days or months",
    ),
    ("rule = 'mri-overdue'", "rule = 'fever'", "labs.monitoring.mri.rule: “fever” has no sentence for “old”"),
    (
        "grades = { 2 = 75,",
        "grades = { 2 = 45,",
        "labs.ctcae.PLT.grades: grade 3 at 50 does not lie beyond grade 2 at 45",
    ),
    (
        "grades = { 2 = 3, 3 = 5,",
        "grades = { 2 = 6, 3 = 5,",
        "labs.ctcae.ALT.grades: grade 3 at 5 does not lie beyond grade 2 at 6",
    ),
    (
        "grades = { 2 = 3, 3 = 5,",
        "grades = { 2 = 5, 3 = 5,",
        "labs.ctcae.ALT.grades: grade 3 at 5 does not lie beyond grade 2 at 5",
    ),
    (
        "grades = { 2 = 75,",
        "grades = { 1 = 150, 2 = 75,",
        "labs.ctcae.PLT.grades: “1” is not a grade that has a boundary of its own",
    ),
    (
        LYMPHOCYTES_UP,
        LYMPHOCYTES_UP.replace("3 =", "5 ="),
        "labs.ctcae.LYMPH.grades: “5” is not a grade that has a boundary of its own",
    ),
    (
        "baseline_from = 1.5",
        "baseline_from = 1.5\nbaseline_above = 1.5",
        "labs.ctcae.ALT: has both baseline_from and baseline_above; keep one",
    ),
    (
        "grades = { 2 = 75, 3 = 50, 4 = 25 }",
        "grades = { 2 = 75, 3 = 50, 4 = 25 }\nbaseline_from = 2",
        "labs.ctcae.PLT: grades a baseline only upwards and in multiples",
    ),
    (
        "baseline_from = 1.5",
        "baseline_from = 3.5",
        "labs.ctcae.ALT: baseline_from 3.5 is above the first of grades 3",
    ),
    ("cholestasis = 'ALP'", "cholestasis = 'AP'", "labs.hys_law: “AP” is not a test of labs.tests"),
    ("test = 'ADA'\npersistent", "test = 'NAB'\npersistent", "labs.antibodies.test: “NAB” is not a test of labs.tests"),
    ("mri = 'MRI'", "mri = 'MRT'", "labs.pml_risk: “MRT” is not a test of labs.tests"),
    ("index_above = 1.5", "index_above = 0.1", "labs.pml_risk: index_indeterminate_to 0.4 is above index_above 0.1"),
    (
        "index_indeterminate_to = 0.4",
        "index_indeterminate_to = 0.1",
        "labs.pml_risk: index_positive_from 0.2 is above index_indeterminate_to 0.1",
    ),
    (
        "infusions_to = [24, 48,",
        "infusions_to = [48, 48,",
        "labs.pml_risk.infusions_to: must rise from one figure to the next",
    ),
    ("index_bands = [0.9,", "index_bands = [1.9,", "labs.pml_risk.index_bands: must rise from one figure to the next"),
    ("id = 'negative-prior'", "id = 'negative-no-prior'", "labs.pml_risk.groups: “negative-no-prior” is there twice"),
    ("index = 'high'", "index = 'low'", "labs.pml_risk.groups: “positive low without” is there twice"),
    (
        "status = 'negative'\nprior_immunosuppressant = true",
        "status = 'positive'\nprior_immunosuppressant = true",
        "labs.pml_risk.groups: “positive low with” is there twice",
    ),
    (
        "id = 'positive-prior'\nstatus = 'positive'\n",
        "id = 'positive-prior'\nstatus = 'positive'\nindex = 'high'\n",
        "labs.pml_risk.groups: “positive low with” is not in any group",
    ),
    (
        "figures = ['6', '12', '13']",
        "figures = ['6', '12']",
        "labs.pml_risk.groups.positive-prior: needs one figure for each of infusions_to",
    ),
    ("'nonreactive', 'no', '-'", "'nonreactive', 'yes', '-'", "labs: “yes” is there twice"),
    # after a reaction
    ("id = 'fever'\nmeddra", "id = 'anaphylaxis'\nmeddra", "after_reaction.terms: “anaphylaxis” is there twice"),
    ("'rash', 'joint-pain'", "'fever', 'joint-pain'", "after_reaction.delayed_signs: “fever” is there twice"),
    ("levels = ['mild']", "levels = ['severe']", "after_reaction.terms: “severe” is there twice"),
    (
        "levels = ['mild']",
        "levels = ['awful']",
        "after_reaction.terms.infusion-related-reaction.levels: “awful” is not a level",
    ),
    ("only_signs = ['fever']", "only_signs = ['heat']", "after_reaction.terms.fever.only_signs: “heat” is not a sign"),
    (
        "signs = ['site-pain'] }",
        "signs = ['ache'] }",
        "after_reaction.terms.infusion-site-extravasation.steps.signs: “ache” is not a sign",
    ),
    (
        "{ grade = 1, from_c = 38 }",
        "{ grade = 6, from_c = 38 }",
        "after_reaction.terms.fever.steps: 6 is not a grade of CTCAE, 1 to 5",
    ),
    (
        "{ grade = 1, from_c = 38 }",
        "{ grade = 2, from_c = 38 }",
        "after_reaction.terms.fever.steps: must be grades that rise",
    ),
    ("systolic = '8480-6'", "height = '8480-6'", "after_reaction.loinc: “height” is not a vital sign"),
    (
        "call_from_hours = 24",
        "call_from_hours = 80",
        "after_reaction: call_from_hours 80 is above call_until_hours 72",
    ),
    (
        "tryptase_from_hours = 1",
        "tryptase_from_hours = 5",
        "after_reaction: tryptase_from_hours 5 is above tryptase_until_hours 4",
    ),
    (
        "biphasic_hours_resolved = 1",
        "biphasic_hours_resolved = 7",
        "after_reaction: biphasic_hours_resolved 7 is above biphasic_hours 6",
    ),
    # reaction
    ("id = 'hives', system", "id = 'itching', system", "reaction.signs: “itching” is there twice"),
    (
        "alone = 'severe' }",
        "alone = 'awful' }",
        "reaction.signs[2].alone: must be one of none, mild, allergic, severe, anaphylaxis, not “awful”",
    ),
    (
        "first_line = 'epinephrine'",
        "first_line = 'adrenaline'",
        "reaction.first_line: “adrenaline” is not one of treatments",
    ),
    ("\nnone = [", "\n# none = [", "reaction.actions: “none” is not here, but is a level"),
    ("[reaction.actions]", "[reaction.actions]\nfatal = []", "reaction.actions: “fatal” is not a level"),
    (
        "none = ['infusion-paused'",
        "none = ['call-help', 'call-help'",
        "reaction.actions.none: “call-help” is there twice",
    ),
    (
        EPINEPHRINE_FIRST,
        "'call-help', 'position', 'oxygen',",
        "reaction.actions.anaphylaxis: “epinephrine”, the first-line treatment, is missing",
    ),
    (
        EPINEPHRINE_FIRST,
        "'call-help', 'position', 'oxygen', 'epinephrine',",
        "reaction.actions.anaphylaxis: “oxygen” comes before “epinephrine”, the first-line treatment",
    ),
    (
        "repeat_until_minutes = 15",
        "repeat_until_minutes = 4",
        "reaction.epinephrine: repeat_minutes 5 is above repeat_until_minutes 4",
    ),
    # the same thing twice, or a thing that is not there
    (
        "hold_from = 38.0",
        "hold_from = 38.0\nhold_above = 39",
        "vital_signs.temperature_c: has both hold_from and hold_above; keep one",
    ),
    ("rule = 'bilirubin'\n", "rule = 'liver-enzymes'\n", "labs.multiple_rules: “liver-enzymes” is there twice"),
    (
        "[labs.hys_law]",
        f"{COUNT_RULE}rule = 'platelets'\n\n[labs.hys_law]",
        "labs.count_rules: “platelets” is there twice",
    ),
    ("name = 'edss'", "name = 'mri'", "labs.monitoring: “mri” is there twice"),
    ("test = 'WBC'\n", "test = 'NEUT'\n", "labs.ctcae: “NEUT down” is there twice"),
    ("rule = 'bilirubin'\n", "rule = 'fever'\n", "labs.multiple_rules.fever: “fever” has no sentence for “above”"),
    (
        "[labs.hys_law]",
        f"{COUNT_RULE}rule = 'fever'\n\n[labs.hys_law]",
        "labs.count_rules.fever: “fever” has no sentence for “below-limit”",
    ),
    ("relapse = 'RELAPSE'", "relapse = 'RELAPS'", "labs.ms_course: “RELAPS” is not a test of labs.tests"),
    ("tests = ['EDSS']", "tests = ['EDS']", "labs.monitoring.edss.tests: “EDS” is not a test of labs.tests"),
    ("test = 'WBC'\n", "test = 'LEUC'\n", "labs.ctcae.LEUC.test: “LEUC” is not a test of labs.tests"),
    (
        "indications = ['relapsing-ms', 'crohns-disease']",
        "indications = ['crohns-disease', 'crohns-disease']",
        "indications: “crohns-disease” is there twice",
    ),
    ("'corticosteroid', 'other']", "'other', 'other']", "reaction.treatments: “other” is there twice"),
    (
        "first_acts = ['pump-stopped', 'new-line', 'call-help']",
        "first_acts = ['new-line', 'new-line']",
        "reaction.first_acts: “new-line” is there twice",
    ),
    (
        "first_acts = ['pump-stopped', 'new-line', 'call-help']",
        "first_acts = ['pump-stopped', 'oxygen']",
        "reaction.first_acts: “oxygen” is a treatment: it belongs into the list of a level",
    ),
    ("id = 'infection'", "id = 'pml'", "reaction.paths: “pml” is there twice"),
    (
        "signs = ['fever', 'rigors']",
        "signs = ['fever', 'chills']",
        "reaction.paths.infection.signs: “chills” is not a sign",
    ),
    (
        "'infection-look', 'infection-tests'",
        "'infection-look', 'infection-look'",
        "reaction.paths.infection.acts: “infection-look” is there twice",
    ),
    (
        "'infection-look', 'infection-tests'",
        "'fluids', 'infection-tests'",
        "reaction.paths.infection: “fluids” is a treatment: it belongs into the list of a level",
    ),
    (
        "from_minutes = 10\nuntil_minutes = 15",
        "from_minutes = 16\nuntil_minutes = 15",
        "reaction.look_again: from_minutes 16 is above until_minutes 15",
    ),
    # what is due
    ("name = 'edss'\nkind", "name = 'mri'\nkind", "due.rules: “mri” is there twice"),
    ("monitoring = 'thyroid'", "monitoring = 'edss'", "due.rules: “edss” is there twice"),
    ("monitoring = 'thyroid'", "monitoring = 'tyroid'", "due.rules: “tyroid” is not an item of labs.monitoring"),
    ("monitoring = 'thyroid'\n", "", "labs.monitoring: “thyroid” is not in due.rules"),
    (
        "monitoring = 'thyroid'\n",
        "monitoring = 'thyroid'\nmonths = 6\n",
        "due.rules.thyroid: kind results has no months",
    ),
    ("first_months = [3, 6]\n", "", "due.rules.evaluation: kind evaluation needs first_months"),
    (
        "first_months = [3, 6]",
        "first_months = [6, 3]",
        "due.rules.evaluation: first_months 6 is not below first_months 3",
    ),
    ("'due.rules.edss' = ", "'due.rules' = ", "due.rules.edss: has no source; name it in basis"),
    (
        "instead_of = ['mri']",
        "instead_of = ['risk-mri']",
        "due.rules.risk-mri.instead_of: “risk-mri” is not another rule of due.rules",
    ),
    (
        "unreliable_with = 'jcv-sample-window'",
        "unreliable_with = 'fever'",
        "due.rules.jcv.unreliable_with: “fever” is not a rule on medicines",
    ),
    (
        "monitoring = 'thyroid'\nsoon_days = 28\nbears = 'none'",
        "monitoring = 'thyroid'\nsoon_days = 28\nbears = 'caution'",
        "due.rules.thyroid.bears: “caution” is not what labs.monitoring.thyroid makes of it",
    ),
    (
        "bears_before_first = 'hold'\n",
        "",
        "due.rules.liver.bears_before_first: must be “hold” for a baseline test, and is for nothing else",
    ),
    (
        "bears = 'none'\nput_off = 'nobody'",
        "bears = 'none'\nbears_before_first = 'hold'\nput_off = 'nobody'",
        "due.rules.pml-watch.bears_before_first: must be “hold” for a baseline test, and is for nothing else",
    ),
    (
        "bears = 'stop'\nbears_unknown = 'hold'\n",
        "bears = 'stop'\n",
        "due.rules.authorisation.bears_unknown: must be “hold”: what is not known is no reason to stop for good",
    ),
    (
        "bears_unknown = 'hold'\nput_off = 'nobody'",
        "bears_unknown = 'hold'\nput_off = 'nurse'",
        "due.rules.authorisation.put_off: must be “nobody”: it stops the dose",
    ),
    (
        "bears = 'hold'\nput_off = 'prescriber'",
        "bears = 'hold'\nput_off = 'nurse'",
        "due.rules.risk-talk.put_off: cannot be “nurse”: it holds the dose",
    ),
    ("recall_days = 14", "recall_days = 0", "due.recall_days: must be above 0"),
    # why
    ("ages = { sources", "'ages.stop_below' = { sources", "ages.caution_from: has no source; name it in basis"),
    (
        "'texts.level' = ",
        "'texts.level.mild' = ",
        "texts.level.raised-by-nurse.reason: has no source; name it in basis",
    ),
    (
        "vital_signs = { sources = ['our-default'] }",
        "vital_signs = { sources = [] }",
        "basis.vital_signs: needs at least one source",
    ),
    (
        "fever = { sources = ['our-default', ",
        "fever = { sources = ['wikipedia', ",
        "rules.fever: “wikipedia” is not a source of this protocol",
    ),
    (
        "other_view = 'other.age'",
        "other_view = 'other.ages'",
        "rules.age-elderly: “other.ages” is not a text of this protocol",
    ),
    (
        "[sources.computed]",
        "[sources.hearsay]\ntitle = 'A colleague'\nverified = 'from-memory'\n\n[sources.computed]",
        "sources: “hearsay” is not the reason of anything",
    ),
    ("form_days = 1", "form_days = 0", "programme.form_days: must be above 0"),
    ("form_days = 1", "form_days = -1", "programme.form_days: must be above 0"),
]


@pytest.mark.parametrize(("old", "new", "message"), BROKEN_PROTOCOLS)
def test_a_broken_protocol_is_refused_with_its_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    folder = copy_of_natalizumab(tmp_path)

    change(folder / "protocol.toml", old, new)

    assert refusal(folder) == f"protocol.toml: {message}"


@pytest.mark.parametrize(
    ("part", "rule"),
    [
        ("labs.antibodies", "antibody-repeat"),
        ("labs.pml_risk", "risk-mri"),
        ("programme", "authorisation"),
        ("crohns", "crohns-benefit"),
    ],
)
def test_what_is_due_rests_on_parts_that_are_there(part: str, rule: str) -> None:
    protocol = load_protocol(NATALIZUMAB, "en")
    name = part.removeprefix("labs.")
    without: dict[str, Any] = {name: None}
    broken = replace(protocol, **without) if name == part else replace(protocol, labs=replace(protocol.labs, **without))
    with pytest.raises(MisfitError, match=rf"due\.rules\.{rule}: kind {rule} rests on {part}, which is not there"):
        check_due(broken)


def test_a_protocol_may_do_without_a_due_list() -> None:
    check_due(replace(load_protocol(NATALIZUMAB, "en"), due=None))


BROKEN_TEXTS = [
    ("mood = 'Mood'\n", "", "rule.mood: is missing"),
    ("hint = 'Ask in private'", "", "question.suicidal_thoughts.hint: is missing"),
    ("[look]", "[luck]\nseven = 'seven'\n\n[look]", "luck.seven: is not a text that the program uses"),
    ("mood = 'Mood'", "mood = 'Mood'\nmoon = 'Moon'", "rule.moon: is not a text that the program uses"),
    ("LYMPH.above = 'A rise", "LYMPH.beside = 'A rise", "expected.LYMPH.beside: is not a text that the program uses"),
    ("LYMPH.above = 'A rise", "LYM.above = 'A rise", "expected.LYM.above: is not a text that the program uses"),
    ("nausea = 'Alone", "sickness = 'Alone", "sign-advice.sickness: is not a text that the program uses"),
    ("mood = 'Mood'", "mood = ''", "rule.mood: is empty"),
    ("mood = 'Mood'", "mood = 7", "rule.mood: must be text"),
    ("mood = 'Mood'", "mood = '{Mood'", "rule.mood: has a brace that does not hold the name of a figure"),
    ("mood = 'Mood'", "mood = 'Mood}'", "rule.mood: has a brace that does not hold the name of a figure"),
    ("mood = 'Mood'", "mood = '{mood!r}'", "rule.mood: has a brace that does not hold the name of a figure"),
    ("mood = 'Mood'", "mood = '{level}'", "rule.mood: “level” is not a figure of this sentence"),
    (
        "Temperature {value} {unit}. Look",
        "Temperature {vlaue} {unit}. Look",
        "finding.fever.caution: “vlaue” is not a figure of this sentence; it gets limit, sign, unit, value",
    ),
    (
        "{preparation.bag_ml} mL sodium",
        "{preparation.bag} mL sodium",
        "prepare.summary: “preparation.bag” is not a number of this protocol",
    ),
    ("mood = 'Mood'", "mood = 'Give 1.0 mg'", "rule.mood: “1.0” has a trailing zero"),
    ("[due.edss]\nwhy = ", "[due.edss]\nwhat = ", "due.edss.why: is missing"),
    ("title = 'Missed infusion'\n", "", "due.missed-infusion.title: is missing"),
    ("flush = 'Read again", "flushed = 'Read again", "interrupted.flush: is missing"),
    ("unreliable = '{medicine} is", "unreliable2 = '{medicine} is", "due.jcv.unreliable: is missing"),
    (
        "unreliable = '{medicine} is",
        "unreliable = '{days} is",
        "due.jcv.unreliable: “days” is not a figure of this sentence; it gets medicine, name",
    ),
]


@pytest.mark.parametrize(("old", "new", "message"), BROKEN_TEXTS)
def test_a_broken_text_is_refused_with_its_id(tmp_path: Path, old: str, new: str, message: str) -> None:
    folder = copy_of_natalizumab(tmp_path)

    change(folder / "text.en.toml", old, new)

    assert refusal(folder) == f"text.en.toml: {message}"


def test_a_protocol_needs_a_plan(tmp_path: Path) -> None:
    folder = copy_of_natalizumab(tmp_path)
    path = folder / "protocol.toml"
    whole = path.read_text("utf-8")
    begin, end = whole.index("[[schedule.plans]]"), whole.index("[crohns]")
    path.write_text(whole[:begin] + whole[end:].replace("'schedule.plans.6'", "'schedule.plans'"), "utf-8")
    change(path, "[schedule]", "[schedule]\nplans = []")

    assert refusal(folder) == "protocol.toml: schedule.plans: needs at least one plan"


def test_every_broken_file_is_named(tmp_path: Path) -> None:
    folder = copy_of_natalizumab(tmp_path)
    protocol, texts = folder / "protocol.toml", folder / "text.en.toml"

    texts.write_bytes(b"protocol = '\xff'")
    assert refusal(folder) == "text.en.toml: is not UTF-8 text at byte 12"
    texts.unlink()
    assert refusal(folder) == "text.en.toml: is missing"
    protocol.write_text("id = \n", "utf-8")
    assert refusal(folder) == "protocol.toml: is not valid TOML: Invalid value (at line 1, column 6)"
    protocol.unlink()
    protocol.mkdir()
    assert refusal(folder).startswith("protocol.toml: cannot be read: ")


def test_texts_are_needed_in_the_language_that_was_asked_for() -> None:
    with pytest.raises(ProtocolError, match=r"^text\.fr\.toml: is missing$"):
        load_protocol(NATALIZUMAB, "fr")


def test_an_error_keeps_path_and_place_for_the_caller(tmp_path: Path) -> None:
    folder = copy_of_natalizumab(tmp_path)
    change(folder / "protocol.toml", "rule = 'fever'", "rule = 'fewer'")

    with pytest.raises(ProtocolError) as caught:
        load_protocol(folder, "en")

    assert caught.value.path == folder / "protocol.toml"
    assert caught.value.place == "vital_signs.temperature_c.rule"
    assert caught.value.problem == "“fewer” is not a rule"
