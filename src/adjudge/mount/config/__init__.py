"""What the program finds where it is to run: its settings, the machine, the database; and what is wrong with them."""
