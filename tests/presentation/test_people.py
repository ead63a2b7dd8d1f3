"""Signing in, in words: who may, why a PIN was not taken."""

from datetime import timedelta

import pytest

from nurse_app.domain.station import User
from nurse_app.presentation.people import pin_problem_words, present_sign_in, wrong_pin_words
from nurse_app.system.pin_rules import PinProblem

ONE, TWO = User("u-1", "sample, nurse b", "hash"), User("u-2", "SAMPLE, Nurse A", "hash", failures=2)


def test_people_are_listed_by_name_whatever_their_letters() -> None:
    view = present_sign_in((ONE, TWO), "u-1", locked=False)
    assert [person.user_id for person in view.people] == ["u-2", "u-1"]
    assert (view.title, view.chosen) == ("Who is here?", "u-1")
    assert view.lead == "Choose your name, then enter your PIN."


def test_the_locked_view_says_that_clocks_and_reaction_go_on() -> None:
    view = present_sign_in((ONE,), "", locked=True)
    assert view.title == "Locked"
    assert "Reaction go on working" in view.lead


@pytest.mark.parametrize("locked", [False, True])
def test_a_training_store_tells_the_pin_of_its_sample_nurses_and_no_other_store_does(locked: bool) -> None:
    lead = present_sign_in((ONE,), "", locked=locked, sample_pin="135790").lead
    assert lead.endswith("\nTraining: the PIN of the sample nurses is 135790.")
    assert "Training" not in present_sign_in((ONE,), "", locked=locked).lead


def test_a_wrong_pin_says_how_many_are_left() -> None:
    none = timedelta(0)
    assert wrong_pin_words(TWO, none) == "Not the right PIN. 3 more before a pause."
    assert wrong_pin_words(None, none) == "Not the right PIN. 5 more before a pause."
    assert wrong_pin_words(User("u", "n", "h", failures=6), none) == "Not the right PIN."


def test_a_locked_name_says_for_how_long_and_that_reaction_works() -> None:
    words = wrong_pin_words(TWO, timedelta(minutes=2, seconds=5))
    assert words == "Too many wrong PINs. This name takes none for 02:05. Reaction still works."


@pytest.mark.parametrize("problem", list(PinProblem))
def test_every_rule_for_pins_has_its_own_words(problem: PinProblem) -> None:
    assert pin_problem_words(problem) != pin_problem_words("unheard of") == "Choose another PIN."
