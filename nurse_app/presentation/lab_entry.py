"""Results entered by hand."""

from dataclasses import dataclass

from nurse_app.domain.facts import LabResult


@dataclass(frozen=True, slots=True)
class AddLabResults:
    """Put these results onto the patient's record."""

    patient_id: str
    results: tuple[LabResult, ...]
