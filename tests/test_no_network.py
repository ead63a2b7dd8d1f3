"""The program has no network code: nothing in its sources reaches for a network, and at work it opens no socket."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from shutil import which

import pytest

PROJECT = Path(__file__).parents[1]
SOURCES = sorted((PROJECT / "nurse_app").rglob("*.py"))
CHILD = PROJECT / "tests" / "child_offline.py"
# A built program to be tried as well: the folder of one version (NURSE_APP_BUILT=…/versions/0.1.0).
BUILT = os.environ.get("NURSE_APP_BUILT", "")
NETWORK = re.compile(
    r"(?:_?socket|_?ssl|http|urllib|urllib3|requests|httpx|aiohttp|ftplib|smtplib|poplib|imaplib|nntplib|telnetlib|xmlrpc"
    r"|asyncio|socketserver|wsgiref|webbrowser|paramiko|websockets|grpc|zmq"
    r"|PySide6\.Qt(?:Network\w*|WebSockets|WebEngine\w*|WebView|HttpServer|Bluetooth|Nfc|SerialBus|RemoteObjects|Grpc)"
    r"|multiprocessing\.(?:connection|managers))(?:\..*)?"
)
NAMES = {
    "SocketHandler", "DatagramHandler", "SysLogHandler", "SMTPHandler", "HTTPHandler", "QDesktopServices", "QTcpSocket",
    "QUdpSocket", "QNetworkAccessManager", "QLocalServer", "QLocalSocket", "__import__",
}  # fmt: skip
LOADERS = {"import_module", "find_spec"}
WITHIN_S = 300


def imported(node: ast.AST, constants: Mapping[str, str]) -> Iterator[str]:
    """The modules that a statement or a call loads; one whose name cannot be read is "?"."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from (f"{node.module}.{alias.name}" for alias in node.names)
        yield node.module or "?"
    elif isinstance(node, ast.Call) and name_of(node.func) in LOADERS:
        yield loaded(node.args[0], constants)


def loaded(node: ast.AST, constants: Mapping[str, str]) -> str:
    """The name of a module that is loaded by name, or how it begins."""
    if isinstance(node, ast.JoinedStr):
        node = node.values[0]
    if isinstance(node, ast.Name):
        return constants.get(node.id, "?")
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else "?"


def constants_of(tree: ast.Module) -> dict[str, str]:
    """The texts that a module gives a name to."""
    named = [node for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)]
    return {name_of(node.targets[0]): str(node.value.value) for node in named if isinstance(node.value, ast.Constant)}


def name_of(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def reaches(source: str) -> list[str]:
    """What in a source reaches for a network."""
    tree = ast.parse(source)
    nodes, constants = list(ast.walk(tree)), constants_of(tree)
    found = [name for node in nodes for name in imported(node, constants) if name == "?" or NETWORK.fullmatch(name)]
    return found + [name for node in nodes if (name := name_of(node)) in NAMES]


def test_nothing_in_the_program_reaches_for_a_network() -> None:
    assert len(SOURCES) > 200
    found = {str(file.relative_to(PROJECT)): reaches(file.read_text(encoding="utf-8")) for file in SOURCES}
    assert {name: names for name, names in found.items() if names} == {}


@pytest.mark.parametrize(
    "source",
    [
        "import socket",
        "from urllib import request",
        "from http.client import HTTPSConnection",
        "def f():\n    import asyncio",
        "from PySide6.QtNetwork import QTcpSocket",
        "from PySide6 import QtNetwork",
        "import_module('ssl')",
        "importlib.import_module(f'{name}')",
        "import_module(words[0])",
        "NAME = 'ssl'\nimport_module(NAME)",
        "import_module(NAME)",
        "__import__('socket')",
        "logging.handlers.HTTPHandler('h', 'u')",
        "QDesktopServices.openUrl(url)",
    ],
)
def test_each_way_to_a_network_would_be_found(source: str) -> None:
    assert reaches(source)


def test_what_is_no_network_is_let_through() -> None:
    assert reaches("import json\nfrom logging.handlers import RotatingFileHandler\nimport_module('nurse_app.x')") == []
    assert reaches("import_module(f'nurse_app.{name}')\nNAME = 'nurse_app.ui'\nimport_module(NAME)") == []


def child(*words: str, before: tuple[str, ...] = ()) -> str:
    command = [*before, sys.executable, str(CHILD), *words]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False, timeout=WITHIN_S
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_watch_hears_a_reach(tmp_path: Path) -> None:
    assert "socket.__new__" in child(str(tmp_path), "reach")


def strace(trace: Path) -> tuple[str, ...]:
    """The words before a command whose reaches for a network the machine itself is to note down."""
    tool = which("strace")
    if tool is None or subprocess.run([tool, "-qq", "true"], capture_output=True, check=False).returncode:
        pytest.skip("no strace here, or it may not watch")
    return tool, "-f", "-qq", "-e", "trace=%network", "-e", "signal=none", "-o", str(trace)


def foreign(trace: Path) -> list[str]:
    """Calls that opened or used anything but a socket of this machine's own (AF_UNIX)."""
    calls = [line.split(" ", 1)[1].strip() for line in trace.read_text(errors="replace").splitlines()]
    opened = [call for call in calls if call.startswith(("socket(", "socketpair(", "connect(", "bind(", "sendto("))]
    return [call for call in opened if "AF_UNIX" not in call and "sun_path" not in call]


def no_network() -> tuple[str, ...]:
    """The words before a command that is to run on a machine without any network, not even its own."""
    for words in (("unshare", "-n"), ("unshare", "-rn")):
        if which(words[0]) and subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0:
            return words
    pytest.skip("this machine does not let us take the network away")


@pytest.fixture(scope="module")
def at_work(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A whole visit, a check of all records and a backup, watched: what the program said, and the machine's notes."""
    folder = tmp_path_factory.mktemp("work")
    trace = folder / "trace"
    return child(str(folder), before=strace(trace)), trace


def test_a_whole_visit_opens_no_socket(at_work: tuple[str, Path]) -> None:
    said, trace = at_work
    assert "reached: []" in said
    assert foreign(trace) == []


def test_no_library_for_networks_is_even_loaded(at_work: tuple[str, Path]) -> None:
    said, _trace = at_work
    assert "loaded: []" in said


def test_the_machine_would_note_a_reach(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    reach = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('127.0.0.1', 9))"
    subprocess.run([*strace(trace), sys.executable, "-c", reach], check=True, timeout=WITHIN_S)
    assert len(foreign(trace)) == 2


def test_a_whole_visit_without_any_network(tmp_path: Path) -> None:
    assert "reached: []" in child(str(tmp_path), before=no_network())


@pytest.mark.skipif(not BUILT, reason="no built program given (NURSE_APP_BUILT)")
def test_the_built_program_has_no_network_libraries_and_opens_no_socket(tmp_path: Path) -> None:
    names = {file.name for file in Path(BUILT).rglob("*")}
    assert not [name for name in names if re.match(r"(lib)?Qt6?Network|_ssl\.|libssl|_asyncio\.", name)]
    trace = tmp_path / "trace"
    program = str(Path(BUILT, "nurse-app"))
    words = (program, "rehearse", "--output", str(tmp_path / "pictures"), "--data-dir", str(tmp_path / "records"))
    done = subprocess.run(
        [*no_network(), *strace(trace), *words], capture_output=True, text=True, check=False, timeout=WITHIN_S
    )
    assert done.returncode == 0, done.stderr
    assert foreign(trace) == []
