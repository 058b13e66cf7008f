"""What would change it: all smallest sets of changes and proofs that lift a measure. LANGUAGE.md 6.3."""
