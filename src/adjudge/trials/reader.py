"""A file of tests from its nodes, or problems.

Not the disk (`adjudge.app.trials` finds the files), and nothing is evaluated here: whether what a case expects is so,
the runner finds out. What a case itself says is read by `adjudge.trials.case_reader`.
"""

from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass

from adjudge.basis.ids import RuleId
from adjudge.basis.problem import ProblemLog, did_you_mean, quoted
from adjudge.basis.reading.node import Mapping, Node, Scalar, Sequence
from adjudge.basis.reading.shape import Fields, Shape, known_here
from adjudge.basis.said import say, verbatim
from adjudge.facts.claim import Claim, Subject
from adjudge.facts.claim_reader import check_kinds, read_subjects
from adjudge.facts.vocabulary import Vocabulary
from adjudge.language.package import Package
from adjudge.outcome import Verdict
from adjudge.trials.case_reader import CaseReader, Frame
from adjudge.trials.model import Never, Trial, TrialFile
from adjudge.trials.parts import limited, read_claims, report_unknown_rule, texts_with_english

TESTS_KEY = "tests"
MOST_CASES = 1_000
MOST_SUBJECTS = 100
MOST_NEVER = 1_000
MOST_VERSIONS = 20
"""Each case is run once for each of them, so that there are never many more runs than cases."""
VERSION, VERSIONS = "version", "versions"


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions of the package that tests may speak of, and the vocabulary that they share.

    `chosen` is a version to be used in the place of those that the files name.
    """

    vocabulary: Vocabulary
    packages: tuple[Package, ...]
    chosen: Package | None = None

    @property
    def names(self) -> list[str]:
        """The versions by their names, the earliest published first."""
        return [p.version for p in sorted(self.packages, key=lambda p: p.published_at)]

    def named(self, version: str) -> Package | None:
        """The package of a version."""
        return next((package for package in self.packages if package.version == version), None)


def is_test_file(node: Node | None) -> bool:
    """Whether a file says by a key that it holds tests."""
    return isinstance(node, Mapping) and TESTS_KEY in node.items


def read_trials(node: Node, versions: Versions, log: ProblemLog) -> TrialFile | None:
    """Read a file of tests; None where there is a problem."""
    shape = Shape(log)
    fields = shape.mapping(node, say("a file of tests"))
    if fields is None:
        return None
    before = len(log.problems) + log.left_out
    file = _FileReader(shape, versions).read(fields, node.span.source.name if node.span else "")
    return file if len(log.problems) + log.left_out == before else None


@dataclass(frozen=True, slots=True)
class _FileReader:
    """Reads one file; what is wrong goes to the log of `shape`."""

    shape: Shape
    versions: Versions

    def read(self, fields: Fields, name: str) -> TrialFile:
        """All keys of the file."""
        policy = self.policy(fields.required(TESTS_KEY))
        tested, listed = self.tested(fields)
        subjects = self.subjects(fields.optional("subjects"))
        background = self.background(fields.optional("claims"), subjects)
        frame = Frame(self.versions.vocabulary, self.versions.packages, tested, listed, subjects, background)
        trials = self.trials(fields.required("cases"), frame)
        never = self.never(fields.optional("never"), tested)
        fields.done()
        return TrialFile(name=name, policy=policy, trials=trials, never=never)

    def policy(self, node: Node | None) -> str:
        """The id of the package under test, which is that of the folder."""
        name = self.shape.identifier(node, say("the policy under test")) or ""
        known = sorted({package.id for package in self.versions.packages})
        if name and name not in known:
            message = say(
                "the tests are of {policy}, which is not the policy of this folder", policy=quoted(name)
            )
            self.shape.problem("unknown-package", message, node, known_here(known))
        return name

    def tested(self, fields: Fields) -> tuple[tuple[Package, ...], bool]:
        """The versions under test, and whether they are a list; none where each case uses that of its own instant."""
        one, several = fields.optional(VERSION), fields.optional(VERSIONS)
        if one is not None and several is not None:
            message = say("the file names {one} and {several}", one="`version`", several="`versions`")
            self.shape.problem("wrong-shape", message, several, say("write one of the two"))
        package = self.version(one)
        listed = self.listed(several)
        if self.versions.chosen is not None:
            return (self.versions.chosen,), False
        return (listed, True) if several is not None else ((package,) if package else (), False)

    def listed(self, node: Node | None) -> tuple[Package, ...]:
        """The versions of a list, each once; each case is run for every one."""
        items = limited(
            self.shape,
            self.shape.sequence(node, verbatim("`versions`")),
            MOST_VERSIONS,
            verbatim("`versions`"),
        )
        if isinstance(node, Sequence) and not items:
            message = say("the list names no version")
            self.shape.problem(
                "wrong-shape", message, node, say("name one, or leave out {key}", key="`versions:`")
            )
        found: dict[str, Package] = {}
        for item in items:
            package = self.version(item)
            if package is not None and package.version in found:
                message = say("version {version} stands twice", version=quoted(package.version))
                self.shape.problem("duplicate-id", message, item, say("remove one of them"))
            elif package is not None:
                found[package.version] = package
        return tuple(found.values())

    def version(self, node: Node | None) -> Package | None:
        """A version under test, by its name."""
        if isinstance(node, Scalar):
            node = Scalar(node.text, plain=False, span=node.span, path=node.path)
        version = self.shape.identifier(node, say("the version under test"))
        package = self.versions.named(version) if version is not None else None
        if version is not None and package is None:
            message = say("the policy has no version {version}", version=quoted(version))
            hint = did_you_mean(version, self.versions.names)
            self.shape.problem("unknown-package", message, node, hint)
        return package

    def subjects(self, node: Node | None) -> tuple[Subject, ...]:
        """Whom the cases ask about."""
        items = self.shape.sequence(node, verbatim("`subjects`"))
        chosen = limited(self.shape, items, MOST_SUBJECTS, verbatim("`subjects`"))
        return tuple(read_subjects(chosen, self.shape.log))

    def background(self, node: Node | None, subjects: tuple[Subject, ...]) -> dict[str, Claim]:
        """The claims of all cases, by id."""
        check_kinds(subjects, (), self.shape.log)
        return read_claims(self.shape, node, self.versions.vocabulary, subjects)

    def trials(self, node: Node | None, frame: Frame) -> tuple[Trial, ...]:
        """The cases in their order, since each may stand beside an earlier one."""
        items = self.shape.sequence(node, verbatim("`cases`"))
        if isinstance(node, Sequence) and not items:
            self.shape.problem(
                "wrong-shape", say("the file holds no case"), node, say("add one below `cases:`")
            )
        items = tuple(limited(self.shape, items, MOST_CASES, verbatim("`cases`")))
        reader = CaseReader(self.shape, frame, written=_ids(items))
        return tuple(trial for item in items for trial in reader.read(item))

    def never(self, node: Node | None, tested: tuple[Package, ...]) -> tuple[Never, ...]:
        """The verdicts that cannot occur."""
        items = self.shape.sequence(node, verbatim("`never`"))
        chosen = limited(self.shape, items, MOST_NEVER, verbatim("`never`"))
        return tuple(entry for item in chosen if (entry := self.never_entry(item, tested)) is not None)

    def never_entry(self, node: Node, tested: tuple[Package, ...]) -> Never | None:
        """One of them; said of the versions under test, or of all where the file names none."""
        shape = self.shape
        fields = shape.mapping(node, say("an entry of `never`"))
        if fields is None:
            return None
        rule_node = fields.required("rule")
        rule = shape.identifier(rule_node, say("the rule"))
        verdict = shape.word(fields.required("verdict"), verbatim("`verdict`"), Verdict)
        why = texts_with_english(shape, fields.required("why"), say("the reason"))
        fields.done()
        known = sorted(
            {str(item.id) for package in tested or self.versions.packages for item in package.rules}
        )
        if rule is not None and rule not in known:
            report_unknown_rule(shape, rule, known, rule_node)
            return None
        if rule is None or verdict is None:
            return None
        versions = frozenset(package.version for package in tested) or None
        return Never(rule=RuleId(rule), verdict=verdict, why=why, versions=versions, span=node.span)


def _ids(items: SequenceOf[Node]) -> list[str]:
    """The names of all cases of the file, for hints."""
    named = (item.items.get("case") for item in items if isinstance(item, Mapping))
    return [node.text for node in named if isinstance(node, Scalar)]
