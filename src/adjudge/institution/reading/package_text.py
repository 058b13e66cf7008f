"""The text of a package as somebody sends it, as a package: sealed, or YAML with the vocabulary that it speaks.

Not from the disk: `adjudge.app.check` reads folders. Nothing is handed in here; that is `adjudge.institution.packages`.
"""

from adjudge.basis.instant import Instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.node import Mapping, Node, Scalar
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.said import say
from adjudge.basis.span import Source
from adjudge.facts.vocabulary import Vocabulary
from adjudge.facts.vocabulary_reader import read_vocabulary
from adjudge.institution.house import House, time_of
from adjudge.institution.material.subjects import refusal
from adjudge.institution.versions import package_of, version_at
from adjudge.language.package import Package
from adjudge.language.reading.package import read_package
from adjudge.language.seal import read_sealed
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import permit
from adjudge.records.rows import VersionRow
from adjudge.records.shelf import VERSIONS


def package_from(house: House, actor: Actor, text: str, vocabulary: str = "") -> Package:
    """A package from its text. Raises RefusedError with everything that is wrong in it, by line and column.

    A text that begins with a brace is a sealed package. Without `vocabulary` it speaks that of the version of its
    policy that applies now, or that of the last one that was handed in.
    """
    permit(actor, Act.DRAFT)
    log = ProblemLog()
    package = (
        read_sealed(text, log, say("text"))
        if text.lstrip().startswith("{")
        else _from_yaml(house, text, vocabulary, log)
    )
    if package is None or log.refuses:
        raise refusal(log)
    return package


def _from_yaml(house: House, text: str, vocabulary: str, log: ProblemLog) -> Package | None:
    node = read_yaml(Source(say("text"), text), log)
    if node is None:
        return None
    spoken = _vocabulary_in(vocabulary, log) if vocabulary else _vocabulary_of(house, node, log)
    return read_package(node, spoken, log) if spoken is not None else None


def _vocabulary_in(text: str, log: ProblemLog) -> Vocabulary | None:
    node = read_yaml(Source(say("vocabulary"), text), log)
    return read_vocabulary(node, log) if node is not None else None


def _vocabulary_of(house: House, node: Node, log: ProblemLog) -> Vocabulary | None:
    """That of the version on record by which one would go on."""
    row = _version_now(house, _policy_in(node), time_of(house))
    if row is not None:
        return package_of(row.text).vocabulary
    message = say("no version of this policy is on record, so that its vocabulary is not known")
    log.add("unknown-package", message, node.span, hint=say("send the vocabulary too"))
    return None


def _policy_in(node: Node) -> str:
    named = node.items.get("package") if isinstance(node, Mapping) else None
    return named.text if isinstance(named, Scalar) else ""


def _version_now(house: House, policy: str, at: Instant) -> VersionRow | None:
    with house.records.reading() as records:
        applying = version_at(records, policy, at)
        if applying is not None:
            return applying
        return max(records.find(VERSIONS, policy=policy), key=lambda row: row.drafted_at, default=None)
