"""Every setting of the program that serves an institution, typed, with its reason; and what Django is told of it."""
