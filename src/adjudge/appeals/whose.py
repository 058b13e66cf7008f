"""Whose an appeal is: the advertiser's own, or one that staff or a program wrote down for it.

What others filed in its name is handled like any other. It is held against nobody, and takes away no way of its own.
"""

from adjudge.records.rows import AppealRow

ADVERTISER = "advertiser"


def is_own(row: AppealRow) -> bool:
    """Whether the advertiser filed it itself."""
    return row.appellant == ADVERTISER
