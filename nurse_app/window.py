"""The window program put together: data folder, log, crash reports, services, training samples, then the windows."""

import json
import logging
import platform
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Protocol

from nurse_app import __made__, __version__
from nurse_app.cli.alarm_sound import machine_sound, sound_test_plan
from nurse_app.cli.arguments import WindowArguments
from nurse_app.cli.backup_watch import BackupWatch
from nurse_app.cli.checkpoints import Workstation, this_workstation
from nurse_app.cli.own_children import start_backup, start_self_test
from nurse_app.cli.owned_records import open_records
from nurse_app.cli.program_folder import ProgramFolder
from nurse_app.cli.protocols import DRUG, LANGUAGE
from nurse_app.cli.streams import Streams
from nurse_app.domain.clock_trust import ClockDoubt, clock_doubt
from nurse_app.domain.moment import Reading
from nurse_app.interchange.alarm_figures import read_alarm_figures
from nurse_app.interchange.assess import PinnedProtocol
from nurse_app.interchange.sample_patients import details_of, read_samples, results_of, samples_path
from nurse_app.presentation.backup_notice import BackupStanding
from nurse_app.protocol_files.catalog import ProtocolCatalog
from nurse_app.protocol_files.digest import digest
from nurse_app.store.backup_days import backup_days
from nurse_app.store.data_folder import DataFolderError
from nurse_app.store.disk import Disk
from nurse_app.store.heartbeat_file import HeartbeatFile
from nurse_app.store.messages import SETTINGS_NOT_SAVED
from nurse_app.store.settings_file import DeviceSettings, SettingsFile, Theme
from nurse_app.system.background import BackgroundWork
from nurse_app.system.clock import machine_clock
from nurse_app.system.crash import CrashReporter, ReportContents
from nurse_app.system.ending import EndRequest
from nurse_app.system.identifiers import RandomIdentifiers
from nurse_app.system.log import ProgramLog
from nurse_app.system.paths import data_folder, log_folder, surroundings
from nurse_app.system.pin_hash import PinHasher
from nurse_app.system.pin_rules import pin_problem
from nurse_app.system.sleep_inhibit import machine_sleep_inhibitor
from nurse_app.system.sound import machine_player
from nurse_app.system.watchdog import StandstillWatch
from nurse_app.ui.parts import (
    About,
    AppParts,
    DisplaySettings,
    KeepAwake,
    LabImports,
    NoWatchdog,
    SpeakingWork,
    Watchdog,
    no_backups,
)
from nurse_app.ui.program import Outside, make_application, qt_version, run_window, show_sentence
from nurse_app.visit.alarm_sound import AlarmSound, NoAlarmSound
from nurse_app.visit.heartbeat import Heartbeat
from nurse_app.visit.open_visit import Author
from nurse_app.visit.ports import Clock, Identifiers, InUseError, NotSavedError, StreamKind
from nurse_app.visit.service import VisitService
from nurse_app.visit.users import UserDesk

_log = logging.getLogger("nurse_app.main")
SETTINGS_FILE = "settings.json"
MADE = datetime.fromisoformat(__made__).replace(tzinfo=UTC)
SAMPLE_AUTHOR = Author("program")
# Sample nurses of the training store; their PIN is shown on the sign-in screen there.
SAMPLE_NURSES = ("SAMPLE, Nurse One", "SAMPLE, Nurse Two")
SAMPLE_PIN = "246810"


class Chance(Identifiers, Protocol):
    """New names, and salt for PINs."""

    def salt(self, size: int) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Surrounds:
    """What a program needs from its surroundings; tests and rehearsals give their own.

    ``workstation`` None: no checkpoints are made. ``start_self_test`` None: by this program itself. ``program`` is
    where it lies. ``plays_time``: the clock is a played one, and earlier than the records may be.
    """

    root: Path
    resources: Path
    clock: Clock
    chance: Chance
    zone: tzinfo | None
    documents: Path
    training: bool
    keep_awake: KeepAwake
    hasher: PinHasher
    workstation: Workstation | None
    start_backup: Callable[[Path], BackgroundWork] | None = None
    start_self_test: Callable[[Path], SpeakingWork] | None = None
    watchdog: Watchdog = field(default_factory=NoWatchdog)
    alarm_sound: AlarmSound = field(default_factory=NoAlarmSound)
    program: ProgramFolder = field(default_factory=ProgramFolder)
    plays_time: bool = False


def open_parts(given: Surrounds) -> AppParts:
    """Open the data folder as its one owner and put the services on it.

    Raises InUseError, DataFolderError, ProtocolError, UnreadableRecordError.
    """
    protocol = ProtocolCatalog(given.resources / "protocols", LANGUAGE).load(DRUG)
    pinned = PinnedProtocol(protocol, digest(protocol))
    owned = open_records(given.root, given.clock, given.chance, pinned, given.workstation)
    disk, folder, index, service = owned.disk, owned.folder, owned.index, owned.service
    users = UserDesk(folder, given.clock, given.chance, given.hasher)
    settings = SettingsFile(given.root / SETTINGS_FILE, disk)
    loaded = settings.load()
    if given.training:
        make_samples(service, users, index.at_hand(StreamKind.PATIENT), given)

    beats = HeartbeatFile(given.root, disk)
    heartbeat = Heartbeat(beats.keep)
    last_seen = beats.last

    def save_settings(wanted: DisplaySettings) -> None:
        try:
            settings.save(DeviceSettings(Theme(wanted.theme), wanted.text_percent, wanted.ward_name))
        except OSError as error:
            raise NotSavedError(SETTINGS_NOT_SAVED) from error

    def shut() -> None:
        heartbeat.stop()
        problem = owned.close()
        if problem:
            _log.warning("no checkpoints at the end: %s", problem)

    @cache
    def lab_imports() -> LabImports:
        made: LabImports = import_module("nurse_app.cli.lab_imports").lab_imports(
            given.resources, given.zone, given.root, disk, service
        )
        return made

    def about() -> About:
        made: About = import_module("nurse_app.cli.about").About(given.resources, protocol)
        return made

    @cache
    def checks() -> ModuleType:
        return import_module("nurse_app.cli.record_checks")

    kept, alarms = loaded.settings, read_alarm_figures(given.resources)
    return AppParts(
        service=service,
        users=users,
        index=index,
        clock=given.clock,
        resources=given.resources,
        zone=given.zone,
        training=given.training,
        sample_pin=SAMPLE_PIN if given.training else "",
        settings=DisplaySettings(kept.theme.value, kept.text_percent, kept.ward_name),
        save_settings=save_settings,
        pin_problem=pin_problem,
        documents_folder=given.documents,
        keep_awake=given.keep_awake,
        heartbeat=heartbeat,
        last_seen=last_seen,
        clock_doubt=lambda: doubt_about_clock(given, last_seen, service, users),
        record_end=lambda visit_id: checks().record_end(given.root, given.workstation, folder, visit_id),
        checkpoints=owned.keeper,
        check_records=lambda progress: checks().check_summary(given.root, given.workstation, progress),
        lab_imports=lab_imports,
        about=about,
        alarm_figures=alarms.figures,
        start_self_test=partial(given.start_self_test or start_self_test, given.root),
        updates=lambda: given.program.updates(given.resources, given.root, service, training=given.training),
        shut=shut,
        notices=tuple(
            sentence for sentence in (loaded.problem, users.problem, owned.problem, alarms.problem) if sentence
        ),
        has_room=lambda: disk.has_reserve,
        backups=_backups(given, disk, users),
        watchdog=given.watchdog,
        alarm_sound=given.alarm_sound,
        sound_plan=sound_test_plan(given.resources),
    )


def _backups(given: Surrounds, disk: Disk, users: UserDesk) -> Callable[[Reading], BackupStanding]:
    start, root = given.start_backup, given.root
    if start is None or given.training:
        return no_backups
    days: tuple[date, ...] = ()
    # A folder that cannot be read: today’s backup is tried all the same, and says what is wrong.
    with suppress(OSError):
        days = backup_days(disk, root)
    watch = BackupWatch(days, lambda: start(root))
    # Before there is anybody to sign in there are no records.
    return lambda reading: watch.look(reading) if users.station.users else BackupStanding()


def doubt_about_clock(
    given: Surrounds, last_seen: Reading | None, service: VisitService, users: UserDesk
) -> ClockDoubt | None:
    """Why no new visit may begin with the clock as it is; None when there is nothing against it."""
    if given.plays_time:
        return None
    seen = (last_seen.wall if last_seen else None, service.newest_wall(), users.station.newest_wall)
    newest = max((MADE, *(wall for wall in seen if wall is not None)))
    return clock_doubt(given.clock.read().wall, newest, users.station.clock_trusted)


def make_samples(service: VisitService, users: UserDesk, known: object, given: Surrounds) -> None:
    """Fill an empty training store with sample patients and two sample nurses."""
    for name in SAMPLE_NURSES:
        if name not in {user.name for user in users.station.users}:
            users.add(name, SAMPLE_PIN, SAMPLE_AUTHOR.by)
    if known:
        return
    samples = read_samples(json.loads(samples_path(given.resources).read_text(encoding="utf-8")))
    today = given.clock.read().wall.date()
    for sample in samples.patients:
        details = details_of(sample, samples.dose_mg, today)
        service.register(details, SAMPLE_AUTHOR, sample=True, more=results_of(sample, today))
    _log.info("made %d sample patients", len(samples.patients))


def open_window(arguments: WindowArguments, streams: Streams, resources: Path) -> int:
    """The window until it is closed. Raises what opening the data folder raises; the caller has words for it."""
    root = data_folder(surroundings(), arguments.data_dir, training=arguments.training)
    identifiers = RandomIdentifiers()
    clock = machine_clock(identifiers)
    inhibitor = machine_sleep_inhibitor()

    def keep_awake(*, wanted: bool) -> None:
        if wanted:
            inhibitor.hold()
        else:
            inhibitor.release()

    player, alarm = machine_player(), resources / "sounds" / "high.wav"
    dog, sound = StandstillWatch(lambda: player.play(alarm)), machine_sound(resources)
    ending = EndRequest()
    ending.listen()
    app = make_application(sys.argv[:1])
    given = Surrounds(
        root=root,
        resources=resources,
        clock=clock,
        chance=identifiers,
        zone=None,
        documents=Path.home(),
        training=arguments.training,
        keep_awake=keep_awake,
        hasher=PinHasher(identifiers.salt),
        workstation=this_workstation(),
        start_backup=start_backup,
        watchdog=dog,
        alarm_sound=sound,
    )
    try:
        parts = open_parts(given)
    except (InUseError, DataFolderError) as error:
        # Somebody who started it by a click sees no console: the sentence also gets a window of its own.
        ending.forget()
        show_sentence(app, str(error))
        raise
    log = ProgramLog.start(log_folder(root))
    versions = {"nurse-app": __version__, "Python": platform.python_version(), "Qt": qt_version()}
    reporter = CrashReporter(log_folder(root), ReportContents(versions, log.tail.lines), clock, streams.stderr)
    reporter.install()
    dog.start()
    sound.start()
    try:
        outside = Outside(reporter.listen, lambda: ending.asked, streams.tell)
        code = run_window(parts, app, outside)
    finally:
        dog.stop()
        sound.end()
        ending.forget()
        inhibitor.release()
        log.stop()
    if code == 0 and not ending.asked:
        given.program.end_well(resources)
    return code
