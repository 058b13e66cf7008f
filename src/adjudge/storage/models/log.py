"""The log in tables. Triggers of the database refuse every update and delete (migration 0002)."""

from django.db import models


class Head(models.Model):
    """One row, locked by whoever writes: entries follow each other without gaps."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)

    class Meta:
        """One row, by constraint."""

        db_table = "adjudge_head"
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="adjudge_one_head"),)


class EntryRecord(models.Model):
    """An entry: its canonical bytes, and the fields by which it is found."""

    seq = models.BigIntegerField(primary_key=True)
    subject = models.CharField(max_length=500, db_index=True)
    kind = models.CharField(max_length=101, db_index=True)
    content = models.BinaryField()

    class Meta:
        """In order of the log."""

        db_table = "adjudge_entry"
        ordering = ("seq",)


class NodeRecord(models.Model):
    """The hash of a complete subtree of the log."""

    level = models.PositiveSmallIntegerField()
    place = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        """Each node once."""

        db_table = "adjudge_node"
        constraints = (models.UniqueConstraint(fields=("level", "place"), name="adjudge_node_once"),)


class PartRecord(models.Model):
    """A sealed part of an entry. It can be deleted once its tombstone stands, and never changed."""

    digest = models.CharField(max_length=71, primary_key=True)
    entry = models.BigIntegerField(db_index=True)
    content = models.BinaryField()

    class Meta:
        """Beside the entries."""

        db_table = "adjudge_part"


class TombstoneRecord(models.Model):
    """Where a sealed part stood, when and why it was expunged, and the entry that says so."""

    digest = models.CharField(max_length=71, primary_key=True)
    at = models.CharField(max_length=40)
    why = models.TextField()
    entry = models.BigIntegerField()

    class Meta:
        """Beside the parts."""

        db_table = "adjudge_tombstone"


class CheckpointRecord(models.Model):
    """A signed checkpoint."""

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()

    class Meta:
        """In order of the log."""

        db_table = "adjudge_checkpoint"
        ordering = ("size",)
