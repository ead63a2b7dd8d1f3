"""What every rule gets: the protocol, the facts with nothing left out, and the moment they are judged for."""

from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from nurse_app.domain.calendar import day_of
from nurse_app.domain.facts import Enrolment, Facts, History, Identity, Order, Patient, Treatment, VitalSigns
from nurse_app.domain.protocol import InfusionProtocol


@dataclass(frozen=True, slots=True)
class Case:
    """The facts of one judgement. ``now`` is aware; days are those of its own offset.

    ``visit_day`` is the day on which the visit began, None outside a visit.
    """

    protocol: InfusionProtocol
    facts: Facts
    now: datetime
    visit_day: date | None = None

    @property
    def today(self) -> date:
        return self.now.date()

    def day(self, when: datetime | date) -> date:
        return day_of(when, self.now.tzinfo)

    @property
    def identity(self) -> Identity:
        return self.facts.identity or Identity()

    @property
    def patient(self) -> Patient:
        return self.facts.patient or Patient()

    @property
    def history(self) -> History:
        return self.patient.history or History()

    @property
    def treatment(self) -> Treatment:
        return self.patient.treatment or Treatment()

    @property
    def enrolment(self) -> Enrolment:
        return self.facts.rems or Enrolment()

    @property
    def vitals(self) -> VitalSigns:
        return self.facts.vitals or VitalSigns()

    @property
    def order(self) -> Order:
        return self.facts.order or Order()

    def says_yes(self, question: str) -> bool:
        return self.facts.answers.get(question) is True


def case_at_noon(protocol: InfusionProtocol, facts: Facts, today: date, zone: tzinfo | None) -> Case:
    """The facts as judged on a day as such, whatever the hour."""
    return Case(protocol, facts, datetime.combine(today, time(12), zone))
