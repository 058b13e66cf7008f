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
from adjudge.synthetic.rows import quoted, write_rows
from adjudge.synthetic.values import SLOTS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SIZES = (1,) * 12 + (2,) * 4 + (3,) * 2 + (6,)
"""Sizes of affairs; so many make a block, and a claim is placed by its number alone."""
BLOCK = sum(_SIZES)
_AFFAIR = [number for number, size in enumerate(_SIZES) for _ in range(size)]
_WITHIN = [place for size in _SIZES for place in range(size)]
_PAIRED = [int(place | 1 < size) for size in _SIZES for place in range(size)]
_YEARS, _DELAY = 9 * 365, 500
"""Days in which documents appeared, and in which claims follow them."""
_KINDS = ("accusation", "press_report", "examination", "register_extract", "court_ruling")
"""By the weight that they carry, from 1 on."""


def _document(draws: Draws, number: str) -> str:
    """Draws of a document, worked out wherever one is named."""
    return f"{draws.sql('document', number)} AS made"


def _weight() -> str:
    share = "(made % 100)"
    return f"CASE WHEN {share} < 18 THEN 1 WHEN {share} < 62 THEN 2 WHEN {share} < 73 THEN 3 WHEN {share} < 96 THEN 4 ELSE 5 END"


def _published(wanted: Wanted) -> str:
    """The microsecond at which a document appeared: some day before everything is known, and a time of the day."""
    end = wanted.known_at.nanos // 1_000 // DAY
    return f"({end - _DELAY} - ((made >> 8) % {_YEARS})::BIGINT)"


def write_documents(db: "DuckDBPyConnection", folder: Path, wanted: Wanted) -> None:
    """Write them; a few bear no date."""
    kinds = "[" + ", ".join(quoted(KIND + kind) for kind in _KINDS) + "]"
    source = (
        f"(SELECT *, {_weight()} AS weight, {_published(wanted)} AS day, {chance('made', 1, 31)} AS undated FROM ("
        f"SELECT *, {_document(Draws(wanted.seed), 'n')} "
        f"FROM (SELECT i::UBIGINT AS n FROM range({wanted.documents}) t(i))))"
    )
    columns = {
        "id": identified("document", "n"),
        "kind": f"list_extract({kinds}, weight)",
        "title": "'Synthetic document ' || n || ' (invented)'",
        "publisher": "'Synthetic publisher ' || n % 997",
        "language": "'en'",
        "precision": "CASE WHEN undated THEN 'unknown' ELSE 'day' END",
        "status": "CASE WHEN weight > 2 THEN 'primary' WHEN weight = 2 THEN 'secondary' ELSE 'unverified' END",
        "sources": """'["https://publisher-' || n % 997 || '.synthetic.example/' || n || '"]'""",
        "summary": quoted(NOTE),
        "published": f"CASE WHEN NOT undated THEN day * {DAY} END",
        "note": quoted(NOTE),
    }
    write_rows(db, folder, DOCUMENTS, columns, source)


def write_claims(db: "DuckDBPyConnection", folder: Path, wanted: Wanted, facts: Facts) -> None:
    """Write them, in the order of affairs."""
    known = ("fact", "type")
    columns = {
        "id": identified("claim", "i"),
        "subject": f"CASE WHEN is_ad THEN {identified('ad', 'who')} ELSE {identified('advertiser', 'who')} END",
        **{name: name for name in known},
        "stance": "CASE WHEN denies AND NOT closing THEN 'denies' ELSE 'asserts' END",
        "weight": "CASE WHEN again THEN greatest(1, weight - 1 - (x_gone % 2)::TINYINT) ELSE weight END",
        "origin": identified("origin", "(document // 2)"),
        "document": identified("document", "document"),
        "none": "closing",
        **{column.name: f'"{column.name}"' for column in VALUES},
        "holds_from": "held_from",
        "holds_to": "held_to",
        "recorded_at": "CASE WHEN again THEN gone ELSE recorded END",
        "recorded_at" + NANOS: "CASE WHEN again THEN gone_ns ELSE x_ns END",
        "withdrawn_at": "CASE WHEN NOT again AND (discounted OR withdrawn) THEN gone END",
        "withdrawn_at" + NANOS: "CASE WHEN NOT again AND (discounted OR withdrawn) THEN gone_ns END",
        "place": "'page ' || 1 + x_late % 40",
        "note": quoted(NOTE),
    }
    write_rows(db, folder, CLAIMS, columns, f"(SELECT * FROM ({_timed(wanted, facts)}) s JOIN pool USING (slot))")


def _placed(wanted: Wanted) -> str:
    """Each claim with its affair, and the one before it of which it may be the discounted form."""
    at = "(i % {block})".format(block=BLOCK)
    placed = (
        f"SELECT i, (i // {BLOCK}) * {len(_SIZES)} + {listed(_AFFAIR, at)} AS affair, "  # noqa: S608
        f"i - {listed([place % 2 for place in _WITHIN], at)} AS first, {listed(_PAIRED, at)} = 1 AS paired "
        f"FROM (SELECT i::UBIGINT AS i FROM range({wanted.claims}) t(i))"
    )
    drawn = Draws(wanted.seed).sql("discount", "first")
    discounted = f"SELECT *, paired AND first + 1 < {wanted.claims} AND {chance(drawn, 1, 9)} AS discounted FROM ({placed})"
    return f"SELECT *, discounted AND i > first AS again, CASE WHEN discounted THEN first ELSE i END AS said FROM ({discounted})"


def _drawn(wanted: Wanted) -> str:
    draws = Draws(wanted.seed)
    affairs = ("kind", "level", "who", "fact", "value", "document", "dispute")
    claims = ("document", "value", "stance", "from", "to", "late", "gone", "ns")
    chosen = [f"{draws.sql(f'affair {name}', 'affair')} AS a_{name}" for name in affairs]
    chosen += [f"{draws.sql(f'claim {name}', 'said')} AS x_{name}0" for name in claims]
    return f"SELECT *, {', '.join(chosen)} FROM ({_placed(wanted)})"  # noqa: S608


def _timed(wanted: Wanted, facts: Facts) -> str:
    draws, end = Draws(wanted.seed), wanted.known_at.nanos // 1_000
    is_ad = "a_kind % 2 = 0" if facts.ad and facts.advertiser and wanted.ads else str(not facts.advertiser).lower()
    who = (
        f"CASE WHEN is_ad THEN {scattered(ranked('a_level', 'a_who', max(1, wanted.ads)), max(1, wanted.ads))} "
        f"ELSE {scattered(ranked('a_level', 'a_who', wanted.advertisers), wanted.advertisers)} END"
    )
    ad, advertiser = skewed("a_fact", max(1, facts.ad)), skewed("a_fact", max(1, facts.advertiser))
    fact = f"CASE WHEN is_ad THEN {ad} ELSE {facts.ad} + {advertiser} END"
    value = f"CASE WHEN {chance('x_value0', 1, 4)} THEN (x_value0 >> 8) % {SLOTS} ELSE {skewed('a_value', SLOTS)} END"
    step1 = f"SELECT *, {is_ad} AS is_ad FROM ({_drawn(wanted)})"
    step2 = (
        f"SELECT *, {who} AS who, ({fact}) * {SLOTS} + {value} AS slot, "
        # One of six affairs is disputed; there two of five deny, elsewhere one of sixteen.
        f"CASE WHEN {chance('a_dispute', 1, 6)} THEN {chance('x_stance0', 2, 5)} "
        f"ELSE {chance('x_stance0', 1, 16)} END AS denies, "
        f"({skewed('a_document', wanted.documents)} + x_document0 % 3) % {wanted.documents} AS document FROM ({step1})"
    )
    step3 = f"SELECT *, {_document(draws, 'document')} FROM ({step2})"
    step4 = f"SELECT *, {_weight()} AS weight, {_published(wanted)} AS day FROM ({step3})"
    began = "day - (x_from0 >> 8)::BIGINT % 900"
    step5 = (
        f"SELECT *, CASE x_from0 % 8 WHEN 0 THEN NULL WHEN 1 THEN NULL WHEN 2 THEN day + (x_from0 >> 8)::BIGINT % 200 "
        f"ELSE {began} END AS from_day, "
        f"least(day * {DAY} + {skewed('x_late0', _DELAY)}::BIGINT * {DAY} + (x_late0 % 86400)::BIGINT * 1000000, "
        f"{end - DAY}) AS recorded FROM ({step4})"
    )
    return (
        f"SELECT *, x_late0 AS x_late, x_gone0 AS x_gone, from_day * {DAY} AS held_from, "
        f"CASE WHEN {chance('x_to0', 3, 10)} "
        f"THEN (coalesce(from_day, day) + 30 + (x_to0 >> 8)::BIGINT % 1500) * {DAY} END AS held_to, "
        f"CASE WHEN {chance('x_ns0', 1, 8)} THEN (x_ns0 >> 8) % 1000 ELSE 0 END AS x_ns, "
        f"0 AS gone_ns, {chance('x_gone0', 1, 16)} AS withdrawn, "
        f"recorded + 1 + x_gone0::BIGINT * 1000003 % ({end} - recorded) AS gone FROM ({step5})"
    )
