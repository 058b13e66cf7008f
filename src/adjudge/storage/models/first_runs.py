"""How far people have come with the first steps: which of them they marked, and whether they left them.

Not part of the record: nothing is decided by them.
"""

from typing import ClassVar

from django.db import models

from adjudge.storage.models.accounts import Account


class FirstRun(models.Model):
    """The first steps of an account: the names of those that were marked, each followed by a space."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, primary_key=True, related_name="+")
    marked = models.CharField(max_length=500, blank=True)
    is_left = models.BooleanField(default=False)

    objects: ClassVar["models.Manager[FirstRun]"] = models.Manager()

    class Meta:
        """One for each account."""

        db_table = "adjudge_first_run"

    def __str__(self) -> str:
        """What was marked."""
        return self.marked
