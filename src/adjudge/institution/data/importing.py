"""Files brought in: every row is looked at before the first is taken; what is taken comes in portions of one entry.

A run that was killed is simply run again: what is here already is counted and not brought in twice.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from adjudge.basis.instant import parse_instant
from adjudge.basis.problem import ProblemLog, did_you_mean
from adjudge.basis.reading.json_text import Plain
from adjudge.basis.said import NOTHING_SAID, Said, say
from adjudge.errors import RefusedError
from adjudge.facts.vocabulary import NO_VOCABULARY, Kind, Vocabulary
from adjudge.institution.data.bringing import MOST, Brought, Object, bring_in
from adjudge.institution.house import House, refused
from adjudge.institution.plain import as_text
from adjudge.institution.versions import package_of, version_at
from adjudge.interchange.incoming.examine import AT_ONCE, Looked, Looking, OnRecord, look_at
from adjudge.interchange.incoming.filling import Filled
from adjudge.interchange.incoming.mapping import Brings
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import permit
from adjudge.records.rows import DocumentRow, SpendRow
from adjudge.records.shelf import CLAIMS, DOCUMENTS, SPEND, SUBJECTS, VERSIONS

PORTION = 5_000
"""Objects in one entry."""
PORTION_BYTES = 700_000
"""Bytes of their words in one entry: sealed as texts within texts, they at most double."""
_LIKE = 50

Read = Callable[[ProblemLog], Iterable[Filled]]
"""Reads a file from its beginning; what is wrong with the file as a whole stands in the log afterwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A file that is to come in. `documents` come with the first claim that rests on them."""

    name: str
    brings: Brings
    read: Read
    documents: Callable[[Sequence[str]], Sequence[Object]] = lambda _: ()


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How files come in. `refused` is told of every row not taken; `looked` and `progress` count rows meanwhile."""

    reason: str
    vocabulary: Vocabulary | None = None
    dry_run: bool = False
    skip_bad: bool = False
    refused: Callable[[Looked], None] = lambda _: None
    looked: Callable[[int], None] = lambda _: None
    progress: Callable[[int], None] = lambda _: None


@dataclass(slots=True, kw_only=True)
class Told:
    """What came of a file: rows = taken + refused; objects = brought + known already. `entries` are those written."""

    rows: int = 0
    refused: int = 0
    brought: int = 0
    known: int = 0
    entries: list[int] = field(default_factory=list)

    @property
    def taken(self) -> int:
        """Rows that say something that is on record now, or would be."""
        return self.rows - self.refused


def policy_vocabulary(house: House, actor: Actor, policy: str) -> Vocabulary:
    """The vocabulary of the version of a policy that applies now. Raises RefusedError where there is none."""
    permit(actor, Act.IMPORT)
    with house.records.reading() as records:
        row = version_at(records, policy, house.clock())
        known = sorted({item.policy for item in records.find(VERSIONS)})
    if row is None:
        message = say("no version of {policy} is in force", policy=policy)
        raise refused("unknown-package", message, did_you_mean(policy, known))
    return package_of(row.text).vocabulary


def import_file(house: House, actor: Actor, coming: Coming, how: How, log: ProblemLog) -> Told:
    """Bring a file in. Where rows are refused and are not to be skipped, nothing of it comes in.

    What is wrong with the file as a whole stands in the log. Raises RefusedError where it changes meanwhile.
    """
    permit(actor, Act.IMPORT)
    looking = _looking(house, coming, how)
    told = Told()
    for looked in _looked(coming, looking, log):
        told.rows += 1
        told.known += looked.known
        if looked.flaws:
            told.refused += 1
            how.refused(looked)
        else:
            told.brought += len(looked.new)
        if told.rows % AT_ONCE == 0:
            how.looked(told.rows)
    stays_out = bool(log.problems) or (told.refused > 0 and not how.skip_bad)
    if stays_out or how.dry_run:
        return Told(
            rows=told.rows, refused=told.refused, known=told.known, brought=0 if stays_out else told.brought
        )
    _bring(house, actor, coming, how, looking=looking, told=told)
    return told


def _bring(house: House, actor: Actor, coming: Coming, how: How, *, looking: Looking, told: Told) -> None:
    """The second reading, by which what was found fit comes in."""
    rows, brought = 0, 0
    for portion in _portions(_ordered(coming, looking)):
        objects = [item for looked in portion for item in looked.new]
        rows += len(portion)
        if objects:
            source = {
                "file": coming.name,
                "first_row": str(portion[0].filled.number),
                "last_row": str(portion[-1].filled.number),
            }
            entry = bring_in(
                house, actor, _brought(house, coming, objects, source), how.vocabulary, how.reason
            )
            told.entries.append(entry)
            brought += len(objects)
        how.progress(rows)
    if brought != told.brought:
        message = say("{file} was changed while it was read", file=coming.name)
        raise RefusedError(message, hint=say("look at what came in, and bring it in again"))


def _ordered(coming: Coming, looking: Looking) -> Iterator[Looked]:
    """Rows that are fit. Advertisers come before their ads, wherever they stand in the file."""
    log = ProblemLog()
    if coming.brings is not Brings.SUBJECTS:
        yield from (item for item in _looked(coming, looking, log) if not item.flaws)
        return
    for kind in (Kind.ADVERTISER, Kind.AD):
        for item in _looked(coming, looking, log):
            if not item.flaws and item.filled.objects[0].get("kind") == kind.value:
                yield item


def _looked(coming: Coming, looking: Looking, log: ProblemLog) -> Iterator[Looked]:
    return look_at(coming.read(log), looking)


def _portions(items: Iterable[Looked]) -> Iterator[list[Looked]]:
    """Rows in portions that fit one entry each; the objects of one row stay together."""
    portion: list[Looked] = []
    count, size = 0, 0
    for item in items:
        its_size = sum(len(as_text(new).encode()) for new in item.new)
        its_count = len(item.new) + len({str(new.get("document")) for new in item.new})
        if portion and (count + its_count > min(PORTION, MOST) or size + its_size > PORTION_BYTES):
            yield portion
            portion, count, size = [], 0, 0
        portion.append(item)
        count, size = count + its_count, size + its_size
    if portion:
        yield portion


def _brought(house: House, coming: Coming, objects: Sequence[Object], source: dict[str, str]) -> Brought:
    match coming.brings:
        case Brings.SUBJECTS:
            return Brought(subjects=objects, source=source)
        case Brings.SPEND:
            return Brought(spend=objects, source=source)
        case Brings.CLAIMS:
            named = sorted({str(item["document"]) for item in objects})
            with house.records.reading() as records:
                here = records.get_many(DOCUMENTS, named)
            missing = [key for key in named if key not in here]
            return Brought(claims=objects, documents=coming.documents(missing), source=source)


# --- what is on record ---


def _looking(house: House, coming: Coming, how: How) -> Looking:
    looking = Looking(
        brings=coming.brings,
        vocabulary=how.vocabulary or NO_VOCABULARY,
        now=house.clock(),
        on_record=lambda ids, subjects, documents: _on_record(house, coming, ids, subjects, documents),
        near=lambda subject: _near(house, subject),
    )
    if coming.brings is not Brings.SUBJECTS:
        return looking
    quiet = ProblemLog()
    owners = frozenset(
        str(item["id"])
        for looked in _looked(coming, looking, quiet)
        for item in looked.new
        if item.get("kind") == Kind.ADVERTISER.value
    )
    return replace(looking, owners=owners)


def _on_record(
    house: House, coming: Coming, ids: Iterable[str], subjects: Iterable[str], documents: Iterable[str]
) -> OnRecord:
    keys, named = list(ids), list(dict.fromkeys(documents))
    with house.records.reading() as records:
        known = records.get_many(SUBJECTS, [*subjects, *(keys if coming.brings is Brings.SUBJECTS else ())])
        described = records.get_many(DOCUMENTS, named)
        match coming.brings:
            case Brings.SUBJECTS:
                objects = {key: row.content for key, row in known.items()}
            case Brings.CLAIMS:
                objects = {key: row.content for key, row in records.get_many(CLAIMS, keys).items()}
            case Brings.SPEND:
                objects = {key: _words(row) for key, row in records.get_many(SPEND, keys).items()}
    offered = coming.documents(named)
    _refuse_other_words(offered, described)
    return OnRecord(
        subjects={key: (row.kind, row.advertiser) for key, row in known.items()},
        objects=objects,
        documents=frozenset(described) | {str(item["id"]) for item in offered},
    )


def _refuse_other_words(offered: Sequence[Object], described: Mapping[str, DocumentRow]) -> None:
    """A document that is on record is not described anew. One that was expunged says nothing any more, and stays so."""
    for item in offered:
        row = described.get(str(item["id"]))
        if row is not None and row.expunged_at is None and _in_one_form(item) != _in_one_form(row.content):
            message = say(
                "the document {document} is on record already, and says something else", document=row.id
            )
            raise refused("duplicate-id", message, say("give it another id"))


def _in_one_form(document: Mapping[str, Plain]) -> str:
    """What a document says, whether its day is written as a day or as an instant, without what says nothing."""
    published = parse_instant(str(document.get("published")))
    found = {**document, "published": None if published is None else str(published)}
    return as_text({key: value for key, value in found.items() if value not in (None, {}, [])})


def _words(row: SpendRow) -> dict[str, Plain]:
    """An amount on record, in the words in which it comes in."""
    return {
        "id": row.id,
        "subject": row.subject,
        "from": str(row.start),
        "to": str(row.end),
        "amount": row.amount,
        "currency": row.currency,
        "recorded_at": str(row.recorded_at),
    }


def _near(house: House, subject: str) -> Said:
    """The id on record that is nearest to a mistyped one, among those that begin alike."""
    beginning = subject[: max(1, len(subject) // 2)]
    with house.records.reading() as records:
        found = records.find(SUBJECTS, after=beginning[:-1] or " ", most=_LIKE)
    near = did_you_mean(subject, [row.id for row in found])
    return near if near.template.startswith("did you mean") else NOTHING_SAID
