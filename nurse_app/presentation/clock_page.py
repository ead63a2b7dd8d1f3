"""The shape that infusing, flushing and observing share: a ring with the clock, the vital signs, what to do next."""

from dataclasses import dataclass

from nurse_app.domain.protocol import Severity
from nurse_app.presentation.symptom_rounds import RoundView
from nurse_app.presentation.view_parts import ActionView, SideView, StepHead, Tone
from nurse_app.presentation.vital_signs import VitalsTableView


@dataclass(frozen=True, slots=True)
class RingFigures:
    """What the ring says. ``progress`` runs from 0 to 1; ``paused_word`` is there only while the clock stands still."""

    digits: str
    caption: str
    note: str = ""
    progress: float = 0.0
    tone: Tone = "brand"
    paused_word: str = ""


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A strip across the page: what is special now."""

    id: str
    severity: Severity
    title: str
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class ClockPageView:
    """One of the steps whose middle is a clock. ``remarks`` stand small under the vital signs.

    ``actions`` are this step's own next acts, ``others`` what may be done at any time. There is no ring
    when there is nothing left to wait for.
    """

    head: StepHead
    notices: tuple[NoticeView, ...]
    ring: RingFigures | None
    vitals: VitalsTableView
    remarks: tuple[str, ...]
    actions: tuple[ActionView, ...]
    others: tuple[ActionView, ...]
    side: SideView
    round: RoundView | None = None
