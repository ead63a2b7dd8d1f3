"""A site's approval holds for exactly the content that was approved."""

from datetime import date
from pathlib import Path

import pytest

from nurse_app.domain.provenance import Approval
from nurse_app.protocol_files.errors import ProtocolError
from nurse_app.protocol_files.loader import digest, load_protocol
from tests.protocol_files.kit import change, copy_of_natalizumab


def approve(folder: Path, **changed: str) -> None:
    values = {"by": "'A. Pharmacist'", "on": "'2026-11-22'", "digest": f"'{digest(load_protocol(folder, 'en'))}'"}
    lines = [f"{key} = {value}" for key, value in (values | changed).items()]
    (folder / "approval.toml").write_text("\n".join(lines), "utf-8")


def refusal(folder: Path) -> str:
    with pytest.raises(ProtocolError) as caught:
        load_protocol(folder, "en")
    return str(caught.value)


@pytest.mark.parametrize("day", ["'2026-11-22'", "2026-11-22"])
def test_an_approved_protocol_says_who_and_when(tmp_path: Path, day: str) -> None:
    folder = copy_of_natalizumab(tmp_path)
    approve(folder, on=day)

    protocol = load_protocol(folder, "en")

    assert protocol.status == "approved"
    assert protocol.approval == Approval(by="A. Pharmacist", on=date(2026, 11, 22))


def test_approving_does_not_change_what_was_approved(tmp_path: Path) -> None:
    folder = copy_of_natalizumab(tmp_path)
    before = digest(load_protocol(folder, "en"))
    approve(folder)

    assert digest(load_protocol(folder, "en")) == before


def test_an_edit_after_the_approval_makes_it_void(tmp_path: Path) -> None:
    folder = copy_of_natalizumab(tmp_path)
    approve(folder)
    change(folder / "protocol.toml", "late_from = 35", "late_from = 36")

    assert refusal(folder) == ("approval.toml: digest: the protocol is not the one that was approved; approve it again")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"by": "' '"}, "approval.toml: by: needs the name of who approved it"),
        ({"on": "'22.11.2026'"}, "approval.toml: on: is not a date such as 2026-11-22: “22.11.2026”"),
        ({"note": "'fine'"}, "approval.toml: note: is not known here"),
    ],
)
def test_an_approval_must_be_complete(tmp_path: Path, changed: dict[str, str], message: str) -> None:
    folder = copy_of_natalizumab(tmp_path)
    approve(folder, **changed)

    assert refusal(folder) == message


def test_without_worked_examples_nothing_is_approved(tmp_path: Path) -> None:
    folder = copy_of_natalizumab(tmp_path)
    (folder / "cases.toml").unlink()
    approve(folder)

    assert refusal(folder) == "approval.toml: a protocol without worked examples (cases.toml) cannot be approved"
