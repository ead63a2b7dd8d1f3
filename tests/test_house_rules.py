"""The house rules object to what they forbid and to nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

RULES = Path(__file__).parents[1] / "packaging" / "house_rules.py"
LOOK_ALIKE = "\N{CYRILLIC SMALL LETTER A}"
INVISIBLE = "\N{ZERO WIDTH SPACE}"
UNFINISHED = "TO" + "DO"


def problems(project: Path) -> list[str]:
    result = subprocess.run([sys.executable, str(RULES), str(project)], capture_output=True, text=True, check=False)
    assert result.stderr == ""
    assert result.returncode == (1 if result.stdout else 0)
    return result.stdout.splitlines()


def write(project: Path, name: str, text: str) -> None:
    file = project / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("nurse_app/visit/long.py", '"""Long."""\n' + "\n" * 300, "long.py:301: has 301 lines"),
        ("nurse_app/visit/mute.py", "COUNT = 1\n", "mute.py:1: the module does not say what it is for"),
        ("nurse_app/domain/dose.py", '"""Dose."""\nDOSE = Decimal("300")\n', "dose.py:2: 300 looks like a clinical"),
        ("nurse_app/domain/wait.py", '"""Wait."""\nWAIT = timedelta(minutes=90)\n', "wait.py:2: 90 looks like a"),
        ("nurse_app/domain/age.py", '"""Age."""\nchild = age < 18\n', "age.py:2: 18 looks like a clinical"),
        ("nurse_app/presentation/heat.py", '"""Heat."""\nFEVER = 37.8\n', "heat.py:2: 37.8 looks like a clinical"),
        ("nurse_app/ui/page.py", '"""Page."""\nTEXT = "Give 300 mg."\n', "page.py:2: “300 mg” stands in a text"),
        ("nurse_app/visit/odd.py", f'"""Odd."""\nn{LOOK_ALIKE}me = 1\n', "odd.py:2: holds CYRILLIC SMALL LETTER A"),
        ("resources/texts/hidden.toml", f'text = "a{INVISIBLE}b"\n', "hidden.toml:1: holds ZERO WIDTH SPACE"),
        ("tests/test_later.py", f'"""Later."""\n# {UNFINISHED}\n', f"test_later.py:2: says {UNFINISHED}"),
        ("requirements.lock", "thing @ https://registry.example/thing.whl\n", "requirements.lock:1: holds an address"),
    ],
)
def test_a_broken_rule_is_named_with_its_place(tmp_path: Path, name: str, text: str, problem: str) -> None:
    write(tmp_path, name, text)

    (found,) = problems(tmp_path)

    assert problem in found


def test_what_keeps_the_rules_passes(tmp_path: Path) -> None:
    write(tmp_path, "nurse_app/__init__.py", "")
    write(
        tmp_path, "nurse_app/visit/short.py", '"""Short.\n\nA note on 300 mg of α4-integrin blocker."""\n' + "\n" * 297
    )
    write(tmp_path, "nurse_app/domain/sums.py", '"""Sums."""\nHOUR = timedelta(minutes=60)\nTENTH = Decimal("0.1")\n')
    write(tmp_path, "nurse_app/ui/size.py", '"""Size."""\nWIDTH = 1366\nRATIO = 1.25\n')
    write(tmp_path, "requirements.lock", "thing==1.0 \\\n    --hash=sha256:00\n")

    assert problems(tmp_path) == []
