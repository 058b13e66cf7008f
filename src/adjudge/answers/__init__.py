"""The answer of `adjudge decide` in the forms in which people and programs read it."""
