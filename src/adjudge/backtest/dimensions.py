"""By what changes are told apart: the country of the advertiser, and the size of a subject by what it spent.

A country counts where it is asserted more heavily than any other and than it is denied, as in `population.place`.
Size is told by declared quantiles of the amounts of one kind of subject in one currency.
"""

from adjudge.backtest.model import Bands
from adjudge.backtest.tables import Tables
from adjudge.facts.settle import CORROBORATED, CORROBORATING
from adjudge.facts.type import Simple
from adjudge.facts.vocabulary import Kind, Vocabulary

COUNTRY = "advertiser.country"
UNKNOWN, CONTESTED = "unknown", "contested"
NOTHING, SEVERAL = "nothing", "several"
SIZES = ("lower_half", "upper_half", "top_tenth", "top_hundredth")
"""Up to the median; up to nine tenths; up to ninety-nine hundredths; above."""
QUANTILES = ("0.5", "0.9", "0.99")


def country_fact(vocabulary: Vocabulary) -> str:
    """The fact by which countries are told; empty where the vocabulary has none."""
    fact = next((fact for name, fact in vocabulary.facts.items() if name == COUNTRY), None)
    return COUNTRY if fact is not None and fact.type is Simple.COUNTRY and not fact.many else ""


def make_countries(tables: Tables, fact: str) -> None:
    """The table `country (owner, country)` of those of whom one is known, or of whom sources disagree."""
    tables.keep_claims("of_country", [fact])
    tables.run(
        "CREATE TABLE country AS WITH weighed AS ("  # noqa: S608 - ours
        "  SELECT row, value_text AS country, stance, CASE WHEN count(DISTINCT origin) "
        f"    FILTER (weight >= {CORROBORATING}) > 1 THEN greatest(max(weight), {CORROBORATED}) "
        "    ELSE max(weight) END AS w "
        "  FROM of_country WHERE value_text IS NOT NULL GROUP BY ALL), "
        "best AS (SELECT row, max(w) AS w FROM weighed WHERE stance = 'asserts' GROUP BY row), "
        "named AS (SELECT a.row, min(a.country) AS country, count(*) AS n, max(a.w) AS w "
        "  FROM weighed a JOIN best USING (row, w) WHERE a.stance = 'asserts' GROUP BY a.row), "
        "denied AS (SELECT row, country, w FROM weighed WHERE stance = 'denies') "
        f"SELECT n.row AS owner, CASE WHEN n.n > 1 OR coalesce(d.w, 0) >= n.w THEN '{CONTESTED}' ELSE n.country END "
        "AS country FROM named n LEFT JOIN denied d ON d.row = n.row AND d.country = n.country",
    )


def make_sizes(tables: Tables) -> tuple[Bands, ...]:
    """The table `size (row, size)` of those who spent something; and the bounds of the classes."""
    quantiles = ", ".join(
        f"quantile_disc(amount, {share}) AS q{number}" for number, share in enumerate(QUANTILES)
    )
    tables.run(
        "CREATE TABLE bounds AS SELECT s.kind, currency, "  # noqa: S608 - ours
        f"{quantiles} FROM spent JOIN s USING (row) WHERE amount > 0 GROUP BY s.kind, currency"
    )
    low, high, top, highest = SIZES
    tables.run(
        "CREATE TABLE size AS WITH paying AS ("  # noqa: S608 - ours
        "  SELECT row, count(*) AS n, min(currency) AS currency, max(amount) AS amount "
        "  FROM spent WHERE amount > 0 GROUP BY row) "
        f"SELECT p.row, CASE WHEN p.n > 1 THEN '{SEVERAL}' WHEN amount <= q0 THEN '{low}' "
        f"WHEN amount <= q1 THEN '{high}' "
        f"WHEN amount <= q2 THEN '{top}' ELSE '{highest}' END AS size "
        "FROM paying p JOIN s USING (row) JOIN bounds b ON b.kind = s.kind AND b.currency = p.currency"
    )
    found = tables.run("SELECT kind, currency, q0, q1, q2 FROM bounds ORDER BY kind, currency")
    return tuple(Bands(kind=Kind(k), currency=currency, bounds=(a, b, c)) for k, currency, a, b, c in found)
