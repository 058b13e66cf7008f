"""Every setting of the program that serves an institution, typed, with its default and its reason; what Django is told."""
