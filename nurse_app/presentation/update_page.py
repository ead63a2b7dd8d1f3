"""The page on which the program is brought up to date or taken back, in words."""

from dataclasses import dataclass
from typing import Literal

from nurse_app.i18n import _
from nurse_app.presentation.view_parts import Tone

Phase = Literal["choose", "reading", "found", "installing", "installed", "asking-back", "going-back", "gone-back"]
BUSY: tuple[Phase, ...] = ("reading", "installing", "going-back")
_HUNDRED = 100


class UpdateRefusedError(Exception):
    """Nothing was changed. Text is for people."""


@dataclass(frozen=True, slots=True)
class ProgramVersions:
    """Which versions there are; empty: there is none, or this program does not run from a clinic’s folder.

    ``problem`` says why there are no updates here, ``why_not_back`` why one cannot go back now, ``warning`` what going
    back means for the records.
    """

    running: str
    build: str = ""
    in_use: str = ""
    before: str = ""
    folder: str = ""
    key: str = ""
    problem: str = ""
    why_not_back: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class FoundUpdate:
    """A file that is a whole update, signed with a key that this program accepts. ``refusal``: why not now."""

    version: str
    build: str
    platform: str
    key: str
    files: int
    size: str
    would: str
    refusal: str


@dataclass(frozen=True, slots=True)
class UpdateState:
    """How far it is: ``done`` of ``total`` bytes; ``said`` is the sentence about the end, ``problem`` about a failure.

    ``versions`` None: nobody has looked yet.
    """

    phase: Phase = "choose"
    versions: ProgramVersions | None = None
    file: str = ""
    done: int = 0
    total: int = 0
    found: FoundUpdate | None = None
    said: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class UpdateView:
    """The page. ``facts`` and ``notes`` are lines of label and text; buttons without words are not there."""

    lead: str
    facts: tuple[tuple[str, str], ...]
    progress: str
    verdict: str
    notes: tuple[tuple[str, str], ...]
    tone: Tone
    install: str
    choose: str
    back: str
    confirm: str
    cancel: str
    again: str


def present_update(state: UpdateState) -> UpdateView:
    """The page as it is now."""
    there, over = state.versions, state.phase in ("installed", "gone-back")
    busy, asking = state.phase in BUSY, state.phase == "asking-back"
    idle = there is not None and not (busy or asking or over)
    may_install = state.phase == "found" and state.found is not None and not state.found.refusal
    verdict, tone = _verdict(state)
    return UpdateView(
        lead=_(
            "Brings in a newer version of this program from a file on a stick, or goes back to the version before. "
            "Records are not touched."
        ),
        facts=_facts(there) if there else (),
        progress=_progress(state) if busy or there is None else "",
        verdict=verdict,
        notes=_notes(state),
        tone=tone,
        install=_install(state) if may_install else "",
        choose=_choose(state) if idle else "",
        back=_("Go back to version {v}…").format(v=there.before) if idle and there and _may_go_back(there) else "",
        confirm=_("Go back to version {v}").format(v=there.before) if asking and there else "",
        cancel=_("Cancel") if asking or state.phase in ("reading", "installing") else "",
        again=_("Close and start again") if over else "",
    )


def _may_go_back(there: ProgramVersions) -> bool:
    return bool(there.before) and not there.problem and not there.why_not_back


def _facts(there: ProgramVersions) -> tuple[tuple[str, str], ...]:
    in_use = there.in_use or there.running
    kept = there.before or _("none")
    lines = (
        (_("In use"), _("version {v}").format(v=in_use) + (f" · {there.build}" if in_use == there.running else "")),
        (
            _("Running now"),
            _("version {v}, which is not the one in use").format(v=there.running) if in_use != there.running else "",
        ),
        (_("Version before"), _("{v}, kept in case it is needed").format(v=kept) if there.before else kept),
        (_("Folder"), there.folder),
        (_("Accepts updates signed with"), there.key or _("no key: this program was built without one")),
        (_("Going back"), there.why_not_back if there.before and not there.problem else ""),
    )
    return tuple(line for line in lines if line[1])


def _progress(state: UpdateState) -> str:
    if state.versions is None:
        return _("Looking at the program’s folder…")
    if state.phase == "going-back":
        return _("Going back…")
    share = state.done * _HUNDRED // state.total if state.total else 0
    words = _("Installing: {n} %. The version in use stays until the end.")
    if state.phase == "reading":
        words = _("Reading {file}: {n} %")
    return words.format(file=state.file, n=share)


def _verdict(state: UpdateState) -> tuple[str, Tone]:
    there, found = state.versions, state.found
    if state.phase == "installed":
        return _("Installed"), "done"
    if state.phase == "gone-back":
        return _("Gone back"), "done"
    if state.phase == "asking-back" and there:
        tone: Tone = "caution" if there.warning else "information"
        return _("Go back from version {now} to {before}?").format(now=there.in_use, before=there.before), tone
    if state.problem:
        return _("Nothing was changed"), "stop"
    if state.phase == "found" and found:
        if found.refusal:
            return _("Version {v} is not installed now").format(v=found.version), "caution"
        return _("Version {v} can be installed").format(v=found.version), "information"
    if state.phase == "choose" and there and there.problem:
        return _("No updates here"), "information"
    return "", "neutral"


def _notes(state: UpdateState) -> tuple[tuple[str, str], ...]:
    there, found = state.versions, state.found
    if state.phase in ("installed", "gone-back"):
        return (("", state.said),)
    if state.phase == "asking-back" and there:
        safe = _("The next start is version {v}. No record is changed.").format(v=there.before)
        return tuple(("", text) for text in (safe, there.warning) if text)
    if state.problem:
        return (("", state.problem),)
    if state.phase == "found" and found:
        return (
            ("", found.refusal or found.would),
            (_("File"), state.file),
            (_("Build"), found.build),
            (_("For"), found.platform),
            (_("Signed with"), _("{key}, which this program accepts").format(key=found.key)),
            (_("Holds"), _("{n} files, {size}, all of them whole").format(n=found.files, size=found.size)),
        )
    if state.phase == "choose" and there and there.problem:
        return (("", there.problem),)
    return ()


def _install(state: UpdateState) -> str:
    return _("Install version {v}").format(v=state.found.version) if state.found else ""


def _choose(state: UpdateState) -> str:
    return _("Choose another file…") if state.found or state.problem else _("Choose a file…")
