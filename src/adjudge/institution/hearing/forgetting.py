"""Messages let go: the words of what was said in an appeal. That it was said, when and by which side stays."""

from dataclasses import replace

from adjudge.basis.digest import Digest
from adjudge.basis.instant import Instant
from adjudge.institution.expunging import EXPUNGED, let_go
from adjudge.records.ports import Writing
from adjudge.records.rows import MessageRow
from adjudge.records.shelf import MESSAGES


def has_words(row: MessageRow) -> bool:
    """Whether a message has words that can go."""
    return bool(row.part) and bool(row.text) and row.text != EXPUNGED


def forget_message(records: Writing, row: MessageRow, at: Instant, why: str) -> int:
    """Let its words go; how many parts those were."""
    count = let_go(records, (Digest(row.part),), at, why)
    records.put(MESSAGES, replace(row, text=EXPUNGED))
    return count
