"""Pages to a printer, through Qt’s own dialog beside the window."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPagedPaintDevice, QPageLayout
from PySide6.QtWidgets import QDialog, QWidget

from nurse_app.presentation.save_trends import (
    no_printer_words,
    not_during_visit_words,
    not_printed_words,
    printed_words,
)
from nurse_app.ui.dialog_reaction import give_reaction, hides_reaction
from nurse_app.ui.paper import LANDSCAPE
from nurse_app.ui.trend_files import PDF_DOTS_PER_INCH

_NAME = "print_dialog"


Told = Callable[[str], None]


def ask_and_print(
    parent: QWidget,
    paint: Callable[[QPagedPaintDevice], bool],
    done: Told,
    refused: Told,
    layout: QPageLayout = LANDSCAPE,
    dots_per_inch: int = PDF_DOTS_PER_INCH,
) -> None:
    """Ask for a printer and paint on it; ``done`` or ``refused`` hears in words what came of it.

    The dialog holds nothing up and goes with ``parent``. Printers are only asked for when somebody wants to print: one
    on a network that is away makes everything wait.
    """
    if hides_reaction(parent):
        refused(not_during_visit_words())
        return
    printing = import_module("PySide6.QtPrintSupport")
    if not printing.QPrinterInfo.availablePrinterNames():
        refused(no_printer_words())
        return
    there = parent.findChild(printing.QPrintDialog, _NAME)
    if there is not None:
        there.activateWindow()
        return
    printer = printing.QPrinter(printing.QPrinter.PrinterMode.HighResolution)
    set_up(printer, layout, dots_per_inch)
    dialog = printing.QPrintDialog(printer, parent)
    dialog.setObjectName(_NAME)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    give_reaction(dialog, parent)

    def finished(result: int) -> None:
        # Keys are the window’s again.
        parent.activateWindow()
        if result != QDialog.DialogCode.Accepted:
            return
        if paint(printer):
            done(printed_words(printer.printerName()))
        else:
            refused(not_printed_words(printer.printerName()))

    dialog.finished.connect(finished)
    dialog.show()


def set_up(printer: Any, layout: QPageLayout = LANDSCAPE, dots_per_inch: int = PDF_DOTS_PER_INCH) -> None:
    """Pages as in the PDF; the name of the job says nothing about the patient."""
    printer.setDocName("nurse-app")
    printer.setResolution(dots_per_inch)
    printer.setPageLayout(layout)
    printer.setFullPage(True)
