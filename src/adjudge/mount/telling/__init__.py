"""What the program tells of itself on the standard error: a line for each event, in one form, about nobody."""
