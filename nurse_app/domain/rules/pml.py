"""Anti-drug antibodies, anti-JCV status and the risk group for progressive multifocal leukoencephalopathy."""

from collections.abc import Iterator

from nurse_app.domain.calendar import add_months
from nurse_app.domain.decision_rules import standing_decision
from nurse_app.domain.facts import LabResult
from nurse_app.domain.finding import Finding
from nurse_app.domain.lab_protocol import PmlRisk
from nurse_app.domain.protocol import Severity
from nurse_app.domain.quantity import Measured, measured
from nurse_app.domain.rules.antibody_course import antibody_course
from nurse_app.domain.rules.context import Case
from nurse_app.domain.rules.results import newest, newest_day, presence


def antibodies(case: Case) -> Iterator[Finding]:
    """The positives since the last negative: one is a caution, two far enough apart are persistent."""
    now = antibody_course(case).now
    if now is None:
        return
    figures = {"first": now.first.isoformat(), "last": now.last.isoformat(), "days": str(now.days)}
    if case.history.natalizumab_hypersensitivity:
        yield Finding("anti-drug-antibody", "stop", "with-reaction", figures)
    elif now.course == "persistent":
        yield Finding("anti-drug-antibody", "hold", "persistent", figures)
    else:
        yield Finding("anti-drug-antibody", "caution", "first", figures)


def is_high_index(case: Case, test: str) -> bool:
    """A surely high anti-JCV index: repeating that test changes nothing, so it does not fall due."""
    risk = case.protocol.labs.pml_risk
    if risk is None or test != risk.test:
        return False
    values = [measured(result.value) for result in newest(case, test)]
    return bool(values) and all(value is not None and value.is_surely_above(risk.index_above) for value in values)


def pml_risk(case: Case) -> Iterator[Finding]:
    """Long treatment with a high index, or with any positive after an immunosuppressant: talk and MRI needed."""
    risk = case.protocol.labs.pml_risk
    given = case.treatment.infusions_given
    if risk is None or (given is not None and given <= risk.infusions_above):
        return
    results = newest(case, risk.test)
    if not any(_at_risk(case, risk, result) for result in results):
        return
    talk = standing_decision(case.patient.decisions, "pml-risk", case.now, risk.decision_months, case.visit_day)
    mri = newest_day(case, risk.mri)
    is_recent = mri is not None and case.today <= add_months(mri, risk.mri_months)
    has_talk = talk is not None and talk.decision == "proceed"
    figures = {
        "index": str(results[0].value),
        "infusions": "" if given is None else str(given),
        "mri": mri.isoformat() if mri else "",
        "decision": str(talk.at) if talk else "",
    }
    variants = {(True, True): "known", (True, False): "mri-missing", (False, True): "talk-missing"}
    variant = variants.get((has_talk, is_recent), "both-missing")
    severity: Severity = "caution" if variant == "known" else "hold"
    yield Finding("pml-risk", severity, "unknown" if given is None else variant, figures)


def _at_risk(case: Case, risk: PmlRisk, result: LabResult) -> bool:
    value = measured(result.value)
    is_positive = _may_be_positive(case, risk, result, value)
    is_high = _is_high_word(case, result) if value is None else value.may_be_above(risk.index_above)
    # Not known is never no: an unknown past counts as an immunosuppressant taken.
    return is_high or (is_positive and case.history.prior_immunosuppressant is not False)


def _is_high_word(case: Case, result: LabResult) -> bool:
    """A positive without an index may be a high one; one between positive and negative is never high."""
    word = str(result.value).strip().casefold()
    return presence(case.protocol, result) != "negative" and word not in case.protocol.labs.unclear_words


def _may_be_positive(case: Case, risk: PmlRisk, result: LabResult, value: Measured | None) -> bool:
    if value is not None:
        return value.may_be_from(risk.index_positive_from)
    return presence(case.protocol, result) != "negative"


RULES = (antibodies, pml_risk)
