"""What the self-test says of each look: well, what is wrong, what to do; and exactly at its limits."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from nurse_app.domain.clock_trust import ClockDoubt
from nurse_app.domain.moment import Reading
from nurse_app.presentation.self_test import files_result, folder_result, protocol_result, space_result
from nurse_app.presentation.self_test_machine import clock_result, fonts_result, sound_result
from nurse_app.presentation.self_test_windows import pages_result, visit_result
from nurse_app.presentation.self_test_words import look_title, outcome_word, undone
from nurse_app.visit.self_test import (
    ClockFound,
    ClockLimits,
    DiskFault,
    DiskLimits,
    FilesFound,
    FolderStep,
    FolderTrial,
    FontsFound,
    Look,
    LookResult,
    Outcome,
    ProtocolFound,
    ProtocolsFound,
    Rehearsed,
    SoundFound,
    SpaceFound,
    SpaceLimits,
)

WELL, ATTENTION, FAILED = Outcome.WELL, Outcome.ATTENTION, Outcome.FAILED
SLOW_FROM = DiskLimits(longest_sync_ms=1000)
ROOM = SpaceLimits(visits_a_day=10, visit_bytes=1_000_000, entries_room_bytes=50_000_000, days=30)
TIME = ClockLimits(years_in_use=10, days_without_entry=183)
NO_CHANGES = FilesFound(listed=("a", "b"))
MADE = datetime(2026, 11, 22, tzinfo=UTC)
NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


def checked(result: LookResult, outcome: Outcome, *words: str) -> None:
    """Every result has a sentence; what is not well says what to do."""
    assert result.outcome is outcome, result
    assert result.sentence.endswith((".", "?")) or outcome is FAILED
    assert bool(result.to_do) is (outcome is not WELL)
    for each in words:
        assert each in f"{result.sentence} {result.to_do} {result.measured}", result


# --- the folder of the records ---


def test_a_folder_that_keeps_entries_is_well() -> None:
    kept = FolderTrial(entries=3, longest_sync=timedelta(milliseconds=1000))
    checked(folder_result(kept, SLOW_FROM), WELL, "3 entries kept and read back", "longest wait for the disk 1,000 ms")


def test_a_disk_that_lets_entries_wait_needs_attention() -> None:
    slow = FolderTrial(entries=3, longest_sync=timedelta(milliseconds=1000, microseconds=1))
    checked(folder_result(slow, SLOW_FROM), ATTENTION, "slow", "1,001 ms")


@pytest.mark.parametrize("step", FolderStep)
@pytest.mark.parametrize("fault", DiskFault)
def test_every_fault_is_told_with_its_step_and_with_paper(step: FolderStep, fault: DiskFault) -> None:
    checked(folder_result(FolderTrial(step, fault), SLOW_FROM), FAILED, "Stopped at: ", "Write on paper until it works")


def test_a_full_disk_and_a_read_only_folder_are_called_so() -> None:
    full = folder_result(FolderTrial(FolderStep.WRITE, DiskFault.FULL), SLOW_FROM)
    assert full.sentence == "Nothing can be saved: the disk that holds the records is full."
    read_only = folder_result(FolderTrial(FolderStep.MAKE, DiskFault.READ_ONLY), SLOW_FROM)
    assert read_only.sentence == "Nothing can be saved: the disk that holds the records cannot be written to."


# --- room ---

A_DAY, RESERVE, BACKUP = 10_000_000, 1 << 20, 7_000_000
MONTH = 30 * A_DAY + 50_000_000 + BACKUP


@pytest.mark.parametrize(
    ("free", "outcome"),
    [
        (MONTH, WELL),
        (MONTH - 1, ATTENTION),
        (A_DAY + RESERVE, ATTENTION),
        (A_DAY + RESERVE - 1, FAILED),
        (0, FAILED),
        (None, ATTENTION),
    ],
)
def test_room_is_judged_by_a_day_and_by_a_month(free: int | None, outcome: Outcome) -> None:
    result = space_result(SpaceFound(free, BACKUP, RESERVE), ROOM)

    checked(result, outcome, "wanted 357 MB for 30 days of 10 visits and one more backup")
    assert ("free" in result.measured) is (free is not None)


# --- the protocol and the other files ---

PROTOCOL = "protocols/natalizumab/1.0.0/protocol.toml"
INSTALLED = ProtocolsFound((ProtocolFound("natalizumab", "1.0.0", "0123456789abcdef", approved=False),))


def test_the_protocol_of_the_release_is_well_approved_or_not() -> None:
    result = protocol_result(NO_CHANGES, INSTALLED)
    checked(result, WELL, "natalizumab 1.0.0, digest 0123456789ab, not approved at this site")
    approved = ProtocolsFound((replace(INSTALLED.installed[0], approved=True),))
    assert protocol_result(NO_CHANGES, approved).measured.endswith(", approved at this site")


def test_an_edited_protocol_is_named_and_no_visit_may_begin_with_it() -> None:
    result = protocol_result(replace(NO_CHANGES, changed=(PROTOCOL,)), INSTALLED)

    checked(result, FAILED, f"{PROTOCOL} is not the one of this release.", "Do not begin a visit with it.")
    assert "Copy the program folder from the stick anew" in result.to_do


def test_a_protocol_that_the_site_has_added_needs_a_look_only() -> None:
    result = protocol_result(replace(NO_CHANGES, added=("protocols/natalizumab/1.1.0/protocol.toml",)), INSTALLED)
    checked(result, ATTENTION, "1 file is not of this release.")
    assert "1.1.0" not in result.sentence


def test_a_protocol_that_cannot_be_used_is_told() -> None:
    broken = replace(INSTALLED, problem="natalizumab 1.0.0, protocol.toml: schedule: is missing")
    checked(protocol_result(NO_CHANGES, broken), FAILED, "schedule: is missing", "Do not begin a visit")


def test_files_that_differ_are_named_the_worst_first() -> None:
    found = FilesFound(("a",), missing=("a",), changed=("b",), unreadable=("c",), added=("d", "e"))

    result = files_result(found)

    checked(result, FAILED, "a is missing.", "b is not the one of this release.", "c cannot be read.")
    assert result.sentence.endswith("2 files are not of this release.")
    assert result.to_do.count("Copy the program folder from the stick anew") == 1


def test_all_files_of_the_release_are_counted_and_a_list_of_no_use_is_told() -> None:
    checked(files_result(NO_CHANGES), WELL, "2 files compared with the list")
    useless = files_result(FilesFound(problem="it is missing"))
    checked(useless, FAILED, "The list of the program’s files is of no use: it is missing.")
    assert useless.measured == ""


# --- fonts ---

FONTS = FontsFound("DejaVu Sans", ("DejaVuSans-Bold.ttf", "DejaVuSans.ttf"))


def test_fonts_with_every_letter_are_well() -> None:
    checked(fonts_result(NO_CHANGES, FONTS), WELL, "DejaVu Sans · DejaVuSans-Bold.ttf, DejaVuSans.ttf")


def test_a_missing_font_is_found_by_name_and_so_are_style_file_and_letters() -> None:
    missing = replace(NO_CHANGES, missing=("fonts/DejaVuSans-Bold.ttf",))
    result = fonts_result(missing, replace(FONTS, files=("DejaVuSans.ttf",), lacking=("bold",)))
    checked(result, FAILED, "fonts/DejaVuSans-Bold.ttf is missing.", "No font of the program is DejaVu Sans, bold.")

    broken = fonts_result(NO_CHANGES, replace(FONTS, broken=("DejaVuSans.ttf",), letters=("≥", "µ")))
    checked(broken, FAILED, "The font DejaVuSans.ttf cannot be read.", "lack letters of the protocol: ≥ µ")


# --- sound ---

SOUND = SoundFound("paplay", 1, False, ("high.wav",))


def test_a_player_a_device_and_a_file_are_well_and_nothing_was_played() -> None:
    result = sound_result(NO_CHANGES, SOUND)
    checked(result, WELL, "played by paplay · 1 sound device · 1 sound file read · nothing was played")


@pytest.mark.parametrize(
    ("change", "outcome", "words"),
    [
        ({"devices": 0}, FAILED, "There is no sound device: no alarm can be heard."),
        ({"devices": None}, ATTENTION, "Nobody can say whether there is a sound device."),
        ({"muted": True}, ATTENTION, "The sound of this computer is switched off."),
        ({"muted": None}, WELL, "An alarm can be played."),
        ({"player": ""}, FAILED, "This computer has no program that plays sounds."),
        ({"broken": ("high.wav",)}, FAILED, "The sound high.wav is missing or cannot be played."),
    ],
)
def test_missing_sound_is_found(change: dict[str, object], outcome: Outcome, words: str) -> None:
    checked(sound_result(NO_CHANGES, replace(SOUND, **change)), outcome, words)


def test_a_sound_file_that_is_not_the_one_of_the_release_is_found() -> None:
    changed = replace(NO_CHANGES, changed=("sounds/high.wav",))
    checked(sound_result(changed, SOUND), FAILED, "sounds/high.wav is not the one of this release.")


# --- the clock ---


def reading(wall: datetime, uptime: timedelta = timedelta(hours=5), boot_id: str = "boot") -> Reading:
    return Reading(wall, uptime, boot_id)


def clock(wall: datetime = NOW, newest: datetime | None = NOW - timedelta(days=1), **change: object) -> ClockFound:
    first = reading(wall - timedelta(seconds=1), timedelta(hours=5) - timedelta(seconds=1))
    found = ClockFound(first, reading(wall), MADE, newest, None, has_zone=True, knows_start=True)
    return replace(found, **change)


def test_a_clock_after_all_that_was_is_well() -> None:
    result = clock_result(clock(), TIME)
    checked(result, WELL, "shows 01-Dec-2026 09:00 +00:00 · newest entry of 30-Nov-2026 · running for 5 h 00 min")
    checked(clock_result(clock(newest=None), TIME), WELL, "no entry yet")


def test_a_clock_before_the_program_was_made_is_found() -> None:
    result = clock_result(clock(datetime(2016, 1, 1, tzinfo=UTC), None), TIME)
    checked(result, FAILED, "The clock shows 01-Jan-2016 00:00 +00:00: that is before this program was made.")
    checked(clock_result(clock(MADE, None), TIME), WELL)
    # Entries from before this version are no reason to believe the clock.
    checked(clock_result(clock(MADE - timedelta(days=9), MADE - timedelta(days=10)), TIME), FAILED, "was made")


def test_a_clock_before_the_newest_entry_is_found_unless_a_nurse_has_settled_it() -> None:
    newest = NOW + timedelta(days=2)
    result = clock_result(clock(newest=newest), TIME)
    checked(result, FAILED, "that is before the newest entry, 03-Dec-2026 09:00 +00:00.", "set it right")

    settled = ClockDoubt(NOW - timedelta(hours=1), newest)
    checked(clock_result(clock(newest=newest, settled=settled), TIME), WELL)
    checked(clock_result(clock(newest=NOW + timedelta(seconds=2)), TIME), WELL)
    checked(clock_result(clock(newest=NOW + timedelta(seconds=3)), TIME), FAILED)


def test_a_clock_far_in_the_future_is_found_to_the_day() -> None:
    last = datetime(2036, 11, 22, 23, 59, tzinfo=UTC)
    checked(clock_result(clock(last, None), TIME), WELL)
    late = clock_result(clock(last + timedelta(minutes=1), None), TIME)
    checked(late, FAILED, "so late this version of the program is hardly in use")


def test_a_long_time_without_an_entry_needs_attention() -> None:
    newest = NOW - timedelta(days=183)
    before = {"made": MADE - timedelta(days=365)}
    checked(clock_result(clock(newest=newest, **before), TIME), WELL)
    result = clock_result(clock(newest=newest - timedelta(seconds=1), **before), TIME)
    checked(result, ATTENTION, "The newest entry is of 01-Jun-2026.", "Compare the date with a calendar.")


@pytest.mark.parametrize(
    ("second", "outcome"),
    [
        (reading(NOW, timedelta(hours=5) - timedelta(seconds=1)), FAILED),
        (reading(NOW, timedelta(hours=4)), FAILED),
        (reading(NOW, timedelta(hours=6), "another start"), FAILED),
        (reading(NOW, timedelta(hours=6)), WELL),
    ],
)
def test_the_clock_of_the_infusions_must_go_on(second: Reading, outcome: Outcome) -> None:
    result = clock_result(clock(second=second), TIME)
    checked(result, outcome)
    assert ("does not go on" in result.sentence) is (outcome is FAILED)


def test_a_machine_that_does_not_say_when_it_started_or_where_it_stands_needs_attention() -> None:
    result = clock_result(clock(knows_start=False, has_zone=False), TIME)
    checked(result, ATTENTION, "does not say when it was started", "has no time zone", "Set its time zone.")


# --- screens and the sample visit ---

PLAYED = Rehearsed(pages=60, paper=2, entries=400)


def test_a_whole_rehearsal_is_well() -> None:
    checked(pages_result(PLAYED), WELL, "60 screens and sheets painted")
    checked(visit_result(PLAYED), WELL, "400 entries kept and checked · 2 records as PDF")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"pages": 0}, "No screen could be painted."),
        ({"blank": 1}, "1 screen stayed empty."),
        ({"complaints": 1, "first": "QPainter: no"}, "There was 1 complaint while the screens were painted: QPainter"),
        ({"complaints": 3, "first": "QPainter: no"}, "There were 3 complaints"),
    ],
)
def test_a_screen_that_is_not_painted_is_found(change: dict[str, object], words: str) -> None:
    checked(pages_result(replace(PLAYED, **change)), FAILED, words)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"stopped": "acts[3]: start is not on the screen"}, "The sample visit stopped: acts[3]: start"),
        ({"paper": 0}, "No record could be printed."),
        ({"entries": 0}, "No record was kept."),
        ({"findings": ("Entry 2 is missing.",)}, "A record is not sound: Entry 2 is missing."),
    ],
)
def test_a_visit_that_is_not_whole_is_found(change: dict[str, object], words: str) -> None:
    checked(visit_result(replace(PLAYED, **change)), FAILED, words)


# --- what they share ---


def test_a_look_that_was_not_possible_is_a_failure_with_the_name_of_the_error() -> None:
    result = undone(Look.FONTS, "ImportError")
    checked(result, FAILED, "This could not be tested (ImportError).")
    assert result.look is Look.FONTS


def test_every_look_and_outcome_has_a_name_of_its_own() -> None:
    assert len({look_title(look) for look in Look}) == len(Look)
    assert len({outcome_word(outcome) for outcome in Outcome}) == len(Outcome)
