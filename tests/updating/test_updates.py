"""Looking at an update, installing it and going back, on small clinic folders with real files and real keys."""

import os
import shutil
import stat
import sys
from collections.abc import Callable
from dataclasses import replace
from errno import EACCES, EIO, ENOLCK
from hashlib import sha256
from pathlib import Path

import pytest

from nurse_app.updating.clinic_folder import RECORD_FORM, ClinicFolder, clinic_folder_of, installed_in, record_form_of
from nurse_app.updating.deciding import ROOM_BESIDE_BYTES, RecordsStanding
from nurse_app.updating.messages import UnreadableUpdateError, UpdateError
from nurse_app.updating.program_disk import SystemProgramDisk
from nurse_app.updating.signature import KEY_FILE
from nurse_app.updating.updates import Workshop, go_back, install_update, look, tidy_up, way_back
from nurse_app.updating.versions import version_before, version_of
from tests.updating.kit import (
    AT_REST,
    OTHER_KEY,
    OTHER_PUBLIC,
    PUBLIC,
    Kind,
    disk,
    files_of,
    make_clinic,
    manifest,
    members_of,
    put_update,
    put_version,
    raw_zip,
    resources_with,
    silently,
    tree,
    v,
    versions_in,
    workshop,
)

BUSY = RecordsStanding(Path("/ward/records"), open_visits=2)
HELD = RecordsStanding(Path("/ward/records"), holder="The records are open elsewhere.")


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    return make_clinic(tmp_path / "clinic", "0.1.0")


def install(shop: Workshop, file: Path, records: RecordsStanding = AT_REST) -> str:
    return install_update(shop, file, lambda: records, silently)


def current(clinic: Path) -> str:
    return (clinic / "current").read_text(encoding="ascii")


def refusal(shop: Workshop, file: Path, records: RecordsStanding = AT_REST) -> str:
    """Why it is not installed: the same said when it is looked at, and nothing is changed."""
    root = shop.folder.root if shop.folder else None
    before = tree(root) if root else None
    seen = look(shop, file, records, silently).refusal
    with pytest.raises(UpdateError) as tried:
        install(shop, file, records)
    if root:
        (root / "versions" / ".lock").unlink(missing_ok=True)
        assert tree(root) == before
    assert str(tried.value) == seen
    return seen


# --- installing ---


def test_an_update_is_installed_beside_and_comes_on_at_the_next_start(clinic: Path, tmp_path: Path) -> None:
    before = tree(clinic / "versions" / "0.1.0")

    said = install(workshop(clinic), put_update(tmp_path))

    assert said == (
        f"Version 0.2.0 is installed in {clinic} and comes on at the next start. Version 0.1.0 is kept: Go back "
        "(“nurse-app update --back”) returns to it."
    )
    assert current(clinic) == "0.2.0\n"
    assert tree(clinic / "versions" / "0.1.0") == before
    put_version(tmp_path / "wanted", "0.2.0")
    assert tree(clinic / "versions" / "0.2.0") == tree(tmp_path / "wanted" / "versions" / "0.2.0")
    assert sorted(path.name for path in clinic.iterdir()) == ["current", "nurse-app", "versions"]


def test_looking_says_what_it_is_and_changes_nothing(clinic: Path, tmp_path: Path) -> None:
    before, heard = tree(clinic), []
    file = put_update(tmp_path, form=4)

    looked = look(workshop(clinic), file, AT_REST, lambda done, total: heard.append((done, total)))

    assert (looked.manifest.version, looked.manifest.record_form, looked.manifest.build) == ("0.2.0", 4, "commit 0.2.0")
    assert looked.key == PUBLIC
    assert looked.refusal == ""
    assert tree(clinic) == before
    content = sum(len(c) for path, (c, kind) in files_of("0.2.0").items() if kind != "link")
    assert heard[-1][0] == content
    assert {total for _done, total in heard} == {looked.manifest.bytes}


def test_large_files_come_out_piece_by_piece(clinic: Path, tmp_path: Path) -> None:
    """One that packs to almost nothing, and one that does not pack at all."""
    noise = b"".join(sha256(str(number).encode()).digest() for number in range(1 << 15))
    files = files_of("0.2.0") | {"_internal/a": (b"even " * (1 << 18), Kind.FILE), "_internal/b": (noise, Kind.FILE)}
    file = tmp_path / "large.update"
    file.write_bytes(raw_zip(members_of(manifest(files=files), files)))

    install(workshop(clinic), file)

    for name in ("a", "b"):
        assert (clinic / "versions" / "0.2.0" / "_internal" / name).read_bytes() == files[f"_internal/{name}"][0]


@pytest.mark.skipif(sys.platform == "win32", reason="only POSIX has modes")
@pytest.mark.parametrize(("mode", "file_mode", "program_mode"), [(0o755, 0o644, 0o755), (0o700, 0o600, 0o700)])
def test_who_may_use_the_folder_may_use_the_new_version(
    clinic: Path, tmp_path: Path, mode: int, file_mode: int, program_mode: int
) -> None:
    (clinic / "versions").chmod(mode)
    clinic.chmod(mode)

    install(workshop(clinic), put_update(tmp_path))

    def mode_of(name: str) -> int:
        return stat.S_IMODE((clinic / name).lstat().st_mode)

    assert mode_of("current") == file_mode
    assert mode_of("versions/0.2.0/_internal/empty") == file_mode
    assert mode_of("versions/0.2.0/nurse-app") == program_mode
    assert mode_of("versions/0.2.0/_internal/resources") == mode
    assert mode_of("versions/0.2.0") == mode


def test_what_was_gone_back_from_is_never_the_version_before(tmp_path: Path) -> None:
    """0.2.0 did not please; whoever goes back from 0.3.0 wants the one that did."""
    clinic = make_clinic(tmp_path / "clinic", "0.1.0", "0.2.0", in_use="0.1.0")

    install(workshop(clinic), put_update(tmp_path, "0.3.0"))

    assert versions_in(clinic) == ["0.1.0", "0.3.0"]
    assert go_back(workshop(clinic), lambda: AT_REST).there.installed.before == v("0.1.0")
    assert current(clinic) == "0.1.0\n"


def test_what_was_gone_back_from_can_be_installed_again(tmp_path: Path) -> None:
    clinic = make_clinic(tmp_path / "clinic", "0.1.0", "0.2.0", in_use="0.1.0")
    (clinic / "versions" / "0.2.0" / "nurse-app").write_bytes(b"damaged")

    install(workshop(clinic), put_update(tmp_path))

    assert current(clinic) == "0.2.0\n"
    assert (clinic / "versions" / "0.2.0" / "nurse-app").read_bytes() == files_of("0.2.0")["nurse-app"][0]


def test_a_missing_current_does_not_keep_an_update_away(clinic: Path, tmp_path: Path) -> None:
    (clinic / "current").unlink()

    install(workshop(clinic), put_update(tmp_path))

    assert current(clinic) == "0.2.0\n"


# --- refused ---


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("0.1.0", "Version 0.1.0 is in use already. There is nothing to install."),
        (
            "0.0.9",
            (
                "Version 0.0.9 is older than the one in use, 0.1.0. To go back to the version before, use Go back "
                "(“nurse-app update --back”)."
            ),
        ),
    ],
)
def test_the_same_or_an_older_version_is_refused(clinic: Path, tmp_path: Path, version: str, said: str) -> None:
    assert refusal(workshop(clinic), put_update(tmp_path, version)) == said


def test_another_platform_is_refused(clinic: Path, tmp_path: Path) -> None:
    file = put_update(tmp_path, platform="win-amd64")

    said = refusal(workshop(clinic), file)

    assert said == "This update is for win-amd64, and this computer is linux-x86_64. Take the other file."
    elsewhere = refusal(replace(workshop(clinic), platform=""), file)
    assert (
        elsewhere == "This update is for win-amd64, and this computer is another kind of computer. Take the other file."
    )


@pytest.mark.parametrize(
    ("records", "said"),
    [
        (BUSY, "2 visits are in progress in /ward/records. Finish what is in progress, then try again."),
        (
            replace(BUSY, open_visits=1),
            "1 visit is in progress in /ward/records. Finish what is in progress, then try again.",
        ),
        (HELD, "The records are open elsewhere. Then try again."),
    ],
)
def test_records_at_work_refuse_an_update_and_the_way_back(tmp_path: Path, records: RecordsStanding, said: str) -> None:
    clinic = make_clinic(tmp_path / "clinic", "0.1.0", "0.2.0")

    assert refusal(workshop(clinic), put_update(tmp_path, "0.3.0"), records) == said

    assert way_back(workshop(clinic), records).refusal == said
    with pytest.raises(UpdateError, match="try again"):
        go_back(workshop(clinic), lambda: records)
    assert current(clinic) == "0.2.0\n"


def test_a_visit_that_begins_meanwhile_keeps_the_version_in_use(clinic: Path, tmp_path: Path) -> None:
    """The window goes on while it installs; whoever begins a visit then shall find the program as it was."""
    answers = [AT_REST, AT_REST, BUSY]

    with pytest.raises(UpdateError, match="2 visits are in progress"):
        install_update(workshop(clinic), put_update(tmp_path), lambda: answers.pop(0), silently)

    assert answers == []
    assert (current(clinic), versions_in(clinic)) == ("0.1.0\n", ["0.1.0"])


def test_too_little_room_is_told_before_anything_is_written(clinic: Path, tmp_path: Path) -> None:
    file = put_update(tmp_path)
    needed = look(workshop(clinic), file, AT_REST, silently).manifest.bytes + ROOM_BESIDE_BYTES
    shop = workshop(clinic)
    shop.disk.free_bytes = lambda _path: needed - 1  # type: ignore[method-assign]

    said = refusal(shop, file)

    assert said == (
        f"There is too little room on the disk of {clinic}: 269 MB are free, 269 MB are needed. Free some space, then "
        "try again."
    )
    shop.disk.free_bytes = lambda _path: needed  # type: ignore[method-assign]
    install(shop, file)


def test_a_folder_that_may_not_be_written_is_refused(clinic: Path, tmp_path: Path) -> None:
    for closed in (clinic, clinic / "versions"):
        shop = replace(workshop(clinic), may_write=lambda folder, closed=closed: folder != closed)
        assert refusal(shop, put_update(tmp_path)).startswith(f"You may not write in {clinic}. Ask the person")


def test_a_program_that_was_installed_otherwise_is_refused(clinic: Path, tmp_path: Path) -> None:
    shop = replace(workshop(clinic), folder=None)

    assert refusal(shop, put_update(tmp_path)).endswith("Install the newer package instead.")
    with pytest.raises(UpdateError, match="Install the newer package instead"):
        go_back(shop, lambda: AT_REST)
    tidy_up(shop)


def test_a_folder_without_one_whole_version_is_refused(tmp_path: Path) -> None:
    clinic = make_clinic(tmp_path / "clinic", in_use="0.1.0")

    said = refusal(workshop(clinic), put_update(tmp_path))

    assert said == f"{clinic} does not hold one whole version. Copy the whole folder again from where it came."


def test_a_version_that_was_gone_back_from_and_still_runs_is_not_taken_away(tmp_path: Path) -> None:
    clinic = make_clinic(tmp_path / "clinic", "0.1.0", "0.2.0", in_use="0.1.0")

    for version in ("0.2.0", "0.3.0"):
        said = refusal(workshop(clinic, "0.2.0"), put_update(tmp_path, version))
        assert said.startswith("Version 0.2.0 is running just now, though 0.1.0 is in use.")


def test_without_a_release_key_every_update_is_refused(clinic: Path, tmp_path: Path) -> None:
    file, shop = put_update(tmp_path), workshop(clinic)
    for content in (None, "", "not a key", "ü", f"{PUBLIC.content.hex()}\nshort"):
        if content is None:
            (shop.resources / KEY_FILE).unlink()
        else:
            (shop.resources / KEY_FILE).write_text(content, encoding="utf-8")
        with pytest.raises(UpdateError, match="This program was built without a release key"):
            look(shop, file, AT_REST, silently)
        with pytest.raises(UpdateError, match="This program was built without a release key"):
            install(shop, file)


def test_the_repository_holds_no_release_key() -> None:
    """The key is the customer's; it comes in when the program is built."""
    assert not (Path(__file__).parents[2] / "resources" / KEY_FILE).exists()


def test_two_keys_are_accepted_while_one_follows_the_other(clinic: Path, tmp_path: Path) -> None:
    shop = workshop(clinic)
    resources_with(shop.resources, PUBLIC, OTHER_PUBLIC)

    assert look(shop, put_update(tmp_path, key=OTHER_KEY), AT_REST, silently).key == OTHER_PUBLIC
    assert look(shop, put_update(tmp_path), AT_REST, silently).key == PUBLIC


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: folder / "none.update", "there is no such file. Check the name and try again."),
        (lambda folder: folder, "this is a folder, not a file. Name a file in it."),
    ],
)
def test_a_file_that_cannot_be_read_is_told(
    clinic: Path, tmp_path: Path, make: Callable[[Path], Path], said: str
) -> None:
    file = make(tmp_path)

    with pytest.raises(UnreadableUpdateError) as found:
        look(workshop(clinic), file, AT_REST, silently)

    assert str(found.value) == f"{file}: {said}"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            OSError(EIO, os.strerror(EIO)),
            "this file cannot be read (Input/output error). Check the stick and try again.",
        ),
        (PermissionError(EACCES, "no"), "this file may not be read. Ask for access to it and try again."),
    ],
)
@pytest.mark.parametrize("call", ["open_read", "read_at"])
def test_a_stick_that_fails_is_told_from_a_disk_that_fails(
    clinic: Path, tmp_path: Path, call: str, error: OSError, said: str
) -> None:
    file, shop = put_update(tmp_path), workshop(clinic)
    size = file.stat().st_size

    def fail(*given: object) -> bytes:
        # Only far behind the list of files, as a worn stick does.
        if call == "open_read" or given[1] in range(size // 4, size // 2):
            raise error
        return SystemProgramDisk.read_at(shop.disk, *given)  # type: ignore[arg-type]

    setattr(shop.disk, call, fail)
    with pytest.raises(UnreadableUpdateError) as found:
        install(shop, file)

    assert str(found.value) == f"{file}: {said}"
    assert (current(clinic), versions_in(clinic)) == ("0.1.0\n", ["0.1.0"])


def test_a_folder_that_is_not_shown_is_told(clinic: Path, tmp_path: Path) -> None:
    shop = workshop(clinic)

    def fail(_path: Path) -> int:
        raise OSError(EIO, os.strerror(EIO))

    shop.disk.free_bytes = fail  # type: ignore[method-assign]
    with pytest.raises(UpdateError, match=r"cannot be read \(Input/output error\)"):
        look(shop, put_update(tmp_path), AT_REST, silently)


def test_a_refused_disk_is_told_with_what_to_do(clinic: Path, tmp_path: Path) -> None:
    shop = workshop(clinic)

    def fail(_path: Path) -> int:
        raise PermissionError(EACCES, os.strerror(EACCES))

    shop.disk.create = fail  # type: ignore[method-assign]
    with pytest.raises(UpdateError, match=r"it may not be written\. Ask for write access"):
        install(shop, put_update(tmp_path))


def test_a_disk_without_locks_is_told(clinic: Path, tmp_path: Path) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(ENOLCK, os.strerror(ENOLCK))

    with pytest.raises(UpdateError, match=r"the disk refused \(No locks available\)"):
        install(replace(workshop(clinic), locking=fail), put_update(tmp_path))


def test_somebody_who_stops_it_leaves_nothing_behind(clinic: Path, tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done > total // 2:
            raise StoppedError

    with pytest.raises(StoppedError):
        install_update(workshop(clinic), put_update(tmp_path), lambda: AT_REST, stop)

    assert (current(clinic), versions_in(clinic)) == ("0.1.0\n", ["0.1.0"])


# --- the way back ---


def test_going_back_brings_the_version_before_and_keeps_the_newer_one(tmp_path: Path) -> None:
    clinic = make_clinic(tmp_path / "clinic", "0.1.0", "0.2.0")

    back = go_back(workshop(clinic, "0.2.0"), lambda: AT_REST)

    assert current(clinic) == "0.1.0\n"
    assert (back.there.installed.before, back.warning) == (v("0.1.0"), "")
    assert versions_in(clinic) == ["0.1.0", "0.2.0"]
    with pytest.raises(UpdateError, match=r"There is no version before 0\.1\.0 in"):
        go_back(workshop(clinic, "0.2.0"), lambda: AT_REST)


@pytest.mark.parametrize(
    ("before", "in_use", "warning"),
    [
        (1, 1, ""),
        (2, 1, ""),
        (1, 2, "Version 0.2.0 writes records in a form that version 0.1.0 does not know."),
        (1, None, "Version 0.2.0 writes records in a form that version 0.1.0 does not know."),
        (None, 1, "Version 0.1.0 does not say which form of records it knows."),
    ],
)
def test_a_newer_form_of_records_is_warned_of(
    tmp_path: Path, before: int | None, in_use: int | None, warning: str
) -> None:
    clinic = make_clinic(tmp_path / "clinic", in_use="0.2.0")
    put_version(clinic, "0.1.0", files_of("0.1.0", before))
    put_version(clinic, "0.2.0", files_of("0.2.0", in_use))

    said = go_back(workshop(clinic), lambda: AT_REST).warning

    assert said.startswith(warning)
    assert bool(said) == bool(warning)
    assert current(clinic) == "0.1.0\n"


# --- what is kept ---


def test_once_a_version_has_run_well_only_it_and_the_one_before_are_kept(tmp_path: Path) -> None:
    clinic = make_clinic(tmp_path / "clinic", "0.0.8", "0.0.9", "0.1.0", "0.2.0")

    tidy_up(workshop(clinic, "0.1.0"))
    assert versions_in(clinic) == ["0.0.8", "0.0.9", "0.1.0", "0.2.0"], "0.2.0 has not run yet"
    tidy_up(replace(workshop(clinic, "0.2.0"), may_write=lambda _folder: False))
    assert versions_in(clinic) == ["0.0.8", "0.0.9", "0.1.0", "0.2.0"]
    tidy_up(workshop(clinic, "0.2.0"))

    assert versions_in(clinic) == ["0.1.0", "0.2.0"]


def test_a_link_that_is_left_over_is_removed_and_not_followed(clinic: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "letter.txt").write_text("dear", encoding="utf-8")
    leftover = clinic / "versions" / ".new-0.2.0"
    leftover.mkdir()
    (leftover / "link").symlink_to(outside)

    tidy_up(workshop(clinic, "0.1.0"))

    assert (outside / "letter.txt").exists()
    assert versions_in(clinic) == ["0.1.0"]


# --- where things are ---


def test_the_folder_is_known_by_where_the_program_runs(clinic: Path, tmp_path: Path) -> None:
    program = clinic / "versions" / "0.1.0" / "nurse-app"
    assert clinic_folder_of(disk(), program) == ClinicFolder(clinic, "nurse-app")
    assert clinic_folder_of(disk(), None) is None
    assert clinic_folder_of(disk(), clinic / "nurse-app") is None
    assert clinic_folder_of(disk(), clinic / "versions" / "x" / "nurse-app") is None
    (clinic / "nurse-app").unlink()
    assert clinic_folder_of(disk(), program) is None, "a package has no starter"
    shutil.rmtree(clinic)
    (tmp_path / "clinic").write_text("a file", encoding="utf-8")
    assert clinic_folder_of(disk(), program) is None


@pytest.mark.parametrize(
    ("content", "in_use"),
    [
        (b"0.1.0\n", "0.1.0"),
        (b" 0.1.0\r\n", "0.1.0"),
        (b"0.1.0", "0.1.0"),
        (b"0.1.0\n0.9.0\n", "0.1.0"),
        (b"9.9.9\n", "0.10.0"),
        (b"", "0.10.0"),
        (b"../0.1.0\n", "0.10.0"),
        (b"\xff", "0.10.0"),
        (b"0.1.0\n" * 100, "0.10.0"),
        (None, "0.10.0"),
    ],
)
def test_the_version_in_use_is_the_one_named_or_the_newest(tmp_path: Path, content: bytes | None, in_use: str) -> None:
    clinic = make_clinic(tmp_path / "clinic", "0.1.0", "0.9.0", "0.10.0")
    (clinic / "versions" / "1.0.0").mkdir()
    (clinic / "versions" / "1.0.1").write_text("a file", encoding="utf-8")
    put_version(clinic, ".new-2.0.0", files_of("2.0.0"))
    (clinic / "current").unlink()
    if content is None:
        (clinic / "current").mkdir()
    else:
        (clinic / "current").write_bytes(content)

    found = installed_in(disk(), ClinicFolder(clinic, "nurse-app"))

    assert [str(version) for version in found.versions] == ["0.1.0", "0.9.0", "0.10.0"]
    assert str(found.in_use) == in_use


def test_a_folder_of_another_system_has_a_program_of_another_name(tmp_path: Path) -> None:
    clinic = make_clinic(tmp_path / "clinic", "0.1.0")

    found = installed_in(disk(), ClinicFolder(clinic, "nurse-app.exe"))

    assert (found.versions, found.in_use, found.before) == ((), None, None)


@pytest.mark.parametrize(("text", "form"), [("3\n", 3), ("", None), ("x", None), ("³", None), ("1" * 99, None)])
def test_the_form_of_records_is_a_number_or_not_known(tmp_path: Path, text: str, form: int | None) -> None:
    clinic = make_clinic(tmp_path / "clinic", "0.1.0")
    place = clinic / "versions" / "0.1.0" / "_internal" / "resources" / RECORD_FORM
    place.write_text(text, encoding="utf-8")

    assert record_form_of(disk(), ClinicFolder(clinic, "nurse-app"), v("0.1.0")) == form


def test_versions_are_numbers_in_order() -> None:
    texts = ["0.1.0", "0.2.0", "0.10.0", "1.0.0", "9999.0.1"]
    assert [str(version) for version in sorted(v(text) for text in reversed(texts))] == texts
    for text in ("", "1", "1.0", "1.0.0.0", "01.0.0", "1.0.0 ", "1.0.x", "1..0", "-1.0.0", "10000.0.0", "١.0.0"):
        assert version_of(text) is None
    assert version_before((v("0.1.0"), v("0.2.0")), v("0.1.0")) is None


@pytest.mark.parametrize(("held_for", "moved"), [(0, True), (7, True), (100, False)])
def test_windows_waits_for_a_scanner_that_looks_into_a_new_folder(tmp_path: Path, held_for: int, moved: bool) -> None:
    """Each try of the disk's own replace waits already; a scanner of 200 MB takes longer."""
    tries: list[Path] = []

    class Held(SystemProgramDisk):
        def replace(self, source: Path, target: Path) -> None:
            tries.append(source)
            if len(tries) <= held_for:
                raise PermissionError(EACCES, "held")
            super().replace(source, target)

    (tmp_path / "new").mkdir()
    held = Held(windows=True, pause=lambda _seconds: None)

    if moved:
        held.move_folder(tmp_path / "new", tmp_path / "0.2.0")
    else:
        with pytest.raises(PermissionError):
            held.move_folder(tmp_path / "new", tmp_path / "0.2.0")

    assert (tmp_path / "0.2.0").exists() is moved
    assert len(tries) == min(held_for, 10) + 1


def test_on_windows_rights_come_from_the_folder(tmp_path: Path) -> None:
    windows = SystemProgramDisk(windows=True, pause=lambda _seconds: None)
    assert windows.make_folder(tmp_path / "made")
    assert not windows.make_folder(tmp_path / "made")
    (tmp_path / "made").chmod(0o700)

    windows.share(tmp_path / "made", tmp_path, executable=True)

    assert stat.S_IMODE((tmp_path / "made").stat().st_mode) == 0o700
