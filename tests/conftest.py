"""Gates for every test: no network, the same random cases each time, slow sweeps only when asked for."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings

from nurse_app.domain.alarm_signals import SignalFigures
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.interchange.alarm_figures import read_alarm_figures
from nurse_app.protocol_files.catalog import ProtocolCatalog
from tests import figures

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
RESOURCES = Path(__file__).parents[1] / "resources"

settings.register_profile(
    "steady", derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("sweep", deadline=None, max_examples=1500, suppress_health_check=[HealthCheck.too_slow])


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--sweep", action="store_true", help="run the slow sweeps over every point, too")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("sweep" if config.getoption("--sweep") else "steady")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if figures.figures():
        terminalreporter.section("figures of the fault tests")
        for line in figures.figures():
            terminalreporter.line(line)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--sweep"):
        return
    skip = pytest.mark.skip(reason="a slow sweep; run with --sweep")
    for item in items:
        if "sweep" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """The product has no network code; a test that reaches for the network is wrong."""

    def refuse(*_args: object, **_kwargs: object) -> NoReturn:
        message = "no test may use the network"
        raise AssertionError(message)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        yield


@pytest.fixture(autouse=True, scope="session")
def _a_key_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test, and no program that a test starts, touches the key of this workstation."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_STATE_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture
def figure() -> figures.Figure:
    """Takes the line of figures of a test."""
    return figures.figure


@pytest.fixture
def tally() -> figures.Figure:
    """Takes a line that several tests share, and counts them."""
    return figures.tally


@pytest.fixture(scope="session")
def protocol() -> InfusionProtocol:
    """The shipped protocol."""
    return ProtocolCatalog(RESOURCES / "protocols", "en").load("natalizumab")


@pytest.fixture(scope="session")
def alarm_figures() -> SignalFigures:
    return read_alarm_figures(RESOURCES).figures
