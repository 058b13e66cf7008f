"""A site whose API is called."""

from tests.sites import founded, site

__all__ = ["founded", "site"]
