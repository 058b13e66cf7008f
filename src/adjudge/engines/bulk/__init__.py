"""Very many subjects at once: evidence numbered, conditions as bitwise operations over columns of masks."""
