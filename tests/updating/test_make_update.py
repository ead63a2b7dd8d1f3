"""packaging/make_update.py: keys are made once, an update is read back before it counts, notes say what to know."""

import stat
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from nurse_app.updating.signature import KEY_FILE, ReleaseKey
from nurse_app.updating.updates import look
from tests.updating.kit import (
    AT_REST,
    KEY,
    PUBLIC,
    Kind,
    files_of,
    make_clinic,
    make_update,
    put_version,
    resources_with,
    silently,
    workshop,
)


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    place = tmp_path / "release.key"
    place.write_text(f"{KEY.encode().hex()}\n", encoding="ascii")
    return place


@pytest.fixture
def built(tmp_path: Path) -> Path:
    return make_clinic(tmp_path / "built", "0.2.0")


def main(*words: object) -> int:
    return int(make_update().main([str(word) for word in words]))


def test_a_key_pair_is_made_once_and_for_its_owner(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "release.key"

    assert main("--new-key", place) == 0

    private = SigningKey(bytes.fromhex(place.read_text(encoding="ascii").strip()))
    public = (tmp_path / "release.key.pub").read_text(encoding="ascii")
    assert public == f"{private.verify_key.encode().hex()}\n"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert ReleaseKey(private.verify_key.encode()).fingerprint in capsys.readouterr().out
    before = place.read_bytes()
    assert main("--new-key", place) == 1
    assert "no key is ever overwritten" in capsys.readouterr().err
    assert place.read_bytes() == before


def test_an_update_is_made_and_can_be_installed(
    built: Path, key_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    resources_with(built / "versions" / "0.2.0" / "_internal" / "resources", PUBLIC)

    assert main(built, "--key", key_file, "--output", tmp_path / "out") == 0

    (file,) = (tmp_path / "out").iterdir()
    assert file.name == "nurse-app-0.2.0-linux-x86_64.update"
    heard = capsys.readouterr()
    assert heard.out.startswith(f"{file}  0 MB for 7 files of 0 MB, key {PUBLIC.fingerprint}")
    assert heard.err == ""
    make_clinic(tmp_path / "clinic", "0.1.0")
    looked = look(workshop(tmp_path / "clinic"), file, AT_REST, silently)
    assert looked.refusal == ""
    assert {entry.path: entry.kind for entry in looked.manifest.files} == {
        **{path: kind for path, (_content, kind) in files_of("0.2.0").items()},
        f"_internal/resources/{KEY_FILE.as_posix()}": Kind.FILE,
    }


def test_the_same_folder_makes_the_same_file(built: Path, key_file: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert main(built, "--key", key_file, "--output", tmp_path / name) == 0

    one, two = (next((tmp_path / name).iterdir()).read_bytes() for name in ("one", "two"))
    assert one == two


def test_what_the_next_update_needs_is_noted(
    built: Path, key_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(built, "--key", key_file, "--output", tmp_path / "out")
    assert "it will accept no further update" in capsys.readouterr().err
    resources_with(built / "versions" / "0.2.0" / "_internal" / "resources", ReleaseKey(bytes(32)))

    main(built, "--key", key_file, "--output", tmp_path / "out")

    assert "does not accept this key" in capsys.readouterr().err


def test_another_version_of_the_folder_can_be_asked_for(built: Path, key_file: Path, tmp_path: Path) -> None:
    put_version(built, "0.3.0")

    assert main(built, "--key", key_file, "--version", "0.3.0", "--output", tmp_path / "out") == 0

    assert [file.name for file in (tmp_path / "out").iterdir()] == ["nurse-app-0.3.0-linux-x86_64.update"]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda built: (built / "current").unlink(), "cannot be read"),
        (lambda built: (built / "current").write_text("x", encoding="ascii"), "names no version"),
        (lambda built: (built / "versions/0.2.0/nurse-app").unlink(), "holds no program"),
        (
            lambda built: (built / "versions/0.2.0/_internal/resources/update/record_form.txt").write_text(
                "x", encoding="ascii"
            ),
            "does not say which form of records",
        ),
        (lambda built: (built / "versions/0.2.0/link").symlink_to("/etc/passwd"), "does not lead to one of its own"),
        (
            lambda built: (built / "versions/0.2.0/con.txt").write_text("x", encoding="ascii"),
            "a name that no update has",
        ),
    ],
)
def test_a_folder_that_no_update_can_be_made_of_leaves_none(
    built: Path, key_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], spoil: object, said: str
) -> None:
    spoil(built)  # type: ignore[operator]

    assert main(built, "--key", key_file, "--output", tmp_path / "out") == 1

    assert said in capsys.readouterr().err
    assert not list((tmp_path / "out").glob("*")) if (tmp_path / "out").exists() else True


def test_a_wrong_command_line_or_key_is_told(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(built) == 2
    (tmp_path / "bad.key").write_text("no key", encoding="ascii")
    assert main(built, "--key", tmp_path / "bad.key") == 1
    assert main(built, "--key", tmp_path / "none.key") == 1
    assert capsys.readouterr().err.count("holds no private key") == 2
