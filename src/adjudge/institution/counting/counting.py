"""Counting: what the sweeper does in each round, so that whoever looks finds the figures made."""

from pathlib import Path

from adjudge.institution.counting.contested import contested_facts
from adjudge.institution.counting.kept import keep, read_kept
from adjudge.institution.counting.tally import Tally, fits, go_on
from adjudge.institution.house import House, now
from adjudge.records.shelf import CLAIMS

MOST_AT_ONCE = 200_000
"""Entries counted in one round: of a long log the first rounds count a part each."""
FEW_CLAIMS = 1_000
"""So many are looked through whenever somebody asks; more of them once a day."""


def count_on(house: House, folder: Path, *, is_daily: bool = False) -> int:
    """Count what came since it was counted last; how many entries are left to count."""
    kept = read_kept(folder)
    with house.records.reading() as records:
        if not fits(records, kept.tally):
            kept.tally = Tally()
        left = go_on(records, kept.tally, most=MOST_AT_ONCE)
        kept.counted_at = now(house, records)
        if is_daily or kept.contested_at is None or records.count(CLAIMS, most=FEW_CLAIMS + 1) <= FEW_CLAIMS:
            kept.contested = contested_facts(records, kept.counted_at)
            kept.contested_at = kept.counted_at
    keep(folder, kept)
    return left


def note_audit(house: House, folder: Path, findings: int) -> None:
    """Keep what was found when all that is kept was held to the log."""
    kept = read_kept(folder)
    with house.records.reading() as records:
        kept.audited_at, kept.findings = now(house, records), findings
    keep(folder, kept)
