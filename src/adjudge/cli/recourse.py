"""`adjudge recourse`: what would change the answer for one subject of a case."""

import argparse
from typing import TYPE_CHECKING

from adjudge.basis.ids import SubjectId
from adjudge.basis.problem import ProblemLog, did_you_mean, quoted
from adjudge.basis.said import say
from adjudge.cli import arguments
from adjudge.cli.output import width, write
from adjudge.cli.problems import REFUSED_INPUT, report
from adjudge.cli.question import add_question, answer_of
from adjudge.tongues.tongue import Tongue, tongue_of

if TYPE_CHECKING:
    from adjudge.answers.answer import Answer
    from adjudge.language.package import MeasureKind
    from adjudge.recourse.way import Recourse

FORMATS = ("text", "json", "md", "html")
NO_MEASURE = "none"


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    command = commands.add_parser(
        "recourse",
        help="show what would lift a measure: every smallest set of changes and proofs",
        description="Show all smallest ways in which the measures on one subject of a case would be lifted, the "
        "cheapest first: what the advertiser can change, what it can prove and with which documents, and what only "
        "others can change. Each way is checked with the reference evaluator. A date means 00:00 UTC of that day.",
    )
    add_question(command)
    command.add_argument("--subject", metavar="ID", required=True, help="a subject of the case")
    command.add_argument(
        "--target",
        metavar="MEASURE",
        default=NO_MEASURE,
        help="the severest measure that may remain, as label (default: none)",
    )
    command.add_argument(
        "--all",
        action="store_true",
        help="show variants too that need more than another way (JSON has them always)",
    )
    command.add_argument("--format", choices=FORMATS, default="text", help="form (default: text)")
    arguments.add_language(command)
    command.add_argument("-o", "--output", metavar="FILE", type=arguments.path, help="write to a file")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Search and write; 2 with the problems where the case, the subject or the target is not there."""
    from adjudge.app.recourse import recourse_of

    log, tongue = ProblemLog(), tongue_of(asked.lang)
    answer = answer_of(asked, log)
    target = _target(asked.target, log)
    subject = _subject(asked.subject, answer, log) if answer is not None else None
    if answer is None or subject is None or log.refuses:
        return report(log, tongue) or REFUSED_INPUT
    found = recourse_of(answer, subject, target=target)
    write(written(found, answer, subject, asked.format, tongue=tongue, every=asked.all), asked.output)
    return 0


def _target(word: str, log: ProblemLog) -> "MeasureKind | None":
    """The measure of a word; None for no measure, and with a problem for a word that is none."""
    from adjudge.language.package import MeasureKind

    words = {kind.value: kind for kind in MeasureKind}
    if word != NO_MEASURE and word not in words:
        message = say("{word} is no measure", word=quoted(word))
        log.add("bad-word", message, where="--target", hint=did_you_mean(word, [NO_MEASURE, *words]))
    return words.get(word)


def _subject(name: str, answer: "Answer", log: ProblemLog) -> SubjectId | None:
    """The subject of a name; None with a problem where the case has none."""
    known = [str(item.party.subject.id) for item in answer.subjects]
    if name in known:
        return SubjectId(name)
    message = say("the case names no subject {subject}", subject=quoted(name))
    log.add("unknown-subject", message, where="--subject", hint=did_you_mean(name, known))
    return None


def written(
    found: "Recourse", answer: "Answer", subject: SubjectId, form: str, *, tongue: Tongue, every: bool = False
) -> str:
    """The recourse in one of the formats."""
    if form == "json":
        from adjudge.answers.recourse.json_form import recourse_json

        return recourse_json(found, answer, subject, tongue)
    from adjudge.answers.recourse.view import recourse_view

    view = recourse_view(found, answer, subject, tongue, every=every)
    if form == "md":
        from adjudge.answers.recourse.markdown import recourse_markdown

        return recourse_markdown(view, tongue)
    if form == "html":
        from adjudge.answers.recourse.html import recourse_html

        return recourse_html(view, tongue)
    from adjudge.answers.recourse.text import recourse_text

    return recourse_text(view, tongue, width())
