"""Cells for spreadsheets: what would be run is a text, and a number stays one."""

import csv
from io import StringIO

import pytest

from nurse_app.interchange.spreadsheet import as_it_was, csv_text, harmless


@pytest.mark.parametrize("cell", ["-1", "+2", "-0.5", "-0,5", "0.5", "<5", "neg", "", "3-5", "'=1"])
def test_what_no_spreadsheet_runs_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+2+3", "-1-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "-", "+x", "＝1", "＋1", "－1", "＠1"],
)
def test_what_a_spreadsheet_would_run_is_made_a_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert as_it_was(harmless(cell)) == cell


@pytest.mark.parametrize("cell", ["-1", "neg", "", "'", "'neg", "'-1", "=1+1", "''=1"])
def test_nothing_else_is_taken_off(cell: str) -> None:
    assert as_it_was(cell) == cell


def test_a_page_is_read_back_cell_by_cell() -> None:
    rows = [("a,b", 'says "no"'), ("two\r\nlines", "µmol/L"), ("", "-1")]
    page = csv_text(("one", "two"), rows)

    assert page.startswith('\ufeff"one","two"\r\n')
    assert page.endswith("\r\n")
    assert [tuple(row) for row in csv.reader(StringIO(page.removeprefix("\ufeff"), newline=""))][1:] == rows
