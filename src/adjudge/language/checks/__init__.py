"""Lint: one file per question that an author should be asked before a package is sealed (LANGUAGE.md 6.5).

More than ten modules, since a check is found by its name; what they share is in `adjudge.language.analysis`.
"""
