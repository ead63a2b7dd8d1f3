"""Into which part of the printed record each kind of entry goes; every kind has its place."""

from collections.abc import Mapping

from nurse_app.domain import events as e
from nurse_app.i18n import _
from nurse_app.presentation.timeline import TimelineRow

PARTS: Mapping[str, tuple[type, ...]] = {
    "prechecks": (
        e.VisitStarted,
        e.FactsUpdated,
        e.PatientIdentified,
        e.IdentityMismatched,
        e.QuestionAnswered,
        e.DecisionRecorded,
        e.PrechecksFinished,
    ),
    "preparation": (
        e.ProductRecorded,
        e.VialInspected,
        e.DiluentRecorded,
        e.DoseAdded,
        e.BagInverted,
        e.DilutionFinished,
        e.BagInspected,
        e.BagLabelled,
        e.BagMoved,
        e.BagWarmed,
        e.BagDiscarded,
        e.SecondCheckPassed,
        e.SecondCheckFailed,
        e.LineReadied,
    ),
    "infusion": (
        e.InfusionStarted,
        e.RateChanged,
        e.InfusionPaused,
        e.InfusionResumed,
        e.BagEmptied,
        e.FlushFinished,
        e.InfusionStopped,
    ),
    "reaction": (
        e.ReactionOpened,
        e.SignNoted,
        e.ReactionGraded,
        e.HypersensitivitySuspected,
        e.TreatmentGiven,
        e.ActionDone,
        e.ExtravasationRecorded,
        e.ReactionClosed,
        e.CtcaeGraded,
        e.HandedOver,
    ),
    "ending": (
        e.ObservationStarted,
        e.ObservationCompleted,
        e.LeftEarly,
        e.Discharged,
        e.NotGiven,
    ),
    "notes": (
        e.NoteAdded,
        e.EntryMarkedInError,
        e.EntryTimeCorrected,
        e.ClockStepNoticed,
        e.VisitReopened,
        e.ClockConfirmed,
    ),
}
# In tables of their own.
VITAL_SIGNS: tuple[type, ...] = (e.VitalSignsRecorded, e.RoundDone)
ALARMS: tuple[type, ...] = (
    e.AlarmRaised,
    e.AlarmSounded,
    e.AlarmEscalated,
    e.AlarmAcknowledged,
    e.AudioPaused,
    e.AlarmResolved,
)


def part_title(part: str) -> str:
    """The heading of a part."""
    titles = {
        "prechecks": _("Identity and pre-checks"),
        "preparation": _("Preparation"),
        "infusion": _("Infusion"),
        "reaction": _("Reaction"),
        "ending": _("Observation and ending"),
        "notes": _("Notes, corrections and what the program noticed"),
    }
    return titles[part]


def all_marks(row: TimelineRow) -> tuple[str, ...]:
    """What is unusual about an entry: late, to be signed, marked in error."""
    return (*row.marks, row.correction) if row.correction else row.marks


def marks_in_brackets(row: TimelineRow) -> str:
    """What is said about an entry, each in brackets."""
    return " ".join(f"[{mark}]" for mark in all_marks(row))
