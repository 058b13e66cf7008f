"""A draft read again before it is written: everything in it is valid, and its tests pass.

A scaffold that fails here is a bug of ours and not the author's.
"""

from collections.abc import Mapping, Sequence

from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.node import Node
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.span import Source
from adjudge.errors import BugError
from adjudge.evidence.case_reader import read_case_file, read_documents
from adjudge.evidence.notice_reader import read_notice
from adjudge.facts.vocabulary import Vocabulary
from adjudge.facts.vocabulary_reader import read_vocabulary
from adjudge.language.package import Package
from adjudge.language.reading.package import read_package
from adjudge.trials.reader import Versions, read_trials
from adjudge.trials.run import run_files

REPORT = "please report this; nothing was written"


def verified(
    vocabulary: str, packages: Sequence[tuple[str, str]], tests: str, beside: Sequence[Package] = ()
) -> tuple[Vocabulary, tuple[Package, ...]]:
    """Read the texts of a draft, packages by their names, and run its tests; `beside` are the policy's other versions.

    Raises BugError where anything is wrong.
    """
    log = ProblemLog()
    found = read_vocabulary(_node("vocabulary.yaml", vocabulary, log), log)
    read = [read_package(_node(name, text, log), found, log) for name, text in packages] if found else []
    made = tuple(package for package in read if package is not None)
    if found is None or log.problems:
        raise BugError(
            f"a scaffold is not valid: {[problem.message for problem in log.problems]}", hint=REPORT
        )
    file = read_trials(_node("tests.yaml", tests, log), Versions(found, (*made, *beside)), log)
    if file is None or log.problems:
        raise BugError(f"a scaffold's tests: {[problem.message for problem in log.problems]}", hint=REPORT)
    failed = [item.trial.id for result in run_files([file]) for item in result.results if not item.passes]
    if failed:
        raise BugError(f"a scaffold's tests fail: {failed}", hint=REPORT)
    return found, made


def verified_case(files: Mapping[str, str]) -> None:
    """Read the files of a case, but for its claims, which are none yet. Raises BugError where anything is wrong."""
    log = ProblemLog()
    nodes = {name: _node(name, text, log) for name, text in files.items()}
    read_case_file(nodes["case.yaml"], log)
    read_documents(nodes["documents.yaml"], log)
    read_notice(nodes["notice.yaml"], log)
    if log.problems:
        raise BugError(
            f"a scaffold is not valid: {[problem.message for problem in log.problems]}", hint=REPORT
        )


def _node(name: str, text: str, log: ProblemLog) -> Node:
    node = read_yaml(Source(name, text), log)
    if node is None:
        raise BugError(f"a scaffold is no YAML: {[problem.message for problem in log.problems]}", hint=REPORT)
    return node
