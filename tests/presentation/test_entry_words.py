"""Every kind of entry in words; no kind is forgotten."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import get_args

import pytest

from nurse_app.domain import events as e
from nurse_app.domain.facts import Facts, VialOnHand, VitalSigns
from nurse_app.domain.finding import Finding
from nurse_app.domain.moment import Reading
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.entry_titles import TITLES, entry_title
from nurse_app.presentation.entry_words import WORDS, entry_sentence
from tests.kit import NAMES, VIAL, WELL

CAUTIONS = (
    Finding("fever", "caution", "caution"),
    Finding("thyroid", "caution", "x"),
    Finding("dose", "information", "y"),
)
VITALS = (
    "Vital signs: Blood pressure 124/78 mmHg · Pulse 72 /min · Breathing rate 14 /min · SpO₂ 98 % · "
    "Temperature 36.7 °C."
)
AT = datetime(2026, 11, 22, 10, 42, 7, tzinfo=UTC)
AGAIN = "The program was opened again. All clocks went on."
BAG, FIFTEEN = Decimal(100), Decimal(15)


def said(protocol: InfusionProtocol, event: e.Event) -> str:
    return entry_sentence(event, protocol, lambda user: NAMES.get(user, user))


def test_no_kind_of_entry_is_forgotten() -> None:
    assert set(WORDS) == set(get_args(e.Event)) == set(TITLES)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (e.FactsUpdated(Facts()), "The patient’s record was changed. The new details count from here on."),
        (e.PatientIdentified("TRN1", "scanned"), "Identity confirmed: wristband TRN1 (scanned)."),
        (e.IdentityMismatched("TRN2", "typed"), "Refused: wristband TRN2 (typed) is not this patient’s."),
        (e.QuestionAnswered("breastfeeding", answer=True), "Breast-feeding? Yes"),
        (e.QuestionAnswered("unheard-of", answer=False), "unheard-of No"),
        (
            e.VitalSignsRecorded(WELL),
            VITALS,
        ),
        (e.VitalSignsRecorded(VitalSigns(systolic=Decimal(90))), "Vital signs: Blood pressure 90/— mmHg."),
        (e.VitalSignsRecorded(VitalSigns(pulse=Decimal(72))), "Vital signs: Pulse 72 /min."),
        (
            e.DecisionRecorded("fever", "proceed", "Dr Sample"),
            "Prescriber’s decision by Dr Sample: proceed (Temperature). Read back.",
        ),
        (
            e.DecisionRecorded("observation-time", "do-not-give", "Dr Sample"),
            "Prescriber’s decision by Dr Sample: do not give (Shorter observation). Read back.",
        ),
        (e.PrechecksFinished("proceed", ()), "Pre-checks finished. Nothing holds the dose back."),
        (
            e.PrechecksFinished("caution", (*CAUTIONS, CAUTIONS[0])),
            "Pre-checks finished. Cautions seen: Temperature, thyroid.",
        ),
        (
            e.ProductRecorded(VIAL, "scanned"),
            "Vial: Tysabri 300 mg / 15 mL, intravenous, lot A12345, expires 31-Aug-2027 (scanned).",
        ),
        (e.ProductRecorded(VialOnHand(), "typed"), "Vial: brand not known, lot not known (typed)."),
        (e.ProductRecorded(VialOnHand(route="oral"), "typed"), "Vial: brand not known, oral, lot not known (typed)."),
        (e.VialInspected("clear"), "Vial inspected: clear."),
        (e.DiluentRecorded("sodium-chloride-0.9", BAG, "B778"), "Diluent: sodium chloride 0.9%, 100 mL, lot B778."),
        (e.DiluentRecorded("water", BAG), "Diluent: water, 100 mL."),
        (e.DoseAdded(FIFTEEN), "15 mL of the drug added to the bag."),
        (e.DoseAdded(FIFTEEN, FIFTEEN), "15 mL of the drug added to the bag, 15 mL taken out before."),
        (e.BagInverted(), "Bag inverted gently, not shaken."),
        (e.DilutionFinished(), "Mixing finished. The use-before clock runs."),
        (e.BagInspected("particles"), "Bag inspected: particles."),
        (e.BagLabelled(), "Bag labelled."),
        (e.BagMoved("refrigerator"), "Bag put into the refrigerator."),
        (e.BagMoved("room"), "Bag out of the refrigerator."),
        (e.BagWarmed(), "Bag is at room temperature again."),
        (e.BagDiscarded("Too old."), "Bag discarded: Too old."),
        (
            e.SecondCheckPassed("second-nurse", "A12345", FIFTEEN, "TRN1"),
            "Second check by SAMPLE, Nurse Two: lot A12345, 15 mL added, record number TRN1. All agree.",
        ),
        (
            e.SecondCheckFailed("second-nurse", ("lot", "added_ml", "record_no", "colour")),
            "Second check by SAMPLE, Nurse Two differs: lot, volume added, record number, colour.",
        ),
        (e.LineReadied("left forearm"), "Line ready: left forearm."),
        (e.InfusionStarted(Decimal(115), ()), "Infusion started at 115 mL/h."),
        (
            e.InfusionStarted(Decimal(115), CAUTIONS),
            "Infusion started at 115 mL/h. Cautions seen: Temperature, thyroid.",
        ),
        (e.RateChanged(Decimal("100.5"), "vein sore"), "Rate changed to 100.5 mL/h: vein sore."),
        (e.InfusionPaused("reaction"), "Infusion paused: reaction."),
        (e.InfusionPaused("Toilet."), "Infusion paused: Toilet."),
        (e.InfusionResumed(), "Infusion resumed."),
        (e.BagEmptied(None, variance=False), "Bag empty."),
        (
            e.BagEmptied("ran fast", variance=True),
            "Bag empty early: ran fast. Variance: the prescriber must be told.",
        ),
        (e.FlushFinished(Decimal(4)), "Line flushed with 4 mL. The dose is complete."),
        (
            e.FlushFinished(Decimal(4), faster=True),
            "Line flushed with 4 mL. The dose is complete. Faster than the infusion ran.",
        ),
        (e.InfusionStopped("reaction", for_reaction=True), "Infusion stopped for good: reaction."),
        (e.ObservationStarted("flush"), "Observation started, after the flush."),
        (e.ObservationStarted("stop"), "Observation started, after the stop."),
        (e.ObservationStarted("reaction"), "Observation started anew, after the reaction."),
        (e.RoundDone(), "Symptom round: seen, well."),
        (e.RoundDone(well=False), "Symptom round: seen, not well."),
        (e.ReactionOpened(()), "Reaction opened."),
        (e.ReactionOpened(("hives", "odd"), from_vital_signs=True), "Reaction opened by the vital signs: Hives, odd."),
        (e.SignNoted("wheeze"), "Sign seen: Wheeze."),
        (
            e.ReactionGraded("anaphylaxis", ("two-systems",)),
            "Level: Suspected anaphylaxis (signs in two organ systems).",
        ),
        (e.ReactionGraded("allergic", ("hives",)), "Level: Possible allergic reaction (Hives)."),
        (e.ReactionGraded("mild", ()), "Level: Mild reaction."),
        (
            e.HypersensitivitySuspected(permanent=False),
            "Natalizumab hypersensitivity suspected. No further dose until a prescriber clears it.",
        ),
        (
            e.HypersensitivitySuspected(permanent=True),
            "Natalizumab hypersensitivity suspected. For good: the drug is not given again.",
        ),
        (e.TreatmentGiven("epinephrine", "0.5 mg", "IM"), "Given: EPINEPHrine 0.5 mg IM."),
        (e.TreatmentGiven("oxygen"), "Given: Oxygen."),
        (e.ActionDone("call-help"), "Done: Call for help."),
        (e.ActionDone("epinephrine"), "Done: EPINEPHrine."),
        (e.ActionDone("dance"), "Done: dance."),
        (e.ReactionClosed("resolved"), "Reaction closed: Resolved."),
        (e.ObservationCompleted(), "Observation complete."),
        (e.LeftEarly("bus"), "Patient left early: bus."),
        (e.Discharged(), "Discharged. The visit is closed."),
        (e.NotGiven("fever"), "Not given today: fever. The visit is closed."),
        (e.NoteAdded("{odd} text."), "Note: {odd} text."),
        (e.EntryMarkedInError(7, "slip"), "Entry 7 marked in error: slip."),
        (e.AlarmAcknowledged("vital-signs-due/3"), "Alarm acknowledged: vital signs due."),
        (e.AlarmAcknowledged("unheard-of"), "Alarm acknowledged: unheard-of."),
        (
            e.ClockStepNoticed(timedelta(minutes=5)),
            "The clock of this computer was put forward by 05:00. Running times go on unchanged.",
        ),
        (
            e.ClockStepNoticed(timedelta(hours=-1)),
            "The clock of this computer was put back by 1:00:00. Running times go on unchanged.",
        ),
        (e.VisitReopened(), "The program was opened again. All clocks went on."),
        (
            e.VisitReopened(0, Reading(AT, timedelta(hours=1), "boot-1")),
            f"{AGAIN} It had last run at 10:42:07 by the clock of this computer.",
        ),
        (
            e.ClockConfirmed(AT, AT - timedelta(minutes=30), AT + timedelta(minutes=1), ()),
            "Another clock showed 10:42. Before that only this was known: between 10:12 and 10:43.",
        ),
        (
            e.ClockConfirmed(AT, AT - timedelta(minutes=30), None, ()),
            "Another clock showed 10:42. Before that only this was known: not before 10:12.",
        ),
        (
            e.VisitReopened(1),
            "The program was opened again. All clocks went on. 1 byte of an entry that was never saved was kept aside.",
        ),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else "",
)
def test_an_entry_says_what_happened(protocol: InfusionProtocol, event: e.Event, words: str) -> None:
    assert said(protocol, event) == words


def test_the_start_names_the_protocol_it_is_bound_to(protocol: InfusionProtocol) -> None:
    started = e.VisitStarted("p-1", "TRN1", protocol, "digest", Facts())

    assert said(protocol, started) == "Visit started. Record number TRN1. Protocol natalizumab 1.0.0."


@pytest.mark.parametrize(
    ("event", "title"),
    [
        (e.VitalSignsRecorded(WELL), "Vital signs recorded"),
        (e.SignNoted("hives"), "Sign recorded: Hives"),
        (e.SignNoted("odd"), "Sign recorded"),
        (e.TreatmentGiven("epinephrine"), "Treatment recorded: EPINEPHrine"),
    ],
)
def test_what_was_just_saved_has_a_few_words(protocol: InfusionProtocol, event: e.Event, title: str) -> None:
    assert entry_title(event, protocol) == title
