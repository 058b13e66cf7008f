"""What rows say, looked at one by one and beside what is on record: fit to be brought in, here already, or refused.

Nothing is brought in here. What is on record is handed in for a few hundred rows at a time, so that files of any
length are looked at in bounded memory.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from adjudge.basis.digest import digest_of, sha256
from adjudge.basis.ids import FactName
from adjudge.basis.instant import Instant, parse_instant
from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.reading.json_text import Plain, node_of
from adjudge.basis.reading.node import Sequence as NodeSequence
from adjudge.basis.reading.shape import Shape
from adjudge.basis.said import Said, say
from adjudge.enforcement.declared import flaws_of_domains
from adjudge.evidence.case_reader import read_parties
from adjudge.facts.claim_reader import ClaimReader
from adjudge.facts.value import value_json
from adjudge.facts.value_reader import read_value
from adjudge.facts.vocabulary import Kind, Vocabulary
from adjudge.interchange.incoming.filling import Filled, Object
from adjudge.interchange.incoming.mapping import Brings
from adjudge.interchange.incoming.row import Flaw, flaw_of
from adjudge.interchange.incoming.spend import read_spend
from adjudge.interchange.incoming.text_form import object_text

AT_ONCE = 500
LARGEST_OBJECT = 400_000
"""Bytes as the log writes it; an entry holds several."""
_GIVEN = "recorded_at"
_TIMES = frozenset({"holds_from", "holds_to", _GIVEN})


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What is on record of the ids that some rows name. `subjects` has kind and advertiser; `objects` what was said."""

    subjects: Mapping[str, tuple[str, str]]
    objects: Mapping[str, Mapping[str, Plain]]
    documents: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """How rows are looked at. `near` finds the id on record that a mistyped one may stand for."""

    brings: Brings
    vocabulary: Vocabulary
    now: Instant
    on_record: Callable[[Iterable[str], Iterable[str], Iterable[str]], OnRecord]
    near: Callable[[str], Said]
    documents: frozenset[str] = frozenset()
    """Documents that come with the file."""
    owners: frozenset[str] = frozenset()
    """Advertisers that come with the file."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A row that was looked at: objects to bring in, how many are here already, or flaws."""

    filled: Filled
    new: tuple[Object, ...] = ()
    known: int = 0
    flaws: tuple[Flaw, ...] = ()


@dataclass(slots=True)
class _Seen:
    """Ids of this file with a digest of what was said of each: a few dozen bytes for each row."""

    digests: dict[str, bytes] = field(default_factory=dict)

    def holds(self, item: Object) -> bool:
        """Whether the same was said before."""
        return self.digests.get(str(item["id"])) == _digest(item)

    def is_new(self, item: Object) -> bool:
        """Remember it; False where something else was said under its id."""
        digest = _digest(item)
        return self.digests.setdefault(str(item["id"]), digest) == digest


def _digest(item: Object) -> bytes:
    return sha256(object_text(item).encode())[:16]


def look_at(rows: Iterable[Filled], looking: Looking) -> Iterator[Looked]:
    """Look at rows, in their order."""
    seen, source = _Seen(), iter(rows)
    while chunk := list(islice(source, AT_ONCE)):
        on_record = looking.on_record(
            [str(item.get("id")) for filled in chunk for item in filled.objects],
            [name for filled in chunk for item in filled.objects for name in _named(item)],
            [str(item["document"]) for filled in chunk for item in filled.objects if "document" in item],
        )
        for filled in chunk:
            yield _look(filled, looking, on_record, seen)


def _named(item: Object) -> Iterator[str]:
    """The subjects that an object names."""
    for key in ("subject", "advertiser"):
        if key in item:
            yield str(item[key])


def _look(filled: Filled, looking: Looking, on_record: OnRecord, seen: _Seen) -> Looked:
    flaws = list(filled.flaws)
    new: list[Object] = []
    known = 0
    for index, item in enumerate(filled.objects):
        columns = filled.columns[index] if filled.columns else {}
        if filled.flaws:  # not whole; but whom it is about can be looked for all the same
            flaws += _placed(_about(str(item.get("subject", "")), "", looking, on_record), columns)
            continue
        found = list(_flaws(item, looking, on_record))
        is_repeated = not found and seen.holds(item)
        found = found or list(_said_otherwise(item, on_record, seen, looking))
        flaws += _placed(found, columns)
        if not found and (is_repeated or _is_here(item, on_record, looking)):
            known += 1
        elif not found:
            new.append(item)
    if flaws:
        return Looked(filled, flaws=tuple(dict.fromkeys(flaws)))
    return Looked(filled, tuple(new), known)


def _placed(found: "Iterable[tuple[str, Flaw]]", columns: Mapping[str, tuple[str, ...]]) -> list[Flaw]:
    """Flaws with the columns of the fields in which they are."""
    return [flaw if flaw.columns else replace(flaw, columns=columns.get(name, ())) for name, flaw in found]


Told = Iterator[tuple[str, Flaw]]
"""Flaws, each with the field in which it is, or an empty text."""


def _flaws(item: Object, looking: Looking, on_record: OnRecord) -> Told:
    if len(object_text(item).encode()) > LARGEST_OBJECT:
        message = say("the row says more than {most} bytes", most=LARGEST_OBJECT)
        yield "", Flaw(code="file-too-large", message=message, hint=say("shorten its texts"))
        return
    match looking.brings:
        case Brings.SUBJECTS:
            yield from _subject_flaws(item, looking, on_record)
        case Brings.CLAIMS:
            yield from _claim_flaws(item, looking, on_record)
        case Brings.SPEND:
            yield from _spend_flaws(item, looking, on_record)


def _subject_flaws(item: Object, looking: Looking, on_record: OnRecord) -> Told:
    log = ProblemLog()
    node = node_of(item, "row")
    parties = read_parties(Shape(log), NodeSequence((node,), node.span, "row"))
    yield from _read(log)
    for message, hint in flaws_of_domains(parties[0].domains if parties else ()):
        yield "domains", Flaw(code="bad-value", message=message, hint=hint)
    if log.refuses:
        return
    owner = str(item.get("advertiser") or item["id"])
    here = on_record.subjects.get(str(item["id"]))
    if here is not None and here != (item["kind"], owner):
        message = say(
            "the subject {subject} is of another kind, or of another advertiser", subject=str(item["id"])
        )
        yield "id", Flaw(code="duplicate-id", message=message, hint=say("give it an id of its own"))
    if item["kind"] == Kind.AD.value and owner not in looking.owners:
        known = on_record.subjects.get(owner)
        if known is None or known[0] != Kind.ADVERTISER.value:
            yield "advertiser", _unknown_subject(owner, looking)


def _claim_flaws(item: Object, looking: Looking, on_record: OnRecord) -> Told:
    log = ProblemLog()
    document, subject = str(item.get("document")), str(item.get("subject"))
    whole = item if _GIVEN in item else {**item, _GIVEN: str(looking.now)}
    ClaimReader(looking.vocabulary, log, frozenset({document})).read(node_of(whole, "row"))
    yield from _read(log)
    if document not in looking.documents | on_record.documents:
        message = say("there is no document {document}", document=quoted(document))
        hint = say("receive it first, or describe it under `documents:` in the mapping")
        yield "document", Flaw(code="unknown-document", message=message, hint=hint)
    yield from _about(subject, str(item.get("fact")).partition(".")[0], looking, on_record)
    yield from _too_late(whole, looking)


def _spend_flaws(item: Object, looking: Looking, on_record: OnRecord) -> Told:
    log = ProblemLog()
    read_spend(Shape(log), node_of(item, "row"))
    yield from _read(log)
    yield from _about(str(item.get("subject")), "", looking, on_record)
    yield from _too_late(item, looking)


def _about(subject: str, kind: str, looking: Looking, on_record: OnRecord) -> Told:
    here = on_record.subjects.get(subject)
    if here is None and subject and looking.brings is not Brings.SUBJECTS:
        yield "subject", _unknown_subject(subject, looking)
    elif here is not None and kind in {item.value for item in Kind} and kind != here[0]:
        message = say(
            "{subject} is of kind {kind}, and the fact is not", subject=quoted(subject), kind=quoted(here[0])
        )
        yield "fact", Flaw(code="wrong-subject", message=message, hint=say("name its own fact"))


def _unknown_subject(subject: str, looking: Looking) -> Flaw:
    message = say("the subject {subject} is not on record", subject=quoted(subject))
    return Flaw(
        code="unknown-subject", message=message, hint=looking.near(subject) or say("bring it in before")
    )


def _too_late(item: Object, looking: Looking) -> Told:
    recorded = parse_instant(str(item.get(_GIVEN)))
    if recorded is not None and recorded > looking.now:
        message = say("`recorded_at` is later than now")
        yield _GIVEN, Flaw(code="bad-value", message=message, hint=say("correct it: nobody knows the future"))


def _read(log: ProblemLog) -> Told:
    for problem in log.problems:
        yield _field_of(problem.where), flaw_of(problem)


def _field_of(path: str) -> str:
    """The field of a path such as `row.value.amount` or `row[0].value`."""
    return path.partition(".")[2].partition(".")[0].partition("[")[0]


# --- said already ---


def _said_otherwise(item: Object, on_record: OnRecord, seen: _Seen, looking: Looking) -> Told:
    """One id with two contents, in the file or on record."""
    key = str(item["id"])
    if not seen.is_new(item):
        message = say("{id} stands twice in this file, and says two things", id=quoted(key))
        yield "id", Flaw(code="duplicate-id", message=message, hint=say("give each an id of its own"))
        return
    here = on_record.objects.get(key)
    if (
        here is not None
        and looking.brings is not Brings.SUBJECTS
        and not _same(item, here, looking.vocabulary)
    ):
        message = say("{id} is on record already, and says something else", id=quoted(key))
        hint = say("give it another id; what is on record is withdrawn, and never overwritten")
        yield "id", Flaw(code="duplicate-id", message=message, hint=hint)


def _is_here(item: Object, on_record: OnRecord, looking: Looking) -> bool:
    here = on_record.objects.get(str(item["id"]))
    return here is not None and _same(item, here, looking.vocabulary)


def _same(item: Object, here: Mapping[str, Plain], vocabulary: Vocabulary) -> bool:
    """Whether both say the same. A time that the file leaves open is that of the first time."""
    left_out = {"withdrawn_at"} if _GIVEN in item else {"withdrawn_at", _GIVEN}
    one, other = (
        object_text(
            {key: value for key, value in _in_one_form(content, vocabulary).items() if key not in left_out}
        )
        for content in (item, here)
    )
    return one == other


def _in_one_form(content: Mapping[str, Plain], vocabulary: Vocabulary) -> Object:
    """What is written in two ways and means one thing: `1.50` and `1.5`, a day and its first instant."""
    found = {key: _timed(key, value) for key, value in content.items()}
    fact = vocabulary.facts.get(FactName(str(content.get("fact"))))
    value = None
    if fact is not None and "value" in content:
        shape = Shape(ProblemLog())
        value = read_value(shape, node_of(content["value"], "value"), fact.type, vocabulary.taxonomies)
    return found if value is None else {**found, "value": digest_of(value_json(value))}


def _timed(key: str, value: Plain) -> Plain:
    """A day and its first instant are one time."""
    instant = parse_instant(value) if key in _TIMES and isinstance(value, str) else None
    return str(instant) if instant is not None else value
