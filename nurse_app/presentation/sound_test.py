"""The sound test at the start of a shift: what is played when, what is asked, what to do when nobody heard it."""

from dataclasses import dataclass
from datetime import timedelta, tzinfo
from typing import Literal

from nurse_app.domain.alarm_events import Priority
from nurse_app.domain.sound import SoundStanding, SoundTestPlan, SoundTrouble
from nurse_app.i18n import N_, _
from nurse_app.presentation.formats import clock, day
from nurse_app.presentation.sound_words import sound_trouble_words
from nurse_app.presentation.view_parts import Tone

_MEANINGS: tuple[tuple[Priority, Tone, str, str], ...] = (
    ("high", "stop", N_("Ten quick tones"), N_("Go to the patient at once.")),
    ("medium", "caution", N_("Three tones"), N_("Go there soon.")),
    ("low", "brand", N_("Two low tones"), N_("Something is due.")),
)
PRIORITIES = tuple(priority for priority, *_rest in _MEANINGS)


@dataclass(frozen=True, slots=True)
class SoundTestState:
    """How far a test is. ``turn`` counts the sounds that have had their turn, None before the first begins."""

    turn: int | None = None
    answer: Literal["", "heard", "not-heard"] = ""


@dataclass(frozen=True, slots=True)
class SoundView:
    """One of the sounds; ``now``: it is the one that plays."""

    priority: Priority
    tone: Tone
    sound: str
    meaning: str
    status: str
    now: bool


@dataclass(frozen=True, slots=True)
class SoundTestView:
    """The page of the sound test. ``trouble`` says what the machine knows to be wrong, ``result`` what to do now.

    ``play`` is the label of the button that plays or, while they play, ends the sounds.
    """

    lead: str
    last: str
    trouble: str
    sounds: tuple[SoundView, ...]
    play: str
    plays: bool
    asks: bool
    result: tuple[str, ...]
    is_heard: bool


def playing_in(state: SoundTestState) -> Priority | None:
    """Which sound has its turn; None before the first and after the last."""
    if state.turn is None or state.turn >= len(PRIORITIES):
        return None
    return PRIORITIES[state.turn]


def turn_is_over(state: SoundTestState, passed: timedelta, plan: SoundTestPlan) -> bool:
    """Whether the sound that has its turn has had it, ``passed`` after it began. Each gets one, however late."""
    ends = (0, plan.medium_after_s, plan.low_after_s, plan.asked_after_s)
    if state.turn is None or state.turn >= len(PRIORITIES):
        return False
    return passed >= timedelta(seconds=ends[state.turn + 1] - ends[state.turn])


def present_sound_test(
    state: SoundTestState,
    standing: SoundStanding,
    trouble: SoundTrouble | None,
    zone: tzinfo | None,
) -> SoundTestView:
    """The page as it is now; ``trouble`` is what the machine knows."""
    playing = playing_in(state)
    asks = state.turn is not None and not state.answer and playing is None
    again = state.turn is not None
    return SoundTestView(
        lead=_("Three sounds are played, the most urgent first. Stand where you work, and listen."),
        last=_last(standing, zone),
        trouble=sound_trouble_words(trouble) if trouble else "",
        sounds=tuple(_sound(place, state.turn) for place in range(len(_MEANINGS))),
        play=_("Stop the sounds") if playing else _("Play again") if again else _("Play the sounds"),
        plays=playing is not None,
        asks=asks,
        result=_result(state, trouble),
        is_heard=state.answer == "heard",
    )


def _last(standing: SoundStanding, zone: tzinfo | None) -> str:
    if standing.heard is None:
        return _("Nobody has heard a sound test on this computer yet.")
    at = standing.heard.at.latest
    words = _("Last heard on this computer: {day}, {time}.")
    return words.format(day=day(at.astimezone(zone).date()), time=clock(at, zone))


def _sound(place: int, turn: int | None) -> SoundView:
    priority, tone, sound, meaning = _MEANINGS[place]
    status = "" if turn is None or turn < place else _("plays now") if turn == place else _("played")
    return SoundView(priority, tone, _(sound), _(meaning), status, now=turn == place)


def _result(state: SoundTestState, trouble: SoundTrouble | None) -> tuple[str, ...]:
    if state.answer == "heard":
        # Somebody heard it all the same: what the machine says is told above.
        return (
            _("Noted: you heard the sounds.") if trouble is None else _("Noted: heard. Read what is wrong, above."),
        )
    if state.answer == "not-heard":
        return (
            _("Noted: not heard."),
            _("1. Turn the volume of this computer up."),
            _("2. Take headphones out, switch the loudspeaker on."),
            _("3. Play again."),
            _("Until you hear the sounds: keep this screen in sight, and set a timer of your own. More help: F1."),
        )
    return ()
