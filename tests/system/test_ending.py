"""A request to end is remembered, and nothing else happens."""

import os
import signal

import pytest

from nurse_app.system.ending import EndRequest

NAMES = [name for name in ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, name)]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.skipif(os.name != "posix", reason="not on this machine: signals between processes")
def test_a_request_is_remembered_until_it_is_nobodys_business_any_more(name: str) -> None:
    number = getattr(signal, name)
    before = signal.getsignal(number)
    request = EndRequest()
    request.listen()
    try:
        assert not request.asked
        os.kill(os.getpid(), number)
        assert request.asked
    finally:
        request.forget()

    assert signal.getsignal(number) is before


def test_a_system_that_does_not_know_all_requests_is_listened_to_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(signal, "SIGHUP", raising=False)
    request = EndRequest()
    request.listen()
    request.forget()

    assert not request.asked
