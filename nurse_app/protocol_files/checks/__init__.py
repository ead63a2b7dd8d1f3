"""Checks on a built protocol, a module a subject; each raises MisfitError at the first fault."""
