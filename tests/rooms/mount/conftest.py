"""A site of one's own for each test of what looks after it, and a PostgreSQL to serve one from."""

from tests.databases import postgres
from tests.sites import founded, site

__all__ = ["founded", "postgres", "site"]
