"""The PML risk group in words: a category with what it rests on, what is missing, and the published table."""

from dataclasses import replace

import pytest

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.rules.context import Case
from nurse_app.presentation.pml_card import PmlCard, pml_card
from tests.domain.kit import NOW, Change, both, lab, no_lab, put
from tests.kit import base_facts

PRIOR, GIVEN = "patient.history.prior_immunosuppressant", "patient.treatment.infusions_given"
NO_TEST = no_lab("JCV")


def card(protocol: InfusionProtocol, *changes: Change) -> PmlCard:
    found = pml_card(Case(protocol, base_facts(both(*changes)), NOW))
    assert found is not None
    return found


def index(value: str) -> Change:
    return lab("JCV", value=value, unit="{index}")


def test_a_known_group_in_words_with_what_it_rests_on(protocol: InfusionProtocol) -> None:
    found = card(protocol, index("1.6"), put(GIVEN, 25))

    assert found.group == "Anti-JCV positive, index above 1.5, no earlier immunosuppressant, 25 to 48 infusions"
    assert (found.certainty, found.missing) == ("", "")
    assert found.rests_on == (
        "Anti-JCV antibody: 1.6, 23-Sep-2026, 60 days ago",
        "Earlier immunosuppressant: no",
        "Infusions so far: 25",
    )


def test_what_is_not_known_is_named(protocol: InfusionProtocol) -> None:
    found = card(protocol, NO_TEST, put(PRIOR, None), put(GIVEN, None))

    assert found.group == "Anti-JCV positive, earlier immunosuppressant, number of infusions not known"
    assert found.certainty == "At most this group, by what is known"
    assert found.missing == "Not known: anti-JCV test, earlier immunosuppressant, number of infusions."
    assert found.rests_on == (
        "Anti-JCV antibody: no result",
        "Earlier immunosuppressant: not known",
        "Infusions so far: not known",
    )
    assert [row.standing for row in found.rows if row.standing] == ["this patient at most"]


def test_beyond_the_last_column_the_table_ends(protocol: InfusionProtocol) -> None:
    found = card(protocol, put(GIVEN, 73), put(PRIOR, True))

    assert found.group.endswith(", earlier immunosuppressant, more than 72 infusions (the table ends there)")


def test_the_whole_table_is_shown_with_its_source(protocol: InfusionProtocol) -> None:
    found = card(protocol, index("1.6"))

    assert found.columns == ("up to 24 infusions", "25 to 48 infusions", "49 to 72 infusions")
    assert [(row.group, row.figures) for row in found.rows][-2:] == [
        (
            "Anti-JCV positive, index above 1.5, no earlier immunosuppressant",
            ("about 1.2", "about 8.8", "about 10.1"),
        ),
        ("Anti-JCV positive, earlier immunosuppressant", ("about 6", "about 12", "about 13")),
    ]
    assert [row.standing for row in found.rows] == ["", "", "", "", "this patient", ""]
    assert [source.title for source in found.sources] == [protocol.sources["pml-table"].title]
    assert found.note == protocol.text("pml.note")
    assert found.table_words == protocol.text("pml.source")
    assert "%" not in "".join((found.group, *found.rests_on, found.note, found.other_view))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0.9", "This index is in the band of 0.9 or less."),
        ("1.5", "This index is, or may be, in the band above 0.9 and up to 1.5."),
        ("1.51", "This index is, or may be, in the band above 1.5."),
    ],
)
def test_the_other_view_says_where_this_index_would_be(protocol: InfusionProtocol, value: str, words: str) -> None:
    assert card(protocol, index(value)).other_view == f"{protocol.text('other.pml-table')} {words}"


def test_without_an_index_there_is_only_the_other_view(protocol: InfusionProtocol) -> None:
    assert card(protocol, NO_TEST).other_view == protocol.text("other.pml-table")


def test_the_reason_may_stand_for_a_larger_part_or_be_missing(protocol: InfusionProtocol) -> None:
    rest = {place: basis for place, basis in protocol.basis.items() if not place.startswith("labs.pml_risk.groups")}
    larger = card(replace(protocol, basis=rest), NO_TEST)
    none = card(replace(protocol, basis={}), NO_TEST)

    assert [source.title for source in larger.sources] == [
        protocol.sources[source].title for source in protocol.basis["labs.pml_risk"].sources
    ]
    assert (none.sources, none.other_view) == ((), "")


def test_without_a_table_there_is_no_card(protocol: InfusionProtocol) -> None:
    without = replace(protocol, labs=replace(protocol.labs, pml_risk=None))

    assert pml_card(Case(without, base_facts(), NOW)) is None
