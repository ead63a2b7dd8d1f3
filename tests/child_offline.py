"""A program whose every reach for a network is told: rehearses a visit, looks through its records, saves a backup.

python tests/child_offline.py FOLDER     prints what it did, then the modules for networks that were loaded
"""

import sys
from pathlib import Path

# Every reach of Python's own libraries for a network is announced under one of these names before it is made.
EVENTS = ("socket.", "ssl.", "http.", "urllib.", "ftplib.", "smtplib.", "poplib.", "imaplib.", "nntplib.", "telnetlib.")
MODULES = ("_ssl", "ssl", "ftplib", "http.client", "smtplib", "urllib.request", "PySide6.QtNetwork", "webbrowser")
reached: list[str] = []


def watch(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(EVENTS) or event == "webbrowser.open":
        reached.append(f"{event} {arguments}")


def run(*words: str) -> None:
    from nurse_app.main import main

    code = main(words)
    assert code == 0, (words, code)


def main(folder: Path) -> int:
    sys.addaudithook(watch)
    records = str(folder / "records")
    run("rehearse", "--output", str(folder / "pictures"), "--data-dir", records)
    run("--data-dir", records, "verify")
    run("--data-dir", records, "backup", str(folder / "copy.nursebackup"))
    sys.stdout.write(f"reached: {reached}\n")
    sys.stdout.write(f"loaded: {sorted(set(MODULES) & sys.modules.keys())}\n")
    return 0


if __name__ == "__main__":
    if sys.argv[2:] == ["reach"]:
        # To see that the watch works: the test asks for one reach.
        sys.addaudithook(watch)
        import socket

        socket.socket(socket.AF_UNIX).close()
        sys.stdout.write(f"reached: {reached}\n")
        sys.exit(0)
    sys.exit(main(Path(sys.argv[1])))
