"""Material for a question off the record: what is on record of an advertiser, and what is supposed beside it.

What is supposed is read by the readers of case files and takes part as if it were on record; nothing of it is kept.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from adjudge.basis.instant import Instant
from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.reading.json_text import Plain, node_of
from adjudge.basis.reading.node import Sequence as NodeSequence
from adjudge.basis.reading.shape import Shape
from adjudge.basis.said import say
from adjudge.errors import Finding
from adjudge.evidence.case import Party
from adjudge.evidence.case_reader import read_parties
from adjudge.facts.claim import Claim
from adjudge.facts.claim_reader import ClaimReader, check_kinds
from adjudge.facts.vocabulary import Vocabulary
from adjudge.institution.house import refused
from adjudge.institution.material.claims import claims_of
from adjudge.institution.material.subjects import finding_of, party_of, refusal
from adjudge.records.ports import Reading
from adjudge.records.rows import ClaimRow, SubjectRow
from adjudge.records.shelf import CLAIMS, SUBJECTS

Object = dict[str, Plain]
_NO_DOCUMENT = "what-if"
"""Stands in for the document that a claim, which is only supposed, need not rest on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """Subjects and claims in the words of case files, and ids of claims on record that are left out.

    A claim that is supposed needs no id, no document and no `recorded_at`. `about` narrows the question to some
    subjects; empty, it is about all.
    """

    about: Collection[str] = ()
    subjects: Sequence[Object] = ()
    claims: Sequence[Object] = ()
    without: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Whom a question is about, and what counts. `left_out` says which claims on record the version cannot read."""

    parties: tuple[Party, ...]
    claims: tuple[Claim, ...]
    left_out: tuple[Finding, ...] = ()


@dataclass(slots=True)
class Meter:
    """How many subjects and claims may still be looked at: nobody waits for a question without end."""

    left: int

    def take(self, count: int) -> None:
        """Look at so many. Raises RefusedError where that is too much."""
        self.left -= count
        if self.left < 0:
            hint = say("name the subjects that matter under `about`, or ask in parts")
            raise refused(
                "too-much", say("this looks at more subjects and claims than one may at once"), hint
            )


def gathered(
    records: Reading,
    vocabulary: Vocabulary,
    advertiser: str,
    supposed: Supposed,
    *,
    known_at: Instant,
    meter: Meter,
) -> Material:
    """Gather it. Raises RefusedError with everything that is wrong in what is supposed, by its place."""
    meter.take(len(supposed.subjects) + len(supposed.claims))
    log = ProblemLog()
    on_record = _subjects(records, advertiser, supposed.about, meter)
    parties = _parties(on_record, supposed, log)
    rows = _claims(records, advertiser, supposed.about, meter)
    without = frozenset(supposed.without)
    _check_left_out(rows, without, log)
    unread = ProblemLog()
    claims = claims_of([row for row in rows if row.id not in without], vocabulary, unread)
    further = _further(supposed.claims, vocabulary, known_at, log)
    _check_further(further, claims, parties, log)
    if log.refuses:
        raise refusal(log)
    left_out = tuple(finding_of(item) for item in unread.problems)
    return Material(parties=parties, claims=(*claims, *further), left_out=left_out)


# --- what is on record ---


def _subjects(
    records: Reading, advertiser: str, about: Collection[str], meter: Meter
) -> Sequence[SubjectRow]:
    if not advertiser:
        return ()
    if about:
        meter.take(len(about))
        named = records.get_many(SUBJECTS, sorted(about))
        return [row for row in named.values() if row.advertiser == advertiser]
    found = records.find(SUBJECTS, advertiser=advertiser, most=meter.left + 1)
    meter.take(len(found))
    return found


def _claims(records: Reading, advertiser: str, about: Collection[str], meter: Meter) -> Sequence[ClaimRow]:
    """Claims about an advertiser and its ads; where it is about some alone, those about these and the advertiser."""
    if not advertiser:
        return ()
    if not about:
        found = records.find(CLAIMS, advertiser=advertiser, most=meter.left + 1)
        meter.take(len(found))
        return found
    rows: list[ClaimRow] = []
    for subject in sorted({advertiser, *about}):
        portion = records.find(CLAIMS, subject=subject, advertiser=advertiser, most=meter.left + 1)
        meter.take(len(portion))
        rows += portion
    return rows


def _check_left_out(rows: Iterable[ClaimRow], without: frozenset[str], log: ProblemLog) -> None:
    for claim in sorted(without - {row.id for row in rows}):
        message = say("there is no claim {claim} that would count here", claim=quoted(claim))
        log.add("unknown-claim", message, where="what_if.without", hint=say("leave it out here"))


# --- what is supposed ---


def _parties(on_record: Iterable[SubjectRow], supposed: Supposed, log: ProblemLog) -> tuple[Party, ...]:
    """Those on record and those supposed, which take the place of one of their id."""
    found = {row.id: party_of(row.content) for row in on_record}
    nodes = tuple(node_of(item, f"subjects[{place}]") for place, item in enumerate(supposed.subjects))
    for party in read_parties(Shape(log), NodeSequence(nodes, None, "subjects")):
        known = found.get(party.subject.id)
        if known is not None and known.subject != party.subject:
            message = say("a subject of this id is of another kind, or of another advertiser")
            log.add("duplicate-id", message, where="subjects", hint=say("give it an id of its own"))
        found[party.subject.id] = party
    for name in sorted(set(supposed.about) - found.keys()):
        message = say("there is no subject {subject} here", subject=quoted(name))
        log.add("unknown-subject", message, where="about", hint=say("name a subject of this question"))
    return tuple(found[name] for name in sorted(found) if not supposed.about or name in supposed.about)


def _further(
    contents: Sequence[Object], vocabulary: Vocabulary, known_at: Instant, log: ProblemLog
) -> tuple[Claim, ...]:
    whole = [
        {"id": f"what-if-{number}", "recorded_at": str(known_at), "document": _NO_DOCUMENT, **content}
        for number, content in enumerate(contents, start=1)
    ]
    documents = frozenset(str(content["document"]) for content in whole)
    reader = ClaimReader(vocabulary, log, documents)
    claims = reader.read_all(
        node_of(content, f"what_if.claims[{place}]") for place, content in enumerate(whole)
    )
    return tuple(
        replace(claim, document=None) if claim.document == _NO_DOCUMENT else claim for claim in claims
    )


def _check_further(
    further: Sequence[Claim], on_record: Iterable[Claim], parties: Sequence[Party], log: ProblemLog
) -> None:
    """Claims that are supposed say something of those asked about, and take nobody's id."""
    check_kinds([party.subject for party in parties], further, log)
    known = {party.subject.id for party in parties}
    known |= {party.subject.advertiser for party in parties if party.subject.advertiser is not None}
    ids = {claim.id for claim in on_record}
    for claim in further:
        where = say("claim {claim}", claim=claim.id)
        if claim.subject not in known:
            message = say("there is no subject {subject} here", subject=quoted(claim.subject))
            log.add("unknown-subject", message, where=where, hint=say("name a subject of this question"))
        if claim.id in ids:
            message = say("a claim of this id is on record")
            hint = say("leave its id out, or leave the other one out of the question")
            log.add("duplicate-id", message, where=where, hint=hint)
