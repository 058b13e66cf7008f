"""What is published of decisions: the register sought, read, counted and written to files; and replies in it."""
