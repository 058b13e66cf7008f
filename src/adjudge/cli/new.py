"""`adjudge new`: a first draft of a policy, a rule or a case, valid at once; whole or not at all."""

import argparse
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.answers.forms.harmless import harmless
from adjudge.basis.problem import ProblemLog
from adjudge.cli import arguments
from adjudge.cli.problems import REFUSED_INPUT, report
from adjudge.cli.question import today
from adjudge.cli.together import alone_in, write_folder, write_together
from adjudge.facts.vocabulary import Kind
from adjudge.language.package import RuleKind
from adjudge.tongues.tongue import Tongue, tongue_of

if TYPE_CHECKING:
    from adjudge.app.scaffolds.draft import Draft


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and the three below it."""
    command = commands.add_parser(
        "new",
        help="begin a policy, a rule or a case",
        description="Write a first draft that is valid at once, with comments that say what to write. Nothing is ever "
        "overwritten; where something is wrong, nothing is written.",
    )
    kinds = command.add_subparsers(dest="thing", metavar="THING", required=True)
    _add_policy(kinds)
    _add_rule(kinds)
    _add_case(kinds)


def _add_policy(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = kinds.add_parser(
        "policy",
        help="a folder with a vocabulary, a package with one rule, and its tests",
        description="Make the folder of a policy: a vocabulary with comments that explain each key, a package with one "
        "rule, and tests of that rule. To be found by cases, the folder lies in one called policies.",
    )
    command.add_argument(
        "folder", metavar="DIR", type=arguments.path, help="the folder, which does not exist yet"
    )
    command.add_argument("--id", metavar="ID", help="the policy's name (default: that of the folder)")
    command.add_argument(
        "--published-at",
        metavar="DATE",
        type=arguments.instant,
        help="the date of the package (default: today)",
    )
    arguments.add_language(command)
    command.set_defaults(run=run_policy)


def _add_rule(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = kinds.add_parser(
        "rule",
        help="a rule at the end of a package, with its fact and its tests",
        description="Add a rule to the latest version of a policy: a block at the end of its rules, its fact in the "
        "vocabulary where it is new, and a file of tests that pass. Comments and layout stay. Once a version is "
        "published it should not be edited: --version and --published-at together copy the latest to a new version "
        "first.",
    )
    command.add_argument("folder", metavar="POLICY_DIR", type=arguments.path, help="the folder of a policy")
    command.add_argument("id", metavar="ID", help="the rule's id, as alcohol-licence")
    command.add_argument(
        "--subject", choices=[kind.value for kind in Kind], default=Kind.ADVERTISER.value,
        help="whom or what it is about (default: advertiser)",
    )  # fmt: skip
    command.add_argument(
        "--kind", choices=[kind.value for kind in RuleKind], default=RuleKind.PROHIBITION.value,
        help="its kind (default: prohibition)",
    )  # fmt: skip
    command.add_argument(
        "--fact",
        metavar="NAME",
        help="the fact that it asks for, a truth value (default: named like the rule)",
    )
    command.add_argument("--exempts", metavar="RULE", help="the rule that an exemption lifts")
    command.add_argument("--version", metavar="V", help="the version to add it to (default: the latest)")
    command.add_argument(
        "--published-at",
        metavar="DATE",
        type=arguments.instant,
        help="the date of a new version, which --version names",
    )
    arguments.add_language(command)
    command.set_defaults(run=run_rule)


def _add_case(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = kinds.add_parser(
        "case",
        help="a folder with a case, its documents, claims and notice",
        description="Make the folder of a case. It can be decided at once: nothing is known yet.",
    )
    command.add_argument(
        "folder", metavar="DIR", type=arguments.path, help="the folder, which does not exist yet"
    )
    command.add_argument(
        "--policy",
        metavar="ID_OR_DIR",
        required=True,
        help="the policy: its folder, or its name where cases find it",
    )
    arguments.add_language(command)
    command.set_defaults(run=run_case)


def run_policy(asked: argparse.Namespace) -> int:
    """A new policy."""
    from adjudge.app.scaffolds.policy import new_policy

    return _run(asked, lambda log: new_policy(asked.folder, asked.id, asked.published_at or today(), log))


def run_rule(asked: argparse.Namespace) -> int:
    """A new rule."""
    from adjudge.app.scaffolds.rule import RuleAsked, new_rule

    wanted = RuleAsked(
        folder=asked.folder,
        rule=asked.id,
        subject=Kind(asked.subject),
        kind=RuleKind(asked.kind),
        fact=asked.fact,
        exempts=asked.exempts,
        version=asked.version,
        published_at=asked.published_at,
    )
    # Two at once would each begin with the files as they are, and the second would undo the first.
    with alone_in(asked.folder):
        return _run(asked, lambda log: new_rule(wanted, log))


def run_case(asked: argparse.Namespace) -> int:
    """A new case."""
    from adjudge.app.scaffolds.case import new_case

    return _run(asked, lambda log: new_case(asked.folder, asked.policy, log))


def _run(asked: argparse.Namespace, make: "Callable[[ProblemLog], Draft | None]") -> int:
    """Make a draft, write all of it, and say how to go on; 2 with the problems where there are any."""
    from adjudge.app.files import report_unreadable

    log, tongue = ProblemLog(), tongue_of(asked.lang)
    folder: Path = asked.folder
    try:
        draft = make(log)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        report_unreadable(error, folder, log)
        draft = None
    if draft is None:
        return report(log, tongue) or REFUSED_INPUT
    if draft.folder is not None:
        write_folder(draft.folder, draft.files)
    else:
        write_together(draft.files, draft.read)
    _tell(draft, tongue)
    return 0


def _tell(draft: "Draft", tongue: Tongue) -> None:
    for line in (*draft.done, *draft.advice):
        print(harmless(tongue.of(line)))
    print(tongue("go on with:"))
    for words in draft.next_steps:
        print(harmless(f"  {shlex.join(words)}"))
