"""`adjudge decision`: proposed, shown with what stands in its way, confirmed, signed, returned, issued."""

import argparse
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import say
from adjudge.cli import arguments
from adjudge.cli.output import write_file
from adjudge.cli.session import (
    Session,
    add_below,
    add_output,
    add_reason,
    form_of,
    refuse,
    refuse_existing,
)
from adjudge.people.act import Act
from adjudge.people.permission import may
from adjudge.people.role import STAFF

if TYPE_CHECKING:
    from adjudge.records.rows import AppealRow, DecisionRow


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and those below it."""
    command = commands.add_parser(
        "decision",
        help="decisions: options, propose, show, confirm, sign, return, issue, automate",
        description="Decisions. None is issued while anything stands in its way, and nobody confirms their own.",
    )
    kinds = command.add_subparsers(dest="what", metavar="WHAT", required=True)
    _add_about(
        add_below(kinds, "options", _options, "show what can be decided about a subject, and who must")
    )
    _add_propose(add_below(kinds, "propose", _propose, "propose a decision about a subject"))
    _add_decision(
        add_below(
            kinds, "show", _show, "show a decision, its statement of reasons, and what stands in its way"
        )
    )
    below = add_below(kinds, "confirm", _confirm, "confirm somebody else's proposal, as a second person")
    _add_signing(below)
    below = add_below(kinds, "sign", _sign, "sign somebody else's proposal for a role that a rule asks for")
    below.add_argument(
        "--role", choices=sorted(role.value for role in STAFF), required=True, help="a role that you have"
    )
    _add_signing(below)
    below = add_below(kinds, "return", _return, "return a proposal; another one can take its place")
    _add_decision(below)
    add_reason(below)
    _add_decision(add_below(kinds, "issue", _issue, "issue a decision in whose way nothing stands"))
    _add_about(add_below(kinds, "automate", _automate, "issue what the rules leave to automation"))


def _add_about(command: argparse.ArgumentParser) -> None:
    command.add_argument("--matter", metavar="MATTER", required=True, help="the matter's id")
    command.add_argument("--subject", metavar="SUBJECT", required=True, help="whom or what it is about")


def _add_decision(command: argparse.ArgumentParser) -> None:
    command.add_argument("decision", metavar="DECISION", help="the decision's id, as X-000015")


def _add_propose(command: argparse.ArgumentParser) -> None:
    _add_about(command)
    which = command.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--file",
        metavar="FILE",
        type=arguments.path,
        help="YAML: reason; and as need be answers, milder, rights, instead, why_departing, wording; on appeal also "
        "appeal, replies, unfounded; to end a service at once no_advance, why_no_advance",
    )
    which.add_argument(
        "--template",
        action="store_true",
        help="propose nothing: write such a file to be filled in, with the claims that ask for an answer",
    )
    command.add_argument(
        "--appeal",
        metavar="APPEAL",
        default="",
        help="the appeal that it decides: the template begins with its points, a file must name it",
    )
    add_output(command, "write the template to a new file")


def _add_signing(command: argparse.ArgumentParser) -> None:
    _add_decision(command)
    command.add_argument(
        "--digest", metavar="DIGEST", required=True, help="that of what you have read, from `decision show`"
    )
    add_reason(command)


def _options(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.cli.decision_text import options_form, options_lines
    from adjudge.institution.reading.overview import options_for

    found = options_for(session.house, session.actor, asked.matter, asked.subject)
    return session.tell(options_lines(found, session.tongue), options_form(found))


def _propose(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.app.files import read_yaml_file
    from adjudge.institution.deciding.decisions import propose
    from adjudge.institution.reading.proposal_file import read_proposal

    if asked.template:
        return _template(session, asked)
    log = ProblemLog()
    proposal = read_proposal(read_yaml_file(asked.file, log), log)
    if proposal is not None and asked.appeal not in {"", proposal.appeal}:
        message = say("the file does not decide the appeal {appeal}", appeal=asked.appeal)
        log.add("bad-value", message, where=str(asked.file), hint=say("add {key}", key="`appeal:`"))
    if proposal is None or log.refuses:
        return refuse(session, log)
    row = propose(session.house, session.actor, asked.matter, asked.subject, proposal)
    return _told(session, row)


def _template(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.reading.overview import options_for
    from adjudge.institution.reading.proposal_file import proposal_template

    found = options_for(session.house, session.actor, asked.matter, asked.subject)
    appeal = _appeal(session, asked.appeal) if asked.appeal else None
    text = proposal_template(found, session.tongue, appeal)
    if asked.output is None:
        return session.tell(text.splitlines(), text)
    log = ProblemLog()
    refuse_existing(asked.output, log)
    if log.problems:
        return refuse(session, log)
    write_file(asked.output, text)
    file = str(asked.output)
    return session.tell([session.tongue("{file} is written.", file=file)], {"file": file})


def _appeal(session: Session, appeal: str) -> "AppealRow":
    from adjudge.institution.hearing.reading import read_appeal

    return read_appeal(session.house, session.actor, appeal)


def _show(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.cli.decision_text import decision_form, decision_lines
    from adjudge.institution.reading.overview import decision_overview

    found = decision_overview(session.house, session.actor, asked.decision)
    return session.tell(decision_lines(found, session.tongue), decision_form(found, session.tongue))


def _confirm(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.deciding.decisions import confirm

    row = confirm(session.house, session.actor, asked.decision, asked.digest, asked.reason)
    return _signed(session, row)


def _sign(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.deciding.decisions import sign

    row = sign(session.house, session.actor, asked.decision, asked.role, asked.digest, reason=asked.reason)
    return _signed(session, row)


def _signed(session: Session, row: "DecisionRow") -> int:
    """Say whose signature is still needed, if anybody's."""
    from adjudge.institution.deciding.decisions import open_needs

    tongue = session.tongue
    # Some roles sign without a right to read the whole matter.
    can_read = may(session.actor, Act.READ_MATTER, row.advertiser)
    needs = open_needs(session.house, session.actor, row.id) if can_read else ()
    lines = [tongue("You have signed the decision {decision}.", decision=row.id)]
    lines += [tongue("It needs the signature of: {role}", role=role) for role in needs]
    return session.tell(lines, {**form_of(row, "answer", "notice"), "needs": [*needs]})


def _return(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.deciding.decisions import give_back

    return _told(session, give_back(session.house, session.actor, asked.decision, asked.reason))


def _issue(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.deciding.decisions import issue

    return _told(session, issue(session.house, session.actor, asked.decision))


def _automate(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.deciding.decisions import automate

    return _told(session, automate(session.house, session.actor, asked.matter, asked.subject))


def _told(session: Session, row: "DecisionRow") -> int:
    tongue = session.tongue
    lines = [tongue("The decision {decision} is now: {state}", decision=row.id, state=row.state.value)]
    if row.issued_at is None:
        lines.append(tongue("Its digest, for those who sign it: {digest}", digest=row.digest))
    return session.tell(lines, form_of(row, "answer", "notice"))
