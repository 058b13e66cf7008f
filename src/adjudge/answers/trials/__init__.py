"""How the tests of a policy went, as people read it."""
