"""What is asked of a bulk evaluation, how it is to be done, and what it says of what it wrote."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from adjudge.basis.ids import RuleId
from adjudge.basis.instant import Instant
from adjudge.basis.said import Said
from adjudge.facts.vocabulary import Kind
from adjudge.language.package import MeasureKind, Package
from adjudge.outcome import Verdict

GIGABYTE = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A package asked about everybody in a folder of the layout `adjudge-data/1`.

    Without V or K they are the known time of the data. With `pairs` the weights of each rule are written as well.
    """

    data: Path
    package: Package
    valid_at: Instant | None = None
    known_at: Instant | None = None
    territory: str | None = None
    pairs: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: `done` of `total` units of a stage; they say nothing of other stages."""

    stage: Said
    done: int
    total: int


def silent(_progress: Progress) -> None:
    """Tells nobody."""


def unsaid(_remark: Said) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How it is done; none of this changes a byte of what is written. `memory` is in bytes.

    `since` is a folder of outcomes of an earlier run, from which is taken what has not changed. `remark` is told what a
    person would want to know of how it went.
    """

    memory: int = GIGABYTE
    threads: int = 2
    resume: bool = False
    since: Path | None = None
    progress: Callable[[Progress], None] = silent
    remark: Callable[[Said], None] = unsaid


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleWritten:
    """A rule in force, its verdict in the three bits from 3 times its place on, and how many have each verdict.

    `meaning` is the digest of what its outcomes hang on beside the evidence; empty in folders written before there was
    one.
    """

    rule: RuleId
    subject: Kind
    measure: MeasureKind | None
    verdicts: Mapping[Verdict, int]
    meaning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureWritten:
    """An error inside a condition, and for how many subjects it was met. LANGUAGE.md 3.7.

    `part` is `when` or the id of an exception; `start` and `end` are places in its text, in code points.
    """

    rule: RuleId
    part: str
    start: int
    end: int
    reason: str
    subjects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PartWritten:
    """A file of outcomes."""

    file: str
    rows: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceWritten:
    """The file by which a later run knows whose evidence changed, and what its hashes are of."""

    file: str
    digest: str
    buckets: int
    hashed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a folder in the layout `adjudge-outcomes/1` says of itself. `unknown` claims are about nobody in it."""

    package: str
    version: str
    digest: str
    data: Mapping[str, str]
    valid_at: Instant
    known_at: Instant
    territory: str | None
    pairs: bool
    rules: tuple[RuleWritten, ...]
    parts: tuple[PartWritten, ...]
    subjects: int
    claims: int
    unknown: int
    referred: int
    failures: tuple[FailureWritten, ...] = field(default=())
    evidence: EvidenceWritten | None = None
