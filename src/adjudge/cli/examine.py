"""`adjudge examine`: a notice, item by item, against what a statement of reasons must state."""

import argparse
import json
import sys
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog
from adjudge.cli import arguments
from adjudge.cli.output import is_terminal, width, write
from adjudge.cli.problems import REFUSED_INPUT, report
from adjudge.cli.question import add_when, answer_of
from adjudge.tongues.tongue import ENGLISH, LANGUAGES, tongue_of

if TYPE_CHECKING:
    from adjudge.evidence.notice import Notice
    from adjudge.notices.examination import Examination
    from adjudge.tongues.tongue import Tongue

FORMATS = ("text", "json", "md")
STANDARD_INPUT = "-"
INCOMPLETE = 1
"""Exit code for a statement that must not be sent."""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    command = commands.add_parser(
        "examine",
        help="examine a notice as a statement of reasons",
        description="Examine a notice item by item: DSA Article 17(3)(a) to (f) and 17(4), P2B Article 4(5). A YAML "
        "file may mark its passages and what they point to; any other file is a plain text, which is searched by "
        "patterns: what these find proves nothing. Exit code 0: nothing is missing or too vague; 1: something is.",
    )
    command.add_argument(
        "notice",
        metavar="NOTICE",
        type=arguments.path,
        help="a notice file, a plain text, or - for standard input",
    )
    command.add_argument(
        "--case", metavar="DIR", type=arguments.path, help="compare what it points to with this case"
    )
    command.add_argument("--subject", metavar="S", help="whom it is about (default: as the notice says)")
    add_when(command)
    command.add_argument(
        "--text-lang", choices=LANGUAGES, default=ENGLISH, help="language of a plain text (default: en)"
    )
    arguments.add_language(command)
    command.add_argument(
        "--format", choices=FORMATS, default="text", help="form of the result (default: text)"
    )
    command.add_argument("-o", "--output", metavar="FILE", type=arguments.path, help="write to a file")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Examine and write; 1 where the notice is not complete, 2 with problems."""
    log = ProblemLog()
    tongue = tongue_of(asked.lang)
    notice = _notice(asked, log)
    found = _examination(notice, asked, log) if notice is not None else None
    if found is None or log.refuses:
        return report(log, tongue=tongue) or REFUSED_INPUT
    write(_written(found, asked, tongue), asked.output)
    return 0 if found.complete else INCOMPLETE


def _notice(asked: argparse.Namespace, log: ProblemLog) -> "Notice | None":
    from adjudge.app.files import read_stream
    from adjudge.app.notices import load_notice, read_notice_text

    if str(asked.notice) != STANDARD_INPUT:
        return load_notice(asked.notice, asked.text_lang, log)
    source = read_stream(sys.stdin.buffer, STANDARD_INPUT, log)
    return read_notice_text(source, asked.text_lang, log) if source is not None else None


def _examination(notice: "Notice", asked: argparse.Namespace, log: ProblemLog) -> "Examination | None":
    from dataclasses import replace

    from adjudge.app.notices import examined
    from adjudge.basis.ids import SubjectId
    from adjudge.basis.problem import did_you_mean, quoted
    from adjudge.basis.said import say
    from adjudge.notices.examine import examine

    if asked.case is None:
        return examine(notice, on=asked.as_of)
    answer = answer_of(asked, log)
    if answer is None:
        return None
    about = SubjectId(asked.subject or notice.about)
    subjects = [str(item.outcome.subject) for item in answer.subjects]
    if about not in subjects:
        where = "--subject" if asked.subject else str(asked.notice)
        message = say("the notice does not say whom it is about")
        hint = say("say it with `--subject`")
        if about:
            message = say("the case has no subject {subject}", subject=quoted(about))
            hint = did_you_mean(about, subjects) or hint
        log.add("unknown-subject", message, where=where, hint=hint)
        return None
    return examined(answer, replace(notice, about=about))


def _written(found: "Examination", asked: argparse.Namespace, tongue: "Tongue") -> str:
    from adjudge.answers.notices.examination import examination_view, long_form

    if asked.format == "json":
        return json.dumps(long_form(found, tongue), ensure_ascii=False, indent=2) + "\n"
    view = examination_view(found, tongue)
    if asked.format == "md":
        from adjudge.answers.notices.examination_forms import examination_markdown

        return examination_markdown(view, tongue)
    from adjudge.answers.notices.examination_forms import examination_text

    colour = asked.output is None and is_terminal()
    return examination_text(view, tongue, width=width(), colour=colour)
