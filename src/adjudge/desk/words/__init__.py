"""What pages say: the fixed words, by room."""
