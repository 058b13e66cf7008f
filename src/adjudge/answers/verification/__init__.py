"""What the verification of a log or a receipt has found, as people and programs read it."""
