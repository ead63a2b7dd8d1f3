"""Measures ten linked trends as the program draws them beside ten plain pyqtgraph plots at the same look, for bench.py.

python packaging/benchmarks/bench_trends.py   prints one line of JSON; all in milliseconds
"""

import json
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from nurse_app.domain.facts import Facts, LabResult
from nurse_app.presentation.lab_drawing import InfusionMark, TreatmentMarks
from nurse_app.presentation.lab_trend import LabHistory, TrendPanel, TrendsView, present_trends
from nurse_app.protocol_files.catalog import ProtocolCatalog
from nurse_app.ui.charts.chart import Chart
from nurse_app.ui.charts.course import Course
from nurse_app.ui.screens.trends_screen import CurvesPage, trends_page
from nurse_app.ui.theme import Scheme, Theme, current_theme

PROJECT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 22)
POINTS = 150
TURNS = 15
FIRSTS = 5
MILLION = 1_000_000
SIZE = (1366, 1600)
COLUMNS = 3
TESTS = (
    ("ALT", "U/L", "7", "40"),
    ("AST", "U/L", "8", "40"),
    ("ALP", "U/L", "30", "120"),
    ("GGT", "U/L", "5", "60"),
    ("BILI", "umol/L", "5", "21"),
    ("PLT", "10*9/L", "150", "400"),
    ("NEUT", "10*9/L", "1.5", "7.5"),
    ("LYMPH", "10*9/L", "1.0", "4.0"),
    ("WBC", "10*9/L", "4.0", "11.0"),
    ("TSH", "m[IU]/L", "0.4", "4.0"),
)
Range = tuple[float, float]


def results() -> tuple[LabResult, ...]:
    """Twelve and a half years of a sample patient, monthly: within the range, and out of it now and then."""
    found = []
    for place, (test, unit, low, high) in enumerate(TESTS):
        lower, upper = Decimal(low), Decimal(high)
        for number in range(POINTS):
            share = Decimal((number * 37 + place * 11) % 100) / 100
            value = lower + (upper - lower) * share * (Decimal("1.6") if number % 12 == 5 else 1)
            day = TODAY - timedelta(days=30 * (POINTS - number))
            found.append(LabResult(test, str(value.quantize(Decimal("0.1"))), day, unit, lower, upper))
    return tuple(found)


def view() -> TrendsView:
    """What the page shows: the results and an infusion every four weeks."""
    protocol = ProtocolCatalog(PROJECT / "resources" / "protocols", "en").load("natalizumab")
    days = [(TODAY - timedelta(days=28 * number)).toordinal() for number in range(POINTS, 0, -1)]
    marks = tuple(InfusionMark(float(day), "given", "") for day in days)
    return present_trends(protocol, LabHistory(Facts(labs=results()), TreatmentMarks(marks)), TODAY, UTC)


class Plain:
    """Ten PlotWidgets with the same curves, points, bands, lines and infusions, linked by their time axis."""

    def __init__(self, shown: TrendsView) -> None:
        self.widget = QWidget()
        self.widget.resize(*SIZE)
        grid = QGridLayout(self.widget)
        self.plots = [pg.PlotWidget(background=current_theme().colour("surface")) for _panel in shown.panels]
        for place, (plot, panel) in enumerate(zip(self.plots, shown.panels, strict=True)):
            grid.addWidget(plot, *divmod(place, COLUMNS))
            self._fill(plot, panel, shown)
            plot.setXLink(self.plots[0])

    def _fill(self, plot: pg.PlotWidget, panel: TrendPanel, shown: TrendsView) -> None:
        theme = current_theme()
        for band in panel.drawing.bands:
            if band.low is not None and band.high is not None:
                limits = (float(band.low), float(band.high))
                ground = theme.colour("done_ground")
                plot.addItem(pg.LinearRegionItem(limits, "horizontal", ground, pen=pg.mkPen(None), movable=False))
        for line in panel.drawing.lines:
            pen = pg.mkPen(theme.colour("hold"), style=Qt.PenStyle.DashLine)
            plot.addItem(pg.InfiniteLine(float(line.newest), 0, pen))
        days = [point.at for point in panel.points]
        brand, rim = theme.colour("brand"), pg.mkPen(theme.colour("surface"), width=1)
        plot.plot(
            days,
            [float(point.value) for point in panel.points],
            pen=pg.mkPen(brand, width=2),
            symbol="o",
            symbolSize=7,
            symbolBrush=brand,
            symbolPen=rim,
        )
        # As an item of their own: a look for each spot in a list would cost pyqtgraph a second.
        beyond = [point for point in panel.points if point.standing in ("above", "below")]
        diamonds = pg.ScatterPlotItem(symbol="d", size=12, pen=rim, brush=pg.mkBrush(theme.colour("hold")))
        diamonds.setData([point.at for point in beyond], [float(point.value) for point in beyond])
        plot.addItem(diamonds)
        ticks = pg.ScatterPlotItem(symbol="+", size=9, pen=pg.mkPen(theme.colour("brand"), width=1.6), brush=None)
        ticks.setData([mark.at for mark in shown.treatment.infusions], [0.0] * len(shown.treatment.infusions))
        plot.addItem(ticks)

    def pan(self, to: Range) -> None:
        self.plots[0].setXRange(*to, padding=0)


def median_ms(act: Callable[[int], None], turns: int = TURNS) -> float:
    """The median of some turns, each until all is painted."""
    took = []
    for turn in range(turns):
        began = time.perf_counter()
        act(turn)
        QApplication.processEvents()
        took.append(1000 * (time.perf_counter() - began))
    return statistics.median(took)


def shifted(shown: Range, turn: int) -> Range:
    """The same stretch some days earlier."""
    return shown[0] - 10 * (turn + 1), shown[1] - 10 * (turn + 1)


def closer(shown: Range, turn: int) -> Range:
    """A shorter stretch."""
    return shown[0] + 100 * (turn + 1), shown[1]


class Twins:
    """The page and its plain twin, measured in turns."""

    def __init__(self) -> None:
        self.view = view()
        whole = self.view.ranges[-1]
        self.shown = (whole.start, whole.end)
        self._kept: list[QWidget] = []

    def ours(self) -> CurvesPage:
        """The page as it is shipped, showing all there is."""
        page = trends_page()
        page.resize(*SIZE)
        page.show_view(self.view)
        page.grid.show_panels(self.view.panels, self.view.treatment, self.shown)
        return page

    def plain(self) -> Plain:
        """The plain twin."""
        made = Plain(self.view)
        made.pan(self.shown)
        return made

    def first_ms(self, make: Callable[[], QWidget]) -> float:
        """From nothing to painted, the libraries being loaded."""

        def show(_turn: int) -> None:
            self._kept.append(make())
            self._kept[-1].show()

        took = median_ms(show, FIRSTS)
        for widget in self._kept:
            widget.close()
            widget.deleteLater()
        self._kept.clear()
        QApplication.processEvents()
        return took

    def figures(self) -> dict[str, float]:
        """All of it in milliseconds, the plain twin with pyqtgraph's usual and with its fast thick lines."""
        self.first_ms(self.ours)
        figures = {"panels": float(len(self.view.panels)), "first_ms": self.first_ms(self.ours)}
        page = self.ours()
        page.show()
        QApplication.processEvents()
        figures |= self._moved("", lambda to: page.grid.show_panels(self.view.panels, self.view.treatment, to))
        page.grid.show_panels(self.view.panels, self.view.treatment, self.shown)
        chart = page.findChildren(Chart)[0]
        figures["crosshair_ms"] = median_ms(lambda turn: chart.point_at(QPointF(60 + 9 * turn, 40)), 30)
        figures |= self._million(chart)
        page.close()
        for mode in ("auto", "on"):
            pg.setConfigOptions(antialias=True, segmentedLineMode=mode)
            figures[f"plain_{mode}_first_ms"] = self.first_ms(lambda: self.plain().widget)
            plain = self.plain()
            plain.widget.show()
            QApplication.processEvents()
            figures |= self._moved(f"plain_{mode}_", plain.pan)
            plain.widget.close()
        return figures

    def _moved(self, name: str, show: Callable[[Range], None]) -> dict[str, float]:
        return {
            f"{name}pan_ms": median_ms(lambda turn: show(shifted(self.shown, turn))),
            f"{name}zoom_ms": median_ms(lambda turn: show(closer(self.shown, turn))),
        }

    def _million(self, chart: Chart) -> dict[str, float]:
        """A million values in one panel, all of them shown, and a tenth of them."""
        drawing, treatment = self.view.panels[0].drawing, self.view.treatment
        values = 25 + 15 * np.sin(np.arange(MILLION) / 7)
        chart.ink.draw_course(Course(np.linspace(*self.shown, MILLION), values))
        tenth = (self.shown[1] - (self.shown[1] - self.shown[0]) / 10, self.shown[1])
        return {
            "million_pan_ms": median_ms(lambda turn: chart.show_drawing(drawing, treatment, shifted(self.shown, turn))),
            "million_closer_pan_ms": median_ms(
                lambda turn: chart.show_drawing(drawing, treatment, shifted(tenth, turn))
            ),
        }


def main() -> None:
    """Measure once and say so."""
    app = QApplication([])
    Theme(PROJECT / "resources", app).apply(Scheme.LIGHT, 100)
    print(json.dumps(Twins().figures()))


if __name__ == "__main__":
    main()
