"""Answers that are kept for a while, so that a request sent again is answered again and not carried out twice.

Not part of the record: they are forgotten after a day.
"""

from django.db import models


class RequestRecord(models.Model):
    """A request that was carried out, by who sent it and the key that it bore, with the answer to it."""

    id = models.CharField(max_length=200, primary_key=True)
    """The digest of who sent it and of its idempotency key."""
    request = models.CharField(max_length=71)
    """The digest of what was asked: the same key with another request is refused."""
    status = models.PositiveSmallIntegerField()
    headers = models.TextField()
    body = models.TextField()
    at = models.BigIntegerField(db_index=True)
    """Nanoseconds since 1970."""

    class Meta:
        """Beside the shelves."""

        db_table = "adjudge_request"
