"""Packages to compare, named on the command line: a package file, a sealed file, or a version of a policy folder.

Not the comparison: that is in `adjudge.changes`.
"""

from pathlib import Path

from adjudge.app.check import load_package
from adjudge.app.files import report_unreadable
from adjudge.app.folders import VOCABULARY
from adjudge.app.on_files import load_policy, load_sealed
from adjudge.basis.ids import RuleId
from adjudge.basis.problem import ProblemLog, did_you_mean, quoted
from adjudge.basis.said import Said, say
from adjudge.language.package import Package

AT = "@"
"""Between a policy folder and a version."""


def load_named(name: str, log: ProblemLog) -> Package | None:
    """The package of a name; None with problems. A file of exactly that name goes before a version of a folder."""
    try:
        return _load_named(name, log)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        report_unreadable(error, Path(name), log)
        return None


def _load_named(name: str, log: ProblemLog) -> Package | None:
    path = Path(name)
    folder, at, version = name.rpartition(AT)
    if not path.exists() and at and Path(folder).is_dir():
        return _version(Path(folder), version, log)
    if path.is_dir():
        return _unnamed_version(path, log)
    return load_sealed(path, log) if path.suffix == ".json" else load_package(path, log)


def _version(folder: Path, version: str, log: ProblemLog) -> Package | None:
    versions = _versions(folder, log)
    if versions is None or version in versions:
        return versions[version] if versions else None
    message = say("there is no version {version} of the policy", version=quoted(version))
    hint = did_you_mean(version, list(versions)) or _known(versions)
    log.add("unknown-package", message, where=str(folder), hint=hint)
    return None


def _unnamed_version(folder: Path, log: ProblemLog) -> None:
    """A folder alone names no package; the hint says what could follow."""
    versions = _versions(folder, log)
    if versions is not None:
        message = say("the folder has several versions, and none is named")
        log.add("unknown-package", message, where=str(folder), hint=_known(versions))


def _versions(folder: Path, log: ProblemLog) -> dict[str, Package] | None:
    if not (folder / VOCABULARY).is_file():
        message = say("the folder holds no {file}", file=f"`{VOCABULARY}`")
        hint = say(
            "name a package file, or a policy folder with a version, as {example}", example="`DIR@VERSION`"
        )
        log.add("unknown-package", message, where=str(folder), hint=hint)
        return None
    policy = load_policy(folder, log)
    return None if policy is None else {package.version: package for package in policy.packages}


def _known(versions: dict[str, Package]) -> Said:
    known = tuple(f"`{AT}{version}`" for version in sorted(versions))
    return say("write one of these behind the folder: {versions}", versions=known)


def known_rule(name: str, old: Package, new: Package, log: ProblemLog) -> RuleId | None:
    """A rule of either package; None with a problem where neither has it."""
    ids: list[str] = sorted({rule.id for package in (old, new) for rule in package.rules})
    if name in ids:
        return RuleId(name)
    message = say("neither package has a rule {rule}", rule=quoted(name))
    hint = did_you_mean(name, ids) or say("name a rule of one of the packages")
    log.add("unknown-rule", message, where="--rule", hint=hint)
    return None
