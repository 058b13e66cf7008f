"""Views of the queue that somebody has saved: a name and what was asked for.

Not part of the record: nothing is decided by them.
"""

from typing import ClassVar

from django.db import models

from adjudge.storage.models.accounts import Account


class SavedView(models.Model):
    """A view, by the account of whoever saved it."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    query = models.CharField(max_length=2_000)

    objects: ClassVar["models.Manager[SavedView]"] = models.Manager()

    class Meta:
        """One of a name for each account."""

        db_table = "adjudge_saved_view"
        constraints = (models.UniqueConstraint(fields=("account", "name"), name="adjudge_saved_view_once"),)

    def __str__(self) -> str:
        """The name."""
        return self.name
