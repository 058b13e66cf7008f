"""A new rule: its block in a package file, its fact in the vocabulary where it is new, and its tests.

Texts are put in, and nothing else in the two files changes. A package that is published should not be edited; whether
it is published nobody can know here, so that a copy is made only where the author asks for a new version.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from adjudge.app.files import read_source
from adjudge.app.folders import VOCABULARY
from adjudge.app.on_files import Policy, load_policy
from adjudge.app.scaffolds.draft import Draft
from adjudge.app.scaffolds.fill import filled, indented, texts, word
from adjudge.app.scaffolds.insertion import STEP, at_end, entry_column, is_open
from adjudge.app.scaffolds.names import identifier
from adjudge.app.scaffolds.verify import REPORT, verified
from adjudge.app.scaffolds.version import VersionFile, version_file
from adjudge.basis.ids import RuleId
from adjudge.basis.instant import Instant
from adjudge.basis.problem import Problem, ProblemLog, Severity, quoted
from adjudge.basis.reading.node import Mapping, Node, Scalar
from adjudge.basis.reading.shape import nearest
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.said import Said, say
from adjudge.errors import BugError
from adjudge.facts.type import Simple
from adjudge.facts.vocabulary import Fact, Kind
from adjudge.language.formatting.edit import Edit, applied
from adjudge.language.lint import lint
from adjudge.language.package import Package, RuleKind

USUAL_LANGUAGES = ("en", "fr")
_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]{0,63}")
_UNSPEAKABLE = {"in", "true", "false", "null"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleAsked:
    """What the author asks for. None: as usual."""

    folder: Path
    rule: str
    subject: Kind = Kind.ADVERTISER
    kind: RuleKind = RuleKind.PROHIBITION
    fact: str | None = None
    exempts: str | None = None
    version: str | None = None
    published_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class _Speaks:
    """The fact that the rule asks for. `known` is None where it is to be declared."""

    kind: Kind
    name: str
    known: Fact | None

    @property
    def full_name(self) -> str:
        """As a condition names it."""
        return f"{self.kind.value}.{self.name}"


def new_rule(asked: RuleAsked, log: ProblemLog) -> Draft | None:
    """The draft of a rule; None with problems."""
    policy = _policy(asked.folder, log)
    file = version_file(asked.folder, policy, asked.version, asked.published_at, log) if policy else None
    if policy is None or file is None:
        return None
    rule = _rule_id(asked, file.package, log)
    fact = _fact(asked, policy, log) if rule else None
    if rule is None or fact is None or not _exempts(asked, file.package, log):
        return None
    return _draft(_Parts(asked, policy, file, rule, fact), log)


def _policy(folder: Path, log: ProblemLog) -> Policy | None:
    if not (folder / VOCABULARY).is_file():
        message = say("this is no policy: it holds no {file}", file=quoted(VOCABULARY))
        hint = say("name the folder of a policy, or make one: {command}", command="`adjudge new policy DIR`")
        log.add("unknown-package", message, where=str(folder), hint=hint)
        return None
    return load_policy(folder, log)


def _rule_id(asked: RuleAsked, package: Package, log: ProblemLog) -> str | None:
    rule = identifier(asked.rule, "ID", log)
    if rule is None:
        return None
    if rule in {item.id for item in package.rules}:
        message = say(
            "version {version} has a rule {rule} already", version=quoted(package.version), rule=quoted(rule)
        )
        log.add("duplicate-id", message, where="ID", hint=say("choose another id"))
        return None
    return rule


def _tests_path(folder: Path, rule: str) -> Path:
    return folder / "tests" / f"{rule}.yaml"


def _fact(asked: RuleAsked, policy: Policy, log: ProblemLog) -> _Speaks | None:
    """The fact named, or one with the rule's own name. What a rule can ask for so briefly is a truth value."""
    text = asked.fact if asked.fact is not None else asked.rule.replace("-", "_").replace(".", "_")
    prefix, point, name = text.partition(".")
    kinds = {kind.value: kind for kind in Kind}
    kind = kinds.get(prefix) if point else asked.subject
    name = name if point else text
    if kind is None or not _NAME.fullmatch(name) or name in _UNSPEAKABLE:
        hint = say(
            "write `--fact NAME` with the letters a to z, digits and `_`, as `advertiser.licence_held`"
        )
        log.add(
            "bad-identifier", say("{name} is no name of a fact", name=quoted(text)), where="--fact", hint=hint
        )
        return None
    known = policy.vocabulary.fact(kind.value, name)
    if kind is Kind.AD and asked.subject is Kind.ADVERTISER:
        hint = say("add `--subject ad`, or name a fact of the advertiser")
        message = say("a rule about advertisers cannot read {fact}", fact=quoted(text))
        log.add("wrong-subject", message, where="--fact", hint=hint)
        return None
    if known is not None and (known.type is not Simple.BOOL or known.many):
        message = say(
            "{fact} is no truth value, so that it cannot stand alone as a condition", fact=quoted(text)
        )
        hint = say("name another fact, or a new one, and write the condition afterwards")
        log.add("type-error", message, where="--fact", hint=hint)
        return None
    return _Speaks(kind, name, known)


def _exempts(asked: RuleAsked, package: Package, log: ProblemLog) -> bool:
    """Whether `exempts` is given for an exemption and only for one, and names a rule about the same kind of subject."""
    if (asked.kind is RuleKind.EXEMPTION) != (asked.exempts is not None):
        hint = say("write both `--kind exemption` and `--exempts RULE`, or neither")
        message = say("an exemption names the rule that it lifts, and no other kind of rule does")
        log.add("exemption-shape", message, where="--exempts", hint=hint)
        return False
    if asked.exempts is None:
        return True
    found = next((rule for rule in package.rules if rule.id == asked.exempts), None)
    if found is None:
        hint = nearest(asked.exempts, sorted(rule.id for rule in package.rules))
        message = say("there is no rule {rule}", rule=quoted(asked.exempts))
        log.add("unknown-rule", message, where="--exempts", hint=hint)
    elif found.subject is not asked.subject:
        message = say("the rule {rule} is about another kind of subject", rule=quoted(asked.exempts))
        hint = say("add `--subject {kind}`", kind=found.subject.value)
        log.add("override-across-kinds", message, where="--exempts", hint=hint)
    return found is not None and found.subject is asked.subject


# the draft


@dataclass(frozen=True, slots=True)
class _Parts:
    """Everything that the texts are made of."""

    asked: RuleAsked
    policy: Policy
    file: VersionFile
    rule: str
    fact: _Speaks

    @property
    def languages(self) -> tuple[str, ...]:
        """Those in which the package's rules speak, so that no translation is missing."""
        rules = self.file.package.rules
        found = {tag for rule in rules for text in (rule.title, rule.explanation) for tag in text}
        return tuple(sorted(found)) or USUAL_LANGUAGES

    @property
    def needs_official(self) -> bool:
        """Whether the record of the fact is complete, so that nothing below `official` is heard against it."""
        return self.fact.known is not None and self.fact.known.complete


def _draft(parts: _Parts, log: ProblemLog) -> Draft | None:
    folder = parts.asked.folder
    package = _with_rule(parts, log)
    vocabulary = _with_fact(parts, log)
    if package is None or vocabulary is None:
        return None
    tests_path, tests = _tests_path(folder, parts.rule), _tests(parts)
    read = _read_again(tests_path, tests, log)
    if read is None or not _verify(parts, package, vocabulary[1], tests, log):
        return None
    # The package last: a rule is there once the fact that it reads and its tests are. What a killed process leaves, the
    # same command completes.
    files = {tests_path: tests, parts.file.path: package}
    if parts.fact.known is None:
        files = {folder / VOCABULARY: vocabulary[1], **files}
        read[folder / VOCABULARY] = vocabulary[0]
    if not parts.file.is_copy:
        read[parts.file.path] = parts.file.source.text
    shown = str(folder)
    return Draft(
        files=files,
        read=read,
        done=tuple(_done(parts)),
        advice=(_advice(parts),),
        next_steps=(("adjudge", "check", shown), ("adjudge", "test", shown)),
    )


def _read_again(path: Path, tests: str, log: ProblemLog) -> dict[Path, str] | None:
    """Tests that are there already, if they are those that would be written; None with a problem if they are others."""
    if not path.exists() and not path.is_symlink():
        return {}
    if path.is_file() and not path.is_symlink() and path.read_bytes() == tests.encode("utf-8"):
        return {path: tests}
    message = say("there is something already, and nothing is overwritten")
    log.add("already-there", message, where=str(path), hint=say("choose another id"))
    return None


def _done(parts: _Parts) -> list[Said]:
    path, version = str(parts.file.path), quoted(parts.file.version)
    rule, fact = quoted(parts.rule), quoted(parts.fact.full_name)
    vocabulary, tests = str(parts.asked.folder / VOCABULARY), str(_tests_path(parts.asked.folder, parts.rule))
    found: list[Said] = []
    if parts.file.is_copy:
        old = quoted(parts.file.package.version)
        found.append(
            say("{path}: version {version} was copied from {old}", path=path, version=version, old=old)
        )
    found.append(
        say("{path}: the rule {rule} was added to version {version}", path=path, rule=rule, version=version)
    )
    if parts.fact.known is None:
        found.append(say("{path}: the fact {fact} was added", path=vocabulary, fact=fact))
    found.append(say("{path}: its tests were written", path=tests))
    return found


def _advice(parts: _Parts) -> Said:
    if parts.file.is_copy:
        return say("write the texts that begin with TO WRITE")
    return say(
        "write the texts that begin with TO WRITE; version {version} is of {day}: once it is published, put rules into "
        "a new one by `--version NEW --published-at DATE`",
        version=quoted(parts.file.version),
        day=parts.file.published_at,
    )


def _with_rule(parts: _Parts, log: ProblemLog) -> str | None:
    key, node = _entry(parts.file.root, "rules")
    if not is_open(node):
        _refuse_brackets(parts.file.path, "rules", node, log)
        return None
    text = parts.file.source.text
    block = indented(_rule_block(parts), entry_column(key, node))
    return _put_in(text, [*parts.file.edits, *at_end(text, key, node, block, blank=True)])


def _rule_block(parts: _Parts) -> str:
    asked, languages = parts.asked, parts.languages
    about = "what the rule says, why, and what the advertiser can do"
    effect = (
        f"  exempts: [{word(asked.exempts)}]"
        if asked.exempts
        else "  measure: {exclude: {}}\n  cure: {days: 7}"
    )
    return filled(
        "rule.yaml",
        rule=word(parts.rule),
        title=indented(texts("title", languages, "what the rule is about, in a few words"), STEP),
        subject=asked.subject.value,
        kind=asked.kind.value,
        fact=parts.fact.full_name,
        standard="official" if parts.needs_official else "corroborated",
        example=f"{asked.subject.value}.excused",
        effect=effect,
        on_unproven="nothing" if asked.kind is RuleKind.EXEMPTION else "request_evidence",
        explanation=indented(texts("explanation", languages, about), STEP),
    ).rstrip("\n")


def _with_fact(parts: _Parts, log: ProblemLog) -> tuple[str, str] | None:
    """The vocabulary's text as it is, and with the fact where it is new."""
    path = parts.asked.folder / VOCABULARY
    source = read_source(path, log)
    root = read_yaml(source, log) if source is not None else None
    if source is None or not isinstance(root, Mapping):
        return None
    if parts.fact.known is not None:
        return source.text, source.text
    key, facts = _entry(root, "facts")
    group = facts.items.get(parts.fact.kind.value) if isinstance(facts, Mapping) else None
    block = _fact_block(parts)
    if isinstance(facts, Mapping) and group is not None:
        key, facts = _entry(facts, parts.fact.kind.value)
    else:
        block = f"{parts.fact.kind.value}:\n{indented(block, STEP)}"
    if not is_open(facts):
        _refuse_brackets(path, f"facts.{parts.fact.kind.value}", facts, log)
        return None
    block = indented(block, entry_column(key, facts))
    return source.text, _put_in(source.text, at_end(source.text, key, facts, block, blank=False))


def _fact_block(parts: _Parts) -> str:
    english = "what one looks at to observe it, so that everyone finds the same"
    definition = indented(texts("definition", parts.languages, english), STEP)
    return filled("fact.yaml", name=parts.fact.name, definition=definition).rstrip("\n")


def _entry(mapping: Mapping, key: str) -> tuple[Scalar, Node]:
    return mapping.keys[key], mapping.items[key]


def _put_in(text: str, edits: list[Edit]) -> str:
    """The text with its edits, in its own line ends, and ended by one."""
    if "\r\n" in text:
        edits = [Edit(edit.start, edit.end, edit.text.replace("\n", "\r\n")) for edit in edits]
    changed = applied(text, edits)
    return changed if changed.endswith("\n") else f"{changed}\n"


def _refuse_brackets(path: Path, key: str, node: Node, log: ProblemLog) -> None:
    message = say("{key} is written in brackets, into which nothing can be put", key=quoted(key))
    hint = say("write each entry on lines of its own")
    log.add("wrong-shape", message, node.span, where=str(path), hint=hint)


def _tests(parts: _Parts) -> str:
    shop, ad = "{id: shop, kind: advertiser}", "{id: shop-ad, kind: ad, advertiser: shop}"
    about_ad = parts.asked.subject is Kind.AD
    return filled(
        "complete_tests.yaml" if parts.needs_official else "open_tests.yaml",
        rule=word(parts.rule),
        policy=word(parts.file.package.id),
        subjects="\n".join(f"  - {subject}" for subject in ([shop, ad] if about_ad else [shop])),
        at=parts.file.published_at,
        asked="shop-ad" if about_ad else "shop",
        example=f"{parts.asked.subject.value}.other_fact",
        claimed="shop-ad" if parts.fact.kind is Kind.AD else "shop",
        fact=parts.fact.full_name,
    )


def _verify(parts: _Parts, package: str, vocabulary: str, tests: str, log: ProblemLog) -> bool:
    """Whether lint lets the new package pass where it let the old; that the rest is as it was is ours to keep."""
    old = parts.file.package
    others = [item for item in parts.policy.packages if parts.file.is_copy or item.version != old.version]
    _, (made,) = verified(vocabulary, [(str(parts.file.path), package)], tests, others)
    kept = tuple(rule for rule in made.rules if rule.id != RuleId(parts.rule))
    if kept != old.rules or made.lists != old.lists or made.params != old.params:
        raise BugError("a scaffold changes other rules", hint=REPORT)
    before = {(problem.code, problem.message) for problem in _refused(old)}
    found = [problem for problem in _refused(made) if (problem.code, problem.message) not in before]
    for problem in found:
        log.add(problem.code, problem.message, problem.span, where=problem.where, hint=problem.hint)
    return not found


def _refused(package: Package) -> list[Problem]:
    log = ProblemLog()
    lint(package, log)
    return [problem for problem in log.problems if problem.severity is Severity.REFUSED]
