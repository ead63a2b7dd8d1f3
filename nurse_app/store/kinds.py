"""The name under which each event is stored. A name is for ever; the class behind it may be renamed."""

from collections.abc import Mapping

from nurse_app.domain import events, patient_events, station_events
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.store.codec import EventCodec, SharedPart
from nurse_app.store.upcast import STEPS, UpcastChain
from nurse_app.visit.ports import StreamKind

VISIT_KINDS: Mapping[str, type[object]] = {
    "visit-started": events.VisitStarted,
    "facts-updated": events.FactsUpdated,
    "patient-identified": events.PatientIdentified,
    "identity-mismatched": events.IdentityMismatched,
    "question-answered": events.QuestionAnswered,
    "vital-signs-recorded": events.VitalSignsRecorded,
    "decision-recorded": events.DecisionRecorded,
    "prechecks-finished": events.PrechecksFinished,
    "product-recorded": events.ProductRecorded,
    "vial-inspected": events.VialInspected,
    "diluent-recorded": events.DiluentRecorded,
    "dose-added": events.DoseAdded,
    "bag-inverted": events.BagInverted,
    "dilution-finished": events.DilutionFinished,
    "bag-inspected": events.BagInspected,
    "bag-labelled": events.BagLabelled,
    "bag-moved": events.BagMoved,
    "bag-warmed": events.BagWarmed,
    "bag-discarded": events.BagDiscarded,
    "second-check-passed": events.SecondCheckPassed,
    "second-check-failed": events.SecondCheckFailed,
    "line-readied": events.LineReadied,
    "infusion-started": events.InfusionStarted,
    "rate-changed": events.RateChanged,
    "infusion-paused": events.InfusionPaused,
    "infusion-resumed": events.InfusionResumed,
    "bag-emptied": events.BagEmptied,
    "flush-finished": events.FlushFinished,
    "infusion-stopped": events.InfusionStopped,
    "observation-started": events.ObservationStarted,
    "reaction-opened": events.ReactionOpened,
    "sign-noted": events.SignNoted,
    "reaction-graded": events.ReactionGraded,
    "hypersensitivity-suspected": events.HypersensitivitySuspected,
    "treatment-given": events.TreatmentGiven,
    "action-done": events.ActionDone,
    "extravasation-recorded": events.ExtravasationRecorded,
    "reaction-closed": events.ReactionClosed,
    "observation-completed": events.ObservationCompleted,
    "left-early": events.LeftEarly,
    "discharged": events.Discharged,
    "not-given": events.NotGiven,
    "note-added": events.NoteAdded,
    "entry-marked-in-error": events.EntryMarkedInError,
    "entry-time-corrected": events.EntryTimeCorrected,
    "alarm-acknowledged": events.AlarmAcknowledged,
    "alarm-raised": events.AlarmRaised,
    "alarm-sounded": events.AlarmSounded,
    "alarm-escalated": events.AlarmEscalated,
    "audio-paused": events.AudioPaused,
    "alarm-resolved": events.AlarmResolved,
    "clock-step-noticed": events.ClockStepNoticed,
    "visit-reopened": events.VisitReopened,
    "clock-confirmed": events.ClockConfirmed,
    "round-done": events.RoundDone,
    "ctcae-graded": events.CtcaeGraded,
    "handed-over": events.HandedOver,
}
PATIENT_KINDS: Mapping[str, type[object]] = {
    "patient-registered": patient_events.PatientRegistered,
    "patient-amended": patient_events.PatientAmended,
    "lab-result-recorded": patient_events.LabResultRecorded,
    "lab-result-corrected": patient_events.LabResultCorrected,
    "lab-result-withdrawn": patient_events.LabResultWithdrawn,
    "lab-result-marked-in-error": patient_events.LabResultMarkedInError,
    "decision-kept": patient_events.DecisionKept,
    "hypersensitivity-flagged": patient_events.HypersensitivityFlagged,
    "hypersensitivity-cleared": patient_events.HypersensitivityCleared,
    "administration-recorded": patient_events.AdministrationRecorded,
    "reaction-recorded": patient_events.ReactionRecorded,
    "follow-up-call-made": patient_events.FollowUpCallMade,
}
STATION_KINDS: Mapping[str, type[object]] = {
    "user-added": station_events.UserAdded,
    "pin-changed": station_events.PinChanged,
    "user-signed-in": station_events.UserSignedIn,
    "sign-in-failed": station_events.SignInFailed,
    "screen-locked": station_events.ScreenLocked,
    "user-retired": station_events.UserRetired,
    "clock-trusted": station_events.ClockTrusted,
    "sound-tested": station_events.SoundTested,
    "sound-lost": station_events.SoundLost,
    "sound-restored": station_events.SoundRestored,
}
KINDS: Mapping[StreamKind, Mapping[str, type[object]]] = {
    StreamKind.VISIT: VISIT_KINDS,
    StreamKind.PATIENT: PATIENT_KINDS,
    StreamKind.STATION: STATION_KINDS,
}
# Each visit keeps its protocol in full, some 90 kB.
SHARED: Mapping[StreamKind, Mapping[str, SharedPart]] = {
    StreamKind.VISIT: {"visit-started": SharedPart("protocol", InfusionProtocol)},
}


def event_codecs() -> Mapping[StreamKind, EventCodec]:
    """The codec of every kind of stream, as this version writes and reads it."""
    chain = UpcastChain(STEPS)
    return {kind: EventCodec(names, chain, SHARED.get(kind, {})) for kind, names in KINDS.items()}
