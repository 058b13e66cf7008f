"""What would change an answer, as people read it."""
