"""Sentences keep to ISMP's safe forms, and safe sentences pass."""

import pytest

from nurse_app.protocol_files.ismp import unsafe_form


@pytest.mark.parametrize(
    ("sentence", "problem"),
    [
        ("Give 1.0 mg now.", "“1.0” has a trailing zero"),
        ("Give 0.50 mg now.", "“0.50” has a trailing zero"),
        ("Give .5 mg now.", "“.5” needs a zero in front"),
        ("Give 300mg now.", "“300mg” needs a space before the unit"),
        ("Flush with 10.5mL.", "“10.5mL” needs a space before the unit"),
        ("Give Tysabri300 mg.", "“Tysabri300 mg” joins a name to a figure"),
        ("Add 15 mL. then invert.", "“mL.” has a full stop after a unit"),
        ("Add 15 ml.", "“15 ml” is an error-prone unit"),
        ("Add 15 cc.", "“15 cc” is an error-prone unit"),
        ("Give 50 µg.", "“50 µg” is an error-prone unit"),
        ("Give 10 U.", "“10 U” is an error-prone unit"),
        ("D/C the drip.", "“D/C” is an error-prone abbreviation"),
        ("Once QD.", "“QD” is an error-prone abbreviation"),
        ("Use 1:1000 for this.", "“1:1000” is a ratio; write mg/mL"),
        ("Use 1:10,000 for this.", "“1:10,000” is a ratio; write mg/mL"),
        ("Hold when ALT > 3 times.", "“>” is written out in a sentence"),
        ("At 38 °C look for infection.", "“°” is written out in a sentence"),
        ("Platelets 150000.", "“150000” needs commas from 1,000 on"),
        ("Platelets 1500.", "“1500” needs commas from 1,000 on"),
        ("This is grade III.", "“grade III” is a Roman numeral"),
        ("Stop now!", "has an exclamation mark"),
    ],
)
def test_an_unsafe_form_is_named(sentence: str, problem: str) -> None:
    assert unsafe_form(sentence) == problem


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "Give 0.5 mg IM (0.5 mL of 1 mg/mL).",
        "Withdraw 15 mL. Add it to 100 mL sodium chloride 0.9%.",
        "Version of 22-Nov-2026, changed in 2025.",
        "1,000 people, 10 of them, 20.05 in all, 57.5 min at 115 mL/h.",
        "Below 50 × 10⁹/L. SpO₂ 92%. T4 and α4 are no doses.",
    ],
)
def test_a_safe_sentence_passes(sentence: str) -> None:
    assert unsafe_form(sentence) is None
