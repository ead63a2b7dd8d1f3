"""The parts of the smoke test of a built folder; packaging/smoke_test.py puts them together."""
