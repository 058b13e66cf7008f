"""Statements of reasons: what one must state, whether a draft states it, and one written from an outcome."""
