"""The decision sheet as values: the reason in numbered clauses, the evidence beside it, each pointing to the other."""
