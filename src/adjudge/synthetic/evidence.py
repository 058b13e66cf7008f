"""Invented claims and the documents that they share, by affairs: claims about one fact of one subject.

A share of the subjects has most of the affairs. In an affair documents repeat one another, so that two of them may have
one origin; some deny what others assert or say another value; most claims are recorded long after what they say began
to hold, some are withdrawn, and some discounted: withdrawn, and recorded anew with a lower weight at that instant.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.interchange.tables.layout import CLAIMS, DOCUMENTS, NANOS
from adjudge.synthetic.draws import Draws, chance, listed, ranked, scattered, skewed
from adjudge.synthetic.labels import KIND, NOTE, identified
from adjudge.synthetic.model import Wanted
from adjudge.synthetic.people import DAY
from adjudge.synthetic.pool import VALUES, Facts
from adjudge.synthetic.rows import beside, numbered, quoted, write_rows
from adjudge.synthetic.values import SLOTS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SIZES = (1,) * 12 + (2,) * 4 + (3,) * 2 + (6,)
"""Sizes of affairs; so many make a block, and a claim is placed by its number alone."""
BLOCK = sum(_SIZES)
_AFFAIR = [number for number, size in enumerate(_SIZES) for _ in range(size)]
_WITHIN = [place for size in _SIZES for place in range(size)]
_PAIRED = [int(place | 1 < size) for size in _SIZES for place in range(size)]
_YEARS, _RECENT, _DELAY = 9 * 365, 30, 500
"""Days: in which documents appeared, before all is known; in which claims follow them."""
_KINDS = ("accusation", "press_report", "examination", "register_extract", "court_ruling")
"""By the weight that they carry, from 1 on."""
_SHARES = ((1, 18), (2, 62), (3, 73), (4, 96), (5, 100))
"""Of a hundred documents so many carry at most this weight."""


def write_documents(db: "DuckDBPyConnection", folder: Path, wanted: Wanted) -> None:
    """Write them; a few bear no date."""
    kinds = "[" + ", ".join(quoted(KIND + kind) for kind in _KINDS) + "]"
    made = _with_document(numbered(wanted.documents), "n", wanted)
    site = "publisher-' || n % 997 || '.synthetic.example"
    columns = {
        "id": identified("document", "n"),
        "kind": f"list_extract({kinds}, weight)",
        "title": "'Synthetic document ' || n || ' (invented)'",
        "publisher": "'Synthetic publisher ' || n % 997",
        "language": "'en'",
        "precision": "CASE WHEN undated THEN 'unknown' ELSE 'day' END",
        "status": "CASE WHEN weight > 2 THEN 'primary' WHEN weight = 2 THEN 'secondary' ELSE 'unverified' END",
        "sources": f"""'["https://{site}/' || n || '"]'""",
        "summary": quoted(NOTE),
        "published": f"CASE WHEN NOT undated THEN day * {DAY} END",
        "note": quoted(NOTE),
    }
    write_rows(db, folder, DOCUMENTS, columns, beside(made, {"undated": chance("made", 1, 31)}))


def _with_document(source: str, number: str, wanted: Wanted) -> str:
    """What weight a document carries, and on which day since 1970 it appeared: worked out wherever one is named."""
    last = wanted.known_at.nanos // 1_000 // DAY - _RECENT
    weight = "CASE " + " ".join(f"WHEN made % 100 < {share} THEN {n}" for n, share in _SHARES) + " END"
    made = beside(source, {"made": Draws(wanted.seed).sql("document", number)})
    return beside(made, {"weight": weight, "day": f"({last} - ((made >> 8) % {_YEARS})::BIGINT)"})


def write_claims(db: "DuckDBPyConnection", folder: Path, wanted: Wanted, facts: Facts) -> None:
    """Write them, in the order of affairs. `facts` are those of the table `pool`."""
    lasting = "NOT again AND (discounted OR withdrawn)"
    columns = {
        "id": identified("claim", "i"),
        "subject": f"CASE WHEN is_ad THEN {identified('ad', 'who')} ELSE {identified('advertiser', 'who')} END",
        "fact": "fact",
        "type": "type",
        "stance": "CASE WHEN denies AND NOT closing THEN 'denies' ELSE 'asserts' END",
        "weight": "CASE WHEN again THEN greatest(1, weight - 1 - (x_gone % 2)::TINYINT) ELSE weight END",
        "origin": identified("origin", "(document // 2)"),
        "document": identified("document", "document"),
        "none": "closing",
        **{column.name: f'"{column.name}"' for column in VALUES},
        "holds_from": f"from_day * {DAY}",
        "holds_to": f"to_day * {DAY}",
        "recorded_at": "CASE WHEN again THEN gone ELSE recorded END",
        "recorded_at" + NANOS: "CASE WHEN again THEN 0 ELSE nanos END",
        "withdrawn_at": f"CASE WHEN {lasting} THEN gone END",
        "place": "'page ' || 1 + x_late % 40",
        "note": quoted(NOTE),
    }
    source = _timed(_said(_drawn(_placed(wanted), wanted), wanted, facts), wanted)
    write_rows(db, folder, CLAIMS, columns, f"({source} s JOIN pool USING (slot))")


def _placed(wanted: Wanted) -> str:
    """Each claim with its affair, and the one before it of which it may be the discounted form."""
    at, first = f"(i % {BLOCK})", [place % 2 for place in _WITHIN]
    affair = f"(i // {BLOCK}) * {len(_SIZES)} + {listed(_AFFAIR, at)}"
    placed = beside(
        numbered(wanted.claims, "i"),
        {"affair": affair, "first": f"i - {listed(first, at)}", "paired": f"{listed(_PAIRED, at)} = 1"},
    )
    drawn = Draws(wanted.seed).sql("discount", "first")
    discounted = f"paired AND first + 1 < {wanted.claims} AND {chance(drawn, 1, 9)}"
    again = {"again": "discounted AND i > first", "said": "CASE WHEN discounted THEN first ELSE i END"}
    return beside(beside(placed, {"discounted": discounted}), again)


def _drawn(source: str, wanted: Wanted) -> str:
    """What an affair has in common, and what each claim has of its own; a discounted one says what was said before."""
    draws = Draws(wanted.seed)
    affairs = ("kind", "level", "who", "fact", "value", "document", "dispute")
    claims = ("document", "value", "stance", "from", "to", "late", "gone", "nanos")
    common = {f"a_{name}": draws.sql(f"affair {name}", "affair") for name in affairs}
    return beside(source, {**common, **{f"x_{name}": draws.sql(f"claim {name}", "said") for name in claims}})


def _said(source: str, wanted: Wanted, facts: Facts) -> str:
    """Who is spoken of, which value of which fact, by which document, and whether it is denied."""
    both = facts.ad and facts.advertiser and wanted.ads
    is_ad = "a_kind % 2 = 0" if both else str(not facts.advertiser).lower()
    ad, advertiser = _whom(wanted.ads), _whom(wanted.advertisers)
    of_ad, of_advertiser = (skewed("a_fact", max(1, count)) for count in (facts.ad, facts.advertiser))
    fact = f"CASE WHEN is_ad THEN {of_ad} ELSE {facts.ad} + {of_advertiser} END"
    other = f"(x_value >> 8) % {SLOTS}"
    value = f"CASE WHEN {chance('x_value', 1, 4)} THEN {other} ELSE {skewed('a_value', SLOTS)} END"
    # One of six affairs is disputed: two of five deny there, and one of sixteen elsewhere.
    disputed, other = chance("x_stance", 2, 5), chance("x_stance", 1, 16)
    document = f"({skewed('a_document', wanted.documents)} + x_document % 3) % {wanted.documents}"
    columns = {
        "who": f"CASE WHEN is_ad THEN {ad} ELSE {advertiser} END",
        "slot": f"({fact}) * {SLOTS} + {value}",
        "denies": f"CASE WHEN {chance('a_dispute', 1, 6)} THEN {disputed} ELSE {other} END",
        "document": document,
    }
    return beside(beside(source, {"is_ad": is_ad}), columns)


def _whom(count: int) -> str:
    several = max(1, count)
    return scattered(ranked("a_level", "a_who", several), several)


def _timed(source: str, wanted: Wanted) -> str:
    """Days since 1970 from which and to which it holds; microseconds at which it is recorded, and could be withdrawn.

    The last day before all is known stays free, so that a claim can still be withdrawn after it was recorded.
    """
    end = wanted.known_at.nanos // 1_000
    since = "(x_from >> 8)::BIGINT"
    # Two of eight say no beginning; one of eight speaks of what is still to come.
    soon, before = f"day + {since} % 200", f"day - {since} % 900"
    began = f"CASE WHEN x_from % 8 < 2 THEN NULL WHEN x_from % 8 = 2 THEN {soon} ELSE {before} END"
    days = skewed("x_late", f"least({_DELAY}, {end // DAY - 1} - day)")
    later = f"{days}::BIGINT * {DAY} + (x_late % 86400)::BIGINT * 1000000"
    recorded = {"from_day": began, "recorded": f"least(day * {DAY} + {later}, {end - DAY})"}
    lasts = "coalesce(from_day, day) + 30 + (x_to >> 8)::BIGINT % 1500"
    columns = {
        "to_day": f"CASE WHEN {chance('x_to', 3, 10)} THEN {lasts} END",
        # Some instants are finer than Parquet's times.
        "nanos": f"CASE WHEN {chance('x_nanos', 1, 8)} THEN (x_nanos >> 8) % 1000 ELSE 0 END",
        "withdrawn": chance("x_gone", 1, 16),
        "gone": f"recorded + 1 + x_gone::BIGINT * 1000003 % ({end} - recorded)",
    }
    return beside(beside(_with_document(source, "document", wanted), recorded), columns)
