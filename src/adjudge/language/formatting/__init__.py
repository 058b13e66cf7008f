"""Layout of our files: the same meaning and the same comments in one canonical form."""
