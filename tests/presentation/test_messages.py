"""Every refusal is a sentence that says what to do; those about something name it."""

import pytest

from nurse_app.domain.deciding.outcome import Reason, Rejected
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.formats import number
from nurse_app.presentation.messages import defect_words, refusal_words

# What a refusal of that reason carries; the others carry nothing.
DETAILS = {
    Reason.FINDINGS_OPEN: ("infection-signs", "prescriber-order"),
    Reason.DO_NOT_GIVE: ("infection-signs",),
    Reason.IMPOSSIBLE_VALUE: ("pulse",),
    Reason.LINE_BEFORE_MISSING: ("diluent",),
    Reason.SECOND_CHECK_DIFFERS: ("lot", "added_ml", "record_no"),
}


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_a_whole_sentence(protocol: InfusionProtocol, reason: Reason) -> None:
    known = {text_id.removeprefix("rule.") for text_id in protocol.texts if text_id.startswith("rule.")}
    details = DETAILS.get(reason, ())
    if reason in (Reason.FINDINGS_OPEN, Reason.DO_NOT_GIVE):
        details = tuple(sorted(known))[: len(details)]
    words = refusal_words(Rejected(reason, details), protocol)
    assert words[0].isupper()
    assert words.endswith((".", "?"))
    assert "!" not in words
    assert "{" not in words


def test_open_findings_and_a_no_are_named_as_on_the_screen(protocol: InfusionProtocol) -> None:
    rules = sorted(text_id for text_id in protocol.texts if text_id.startswith("rule."))[:2]
    ids = tuple(rule.removeprefix("rule.") for rule in rules)
    open_words = refusal_words(Rejected(Reason.FINDINGS_OPEN, ids), protocol)
    assert open_words.startswith(f"Not yet: {protocol.text(rules[0])}, {protocol.text(rules[1])}.")
    assert protocol.text(rules[0]) in refusal_words(Rejected(Reason.DO_NOT_GIVE, ids[:1]), protocol)


def test_what_is_impossible_missing_or_different_is_named(protocol: InfusionProtocol) -> None:
    pulse = refusal_words(Rejected(Reason.IMPOSSIBLE_VALUE, ("pulse",)), protocol)
    assert protocol.text("vital.pulse") in pulse
    line = refusal_words(Rejected(Reason.LINE_BEFORE_MISSING, ("diluent",)), protocol)
    assert line == f"First: {protocol.text('prepare.diluent.title')}."
    differs = refusal_words(Rejected(Reason.SECOND_CHECK_DIFFERS, ("lot", "record_no")), protocol)
    assert differs.startswith("The two checks differ: lot, record number.")
    rate = refusal_words(Rejected(Reason.RATE_TOO_HIGH), protocol)
    assert f"above {number(protocol.infusion.rate_refused_above_ml_h)} mL/h" in rate


@pytest.mark.parametrize(
    ("number", "begins"), [(3, "An internal error was recorded (report 3)."), (None, "An internal e")]
)
def test_a_defect_says_what_is_safe(number: int | None, begins: str) -> None:
    words = defect_words(number)

    assert words.startswith(begins)
    assert "Everything marked saved is safe." in words
