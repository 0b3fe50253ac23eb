"""Practices recorded and played again: by `mot replay`, and in pytest."""
