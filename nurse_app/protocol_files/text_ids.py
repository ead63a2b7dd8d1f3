"""Which texts a protocol must have, which it may have, and which figures of the moment each may name."""

from collections.abc import Callable, Iterator, Mapping

from nurse_app.domain.interruption_protocol import STEPS
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.reaction import RAISED_BY_NURSE
from nurse_app.domain.rules.names import VARIANTS
from nurse_app.protocol_files.checks.product import LINES
from nurse_app.protocol_files.checks.reaction import LEVELS

_MULTIPLE = ("test", "value", "unit", "uln", "multiple", "collected")
_COUNT = ("test", "value", "unit")
_MEDICINE = ("medicine", "name")
_SIGN = ("sign", "value", "unit", "limit")
_DAYS = ("days", "last")
_DATES = ("first", "last", "days")
_STABILITY = ("total", "room", "limit", "end")
_PML = ("index", "infusions")

# What the rules put into a finding: by rule, or by rule and variant where variants differ.
FINDING_FIGURES: Mapping[str, tuple[str, ...]] = {
    "rems-authorisation.expired": ("programme", "valid_until"),
    "rems-brand.mismatch": ("brand", "programme"),
    "rems-brand.unknown": ("brand",),
    "product-route.wrong": ("route",),
    "product-expiry.expired": ("expiry",),
    "dose-fixed.wrong": ("dose", "needed"),
    "dose-fixed.unknown": ("needed",),
    "age-minimum.below": ("age", "limit"),
    "age-elderly": ("age", "limit"),
    "immunosuppressant-medicine.named": _MEDICINE,
    "immunosuppressant-medicine.near": _MEDICINE,
    "immunomodulator-medicine": _MEDICINE,
    "steroid-last-month.named": _MEDICINE,
    "steroid-last-month.near": _MEDICINE,
    "jcv-sample-window": _MEDICINE,
    "unanswered": ("count", "questions"),
    "fever": _SIGN,
    "vital-signs": _SIGN,
    "vital-signs-missing": ("names",),
    "crohns-benefit.early": ("days", "limit"),
    "crohns-benefit.due": ("days", "limit"),
    "crohns-benefit.unknown": ("limit",),
    "crohns-steroids": ("limit",),
    "dose-interval.too-soon": _DAYS,
    "dose-interval.early": (*_DAYS, "due"),
    "dose-interval.late": (*_DAYS, "due"),
    "dose-missed": (*_DAYS, "due"),
    "dose-gap": _DAYS,
    "liver-enzymes": _MULTIPLE,
    "bilirubin": _MULTIPLE,
    "alkaline-phosphatase": _MULTIPLE,
    "lab-reference-missing": ("test", "limit"),
    "lab-unit": ("test", "value", "unit"),
    "lab-overdue.old": ("tests", "collected", "days", "max_age"),
    "lab-overdue.absent": ("tests",),
    "baseline-labs.old": ("tests", "collected", "days", "max_age"),
    "baseline-labs.missing": ("tests",),
    "jcv-overdue.old": ("collected", "days", "max_age"),
    "mri-overdue.old": ("collected", "days", "max_age"),
    "anti-drug-antibody": _DATES,
    "pml-risk": _PML,
    "pml-risk.known": (*_PML, "decision", "mri"),
    "stability.total": _STABILITY,
    "stability.room": _STABILITY,
    "stability.end-total": _STABILITY,
    "stability.end-room": _STABILITY,
    "clock": ("at",),
    "bag-volume.wrong": ("value", "needed"),
    "bag-volume.unknown": ("needed",),
    "dose-volume.wrong": ("value", "needed"),
    "dose-volume.unknown": ("needed",),
    "diluent.wrong": ("value", "needed"),
    "diluent.unknown": ("needed",),
    "final-volume.withdrawn": ("value",),
    "inspection.failed": ("value",),
    **{f"{rule}.fall": (*_COUNT, "limit", "previous") for rule, kinds in VARIANTS.items() if "fall" in kinds},
    **{rule: (*_COUNT, "limit") for rule, kinds in VARIANTS.items() if "fall" in kinds},
}
_EPINEPHRINE = ("dose", "volume", "weight")

# Families that make a statement, so that it must have a source; the others are names, or speak for a rule.
_SOURCED = frozenset(
    (
        *("protocol", "product", "prepare", "infuse", "observe", "discharge", "level"),
        *("action", "path", "sign-advice", "expected", "pml", "decision", "other", "interrupted", "ctcae", "after"),
    )
)
# Families whose texts may be more than the required ones, and may have any name.
_OPEN = frozenset(("protocol", "product", "prepare", "infuse", "observe", "discharge", "pml", "other", "look", "path"))


def needs_basis(text_id: str) -> bool:
    """Does this text make a statement that needs a source of its own?"""
    return text_id.partition(".")[0] in _SOURCED


def figures_of(protocol: InfusionProtocol, text_id: str) -> frozenset[str]:
    """The figures of the moment that a text may name."""
    family, _, rest = text_id.partition(".")
    if family == "finding":
        return frozenset(FINDING_FIGURES.get(rest, FINDING_FIGURES.get(rest.partition(".")[0], ())))
    if family == "due" and rest.endswith(".unreliable"):
        return frozenset(_MEDICINE)
    if family == "action" and rest.partition(".")[0] == protocol.reaction.first_line:
        return frozenset(_EPINEPHRINE)
    return frozenset()


def required_ids(protocol: InfusionProtocol) -> Iterator[str]:
    """Every text id that the program will ask for by name."""
    for rule, variants in VARIANTS.items():
        yield f"rule.{rule}"
        yield from (f"finding.{rule}.{variant}" for variant in variants)
    for names in _NAMES:
        yield from names(protocol)
    yield from protocol.product.refused_codes.values()
    yield from ("protocol.name", "protocol.title", "protocol.not-approved", "prepare.summary", "infuse.summary")
    yield from ("infuse.watch", "observe.summary", "observe.leave", "discharge.summary", "discharge.advice.1")
    first_line = f"action.{protocol.reaction.first_line}"
    yield from (f"{first_line}.detail-without-weight", f"{first_line}.repeat")


def may_have(protocol: InfusionProtocol, text_id: str) -> bool:
    """Is a text that is not required still one that the program can use?"""
    family, _, rest = text_id.partition(".")
    if family == "expected":
        test, _dot, side = rest.partition(".")
        return protocol.lab_test(test) is not None and side in ("", "above", "below")
    if family == "level":
        return rest == f"{RAISED_BY_NURSE}.reason"
    if family == "sign-advice":
        return protocol.sign(rest) is not None
    return family in _OPEN and bool(rest)


def _questions(protocol: InfusionProtocol) -> Iterator[str]:
    for question in protocol.questions:
        yield from (f"question.{question.id}.text", f"question.{question.id}.hint")


def _reaction(protocol: InfusionProtocol) -> Iterator[str]:
    reaction = protocol.reaction
    yield from (f"sign.{sign.id}" for sign in reaction.signs)
    yield from (f"level.{level}.{part}" for level in LEVELS for part in ("title", "sentence"))
    lists = (reaction.first_acts, *reaction.actions.values(), *(path.acts for path in reaction.paths))
    actions = {action for ordered in lists for action in ordered}
    yield from (f"action.{action}.{part}" for action in sorted(actions) for part in ("title", "detail"))
    yield from (f"treatment.{treatment}" for treatment in reaction.treatments)
    yield f"flag.{reaction.flag}"
    for path in reaction.paths:
        yield from (f"path.{path.id}.{part}" for part in ("title", "sentence"))


def _after_reaction(protocol: InfusionProtocol) -> Iterator[str]:
    after = protocol.after_reaction
    if after is None:
        return
    yield "ctcae.note.one-term"
    for term in after.terms:
        yield f"ctcae.{term.id}.title"
        yield from (f"ctcae.{term.id}.{grade}" for grade in term.grades)
    yield from (f"delayed.{sign}" for sign in after.delayed_signs)
    yield from (f"after.{name}" for name in ("call", "call-put-off", "call-signs", "biphasic", "biphasic-resolved"))
    yield from (f"after.{name}" for name in ("tryptase", "delayed", "report"))


def _names_of_things(protocol: InfusionProtocol) -> Iterator[str]:
    yield from (f"indication.{indication}" for indication in protocol.indications)
    yield from (f"plan.{plan.weeks}" for plan in protocol.schedule.plans)
    yield from (f"route.{protocol.product.route}", f"diluent.{protocol.preparation.diluent}")
    yield from (f"vital.{sign}" for sign in protocol.vital_signs)
    yield from (f"test.{test.id}" for test in protocol.labs.tests)
    yield from (f"monitoring.{item.name}" for item in protocol.labs.monitoring)
    if protocol.labs.pml_risk is not None and protocol.labs.pml_risk.groups:
        yield from ("pml.note", "pml.source")
        yield from (f"pml.{group.id}.title" for group in protocol.labs.pml_risk.groups)
    decisions = protocol.decisions
    yield from (
        f"decision.{about}" for about in (decisions.resume, decisions.shorten_observation, decisions.next_infusion)
    )


def _prepare(protocol: InfusionProtocol) -> Iterator[str]:
    del protocol
    yield from (f"prepare.{line}.{part}" for line in LINES for part in ("title", "detail"))


def _due(protocol: InfusionProtocol) -> Iterator[str]:
    for rule in protocol.due.rules if protocol.due else ():
        yield from (f"due.{rule.name}.why", f"due.{rule.name}.put-off")
        if rule.monitoring is None:
            yield f"due.{rule.name}.title"
        if rule.unreliable_with is not None:
            yield f"due.{rule.name}.unreliable"


def _interrupted(protocol: InfusionProtocol) -> Iterator[str]:
    if protocol.interruption is not None:
        yield from (f"interrupted.{step}" for step in STEPS)


_NAMES: tuple[Callable[[InfusionProtocol], Iterator[str]], ...] = (
    _questions,
    _reaction,
    _after_reaction,
    _names_of_things,
    _prepare,
    _due,
    _interrupted,
)
