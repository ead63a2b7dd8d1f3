"""Whatever somebody does to the records without the key is noticed, and the first bad record is named."""

import json
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from nurse_app.store.verify import VerifyReport
from nurse_app.store.verify_stream import Soundness, StreamReport
from nurse_app.visit.record_check import Gravity
from tests.store.kit import visit_file
from tests.store.vouching import OTHER_KEY, VISIT, Vouched, bodies_of, chained_again, lines_of

ENTRIES = ("a", "b", "c", "d", "e")
every_byte = pytest.mark.parametrize("step", [13, pytest.param(1, marks=pytest.mark.sweep)])


@pytest.fixture
def ward(tmp_path: Path) -> Vouched:
    made = Vouched(tmp_path)
    made.run(v_1=ENTRIES, v_2=("f", "g", "h"))
    return made


def report_of(report: VerifyReport, stream_id: str = "v-1") -> StreamReport:
    return next(stream for stream in report.streams if stream.stream_id == stream_id)


def joined(*lines: bytes) -> bytes:
    return b"".join(lines)


# --- what is done inside a file (T-33) ---


def edited(lines: list[bytes], _other: list[bytes]) -> bytes:
    return joined(*lines).replace(b'"c"', b'"x"')


def deleted(lines: list[bytes], _other: list[bytes]) -> bytes:
    return joined(*lines[:2], *lines[3:])


def swapped(lines: list[bytes], _other: list[bytes]) -> bytes:
    return joined(lines[0], lines[1], lines[3], lines[2], lines[4])


def duplicated(lines: list[bytes], _other: list[bytes]) -> bytes:
    return joined(*lines[:2], lines[1], *lines[2:])


def inserted(lines: list[bytes], _other: list[bytes]) -> bytes:
    """A line that is sound in itself and numbered to fit."""
    bodies = [line[74:].decode() for line in lines[:3]]
    new = chained_again("visit v-9", bodies, lambda _place, _document: None).splitlines(keepends=True)[2]
    return joined(*lines[:2], new, *lines[2:])


def reordered(lines: list[bytes], _other: list[bytes]) -> bytes:
    return joined(lines[0], lines[1], *reversed(lines[2:]))


def moved_here(lines: list[bytes], other: list[bytes]) -> bytes:
    """The third entry of another visit in the place of ours."""
    return joined(*lines[:2], other[2], *lines[3:])


DEEDS = (edited, deleted, swapped, duplicated, inserted, reordered, moved_here)


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_what_is_done_inside_a_record_is_noticed_at_its_entry(
    ward: Vouched, deed: Callable[[list[bytes], list[bytes]], bytes]
) -> None:
    path, other = visit_file(ward.root, "v-1"), visit_file(ward.root, "v-2")
    path.write_bytes(deed(lines_of(path), lines_of(other)))

    report = ward.verify()

    found = report_of(report)
    assert not report.is_sound
    assert (found.soundness, found.first_bad_entry, found.sound_entries) == (Soundness.DAMAGED, 3, 2)
    assert report_of(report, "v-2").soundness is Soundness.SOUND
    assert found.finding is not None
    assert "visit v-1 is damaged at entry 3" in found.finding.what
    assert "entry 3, byte" in found.finding.where
    assert found.finding.since == ward.clock.last, "the last checkpoint still saw it whole"
    assert "Entries 1 to 2 are sound" in found.finding.left
    assert "backup" in found.finding.to_do


def test_figures_of_what_is_done_inside_a_record(ward: Vouched) -> None:
    path, other = visit_file(ward.root, "v-1"), visit_file(ward.root, "v-2")
    whole, others, noticed_at = lines_of(path), lines_of(other), []
    for deed in DEEDS:
        path.write_bytes(deed(whole, others))
        noticed_at.append(report_of(ward.verify()).first_bad_entry)

    sys.stdout.write(f"T-33: {noticed_at.count(3)} of {len(DEEDS)} deeds noticed, each at the first bad entry\n")
    assert noticed_at == [3] * 7


def test_a_whole_record_in_the_place_of_another_is_noticed_at_its_first_entry(ward: Vouched) -> None:
    shutil.copy(visit_file(ward.root, "v-2"), visit_file(ward.root, "v-1"))

    found = report_of(ward.verify())

    assert (found.soundness, found.first_bad_entry) == (Soundness.DAMAGED, 1)


# --- what a chain alone does not show (T-34) ---


@pytest.mark.parametrize("left", range(len(ENTRIES)))
def test_a_cut_end_is_noticed_wherever_it_is_cut(ward: Vouched, left: int) -> None:
    path = visit_file(ward.root, "v-1")
    path.write_bytes(joined(*lines_of(path)[:left]))

    report = ward.verify()

    found = report_of(report)
    assert not report.is_sound
    assert found.finding is not None
    assert found.finding.since == ward.clock.last
    if left:
        assert (found.soundness, found.sound_entries, found.first_bad_entry) == (Soundness.CUT, left, left + 1)
        word = "Entry 5" if left == 4 else f"Entries {left + 1} to 5"
        assert found.finding.what.startswith(f"{word} of the record visit v-1")
    else:
        assert found.soundness is Soundness.MISSING
        assert found.finding.what == "The record visit v-1 is missing. It had 5 entries."


@every_byte
def test_a_cut_in_the_middle_of_a_line_is_a_cut_too(ward: Vouched, step: int) -> None:
    path = visit_file(ward.root, "v-1")
    whole = path.read_bytes()
    ends = [place + 1 for place, byte in enumerate(whole) if byte == 10]
    for size in range(1, len(whole), step):
        path.write_bytes(whole[:size])
        found = report_of(ward.verify())
        left = sum(end <= size for end in ends)
        assert (found.soundness, found.sound_entries) == (Soundness.CUT, left), size


@pytest.mark.parametrize("place", range(len(ENTRIES)))
def test_a_chain_written_anew_with_correct_digests_is_noticed_wherever_it_differs(ward: Vouched, place: int) -> None:
    path = visit_file(ward.root, "v-1")

    def change(at: int, document: dict[str, object]) -> None:
        if at == place:
            document["data"] = {"text": "x"}

    path.write_bytes(chained_again("visit v-1", bodies_of(path), change))

    report = ward.verify()

    found = report_of(report)
    assert not report.is_sound
    assert (found.soundness, found.sound_entries) == (Soundness.REWRITTEN, 0)
    assert found.finding is not None
    assert found.finding.since == ward.clock.last


def test_of_a_chain_written_anew_the_entries_before_an_agreeing_checkpoint_are_still_good(tmp_path: Path) -> None:
    ward = Vouched(tmp_path)
    ward.run(v_1=ENTRIES[:2])
    ward.run(v_1=ENTRIES[2:])
    path = visit_file(ward.root, "v-1")

    def change(at: int, document: dict[str, object]) -> None:
        if at == 3:
            document["by"] = "somebody else"

    path.write_bytes(chained_again("visit v-1", bodies_of(path), change))

    found = report_of(ward.verify())

    assert (found.soundness, found.sound_entries, found.first_bad_entry) == (Soundness.REWRITTEN, 2, 3)
    assert found.finding is not None
    assert found.finding.where == "Entries 3 to 5 of visits/-1/v-1.jsonl"


def test_an_older_copy_of_the_folder_put_back_is_noticed_whichever_it_is(tmp_path: Path) -> None:
    ward = Vouched(tmp_path)
    copies: list[Path] = []
    for run in range(6):
        ward.run(**{f"v_{run}": ("a",), "v_0": ("b",)})
        copies.append(Path(shutil.copytree(ward.root, tmp_path / f"copy-{run}")))
    assert ward.verify().is_sound

    for copy in copies[:-1]:
        shutil.rmtree(ward.root)
        shutil.copytree(copy, ward.root)
        report = ward.verify()
        assert not report.is_sound, copy
        first = report.summary.findings[0]
        assert "older copy" in first.what
        assert first.since == ward.clock.last
        assert all(stream.soundness is Soundness.SOUND for stream in report.streams), "each by itself is sound"
    shutil.rmtree(ward.root)
    shutil.copytree(copies[-1], ward.root)
    assert ward.verify().is_sound, "the newest copy is not an older one"


def test_figures_of_what_a_chain_alone_does_not_show(tmp_path: Path) -> None:
    ward, copies = Vouched(tmp_path), []
    for text in ENTRIES:
        copies.append(Path(shutil.copytree(ward.root, tmp_path / f"before-{text}")) if ward.root.exists() else None)
        ward.run(v_1=(text,))
    path, whole = visit_file(ward.root, "v-1"), visit_file(ward.root, "v-1").read_bytes()
    lines, bodies = lines_of(path), bodies_of(path)
    cuts = [joined(*lines[:left]) for left in range(len(lines))]
    chains = [chained_again("visit v-1", bodies, partial(_signed_by_another, place)) for place in range(len(bodies))]

    def noticed_of(contents: list[bytes]) -> int:
        found = 0
        for content in contents:
            path.write_bytes(content)
            found += not ward.verify().is_sound
        path.write_bytes(whole)
        return found

    tails, rewritten, older = noticed_of(cuts), noticed_of(chains), 0
    for copy in filter(None, copies):
        shutil.rmtree(ward.root)
        shutil.copytree(copy, ward.root)
        older += not ward.verify().is_sound

    sys.stdout.write(
        f"T-34: 3 of 3; cut ends {tails} of {len(cuts)}, chains written anew {rewritten} of {len(chains)}, "
        f"older copies {older} of {len(copies) - 1}\n"
    )
    assert (tails, rewritten, older) == (len(cuts), len(chains), len(copies) - 1)


def _signed_by_another(place: int, at: int, document: dict[str, object]) -> None:
    if at == place:
        document["by"] = "somebody else"


def test_an_older_copy_that_the_program_went_on_with_stays_on_record(tmp_path: Path) -> None:
    ward = Vouched(tmp_path)
    ward.run(v_1=("a",))
    shutil.copytree(ward.root, tmp_path / "copy")
    ward.run(v_1=("b",))
    known = ward.evidence().memory
    assert known is not None
    shutil.rmtree(ward.root)
    shutil.copytree(tmp_path / "copy", ward.root)

    for text in ("c", "d"):
        ward.run(v_1=(text,))
        report = ward.verify()
        assert not report.is_sound
        (finding,) = report.summary.findings
        assert f"this workstation had made {known.number} checkpoints" in finding.what


def test_an_exchanged_file_of_checkpoints_is_noticed_even_with_as_many_of_them(ward: Vouched) -> None:
    other = Vouched(ward.base / "other", key=ward.key)
    for name in ("v_7", "v_8", "v_9"):
        other.run(**{name: ("x",)})
    shutil.rmtree(ward.root)
    shutil.copytree(other.root, ward.root)

    report = ward.verify()

    assert not report.is_sound
    assert "exchanged for others" in report.summary.findings[0].what


def test_the_file_of_checkpoints_taken_away_is_noticed(ward: Vouched) -> None:
    ward.file.unlink()

    report = ward.verify()

    assert not report.is_sound
    assert report.summary.findings[0].where == "checkpoints.jsonl is missing; this workstation has made 3 checkpoints"


def test_without_any_memory_missing_checkpoints_are_no_more_than_a_note(ward: Vouched) -> None:
    ward.file.unlink()
    for path in ward.workstation.glob("reached-*"):
        path.unlink()

    report = ward.verify()

    assert report.is_sound
    assert [finding.gravity for finding in report.summary.findings] == [Gravity.NOTE]
    assert "There are no checkpoints yet" in report.summary.findings[0].what


def test_another_key_proves_nothing_and_is_a_warning(ward: Vouched) -> None:
    report = ward.verify(type(ward.evidence())(OTHER_KEY, ward.evidence().memory))

    assert report.is_sound
    assert [finding.gravity for finding in report.summary.findings] == [Gravity.WARNING]
    assert "3 of 3 checkpoints were made with the key of another workstation" in report.summary.findings[0].what


def test_checkpoints_of_another_key_still_show_a_cut_end(ward: Vouched) -> None:
    path = visit_file(ward.root, "v-1")
    path.write_bytes(joined(*lines_of(path)[:2]))

    report = ward.verify(type(ward.evidence())(OTHER_KEY, None))

    assert report_of(report).soundness is Soundness.CUT


def test_without_a_key_the_reason_is_said(ward: Vouched) -> None:
    report = ward.verify(type(ward.evidence())(None, ward.evidence().memory, "The key cannot be read."))
    plain = ward.verify(type(ward.evidence())(None, None))

    assert report.is_sound
    assert report.summary.findings[0].what == "The key cannot be read. 3 checkpoints cannot be vouched for."
    assert "has no key of its own" in plain.summary.findings[0].what


def forged(ward: Vouched, change: Callable[[int, dict[str, object]], None]) -> None:
    """Checkpoints with other content, digests all correct, without the key."""
    ward.file.write_bytes(chained_again("checkpoints", bodies_of(ward.file), change))


def test_a_checkpoint_made_to_fit_a_cut_record_is_noticed(ward: Vouched) -> None:
    path = visit_file(ward.root, "v-1")
    path.write_bytes(joined(*lines_of(path)[:4]))
    head = lines_of(path)[3][9:73].decode()

    def change(_at: int, document: dict[str, object]) -> None:
        if document["stream"] == "visit v-1":
            document["entries"], document["head"] = 4, head

    forged(ward, change)

    report = ward.verify()

    assert [finding.gravity for finding in report.summary.findings] == [Gravity.WARNING]
    assert "1 checkpoint did not come from this workstation" in report.summary.findings[0].what


def test_a_forged_last_checkpoint_is_not_the_one_that_is_remembered(ward: Vouched) -> None:
    def change(_at: int, document: dict[str, object]) -> None:
        if document["stream"] == "visit v-2":
            document["entries"] = 1

    forged(ward, change)

    assert not ward.verify().is_sound


def test_a_checkpoint_left_out_with_the_others_moved_up_is_noticed(tmp_path: Path) -> None:
    ward = Vouched(tmp_path)
    ward.run(v_1=ENTRIES, v_2=("f",))
    bodies = bodies_of(ward.file)
    ward.file.write_bytes(chained_again("checkpoints", [bodies[0], bodies[2]], lambda _at, _document: None))

    report = ward.verify()

    assert not report.is_sound
    assert any("did not come from this workstation" in finding.what for finding in report.summary.findings)


def test_a_checkpoint_of_a_lost_branch_in_the_place_of_another_is_noticed(tmp_path: Path) -> None:
    """Both were made with the key; only the mac of the one before tells them apart."""
    ward = Vouched(tmp_path)
    ward.run(v_1=("a",))
    shutil.copytree(ward.root, tmp_path / "copy")
    ward.run(v_1=("b",))
    lost = bodies_of(ward.file)[2]
    shutil.rmtree(ward.root)
    shutil.copytree(tmp_path / "copy", ward.root)
    ward.run(v_1=("c",))
    bodies = bodies_of(ward.file)
    assert json.loads(bodies[2])["stream"] == "checkpoints"
    ward.file.write_bytes(chained_again("checkpoints", [*bodies[:2], lost, *bodies[3:]], lambda _at, _document: None))

    report = ward.verify()

    assert any("did not come from this workstation" in finding.what for finding in report.summary.findings)


def noticed(ward: Vouched, whole: bytes, content: bytes) -> bool:
    assert content != whole
    ward.file.write_bytes(content)
    summary = ward.verify().summary
    return any(finding.gravity in (Gravity.DAMAGE, Gravity.WARNING) for finding in summary.findings)


@every_byte
def test_a_change_of_any_byte_of_the_checkpoints_is_noticed(ward: Vouched, step: int) -> None:
    whole = ward.file.read_bytes()

    unnoticed = [
        place
        for place in range(0, len(whole), step)
        if not noticed(ward, whole, whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    ]

    assert unnoticed == []


@pytest.mark.sweep
def test_a_change_of_any_bit_of_the_checkpoints_is_noticed(ward: Vouched) -> None:
    whole = ward.file.read_bytes()
    for place in range(len(whole)):
        for bit in range(8):
            content = whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :]
            assert noticed(ward, whole, content), (place, bit)


@every_byte
def test_checkpoints_cut_at_any_byte_are_noticed(ward: Vouched, step: int) -> None:
    whole = ward.file.read_bytes()

    assert [size for size in range(0, len(whole), step) if not noticed(ward, whole, whole[:size])] == []


def test_behind_damage_the_other_checkpoints_still_count(ward: Vouched) -> None:
    """Whoever cuts a record cannot hide it by spoiling some checkpoint."""
    path = visit_file(ward.root, "v-1")
    path.write_bytes(joined(*lines_of(path)[:2]))
    first, *rest = lines_of(ward.file)
    ward.file.write_bytes(joined(first.replace(b"begun", b"begum"), b"no line at all \xff\n", *rest))

    report = ward.verify()

    assert report_of(report).soundness is Soundness.CUT
    assert [finding.gravity for finding in report.summary.findings] == [Gravity.DAMAGE, Gravity.WARNING]
    assert "damaged at checkpoint 1" in report.summary.findings[1].what


def test_a_sound_line_that_is_no_checkpoint_is_damage_of_the_file(ward: Vouched) -> None:
    def change(at: int, document: dict[str, object]) -> None:
        if at == 1:
            document["wall"] = "once upon a time"

    first = len(lines_of(ward.file)[0])
    forged(ward, change)

    report = ward.verify()

    assert any(
        finding.where == f"checkpoint 2, byte {first} of checkpoints.jsonl" for finding in report.summary.findings
    )


def test_a_visit_nobody_vouched_for_is_sound_by_itself(ward: Vouched) -> None:
    records, _keeper = ward.start()
    records.create(VISIT, "v-3").append([], after=0)
    records.close()

    assert ward.verify().is_sound
