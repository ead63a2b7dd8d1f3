"""The rules and facts of a visit: pure functions over frozen values; no files, no clock, no Qt, no words."""
