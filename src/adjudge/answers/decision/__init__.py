"""What was decided, and why: the answer to a case, as values and in every form."""
