"""The storage room as Django knows it."""

from django.apps import AppConfig


class StorageConfig(AppConfig):
    """One app, whose models nobody outside of this room touches."""

    name = "adjudge.storage"
    label = "adjudge"
    default_auto_field = "django.db.models.BigAutoField"
