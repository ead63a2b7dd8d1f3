"""What the self-test says of the disk and of the program's own files."""

from datetime import timedelta

from nurse_app.i18n import N_, _, ngettext
from nurse_app.presentation.self_test_words import (
    COPY_AGAIN,
    Problem,
    attention,
    failed,
    file_problems,
    in_mb,
    listed,
    result_of,
)
from nurse_app.visit.self_test import (
    DiskFault,
    DiskLimits,
    FilesFound,
    FolderStep,
    FolderTrial,
    Look,
    LookResult,
    Outcome,
    ProtocolFound,
    ProtocolsFound,
    SpaceFound,
    SpaceLimits,
)

_DIGEST_LETTERS = 12
_ON_PAPER = N_("Write on paper until it works.")

_FAULTS = {
    DiskFault.FULL: (
        N_("Nothing can be saved: the disk that holds the records is full."),
        N_("Free some space on it."),
    ),
    DiskFault.READ_ONLY: (
        N_("Nothing can be saved: the disk that holds the records cannot be written to."),
        N_("Make the disk writable, or choose another folder for the records."),
    ),
    DiskFault.FORBIDDEN: (
        N_("Nothing can be saved: this user may not write in the folder of the records."),
        N_("Ask for write access to the folder, or choose another one."),
    ),
    DiskFault.NO_FOLDER: (
        N_("Nothing can be saved: the folder of the records cannot be made."),
        N_("Look whether its name and its disk are right, or choose another folder."),
    ),
    DiskFault.DIFFERENT: (
        N_("The disk does not give back what was written to it."),
        N_("Have the disk checked, and choose another folder for the records."),
    ),
    DiskFault.FAULT: (
        N_("Nothing can be saved: the disk reports a fault."),
        N_("Have the disk checked, or choose a folder on a disk of this computer."),
    ),
}
_STEPS = {
    FolderStep.MAKE: N_("making a folder"),
    FolderStep.WRITE: N_("writing a file"),
    FolderStep.SYNC: N_("making a file durable"),
    FolderStep.READ: N_("reading a file back"),
    FolderStep.RENAME: N_("renaming a file"),
    FolderStep.JOURNAL: N_("keeping entries as a record"),
    FolderStep.REMOVE: N_("removing what was written"),
}


def folder_result(trial: FolderTrial, limits: DiskLimits) -> LookResult:
    """Whether the folder of the records takes entries and keeps them."""
    problems: list[Problem] = []
    if trial.fault is not None:
        sentence, to_do = _FAULTS[trial.fault]
        problems.append(failed(_(sentence), f"{_(to_do)} {_(_ON_PAPER)}"))
    elif trial.longest_sync > timedelta(milliseconds=limits.longest_sync_ms):
        problems.append(
            attention(
                _("The disk that holds the records is slow: entries wait for it."),
                _("Have the disk checked. Keep the records on a disk of this computer."),
            )
        )
    measured = (
        _("Stopped at: {step}").format(step=_(_STEPS[trial.step])) if trial.step is not None else "",
        ngettext("{n} entry kept and read back", "{n} entries kept and read back", trial.entries).format(
            n=trial.entries
        ),
        _("longest wait for the disk {ms} ms").format(ms=_milliseconds(trial.longest_sync))
        if trial.longest_sync
        else "",
    )
    well = _("The folder of the records takes entries, and what is saved stays saved.")
    return result_of(Look.FOLDER, problems, well, listed(measured))


def _milliseconds(duration: timedelta) -> str:
    """Rounded up."""
    return f"{-(-duration // timedelta(milliseconds=1)):,}"


def space_result(found: SpaceFound, limits: SpaceLimits) -> LookResult:
    """Whether the disk has room for a day at the least, and for as long as the limits say."""
    a_day = limits.visits_a_day * limits.visit_bytes
    today = a_day + found.reserve_bytes
    wanted = limits.days * a_day + limits.entries_room_bytes + found.backup_bytes
    free = found.free_bytes
    problems: list[Problem] = []
    to_do = _("Free some space, or move old backups to another drive.")
    if free is None:
        problems.append(
            attention(_("The disk does not say how much room is left."), _("Look how much room there is on it."))
        )
    elif free < today:
        problems.append(failed(_("The disk is full: a day’s visits may not find room."), to_do))
    elif free < wanted:
        problems.append(attention(_("The disk is filling up."), to_do))
    measured = (
        "" if free is None else _("free {mb}").format(mb=in_mb(free)),
        _("wanted {mb} for {days} days of {visits} visits and one more backup").format(
            mb=in_mb(wanted), days=limits.days, visits=limits.visits_a_day
        ),
    )
    return result_of(Look.SPACE, problems, _("There is room enough on the disk."), listed(measured))


def protocol_result(files: FilesFound, protocols: ProtocolsFound) -> LookResult:
    """Whether the protocols are those of this release; a version that the site has added is told."""
    edited = _("Do not begin a visit with it. A change of the protocol is a new version in a folder of its own.")
    again = f"{edited} {_(COPY_AGAIN)}"
    problems = [
        Problem(problem.outcome, problem.sentence, again) if problem.outcome is Outcome.FAILED else problem
        for problem in file_problems(files)
    ]
    if protocols.problem:
        problems.append(failed(_("A protocol cannot be used: {why}.").format(why=protocols.problem), again))
    measured = [_protocol(each) for each in protocols.installed]
    return result_of(Look.PROTOCOL, problems, _("The protocol is the one of this release."), listed(measured))


def _protocol(found: ProtocolFound) -> str:
    approved = _("approved at this site") if found.approved else _("not approved at this site")
    return _("{protocol} {version}, digest {digest}, {approved}").format(
        protocol=found.protocol_id, version=found.version, digest=found.digest[:_DIGEST_LETTERS], approved=approved
    )


def files_result(found: FilesFound) -> LookResult:
    """Whether everything else that came with the program is as it was delivered."""
    measured = ngettext("{n} file compared with the list", "{n} files compared with the list", len(found.listed))
    well = _("The files of the program are those of this release.")
    shown = "" if found.problem else measured.format(n=f"{len(found.listed):,}")
    return result_of(Look.FILES, file_problems(found), well, shown)
