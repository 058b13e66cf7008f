"""A package from its nodes, part by part; what cannot be evaluated is refused here."""
