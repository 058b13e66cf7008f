"""Values that every room speaks of: ids, instants, digests, places in a text, problems, weighed pairs."""
