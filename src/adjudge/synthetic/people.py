"""Invented advertisers and ads, and what they spent: a few have most of the ads, and a few spend most."""

from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.interchange.tables.layout import SPEND, SUBJECTS
from adjudge.synthetic.draws import Draws, chance, ranked, scattered
from adjudge.synthetic.labels import NOTE, identified
from adjudge.synthetic.model import Wanted
from adjudge.synthetic.rows import quoted, write_rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DAY = 86_400_000_000
_QUARTER = 91 * DAY
_LEAST, _MOST = 5_000, 10**13
"""Hundredths of a unit: half of the advertisers spend less than twice the least in a quarter."""


def write_subjects(db: "DuckDBPyConnection", folder: Path, wanted: Wanted) -> None:
    """Write them: ads come before advertisers, in the order of their ids."""
    draws = Draws(wanted.seed)
    owner = scattered(ranked("level", "place", wanted.advertisers), wanted.advertisers)
    ads = (
        f"SELECT true AS is_ad, n, {identified('ad', 'n')} AS id, {identified('advertiser', owner)} AS owner FROM ("  # noqa: S608
        f"SELECT n, {draws.sql('owner level', 'n')} AS level, {draws.sql('owner', 'n')} AS place "
        f"FROM (SELECT i::UBIGINT AS n FROM range({wanted.ads}) t(i)))"
    )
    advertisers = (
        f"SELECT false, i::UBIGINT, {identified('advertiser', 'i')}, {identified('advertiser', 'i')} "  # noqa: S608
        f"FROM range({wanted.advertisers}) t(i)"
    )
    en, fr = "Synthetic ' || called || ' ' || n", "' || called_fr || ' synthétique ' || n"
    title = f"""'{{"en":"{en} || '","fr":"{fr} || '"}}'"""
    columns = {
        "id": "id",
        "kind": "CASE WHEN is_ad THEN 'ad' ELSE 'advertiser' END",
        "advertiser": "owner",
        "title": title,
        # Faces that show a supposed subject say so beside its name.
        "hypothetical": "true",
        "note": quoted(NOTE),
        "domains": """CASE WHEN NOT is_ad THEN '["advertiser-' || n || '.synthetic.example"]' END""",
    }
    words = "CASE WHEN is_ad THEN 'ad' ELSE 'advertiser' END AS called, CASE WHEN is_ad THEN 'Publicité' ELSE 'Annonceur' END AS called_fr"
    write_rows(db, folder, SUBJECTS, columns, f"(SELECT *, {words} FROM ({ads} UNION ALL {advertisers}))")


def write_spend(db: "DuckDBPyConnection", folder: Path, wanted: Wanted) -> None:
    """Write four quarters of most advertisers, and one amount of half of the ads."""
    draws, end = Draws(wanted.seed), wanted.known_at.nanos // 1_000
    whole = f"least({_MOST}, {_LEAST}::UBIGINT * 4294967296 // (whole + 1))"
    ads = (
        f"SELECT {identified('spend-ad', 'n')} AS id, {identified('ad', 'n')} AS subject, 0 AS quarter, "  # noqa: S608
        f"{whole} // 8 + 1 AS cents FROM ("
        f"SELECT *, {draws.sql('spends', 'n')} AS part, {draws.sql('ad spend', 'n')} AS whole "
        f"FROM (SELECT i::UBIGINT AS n FROM range({wanted.ads}) t(i))) WHERE {chance('part', 1, 2)}"
    )
    advertisers = (
        f"SELECT {identified('spend-advertiser', 'place')}, {identified('advertiser', 'n')}, place % 4, "  # noqa: S608
        f"{whole} * (50 + part % 100) // 100 + 1 FROM ("
        f"SELECT *, {draws.sql('quarter', 'place')} AS part, {draws.sql('spend', 'n')} AS whole "
        f"FROM (SELECT i::UBIGINT AS place, (i // 4)::UBIGINT AS n FROM range({4 * wanted.advertisers}) t(i))) "
        f"WHERE {chance('part', 9, 10)}"
    )
    start = f"({end} - (quarter::BIGINT + 1) * {_QUARTER})"
    columns = {
        "id": "id",
        "subject": "subject",
        "from": start,
        "to": f"{start} + {_QUARTER}",
        # Exact: the product of two decimals, and no division.
        "amount": "cents::DECIMAL(20,0) * 0.01::DECIMAL(2,2)",
        "currency": "'EUR'",
        "recorded_at": f"{start} + {_QUARTER}",
    }
    write_rows(db, folder, SPEND, columns, f"({ads} UNION ALL {advertisers})")
