"""Measures how long F8 takes until the reaction is painted, from several screens, for bench.py (T-45).

python packaging/benchmarks/bench_reaction.py FOLDER   prints one line of JSON, in ms
"""

import json
import sys
import time
from pathlib import Path

from bench_program import settle, visit_on_screen, wait_for_paint
from bench_watch import SETTLE_MS, Figures, let_pass
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.domain.commands import CloseReaction
from nurse_app.presentation import intents as i
from nurse_app.ui.program import Program
from nurse_app.visit.open_visit import Author

PATIENCE_S = 20


def ways(visit_id: str, patient_id: str) -> dict[str, tuple[object, ...]]:
    """What leads to each screen."""
    there = i.GoToVisit(visit_id)
    return {
        "visit": (there,),
        "sheet": (there, i.OpenSheet(i.SheetKind.VITAL_SIGNS)),
        "help": (there, i.GoToHelp()),
        "home": (i.GoHome(),),
        "patient": (i.GoToPatient(patient_id),),
        "trends": (i.GoToTrends(patient_id),),
        "reports": (i.GoToReports(),),
        "about": (i.GoToAbout(),),
    }


def reactions(folder: Path) -> Figures:
    """The reaction of a running infusion, opened from each screen and closed again."""
    program, _figures = visit_on_screen(folder, until="start-infusion")
    service = program._parts.service
    ((visit_id, visit),) = service.visits().items()
    taken: Figures = {}
    for name, intents in ways(visit_id, visit.state.patient_id).items():
        for intent in intents:
            program.controller.on_intent(intent)
            settle(program)
        let_pass(SETTLE_MS)
        began = time.perf_counter()
        QTest.keyClick(program.stage, Qt.Key.Key_F8)
        while not is_shown(program):
            if time.perf_counter() - began > PATIENCE_S:
                sys.exit(f"F8 did not lead from {name} to the reaction.")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        wait_for_paint(program)
        taken[f"{name}_ms"] = 1000 * (time.perf_counter() - began)
        settle(program)
        service.handle(visit_id, CloseReaction("resolved"), Author("bench"))
    program.end()
    return taken


def is_shown(program: Program) -> bool:
    """Whether the page of the reaction is on the screen."""
    return any(page.isVisible() for page in program.stage.findChildren(QWidget, "reaction_page"))


if __name__ == "__main__":
    print(json.dumps(reactions(Path(sys.argv[1]))))
