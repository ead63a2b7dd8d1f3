"""Bedside assistant for one natalizumab infusion."""

__version__ = "0.1.0"
# The day of this version, which no right clock is before.
__made__ = "2026-11-22"
