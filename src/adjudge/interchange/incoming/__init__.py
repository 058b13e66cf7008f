"""Rows of CSV and JSON Lines read, and made into subjects, claims and spend by a mapping."""
