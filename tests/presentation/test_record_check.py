"""The check of all records in words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from nurse_app.presentation.record_check import (
    MOST_FINDINGS,
    CheckState,
    finding_sentence,
    present_check,
    since_words,
    verdict_sentence,
)
from nurse_app.visit.record_check import CheckFinding, CheckSummary, Gravity

AT = datetime(2026, 11, 22, 9, 41, tzinfo=UTC)
DAMAGE = CheckFinding(
    Gravity.DAMAGE,
    "visits/aa/1f.jsonl",
    "Entry 5 of the record visit 1f is missing.",
    "the end of visits/aa/1f.jsonl: it has 4 of 5 entries",
    AT,
    "Entries 1 to 4 are sound and can be shown.",
    "Bring the record back from a backup.",
)
WARNING = CheckFinding(Gravity.WARNING, "checkpoints.jsonl", "Nobody vouches.", "checkpoints.jsonl", None, "", "Tell.")
NOTE = replace(WARNING, gravity=Gravity.NOTE, what="Brought back.")


def ended(*findings: CheckFinding, records: int = 1234, entries: int = 56789) -> CheckState:
    return CheckState(summary=CheckSummary(records, entries, 12, findings), ended_at=AT)


def test_at_first_there_is_one_thing_to_do() -> None:
    view = present_check(CheckState(), UTC)

    assert view.button == "Check all records"
    assert (view.progress, view.verdict, view.note, view.findings, view.more) == ("", "", "", (), "")
    assert "changed, cut off or lost" in view.lead
    assert "It cannot show what somebody did who held all of them." in view.claim


def test_while_it_runs_it_says_how_far_it_is_and_offers_nothing() -> None:
    looking = present_check(CheckState(running=True), UTC)
    reading = present_check(CheckState(running=True, done=1200, total=52000, summary=ended().summary), UTC)

    assert (looking.button, looking.progress) == ("", "Looking for the records…")
    assert (reading.button, reading.progress) == ("", "Checking: 1,200 of 52,000 records")
    assert reading.verdict == "", "what was found before is no longer so"


def test_all_sound_is_said_with_count_and_time() -> None:
    view = present_check(ended(), UTC)

    assert (view.verdict, view.tone, view.button) == ("All 1,234 records are sound", "done", "Check again")
    assert view.note == "56,789 sound entries · 12 checkpoints · checked 22-Nov-2026 09:41"


def test_one_record_and_none_have_their_own_words() -> None:
    assert present_check(ended(records=1), UTC).verdict == "The only record is sound"
    assert present_check(ended(records=0), UTC).verdict == "There are no records yet"
    nowhen = replace(ended(entries=1), ended_at=None)
    assert present_check(nowhen, UTC).note == "1 sound entry · 12 checkpoints"


@pytest.mark.parametrize(
    ("findings", "verdict", "tone"),
    [
        ((DAMAGE,), "1 thing is wrong", "stop"),
        ((DAMAGE, DAMAGE, WARNING, NOTE), "2 things are wrong", "stop"),
        ((WARNING, NOTE), "The records are sound in themselves, but not all can be vouched for", "caution"),
        ((NOTE,), "All 1,234 records are sound", "done"),
    ],
)
def test_the_worst_finding_gives_the_verdict(findings: tuple[CheckFinding, ...], verdict: str, tone: str) -> None:
    view = present_check(ended(*findings), UTC)

    assert (view.verdict, view.tone) == (verdict, tone)
    assert len(view.findings) == len(findings)


def test_a_finding_says_what_to_do_first_then_where_since_when_and_what_is_left() -> None:
    found, warned, noted = present_check(ended(DAMAGE, WARNING, NOTE), UTC).findings

    assert (found.tone, found.word, found.what) == ("stop", "Damage", DAMAGE.what)
    assert found.lines == (
        ("What to do", DAMAGE.to_do),
        ("Where", DAMAGE.where),
        ("Since when", "after 22-Nov-2026 09:41 +00:00"),
        ("What is left", DAMAGE.left),
    )
    assert (warned.tone, warned.word) == ("caution", "Caution")
    assert warned.lines == (("What to do", "Tell."), ("Where", "checkpoints.jsonl"))
    assert (noted.tone, noted.word) == ("information", "Note")


def test_a_long_list_is_cut_and_says_so() -> None:
    view = present_check(ended(*[DAMAGE] * (MOST_FINDINGS + 1)), UTC)
    longer = present_check(ended(*[DAMAGE] * (MOST_FINDINGS + 2)), UTC)

    assert len(view.findings) == MOST_FINDINGS
    assert view.more == "1 more finding. The command “nurse-app verify” lists all."
    assert longer.more.startswith("2 more findings.")
    assert present_check(ended(*[DAMAGE] * MOST_FINDINGS), UTC).more == ""


def test_a_check_that_could_not_be_done_says_why() -> None:
    view = present_check(CheckState(problem="Try it again."), UTC)

    assert (view.button, view.progress, view.verdict) == ("Check all records", "Try it again.", "")


def test_a_finding_is_one_sentence_after_the_other() -> None:
    assert finding_sentence(DAMAGE, None) == (
        "Entry 5 of the record visit 1f is missing. "
        "Where: the end of visits/aa/1f.jsonl: it has 4 of 5 entries. "
        "Since when: after 22-Nov-2026 09:41 +00:00. "
        "Entries 1 to 4 are sound and can be shown. Bring the record back from a backup."
    )
    assert finding_sentence(WARNING, None) == "Nobody vouches. Tell."


def test_without_a_zone_the_time_is_in_its_own() -> None:
    at = AT.astimezone(timezone(timedelta(hours=1)))

    assert since_words(at, None) == "after 22-Nov-2026 10:41 +01:00"
    assert since_words(at, UTC) == "after 22-Nov-2026 09:41 +00:00"


def test_the_verdict_of_the_command_counts() -> None:
    sound, not_sound = ended().summary, ended(DAMAGE).summary
    assert sound is not None
    assert not_sound is not None

    assert verdict_sentence(sound) == "Records read: 1234, with 56789 sound entries. Checkpoints: 12. All are sound."
    assert verdict_sentence(not_sound).endswith("Not all are sound.")
