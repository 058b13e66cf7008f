"""One thing that is kept otherwise than the log says: where it stands, what is wrong, and the entry that says so."""

from dataclasses import dataclass

from adjudge.basis.said import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy:
    """`where` names the kind of thing and its id, as `decision X-000015`; `entry` is None where none speaks of it."""

    where: str
    message: Said
    entry: int | None = None
