"""Files that the machine does not hand out."""

import errno
import os
from pathlib import Path

import pytest

from nurse_app.cli.input_file import read_input
from nurse_app.cli.outcome import CommandError
from tests.cli.kit import Heard


@pytest.mark.parametrize(
    ("number", "problem"), [(errno.EACCES, "may not be read"), (errno.EIO, "cannot be read (Input/output error)")]
)
def test_a_file_that_the_machine_refuses_is_said(
    number: int, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_more: object) -> object:
        raise OSError(number, os.strerror(number))

    (tmp_path / "case.json").write_text("{}")
    monkeypatch.setattr(Path, "open", refuse)

    with pytest.raises(CommandError) as caught:
        read_input(str(tmp_path / "case.json"), Heard().streams, dict)

    assert problem in str(caught.value)


def test_standard_input_is_read() -> None:
    assert read_input("-", Heard(b'{"a": 0.10}').streams, str) == "{'a': Decimal('0.10')}"
