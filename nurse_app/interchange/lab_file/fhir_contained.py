"""Resources inside another one. An Observation inside a DiagnosticReport has from it what it does not say itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from nurse_app.interchange.lab_file.fhir_elements import Element, Resource, choice_at, parts_at

_WITHDRAWN, _CANCELLED = "entered-in-error", "cancelled"


@dataclass(frozen=True, slots=True)
class _Report:
    """What a report says of the Observations inside it: in place of their own words, or where those are missing."""

    subject: Mapping[str, object]
    time: Mapping[str, object]
    instead: Mapping[str, object]

    def complete(self, observation: Element) -> Element:
        has_time = any(name.startswith("effective") for name in observation)
        withdrawn = {"status": _WITHDRAWN} if observation.get("status") == _WITHDRAWN else {}
        return {**self.subject, **({} if has_time else self.time), **observation, **self.instead, **withdrawn}


def contained_in(host: Resource) -> list[Resource]:
    """The resources in ``host``; relative references in them start where its own do. Raises NotTakenError."""
    bodies = parts_at(host.body, "contained")
    if host.kind == "DiagnosticReport":
        report = _report(host.body)
        bodies = [report.complete(body) if body.get("resourceType") == "Observation" else body for body in bodies]
    return [Resource(f"{host.place}, contained {at}", body, host.url) for at, body in enumerate(bodies, start=1)]


def _report(body: Element) -> _Report:
    instead = ["modifierExtension", "implicitRules"]
    if body.get("status") in (_WITHDRAWN, _CANCELLED):
        instead.append("status")
    return _Report(_some(body, ["subject"]), _some(body, [choice_at(body, "effective")]), _some(body, instead))


def _some(body: Element, names: list[str]) -> dict[str, object]:
    return {name: body[name] for name in names if body.get(name) is not None}
