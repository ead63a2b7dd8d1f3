"""The watch over the automatic backups: when one begins, what its end means, when nothing has come for too long."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from nurse_app.cli.backup_watch import AGAIN_AFTER, FIRST_AFTER, BackupWatch
from nurse_app.domain.moment import Reading
from nurse_app.presentation.backup_notice import BackupStanding
from nurse_app.system.background import Ended

T0 = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TODAY = T0.date()
WELL = BackupStanding()


def at(after: timedelta) -> Reading:
    return Reading(T0 + after, timedelta(hours=5) + after, "boot")


@dataclass
class Work:
    end: Ended | None = None

    def ended(self) -> Ended | None:
        return self.end


@dataclass
class Programs:
    """Every backup that was begun."""

    works: list[Work] = field(default_factory=list)
    refuses: bool = False

    def start(self) -> Work:
        if self.refuses:
            raise OSError
        self.works.append(Work())
        return self.works[-1]


def watch(programs: Programs, *days: date) -> BackupWatch:
    found = BackupWatch(days, programs.start)
    assert found.look(at(timedelta())) == WELL
    return found


def test_one_begins_after_the_first_moments_and_no_second_one_that_day() -> None:
    programs = Programs()
    keeper = watch(programs, TODAY - timedelta(days=1))

    keeper.look(at(FIRST_AFTER - timedelta(seconds=1)))
    assert programs.works == []
    keeper.look(at(FIRST_AFTER))
    keeper.look(at(FIRST_AFTER + AGAIN_AFTER))
    assert len(programs.works) == 1
    programs.works[0].end = Ended(0, "")
    for hours in range(2, 14):
        assert keeper.look(at(timedelta(hours=hours))) == WELL
    assert len(programs.works) == 1

    keeper.look(at(timedelta(hours=15)))
    assert len(programs.works) == 2, "a new day"


def test_none_begins_when_there_is_one_of_today() -> None:
    programs = Programs()
    keeper = watch(programs, TODAY)
    keeper.look(at(timedelta(hours=2)))
    assert programs.works == []


def test_a_backup_that_failed_is_told_and_tried_again_after_a_while() -> None:
    programs = Programs()
    keeper = watch(programs, TODAY - timedelta(days=1))
    keeper.look(at(FIRST_AFTER))
    programs.works[0].end = Ended(2, "The disk is full.")

    assert keeper.look(at(timedelta(minutes=1))) == BackupStanding(failed=True, problem="The disk is full.")
    keeper.look(at(timedelta(minutes=30)))
    assert len(programs.works) == 1
    assert keeper.look(at(FIRST_AFTER + AGAIN_AFTER)).failed
    assert len(programs.works) == 2
    programs.works[1].end = Ended(0, "")
    assert keeper.look(at(timedelta(hours=2))) == WELL


def test_a_backup_with_a_damaged_record_is_told_and_counts() -> None:
    programs = Programs()
    keeper = watch(programs)
    keeper.look(at(FIRST_AFTER))
    programs.works[0].end = Ended(1, "A record is damaged.")

    keeper.look(at(timedelta(minutes=1)))
    assert keeper.look(at(timedelta(hours=3))) == BackupStanding(failed=True, problem="A record is damaged.")
    assert len(programs.works) == 1


def test_a_program_that_cannot_be_started_is_told_and_tried_again() -> None:
    programs = Programs(refuses=True)
    keeper = watch(programs)
    assert keeper.look(at(FIRST_AFTER)) == BackupStanding(failed=True)
    programs.refuses = False
    keeper.look(at(FIRST_AFTER + AGAIN_AFTER))
    assert len(programs.works) == 1


def test_a_backup_of_more_than_two_days_ago_is_overdue() -> None:
    for back, overdue in ((2, None), (3, TODAY - timedelta(days=3))):
        keeper = BackupWatch([TODAY - timedelta(days=back), TODAY + timedelta(days=400)], Programs().start)
        assert keeper.look(at(timedelta())).overdue_since == overdue


def test_a_backup_that_runs_over_midnight_counts_for_the_day_it_began() -> None:
    programs = Programs()
    keeper = watch(programs)
    keeper.look(at(timedelta(hours=14, minutes=59)))
    programs.works[0].end = Ended(0, "")
    keeper.look(at(timedelta(hours=15, minutes=1)))
    keeper.look(at(timedelta(hours=16)))
    assert len(programs.works) == 2
