"""Whose reaction the key and the buttons mean on pages that show no visit."""

import pytest

from nurse_app.presentation.home import VisitCard
from nurse_app.presentation.reaction_choice import MOST_CHOICES, reaction_choices, reaction_target


def made(visit_id: str, *, exposed: bool, name: str = "") -> VisitCard:
    return VisitCard(visit_id, name, "since 09:00 · Infusing", "", "", "neutral", exposed)


@pytest.mark.parametrize(
    ("exposed", "last", "target"),
    [
        ((), "", ""),
        ((), "v-0", ""),
        ((False,), "", "v-0"),
        ((True,), "", "v-0"),
        ((False, True, False), "", "v-1"),
        ((True, True), "", ""),
        ((False, False), "", ""),
        # The one last on screen counts where a reaction can be as well there as in others, and nowhere else.
        ((True, True), "v-1", "v-1"),
        ((False, False), "v-1", "v-1"),
        ((True, False), "v-1", "v-0"),
        ((True, True, False), "v-2", ""),
        ((True, True), "v-closed", ""),
    ],
)
def test_reaction_means_the_only_likely_visit_or_the_likely_one_last_on_screen(
    exposed: tuple[bool, ...], last: str, target: str
) -> None:
    cards = tuple(made(f"v-{place}", exposed=one) for place, one in enumerate(exposed))
    assert reaction_target(cards, last) == target


def test_each_likely_visit_has_a_button_with_its_name_the_meant_one_first() -> None:
    cards = (
        made("v-0", exposed=True, name="A"),
        made("v-1", exposed=False, name="B"),
        made("v-2", exposed=True, name="C"),
    )
    choices = reaction_choices(cards, "v-2")
    assert [(one.visit_id, one.label, one.is_meant) for one in choices] == [
        ("v-2", "Reaction: C", True),
        ("v-0", "Reaction: A", False),
    ]


def test_while_names_are_hidden_the_line_of_the_visit_tells_which() -> None:
    (choice,) = reaction_choices((made("v-0", exposed=True),), "")
    assert (choice.label, choice.is_meant) == ("Reaction: since 09:00 · Infusing", True)


def test_no_more_buttons_than_stand_side_by_side_and_the_meant_one_among_them() -> None:
    cards = tuple(made(f"v-{place}", exposed=True) for place in range(MOST_CHOICES + 2))
    choices = reaction_choices(cards, f"v-{MOST_CHOICES + 1}")
    assert len(choices) == MOST_CHOICES
    assert choices[0].visit_id == f"v-{MOST_CHOICES + 1}"
