"""Invented advertisers and ads, and what they spent: a few have most of the ads, and a few spend most."""

from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.interchange.tables.layout import SPEND, SUBJECTS
from adjudge.synthetic.draws import Draws, chance, ranked, scattered
from adjudge.synthetic.labels import NOTE, identified
from adjudge.synthetic.model import Wanted
from adjudge.synthetic.rows import beside, numbered, one_after_another, quoted, where, write_rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DAY = 86_400_000_000
_QUARTER = 91 * DAY
_LEAST, _MOST = 5_000, 10**13
"""Hundredths of a unit: half of the advertisers spend less than twice the least in a quarter."""


def write_subjects(db: "DuckDBPyConnection", folder: Path, wanted: Wanted) -> None:
    """Write them: ads come before advertisers, in the order of their ids."""
    columns = {
        "id": "id",
        "kind": "kind",
        "advertiser": "owner",
        "title": """'{"en":"Synthetic ' || kind || ' ' || n || '","fr":"' || french || ' synthétique ' || n || '"}'""",
        # Faces that show a supposed subject say so beside its name.
        "hypothetical": "true",
        "note": quoted(NOTE),
        "domains": """CASE kind WHEN 'advertiser' THEN '["advertiser-' || n || '.synthetic.example"]' END""",
    }
    write_rows(db, folder, SUBJECTS, columns, one_after_another(_ads(wanted), _advertisers(wanted)))


def _ads(wanted: Wanted) -> str:
    draws, owners = Draws(wanted.seed), wanted.advertisers
    drawn = beside(
        numbered(wanted.ads), {"level": draws.sql("owner level", "n"), "place": draws.sql("owner", "n")}
    )
    owner = scattered(ranked("level", "place", owners), owners)
    named = {"id": identified("ad", "n"), "owner": identified("advertiser", owner)}
    return beside(drawn, {**named, "kind": "'ad'", "french": "'Publicité'"})


def _advertisers(wanted: Wanted) -> str:
    named = {"id": identified("advertiser", "n"), "owner": identified("advertiser", "n")}
    return beside(numbered(wanted.advertisers), {**named, "kind": "'advertiser'", "french": "'Annonceur'"})


def write_spend(db: "DuckDBPyConnection", folder: Path, wanted: Wanted) -> None:
    """Write four quarters of most advertisers, and one amount of half of the ads."""
    end = wanted.known_at.nanos // 1_000
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
    write_rows(db, folder, SPEND, columns, one_after_another(_of_ads(wanted), _of_advertisers(wanted)))


_WHOLE = f"least({_MOST}, {_LEAST}::UBIGINT * {2**32} // (whole + 1))"
"""The least divided by a share: half as many have twice as much (Pareto), in whole hundredths."""


def _of_ads(wanted: Wanted) -> str:
    draws = Draws(wanted.seed)
    drawn = {"part": draws.sql("spends", "n"), "whole": draws.sql("ad spend", "n")}
    spending = where(beside(numbered(wanted.ads), drawn), chance("part", 1, 2))
    named = {"id": identified("spend-ad", "n"), "subject": identified("ad", "n")}
    return beside(spending, {**named, "quarter": "0", "cents": f"{_WHOLE} // 8 + 1"})


def _of_advertisers(wanted: Wanted) -> str:
    draws = Draws(wanted.seed)
    placed = beside(numbered(4 * wanted.advertisers, "place"), {"n": "place // 4", "quarter": "place % 4"})
    drawn = beside(placed, {"part": draws.sql("quarter", "place"), "whole": draws.sql("spend", "n")})
    named = {"id": identified("spend-advertiser", "place"), "subject": identified("advertiser", "n")}
    cents = f"{_WHOLE} * (50 + part % 100) // 100 + 1"
    return beside(where(drawn, chance("part", 9, 10)), {**named, "cents": cents})
