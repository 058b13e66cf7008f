"""A new case: a folder that can be decided at once, and answers that nothing is known."""

import os
from dataclasses import dataclass
from pathlib import Path

from adjudge.app.folders import VOCABULARY, find_policy
from adjudge.app.on_files import load_policy
from adjudge.app.scaffolds.draft import Draft
from adjudge.app.scaffolds.fill import day_text, filled, word
from adjudge.app.scaffolds.names import is_free, policy_id
from adjudge.app.scaffolds.verify import verified_case
from adjudge.basis.instant import Instant
from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.said import say
from adjudge.facts.type import CodeType, Simple
from adjudge.facts.vocabulary import Fact, Kind, Vocabulary
from adjudge.language.core import facts_of
from adjudge.language.package import Package

_LONGEST = 200
_ELLIPSIS = "…"
_VALUES = {
    Simple.BOOL: "true",
    Simple.INT: "1",
    Simple.STRING: '"…"',
    Simple.COUNTRY: "FR",
    Simple.DATE: "2026-01-31",
}
FILES = ("case.yaml", "documents.yaml", "claims.yaml", "notice.yaml")


@dataclass(frozen=True, slots=True)
class _Found:
    """The policy that the case asks. `must_be_named` is whether its folder is not found from the case by itself."""

    folder: Path
    vocabulary: Vocabulary
    latest: Package
    first_published_at: Instant
    must_be_named: bool


def new_case(folder: Path, policy: str, log: ProblemLog) -> Draft | None:
    """The draft of a case; None with problems. `policy` is a folder, or the name of one to be found from the case."""
    name = folder.resolve().name
    if not name.isprintable() or len(name) > _LONGEST or name != name.strip():
        hint = say("use at most {most} printable characters", most=_LONGEST)
        log.add(
            "bad-identifier",
            say("{name} cannot be used as a name", name=quoted(name)),
            where=str(folder),
            hint=hint,
        )
        return None
    found = _policy(folder, policy, log) if is_free(folder, log) else None
    if found is None:
        return None
    fact = _fact(found)
    parts = {
        "case": word(name),
        "policy": word(found.folder.resolve().name),
        "subject": "company-ad" if fact.kind is Kind.AD else "company",
        "fact": fact.full_name,
        "value": _value(fact, found.vocabulary),
        "weight": str(max((proof.weight for proof in fact.proof), default=2)),
        "document": word(fact.proof[0].document if fact.proof else "press_report"),
        "day": day_text(found.first_published_at),
    }
    files = {name: filled(name, **parts) for name in FILES}
    verified_case(files)
    shown = str(folder)
    named = ("--policies", os.path.normpath(found.folder.parent)) if found.must_be_named else ()
    return Draft(
        files={folder / name: text for name, text in files.items()},
        folder=folder,
        done=(
            say(
                "{folder}: a case was made, which asks the policy {policy}",
                folder=shown,
                policy=parts["policy"],
            ),
        ),
        advice=(
            say(
                "nothing is claimed yet: describe the sources in {documents}, and say in {claims} what each says",
                documents=str(folder / "documents.yaml"),
                claims=str(folder / "claims.yaml"),
            ),
        ),
        next_steps=(("adjudge", "check", shown, *named), ("adjudge", "decide", shown, *named)),
    )


def _policy(folder: Path, policy: str, log: ProblemLog) -> _Found | None:
    given = Path(policy)
    is_folder = (given / VOCABULARY).is_file()
    found = given if is_folder else None
    if found is None:
        name = policy_id(policy, "--policy", log)
        found = find_policy(folder, name, None) if name is not None else None
        if name is not None and found is None:
            message = say("no policy {policy} was found", policy=quoted(policy))
            hint = say(
                "name the folder of a policy, or make one: {command}", command="`adjudge new policy DIR`"
            )
            log.add("unknown-package", message, where="--policy", hint=hint)
    name = policy_id(found.resolve().name, "--policy", log) if found is not None else None
    read = load_policy(found, log) if found is not None and name is not None else None
    if found is None or name is None or read is None:
        return None
    near = find_policy(folder, name, None)
    latest = max(read.packages, key=lambda package: package.published_at)
    first = min(package.published_at for package in read.packages)
    return _Found(found, read.vocabulary, latest, first, near is None or near.resolve() != found.resolve())


def _fact(found: _Found) -> Fact:
    """A fact for the example: the first that a rule asks for, a truth value if there is one."""
    facts = found.vocabulary.facts
    asked = [
        name
        for rule in found.latest.rules
        for written in rule.conditions
        for name in sorted(facts_of(written.core))
    ]
    names = asked or sorted(facts)
    return facts[next((name for name in names if facts[name].type is Simple.BOOL), names[0])]


def _value(fact: Fact, vocabulary: Vocabulary) -> str:
    """A value of its type, where one can be named without more ado."""
    if isinstance(fact.type, CodeType):
        return word(next(iter(vocabulary.taxonomies[fact.type.taxonomy].parents), _ELLIPSIS))
    return _VALUES.get(fact.type, _ELLIPSIS) if isinstance(fact.type, Simple) else _ELLIPSIS
