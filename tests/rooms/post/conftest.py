"""A certificate for the receivers of a session."""

from tests.receivers import certificate

__all__ = ["certificate"]
