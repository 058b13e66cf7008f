"""The decision sheet: the reason and the evidence side by side, what would be sent, and what can be done about it."""
