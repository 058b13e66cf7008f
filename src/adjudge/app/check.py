"""Everything wrong with what lies at a path: vocabularies, packages with lint, sealed packages, cases.

Not a gate by itself: it fills a log, the face decides what to do with it. All problems at once (LANGUAGE.md 6.5).
"""

from collections.abc import Iterator
from pathlib import Path

from adjudge.app.files import read_yaml_file, report_unreadable
from adjudge.app.on_files import CASE, VOCABULARY, load_case, load_policy, load_sealed
from adjudge.basis.problem import ProblemLog, did_you_mean, quoted
from adjudge.basis.reading.node import Mapping, Node
from adjudge.facts.vocabulary_reader import read_vocabulary
from adjudge.language.lint import lint
from adjudge.language.package import Package
from adjudge.language.reading.package import read_package

MOST_FOLDERS = 1_000
DEEPEST_FOLDER = 8
_OF_A_CASE = ("case", "documents", "claims", "notice")


def check_path(path: Path, log: ProblemLog, policies: Path | None = None) -> list[str]:
    """Check a file or a folder; what was checked, in words."""
    try:
        return _check_path(path, log, policies)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        report_unreadable(error, path, log)
        return []


def _check_path(path: Path, log: ProblemLog, policies: Path | None) -> list[str]:
    if path.is_dir():
        return _check_folder(path, log, policies)
    if path.suffix == ".json":
        package = load_sealed(path, log)
        if package is not None:
            lint(package, log)
        return ["a sealed package"]
    return _check_file(path, log, policies)


def _check_file(path: Path, log: ProblemLog, policies: Path | None) -> list[str]:
    node = read_yaml_file(path, log)
    if node is None:
        return []
    keys = set(node.items) if isinstance(node, Mapping) else set()
    if "package" in keys:
        _lint_package(path, node, log)
        return [f"package {path.name}"]
    if "vocabulary" in keys:
        read_vocabulary(node, log)
        return [f"vocabulary {path.name}"]
    if keys & set(_OF_A_CASE):
        return _check_case(path.parent, log, policies)
    expected = ["package", "vocabulary", *_OF_A_CASE]
    hint = did_you_mean(next(iter(sorted(keys)), ""), expected) or "the first key says what a file is"
    message = "the file is no vocabulary, package, case, documents, claims or notice"
    log.add("wrong-shape", message, node.span, where=str(path), hint=hint)
    return []


def load_package(path: Path, log: ProblemLog) -> Package | None:
    """A package file with the vocabulary beside it, without lint; None with problems."""
    node = read_yaml_file(path, log)
    return _package(path, node, log) if node is not None else None


def _package(path: Path, node: Node, log: ProblemLog) -> Package | None:
    beside = path.parent / VOCABULARY
    if not beside.is_file():
        hint = f"put the vocabulary that it speaks in `{VOCABULARY}` beside it"
        log.add(
            "unreadable-file",
            f"there is no `{VOCABULARY}` beside {quoted(path.name)}",
            where=str(path),
            hint=hint,
        )
        return None
    tree = read_yaml_file(beside, log)
    vocabulary = read_vocabulary(tree, log) if tree is not None else None
    return read_package(node, vocabulary, log) if vocabulary is not None else None


def _lint_package(path: Path, node: Node, log: ProblemLog) -> None:
    package = _package(path, node, log)
    if package is not None:
        lint(package, log)


def _check_folder(folder: Path, log: ProblemLog, policies: Path | None) -> list[str]:
    checked: list[str] = []
    for found in _folders(folder):
        if (found / CASE).is_file():
            checked += _check_case(found, log, policies)
        elif (found / VOCABULARY).is_file():
            checked += _check_policy(found, log)
    if not checked:
        hint = f"a case has a `{CASE}`, a policy a `{VOCABULARY}`"
        log.add("not-a-case", "the folder holds neither a case nor a policy", where=str(folder), hint=hint)
    return checked


def _folders(folder: Path) -> Iterator[Path]:
    """The folder, and those below it unless it is itself a case or a policy; hidden ones and links are left out."""
    stack = [(folder, 0)]
    seen = 0
    while stack and seen < MOST_FOLDERS:
        current, depth = stack.pop()
        seen += 1
        yield current
        if (current / CASE).is_file() or (current / VOCABULARY).is_file() or depth >= DEEPEST_FOLDER:
            continue
        below = (path for path in current.iterdir() if path.is_dir() and not path.is_symlink())
        stack += [(path, depth + 1) for path in sorted(below, reverse=True) if not path.name.startswith(".")]


def _check_case(folder: Path, log: ProblemLog, policies: Path | None) -> list[str]:
    load_case(folder, log, policies)
    return [f"case {folder.name}"]


def _check_policy(folder: Path, log: ProblemLog) -> list[str]:
    policy = load_policy(folder, log)
    for package in policy.packages if policy is not None else ():
        lint(package, log)
    return [f"policy {folder.name}"]
