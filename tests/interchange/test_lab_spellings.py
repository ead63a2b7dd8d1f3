"""What laboratories print for units: each means a unit that a test of the protocol has, and nothing is said twice."""

import re
from pathlib import Path

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.interchange.lab_file.spellings import read_spellings

RESOURCES = Path(__file__).parents[2] / "resources"
# UCUM writes its units in plain ASCII without blanks.
UCUM = re.compile(r"[!-~]+", re.ASCII)


def test_every_spelling_means_a_unit_of_the_protocol_and_is_none_itself(protocol: InfusionProtocol) -> None:
    units = {unit for test in protocol.labs.tests for unit in test.units}
    spellings = read_spellings(RESOURCES)
    assert set(spellings.values()) <= units
    assert not set(spellings) & units
    assert all(UCUM.fullmatch(unit) for unit in spellings.values())


def test_what_german_american_and_older_systems_print_is_understood() -> None:
    spellings = read_spellings(RESOURCES)
    for said, meant in {
        "U/l": "U/L",
        "IU/L": "[IU]/L",
        "µkat/l": "ukat/L",
        "μmol/L": "umol/L",
        "G/l": "10*9/L",
        "Gpt/l": "10*9/L",
        "x10^9/L": "10*9/L",
        "K/µL": "10*3/uL",
        "cells/uL": "/uL",
        "mIU/L": "m[IU]/L",
    }.items():
        assert spellings[said] == meant
