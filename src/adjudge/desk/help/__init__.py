"""Help in place: the glossary of all words, the first run on the founding case, and the page of the design."""
