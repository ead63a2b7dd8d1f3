"""Entries of identification, pre-checks and preparation, in words for the timeline and the record."""

from nurse_app.domain import events as e
from nurse_app.domain.facts import VitalSigns
from nurse_app.domain.finding import Finding
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.rules.vital_signs import readings
from nurse_app.i18n import _
from nurse_app.presentation.entry_words_kit import EntryWords, WordContext, ended
from nurse_app.presentation.finding_words import expiry_words
from nurse_app.presentation.formats import number, with_unit
from nurse_app.presentation.protocol_words import decision_subject, optional_text

_PRESSURES = ("systolic", "diastolic")


def _started(event: e.VisitStarted, _context: WordContext) -> str:
    return _("Visit started. Record number {record_no}. Protocol {id} {version}.").format(
        record_no=event.record_no, id=event.protocol.id, version=event.protocol.version
    )


def _facts(_event: e.FactsUpdated, _context: WordContext) -> str:
    return _("The patient’s record was changed. The new details count from here on.")


def _how(entered: e.HowEntered) -> str:
    return _("scanned") if entered == "scanned" else _("typed")


def _identified(event: e.PatientIdentified, _context: WordContext) -> str:
    text = _("Identity confirmed: wristband {wristband} ({how}).")
    return text.format(wristband=event.wristband, how=_how(event.entered))


def _mismatched(event: e.IdentityMismatched, _context: WordContext) -> str:
    text = _("Refused: wristband {wristband} ({how}) is not this patient’s.")
    return text.format(wristband=event.wristband, how=_how(event.entered))


def _answered(event: e.QuestionAnswered, context: WordContext) -> str:
    question = optional_text(context.protocol, f"question.{event.question}.text") or event.question
    answer = _("Yes") if event.answer else _("No")
    return _("{question} {answer}").format(question=question, answer=answer)


def vital_signs_sentence(protocol: InfusionProtocol, vitals: VitalSigns) -> str:
    """One set with its names: Blood pressure 124/78 mmHg, pulse 72 /min, …; what was not measured is left out."""
    values = readings(vitals)
    parts: list[str] = []
    if any(values[name] is not None for name in _PRESSURES):
        both = "/".join("—" if (value := values[name]) is None else number(value) for name in _PRESSURES)
        pressure = with_unit(both, protocol.vital_signs[_PRESSURES[0]].unit)
        parts.append(_("Blood pressure {value}").format(value=pressure))
    for name, sign in protocol.vital_signs.items():
        value = values[name]
        if name not in _PRESSURES and value is not None:
            title = optional_text(protocol, f"vital.{name}") or name
            parts.append(f"{title} {with_unit(number(value), sign.unit)}")
    return " · ".join(parts)


def _vitals(event: e.VitalSignsRecorded, context: WordContext) -> str:
    return _("Vital signs: {values}.").format(values=vital_signs_sentence(context.protocol, event.vitals))


def _decision(event: e.DecisionRecorded, context: WordContext) -> str:
    about = decision_subject(context.protocol, event.about)
    word = _("proceed") if event.decision == "proceed" else _("do not give")
    text = _("Prescriber’s decision by {by}: {word} ({about}). Read back.")
    return text.format(by=event.by, word=word, about=about)


def noted_findings(protocol: InfusionProtocol, findings: tuple[Finding, ...]) -> str:
    """The rules that found something above information, each named once."""
    rules = dict.fromkeys(finding.rule for finding in findings if finding.severity != "information")
    return ", ".join(optional_text(protocol, f"rule.{rule}") or rule for rule in rules)


def _prechecks(event: e.PrechecksFinished, context: WordContext) -> str:
    noted = noted_findings(context.protocol, event.findings)
    if not noted:
        return _("Pre-checks finished. Nothing holds the dose back.")
    return _("Pre-checks finished. Cautions seen: {names}.").format(names=noted)


def _product(event: e.ProductRecorded, context: WordContext) -> str:
    product = event.product
    size = " / ".join(
        with_unit(number(value), unit)
        for value, unit in ((product.strength_mg, "mg"), (product.volume_ml, "mL"))
        if value is not None
    )
    parts = [
        " ".join(part for part in (product.brand or _("brand not known"), size) if part),
        optional_text(context.protocol, f"route.{product.route}") or product.route or "",
        _("lot {lot}").format(lot=product.lot) if product.lot else _("lot not known"),
        _("expires {expiry}").format(expiry=expiry_words(product.expiry)) if product.expiry else "",
    ]
    words = ", ".join(part for part in parts if part)
    return _("Vial: {words} ({how}).").format(words=words, how=_how(event.entered))


def _vial_inspected(event: e.VialInspected, context: WordContext) -> str:
    return _("Vial inspected: {result}.").format(result=_look(context.protocol, event.result))


def _bag_inspected(event: e.BagInspected, context: WordContext) -> str:
    return _("Bag inspected: {result}.").format(result=_look(context.protocol, event.result))


def _look(protocol: InfusionProtocol, look: str) -> str:
    return optional_text(protocol, f"look.{look}") or look


def _diluent(event: e.DiluentRecorded, context: WordContext) -> str:
    name = optional_text(context.protocol, f"diluent.{event.diluent}") or event.diluent
    volume = with_unit(number(event.bag_ml), "mL")
    if event.lot:
        return _("Diluent: {name}, {volume}, lot {lot}.").format(name=name, volume=volume, lot=event.lot)
    return _("Diluent: {name}, {volume}.").format(name=name, volume=volume)


def _dose(event: e.DoseAdded, _context: WordContext) -> str:
    added = with_unit(number(event.added_ml), "mL")
    if event.withdrawn_from_bag_ml:
        out = with_unit(number(event.withdrawn_from_bag_ml), "mL")
        return _("{added} of the drug added to the bag, {out} taken out before.").format(added=added, out=out)
    return _("{added} of the drug added to the bag.").format(added=added)


def _inverted(_event: e.BagInverted, _context: WordContext) -> str:
    return _("Bag inverted gently, not shaken.")


def _mixed(_event: e.DilutionFinished, _context: WordContext) -> str:
    return _("Mixing finished. The use-before clock runs.")


def _labelled(_event: e.BagLabelled, _context: WordContext) -> str:
    return _("Bag labelled.")


def _moved(event: e.BagMoved, _context: WordContext) -> str:
    return _("Bag put into the refrigerator.") if event.place == "refrigerator" else _("Bag out of the refrigerator.")


def _warmed(_event: e.BagWarmed, _context: WordContext) -> str:
    return _("Bag is at room temperature again.")


def _discarded(event: e.BagDiscarded, _context: WordContext) -> str:
    return _("Bag discarded: {reason}.").format(reason=ended(event.reason))


def _second_passed(event: e.SecondCheckPassed, context: WordContext) -> str:
    text = _("Second check by {by}: lot {lot}, {added} added, record number {record_no}. All agree.")
    return text.format(
        by=context.name_of(event.by),
        lot=event.lot,
        added=with_unit(number(event.added_ml), "mL"),
        record_no=event.record_no,
    )


def _second_failed(event: e.SecondCheckFailed, context: WordContext) -> str:
    words = {"lot": _("lot"), "added_ml": _("volume added"), "record_no": _("record number")}
    names = ", ".join(words.get(name, name) for name in event.differs)
    return _("Second check by {by} differs: {names}.").format(by=context.name_of(event.by), names=names)


def _line(event: e.LineReadied, _context: WordContext) -> str:
    return _("Line ready: {site}.").format(site=ended(event.site))


WORDS: EntryWords = {
    e.VisitStarted: _started,
    e.FactsUpdated: _facts,
    e.PatientIdentified: _identified,
    e.IdentityMismatched: _mismatched,
    e.QuestionAnswered: _answered,
    e.VitalSignsRecorded: _vitals,
    e.DecisionRecorded: _decision,
    e.PrechecksFinished: _prechecks,
    e.ProductRecorded: _product,
    e.VialInspected: _vial_inspected,
    e.DiluentRecorded: _diluent,
    e.DoseAdded: _dose,
    e.BagInverted: _inverted,
    e.DilutionFinished: _mixed,
    e.BagInspected: _bag_inspected,
    e.BagLabelled: _labelled,
    e.BagMoved: _moved,
    e.BagWarmed: _warmed,
    e.BagDiscarded: _discarded,
    e.SecondCheckPassed: _second_passed,
    e.SecondCheckFailed: _second_failed,
    e.LineReadied: _line,
}
