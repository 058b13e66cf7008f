"""The lines of the register: rows that hold what may be shown, by which words it is found, and as what it counts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from adjudge.institution.register.gathering import gathered, terms_now
from adjudge.records.ports import Reading
from adjudge.records.rows import DecisionRow, RegisterRow
from adjudge.records.shelf import REGISTER
from adjudge.records.sought import WIDTH
from adjudge.redaction.cells import cell_of
from adjudge.redaction.folding import ENDS, kept_words, token
from adjudge.redaction.public import PublicDecision, shown_form
from adjudge.redaction.redact import redacted

MOST_TERRITORIES = 60
"""Countries by which one measure is found; of more, by the others that it has."""


def lines_of(records: Reading, rows: Sequence[DecisionRow]) -> Sequence[RegisterRow]:
    """The lines of those among some decisions that are public, in their order."""
    terms = terms_now(records)
    found = []
    for material in gathered(records, rows):
        public = redacted(material, terms)
        if public is not None:
            found.append(line_of(material.decision, public, terms.mark))
    return found


def lines_anew(records: Reading, rows: Sequence[DecisionRow]) -> Sequence[RegisterRow]:
    """As `lines_of`; and in place of lines of what is not public any more, empty ones."""
    lines = list(lines_of(records, rows))
    shown = {line.id for line in lines}
    hidden = [row.id for row in rows if row.id not in shown]
    kept = records.get_many(REGISTER, hidden) if hidden else {}
    return [*lines, *map(emptied, kept.values())]


def emptied(line: RegisterRow) -> RegisterRow:
    """A line of what is kept out: nothing of it is shown or found. Rows are never deleted."""
    return replace(line, cell="", words="", shown={}, terms="")


def line_of(row: DecisionRow, public: PublicDecision, mark: str) -> RegisterRow:
    """The line of what may be shown of a decision."""
    at = row.issued_at.nanos if row.issued_at is not None else 0
    return RegisterRow(
        id=row.id,
        place=str(max(row.entry, 0)).zfill(WIDTH),
        issued=str(at).zfill(WIDTH),
        advertiser=row.advertiser,
        matter=row.matter,
        cell=cell_of(public),
        words=kept_words(_texts(public), tokens_of(public)),
        shown=shown_form(public),
        terms=mark,
    )


def tokens_of(public: PublicDecision) -> Iterator[str]:
    """The values by which the register can be narrowed. Where a measure holds everywhere but, it is found by `*`."""
    yield token("s", public.state)
    yield token("p", public.policy)
    yield token("k", public.subject_kind)
    yield token("u", "1" if public.automated else "0")
    if public.until:
        yield ENDS
    yield from (token("a", name.text) for name in public.advertiser)
    yield from (token("r", rule.id) for rule in public.rules)
    for measure in public.measures:
        yield token("m", measure.kind)
        if measure.all_but or len(measure.territories) > MOST_TERRITORIES:
            yield token("t", "*")
        if not measure.all_but:
            yield from (token("t", code) for code in measure.territories[:MOST_TERRITORIES])
        if measure.surfaces_all_but:
            yield token("f", "*")
        else:
            yield from (token("f", name) for name in measure.surfaces)
    yield from (token("o", appeal.outcome) for appeal in public.appeals)
    if public.reply is not None:
        yield token("y", public.reply.state)


def _texts(public: PublicDecision) -> Iterator[str]:
    """Everything that is shown in words."""
    yield public.id
    yield from (name.text for name in public.advertiser)
    yield public.policy
    for rule in public.rules:
        yield from (rule.id, *rule.title.values(), rule.clause)
    if public.reply is not None:
        yield public.reply.text
    yield from (fact.name for fact in public.facts)
