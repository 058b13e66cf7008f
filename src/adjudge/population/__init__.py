"""Many subjects at once: whom a rule or a stated reason reaches, and who was treated otherwise in a like case."""
