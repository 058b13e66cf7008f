"""A site of one's own for each test of its pages."""

from tests.sites import founded, site

__all__ = ["founded", "site"]
