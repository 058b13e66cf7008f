"""`adjudge procedure`: how the institution answers, its clocks, calendar, relief and misuse, shown and settled."""

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog
from adjudge.cli import arguments
from adjudge.cli.clock_text import CLOCKS, consequence_said, term_text
from adjudge.cli.session import FORMS, Session, add_below, add_reason, form_of, refuse
from adjudge.clocks.term import ClockKind
from adjudge.tongues.tongue import Tongue

if TYPE_CHECKING:
    from adjudge.records.rows import ProcedureRow

YAML = "yaml"


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and those below it."""
    command = commands.add_parser(
        "procedure",
        help="how the institution answers: show, settle",
        description="How long the platform may take and what happens by itself when it takes longer, by which "
        "calendar, when measures rest, how early one is told, and how misuse is met. Clocks that run keep the term "
        "that was told when they began.",
    )
    kinds = command.add_subparsers(dest="what", metavar="WHAT", required=True)
    add_below(
        kinds, "show", _show, "show what is settled, or declared by the program", forms=(*FORMS, YAML)
    ).epilog = "With --format yaml it is a file that can be changed and settled."
    below = add_below(kinds, "settle", _settle, "settle it anew, from a file")
    below.add_argument(
        "file",
        metavar="FILE",
        type=arguments.path,
        help="YAML: country, zone, closed, clocks, relief, advance_days, reminder_days, link_days, mediators, misuse, "
        "retention, surfaces, when_stale, stale_after, unknown_landing, changed; what is left out is as the "
        "program declares it",
    )
    add_reason(below)


def _show(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.binding.procedure import read_procedure
    from adjudge.institution.binding.procedure_file import procedure_yaml

    row = read_procedure(session.house, session.actor)
    if asked.format == YAML:
        sys.stdout.write(procedure_yaml(row))
        return 0
    return session.tell(_lines(row, session.tongue), form_of(row))


def _settle(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.app.files import read_yaml_file
    from adjudge.institution.binding.procedure import settle_procedure
    from adjudge.institution.binding.procedure_file import read_settled_procedure

    log = ProblemLog()
    settled = read_settled_procedure(read_yaml_file(asked.file, log), log)
    if settled is None:
        return refuse(session, log)
    row = settle_procedure(session.house, session.actor, settled, reason=asked.reason)
    return session.tell(_lines(row, session.tongue), form_of(row))


def _lines(row: "ProcedureRow", tongue: Tongue) -> Iterator[str]:
    from adjudge.institution.binding.procedure import short_notice

    yield from _calendar_lines(row, tongue)
    yield tongue("Clocks:")
    yield from (f"  {line}" for line in _clock_lines(row, tongue))
    if row.relief:
        yield tongue("These measures rest while an appeal is open: {kinds}", kinds=", ".join(row.relief))
    else:
        yield tongue("No measure rests by itself while an appeal is open.")
    yield from _day_lines(row, tongue)
    short = short_notice(row)
    if short is not None:
        yield tongue.of(short)
    for mediator in row.mediators:
        yield tongue("Named to advertisers as a mediator: {mediator}", mediator=mediator)
    yield _misuse_line(row, tongue)
    yield from _retention_lines(row, tongue)
    yield from _serving_lines(row, tongue)


def _retention_lines(row: "ProcedureRow", tongue: Tongue) -> Iterator[str]:
    from adjudge.institution.binding.retention import RULES, kept_days

    for name, rule in RULES.items():
        if kept_days(row, name):
            yield tongue.plural(
                "Expunged after {count} day: {what}",
                "Expunged after {count} days: {what}",
                kept_days(row, name),
                what=rule.title,
            )
    if not row.retention:
        yield tongue("Nothing is expunged by itself.")


def _serving_lines(row: "ProcedureRow", tongue: Tongue) -> Iterator[str]:
    """What is declared for servers of ads."""
    yield tongue("Surfaces: {names}", names=", ".join(row.surfaces))
    yield tongue.plural(
        "Servers of ads that were not told for {count} second hold their snapshot to be stale.",
        "Servers of ads that were not told for {count} seconds hold their snapshot to be stale.",
        row.stale_after,
    )
    for kind, what in row.when_stale.items():
        yield tongue("When it is stale, {kind}: {what}", kind=kind, what=what)
    yield tongue("An ad of which it is unknown where it leads: {what}", what=row.unknown_landing)
    yield tongue("An ad that is not as it was approved: {what}", what=row.changed)


def _calendar_lines(row: "ProcedureRow", tongue: Tongue) -> Iterator[str]:
    if row.country:
        yield tongue(
            "Days are those of {zone}; business days leave out weekends and the holidays of {country}.",
            zone=row.zone,
            country=tongue.country(row.country),
        )
    else:
        yield tongue("Days are those of {zone}; business days leave out weekends only.", zone=row.zone)
    if row.closed:
        yield tongue("Nobody works on: {days}", days=", ".join(row.closed))


def _clock_lines(row: "ProcedureRow", tongue: Tongue) -> Iterator[str]:
    from adjudge.institution.binding.procedure import clock_term

    for kind in ClockKind:
        clock = clock_term(row, kind)
        yield tongue(
            "{what}: {term}; then {consequence}",
            what=CLOCKS[kind],
            term=term_text(clock.term.count, clock.term.unit, tongue),
            consequence=consequence_said(kind, clock.consequence),
        )


def _day_lines(row: "ProcedureRow", tongue: Tongue) -> Iterator[str]:
    if row.advance_days:
        yield tongue.plural(
            "That all advertising ends is told {count} day before.",
            "That all advertising ends is told {count} days before.",
            row.advance_days,
        )
    if row.reminder_days:
        yield tongue.plural(
            "Reminders go out {count} day before.", "Reminders go out {count} days before.", row.reminder_days
        )
    if row.link_days:
        yield tongue.plural(
            "The link in a mail lets its reader in once, for {count} day.",
            "The link in a mail lets its reader in once, for {count} days.",
            row.link_days,
        )


def _misuse_line(row: "ProcedureRow", tongue: Tongue) -> str:
    from adjudge.institution.binding.procedure import misuse_terms

    terms = misuse_terms(row)
    return tongue(
        "Misuse: from {number} appeals that were manifestly unfounded, and {share} % of those decided; handling rests "
        "for {days} days at most.",
        number=terms["least_number"],
        share=terms["least_share"],
        days=terms["longest_days"],
    )
