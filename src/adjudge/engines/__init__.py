"""Evaluators for production. None of them imports `spec`, which they are compared with."""
