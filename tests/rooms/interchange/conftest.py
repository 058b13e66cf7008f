"""Every place in which records are kept, for what is brought in."""

from tests.databases import database, in_memory, migrated_sqlite, place, postgres

__all__ = ["database", "in_memory", "migrated_sqlite", "place", "postgres"]
