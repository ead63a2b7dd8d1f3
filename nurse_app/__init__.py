"""Bedside assistant for one natalizumab infusion."""

__version__ = "0.1.0"
