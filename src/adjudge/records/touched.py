"""What a transaction has written so far, by name: for what must be kept true together with it.

Not the rows themselves.
"""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Touched:
    """The ids of rows that were put, by shelf; and the entries that were appended, by kind and object."""

    rows: dict[str, set[str]] = field(default_factory=dict)
    entries: set[tuple[str, str]] = field(default_factory=set)

    def put(self, shelf: str, row_id: str) -> None:
        """A row was put."""
        self.rows.setdefault(shelf, set()).add(row_id)
