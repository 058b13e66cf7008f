"""Django's models: the log, which only grows, the shelves with the present state of things, and accounts to sign in."""

from adjudge.storage.models.accounts import Account
from adjudge.storage.models.first_runs import FirstRun
from adjudge.storage.models.log import (
    CheckpointRecord,
    EntryRecord,
    Head,
    NodeRecord,
    PartRecord,
    TombstoneRecord,
)
from adjudge.storage.models.requests import RequestRecord
from adjudge.storage.models.shelves import SHELF_MODELS, ShelfRecord
from adjudge.storage.models.views import SavedView

__all__ = [
    "SHELF_MODELS",
    "Account",
    "CheckpointRecord",
    "EntryRecord",
    "FirstRun",
    "Head",
    "NodeRecord",
    "PartRecord",
    "RequestRecord",
    "SavedView",
    "ShelfRecord",
    "TombstoneRecord",
]
