"""The register as a table: a row for each decision, the same columns in CSV and in Parquet; and as lines of JSON.

Written while it is read. Of what was read no more than a portion is ever held; Parquet, whose bytes are known only when
all of them are, is written to a file that nobody else sees, and handed on from there.
"""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from adjudge.interchange.tables.cells import Cells, truth
from adjudge.interchange.tables.layout import Sql, Table, TableColumn
from adjudge.interchange.tables.parquet import write_slices
from adjudge.redaction.public import PublicDecision, Withheld, shown_form
from adjudge.tongues.tongue import ENGLISH

PORTION = 64_000
AMONG = "; "
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What a program of spreadsheets takes for a formula, if a cell begins with it."""


def _text(name: str, meaning: str) -> TableColumn:
    return TableColumn(name=name, sql=Sql.TEXT, meaning=meaning)


COLUMNS: tuple[TableColumn, ...] = (
    TableColumn(
        name="id", sql=Sql.TEXT, meaning="the decision, which stays at its address for good", needed=True
    ),
    TableColumn(name="entry", sql=Sql.WHOLE, meaning="the entry of the log by which it was issued"),
    _text("issued_at", "when it was issued"),
    _text("state", "where it stands: as the register says it"),
    _text("until", "when the last of its measures ends; empty where one has no end"),
    _text("supersedes", "the decision in whose place it came"),
    _text("superseded_by", "the decision that came in its place"),
    _text("policy", "the policy"),
    _text("version", "its version"),
    _text("package", "the digest of the version"),
    _text("territory", "the country for which the matter was looked at; empty for all"),
    _text("subject_kind", "what it is about: an advertiser or an ad"),
    _text("source", "what led to it. DSA Art. 17(3)(b)"),
    TableColumn(name="automated", sql=Sql.TRUTH, meaning="whether it was issued without a person"),
    _text("departs", "where a person took a milder measure than the rules would have"),
    _text("advertiser", "its name, where that may be told"),
    _text("rules", "the rules that it applies"),
    _text("grounds", "the law or the clauses of the terms on which they rest"),
    _text("facts", "the facts on which it rests, with the values that may be told"),
    _text("measures", "what is done"),
    _text("territories", "where, as a list of countries; `*` is everywhere but those behind it"),
    _text("starts", "from when"),
    _text("ends", "until when; empty where a measure has no end"),
    _text("lifted", "when it was lifted"),
    _text("appeals", "how appeals against it ended"),
    _text("appeal_days", "how many days each took"),
    _text("missed", "which clocks of the platform ran out"),
    _text("reply_state", "whether the advertiser's reply is shown or was refused"),
    _text("reply", "the advertiser's reply"),
    _text("withheld", "what is withheld, and why"),
)
TABLE = Table(name="register", meaning="Public decisions.", columns=COLUMNS)


def cells_of(found: PublicDecision) -> Cells:
    """A decision as the cells of a row."""
    measures = found.measures
    return {
        "id": found.id,
        "entry": str(found.entry),
        "issued_at": found.issued_at,
        "state": str(found.state),
        "until": found.until,
        "supersedes": found.supersedes,
        "superseded_by": found.superseded_by,
        "policy": found.policy,
        "version": found.version,
        "package": found.package,
        "territory": found.territory,
        "subject_kind": found.subject_kind,
        "source": found.source,
        "automated": truth(found.automated),
        "departs": found.departs,
        "advertiser": AMONG.join(name.text for name in found.advertiser),
        "rules": AMONG.join(rule.id for rule in found.rules),
        "grounds": AMONG.join(f"{rule.ground}: {rule.clause}" for rule in found.rules if rule.clause),
        "facts": AMONG.join(f"{fact.name}={fact.value}" if fact.value else fact.name for fact in found.facts),
        "measures": AMONG.join(item.kind for item in measures),
        "territories": AMONG.join(_places(item.territories, all_but=item.all_but) for item in measures),
        "starts": AMONG.join(item.start for item in measures),
        "ends": AMONG.join(item.end for item in measures),
        "lifted": AMONG.join(item.lifted_at for item in measures),
        "appeals": AMONG.join(item.outcome for item in found.appeals),
        "appeal_days": AMONG.join(str(item.days) for item in found.appeals),
        "missed": AMONG.join(found.missed),
        "reply_state": found.reply.state if found.reply else "",
        "reply": found.reply.text if found.reply else "",
        "withheld": AMONG.join(map(_withheld, found.withheld)),
    }


def _places(territories: Iterable[str], *, all_but: bool) -> str:
    return " ".join(["*", *territories] if all_but else territories)


def _withheld(item: Withheld) -> str:
    return f"{item.what}: {item.why}"


def csv_pieces(found: Iterable[PublicDecision]) -> Iterator[bytes]:
    """As CSV (RFC 4180, UTF-8), in pieces. A text that would be a formula is begun by an apostrophe."""
    held = io.StringIO(newline="")
    writer = csv.writer(held)
    writer.writerow([column.name for column in COLUMNS])
    for item in found:
        cells = cells_of(item)
        writer.writerow([_harmless(cells[column.name]) for column in COLUMNS])
        if held.tell() > PORTION:
            yield held.getvalue().encode()
            held.seek(0)
            held.truncate()
    yield held.getvalue().encode()


def _harmless(cell: str | None) -> str:
    found = cell or ""
    return f"'{found}" if found.startswith(_FORMULAS) else found


def json_pieces(found: Iterable[PublicDecision]) -> Iterator[bytes]:
    """As an array of JSON, a decision on each line."""
    lead, held = b"[\n", bytearray()
    for item in found:
        held += lead + msgspec.json.encode(shown_form(item))
        lead = b",\n"
        if len(held) > PORTION:
            yield bytes(held)
            held.clear()
    yield bytes(held) + (b"[]\n" if lead == b"[\n" else b"\n]\n")


def parquet_pieces(found: Iterable[PublicDecision], folder: Path) -> Iterator[bytes]:
    """As Parquet, by way of a file in the folder; gone when all of it was handed on, or whoever asked has left."""
    with tempfile.TemporaryDirectory(dir=folder, prefix="register-") as own:
        path = write_slices(Path(own), TABLE, map(cells_of, found))
        with path.open("rb") as stream:
            while piece := stream.read(PORTION):
                yield piece


def title_of(found: PublicDecision, language: str = ENGLISH) -> str:
    """The titles of its rules, in a language as far as they have it."""
    titles = (
        rule.title.get(language) or rule.title.get(ENGLISH) or next(iter(rule.title.values()), rule.id)
        for rule in found.rules
    )
    return AMONG.join(titles)
