"""Another program on the same screen: a red window over everything, which notes what is typed into it.

python tests/ui/covering_window.py FILE    what was typed, whenever it changes
"""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLineEdit


def main(file: Path) -> None:
    app = QApplication([])
    window = QLineEdit()
    window.setWindowTitle("covering")
    window.setStyleSheet("background: #ff0000; border: none;")
    window.textChanged.connect(lambda text: file.write_text(text, encoding="utf-8"))
    window.setGeometry(app.primaryScreen().geometry())
    window.show()
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
