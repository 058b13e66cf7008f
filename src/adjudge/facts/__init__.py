"""What a policy may speak of, what documents say about it, and how heavily."""
