"""The rules of the pre-checks, one small module a subject: pure functions from facts to findings."""
