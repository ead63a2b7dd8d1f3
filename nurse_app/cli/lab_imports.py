"""What it needs to take results from files, in the windows and by command: reader, judge, a place for the file."""

from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from nurse_app.interchange.lab_file.csv_file import CsvForm
from nurse_app.interchange.lab_file.kept import Kept, KeptFile, kept_bytes, read_kept
from nurse_app.interchange.lab_file.reading import read_lab_file
from nurse_app.interchange.lab_file.rows import LabFile
from nurse_app.interchange.lab_file.spellings import read_spellings
from nurse_app.store.disk import Disk
from nurse_app.store.import_under_way import ImportUnderWay
from nurse_app.store.messages import not_saved
from nurse_app.visit.lab_import import LabImport
from nurse_app.visit.ports import NotSavedError
from nurse_app.visit.service import VisitService


@dataclass(frozen=True, slots=True)
class LabImports:
    """One file of results after the other. All but ``read`` is for the thread of the entries."""

    importing: LabImport
    _zone: tzinfo | None
    _under_way: ImportUnderWay

    def read(self, content: bytes, form: CsvForm) -> LabFile:
        """Everything in a file; takes long. Raises UnreadableFileError."""
        return read_lab_file(content, form, self._zone)

    def keep(self, file: KeptFile) -> None:
        """Keep a file until all of it is on record. Raises NotSavedError."""
        try:
            self._under_way.keep(kept_bytes(file))
        except OSError as error:
            raise NotSavedError(not_saved(error)) from error

    def forget(self) -> None:
        """All of it is on record. Raises NotSavedError."""
        try:
            self._under_way.forget()
        except OSError as error:
            raise NotSavedError(not_saved(error)) from error

    def kept(self) -> Kept:
        """The file whose import was broken off."""
        try:
            content = self._under_way.kept()
        except OSError:
            return "unclear"
        return "nothing" if content is None else read_kept(content) or "unclear"


def lab_imports(resources: Path, zone: tzinfo | None, root: Path, disk: Disk, service: VisitService) -> LabImports:
    """For the records at ``root``."""
    return LabImports(LabImport(service, read_spellings(resources)), zone, ImportUnderWay(root, disk))
