"""The whole way with real programs: two clinic folders, the starter, the commands, records made by each version."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nurse_app.updating.signature import KEY_FILE
from tests.updating.kit import KEY, PROJECT, PUBLIC, STARTER

TRY = PROJECT / "packaging" / "try_update.py"
# Stands in for what PyInstaller makes: it says that it is packaged, where it lies, and which version it is.
PROGRAM = """#!{python}
import sys
from pathlib import Path

here = Path(__file__).resolve().parent
sys.path[0] = {project!r}
sys.frozen, sys._MEIPASS, sys.executable = True, str(here / "_internal"), str(here / "nurse-app")
import nurse_app

nurse_app.__version__ = here.name
from nurse_app.main import main

sys.exit(main())
"""


def build(root: Path, version: str) -> Path:
    """A clinic's folder whose program is this source."""
    place = root / f"nurse-app-{version}-linux-x86_64"
    tree = place / "versions" / version
    shutil.copytree(PROJECT / "resources", tree / "_internal" / "resources")
    (tree / "_internal" / "resources" / KEY_FILE).write_text(f"{PUBLIC.content.hex()}\n", encoding="ascii")
    (tree / "_internal" / "resources" / "build.txt").write_text(f"commit of {version}\n", encoding="ascii")
    program = tree / "nurse-app"
    program.write_text(PROGRAM.format(python=sys.executable, project=str(PROJECT)), encoding="utf-8")
    program.chmod(0o755)
    shutil.copyfile(STARTER, place / "nurse-app")
    (place / "nurse-app").chmod(0o755)
    (place / "current").write_text(f"{version}\n", encoding="ascii")
    return place


def tried(old: Path, new: Path, key: Path) -> list[str]:
    command = [sys.executable, str(TRY), str(old), str(new), "--key", str(key)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for a built program is a POSIX script")
def test_old_data_is_read_by_the_new_version_and_new_data_by_the_old_one(tmp_path: Path) -> None:
    key = tmp_path / "release.key"
    key.write_text(f"{KEY.encode().hex()}\n", encoding="ascii")

    said = tried(build(tmp_path, "0.1.0"), build(tmp_path, "0.2.0"), key)

    assert "0.2.0 reads what 0.1.0 wrote; verify finds it sound" in said
    assert any(line.startswith("0.1.0 reads the visit that 0.2.0 made: ") for line in said)
    assert "0.2.0 installed again" in said


@pytest.mark.sweep
@pytest.mark.skipif("NURSE_APP_BUILT_OLD" not in os.environ, reason="needs two built folders, see try_update.py")
def test_the_same_with_two_built_folders(figure: Callable[[str], None]) -> None:
    """NURSE_APP_BUILT_OLD, NURSE_APP_BUILT_NEW: the folders; NURSE_APP_RELEASE_KEY: the private key of both."""
    folders = (Path(os.environ[f"NURSE_APP_BUILT_{name}"]) for name in ("OLD", "NEW"))

    for line in tried(*folders, Path(os.environ["NURSE_APP_RELEASE_KEY"])):
        figure(f"T-61  {line}")
