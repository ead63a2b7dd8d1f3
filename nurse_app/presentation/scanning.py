"""A barcode that a page or sheet received; reading it is not theirs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScanBarcode:
    """Find out what a scanned code stands for in the present step. ``text`` is the whole code, separators included."""

    text: str
