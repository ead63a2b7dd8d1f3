"""About the program in words."""

from dataclasses import replace
from datetime import date

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.provenance import Approval
from nurse_app.interchange.parts_list import Part
from nurse_app.presentation.about import AboutFacts, AboutView, present_about, present_part

QT = Part("Qt", "6.11.3", "LGPL-3.0-only", ("a",))
PCRE = Part("PCRE2", "", "", ("b",), "1997-2024 Philip Hazel", "Qt")


def shown(protocol: InfusionProtocol, problem: str = "") -> AboutView:
    parts = () if problem else (QT, PCRE)
    return present_about(AboutFacts("0.1.0", "commit 12, linux", protocol, "0123456789abcdef", parts, problem))


def test_the_facts_stand_first(protocol: InfusionProtocol) -> None:
    lines = dict(shown(protocol).lines)
    assert lines["Program"] == "nurse-app 0.1.0"
    assert lines["Built from"] == "commit 12, linux"
    assert lines["Protocol"] == "natalizumab 1.0.0"
    assert lines["Protocol’s digest"] == "01234567 89abcdef"
    assert lines["Protocol’s approval"] == protocol.text("protocol.not-approved")


def test_who_approved_the_protocol_is_named(protocol: InfusionProtocol) -> None:
    approved = replace(protocol, approval=Approval("SAMPLE, Pharmacist", date(2026, 11, 20)))
    assert dict(shown(approved).lines)["Protocol’s approval"] == "Approved by SAMPLE, Pharmacist on 20-Nov-2026."


def test_what_it_is_not_is_said_plainly(protocol: InfusionProtocol) -> None:
    words = " ".join(shown(protocol).purpose)
    for claim in ("not replace the prescriber’s order", "not a certified medical device", "without a network"):
        assert claim in words


def test_each_part_is_a_row_and_says_what_it_is_compiled_into(protocol: InfusionProtocol) -> None:
    rows = shown(protocol).rows
    assert [(row.key, row.name, row.version, row.licence) for row in rows] == [
        ("0", "Qt", "6.11.3", "LGPL-3.0-only"),
        ("1", "PCRE2, in Qt", "—", "—"),
    ]


def test_a_list_that_cannot_be_read_is_said(protocol: InfusionProtocol) -> None:
    view = shown(protocol, "The list cannot be read.")
    assert view.problem == "The list cannot be read."
    assert view.rows == ()
    assert view.lines


def test_one_part_with_its_text() -> None:
    view = present_part(QT, "The text.")
    assert (view.title, view.lead, view.text) == ("Qt 6.11.3", "Licence: LGPL-3.0-only", "The text.")


def test_what_is_known_beside_the_text_stands_above_it() -> None:
    view = present_part(replace(PCRE, source="pcre2 10.42-1"), "The text.")
    assert view.title == "PCRE2"
    assert view.lead == "Licence: see the text"
    assert view.text.splitlines() == [
        "Copyright 1997-2024 Philip Hazel",
        "Compiled into Qt.",
        "From the Debian source package pcre2 10.42-1.",
        "",
        "The text.",
    ]
