"""The follow-up calls that are to be made now, for home."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

from nurse_app.domain.follow_up_call import CALL
from nurse_app.domain.moment import Reading
from nurse_app.presentation.follow_up_words import call_in, call_tone, call_words
from nurse_app.presentation.patient_order import shown_name
from nurse_app.presentation.view_parts import Tone


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call to be made; ``name`` says whom, ``words`` by when."""

    patient_id: str
    name: str
    words: str
    tone: Tone


def present_calls(
    patients: Mapping[str, Mapping[str, str | int | bool | None]], reading: Reading, zone: tzinfo | None
) -> tuple[CallRow, ...]:
    """The calls that are due, the most urgent first; one whose time has not come is in the recall list."""
    now = reading.wall
    found = ((call_in(summary), key, summary) for key, summary in patients.items() if summary.get(CALL))
    due = [(call, key, summary) for call, key, summary in found if call is not None and call.state(now) != "later"]
    due.sort(key=lambda item: (item[0].good_until, item[1]))
    return tuple(
        CallRow(key, shown_name(str(summary.get("name") or "")), call_words(call, now, zone), call_tone(call, now))
        for call, key, summary in due
    )
