"""Measures an import of results beside reading the same file with the csv module alone, for bench.py.

python packaging/benchmarks/bench_import.py FOLDER ROWS   prints one line of JSON
"""

import csv
import json
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nurse_app.interchange.lab_file.csv_file import CsvForm
from nurse_app.interchange.lab_file.reading import read_lab_file

PROJECT = Path(__file__).resolve().parents[2]
TESTS = (("1742-6", "U/L", "8", "40"), ("1920-8", "U/L", "8", "40"), ("777-3", "10*9/L", "150", "400"))
ROWS_OF_A_PATIENT = 120
BEGIN = datetime(2016, 1, 4, 8, 0, tzinfo=UTC)


def write(file: Path, rows: int) -> None:
    """So many results of sample patients over years, in the order in which a laboratory would send them."""
    patients = max(1, rows // ROWS_OF_A_PATIENT)
    with file.open("w", newline="", encoding="utf-8") as page:
        writer = csv.writer(page)
        writer.writerow(("record_no", "collected_at", "test", "value", "unit", "ref_low", "ref_high"))
        for number in range(rows):
            turn, patient = divmod(number, patients)
            when, (test, unit, low, high) = BEGIN + timedelta(days=30 * (turn // len(TESTS))), TESTS[turn % len(TESTS)]
            value = f"{20 + number * 7 % 300 / 10:.1f}"
            writer.writerow((f"SAMPLE{patient:05d}", when.isoformat(), test, value, unit, low, high))


def measure(folder: Path, rows: int) -> dict[str, float]:
    """Seconds of the csv module, of our reader, and of the whole command into an empty data folder, then again."""
    folder.mkdir(parents=True)
    file = folder / "results.csv"
    write(file, rows)
    began = time.perf_counter()
    with file.open(newline="", encoding="utf-8") as page:
        read = sum(1 for _row in csv.reader(page)) - 1
    figures: dict[str, float] = {"rows": read, "csv_s": time.perf_counter() - began}
    began = time.perf_counter()
    taken = read_lab_file(file.read_bytes(), CsvForm(), UTC)
    figures["read_s"] = time.perf_counter() - began
    if len(taken.rows) != rows:
        sys.exit("Not all rows were read.")
    command = [sys.executable, "-m", "nurse_app", "--data-dir", str(folder / "records"), "import-labs", str(file)]
    for name in ("import_s", "again_s"):
        began = time.perf_counter()
        subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
        figures[name] = time.perf_counter() - began
    return figures


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]))))
