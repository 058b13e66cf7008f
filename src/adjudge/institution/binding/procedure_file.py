"""How the institution answers, as a file: read with problems where it does not fit, and written so that it can be read.

Not what can be settled: `settle_procedure` says that, whoever hands it in.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.node import Node, Scalar
from adjudge.basis.reading.shape import Fields, Shape, key_named
from adjudge.basis.said import Said, say
from adjudge.clocks.term import ALLOWED, LONGEST, ClockKind, ClockTerm, Consequence, Term, Unit
from adjudge.enforcement.terms import ALLOW, KEEP, REVIEW
from adjudge.institution.binding.procedure import (
    LINK_DAYS,
    LONGEST_ADVANCE,
    MISUSE_BOUNDS,
    ProcedureSettled,
    clock_term,
    misuse_terms,
    suggested,
)
from adjudge.institution.binding.register_terms import register_terms
from adjudge.institution.binding.retention import LONGEST_KEPT, RULES, kept_days
from adjudge.institution.binding.serving_terms import (
    ADS,
    CHANGED,
    LONGEST_STALE,
    SHORTEST_STALE,
    STALE_AFTER,
    UNKNOWN_LANDING,
    WHEN_STALE,
)
from adjudge.language.package import MeasureKind
from adjudge.records.rows import ProcedureRow
from adjudge.redaction.terms import DEFAULTS, LISTS, NUMBERS, WORDS


def read_settled_procedure(node: Node | None, log: ProblemLog) -> ProcedureSettled | None:
    """From its nodes; None with problems. A key that is left out means what the program declares."""
    shape = Shape(log)
    fields = shape.mapping(node, say("the file"))
    if fields is None:
        return None
    settled = ProcedureSettled(
        country=shape.text(fields.optional("country"), key_named("country")) or "",
        zone=shape.text(fields.optional("zone"), key_named("zone")) or "UTC",
        closed=_texts(shape, fields.optional("closed"), key_named("closed")),
        clocks=tuple(_clocks(shape, fields.optional("clocks"))),
        relief=_texts(
            shape, fields.optional("relief"), key_named("relief"), [str(kind) for kind in MeasureKind]
        ),
        advance_days=_days(shape, fields.optional("advance_days"), key_named("advance_days"), 0),
        reminder_days=_days(shape, fields.optional("reminder_days"), key_named("reminder_days"), 7),
        link_days=_days(shape, fields.optional("link_days"), key_named("link_days"), LINK_DAYS),
        mediators=_texts(shape, fields.optional("mediators"), key_named("mediators")),
        misuse=_misuse(shape, fields.optional("misuse")),
        retention=_retention(shape, fields.optional("retention")),
        surfaces=_surfaces(shape, fields.optional("surfaces")),
        when_stale=_when_stale(shape, fields.optional("when_stale")),
        stale_after=_seconds(shape, fields.optional("stale_after")),
        unknown_landing=_landing(shape, fields.optional("unknown_landing")),
        changed=_changed(shape, fields.optional("changed")),
        public=_register(shape, fields.optional("public")),
    )
    fields.done()
    return None if log.refuses else settled


def _texts(shape: Shape, node: Node | None, what: Said, known: list[str] | None = None) -> tuple[str, ...]:
    """A list of texts, or of words among some."""
    items = shape.sequence(node, what)
    if known is not None:
        return tuple(filter(None, (shape.one_of(item, what, known) for item in items)))
    return tuple(filter(None, (shape.text(item, what) for item in items)))


def _days(shape: Shape, node: Node | None, what: Said, usual: int) -> int:
    found = shape.integer(node, what, 0, LONGEST_ADVANCE)
    return usual if found is None else found


def _clocks(shape: Shape, node: Node | None) -> Iterator[ClockTerm]:
    """Each clock that is named, by its kind."""
    fields = _below(shape, node, key_named("clocks"))
    if fields is None:
        return
    for kind in ClockKind:
        below = _below(shape, fields.optional(str(kind)), say("the clock {kind}", kind=str(kind)))
        found = _clock(shape, below, kind) if below is not None else None
        if found is not None:
            yield found
    fields.done()


def _clock(shape: Shape, fields: Fields, kind: ClockKind) -> ClockTerm | None:
    unit = shape.word(fields.optional("unit"), key_named("unit"), Unit)
    most = LONGEST[unit or Unit.DAYS]
    count = shape.integer(fields.required("count"), key_named("count"), 1, most)
    allowed = [str(item) for item in Consequence if item in ALLOWED[kind]]
    then = shape.one_of(fields.required("consequence"), key_named("consequence"), allowed)
    fields.done()
    if count is None or then not in allowed:
        return None
    return ClockTerm(kind, Term(count, unit or Unit.DAYS), Consequence(then))


def _misuse(shape: Shape, node: Node | None) -> dict[str, str]:
    """The thresholds that are named, as the texts that they are kept as."""
    fields = _below(shape, node, key_named("misuse"))
    if fields is None:
        return {}
    given = {
        name: shape.integer(fields.optional(name), say("{name} of misuse", name=name), *bounds)
        for name, bounds in MISUSE_BOUNDS.items()
    }
    fields.done()
    return {name: str(number) for name, number in given.items() if number is not None}


def _retention(shape: Shape, node: Node | None) -> dict[str, str]:
    """After how many days, by rule; what is left out is kept."""
    fields = _below(shape, node, key_named("retention"))
    if fields is None:
        return {}
    given = {
        name: shape.integer(fields.optional(name), say("{name} of retention", name=name), 0, LONGEST_KEPT)
        for name in RULES
    }
    fields.done()
    return {name: str(number) for name, number in given.items() if number is not None}


def _register(shape: Shape, node: Node | None) -> dict[str, str]:
    """The terms of the public register that are named; what is left out is as the program declares it."""
    fields = _below(shape, node, key_named("public"))
    if fields is None:
        return {}
    given: dict[str, str | None] = {}
    for name in DEFAULTS:
        found = fields.optional(name)
        if found is None:
            continue
        what = say("{name} of the register", name=name)
        if name in WORDS:
            given[name] = shape.one_of(found, what, list(WORDS[name]))
        elif name in NUMBERS:
            number = shape.integer(found, what, *NUMBERS[name])
            given[name] = None if number is None else str(number)
        else:
            given[name] = " ".join(_texts(shape, found, what))
    fields.done()
    return {name: text for name, text in given.items() if text is not None}


def _surfaces(shape: Shape, node: Node | None) -> tuple[str, ...]:
    return _texts(shape, node, key_named("surfaces")) or (ADS,)


def _when_stale(shape: Shape, node: Node | None) -> dict[str, str]:
    """What holds by kind of measure where servers were not told for too long; kinds that are left out go on."""
    fields = _below(shape, node, key_named("when_stale"))
    if fields is None:
        return {}
    given = {
        kind.value: shape.one_of(
            found, say("{kind} of {key}", kind=kind.value, key=key_named("when_stale")), list(WHEN_STALE)
        )
        for kind in MeasureKind
        if (found := fields.optional(kind.value)) is not None
    }
    fields.done()
    return {kind: what for kind, what in given.items() if what}


def _seconds(shape: Shape, node: Node | None) -> int:
    found = shape.integer(node, key_named("stale_after"), SHORTEST_STALE, LONGEST_STALE)
    return STALE_AFTER if found is None else found


def _landing(shape: Shape, node: Node | None) -> str:
    return shape.one_of(node, key_named("unknown_landing"), list(UNKNOWN_LANDING)) or ALLOW


def _changed(shape: Shape, node: Node | None) -> str:
    return shape.one_of(node, key_named("changed"), list(CHANGED)) or REVIEW


def _below(shape: Shape, node: Node | None, what: Said) -> Fields | None:
    """The entries of a mapping that may be left open."""
    if isinstance(node, Scalar) and node.kind == "null":
        return None
    return shape.mapping(node, what)


# --- written ---


def procedure_yaml(row: ProcedureRow) -> str:
    """What is settled, whole, as a file that can be settled again; where nothing is, what should be."""
    row = suggested(row)
    return "\n".join(_lines(row)) + "\n"


def _lines(row: ProcedureRow) -> Iterator[str]:
    yield f"country: {_quoted(row.country)}"
    yield f"zone: {_quoted(row.zone)}"
    yield from _list("closed", row.closed)
    yield "clocks:"
    for kind in ClockKind:
        clock = clock_term(row, kind)
        count, unit, then = clock.term.count, clock.term.unit, clock.consequence
        yield f"  {kind}: {{count: {count}, unit: {unit}, consequence: {then}}}"
    yield from _list("relief", row.relief)
    yield f"advance_days: {row.advance_days}"
    yield f"reminder_days: {row.reminder_days}"
    yield f"link_days: {row.link_days}"
    yield from _list("mediators", row.mediators)
    yield from _mapping("misuse", misuse_terms(row))
    yield from _mapping("retention", {name: kept_days(row, name) for name in RULES})
    yield from _list("surfaces", row.surfaces)
    yield "when_stale:"
    yield from (f"  {kind}: {row.when_stale.get(kind, KEEP)}" for kind in MeasureKind)
    yield f"stale_after: {row.stale_after}"
    yield f"unknown_landing: {row.unknown_landing}"
    yield f"changed: {row.changed}"
    yield "public:"
    for name, text in register_terms(row.public).items():
        yield f"  {name}: {_register_value(name, text)}"


def _register_value(name: str, text: str) -> str:
    """Words stand between quotes: to YAML, `no` alone is no word."""
    if name in NUMBERS:
        return text
    return f"[{', '.join(map(_quoted, text.split()))}]" if name in LISTS else _quoted(text)


def _list(key: str, items: Sequence[str]) -> Iterator[str]:
    yield f"{key}:" if items else f"{key}: []"
    yield from (f"  - {_quoted(item)}" for item in items)


def _mapping(key: str, items: Mapping[str, int]) -> Iterator[str]:
    yield f"{key}:"
    yield from (f"  {name}: {number}" for name, number in items.items())


def _quoted(text: str) -> str:
    """A text between quotes, as YAML reads it; what cannot be seen is spelled, so that it drives no terminal."""
    plain = json.dumps(text, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in plain)
