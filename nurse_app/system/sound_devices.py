"""What the machine would play an alarm with, for the self-test: the player, the devices, the files."""

from collections.abc import Sequence
from pathlib import Path

from nurse_app.system.sound import CommandPlayer, Player, WindowsPlayer, burst_in
from nurse_app.system.sound_output import SoundPlaces, look_at_output
from nurse_app.visit.self_test import SoundFound


def look_at_sound(player: Player, folder: Path, wanted: Sequence[str], places: SoundPlaces) -> SoundFound:
    """What is there to play the sound files of a folder; ``wanted`` are those that the program plays."""
    output = look_at_output(places)
    broken = tuple(file for file in wanted if burst_in(folder / file) is None)
    return SoundFound(_player_name(player), output.devices, output.muted, tuple(wanted), broken)


def _player_name(player: Player) -> str:
    if isinstance(player, CommandPlayer):
        return player.name
    return "Windows" if isinstance(player, WindowsPlayer) else ""
