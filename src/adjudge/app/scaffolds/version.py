"""The file of a policy's version that a new rule goes into: the latest, the one named, or a new one copied from it."""

from dataclasses import dataclass
from pathlib import Path

from adjudge.app.files import read_source
from adjudge.app.folders import VOCABULARY
from adjudge.app.on_files import Policy
from adjudge.app.scaffolds.fill import day_text
from adjudge.app.scaffolds.insertion import replacing
from adjudge.app.scaffolds.names import identifier
from adjudge.basis.instant import Instant
from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.reading.node import Mapping, Scalar
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.said import say
from adjudge.basis.span import Source
from adjudge.language.formatting.edit import Edit
from adjudge.language.package import Package


@dataclass(frozen=True, slots=True)
class VersionFile:
    """A package file: where it is or will be, its text and nodes, and what is to be changed in it first."""

    path: Path
    source: Source
    root: Mapping
    package: Package
    edits: tuple[Edit, ...] = ()
    version: str = ""
    published_at: str = ""
    """As written; these two are those of the copy where it is one."""

    @property
    def is_copy(self) -> bool:
        """Whether the file is new."""
        return bool(self.edits)


def version_file(
    folder: Path, policy: Policy, version: str | None, published_at: Instant | None, log: ProblemLog
) -> VersionFile | None:
    """The file; None with problems. A version that is new needs its date, and is copied from the latest."""
    latest = max(policy.packages, key=lambda package: package.published_at)
    known = {package.version: package for package in policy.packages}
    if published_at is None:
        if version is not None and version not in known:
            names = ", ".join(quoted(name) for name in sorted(known))
            hint = say("there are {names}; a new version needs `--published-at DATE`", names=names)
            message = say("the policy has no version {version}", version=quoted(version))
            log.add("unknown-package", message, where="--version", hint=hint)
            return None
        return _file_of(folder, known[version] if version is not None else latest, log)
    if version is None or version in known:
        hint = say(
            "name a version that the policy does not have, by `--version`; or leave out `--published-at`"
        )
        log.add("duplicate-id", say("only a new version gets a date"), where="--published-at", hint=hint)
        return None
    if published_at <= latest.published_at:
        hint = say("the latest version is of {day}: write a later day", day=day_text(latest.published_at))
        log.add(
            "bad-value", say("a new version is published after the others"), where="--published-at", hint=hint
        )
        return None
    return _copy(folder, latest, version, published_at, log)


def _copy(
    folder: Path, latest: Package, version: str, published_at: Instant, log: ProblemLog
) -> VersionFile | None:
    name = identifier(version, "--version", log)
    old = _file_of(folder, latest, log)
    if name is None or old is None:
        return None
    path = folder / f"{name}.yaml"
    if path.exists() or path.is_symlink():
        message = say("there is something already, and nothing is overwritten")
        log.add("already-there", message, where=str(path), hint=say("name the version otherwise"))
        return None
    day = day_text(published_at)
    wanted = {"version": f'"{name}"', "published_at": day}
    edits = [
        replacing(node, text)
        for key, text in wanted.items()
        if isinstance(node := old.root.items[key], Scalar)
    ]
    return VersionFile(path, old.source, old.root, latest, tuple(edits), name, day)


def _file_of(folder: Path, package: Package, log: ProblemLog) -> VersionFile | None:
    for path in sorted(folder.iterdir()):
        if path.suffix not in {".yaml", ".yml"} or path.name == VOCABULARY:
            continue
        source = read_source(path, log)
        node = read_yaml(source, log) if source is not None else None
        version = node.items.get("version") if isinstance(node, Mapping) else None
        if (
            source
            and isinstance(node, Mapping)
            and isinstance(version, Scalar)
            and version.text == package.version
        ):
            published = node.items["published_at"]
            day = published.text if isinstance(published, Scalar) else ""
            return VersionFile(path, source, node, package, (), package.version, day)
    hint = say("take its YAML file, or name another version by `--version`")
    message = say("version {version} is sealed, and cannot be edited", version=quoted(package.version))
    log.add("unknown-package", message, where=str(folder), hint=hint)
    return None
