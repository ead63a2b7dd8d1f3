"""Tries an update with two built clinic folders, and data made by each version, on copies; prints what it saw.

python packaging/try_update.py OLD NEW --key release.key     both built with --update-key release.key.pub

Old data is opened by the new version, new data by the old one after going back. Ends with 1 at the first step that does
not do what it should.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SCRIPT = PROJECT / "tests" / "cases" / "visits" / "uneventful.json"
MAKE = PROJECT / "packaging" / "make_update.py"
OK, REFUSED, UNREADABLE = 0, 1, 2
MEGABYTE = 10**6


class StepError(Exception):
    """A step did not do what it should; the text says which, and what was said."""


class Clinic:
    """A copy of a built folder at work, with records of its own."""

    def __init__(self, folder: Path, records: Path) -> None:
        self._starter = folder / ("nurse-app.exe" if (folder / "nurse-app.exe").exists() else "nurse-app")
        self._folder = folder
        self._records = records

    def run(self, *words: object, code: int = OK, first: Sequence[str] = (), records: Path | None = None) -> str:
        """What a command says on both streams, after its exit code was found right."""
        command = [str(self._starter), *first, "--data-dir", str(records or self._records), *map(str, words)]
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False, text=True
        )
        said = done.stdout + done.stderr
        if done.returncode != code or "Traceback" in said:
            raise StepError(f"{' '.join(command)}: ended with {done.returncode}, not {code}\n{said}")
        return said

    @property
    def version(self) -> str:
        """What the starter starts."""
        return self.run("--version").split()[1]

    @property
    def versions(self) -> list[str]:
        """The names beside the versions, leftovers included."""
        return sorted(item.name for item in (self._folder / "versions").iterdir() if item.name != ".lock")

    def play(self, script: Path, records: Path | None = None) -> str:
        """A whole visit of that script, into the records; its id."""
        lines = self.run("replay", script, records=records).splitlines()
        return next(str(json.loads(line)["visit"]) for line in lines if '"start-visit"' in line)

    def reads(self, visit: str, folder: Path) -> int:
        """How many entries a visit has; its record is opened, and printed."""
        for form in ("json", "pdf"):
            self.run("report", visit, "--format", form, "--output", folder / f"{visit}.{form}")
        return len(json.loads((folder / f"{visit}.json").read_text(encoding="utf-8"))["entries"])


def make_update(new: Path, key: Path, output: Path) -> Path:
    """The update to the version of a built folder."""
    command = [sys.executable, str(MAKE), str(new), "--key", str(key), "--output", str(output)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise StepError(done.stderr)
    return next(output.glob("*.update"))


def unfinished_script(folder: Path) -> Path:
    """A visit that is left in the middle."""
    script = json.loads(SCRIPT.read_text(encoding="utf-8"))
    steps = [step for step in script["steps"] if step["do"] != "expect"]
    file = folder / "unfinished.json"
    file.write_text(json.dumps(script | {"steps": steps[: len(steps) // 2]}), encoding="utf-8")
    return file


def timed(words: str, began_at: float) -> None:
    print(f"{words}  {time.monotonic() - began_at:.1f} s", flush=True)


def attempt(old: Path, new: Path, key: Path, scratch: Path) -> None:
    """All steps."""
    began_at = time.monotonic()
    update = make_update(new, key, scratch)
    timed(f"update made: {update.stat().st_size / MEGABYTE:.0f} MB", began_at)
    folder, records, open_records = scratch / "clinic folder", scratch / "records", scratch / "open"
    shutil.copytree(old, folder, symlinks=True)
    clinic = Clinic(folder, records)
    before = clinic.version
    first = clinic.play(SCRIPT)
    entries = clinic.reads(first, scratch)
    clinic.play(unfinished_script(scratch), open_records)
    print(f"version {before}: a visit of {entries} entries, and one left open in another folder")

    refuse_what_is_wrong(clinic, update, scratch, open_records)
    began_at = time.monotonic()
    print(clinic.run("update", "--check", update).rstrip())
    timed("looked at", began_at)
    began_at = time.monotonic()
    print(clinic.run("update", update).rstrip())
    timed("installed", began_at)

    after = clinic.version
    expect(after != before and {before, after} <= set(clinic.versions), f"{before} and {after} are there")
    clinic.run("verify")
    expect(clinic.reads(first, scratch) == entries, f"{after} reads what {before} wrote; verify finds it sound")
    second = clinic.play(SCRIPT)
    more = clinic.reads(second, scratch)
    expect(
        clinic.run("--version", first=["--previous"]).count(f"nurse-app {before}") == 1, "--previous starts the other"
    )
    clinic.run("update", "--back", code=REFUSED, records=open_records)

    began_at = time.monotonic()
    print(clinic.run("update", "--back").rstrip())
    timed("gone back", began_at)
    expect(clinic.version == before, f"{before} is in use again")
    clinic.run("verify")
    expect(clinic.reads(first, scratch) == entries, f"{before} reads its own visit")
    expect(clinic.reads(second, scratch) == more, f"{before} reads the visit that {after} made: {more} entries")
    clinic.run("update", "--back", code=REFUSED)
    clinic.run("update", update)
    expect(clinic.version == after, f"{after} installed again")


def refuse_what_is_wrong(clinic: Clinic, update: Path, scratch: Path, open_records: Path) -> None:
    """A visit in progress, a changed file, a cut one, another file: nothing is changed."""
    changed = scratch / "changed"
    content = bytearray(update.read_bytes())
    content[len(content) // 2] ^= 1
    changed.write_bytes(content)
    cut = scratch / "cut"
    cut.write_bytes(content[: len(content) // 2])
    there = clinic.versions
    clinic.run("update", update, code=REFUSED, records=open_records)
    for file, code in ((changed, REFUSED), (cut, UNREADABLE), (SCRIPT, UNREADABLE), (scratch / "none", UNREADABLE)):
        clinic.run("update", file, code=code)
    clinic.run("update", "--check", changed, code=REFUSED)
    clinic.run("update", "--back", code=REFUSED)
    expect(
        clinic.versions == there, "refused: a visit in progress, a changed, cut, other and missing file, no way back"
    )
    for file in (changed, cut):
        file.unlink()


def expect(holds: object, words: str) -> None:
    if not holds:
        raise StepError(f"this is not so: {words}")
    print(words, flush=True)


def main(words: list[str]) -> int:
    """0 when everything was as it should be."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("old", type=Path, help="the built folder of the version that is in use")
    parser.add_argument("new", type=Path, help="the built folder of the later version")
    parser.add_argument("--key", type=Path, required=True, help="the private key of the updates that both accept")
    given = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="nurse-app-update-") as scratch:
        try:
            attempt(given.old.resolve(), given.new.resolve(), given.key.resolve(), Path(scratch))
        except StepError as error:
            print(f"FAILED: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
