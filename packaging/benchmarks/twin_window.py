"""The bare twin of the packaged program: a window with one plot, and nothing of ours."""

import sys

import pyqtgraph
from PySide6.QtWidgets import QApplication, QMainWindow

if __name__ == "__main__":
    app = QApplication(sys.argv)
    window = QMainWindow()
    window.setWindowTitle("Bare window")
    window.setCentralWidget(pyqtgraph.PlotWidget(background="w"))
    window.resize(1366, 768)
    window.show()
    sys.exit(app.exec())
