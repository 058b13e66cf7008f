"""What is in force as a table that servers of ads ask: its layout, its keys, and how it is built from measures."""
