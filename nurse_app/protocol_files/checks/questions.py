"""Checks on questions, other medicines, prescribers' decisions and the list of rules."""

from nurse_app.domain.protocol import InfusionProtocol, MedicineGroup
from nurse_app.domain.rules.names import RULE_NAMES, VARIANTS
from nurse_app.plain_data import MisfitError
from nurse_app.protocol_files.checks.basics import known, unique


def check_rules(protocol: InfusionProtocol) -> None:
    """Every rule of the program has its reasons here, and no other."""
    for rule in sorted(RULE_NAMES - set(protocol.rules)):
        raise MisfitError(f"rules.{rule}", "is missing")
    known("rules", protocol.rules, RULE_NAMES, "a rule")
    known("decisions.standing", protocol.decisions.standing, RULE_NAMES, "a rule")


def check_questions(protocol: InfusionProtocol) -> None:
    """Ids once; each rule takes a yes."""
    unique("questions", (question.id for question in protocol.questions))
    for question in protocol.questions:
        rule_has(f"questions.{question.id}.rule", question.rule, "yes")


def check_medicines(protocol: InfusionProtocol) -> None:
    """Names in lower case, each in one group only."""
    medicines = protocol.medicines
    _check_words("medicines.local_words", medicines.local_words)
    for word in medicines.local_words:
        if " " in word:
            raise MisfitError("medicines.local_words", f"“{word}” is more than one word")
    for group in medicines.groups:
        _check_group(group)
    unique("medicines.groups", (name for group in medicines.groups for name in (*group.names, *group.words)))


def _check_group(group: MedicineGroup) -> None:
    place = f"medicines.groups.{group.rule}"
    rule_has(place, group.rule, "named", "window")
    _check_words(place, (*group.names, *group.words))


def _check_words(place: str, words: tuple[str, ...]) -> None:
    for word in words:
        if word != word.casefold().strip() or not word:
            raise MisfitError(place, f"“{word}” must be lower case, without spaces around it")


def rule_has(place: str, rule: str, *variants: str) -> None:
    """The rule is known and has a sentence for at least one of these variants."""
    known(place, (rule,), RULE_NAMES, "a rule")
    if not set(variants) & set(VARIANTS[rule]):
        raise MisfitError(place, f"“{rule}” has no sentence for “{variants[0]}”")
