"""Sealed parts let go, by the institution: what follows from an act, and what goes by a rule of retention.

One entry for each part, as the log asks for it; what rows say of it changes in the same transaction.
"""

from collections.abc import Iterable

from adjudge.basis.digest import Digest
from adjudge.basis.instant import Instant
from adjudge.ledger.part import Tombstone, expunging
from adjudge.people.actor import INSTITUTION
from adjudge.records.ports import Writing

EXPUNGED = "expunged"
"""What stands where words stood."""


def let_go(records: Writing, digests: Iterable[Digest], at: Instant, why: str) -> int:
    """Expunge those of these parts that are still there; how many that were."""
    count = 0
    for digest in dict.fromkeys(digests):
        if records.part(digest) is not None:
            tombstone = Tombstone(digest=digest, at=at, why=why, entry=records.size())
            records.append(expunging(tombstone, INSTITUTION.name), ())
            records.expunge(tombstone)
            count += 1
    return count
