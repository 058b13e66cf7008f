"""The whole backtest: evaluate, set side by side, count, search, and write the lists behind the numbers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from adjudge.backtest import counting
from adjudge.backtest.dimensions import country_fact, make_countries, make_sizes
from adjudge.backtest.likeness import like_cases
from adjudge.backtest.load import load
from adjudge.backtest.model import Findings
from adjudge.backtest.outcomes import Outcomes
from adjudge.backtest.question import Question
from adjudge.backtest.setting import set_side_by_side
from adjudge.backtest.tables import Source, Tables
from adjudge.backtest.ways import Clock, recourse_found
from adjudge.basis.said import Said, say
from adjudge.facts.vocabulary import Kind

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Progress = Callable[[Said], None]
STEPS = (
    say("reading the data"),
    say("evaluating both versions"),
    say("comparing like cases"),
    say("searching recourse"),
    say("counting"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a backtest needs beside its question."""

    connection: "DuckDBPyConnection"
    source: Source
    outcomes: Outcomes
    clock: Clock
    progress: Progress
    data: str
    """The digest of the data."""


def backtest(question: Question, means: Means) -> tuple[Findings, Tables]:
    """Everything that there is to say, and the tables with the rows behind it."""
    means.progress(STEPS[0])
    country = country_fact(question.new.package.vocabulary)
    tables = Tables(
        means.connection,
        means.source,
        valid_at=question.valid_at,
        known_at=question.known_at,
    )
    make_countries(tables, country)
    bands = make_sizes(tables)
    means.progress(STEPS[1])
    pairs = set_side_by_side(question, tables, means.outcomes)
    _keep_claims_of_changed(question, tables)
    means.progress(STEPS[2])
    alike, alike_left = like_cases(question, tables, means.outcomes)
    means.progress(STEPS[3])
    found = recourse_found(question, tables, means.clock)
    means.progress(STEPS[4])
    subjects, spend = counting.totals(tables)
    return Findings(
        question=question,
        data=means.data,
        subjects=subjects,
        spend=spend,
        spend_from=tables.spend_from,
        country_fact=country,
        bands=bands,
        changes=counting.changes(tables),
        touched=counting.touched(tables),
        matrix=counting.matrix(tables),
        referrals=counting.referrals(tables),
        categories=counting.categories(tables),
        countries=counting.shares(tables, "country"),
        sizes=counting.shares(tables, "size"),
        alone=counting.alone(tables),
        recourse=found,
        load=load(question, tables, pairs),
        alike=alike,
        alike_left=alike_left,
        notices=counting.notices(tables),
    ), tables


def _keep_claims_of_changed(question: Question, tables: Tables) -> None:
    """The table `live`: what is claimed of those whose outcome changes, and of their advertisers."""
    tables.run(
        "CREATE TABLE concerned AS SELECT row, id FROM s WHERE row IN ("
        "SELECT row FROM changed UNION SELECT owner FROM changed)"
    )
    tables.keep_claims("live", {fact for kind in Kind for fact in question.facts(kind)}, "concerned")
