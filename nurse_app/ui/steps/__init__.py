"""One page a phase. Pages do not know each other; they are loaded when they are first needed."""

from importlib import import_module
from typing import Any, Literal, Protocol, cast

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from nurse_app.domain.state import Phase

# A reaction that the disk does not take is no phase of the visit, and has a page all the same.
PageKind = Phase | Literal["paper"]
_PAGES: dict[PageKind, tuple[str, str]] = {
    "identify": ("identify_page", "IdentifyPage"),
    "prechecks": ("prechecks_page", "PrechecksPage"),
    "prepare": ("prepare_page", "PreparePage"),
    "infuse": ("infuse_page", "InfusePage"),
    "flush": ("flush_page", "FlushPage"),
    "observe": ("observe_page", "ObservePage"),
    "reaction": ("reaction_page", "ReactionPage"),
    "discharge": ("discharge_page", "DischargePage"),
    "closed": ("closed_page", "ClosedPage"),
    "paper": ("paper_page", "PaperPage"),
}


class StepPage(Protocol):
    """What every page has."""

    intent_requested: SignalInstance

    def show_view(self, view: Any) -> None: ...

    def first_focus(self) -> None: ...


def page_for(phase: PageKind) -> QWidget:
    """A new page for a phase; it also is a StepPage."""
    module, name = _PAGES[phase]
    made = getattr(import_module(f"nurse_app.ui.steps.{module}"), name)()
    return cast("QWidget", made)
