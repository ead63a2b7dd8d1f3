"""The steps without a window: where the program runs, and each of its commands."""

import json
import re
import shutil
from contextlib import closing
from pathlib import Path

from smoke import sound
from smoke.root import Place, Ran, run
from smoke.steps import Steps, require, well

PROJECT = Path(__file__).resolve().parents[2]
CASES = PROJECT / "tests" / "cases"
RESULTS = PROJECT / "tests" / "data" / "pbcseq_labs.csv"
_VERSION = re.compile(r"nurse-app (\S+) \((.+), (\S+), Python 3\.\d+\.\d+\)\n")


class Program:
    """The program in its place. ``files`` is a folder that both sides see."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.files = place.shared

    def run(self, *words: str, limit_s: float = 120, **extra: str) -> Ran:
        """Run a command; ``extra`` are variables of its environment."""
        return run(self.place, [self.place.program, *words], extra, limit_s=limit_s)

    def inside(self, *parts: str) -> str:
        """A path below the user's home, as the program sees it."""
        return self.place.inside(self.place.home.joinpath(*parts))

    def brought(self, file: Path) -> str:
        """A file put where the program can read it."""
        shutil.copyfile(file, self.files / file.name)
        (self.files / file.name).chmod(0o644)
        return self.place.inside(self.files / file.name)


def try_surroundings(steps: Steps, program: Program, folder: Path) -> None:
    """What the place is like."""
    with steps.step("--version says version and build"):
        told = well(program.run("--version"))
        match = _VERSION.fullmatch(told)
        require(match is not None, f"it says: {told}")
        current = folder / "current"
        if match is not None and current.is_file():
            require(match[1] == current.read_text(encoding="ascii").strip(), f"{match[1]} is not the current version")
        require("checkout" not in told, f"it says: {told}")
        steps.said = told.strip()
    place = program.place
    if not place.is_clean:
        for name in ("no Python in the root", "no network", "program folder read-only, user without rights"):
            steps.skip(name, "the program runs on this machine, not in a clean root")
        return
    with steps.step("no Python in the root"):
        script = "command -v python3 python python3.11 python3.13; find / -xdev -name 'libpython*' -not -path '/opt/*'"
        found = run(place, ["sh", "-c", f"{script}; true"])
        require(not found.out, f"there is {found.out}")
    with steps.step("no network"):
        tried = run(place, ["bash", "-c", "exec 3<>/dev/tcp/192.0.2.1/80"])
        require(tried.code != 0 and "unreachable" in tried.err, f"not unreachable: {tried.err}")
        cards = run(place, ["sh", "-c", "tail -n +3 /proc/net/dev | cut -d: -f1"]).out.split()
        require(cards == ["lo"], f"network devices: {cards}")
    with steps.step("program folder read-only, user without rights"):
        tried = run(place, ["sh", "-c", f"id -u; touch {Path(program.place.program).parent}/x"])
        require(tried.out.strip() not in ("", "0") and "Read-only" in tried.err, f"{tried.out} {tried.err}")


def try_commands(steps: Steps, program: Program, alarm: Path) -> None:
    """Each command of the program. ``alarm``: the sound that it ships."""
    with steps.step("assess: a case of each decision"):
        _assess(program)
    scripts = sorted((CASES / "visits").glob("*.json"))
    with steps.step(f"replay: all {len(scripts)} visits of tests/cases"):
        for script in scripts:
            lines = well(program.run("replay", program.brought(script))).splitlines()
            require(lines and all(json.loads(line)["ok"] for line in lines), f"{script.name}: {lines[-1:]}")
    _try_records(steps, program)
    with steps.step("rehearse: a whole visit offscreen, every page drawn"):
        told = well(program.run("rehearse", "--output", program.inside("rehearsal"), limit_s=300), says="Rehearsed: ")
        made = list((program.place.home / "rehearsal").glob("*.png"))
        named = {line.rpartition("/")[2] for line in told.splitlines()}
        require(len(made) > 30 and {file.name for file in made} <= named, f"{len(made)} pictures: {told[:200]}")
        steps.said = f"{len(made)} pictures"
    _try_self_test(steps, program, alarm)


def _try_self_test(steps: Steps, program: Program, alarm: Path) -> None:
    """The program's own look at the machine, with a loudspeaker there."""
    name = "self-test finds nothing"
    if "self-test" not in well(program.run("--help")):
        steps.skip(name, "this build has no such command")
        return
    if sound.missing_tools():
        steps.skip(name, f"without {' and '.join(sound.missing_tools())} it would find that there is no sound")
        return
    with steps.step(name):
        work = program.files.parent / "sound"
        work.mkdir()
        with closing(sound.NullSink(program.files / "loudspeaker", alarm, work)):
            server = f"unix:{program.place.inside(program.files / 'loudspeaker')}"
            told = program.run("self-test", limit_s=300, PULSE_SERVER=server)
        require(told.code == 0, f"it ended with {told.code}: {told.out.strip()}")
        steps.said = f"{len(well(told).splitlines())} lines"


def _try_records(steps: Steps, program: Program) -> None:
    data = ("--data-dir", program.inside("records"))
    with steps.step("report: JSON, CSV and PDF of a replayed visit"):
        well(program.run(*data, "replay", program.brought(CASES / "visits" / "uneventful.json")))
        (visit,) = visits(program.place.home / "records")
        require(report(program, data, visit)["outcome"] == "completed", "the visit is not completed")
        for form, start in (("csv", b""), ("pdf", b"%PDF-1.4")):
            well(program.run(*data, "report", visit, "--format", form, "--output", program.inside(f"visit.{form}")))
            content = (program.place.home / f"visit.{form}").read_bytes()
            require(content.startswith(start) and len(content) > 1000, f"{form}: {content[:20]!r}")
    with steps.step("import-labs and labs: the sample file"):
        told = well(program.run(*data, "import-labs", program.brought(RESULTS)))
        require(" 0 not taken" in told, told[:200])
        steps.said = told.splitlines()[0]
        shown = json.loads(well(program.run(*data, "labs", "PBC001", "--json")))
        require(shown, "no results of PBC001")
    with steps.step("backup, and restore into another folder"):
        copied = program.run(*data, "backup", program.inside("copy.zip"))
        well(copied, says="Copied ")
        steps.said = copied.err.strip()
        other = ("--data-dir", program.inside("restored"))
        well(program.run(*other, "restore", program.inside("copy.zip")), says="Restored ")
        require(report(program, other, visit) == report(program, data, visit), "the restored visit differs")
    with steps.step("verify: both folders are sound"):
        for name in ("records", "restored"):
            page = json.loads(well(program.run("--data-dir", program.inside(name), "verify", "--json")))
            require(page["sound"] and not page["findings"], f"{name}: {page['findings']}")
            steps.said = f"{page['records']} records, {page['entries']} entries"


def _assess(program: Program) -> None:
    cases = json.loads((CASES / "decisions.json").read_text(encoding="utf-8"))
    first = {case["expect"]["decision"]: case for case in reversed(cases)}
    file = program.files / "case.json"
    for decision, case in first.items():
        file.write_text(json.dumps(case["input"]), encoding="utf-8")
        told = json.loads(well(program.run("assess", program.place.inside(file))))
        require(told["decision"] == decision, f"{case['id']}: {told['decision']}, not {decision}")


def visits(data: Path) -> list[str]:
    """The ids of the visits in a data folder."""
    return [file.stem for file in sorted((data / "visits").rglob("*.jsonl"))]


def report(program: Program, data: tuple[str, ...], visit: str) -> dict[str, object]:
    """The state of a visit as the program's own report has it."""
    target = program.place.home / "report.json"
    target.unlink(missing_ok=True)
    well(program.run(*data, "report", visit, "--format", "json", "--output", program.place.inside(target)))
    state: dict[str, object] = json.loads(target.read_text(encoding="utf-8"))["state"]
    return state
