"""Lint: one file per question that an author should be asked before a package is sealed (LANGUAGE.md 6.5)."""
