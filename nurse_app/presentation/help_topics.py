"""The help: topics in groups, which of them belongs to what is on the screen, the protocol’s figures in them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.state import Phase
from nurse_app.i18n import N_, _
from nurse_app.presentation import intents as i
from nurse_app.presentation.formats import number

QUICK_START, PAPER_FORMS, LOOKING_AFTER, NOT_SAVED, CLOCK_JUMPED, NO_SOUND, PEOPLE, INTERRUPTED = (
    "quick-start",
    "paper-forms",
    "looking-after",
    "not-saved",
    "clock-jumped",
    "no-sound",
    "people",
    "interrupted",
)
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("Begin here"), (QUICK_START, "first-visit", "keys", PAPER_FORMS)),
    (
        N_("The visit, step by step"),
        (
            "identify",
            "pre-checks",
            "decision",
            "prepare",
            "second-check",
            "infuse",
            "vital-signs",
            "flush",
            "observe",
            "alarms",
            "reaction",
            "after-reaction",
            "discharge",
        ),
    ),
    (
        N_("Patients and results"),
        ("home", "patient", "record", "trends", "ms-timeline", "due", "recall", "import", "reports", "check"),
    ),
    (
        N_("What to do when"),
        (
            NOT_SAVED,
            CLOCK_JUMPED,
            "machine-restarted",
            "resume",
            INTERRUPTED,
            "power-cut",
            NO_SOUND,
            "wrong-patient",
            "forgotten-pin",
            "damaged-record",
            "does-not-start",
        ),
    ),
    (N_("The program"), (PEOPLE, LOOKING_AFTER)),
)

TOPIC_OF_PHASE: Mapping[Phase, str] = {
    "identify": "identify",
    "prechecks": "pre-checks",
    "prepare": "prepare",
    "infuse": "infuse",
    "flush": "flush",
    "observe": "observe",
    "reaction": "reaction",
    "discharge": "discharge",
    "closed": "discharge",
}

TOPIC_OF_SHEET: Mapping[i.SheetKind, str] = {
    i.SheetKind.VITAL_SIGNS: "vital-signs",
    i.SheetKind.DECISION: "decision",
    i.SheetKind.NOT_GIVEN: "pre-checks",
    i.SheetKind.WHY: "pre-checks",
    i.SheetKind.PRODUCT: "prepare",
    i.SheetKind.DILUENT: "prepare",
    i.SheetKind.SECOND_CHECK: "second-check",
    i.SheetKind.DISCARD_BAG: "prepare",
    i.SheetKind.LINE: "prepare",
    i.SheetKind.START: "infuse",
    i.SheetKind.CHANGE_RATE: "infuse",
    i.SheetKind.PAUSE: "infuse",
    i.SheetKind.STOP: "infuse",
    i.SheetKind.BAG_EMPTY: "infuse",
    i.SheetKind.FLUSH: "flush",
    i.SheetKind.LEAVE_EARLY: "observe",
    i.SheetKind.NOTE: "record",
    i.SheetKind.CORRECT: "record",
    i.SheetKind.CLOSE_REACTION: "reaction",
    i.SheetKind.TREATMENT: "reaction",
    i.SheetKind.ENTRY_TIME: "reaction",
    i.SheetKind.EXTRAVASATION: "reaction",
    i.SheetKind.LAB_RESULT: "trends",
    i.SheetKind.PML_RISK: "ms-timeline",
    i.SheetKind.SAVE_TRENDS: "trends",
    i.SheetKind.RESUME: "resume",
    i.SheetKind.DUE: "due",
    i.SheetKind.HAND_OVER: "after-reaction",
    i.SheetKind.CTCAE_GRADE: "after-reaction",
    i.SheetKind.REACTION_REPORT: "after-reaction",
    i.SheetKind.FOLLOW_UP_CALL: "after-reaction",
    i.SheetKind.CLEAR_FLAG: "after-reaction",
}

TOPIC_OF_PLACE: Mapping[type, str] = {
    i.GoHome: "home",
    i.GoToPatient: "patient",
    i.GoToTrends: "trends",
    i.GoToRecord: "record",
    i.GoToReactions: "after-reaction",
    i.GoToReports: "reports",
    i.GoToRecall: "recall",
    i.GoToCheck: "check",
    i.GoToImport: "import",
    i.GoToSelfTest: "looking-after",
    i.GoToSoundTest: NO_SOUND,
    i.GoToUpdate: "looking-after",
    i.GoToAbout: "looking-after",
}


@dataclass(frozen=True, slots=True)
class HelpTopic:
    """One page of the help. ``text`` is Markdown without the title."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class HelpGroup:
    """Some topics under one heading."""

    title: str
    topics: tuple[HelpTopic, ...]


@dataclass(frozen=True, slots=True)
class HelpBook:
    """All topics, in the order in which they are listed."""

    groups: tuple[HelpGroup, ...]

    def topic(self, key: str) -> HelpTopic:
        """The topic of that key; the quick start when there is none."""
        topics = {topic.key: topic for group in self.groups for topic in group.topics}
        return topics.get(key, topics[QUICK_START])


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What is on: the place, the phase of the visit if it is one, the sheet that is open.

    ``nobody_in``: the screen asks who is here. ``not_saved``: the bar says that something was not saved.
    ``clock_asked``: home asks whether the clock of the computer is right. ``interrupted``: a step waits to begin again.
    """

    place: i.Navigation
    phase: Phase | None = None
    sheet: i.SheetKind | None = None
    nobody_in: bool = False
    not_saved: bool = False
    clock_asked: bool = False
    interrupted: bool = False


def topic_for(where: Whereabouts) -> str:
    """The topic that somebody wants who asks for help there; what went wrong comes first."""
    if where.not_saved:
        return NOT_SAVED
    if where.nobody_in:
        return PEOPLE
    if where.clock_asked:
        return CLOCK_JUMPED
    if where.interrupted:
        return INTERRUPTED
    if where.sheet is not None:
        return TOPIC_OF_SHEET[where.sheet]
    if isinstance(where.place, i.GoToVisit) and where.phase is not None:
        return TOPIC_OF_PHASE[where.phase]
    if isinstance(where.place, i.GoToTrends) and where.place.timeline:
        return "ms-timeline"
    return TOPIC_OF_PLACE.get(type(where.place), QUICK_START)


def read_book(texts: Mapping[str, str], protocol: InfusionProtocol) -> HelpBook:
    """The topics from their Markdown, each by its key. Raises KeyError for a topic or a figure that is missing."""
    figures = dict(_figures(protocol, "protocol"))
    return HelpBook(
        tuple(
            HelpGroup(_(title), tuple(_topic(key, filled(texts[key], figures)) for key in keys))
            for title, keys in GROUPS
        )
    )


_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_.-]*)\}")


def filled(text: str, figures: Mapping[str, str]) -> str:
    """The text with the protocol's figures in it: {protocol.infusion.planned_minutes}."""
    return _PLACEHOLDER.sub(lambda found: figures[found[1]], text)


def _topic(key: str, text: str) -> HelpTopic:
    head, _line_end, rest = text.partition("\n")
    return HelpTopic(key, head.removeprefix("#").strip(), rest.strip())


def _figures(value: object, place: str) -> list[tuple[str, str]]:
    """Every number of the protocol by its place, as people read it."""
    if isinstance(value, Decimal):
        return [(place, number(value))]
    if isinstance(value, int) and not isinstance(value, bool):
        return [(place, str(value))]
    if is_dataclass(value) and not isinstance(value, type):
        parts = [(each.name, getattr(value, each.name)) for each in fields(value)]
    elif isinstance(value, Mapping):
        parts = list(value.items())
    else:
        return []
    return [found for name, part in parts for found in _figures(part, f"{place}.{name}")]
