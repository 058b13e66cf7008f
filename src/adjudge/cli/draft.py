"""`adjudge draft`: a complete statement of reasons, written from an outcome."""

import argparse
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog
from adjudge.cli import arguments
from adjudge.cli.output import write
from adjudge.cli.problems import REFUSED_INPUT, report
from adjudge.cli.question import add_others, add_question, compared_answer_of, today
from adjudge.tongues.tongue import LANGUAGES, tongue_of

if TYPE_CHECKING:
    from adjudge.notices.statement import Statement
    from adjudge.tongues.tongue import Tongue

FORMATS = ("yaml", "text", "html", "md")


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    command = commands.add_parser(
        "draft",
        help="write a statement of reasons from an outcome",
        description="Write the statement of reasons for the measures that follow for a subject: complete by the "
        "examination of `adjudge examine`, unsigned, for a person to read. YAML has it in every language, with its "
        "passages marked; the other forms in the language asked for.",
    )
    add_question(command)
    add_others(command)
    command.add_argument("--subject", metavar="S", required=True, help="whom or what the measures are about")
    command.add_argument(
        "--informed-at",
        metavar="DATE",
        type=arguments.instant,
        help="when the addressee is informed; the time for a complaint runs from it (default: --as-of, or --known-at "
        "where that is later)",
    )
    arguments.add_language(command)
    command.add_argument(
        "--format", choices=FORMATS, default="yaml", help="form of the statement (default: yaml)"
    )
    command.add_argument("-o", "--output", metavar="FILE", type=arguments.path, help="write to a file")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Write the statement; 2 with problems, where there is no measure to state reasons for among them."""
    from adjudge.app.notices import statement_of

    log = ProblemLog()
    tongue = tongue_of(asked.lang)
    answer = compared_answer_of(asked, log)
    as_of = asked.as_of or today()
    informed_at = asked.informed_at or max(as_of, asked.known_at or as_of)
    tongues = [tongue_of(code) for code in LANGUAGES] if asked.format == "yaml" else [tongue]
    statement = statement_of(answer, asked.subject, informed_at, tongues, log) if answer else None
    if statement is None:
        return report(log, tongue=tongue) or REFUSED_INPUT
    write(_written(statement, asked.format, tongue), asked.output)
    return 0


def _written(statement: "Statement", form: str, tongue: "Tongue") -> str:
    from adjudge.notices.printer import notice_yaml
    from adjudge.notices.statement import as_notice

    if form == "yaml":
        return notice_yaml(as_notice(statement))
    letter = statement.letters[0]
    if form == "text":
        from adjudge.answers.forms.harmless import harmless

        return harmless(letter.text)
    from adjudge.answers.notices.statement_forms import statement_html, statement_markdown

    return statement_html(letter, tongue) if form == "html" else statement_markdown(letter)
