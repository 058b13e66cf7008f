"""Where an institution is kept: in a database through Django's ORM, in memory, and bytes in a folder."""
