"""Records built from what conditions compare their fields with.

Not every combination: values of a field that no part of a body tells apart stand for one another.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from types import MappingProxyType

from adjudge.basis.ids import FactName
from adjudge.basis.instant import Instant
from adjudge.candidates.values import values_of
from adjudge.facts.type import RecordType, Type
from adjudge.facts.value import Record, Value
from adjudge.facts.vocabulary import Taxonomy
from adjudge.language.analysis.occurrence import TRUTH_VALUED, all_parts
from adjudge.language.core import Bound, Expr, FactValue, FieldValue, Operation, facts_in
from adjudge.language.failure import EvaluationError
from adjudge.language.operators import Concrete
from adjudge.spec.concrete import Binding, Surroundings, value_of

MOST_RECORDS = 600
_MOST_FREE = 6
"""Values of a field that is compared with another field or with a fact, where nothing tells which are alike."""


@dataclass(frozen=True, slots=True)
class Body:
    """What reads records: the body of a quantifier or an atom over the fact itself, with what surrounds it there."""

    record: Bound | FactValue
    expr: Expr
    around: Surroundings

    def binding(self, record: Record) -> Binding:
        """The body with one record in the place that it reads."""
        if isinstance(self.record, Bound):
            return Binding({}, {self.record.name: record})
        return Binding({self.record.fact: record})

    def other_facts(self, part: Expr) -> set[FactName]:
        """The facts that a part reads beside the record."""
        own = {self.record.fact} if isinstance(self.record, FactValue) else set()
        return set(facts_in(part)) - own


def records_of(
    kind: RecordType,
    bodies: Sequence[Body],
    mentions: Sequence[Concrete],
    taxonomies: Mapping[str, Taxonomy],
    now: Instant,
    *,
    claimed: Mapping[FactName, Sequence[Value]] = MappingProxyType({}),
) -> list[Value]:
    """At most `MOST_RECORDS` records; fields that no body reads have one value.

    `claimed` are the values of facts with which fields are compared, where these are known.
    """
    tests = [(body, part, _fields_in(part, body.record)) for body in bodies for part in _tests(body.expr)]
    columns = []
    for name, inner in kind.fields:
        # What nothing reads gets a plain value, so that nobody takes it for a reason.
        read = any(name in names for _, _, names in tests)
        candidates = values_of(inner, mentions if read else (), taxonomies, now)
        alone = [
            (body, part) for body, part, names in tests if names == {name} and not body.other_facts(part)
        ]
        shared = [
            body.other_facts(part)
            for body, part, names in tests
            if name in names and (len(names) > 1 or body.other_facts(part))
        ]
        chosen = list(_told_apart(name, candidates, alone)) if read else candidates[:1]
        if shared:
            others = [value for facts in shared for fact in sorted(facts) for value in claimed.get(fact, ())]
            # A part may compare several fields with several facts: what is of another type belongs to another field.
            fitting = [value for value in others if _is_of(inner, value, taxonomies, now)]
            free = fitting or candidates[:_MOST_FREE]
            chosen = [*chosen, *(item for item in dict.fromkeys(free) if item not in chosen)]
        columns.append([(name, value) for value in chosen])
    made = (Record(tuple(sorted(fields))) for fields in product(*columns))
    return list(islice(made, MOST_RECORDS))


def _is_of(kind: Type, value: Value, taxonomies: Mapping[str, Taxonomy], now: Instant) -> bool:
    """Whether a value is one of a type: then it is among those at and beside itself."""
    return any(
        type(found) is type(value) and found == value for found in values_of(kind, [value], taxonomies, now)
    )


def fields_read(bodies: Sequence[Body]) -> set[str]:
    """The fields that some body reads; one that reads the whole record reads none by name."""
    return {name for body in bodies for name in _fields_in(body.expr, body.record)}


def _tests(expr: Expr) -> Iterator[Expr]:
    """The least truth-valued parts of a body."""
    for part in all_parts(expr):
        is_truth = isinstance(part, Operation) and part.operator in TRUTH_VALUED
        if is_truth or isinstance(part, FieldValue):
            yield part


def _fields_in(expr: Expr, record: Bound | FactValue) -> set[str]:
    return {part.name for part in all_parts(expr) if isinstance(part, FieldValue) and part.record == record}


def _told_apart(
    name: str, candidates: Iterable[Value], tests: Sequence[tuple[Body, Expr]]
) -> Iterator[Value]:
    """One value for each way in which the tests of the field alone can turn out."""
    seen = set()
    for value in candidates:
        row = tuple(_truth(name, value, body, part) for body, part in tests)
        if row not in seen:
            seen.add(row)
            yield value


def _truth(name: str, value: Value, body: Body, part: Expr) -> bool | None:
    binding = body.binding(Record(((name, value),)))
    try:
        found = value_of(part, binding, body.around)
    except EvaluationError:
        return None
    return found if isinstance(found, bool) else None
