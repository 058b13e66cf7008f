"""How the institution answers, over HTTP: read, and settled anew."""

from django.http import HttpRequest
from ninja import Router

from adjudge.api.caller import caller_of
from adjudge.api.endpoint import acts, reads
from adjudge.api.shapes.procedure import ProcedureShape, ProcedureToSettle, TermShape, WhenStale
from adjudge.clocks.term import ClockKind, ClockTerm, Term
from adjudge.institution.binding import procedure
from adjudge.institution.binding.procedure import ProcedureSettled, clock_term, misuse_terms
from adjudge.institution.binding.register_terms import register_terms
from adjudge.institution.binding.retention import RULES, kept_days
from adjudge.language.package import MeasureKind
from adjudge.people.act import Act
from adjudge.records.rows import ProcedureRow
from adjudge.redaction.terms import LISTS, NUMBERS

router = Router(tags=["procedure"])


def _shown(row: ProcedureRow) -> ProcedureShape:
    """Whole, with what the program declares where nothing was settled."""
    clocks = {kind: clock_term(row, kind) for kind in ClockKind}
    return ProcedureShape.model_validate(
        {
            "id": row.id,
            "country": row.country,
            "zone": row.zone,
            "closed": row.closed,
            "clocks": {
                kind: TermShape(count=item.term.count, unit=item.term.unit, consequence=item.consequence)
                for kind, item in clocks.items()
            },
            "relief": row.relief,
            "advance_days": row.advance_days,
            "reminder_days": row.reminder_days,
            "link_days": row.link_days,
            "mediators": row.mediators,
            "misuse": misuse_terms(row),
            "retention": {name: kept_days(row, name) for name in RULES},
            "surfaces": row.surfaces,
            "when_stale": {kind: row.when_stale.get(kind, WhenStale.KEEP) for kind in MeasureKind},
            "stale_after": row.stale_after,
            "unknown_landing": row.unknown_landing,
            "changed": row.changed,
            "public": _terms(row),
        }
    )


@reads(router, "/procedure", act=Act.READ_CLOCKS, gives=ProcedureShape)
def read_procedure(request: HttpRequest) -> ProcedureShape:
    """Read how the institution answers."""
    caller = caller_of(request)
    return _shown(procedure.read_procedure(caller.house, caller.actor))


@acts(
    router,
    "/procedure",
    act=Act.SETTLE_PROCEDURE,
    gives=ProcedureShape,
    method="PUT",
    of=read_procedure,
    must_match=True,
)
def settle_procedure(request: HttpRequest, body: ProcedureToSettle) -> ProcedureShape:
    """Settle how the institution answers. Clocks that run keep what was told."""
    caller = caller_of(request)
    row = procedure.settle_procedure(caller.house, caller.actor, _settled(body), reason=body.reason)
    return _shown(row)


def _settled(body: ProcedureToSettle) -> ProcedureSettled:
    given = {kind: getattr(body.clocks, kind.value) for kind in ClockKind}
    misuse = body.misuse.model_dump(exclude_none=True)
    return ProcedureSettled(
        country=body.country,
        zone=body.zone,
        closed=body.closed,
        clocks=[
            ClockTerm(kind, Term(item.count, item.unit), item.consequence)
            for kind, item in given.items()
            if item is not None
        ],
        relief=[kind.value for kind in body.relief],
        advance_days=body.advance_days,
        reminder_days=body.reminder_days,
        link_days=body.link_days,
        mediators=body.mediators,
        misuse={name: str(number) for name, number in misuse.items()},
        retention={name: str(days) for name, days in body.retention.model_dump().items()},
        surfaces=body.surfaces,
        when_stale={kind.value: getattr(body.when_stale, kind.value).value for kind in MeasureKind},
        stale_after=body.stale_after,
        unknown_landing=body.unknown_landing.value,
        changed=body.changed.value,
        public=_register(body),
    )


def _terms(row: ProcedureRow) -> dict[str, object]:
    """The terms of the register, each of its type."""
    found: dict[str, object] = {}
    for name, text in register_terms(row.public).items():
        found[name] = text.split() if name in LISTS else int(text) if name in NUMBERS else text
    return found


def _register(body: ProcedureToSettle) -> dict[str, str]:
    terms = body.public
    return {
        "open": terms.open.value,
        "names": terms.names.value,
        "after_days": str(terms.after_days),
        "least": str(terms.least),
        "facts": " ".join(terms.facts),
        "rules": " ".join(terms.rules),
    }
