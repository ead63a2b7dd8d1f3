"""Counts of lesions and relapses: kept, shown and imported like other results, and they gate nothing."""

from datetime import date

import pytest

from nurse_app.domain.facts import LabResult
from nurse_app.domain.incoming_results import IncomingResult, NotTaken, judged
from nurse_app.domain.patient_events import TextAsCame
from nurse_app.domain.protocol import InfusionProtocol
from tests.domain.kit import NOW, judge, more_labs

DAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("test", "value"),
    [("MRI-T2", "0"), ("MRI-T2", "40"), ("MRI-T2", ">10"), ("MRI-GD", "3"), ("RELAPSE", "severe, steroids given")],
)
def test_they_change_no_decision(protocol: InfusionProtocol, test: str, value: str) -> None:
    before = judge(protocol)
    assert judge(protocol, more_labs({"test": test, "value": value, "collected": "2026-11-02"})) == before


@pytest.mark.parametrize(
    ("names", "value", "unit", "expected"),
    [
        (("mri-t2",), "2", "", LabResult("MRI-T2", "2", DAY)),
        (("MRI-GD",), "1", "{count}", LabResult("MRI-GD", "1", DAY, "{count}")),
        (("Relapse",), "moderate", "", LabResult("RELAPSE", "moderate", DAY)),
        (("MRI-T2",), "several", "", NotTaken("value", "MRI-T2")),
        (("MRI-T2",), "2", "mg/L", NotTaken("unit", "MRI-T2")),
        (("MRI-T2",), "2.5", "", NotTaken("value", "MRI-T2")),
        (("EDSS",), "10", "", LabResult("EDSS", "10", DAY)),
        (("EDSS",), "10.5", "", NotTaken("value", "EDSS")),
        (("EDSS",), "2.2", "", NotTaken("value", "EDSS")),
        # a test that the protocol does not know is kept as it is
        (("MRI-T1",), "several", "", LabResult("MRI-T1", "several", DAY)),
    ],
)
def test_a_file_brings_them(
    protocol: InfusionProtocol, names: tuple[str, ...], value: str, unit: str, expected: LabResult | NotTaken
) -> None:
    text = TextAsCame(DAY.isoformat(), names[0], value, unit)
    row = IncomingResult("line 2", "TRN000417", names, value, DAY, text, unit)

    assert judged(protocol, {}, row, NOW) == expected
