"""The page of how the institution answers: calendar, clocks, relief, advance notice, reminders, mediators, misuse."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponseBase
from django.urls import reverse

from adjudge.basis.said import say
from adjudge.clocks.term import ALLOWED, DECLARED, LONGEST, ClockKind, ClockTerm, Consequence, Term, Unit
from adjudge.decisions.words import MEASURES
from adjudge.desk.frame.acting import FRESH, Forms, acting, whole_number
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.visit import Visit
from adjudge.desk.words.hearing import CLOCK_KINDS, CONSEQUENCES, UNITS
from adjudge.desk.words.register import NAME_WORDS, OPEN_WORDS
from adjudge.enforcement.terms import ALLOW, DENY, HOLD, KEEP, REVIEW, RUN
from adjudge.institution.binding.procedure import (
    LINK_DAYS,
    MISUSE_BOUNDS,
    ProcedureSettled,
    clock_term,
    misuse_terms,
    read_procedure,
    settle_procedure,
    short_notice,
    suggested,
)
from adjudge.institution.binding.register_terms import register_terms
from adjudge.institution.binding.retention import RULES, kept_days
from adjudge.institution.binding.serving_terms import STALE_AFTER
from adjudge.institution.house import refused
from adjudge.people.act import Act
from adjudge.people.permission import permit
from adjudge.records.rows import ProcedureRow
from adjudge.redaction.terms import DEFAULTS, LISTS

STALE_WORDS = {
    KEEP: say("such measures go on"),
    ALLOW: say("such measures have no effect"),
    DENY: say("no advertising runs at all"),
}
"""What can hold where a server of ads was not told for too long."""
CHANGED_WORDS = {
    REVIEW: say("it goes back to review, and does not run"),
    HOLD: say("it does not run"),
    RUN: say("it goes back to review, and runs"),
}
"""What can become of an ad that is not as it was approved."""
LANDING_WORDS = {ALLOW: say("it runs"), DENY: say("it does not run")}
"""What can hold for an ad of which it is unknown where it leads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockFields:
    """The fields of one clock, as they stand now, with what it may lead to and what the program declares."""

    kind: ClockKind
    term: ClockTerm
    declared: ClockTerm
    allowed: Sequence[Consequence]


def procedure_page(visit: Visit, forms: Forms = FRESH) -> HttpResponseBase:
    """What is settled, in a form that settles it anew."""
    permit(visit.actor, Act.SETTLE_PROCEDURE)
    row = read_procedure(visit.house, visit.actor)
    return show(
        visit,
        "administration/procedure.html",
        status=forms.status,
        forms=forms,
        row=row,
        clock_fields=[_fields(row, item) for item in DECLARED],
        kinds=CLOCK_KINDS,
        units=UNITS,
        consequences=CONSEQUENCES,
        measures=MEASURES,
        misuse=misuse_terms(row),
        retention=[(name, rule, kept_days(row, name)) for name, rule in RULES.items()],
        when_stale=STALE_WORDS,
        landings=LANDING_WORDS,
        changes=CHANGED_WORDS,
        register=register_terms(row.public),
        register_open=OPEN_WORDS,
        register_names=NAME_WORDS,
        longest=LONGEST,
        advance=suggested(row).advance_days,
        short_notice=short_notice(row),
    )


def _fields(row: ProcedureRow, declared: ClockTerm) -> ClockFields:
    allowed = [item for item in Consequence if item in ALLOWED[declared.kind]]
    return ClockFields(
        kind=declared.kind, term=clock_term(row, declared.kind), declared=declared, allowed=allowed
    )


def procedure_or_settle(visit: Visit) -> HttpResponseBase:
    """Show it, or settle it anew."""
    if visit.request.method != "POST":
        return procedure_page(visit)

    def act() -> str:
        settle_procedure(visit.house, visit.actor, _settled(visit), reason=visit.sent("reason"))
        return visit.tongue("It is settled. Clocks that run keep what was told.")

    return acting(visit, "procedure", act, reverse("procedure"), lambda forms: procedure_page(visit, forms))


def _settled(visit: Visit) -> ProcedureSettled:
    """What was typed. Raises RefusedError for what is no number, or not among the choices."""
    return ProcedureSettled(
        country=visit.sent("country").strip().upper(),
        zone=visit.sent("zone").strip() or "UTC",
        closed=_lines(visit, "closed"),
        clocks=[_clock(visit, item.kind) for item in DECLARED],
        relief=[kind.value for kind in MEASURES if kind.value in visit.request.POST.getlist("relief")],
        advance_days=whole_number(visit.sent("advance_days"), say("the days of advance notice")),
        reminder_days=whole_number(visit.sent("reminder_days"), say("the days before a reminder")),
        link_days=whole_number(
            visit.sent("link_days") or str(LINK_DAYS), say("the days for which a link lets its reader in")
        ),
        mediators=_lines(visit, "mediators"),
        misuse={name: visit.sent(name).strip() for name in MISUSE_BOUNDS if visit.sent(name).strip()},
        retention={
            name: visit.sent(f"kept-{name}").strip() for name in RULES if visit.sent(f"kept-{name}").strip()
        },
        surfaces=_lines(visit, "surfaces"),
        when_stale={
            kind.value: visit.sent(f"stale-{kind}") for kind in MEASURES if visit.sent(f"stale-{kind}")
        },
        stale_after=whole_number(
            visit.sent("stale_after") or str(STALE_AFTER), say("the seconds after which a snapshot is stale")
        ),
        unknown_landing=visit.sent("unknown_landing") or ALLOW,
        changed=visit.sent("changed") or REVIEW,
        public=_register(visit),
    )


def _register(visit: Visit) -> dict[str, str]:
    """The terms of the public register; what was not sent is as the program declares it."""
    sent = {name: visit.sent(f"register-{name}").strip() for name in DEFAULTS}
    return {name: " ".join(text.split()) for name, text in sent.items() if text or name in LISTS}


def _clock(visit: Visit, kind: ClockKind) -> ClockTerm:
    count = whole_number(visit.sent(f"count-{kind}"), say("the length of the clock {kind}", kind=kind))
    unit = next((item for item in Unit if item.value == visit.sent(f"unit-{kind}")), None)
    then = next((item for item in Consequence if item.value == visit.sent(f"then-{kind}")), None)
    if unit is None or then is None:
        message = say("of the clock {kind} nothing was chosen", kind=kind)
        raise refused("bad-value", message, say("choose among what is offered"))
    return ClockTerm(kind, Term(count, unit), then)


def _lines(visit: Visit, name: str) -> list[str]:
    """What was written, one a line."""
    return [text.strip() for text in visit.sent(name).split("\n") if text.strip()]
