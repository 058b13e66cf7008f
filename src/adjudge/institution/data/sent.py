"""A file of rows that was sent, with its mapping: looked at, or brought in, as from a folder, and in no other way.

It is bounded: what is larger comes in by `adjudge data import`, which holds nobody up meanwhile.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from adjudge.basis.problem import LIMIT, Problem, ProblemLog
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.said import say
from adjudge.basis.span import Source
from adjudge.errors import Finding, RefusedError
from adjudge.facts.vocabulary import Vocabulary
from adjudge.institution.data.importing import Coming, How, Told, import_file, policy_vocabulary
from adjudge.institution.house import House, refused
from adjudge.institution.material.subjects import finding_of, refusal
from adjudge.interchange.incoming.examine import Looked
from adjudge.interchange.incoming.files import ENDINGS, filled_rows
from adjudge.interchange.incoming.filling import Filled
from adjudge.interchange.incoming.mapping import Brings, RowMapping
from adjudge.interchange.incoming.mapping_reader import is_delimiter, read_mapping
from adjudge.interchange.incoming.row import place_of
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import permit

LARGEST = 5_000_000
"""Bytes of a file."""
MOST_ROWS = 2_000
"""Rows of a file: with an idempotency key all of them come in as one, and for so long nobody else can write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentRows:
    """A file on the disk under a name of ours, the name that it was sent under, and how its columns become fields."""

    path: Path
    name: str
    mapping: str
    policy: str = ""
    delimiter: str = ""


@dataclass(slots=True)
class Came:
    """What came of it; `left_out` are findings about rows that did not come in, as many as a log holds."""

    told: Told = field(default_factory=Told)
    left_out: list[Finding] = field(default_factory=list)


def ending_of(name: str) -> str:
    """The ending of a name where it says how rows are written; else empty, and the mapping must say it."""
    found = Path(name).suffix.lower()
    return found if found in ENDINGS else ""


def look_at_rows(house: House, actor: Actor, sent: SentRows) -> Came:
    """Look at the rows, and bring nothing in."""
    return _import(house, actor, sent, How(reason="", dry_run=True, skip_bad=True))


def bring_rows(house: House, actor: Actor, sent: SentRows, reason: str, *, skip_bad: bool) -> Came:
    """Bring the rows in. Raises RefusedError with what is wrong, unless rows that are refused may be left out."""
    came = _import(house, actor, sent, How(reason=reason, skip_bad=skip_bad))
    if came.left_out and not skip_bad:
        message = say("this cannot be taken in as it is")
        raise RefusedError(message, findings=tuple(came.left_out))
    return came


def _import(house: House, actor: Actor, sent: SentRows, how: How) -> Came:
    permit(actor, Act.IMPORT)
    if sent.path.stat().st_size > LARGEST:
        message = say("the file has more than {most} bytes", most=LARGEST)
        raise refused("file-too-large", message, say("split it, or bring it in with `adjudge data import`"))
    mapping = _mapping(sent)
    vocabulary = policy_vocabulary(house, actor, sent.policy) if sent.policy else None
    if mapping.brings is Brings.CLAIMS and vocabulary is None:
        message = say("claims are read by the vocabulary of a policy, and none was named")
        raise refused("unknown-package", message, say("name the policy"))
    came, log = Came(), ProblemLog()

    def left_out(looked: Looked) -> None:
        came.left_out.extend(_flaws(sent, looked)[: max(0, LIMIT - len(came.left_out))])

    how = replace(how, vocabulary=vocabulary, refused=left_out)
    came.told = import_file(house, actor, _coming(sent, mapping, vocabulary), how, log)
    if log.problems:
        raise RefusedError(
            say("this cannot be taken in as it is"),
            findings=tuple(_named(sent, item) for item in log.problems),
        )
    return came


def _mapping(sent: SentRows) -> RowMapping:
    log = ProblemLog()
    node = read_yaml(Source(say("mapping"), sent.mapping), log)
    found = read_mapping(node, log) if node is not None else None
    if found is None:
        raise refusal(log)
    if sent.delimiter and not is_delimiter(sent.delimiter):
        raise refused("bad-value", say("this cannot part the fields of a row"), say("write one character"))
    return replace(found, delimiter=sent.delimiter or found.delimiter)


def _coming(sent: SentRows, mapping: RowMapping, vocabulary: Vocabulary | None) -> Coming:
    facts = {str(name): fact for name, fact in vocabulary.facts.items()} if vocabulary is not None else {}
    return Coming(
        name=sent.name,
        brings=mapping.brings,
        read=lambda log: _so_many(filled_rows(sent.path, mapping, facts, log)),
        documents=lambda ids: [item for item in mapping.documents if item.get("id") in ids],
    )


def _so_many(rows: Iterable[Filled]) -> Iterator[Filled]:
    """The rows. Raises RefusedError at the first one too many, before any was taken."""
    for count, row in enumerate(rows, start=1):
        if count > MOST_ROWS:
            message = say("the file has more than {most} rows", most=MOST_ROWS)
            raise refused(
                "file-too-large", message, say("split it, or bring it in with `adjudge data import`")
            )
        yield row


def _flaws(sent: SentRows, looked: Looked) -> Sequence[Finding]:
    number = looked.filled.number
    return [
        Finding(flaw.code, flaw.message, flaw.hint, place_of(sent.name, number, flaw.columns), line=number)
        for flaw in looked.flaws
    ]


def _named(sent: SentRows, problem: Problem) -> Finding:
    """What is wrong with the file as a whole, told by the name that it was sent under."""
    found = finding_of(problem)
    return replace(found, where=sent.name) if found.where == str(sent.path) else found
