"""Runs every check of the project, or those named, and says in one line each how it went.

python packaging/check.py
python packaging/check.py lint tests
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
PROGRAM = "nurse_app"
SCRIPTS = "packaging"

# Package: least share of its lines and branches that tests run through, in percent.
COVERAGE_FLOORS = {
    "nurse_app/domain": 100.0,
    "nurse_app/visit": 100.0,
    "nurse_app/store": 100.0,
    "nurse_app/presentation": 100.0,
    "nurse_app/updating": 100.0,
}


def run(*command: str, show: bool = False, extra: Mapping[str, str] | None = None) -> bool:
    """Run a tool in the project's folder; its words are shown when it fails, or all along with ``show``."""
    environment = os.environ | dict(extra or {})
    finished = subprocess.run(
        command,
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=None if show else subprocess.PIPE,
        stderr=None if show else subprocess.STDOUT,
        text=True,
        check=False,
    )
    if finished.returncode and not show:
        print(finished.stdout.rstrip())
    return finished.returncode == 0


def module(name: str, *arguments: str, show: bool = False, extra: Mapping[str, str] | None = None) -> bool:
    """Run a tool that is a module of this Python."""
    return run(sys.executable, "-m", name, *arguments, show=show, extra=extra)


def check_format() -> bool:
    return module("ruff", "format", "--check", "--quiet", ".")


def check_lint() -> bool:
    return module("ruff", "check", "--quiet", ".")


def check_types() -> bool:
    return module("mypy", PROGRAM, SCRIPTS)


def check_layers() -> bool:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return run(sys.executable, "-c", command, "--no-logo", "--no-cache")


def check_house() -> bool:
    return run(sys.executable, f"{SCRIPTS}/house_rules.py")


# The windows' tests take as long as all others together: two cores run both halves at once. Only the inner half is
# counted: what the inner packages do is tested without a window, and counting makes a test take half as long again.
TEST_HALVES = {"inner": ("tests", "--ignore=tests/ui"), "windows": ("tests/ui",)}
COUNTED = ("-m", "coverage", "run")


def check_tests() -> bool:
    """All tests without a screen, then how much of the inner packages they ran through."""
    with tempfile.TemporaryDirectory() as folder:
        extra = {
            "COVERAGE_FILE": str(Path(folder, "coverage")),
            "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        }
        running = {half: start_tests(half, Path(folder), extra) for half in TEST_HALVES}
        passed = [process.wait() == 0 for process in running.values()]
        for half in TEST_HALVES:
            print(Path(folder, f"{half}.log").read_text(encoding="utf-8").rstrip())
        figures = Path(folder, "coverage.json")
        counted = module("coverage", "json", "--quiet", "-o", str(figures), extra=extra)
        return all(passed) and counted and covers(json.loads(figures.read_text(encoding="utf-8"))["files"])


def start_tests(half: str, folder: Path, extra: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Begin one half of the tests; its words go to a file, so that the halves do not speak at once."""
    counted = COUNTED if half == "inner" else ()
    command = [sys.executable, *counted, "-m", "pytest", *TEST_HALVES[half]]
    with Path(folder, f"{half}.log").open("wb") as log:
        return subprocess.Popen(
            command,
            cwd=PROJECT,
            env=os.environ | dict(extra),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def covers(files: Mapping[str, Any]) -> bool:
    """Compare the coverage of each package with its floor and name the places that no test reaches."""
    reached = True
    for package, floor in COVERAGE_FLOORS.items():
        inside = {name: figures for name, figures in files.items() if Path(name).is_relative_to(package)}
        share = covered_share([figures["summary"] for figures in inside.values()])
        print(f"  {package}: {share:.1f} % of lines and branches, at least {floor:g} % wanted")
        if share < floor:
            reached = False
            for name, figures in inside.items():
                print_gaps(name, figures)
    return reached


def covered_share(summaries: list[Mapping[str, int]]) -> float:
    """Lines and branches run through, in percent of those there are."""
    there = sum(each["num_statements"] + each["num_branches"] for each in summaries)
    run_through = sum(each["covered_lines"] + each["covered_branches"] for each in summaries)
    return 100 * run_through / there if there else 100.0


def print_gaps(name: str, figures: Mapping[str, Any]) -> None:
    lines = ", ".join(str(line) for line in figures["missing_lines"])
    # A branch that leaves its function has a negative line as its goal.
    branches = ", ".join(f"{line} to {goal if goal > 0 else 'exit'}" for line, goal in figures["missing_branches"])
    if lines or branches:
        print(f"    {name}: lines {lines or 'none'}; branches {branches or 'none'}")


CHECKS: dict[str, Callable[[], bool]] = {
    "format": check_format,
    "lint": check_lint,
    "types": check_types,
    "layers": check_layers,
    "house": check_house,
    "tests": check_tests,
}


def main(names: list[str]) -> int:
    """Run the named checks, or all of them. 0 when each passed, 1 when one failed, 2 for an unknown name."""
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        print(f"There is no check called {', '.join(unknown)}. There are: {', '.join(CHECKS)}.", file=sys.stderr)
        return 2
    failed = []
    for name in names or CHECKS:
        began_at = time.monotonic()
        passed = CHECKS[name]()
        print(f"{name:<8}{'passed' if passed else 'FAILED'}  {time.monotonic() - began_at:6.1f} s", flush=True)
        if not passed:
            failed.append(name)
    if failed:
        print(f"Failed: {', '.join(failed)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
