"""Documents with their provenance, and the case folder that gathers them with claims and a question."""
