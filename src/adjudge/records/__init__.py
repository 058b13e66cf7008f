"""What an institution keeps, as values, and the port through which it is kept; no database is known here."""
