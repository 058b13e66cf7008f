"""Why: what an outcome rests on, what speaks against it, and what is missing."""
