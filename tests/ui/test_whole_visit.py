"""The whole visit in the real windows, with real presses and keys, on a real store: every step and every ending."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from nurse_app.domain import events as e
from nurse_app.domain.snapshot import outcome
from nurse_app.ui.hands import NotOnScreenError
from tests.ui.driver import CALM, FIRST, RISING, Ward


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[Ward]:
    ward = Ward(tmp_path, qapp)
    yield ward
    ward.close()


def kinds(ward: Ward, record_no: str = CALM) -> list[str]:
    return [type(item.event).__name__ for item in ward.visit(record_no).record]


def test_the_uneventful_visit_from_wristband_to_printed_record(ward: Ward) -> None:
    ward.sign_in()
    ward.to_observe()
    assert ward.phase() == "observe"
    ward.wait(minutes=60)
    ward.press("complete")
    ward.press("save_record")
    ward.press("discharge")
    state = ward.visit(CALM).state
    assert (state.phase, outcome(state)) == ("closed", "completed")
    assert {item.entry.by for item in ward.entries()} == {ward.user(0), ward.user(1)}
    (page,) = ward.folder.glob("visit-*.pdf")
    assert page.read_bytes().startswith(b"%PDF")
    assert CALM not in page.name


def test_a_wrong_wristband_is_refused_and_kept(ward: Ward) -> None:
    ward.sign_in()
    ward.press(f"due.{ward.patient(CALM)}")
    ward.write_into("identify_page.wristband", "TRN000418")
    ward.write_into("identify_page.birth_date", "1988-03-14")
    ward.press("identify_page.check")
    assert ward.phase() == "identify"
    assert kinds(ward)[-1] == "IdentityMismatched"
    assert ward.shows("identify_page.refusal")


def test_a_hold_is_decided_by_the_prescriber_and_read_back(ward: Ward) -> None:
    ward.sign_in()
    ward.to_prechecks()
    ward.press("question.infection_signs.answer.yes")
    ward.press("prechecks_page.rest")
    ward.press("prechecks_page.vital_signs.action")
    ward.vital_signs("124", "78", "72", "14", "98", "36.7")
    assert not ward.find("continue").isEnabled()
    ward.press("decision")
    ward.press("decision_sheet.about.infection")
    ward.press("decision_sheet.word.proceed")
    ward.write_into("decision_sheet.by", "Dr SAMPLE")
    ward.press("decision_sheet.read_back.yes")
    ward.press("decision_sheet.submit")
    ward.press("continue")
    assert ward.phase() == "prepare"


def test_not_given_today_is_a_whole_ending(ward: Ward) -> None:
    ward.sign_in()
    ward.to_prechecks(RISING)
    ward.press("not_given")
    ward.press(_names(ward, "not_given_sheet.reason.")[0])
    ward.press("not_given_sheet.submit")
    assert (ward.phase(RISING), outcome(ward.visit(RISING).state)) == ("closed", "not-given")
    assert ward.shows("save_record")


def test_the_second_check_is_blind_and_somebody_elses(ward: Ward) -> None:
    ward.sign_in()
    ward.to_second_check()
    sheet = ward.find("second_check_sheet")
    told = [label.text() for label in sheet.findChildren(QLabel)]
    assert not any("A12345" in text or "TRN000417" in text for text in told)
    with pytest.raises(NotOnScreenError):
        ward.find(f"second_check_sheet.who.{ward.user(0)}")
    ward.second_check(lot="A12346")
    assert kinds(ward)[-1] == "SecondCheckFailed"
    assert ward.visit(CALM).state.bag.second_check is None


def test_a_wrong_pin_makes_no_second_check(ward: Ward) -> None:
    ward.sign_in()
    ward.to_second_check()
    before = len(ward.visit(CALM).record)
    ward.second_check(pin="999999")
    assert len(ward.visit(CALM).record) == before
    assert ward.shows("second_check_sheet")


def test_one_key_opens_the_reaction_and_stops_the_clock(ward: Ward) -> None:
    ward.sign_in()
    ward.to_infuse()
    ward.wait(minutes=10)
    ward.key("F8")
    assert (ward.phase(), ward.visit(CALM).state.run.status) == ("reaction", "paused")
    ward.press("sign.hives")
    ward.press("sign.breathlessness")
    state = ward.visit(CALM).state
    assert (state.reactions[-1].level, state.run.status) == ("anaphylaxis", "stopped")
    assert ward.parts.service.patient(ward.patient(CALM)).state.hypersensitivity == "permanent"


def test_reaction_opens_over_an_open_sheet(ward: Ward) -> None:
    ward.sign_in()
    ward.to_infuse()
    ward.key("V")
    ward.write("121", then="")
    ward.key("F8")
    assert ward.phase() == "reaction"


def test_stopped_early_goes_on_to_the_watch_and_ends_as_partial(ward: Ward) -> None:
    ward.sign_in()
    ward.to_infuse()
    ward.wait(minutes=20)
    ward.press("stop")
    ward.press(_names(ward, "stop_sheet.reason.")[0])
    ward.press("stop_sheet.submit")
    assert ward.phase() == "observe"
    assert outcome(ward.visit(CALM).state) == "partial"


def test_left_early_is_recorded_with_its_reason(ward: Ward) -> None:
    ward.sign_in()
    ward.to_observe()
    ward.wait(minutes=10)
    ward.press("left_early")
    ward.press(_names(ward, "leave_early_sheet.reason.")[0])
    ward.press("leave_early_sheet.submit")
    assert (ward.phase(), outcome(ward.visit(CALM).state)) == ("discharge", "left-early")


def _names(ward: Ward, prefix: str) -> list[str]:
    buttons = ward.stage.findChildren(QAbstractButton)
    return [button.objectName() for button in buttons if button.isVisible() and button.objectName().startswith(prefix)]


def test_the_program_closed_and_started_again_is_at_the_same_step_with_the_right_clock(ward: Ward) -> None:
    ward.sign_in()
    ward.to_infuse()
    ward.wait(minutes=22)
    ward.restart()
    ward.wait(minutes=6)
    ward.sign_in()
    ward.press(f"due.{ward.patient(CALM)}")
    assert ward.phase() == "infuse"
    assert isinstance(ward.entries()[-1].event, e.VisitReopened)
    assert "28 min" in ward.words()
    ward.press("resume_sheet.submit")
    assert "32:00" in ward.words()


def test_several_visits_are_open_at_once_and_each_keeps_its_own(ward: Ward) -> None:
    ward.sign_in()
    ward.to_prechecks(CALM)
    ward.press("footer.F4")
    ward.to_prechecks(FIRST)
    ward.press("prechecks_page.rest")
    ward.press("footer.F4")
    assert len([visit for visit in ward.parts.service.visits().values() if visit.state.is_open]) == 2
    assert ward.visit(CALM).state.answers == {}
    assert len(ward.visit(FIRST).state.answers) == 13
