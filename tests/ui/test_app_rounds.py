"""Symptom rounds in the real program: one key, one touch, on the record; and a script's decisions by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from nurse_app.domain import events as e
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.text import Digits
from tests.ui.driver import Ward


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[Ward]:
    ward = Ward(tmp_path, qapp).sign_in()
    ward.to_infuse()
    yield ward
    ward.close()


def last(ward: Ward) -> e.Event:
    return ward.visit("TRN000417").record[-1].event


def test_a_round_is_one_key_and_the_next_one_is_told(ward: Ward) -> None:
    ward.wait(minutes=15)
    assert "Vital signs and the symptom round are due." in ward.words()
    ward.key("V")
    ward.vital_signs("121", "76", "75", "14", "98", "36.6")
    assert "Symptom round due since 09:15" in ward.words()
    ward.key("W")

    assert last(ward) == e.RoundDone()
    assert "Symptom round at 09:30" in ward.words()
    assert not ward.shows("round.title")
    assert "Seen, well" in ward.words()


def test_a_sign_of_the_round_opens_the_reaction_with_it(ward: Ward) -> None:
    ward.wait(minutes=15)
    ward.wait(seconds=1)
    ward.press("round.sign.itching")

    assert ward.phase() == "reaction"
    assert ward.visit("TRN000417").state.reactions[-1].sign_ids == ("itching",)


def test_home_says_that_a_round_is_overdue(ward: Ward) -> None:
    ward.wait(minutes=10)
    ward.key("V")
    ward.vital_signs("121", "76", "75", "14", "98", "36.6")
    ward.wait(minutes=6)
    ward.key("F4")

    assert "symptom round due since 09:15" in ward.words()


def test_a_fallen_pressure_counts_down_to_its_recheck_on_the_page(ward: Ward) -> None:
    ward.wait(minutes=6)
    ward.key("V")
    ward.vital_signs("99", "60", "75", "14", "98", "36.6")
    ward.wait(seconds=60)

    card = ward.stage.findChild(Digits, "next_vitals.value")
    assert card is not None
    assert card.text() == "04:00"
    assert "Take the pressure again in" in ward.words()
    assert "99/60 ↓25 fallen" in ward.words()


def test_alarming_vital_signs_make_the_pause_the_next_thing(ward: Ward) -> None:
    ward.wait(minutes=6)
    ward.key("V")
    ward.vital_signs("121", "76", "131", "14", "98", "36.6")

    assert "Alarming: Pulse 131 /min. Stop the pump and look at the patient." in ward.words()
    pause = ward.stage.findChild(Button, "pause")
    assert pause is not None
    assert pause.role() == "primary"
