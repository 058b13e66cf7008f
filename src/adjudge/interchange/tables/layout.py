"""The layout `adjudge-data/1`: the tables that an export consists of, column by column. This is the documentation.

Money and decimals are decimals, times are in UTC. Parquet's times end at the microsecond and ours do not, so that each
has a column `…_ns` beside it with the nanoseconds beyond. The page docs/reference/data-layout.md is made from this.
"""

from dataclasses import dataclass
from enum import StrEnum

LAYOUT = "adjudge-data/1"
MANIFEST = "manifest.json"


class Sql(StrEnum):
    """Types of columns, by DuckDB's names."""

    TEXT = "VARCHAR"
    TRUTH = "BOOLEAN"
    SMALL = "SMALLINT"
    WHOLE = "BIGINT"
    DECIMAL = "DECIMAL(38,18)"
    DAY = "DATE"
    TIME = "TIMESTAMP WITH TIME ZONE"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """A column. `needed` is whether every row has it; `names` is the table whose ids it holds."""

    name: str
    sql: Sql
    meaning: str
    needed: bool = False
    names: str = ""
    words: tuple[str, ...] = ()
    is_json: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table, its rows in the order of their ids."""

    name: str
    meaning: str
    columns: tuple[TableColumn, ...]

    @property
    def file(self) -> str:
        """The file in which it stands."""
        return f"{self.name}.parquet"


def _text(name: str, meaning: str, *, needed: bool = False, names: str = "") -> TableColumn:
    return TableColumn(name=name, sql=Sql.TEXT, meaning=meaning, needed=needed, names=names)


def _word(name: str, meaning: str, *words: str) -> TableColumn:
    return TableColumn(name=name, sql=Sql.TEXT, meaning=meaning, needed=True, words=words)


def _json(name: str, meaning: str) -> TableColumn:
    return TableColumn(name=name, sql=Sql.TEXT, meaning=meaning, is_json=True)


def _of(sql: Sql, name: str, meaning: str, *, needed: bool = False) -> TableColumn:
    return TableColumn(name=name, sql=sql, meaning=meaning, needed=needed)


def _time(name: str, meaning: str, *, needed: bool = False) -> tuple[TableColumn, TableColumn]:
    rest = f"nanoseconds of `{name}` beyond the microsecond, 0 to 999"
    return _of(Sql.TIME, name, meaning, needed=needed), _of(Sql.SMALL, name + NANOS, rest, needed=needed)


NANOS = "_ns"
_ID = _text("id", "the id, once in the table", needed=True)
_TEXTS = "as JSON, an object with one text for each language"

SUBJECTS = Table(
    name="subjects",
    meaning="Advertisers and ads: those on record by the known time, and all that the other tables name.",
    columns=(
        _ID,
        _word("kind", "what it is", "advertiser", "ad"),
        _text("advertiser", "the advertiser, of an advertiser itself", needed=True, names="subjects"),
        _json("title", f"what people call it, {_TEXTS}"),
        _json("names", "its names, as JSON, as under `names` of a case file"),
        _of(Sql.TRUTH, "hypothetical", "whether it is only supposed", needed=True),
        _json("note", f"a remark, {_TEXTS}"),
        _json("domains", "the hosts that it declares as its landing domains, as JSON, a list of texts"),
        _text("creative", "of an ad the digest of what it shows"),
        _text("landing", "of an ad the digest of the page to which it leads"),
    ),
)
DOCUMENTS = Table(
    name="documents",
    meaning="What the claims rest on. Of a document that was expunged nothing is left but its id and kind.",
    columns=(
        _ID,
        _text("kind", "the kind of document", needed=True),
        _text("title", "its title", needed=True),
        _text("publisher", "who published it", needed=True),
        _text("language", "its language, a BCP 47 tag", needed=True),
        _word("precision", "how exactly its date is known", "day", "month", "year", "unknown"),
        _word("status", "how near it is to the source", "primary", "secondary", "unverified"),
        _json("sources", "where it can be found, as JSON, a list of texts"),
        _json("summary", f"what it says, {_TEXTS}"),
        *_time("published", "when it was published; absent where it bears no date"),
        _json("note", f"a remark, {_TEXTS}"),
    ),
)
CLAIMS = Table(
    name="claims",
    meaning="Claims that were recorded by the known time, with their withdrawals by then. One row is one claim. "
    "`value` has the value of every type; the columns `value_…` have it again where its type has such a column.",
    columns=(
        _ID,
        _text("subject", "whom it is about", needed=True, names="subjects"),
        _text("fact", "the fact, with its kind: `advertiser.country`", needed=True),
        _word("stance", "whether it says so, or denies it", "asserts", "denies"),
        _of(Sql.SMALL, "weight", "1 to 5", needed=True),
        _text("origin", "where the information comes from: one origin counts once", needed=True),
        _text("document", "the document that says it", needed=True, names="documents"),
        _text(
            "type",
            "the type of the fact by the vocabulary, such as `code<product>`; absent if none declares it",
        ),
        _of(
            Sql.TRUTH, "none", "whether it says that there is no other value than those asserted", needed=True
        ),
        _json("value", "the value, as JSON in the form of a claims file; absent where `none` is true"),
        _of(Sql.TRUTH, "value_bool", "the value of a `bool`"),
        _of(Sql.WHOLE, "value_int", "the value of an `int`; of a `duration` its nanoseconds"),
        _of(
            Sql.DECIMAL,
            "value_decimal",
            "the value of a `decimal`, the amount of `money`; absent where it has more than 20 whole digits",
        ),
        _text(
            "value_text", "the value of a `string`, `country`, `language` or `code`; the currency of `money`"
        ),
        _of(Sql.DAY, "value_date", "the value of a `date`"),
        *_time("value_time", "the value of a `timestamp`"),
        *_time("holds_from", "from when on what it says holds; absent where it always did"),
        *_time("holds_to", "the first instant when it holds no more; absent where it has no end"),
        *_time("recorded_at", "since when it is known", needed=True),
        *_time("withdrawn_at", "when it was withdrawn, by the known time"),
        _text("place", "where in the document it stands"),
        _json("note", f"a remark, {_TEXTS}"),
        _json("weight_reason", f"why it has its weight, {_TEXTS}"),
    ),
)
SPEND = Table(
    name="spend",
    meaning="What subjects spent, as known at the known time.",
    columns=(
        _ID,
        _text("subject", "who spent it, or the ad on which it was spent", needed=True, names="subjects"),
        *_time("from", "the first instant of the time in which it was spent", needed=True),
        *_time("to", "the first instant after it", needed=True),
        _of(Sql.DECIMAL, "amount", "the amount, negative where it was paid back", needed=True),
        _text("currency", "its currency, an ISO 4217 code", needed=True),
        *_time("recorded_at", "since when it is known", needed=True),
    ),
)
DECISIONS = Table(
    name="decisions",
    meaning="Decisions that were issued by the known time.",
    columns=(
        _ID,
        _text("matter", "the matter in which it was made", needed=True),
        _text("subject", "whom it is about", needed=True, names="subjects"),
        _text("policy", "the policy", needed=True),
        _text("version", "the version of the policy", needed=True),
        _text("package", "the digest of the sealed version", needed=True),
        *_time("issued_at", "when it was issued", needed=True),
        *_time("valid_at", "the time about which it speaks", needed=True),
        *_time("known_at", "the time up to which it took account of claims", needed=True),
        _of(Sql.TRUTH, "automated", "whether a rule left it to automation", needed=True),
        _text("supersedes", "the decision that it took the place of"),
        _text("bound_to", "the version of the ad that it approves; absent where it approves none"),
        _of(Sql.TRUTH, "in_force", "whether no other had superseded it by the known time", needed=True),
        _json("rules", "the rules whose measures it applies, as JSON, a list of ids"),
        _json("grounds", "the claims on which it rests, as JSON, a list of ids"),
        _of(Sql.WHOLE, "entry", "the number of the entry of the log by which it was issued", needed=True),
    ),
)
MEASURES = Table(
    name="measures",
    meaning="The measures of those decisions, one row each. A decision without a row here left the subject free.",
    columns=(
        _ID,
        _text("decision", "the decision", needed=True, names="decisions"),
        _text("subject", "whom it restricts", needed=True, names="subjects"),
        _text("rule", "the rule", needed=True),
        _text("kind", "what it does, such as `exclude`", needed=True),
        _json("territories", "country codes, as JSON, a list"),
        _of(
            Sql.TRUTH, "all_but", "whether it applies everywhere but there, and not there alone", needed=True
        ),
        _json("surfaces", "surfaces, as JSON, a list"),
        _of(
            Sql.TRUTH,
            "surfaces_all_but",
            "whether it applies to all surfaces but those, and not to those alone",
            needed=True,
        ),
        *_time("start", "from when on", needed=True),
        *_time("end", "until when; absent where it lasts until it is lifted"),
        *_time("lifted_at", "when it was lifted, by the known time"),
    ),
)

TABLES = (SUBJECTS, DOCUMENTS, CLAIMS, SPEND, DECISIONS, MEASURES)
