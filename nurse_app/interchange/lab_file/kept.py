"""A file of results as it is kept while its results are being taken, so that the program can go on after a crash."""

import json
from dataclasses import dataclass
from typing import Literal

from nurse_app.interchange.lab_file.csv_file import CsvForm
from nurse_app.plain_data import build, plain


@dataclass(frozen=True, slots=True)
class KeptFile:
    """The file’s bytes, what was declared about it, the one record number that is wanted, if so, and who takes it."""

    content: bytes
    form: CsvForm
    only: str | None
    by: str = ""


# “unclear”: something is kept that is no such file.
Kept = KeptFile | Literal["nothing", "unclear"]


@dataclass(frozen=True, slots=True)
class _Head:
    form: CsvForm
    only: str | None
    by: str = ""


def kept_bytes(file: KeptFile) -> bytes:
    """One line about the file, then the file."""
    head = json.dumps(plain(_Head(file.form, file.only, file.by)), ensure_ascii=False)
    return b"%b\n%b" % (head.encode(), file.content)


def read_kept(content: bytes) -> KeptFile | None:
    """The reverse; None for anything else."""
    head, _, rest = content.partition(b"\n")
    try:
        found = build(_Head, json.loads(head))
    except (ValueError, RecursionError):
        return None
    return KeptFile(rest, found.form, found.only, found.by)
