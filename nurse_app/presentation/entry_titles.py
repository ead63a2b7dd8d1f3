"""What was just saved, in two or three words; for the line at the foot of the screen."""

from collections.abc import Mapping

from nurse_app.domain import events as e
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.i18n import N_, _
from nurse_app.presentation.protocol_words import optional_text

TITLES: Mapping[type, str] = {
    e.VisitStarted: N_("Visit started"),
    e.FactsUpdated: N_("Patient’s details updated"),
    e.PatientIdentified: N_("Identity confirmed"),
    e.IdentityMismatched: N_("Wrong wristband noted"),
    e.QuestionAnswered: N_("Answer recorded"),
    e.VitalSignsRecorded: N_("Vital signs recorded"),
    e.RoundDone: N_("Seen, well"),
    e.DecisionRecorded: N_("Decision recorded"),
    e.PrechecksFinished: N_("Pre-checks finished"),
    e.ProductRecorded: N_("Vial recorded"),
    e.VialInspected: N_("Vial inspected"),
    e.DiluentRecorded: N_("Diluent recorded"),
    e.DoseAdded: N_("Drug added to the bag"),
    e.BagInverted: N_("Bag inverted"),
    e.DilutionFinished: N_("Mixing finished"),
    e.BagInspected: N_("Bag inspected"),
    e.BagLabelled: N_("Bag labelled"),
    e.BagMoved: N_("Bag moved"),
    e.BagWarmed: N_("Bag warmed"),
    e.BagDiscarded: N_("Bag discarded"),
    e.SecondCheckPassed: N_("Second check agrees"),
    e.SecondCheckFailed: N_("Second check differs"),
    e.LineReadied: N_("Line recorded"),
    e.InfusionStarted: N_("Infusion started"),
    e.RateChanged: N_("Rate changed"),
    e.InfusionPaused: N_("Infusion paused"),
    e.InfusionResumed: N_("Infusion resumed"),
    e.BagEmptied: N_("Bag empty"),
    e.FlushFinished: N_("Line flushed"),
    e.InfusionStopped: N_("Infusion stopped"),
    e.ObservationStarted: N_("Observation started"),
    e.ReactionOpened: N_("Reaction opened"),
    e.SignNoted: N_("Sign recorded"),
    e.ReactionGraded: N_("Level of the reaction recorded"),
    e.HypersensitivitySuspected: N_("Allergy marked"),
    e.TreatmentGiven: N_("Treatment recorded"),
    e.ActionDone: N_("Action recorded"),
    e.ExtravasationRecorded: N_("Slipped line recorded"),
    e.ReactionClosed: N_("Reaction closed"),
    e.CtcaeGraded: N_("CTCAE grade recorded"),
    e.HandedOver: N_("Hand-over recorded"),
    e.ObservationCompleted: N_("Observation complete"),
    e.LeftEarly: N_("Left early"),
    e.Discharged: N_("Discharged"),
    e.NotGiven: N_("Not given"),
    e.NoteAdded: N_("Note recorded"),
    e.EntryMarkedInError: N_("Entry marked in error"),
    e.EntryTimeCorrected: N_("Time corrected"),
    e.AlarmAcknowledged: N_("Alarm acknowledged"),
    e.AlarmRaised: N_("Alarm raised"),
    e.AlarmSounded: N_("Alarm sounded"),
    e.AlarmEscalated: N_("Alarm not acknowledged"),
    e.AudioPaused: N_("Sound paused"),
    e.AlarmResolved: N_("Alarm over"),
    e.ClockStepNoticed: N_("Moved clock noted"),
    e.VisitReopened: N_("Visit opened again"),
    e.ClockConfirmed: N_("Time confirmed"),
}


def entry_title(event: e.Event, protocol: InfusionProtocol) -> str:
    """The few words for one entry; signs and treatments by their own name."""
    title = _(TITLES[type(event)])
    match event:
        case e.SignNoted():
            name = optional_text(protocol, f"sign.{event.sign}")
        case e.TreatmentGiven():
            name = optional_text(protocol, f"treatment.{event.name}")
        case _:
            name = ""
    return _("{title}: {name}").format(title=title, name=name) if name else title
