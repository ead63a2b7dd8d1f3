"""Footer and bands: who, when, what was saved last, training, a protocol that nobody approved."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import get_args

from nurse_app.domain.moment import Reading
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.chrome import ChromeView, Saving, disk_words, present_chrome, saved_words

READING = Reading(datetime(2026, 11, 22, 22, 30, 5, tzinfo=UTC), timedelta(hours=5), "boot-1")


def chrome(protocol: InfusionProtocol, user: str = "SAMPLE, Nurse One", how: Saving = "saved") -> ChromeView:
    return present_chrome(READING, user, (how, "09:41 saved"), protocol, timezone(timedelta(hours=3)), training=True)


def test_the_footer_says_who_and_the_day_in_the_zone_shown(protocol: InfusionProtocol) -> None:
    view = chrome(protocol)
    assert (view.user, view.saved, view.training) == ("Nurse: SAMPLE, Nurse One", "09:41 saved", True)
    assert view.date == "Monday 23-Nov-2026 01:30"
    assert chrome(protocol, "").user == "Nobody signed in"


def test_a_protocol_that_nobody_approved_says_so(protocol: InfusionProtocol) -> None:
    assert chrome(replace(protocol, status="example")).unapproved == protocol.text("protocol.not-approved")
    assert chrome(replace(protocol, status="approved")).unapproved == ""


def test_what_was_saved_carries_its_second() -> None:
    assert saved_words(READING, "Answer recorded", UTC) == "22:30:05 Answer recorded · saved"


def test_the_footer_says_how_saving_stands(protocol: InfusionProtocol) -> None:
    stands = {how: chrome(protocol, how=how) for how in get_args(Saving)}
    assert {how: (view.saved, view.saved_tone) for how, view in stands.items()} == {
        "saved": ("09:41 saved", "done"),
        "saving": ("Saving…", "neutral"),
        "not-saved": ("Not saved", "stop"),
    }


def test_a_disk_that_is_nearly_full_says_what_to_do(protocol: InfusionProtocol) -> None:
    assert chrome(protocol).disk == ""
    assert "Free some space now" in disk_words()
