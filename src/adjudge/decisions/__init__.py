"""What the institution would say of an outcome: which measure, where, for how long, and who must decide."""
