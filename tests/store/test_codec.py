"""Events in their envelope become flat documents with explicit names, and come back the same."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest

from nurse_app.domain.moment import Reading
from nurse_app.domain.record import Entry, Recorded
from nurse_app.store.codec import BadFormError, EventCodec, NewerFormError, SharedPart
from nurse_app.store.upcast import UpcastChain
from tests.store.kit import START, Measured, Said, toy_codec

BERLIN = timezone(timedelta(hours=1))
READING = Reading(datetime(2026, 11, 22, 10, 0, 0, 5, tzinfo=BERLIN), timedelta(days=9, microseconds=1), "boot-7")
RECORDED = Recorded(3, "id-3", Entry(Measured(Decimal("0.50"), START), "nurse", READING))
DOCUMENT: dict[str, object] = {
    "number": 3,
    "event_id": "id-3",
    "kind": "measured",
    "schema": 1,
    "by": "nurse",
    "wall": "2026-11-22T10:00:00.000005+01:00",
    "uptime_s": "777600.000001",
    "boot_id": "boot-7",
    "data": {"amount_ml": "0.50", "seen_at": "2026-11-22T09:00:00+00:00"},
}


def test_an_entry_is_a_flat_document_in_which_nothing_is_a_fraction() -> None:
    assert toy_codec().encode(RECORDED) == DOCUMENT
    assert toy_codec().decode(DOCUMENT) == RECORDED


def test_what_is_only_sometimes_so_is_only_then_written() -> None:
    late = replace(RECORDED, entry=replace(RECORDED.entry, happened_at=START, sign_later=True))

    document = toy_codec().encode(late)

    assert document == {**DOCUMENT, "happened_at": "2026-11-22T09:00:00+00:00", "sign_later": True}
    assert toy_codec().decode(document) == late


def test_the_local_offset_is_kept() -> None:
    assert toy_codec().decode(DOCUMENT).entry.reading.wall.utcoffset() == timedelta(hours=1)


@pytest.mark.parametrize(
    "newer",
    [{"kind": "sung"}, {"schema": 2}, {"signature": "…"}],
    ids=["kind", "schema", "envelope"],
)
def test_what_this_version_does_not_know_is_of_a_newer_one(newer: dict[str, object]) -> None:
    with pytest.raises(NewerFormError):
        toy_codec().decode({**DOCUMENT, **newer})


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"schema": 0}, "schema"),
        ({"data": None}, "data"),
        ({"data": {"amount_ml": "much"}}, "data.amount_ml"),
        ({"data": {"amount_ml": "1", "more": 1}}, "data.more"),
        ({"wall": "2026-11-22T10:00:00"}, "wall"),
        ({"number": "three"}, "number"),
    ],
    ids=["schema", "no data", "no number", "unknown", "no offset", "envelope"],
)
def test_what_does_not_have_its_form_is_refused_with_the_place(change: dict[str, object], place: str) -> None:
    with pytest.raises(BadFormError) as raised:
        toy_codec().decode({**DOCUMENT, **change})

    assert raised.value.place == place


def test_what_was_entered_about_a_patient_is_not_in_the_error() -> None:
    with pytest.raises(BadFormError) as raised:
        toy_codec().decode({**DOCUMENT, "data": {"amount_ml": "Anna Beispiel"}})

    assert "Anna" not in str(raised.value)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__


def test_an_event_without_a_name_is_not_encoded() -> None:
    codec = EventCodec({"said": Said}, UpcastChain({}))

    with pytest.raises(BadFormError, match="kind"):
        codec.encode(RECORDED)


def test_a_class_has_one_name() -> None:
    with pytest.raises(ValueError, match="two names"):
        EventCodec({"said": Said, "told": Said}, UpcastChain({}))


@dataclass(frozen=True, slots=True)
class Begun:
    plan: Measured
    said: str = ""


def begun(plan: object, said: str = "x") -> dict[str, object]:
    return {**DOCUMENT, "kind": "begun", "data": {"plan": plan, "said": said}}


@pytest.fixture
def sharing() -> EventCodec:
    return EventCodec({"begun": Begun}, UpcastChain({}), {"begun": SharedPart("plan", Measured)})


def test_a_large_part_that_many_records_have_in_common_is_built_once(sharing: EventCodec) -> None:
    one, same, other = (
        sharing.decode(begun({"amount_ml": amount}, said)).entry.event
        for amount, said in (("15", "one"), ("15", "same"), ("16", "other"))
    )
    assert isinstance(one, Begun)
    assert isinstance(same, Begun)
    assert one.plan is same.plan
    assert (one.said, same.said) == ("one", "same")
    assert other == Begun(Measured(Decimal(16)), "other")
    assert sharing.decode(sharing.encode(sharing.decode(begun({"amount_ml": "15"})))).entry.event == Begun(
        one.plan, "x"
    )


@pytest.mark.parametrize(
    ("plan", "place"),
    [({"amount_ml": "much"}, "data.plan.amount_ml"), ({"more": 1}, "data.plan.more"), ("none", "data.plan")],
)
def test_a_shared_part_that_does_not_fit_is_refused_each_time(sharing: EventCodec, plan: object, place: str) -> None:
    for _time in range(2):
        with pytest.raises(BadFormError) as raised:
            sharing.decode(begun(plan))
        assert raised.value.place == place
