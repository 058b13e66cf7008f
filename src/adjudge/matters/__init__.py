"""Matters and decisions of the institution as pure rules: states, who must take part, what a decision must have."""
