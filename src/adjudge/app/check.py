"""Everything wrong with what lies at a path: vocabularies, packages with lint, sealed packages, tests, cases.

Not a gate by itself: it fills a log, the face decides what to do with it. All problems at once (LANGUAGE.md 6.5).
"""

from collections.abc import Iterator
from pathlib import Path

from adjudge.app.files import read_yaml_file, report_unreadable
from adjudge.app.folders import POPULATION, VOCABULARY
from adjudge.app.on_files import CASE, load_case, load_policy, load_sealed
from adjudge.app.population_files import load_population
from adjudge.app.trials import TESTS, check_tests, is_tests_folder, read_tests, tests_in
from adjudge.basis.problem import ProblemLog, did_you_mean, quoted
from adjudge.basis.reading.node import Mapping, Node
from adjudge.basis.said import Said, say, say_plural
from adjudge.facts.vocabulary_reader import read_vocabulary
from adjudge.language.lint import lint
from adjudge.language.package import Package
from adjudge.language.reading.package import read_package
from adjudge.trials.reader import is_test_file

MOST_FOLDERS = 1_000
DEEPEST_FOLDER = 8
_OF_A_CASE = ("case", "documents", "claims", "notice")
_OF_A_POPULATION = ("population", "decisions")


_ENDS = (CASE, POPULATION, VOCABULARY)
"""Files that say what a folder is; nothing is looked for below it."""


def check_path(path: Path, log: ProblemLog, policies: Path | None = None) -> list[Said]:
    """Check a file or a folder; what was checked, in words."""
    try:
        return _check_path(path, log, policies)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        report_unreadable(error, path, log)
        return []


def _check_path(path: Path, log: ProblemLog, policies: Path | None) -> list[Said]:
    if path.is_dir():
        return _check_folder(path, log, policies)
    if path.suffix == ".json":
        package = load_sealed(path, log)
        if package is not None:
            lint(package, log)
        return [say("a sealed package")]
    return _check_file(path, log, policies)


def _check_file(path: Path, log: ProblemLog, policies: Path | None) -> list[Said]:
    node = read_yaml_file(path, log)
    if node is None:
        return []
    keys = set(node.items) if isinstance(node, Mapping) else set()
    if "package" in keys:
        _lint_package(path, node, log)
        return [say("package {name}", name=path.name)]
    if "vocabulary" in keys:
        read_vocabulary(node, log)
        return [say("vocabulary {name}", name=path.name)]
    if is_test_file(node):
        check_tests(path, log)
        return [say("tests {name}", name=path.name)]
    beside = (path.parent / POPULATION).is_file() and not (path.parent / CASE).is_file()
    if keys & set(_OF_A_POPULATION) or (beside and keys & set(_OF_A_CASE)):
        return _check_population(path.parent, log, policies)
    if keys & set(_OF_A_CASE):
        return _check_case(path.parent, log, policies)
    expected = ["package", "vocabulary", "tests", *_OF_A_CASE, *_OF_A_POPULATION]
    hint = did_you_mean(next(iter(sorted(keys)), ""), expected) or say("the first key says what a file is")
    message = say("the file is no vocabulary, package, tests, case, documents, claims or notice")
    log.add("wrong-shape", message, node.span, where=str(path), hint=hint)
    return []


def load_package(path: Path, log: ProblemLog) -> Package | None:
    """A package file with the vocabulary beside it, without lint; None with problems."""
    node = read_yaml_file(path, log)
    return _package(path, node, log) if node is not None else None


def _package(path: Path, node: Node, log: ProblemLog) -> Package | None:
    beside = path.parent / VOCABULARY
    if not beside.is_file():
        file = f"`{VOCABULARY}`"
        message = say("there is no {file} beside {package}", file=file, package=quoted(path.name))
        hint = say("put the vocabulary that it speaks in {file} beside it", file=file)
        log.add("unreadable-file", message, where=str(path), hint=hint)
        return None
    tree = read_yaml_file(beside, log)
    vocabulary = read_vocabulary(tree, log) if tree is not None else None
    return read_package(node, vocabulary, log) if vocabulary is not None else None


def _lint_package(path: Path, node: Node, log: ProblemLog) -> None:
    package = _package(path, node, log)
    if package is not None:
        lint(package, log)


def _check_folder(folder: Path, log: ProblemLog, policies: Path | None) -> list[Said]:
    checked: list[Said] = []
    if is_tests_folder(folder):
        return [_tests_said(check_tests(folder, log))]
    for found in _folders(folder):
        if (found / CASE).is_file():
            checked += _check_case(found, log, policies)
        elif (found / POPULATION).is_file():
            checked += _check_population(found, log, policies)
        elif (found / VOCABULARY).is_file():
            checked += _check_policy(found, log)
    if not checked:
        hint = say(
            "a case has a {case}, a policy a {vocabulary}", case=f"`{CASE}`", vocabulary=f"`{VOCABULARY}`"
        )
        message = say("the folder holds neither a case nor a policy")
        log.add("not-a-case", message, where=str(folder), hint=hint)
    return checked


def _folders(folder: Path) -> Iterator[Path]:
    """The folder, and those below it unless it is what we look for; hidden ones and links are left out."""
    stack = [(folder, 0)]
    seen = 0
    while stack and seen < MOST_FOLDERS:
        current, depth = stack.pop()
        seen += 1
        yield current
        if depth >= DEEPEST_FOLDER or any((current / name).is_file() for name in _ENDS):
            continue
        below = (path for path in current.iterdir() if path.is_dir() and not path.is_symlink())
        stack += [(path, depth + 1) for path in sorted(below, reverse=True) if not path.name.startswith(".")]


def _check_case(folder: Path, log: ProblemLog, policies: Path | None) -> list[Said]:
    load_case(folder, log, policies)
    return [say("case {name}", name=folder.name)]


def _check_population(folder: Path, log: ProblemLog, policies: Path | None) -> list[Said]:
    load_population(folder, log, policies)
    return [say("population {name}", name=folder.name)]


def _check_policy(folder: Path, log: ProblemLog) -> list[Said]:
    policy = load_policy(folder, log)
    for package in policy.packages if policy is not None else ():
        lint(package, log)
    count = read_tests(tests_in(folder / TESTS, log), policy, log) if policy is not None else 0
    return [say("policy {name}", name=folder.name), *([_tests_said(count)] if count else [])]


def _tests_said(count: int) -> Said:
    return say_plural("{count} file of tests", "{count} files of tests", count)
