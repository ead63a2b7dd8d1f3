"""What the self-test says of fonts, sound and clock."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from nurse_app.domain.calendar import add_months
from nurse_app.domain.clock_trust import clock_doubt
from nurse_app.i18n import _, ngettext
from nurse_app.presentation.formats import day, day_and_clock, hours_and_minutes
from nurse_app.presentation.self_test_words import (
    COPY_AGAIN,
    Problem,
    attention,
    failed,
    file_problems,
    listed,
    result_of,
)
from nurse_app.visit.self_test import ClockFound, ClockLimits, FilesFound, FontsFound, Look, LookResult, SoundFound

_MONTHS_A_YEAR = 12


def fonts_result(files: FilesFound, found: FontsFound) -> LookResult:
    """Whether the fonts of the program are there, can be read and have every letter."""
    again = _(COPY_AGAIN)
    problems = file_problems(files)
    problems += [failed(_("The font {file} cannot be read.").format(file=name), again) for name in found.broken]
    problems += [
        failed(_("No font of the program is {family}, {style}.").format(family=found.family, style=style), again)
        for style in found.lacking
    ]
    if found.letters:
        sentence = _("The fonts of the program lack letters of the protocol: {letters}")
        problems.append(failed(sentence.format(letters=" ".join(found.letters)), again))
    names = ", ".join(found.files)
    well = _("The fonts of the program are there, with every letter of the protocol.")
    return result_of(Look.FONTS, problems, well, listed((found.family, names)))


def sound_result(files: FilesFound, found: SoundFound) -> LookResult:
    """Whether an alarm can be played. Whether it is heard, only somebody in the room can say."""
    again = _(COPY_AGAIN)
    problems = file_problems(files)
    problems += [
        failed(_("The sound {file} is missing or cannot be played.").format(file=name), again) for name in found.broken
    ]
    if not found.player:
        sentence = _("This computer has no program that plays sounds.")
        problems.append(failed(sentence, _("Install pipewire-bin, pulseaudio-utils or alsa-utils.")))
    problems += _device_problems(found)
    count = ngettext("{n} sound device", "{n} sound devices", found.devices or 0)
    measured = (
        _("played by {player}").format(player=found.player) if found.player else "",
        "" if found.devices is None else count.format(n=found.devices),
        ngettext("{n} sound file read", "{n} sound files read", len(found.files)).format(n=len(found.files)),
        _("nothing was played") if found.player else "",
    )
    well = _("An alarm can be played. Whether it is loud enough, somebody in the room must hear.")
    return result_of(Look.SOUND, problems, well, listed(measured))


def _device_problems(found: SoundFound) -> Iterator[Problem]:
    screen = _("Watch the screen: alarms are shown there in any case.")
    if found.devices == 0:
        yield failed(_("There is no sound device: no alarm can be heard."), f"{_('Connect a loudspeaker.')} {screen}")
    elif found.devices is None:
        yield attention(
            _("Nobody can say whether there is a sound device."), f"{_('Play a sound with another program.')} {screen}"
        )
    elif found.muted:
        yield attention(
            _("The sound of this computer is switched off."), f"{_('Switch it on and make it loud enough.')} {screen}"
        )


def clock_result(found: ClockFound, limits: ClockLimits) -> LookResult:
    """Whether the clocks of the machine can be believed, as far as nothing else shows the time."""
    wall = found.second.wall
    problems = [*_wall_problems(found, limits), *_other_clocks(found)]
    newest = found.newest.astimezone(wall.tzinfo) if found.newest else None
    measured = (
        _("shows {when}").format(when=day_and_clock(wall, wall.tzinfo)),
        _("newest entry of {day}").format(day=day(newest.date())) if newest else _("no entry yet"),
        _("running for {time}").format(time=hours_and_minutes(found.second.uptime)),
    )
    well = _("The clock can be right: it is after the newest entry, and the clock of the infusions goes on.")
    return result_of(Look.CLOCK, problems, well, listed(measured))


def _wall_problems(found: ClockFound, limits: ClockLimits) -> Iterator[Problem]:
    wall = found.second.wall
    set_it = _("Compare it with another clock and set it right, before a visit begins.")
    newest = max(found.made, found.newest or found.made)
    if clock_doubt(wall, newest, found.settled) is not None:
        shown = day_and_clock(wall, wall.tzinfo)
        if newest == found.made:
            sentence = _("The clock shows {wall}: that is before this program was made.").format(wall=shown)
        else:
            last = day_and_clock(newest, wall.tzinfo)
            sentence = _("The clock shows {wall}: that is before the newest entry, {newest}.")
            sentence = sentence.format(wall=shown, newest=last)
        yield failed(sentence, set_it)
    elif _day_in_utc(wall) > add_months(_day_in_utc(found.made), limits.years_in_use * _MONTHS_A_YEAR):
        sentence = _("The clock shows {wall}: so late this version of the program is hardly in use.")
        yield failed(sentence.format(wall=day_and_clock(wall, wall.tzinfo)), set_it)
    elif found.newest is not None and wall - found.newest > timedelta(days=limits.days_without_entry):
        sentence = _("The newest entry is of {day}. Either the records were not used for long, or the date is wrong.")
        local = found.newest.astimezone(wall.tzinfo)
        yield attention(sentence.format(day=day(local.date())), _("Compare the date with a calendar."))


def _day_in_utc(when: datetime) -> date:
    return when.astimezone(UTC).date()


def _other_clocks(found: ClockFound) -> Iterator[Problem]:
    ask = _("Tell the person who looks after this computer.")
    first, second = found.first, found.second
    if first.boot_id != second.boot_id or second.uptime <= first.uptime:
        paper = _("Time the infusion with another clock.")
        yield failed(_("The clock that counts the infusion does not go on."), f"{paper} {ask}")
    if not found.knows_start:
        sentence = _(
            "This computer does not say when it was started: after each start of the program times are a range."
        )
        yield attention(sentence, ask)
    if not found.has_zone:
        yield attention(_("This computer has no time zone: times may be shown in UTC."), _("Set its time zone."))
