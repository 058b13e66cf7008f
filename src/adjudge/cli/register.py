"""`adjudge register`: the public register, sought, shown, written to a file, counted; and replies in it."""

import argparse
from typing import TYPE_CHECKING

from adjudge.basis.said import say
from adjudge.cli import arguments
from adjudge.cli.output import write_chunks
from adjudge.cli.session import (
    Session,
    add_below,
    add_most,
    add_reason,
    add_words,
    form_of,
    read_words,
    table,
)
from adjudge.errors import Finding, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from adjudge.institution.published.asked import Asked
    from adjudge.records.rows import ReplyRow
    from adjudge.redaction.counts import Line
    from adjudge.redaction.public import PublicDecision
    from adjudge.tongues.tongue import Tongue

ENDINGS = ("csv", "json", "parquet")
TABLES = ("rules", "countries", "kinds", "appeals", "spans", "missed", "apart")
NARROWING = (
    "policy",
    "rule",
    "kind",
    "territory",
    "surface",
    "state",
    "outcome",
    "advertiser",
    "since",
    "until",
)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and those below it."""
    command = commands.add_parser(
        "register",
        help="the public register: list, show, export, figures; replies: reply, take-back, refuse, answer, restore",
        description="What everybody sees of decisions, after the one redaction that all public faces pass.",
    )
    kinds = command.add_subparsers(dest="what", metavar="WHAT", required=True)
    below = add_below(kinds, "list", _list, "list public decisions, the newest first")
    _add_narrowing(below)
    add_most(below)
    _add_decision(add_below(kinds, "show", _show, "show a decision as everybody sees it"))
    below = add_below(kinds, "export", _export, "write all public decisions to a file: CSV, JSON or Parquet")
    below.add_argument("file", metavar="FILE", type=arguments.path, help=f"ends in .{', .'.join(ENDINGS)}")
    _add_narrowing(below)
    add_below(kinds, "figures", _figures, "show the statistics; small counts are withheld")
    _add_replies(kinds)


def _add_replies(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    below = add_below(
        kinds, "reply", _reply, "put one's own words beside a decision, in place of those before"
    )
    _add_decision(below)
    add_words(below, "the reply")
    below.add_argument("--language", metavar="TAG", default="", help="the language that it is in")
    _add_decision(add_below(kinds, "take-back", _take_back, "take one's reply back"))
    below = add_below(kinds, "refuse", _refuse, "refuse a reply, on a declared ground")
    _add_decision(below)
    below.add_argument("ground", metavar="GROUND", help="one of: others, unlawful, elsewhere")
    add_reason(below)
    below = add_below(kinds, "answer", _answer, "answer the refusal of one's reply")
    _add_decision(below)
    add_words(below, "the answer")
    below = add_below(kinds, "restore", _restore, "show again a reply that somebody else refused")
    _add_decision(below)
    add_reason(below)


def _add_decision(command: argparse.ArgumentParser) -> None:
    command.add_argument("decision", metavar="DECISION", help="the decision's id, as X-000015")


def _add_narrowing(command: argparse.ArgumentParser) -> None:
    whole = "words that are shown; their beginnings where nothing has them whole"
    command.add_argument("--text", metavar="WORDS", default="", help=whole)
    for name in NARROWING:
        command.add_argument(f"--{name}", metavar="VALUE", default="", help=f"narrow by {name}")


def _asked(asked: argparse.Namespace) -> "Asked":
    from adjudge.institution.published.asked import asked_from

    return asked_from({name: getattr(asked, name) for name in ("text", *NARROWING)})


def _list(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.published.reading import register_found
    from adjudge.redaction.public import shown_form

    found = register_found(session.house, _asked(asked), most=asked.most)
    now, tongue = str(found.at), session.tongue
    cells = [
        (
            item.id,
            item.issued_at[:10],
            str(item.state_at(now)),
            item.name or "–",
            ", ".join(rule.id for rule in item.rules),
        )
        for item in found.items
    ]
    lines = table(cells) if cells else [tongue("Nothing in the register fits this.")]
    more = [tongue("There is more.")] if found.after else []
    return session.tell([*lines, *more], [shown_form(item) for item in found.items])


def _rules(found: "PublicDecision") -> str:
    return ", ".join(rule.id for rule in found.rules)


def _show(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.house import time_of
    from adjudge.institution.published.reading import register_decision
    from adjudge.redaction.public import shown_form

    found = register_decision(session.house, asked.decision)
    return session.tell(_lines(found, str(time_of(session.house)), session.tongue), shown_form(found))


def _lines(found: "PublicDecision", now: str, tongue: "Tongue") -> "Iterator[str]":
    state = str(found.state_at(now))
    yield tongue(
        "{decision}, issued {day}: {state}", decision=found.id, day=found.issued_at[:10], state=state
    )
    yield tongue("Advertiser: {name}", name=found.name or tongue("withheld"))
    yield tongue("Policy: {policy} {version}", policy=found.policy, version=found.version)
    for rule in found.rules:
        yield tongue("Rule {rule}: {clause}", rule=rule.id, clause=rule.clause)
    for item in found.measures:
        yield tongue(
            "{what}: {where}", what=item.kind, where=_where(item.territories, tongue, all_but=item.all_but)
        )
    for appeal in found.appeals:
        yield tongue("Appeal: {outcome}", outcome=appeal.outcome)
    if found.superseded_by:
        yield tongue("In its place came {decision}.", decision=found.superseded_by)
    if found.reply is not None and found.reply.text:
        yield tongue("The advertiser replies: {text}", text=found.reply.text)
    for withheld in found.withheld:
        yield tongue("Withheld: {what} ({why})", what=str(withheld.what), why=str(withheld.why))


def _where(territories: tuple[str, ...], tongue: "Tongue", *, all_but: bool) -> str:
    countries = tongue.listed(territories)
    if not all_but:
        return countries
    return tongue("everywhere but {countries}", countries=countries) if territories else tongue("everywhere")


def _export(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.published.reading import register_stream
    from adjudge.institution.published.table import csv_pieces, json_pieces, parquet_pieces

    ending = asked.file.suffix.removeprefix(".").lower()
    if ending not in ENDINGS:
        message = say("{ending} is none of the forms", ending=f".{ending}")
        hint = say("choose among: {kinds}", kinds=ENDINGS)
        raise RefusedError(message, hint=hint, findings=(Finding("bad-value", message, hint),))
    writing: dict[str, Callable[[Iterable[PublicDecision]], Iterable[bytes]]] = {
        "csv": csv_pieces,
        "json": json_pieces,
        "parquet": lambda found: parquet_pieces(found, asked.file.parent),
    }
    write_chunks(asked.file, writing[ending](register_stream(session.house, _asked(asked))))
    return session.tell(
        [session.tongue("Written to {file}.", file=str(asked.file))], {"file": str(asked.file)}
    )


def _figures(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.published.statistics import counted_now

    del asked
    found, tongue = counted_now(session.house), session.tongue
    total = tongue("withheld") if found.total is None else tongue.number(found.total)
    lines = [tongue("Decisions in the register: {count}", count=total)]
    tables = {
        name: getattr(found, name)
        for name in ("rules", "countries", "kinds", "appeals", "spans", "missed", "apart")
    }
    for name, rows in tables.items():
        lines += ["", name, *table([_cells(row, tongue) for row in rows])] if rows else []
    form = {
        name: [{"key": [*row.key], "counts": [*row.counts]} for row in rows] for name, rows in tables.items()
    }
    return session.tell(lines, {"total": found.total, "least": found.least, **form})


def _cells(line: "Line", tongue: "Tongue") -> tuple[str, ...]:
    counts = (tongue("withheld") if count is None else tongue.number(count) for count in line.counts)
    return ("/".join(line.key), *counts)


# --- replies ---


def _reply(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.published.replying import give_reply

    words = read_words(asked.text)
    row = give_reply(session.house, session.actor, asked.decision, words, language=asked.language)
    return _told(session, session.tongue("Your reply is public now."), row)


def _take_back(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.published.replying import withdraw_reply

    row = withdraw_reply(session.house, session.actor, asked.decision)
    return _told(session, session.tongue("Your reply is taken back, and shown no more."), row)


def _refuse(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.published.replying import refuse_reply

    row = refuse_reply(session.house, session.actor, asked.decision, asked.ground, asked.reason)
    return _told(session, session.tongue("The reply is refused, and its author sees why."), row)


def _answer(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.published.replying import answer_refusal

    row = answer_refusal(session.house, session.actor, asked.decision, read_words(asked.text))
    told = session.tongue("Your answer is kept. Somebody else than who refused it will read it.")
    return _told(session, told, row)


def _restore(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.published.replying import restore_reply

    row = restore_reply(session.house, session.actor, asked.decision, asked.reason)
    return _told(session, session.tongue("The reply is shown again."), row)


def _told(session: Session, line: str, row: "ReplyRow") -> int:
    from adjudge.institution.published.replying import reply_as_read

    return session.tell([line], form_of(reply_as_read(row, session.actor), "part"))
