"""One rule for one subject: its tree, what it means, its figure."""
