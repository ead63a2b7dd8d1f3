"""Looking at the records of a data folder for the window and the commands: the check of all, and what ends a print."""

import os
from pathlib import Path

from nurse_app.cli.checkpoints import Workstation, evidence_of
from nurse_app.cli.records import system_disk
from nurse_app.interchange.record_document import RecordEnd
from nurse_app.store.checkpoints import CheckpointKey, record_code
from nurse_app.store.data_folder import DataFolderError
from nurse_app.store.journal_storage import StreamMark
from nurse_app.store.kinds import event_codecs
from nurse_app.store.layout import stream_name
from nurse_app.store.record_folder import RecordFolder
from nurse_app.store.verify import Folder, VerifyReport, verify_records
from nurse_app.visit.ports import StreamKind
from nurse_app.visit.record_check import CheckFinding, CheckSummary, Gravity, Progress


def check_records(
    root: Path, workstation: Workstation | None, progress: Progress, *, cores_left: int = 0
) -> VerifyReport:
    """Look at every record on all cores but those that are to be left; nothing is changed. Raises DataFolderError."""
    folder, workers = Folder(system_disk(), root, event_codecs()), max(1, (os.cpu_count() or 1) - cores_left)
    return verify_records(folder, evidence_of(root, workstation), workers=workers, progress=progress)


def check_summary(root: Path, workstation: Workstation | None, progress: Progress) -> CheckSummary:
    """The same for the window, which needs a core for itself; a folder that cannot be read is one more finding."""
    try:
        return check_records(root, workstation, progress, cores_left=1).summary
    except DataFolderError as error:
        return CheckSummary(0, 0, 0, (CheckFinding(Gravity.DAMAGE, "", str(error), "", None, "", ""),))


def record_end(root: Path, workstation: Workstation | None, folder: RecordFolder, visit_id: str) -> RecordEnd:
    """What is printed at the end of a visit's record. Raises UnreadableRecordError, FileNotFoundError."""
    mark = folder.content(StreamKind.VISIT, visit_id).mark
    return RecordEnd(mark.head_digest, code_of(evidence_of(root, workstation).key, StreamKind.VISIT, visit_id, mark))


def code_of(key: CheckpointKey | None, kind: StreamKind, stream_id: str, mark: StreamMark) -> str:
    """The code that is printed on a record as it stands; empty without a key."""
    return "" if key is None else record_code(key, stream_name(kind, stream_id), mark.last_number, mark.head_digest)
