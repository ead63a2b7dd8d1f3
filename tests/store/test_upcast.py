"""Old forms are lifted step by step; toy kinds, as no real kind has an old form yet."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from nurse_app.domain.moment import Reading
from nurse_app.domain.record import Entry, Recorded
from nurse_app.store.codec import EventCodec, NewerFormError
from nurse_app.store.upcast import STEPS, UpcastChain
from tests.store.kit import START, Measured, Said


def _text_was_called_words(data: Mapping[str, object]) -> Mapping[str, object]:
    return {"text": data["words"]}


def _text_gets_a_full_stop(data: Mapping[str, object]) -> Mapping[str, object]:
    return {"text": f"{data['text']}."}


CHAIN = UpcastChain({("said", 1): _text_was_called_words, ("said", 2): _text_gets_a_full_stop})


def stored(kind: str, schema: int, data: object) -> dict[str, object]:
    return {
        "number": 1,
        "event_id": "id-1",
        "kind": kind,
        "schema": schema,
        "by": "nurse",
        "wall": "2026-11-22T09:00:00+00:00",
        "uptime_s": "3600",
        "boot_id": "boot",
        "data": data,
    }


@pytest.mark.parametrize(
    ("schema", "data"),
    [(1, {"words": "well"}), (2, {"text": "well"}), (3, {"text": "well."})],
    ids=["oldest", "old", "today's"],
)
def test_every_released_form_gives_todays_event(schema: int, data: Mapping[str, object]) -> None:
    codec = EventCodec({"said": Said}, CHAIN)

    assert codec.decode(stored("said", schema, data)).event == Said("well.")


def test_a_form_after_todays_is_of_a_newer_version() -> None:
    with pytest.raises(NewerFormError):
        EventCodec({"said": Said}, CHAIN).decode(stored("said", 4, {"text": "well"}))


def test_todays_form_is_what_is_written() -> None:
    codec = EventCodec({"said": Said, "measured": Measured}, CHAIN)
    reading = Reading(START, START - START, "boot")

    said = codec.encode(Recorded(1, "id-1", Entry(Said("well."), "nurse", reading)))
    measured = codec.encode(Recorded(1, "id-1", Entry(Measured(Decimal(1)), "nurse", reading)))

    assert (said["schema"], measured["schema"]) == (3, 1)
    assert codec.decode(said).event == Said("well.")


def test_a_chain_with_a_missing_link_is_refused() -> None:
    with pytest.raises(ValueError, match="no step for said from schema 2"):
        UpcastChain({("said", 1): _text_was_called_words, ("said", 3): _text_gets_a_full_stop})


def test_the_real_chain_holds_together() -> None:
    assert UpcastChain(STEPS).lift("said", 1, {"text": "a"}) == {"text": "a"}
