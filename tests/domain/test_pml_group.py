"""The published risk group (facts 4.6): its boundaries, and what not knowing does to it."""

from dataclasses import replace
from datetime import date

import pytest

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.rules.context import Case
from nurse_app.domain.rules.pml_group import RiskGroup, pml_group
from tests.domain.kit import NOW, Change, both, lab, more_labs, no_lab, put
from tests.kit import base_facts

PRIOR, GIVEN = "patient.history.prior_immunosuppressant", "patient.treatment.infusions_given"
NO_TEST = no_lab("JCV")


def group(protocol: InfusionProtocol, *changes: Change) -> RiskGroup:
    found = pml_group(Case(protocol, base_facts(both(*changes)), NOW))
    assert found is not None
    return found


def index(value: str, unit: str | None = "{index}") -> Change:
    return lab("JCV", value=value, unit=unit)


@pytest.mark.parametrize(
    ("change", "prior", "expected", "possible", "missing"),
    [
        # known
        (index("negative", None), False, "negative-no-prior", 1, ()),
        (index("negative", None), True, "negative-prior", 1, ()),
        (index("0.199"), False, "negative-no-prior", 1, ()),
        (index("<0.2"), False, "negative-no-prior", 1, ()),
        (index("0.401"), False, "positive-low-index", 1, ()),
        (index(">0.4"), False, "positive-high-index", 2, ("index",)),
        (index("1.5"), False, "positive-low-index", 1, ()),
        (index("1.501"), False, "positive-high-index", 1, ()),
        (index(">1.5"), False, "positive-high-index", 1, ()),
        (index(">=1.5"), False, "positive-high-index", 2, ("index",)),
        (index("positive", None), False, "positive-unknown-index", 1, ("index",)),
        (index("positive", None), True, "positive-prior", 1, ("index",)),
        (index("1.5"), True, "positive-prior", 1, ()),
        (index("1.8", None), False, "positive-high-index", 1, ()),
        # between negative and positive: at most the low index
        (index("0.2"), False, "positive-low-index", 2, ("jcv-confirmation",)),
        (index("0.4"), False, "positive-low-index", 2, ("jcv-confirmation",)),
        (index("indeterminate", None), False, "positive-low-index", 2, ("jcv-confirmation",)),
        (index("0.4"), True, "positive-prior", 2, ("jcv-confirmation",)),
        (index("<=0.2"), False, "positive-low-index", 2, ("jcv-confirmation",)),
        # not known: the highest group that the rest allows
        (NO_TEST, False, "positive-high-index", 3, ("jcv",)),
        (NO_TEST, True, "positive-prior", 2, ("jcv",)),
        (NO_TEST, None, "positive-prior", 5, ("jcv", "prior-immunosuppressant")),
        (index("pending", None), False, "positive-high-index", 3, ("jcv",)),
        (index("0.1", "furlong"), False, "positive-high-index", 3, ("jcv",)),
        (index("negative", None), None, "negative-prior", 2, ("prior-immunosuppressant",)),
        (index("0.9"), None, "positive-prior", 2, ("prior-immunosuppressant",)),
        # two results of one day whose order nobody knows
        (
            both(
                index("0.9"), more_labs({"test": "JCV", "value": "1.6", "unit": "{index}", "collected": "2026-09-23"})
            ),
            False,
            "positive-high-index",
            2,
            ("index",),
        ),
    ],
)
def test_the_group_is_the_highest_that_what_is_known_allows(
    protocol: InfusionProtocol,
    change: Change,
    prior: bool | None,
    expected: str,
    possible: int,
    missing: tuple[str, ...],
) -> None:
    found = group(protocol, change, put(PRIOR, prior))

    assert (found.group.id, len(found.possible), found.missing) == (expected, possible, missing)
    assert found.is_known is (possible == 1)
    assert found.prior_immunosuppressant is prior


@pytest.mark.parametrize(
    ("infusions", "column"), [(0, 0), (24, 0), (25, 1), (48, 1), (49, 2), (72, 2), (73, 3), (None, None)]
)
def test_exposure_counts_infusions(protocol: InfusionProtocol, infusions: int | None, column: int | None) -> None:
    found = group(protocol, index("1.6"), put(GIVEN, infusions))

    assert (found.infusions, found.column) == (infusions, column)
    assert found.missing == (("infusions",) if infusions is None else ())


@pytest.mark.parametrize(
    ("value", "band"),
    [("0.1", 0), ("0.9", 0), ("0.901", 1), ("1.5", 1), ("1.501", 2), ("<=0.9", 0), (">0.1", 2), ("positive", None)],
)
def test_the_other_view_cuts_at_0_9_and_1_5(protocol: InfusionProtocol, value: str, band: int | None) -> None:
    assert group(protocol, index(value)).band == band


def test_what_it_rests_on_is_told(protocol: InfusionProtocol) -> None:
    found = group(protocol, index("1.6"))

    assert [result.value for result in found.results] == ["1.6"]
    assert (found.collected, found.age_days) == (date(2026, 9, 23), 60)
    none = group(protocol, NO_TEST)
    assert (none.results, none.collected, none.age_days, none.band) == ((), None, None, None)


def test_a_protocol_without_a_table_has_no_groups(protocol: InfusionProtocol) -> None:
    risk = protocol.labs.pml_risk
    assert risk is not None
    for changed in (None, replace(risk, groups=())):
        other = replace(protocol, labs=replace(protocol.labs, pml_risk=changed))
        assert pml_group(Case(other, base_facts(), NOW)) is None


def test_a_protocol_of_before_knows_nothing_between_and_no_bands(protocol: InfusionProtocol) -> None:
    risk = protocol.labs.pml_risk
    assert risk is not None
    older = replace(risk, index_indeterminate_to=None, index_bands=())
    found = group(replace(protocol, labs=replace(protocol.labs, pml_risk=older)), index("0.3"))

    assert (found.group.id, found.is_known, found.band) == ("positive-low-index", True, None)


def test_the_table_is_the_published_one(protocol: InfusionProtocol) -> None:
    risk = protocol.labs.pml_risk
    assert risk is not None
    assert risk.infusions_to == (24, 48, 72)
    assert {group.id: group.figures for group in risk.groups} == {
        "negative-no-prior": ("0.02", "0.2", "0.2"),
        "negative-prior": ("0.06", "0.9", "0.9"),
        "positive-unknown-index": ("1", "3", "6"),
        "positive-low-index": ("0.2", "1.1", "1.4"),
        "positive-high-index": ("1.2", "8.8", "10.1"),
        "positive-prior": ("6", "12", "13"),
    }
