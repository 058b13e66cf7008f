"""Our YAML files brought into canonical form: found, read, formatted, and compared in their meaning.

Nothing is written here: the face does that, once every file has been looked at.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from adjudge.app.check import DEEPEST_FOLDER, MOST_FOLDERS
from adjudge.app.files import read_source, read_yaml_file, report_unreadable
from adjudge.app.folders import VOCABULARY
from adjudge.app.on_files import MOST_FILES, Policy, load_policy
from adjudge.app.trials import policy_folder
from adjudge.basis.digest import Digest
from adjudge.basis.problem import ProblemLog, did_you_mean
from adjudge.basis.reading.node import Mapping, Node
from adjudge.basis.reading.shape import Shape, key_named
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.said import say
from adjudge.basis.span import Source
from adjudge.errors import BugError
from adjudge.evidence.case_reader import read_case_file, read_documents
from adjudge.evidence.notice_reader import read_notice
from adjudge.facts.vocabulary import Vocabulary
from adjudge.facts.vocabulary_reader import read_vocabulary
from adjudge.language.formatting.formatter import REPORT, formatted
from adjudge.language.reading.package import read_package
from adjudge.language.seal import digest_of_package
from adjudge.trials.reader import Versions, read_trials

KINDS = ("package", "tests", "vocabulary", "case", "documents", "claims", "notice")
"""The keys by which our files are known; of two in one file the first of this list counts."""
_FIRST_KEY = re.compile(r"\ufeff?(?:[ \t]*(?:#[^\n]*|---[ \t]*|%[^\n]*)?\r?\n)*[\"']?([a-z]+)[\"']?[ \t]*:")
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Formatted:
    """A file as it is and as it would be."""

    path: Path
    before: str
    after: str

    @property
    def changes(self) -> bool:
        """Whether anything would change."""
        return self.before != self.after


def format_paths(paths: Iterable[Path], log: ProblemLog) -> list[Formatted]:
    """Every file that the paths name, or that is ours below a folder; files with problems are left out.

    Raises BugError where a formatted file would not mean the same.
    """
    readers = _Readers()
    found: dict[Path, Formatted] = {}
    for path in paths:
        try:
            for file in _files(path, log):
                result = None if file in found else readers.format(file, log)
                if result is not None:
                    found[file] = result
        except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
            report_unreadable(error, path, log)
    return list(found.values())


def _files(path: Path, log: ProblemLog) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    count = 0
    for folder in _folders(path, log):
        for file in sorted(folder.iterdir()):
            if _is_ours(file):
                count += 1
                yield file
            if count > MOST_FILES:
                message = say("the folder holds more than {most} files", most=MOST_FILES)
                log.add("file-too-large", message, where=str(path), hint=say("name a folder below it"))
                return


def _folders(path: Path, log: ProblemLog) -> Iterator[Path]:
    """The folder and those below it; hidden ones and links are left out."""
    stack = [(path, 0)]
    seen = 0
    while stack:
        current, depth = stack.pop()
        seen += 1
        if seen > MOST_FOLDERS or depth > DEEPEST_FOLDER:
            message = say(
                "there are more than {most} folders, or {deep} levels of them",
                most=MOST_FOLDERS,
                deep=DEEPEST_FOLDER,
            )
            log.add("file-too-large", message, where=str(path), hint=say("name a folder below it"))
            return
        yield current
        below = (item for item in current.iterdir() if item.is_dir() and not _is_passed_over(item))
        stack += [(item, depth + 1) for item in sorted(below, reverse=True)]


def _is_passed_over(path: Path) -> bool:
    return path.name.startswith(".") or path.is_symlink()


def _is_ours(path: Path) -> bool:
    """Whether a file's first key is one of ours. Other people's YAML is none of our business, nor are its problems."""
    if path.suffix not in {".yaml", ".yml"} or _is_passed_over(path) or not path.is_file():
        return False
    longest = 65_536
    with path.open("rb") as stream:
        start = stream.read(longest).decode("utf-8", errors="replace")
    key = _FIRST_KEY.match(start)
    return key is not None and key[1] in KINDS


@dataclass(slots=True)
class _Readers:
    """Reads files of every kind; what several files share is read once."""

    vocabularies: dict[Path, Vocabulary | None] = field(default_factory=dict)
    policies: dict[Path, Policy | None] = field(default_factory=dict)
    told: set[tuple[str, str, str, int]] = field(default_factory=set)
    """The problems that are in the log of all files."""

    def format(self, path: Path, log: ProblemLog) -> Formatted | None:
        """One file; None where it has problems."""
        own = ProblemLog()
        source = read_source(path, own)
        node = read_yaml(source, own) if source is not None else None
        meant = self.meaning(path, node, own) if node is not None else None
        self.hand_on(own, log)
        if source is None or node is None or own.refuses:
            return None
        after = formatted(source, node)
        if after != source.text:
            again = read_yaml(Source(source.name, after), own)
            if again is None or self.meaning(path, again, own) != meant or own.refuses:
                raise BugError("formatting would change what the file means", hint=REPORT)
        with path.open("rb") as stream:
            mark = "\ufeff" if stream.read(len(_MARK)) == _MARK else ""
        return Formatted(path, mark + source.text, after)

    def meaning(self, path: Path, node: Node, log: ProblemLog) -> object:
        """What a file says, as a value that can be compared; problems where it cannot be read."""
        kind = next((key for key in KINDS if isinstance(node, Mapping) and key in node.items), None)
        match kind:
            case "package":
                return self.package(path, node, log)
            case "tests":
                return self.tests(path, node, log)
            case "vocabulary":
                return read_vocabulary(node, log)
            case "case":
                return read_case_file(node, log)
            case "documents":
                return read_documents(node, log)
            case "notice":
                return read_notice(node, log)
            case "claims":
                # Their values are texts until a policy is known; that the nodes are equal is asked by the formatter.
                return len(Shape(log).sequence(_entry(node, "claims"), key_named("claims")))
            case _:
                _report_foreign(path, node, log)
                return None

    def hand_on(self, own: ProblemLog, log: ProblemLog) -> None:
        """Note each problem once: a vocabulary is read with every package, and a package with its tests."""
        for item in own.problems:
            span = item.span
            key = (item.code, item.message, item.file, span.start if span else -1)
            if key not in self.told:
                self.told.add(key)
                log.add(
                    item.code, item.message, span, where=item.where, hint=item.hint, severity=item.severity
                )
        log.left_out += own.left_out

    def package(self, path: Path, node: Node, log: ProblemLog) -> Digest | None:
        """The digest of a package."""
        beside = path.parent / VOCABULARY
        if beside not in self.vocabularies:
            before = len(log.problems)
            tree = read_yaml_file(beside, log)
            read = read_vocabulary(tree, log) if tree is not None else None
            self.vocabularies[beside] = read if len(log.problems) == before else None
        vocabulary = self.vocabularies[beside]
        if vocabulary is None:
            # The same for each version, so that it is told once.
            message = say("the vocabulary has problems, so that the packages beside it are left alone")
            log.add("unknown-name", message, where=str(beside), hint=say("correct the vocabulary first"))
            return None
        package = read_package(node, vocabulary, log)
        return digest_of_package(package) if package is not None else None

    def tests(self, path: Path, node: Node, log: ProblemLog) -> object:
        """Tests, read with the policy to which they belong."""
        folder = policy_folder(path, log)
        if folder is None:
            return None
        if folder not in self.policies:
            self.policies[folder] = load_policy(folder, log)
        policy = self.policies[folder]
        if policy is None:
            # The same for each file of tests, so that it is told once.
            message = say("the policy has problems, so that its tests are left alone")
            log.add("unknown-package", message, where=str(folder), hint=say("correct the policy first"))
            return None
        return read_trials(node, Versions(policy.vocabulary, policy.packages), log)


def _entry(node: Node, key: str) -> Node | None:
    return node.items.get(key) if isinstance(node, Mapping) else None


def _report_foreign(path: Path, node: Node, log: ProblemLog) -> None:
    keys = sorted(node.items) if isinstance(node, Mapping) else []
    hint = did_you_mean(keys[0] if keys else "", list(KINDS)) or say("the first key says what a file is")
    message = say(
        "the file is none of ours: no package, vocabulary, tests, case, documents, claims or notice"
    )
    log.add("wrong-shape", message, node.span, where=str(path), hint=hint)
