"""What the file of checkpoints says about the records, and how far it can be believed. Changes nothing."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nurse_app.store import verify_words as words
from nurse_app.store.checkpoint_file import CHECKPOINT_FILE, FILE_LIMIT_BYTES, Evidence, Memory, checkpoint_in
from nurse_app.store.checkpoints import BEGUN, CHECKPOINTS, RESTORED, Checkpoint, CheckpointKey, Reached, checkpoint_of
from nurse_app.store.disk import Disk
from nurse_app.store.journal_lines import Damage, scan
from nurse_app.store.layout import stream_of
from nurse_app.store.strict_json import MalformedJsonError, parse_json
from nurse_app.visit.ports import StreamKind
from nurse_app.visit.record_check import CheckFinding

# A line of the file is crc32, sha256 and JSON; behind damage only the JSON counts, because its mac says the rest.
_BEFORE_JSON = 8 + 1 + 64 + 1


@dataclass(frozen=True, slots=True)
class Vouched:
    """What checkpoints say of each stream, in their order, and what is wrong with the checkpoints themselves."""

    by_stream: Mapping[tuple[StreamKind, str], tuple[Reached, ...]]
    count: int
    findings: tuple[CheckFinding, ...]


def read_checkpoints(disk: Disk, root: Path, evidence: Evidence) -> Vouched:
    """Look at the file. Never raises for what it finds there."""
    try:
        content = disk.read(root / CHECKPOINT_FILE, FILE_LIMIT_BYTES)
    except FileNotFoundError:
        return Vouched({}, 0, tuple(_against_memory((), evidence.memory)))
    except OSError as error:
        return Vouched({}, 0, (words.checkpoints_unreadable(error.strerror or "fault"),))
    found = scan(content, CHECKPOINTS)
    made = [checkpoint_in(body) for body in found.bodies]
    damage = found.damage
    if None in made:
        # A sound line that holds no checkpoint was written by something else.
        bad = made.index(None)
        damage = Damage(bad + 1, sum(len(line) + 1 for line in content.split(b"\n")[:bad]), 0)
    elif damage is not None:
        # Behind damage those count that are whole; the others are the damage.
        behind = tuple(_readable(content[damage.byte :]))
        broken = _altered(behind, evidence.key)
        made += [each for each in behind if each not in broken]
    checkpoints = tuple(each for each in made if each is not None)
    altered = _altered(checkpoints, evidence.key)
    believed = tuple(each for each in checkpoints if each not in altered)
    findings = [*_against_memory(believed, evidence.memory), *_noticed(believed)]
    if damage is not None:
        findings.append(words.checkpoints_damaged(damage.number, damage.byte, len(believed), _last_wall(believed)))
    if altered:
        findings.append(words.altered(altered[0].number, len(altered), _last_wall(believed)))
    findings += _not_vouched_for(believed, evidence)
    return Vouched(_by_stream(believed), len(believed), tuple(findings))


def _readable(content: bytes) -> Iterator[Checkpoint]:
    for line in content.split(b"\n"):
        try:
            found = checkpoint_of(parse_json(line[_BEFORE_JSON:].decode()))
        except (UnicodeDecodeError, MalformedJsonError):
            continue
        if found is not None:
            yield found


def _altered(checkpoints: Sequence[Checkpoint], key: CheckpointKey | None) -> list[Checkpoint]:
    """Those that name our key and were not made with it, or do not follow the one before."""
    name = "" if key is None else key.name
    found: list[Checkpoint] = []
    macs = {each.number: each.mac for each in checkpoints}
    for each in checkpoints:
        is_forged = key is not None and each.key == name and not each.is_made_with(key)
        if is_forged or each.before != macs.get(each.number - 1, each.before):
            found.append(each)
    return found


def _against_memory(checkpoints: Sequence[Checkpoint], memory: Memory | None) -> Iterator[CheckFinding]:
    if memory is None or any(each.number == memory.number and each.mac == memory.mac for each in checkpoints):
        return
    last = max((each.number for each in checkpoints), default=0)
    if last >= memory.number:
        yield words.other_checkpoints(memory.number, memory.wall)
    else:
        yield words.older_copy(memory.number, last, memory.wall, _last_wall(checkpoints))


def _noticed(checkpoints: Sequence[Checkpoint]) -> Iterator[CheckFinding]:
    """What the program itself found and wrote down when it went on with an older copy."""
    for each in checkpoints:
        if each.stream == CHECKPOINTS:
            yield words.was_older_copy(each.number, each.entries, each.wall)
        elif each.stream == RESTORED:
            yield words.was_restored(each.number, each.wall)
        elif each.stream == BEGUN and each.head:
            yield words.was_begun_anew(each.number, each.wall)


def _not_vouched_for(checkpoints: Sequence[Checkpoint], evidence: Evidence) -> Iterator[CheckFinding]:
    if not checkpoints:
        return
    if evidence.key is None:
        yield words.no_key(len(checkpoints), evidence.problem)
        return
    name = evidence.key.name
    others = sum(each.key != name for each in checkpoints)
    if others:
        yield words.another_key(others, len(checkpoints))


def _by_stream(checkpoints: Sequence[Checkpoint]) -> Mapping[tuple[StreamKind, str], tuple[Reached, ...]]:
    found: defaultdict[tuple[StreamKind, str], list[Reached]] = defaultdict(list)
    for each in checkpoints:
        stream = stream_of(each.stream)
        if stream is not None:
            found[stream].append(each.fact)
    return {stream: tuple(facts) for stream, facts in found.items()}


def _last_wall(checkpoints: Sequence[Checkpoint]) -> datetime | None:
    return checkpoints[-1].wall if checkpoints else None
