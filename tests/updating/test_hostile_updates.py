"""Files that only pretend to be updates: each is refused in one sentence, and nothing is written anywhere."""

from pathlib import Path

import pytest

from nurse_app.updating.messages import UnreadableUpdateError, UpdateError
from nurse_app.updating.updates import install_update, look
from tests.updating.forgery import FILES, NOT_SIGNED, NOT_UPDATES, REFUSED, Make
from tests.updating.kit import AT_REST, PUBLIC, make_clinic, put_update, silently, tree, workshop

ALL = NOT_UPDATES | NOT_SIGNED | REFUSED


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_clinic(tmp_path / "clinic", "0.1.0")


def said_of(make: Make, root: Path) -> UpdateError:
    """What is said when it is looked at and when it is to be installed, which is the same."""
    file = root.parent / "hostile.update"
    file.write_bytes(make())
    shop, before = workshop(root), tree(root)
    with pytest.raises(UpdateError) as seen:
        look(shop, file, AT_REST, silently)
    with pytest.raises(UpdateError) as tried:
        install_update(shop, file, lambda: AT_REST, silently)
    (root / "versions" / ".lock").unlink(missing_ok=True)
    assert tree(root) == before
    assert sorted(path.name for path in root.parent.iterdir()) == ["clinic", "hostile.update", "resources"]
    assert str(tried.value) == str(seen.value)
    assert type(tried.value) is type(seen.value)
    return tried.value


def test_what_is_spoilt_was_good_before(root: Path) -> None:
    install_update(workshop(root), put_update(root.parent), lambda: AT_REST, silently)

    assert {path: content for path, (content, _may_start) in tree(root / "versions" / "0.2.0").items()} == {
        path: content for path, (content, _kind) in FILES.items()
    }


@pytest.mark.parametrize("name", NOT_UPDATES)
def test_another_file_is_told_from_an_update(name: str, root: Path) -> None:
    said = said_of(NOT_UPDATES[name], root)

    assert isinstance(said, UnreadableUpdateError)
    assert str(said).endswith(". Copy it again from where it came.")


@pytest.mark.parametrize("name", NOT_SIGNED)
def test_what_the_release_key_did_not_sign_is_refused(name: str, root: Path) -> None:
    said = said_of(NOT_SIGNED[name], root)

    assert type(said) is UpdateError
    assert f"it was not signed with the key that this program accepts ({PUBLIC.fingerprint})" in str(said)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_as_it_was_signed_is_refused(name: str, root: Path) -> None:
    said = said_of(REFUSED[name], root)

    assert type(said) is UpdateError
    assert " is refused: " in str(said)
    assert "signed with the key" not in str(said)


def test_each_is_wrong_in_a_way_of_its_own() -> None:
    assert len({make() for make in ALL.values()}) == len(ALL)
