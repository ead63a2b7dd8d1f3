"""The shape that discharge and the closed visit share: what happened today, line by line."""

from dataclasses import dataclass

from nurse_app.presentation.clock_page import NoticeView
from nurse_app.presentation.view_parts import SideView, StepHead


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One line of the visit: what it is about, and what there is to say."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class SummaryPageView:
    """``advice`` is read out to the patient; empty where there is nobody to read it to."""

    head: StepHead
    notices: tuple[NoticeView, ...]
    advice_title: str
    advice: tuple[str, ...]
    rows_title: str
    rows: tuple[SummaryRow, ...]
    side: SideView
