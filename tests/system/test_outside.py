"""Programs of the system get the environment that was there before a packaged executable changed it."""

from nurse_app.system.outside import outside_environment


def test_what_was_there_before_comes_back() -> None:
    packaged = {"LD_LIBRARY_PATH": "/packaged:/site", "LD_LIBRARY_PATH_ORIG": "/site", "LANG": "C"}
    assert outside_environment(packaged) == {"LD_LIBRARY_PATH": "/site", "LANG": "C"}


def test_where_nothing_was_there_nothing_is() -> None:
    assert outside_environment({"LD_LIBRARY_PATH": "/packaged", "LANG": "C"}) == {"LANG": "C"}
