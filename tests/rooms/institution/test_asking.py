"""What is asked off the record is what the matter would be told, on any case, wherever the material stands."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from adjudge.app.exchange import Question as Line
from adjudge.app.exchange import read_question
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain
from adjudge.errors import RefusedError
from adjudge.institution.house import House
from adjudge.institution.material.view import evaluate
from adjudge.institution.reading.asking import Found, Question, Supposed, ask
from adjudge.language.seal import Sealed, seal
from adjudge.outcome import exchange_form
from adjudge.people.actor import Actor, PersonId
from adjudge.people.role import Role
from adjudge.records.rows import (
    ClaimRow,
    EnactmentRow,
    MatterRow,
    MatterState,
    SubjectRow,
    VersionRow,
    VersionState,
)
from adjudge.records.shelf import CLAIMS, ENACTMENTS, MATTERS, SUBJECTS, VERSIONS
from adjudge.storage.memory import MemoryBlobs, MemoryRecords
from tests.generators.cases import Case, seeded_case
from tests.generators.claims import ADVERTISER
from tests.generators.claims import SUBJECTS as WHOM

REVIEWER = Actor(person=PersonId("P-1"), roles=frozenset({Role.REVIEWER}))
CASES = 150


@dataclass(frozen=True, slots=True)
class Kept:
    """A generated case as an institution keeps it."""

    house: House
    matter: MatterRow
    line: Line
    case: Case


def kept(seed: int) -> Kept | None:
    """A case of a seed, kept; None where its package cannot be sealed, or claims one id twice."""
    case, log = seeded_case(seed), ProblemLog()
    line = read_question(case.line(), log)
    assert line is not None
    sealed = seal(line.package, ProblemLog())
    if sealed is None or line.package.published_at > line.known_at:
        return None
    records = MemoryRecords()
    house = House(records=records, blobs=MemoryBlobs(), clock=lambda: line.known_at, random=bytes)
    return Kept(house, put(records, case, line, sealed), line, case)


def put(records: MemoryRecords, case: Case, line: Line, sealed: Sealed) -> MatterRow:
    """Rows of a case, as acts would have left them."""
    at = line.known_at
    version = VersionRow(
        id=sealed.digest,
        policy=line.package.id,
        version=line.package.version,
        text=sealed.text,
        state=VersionState.IN_FORCE,
        author="P-1",
        drafted_at=at,
        published_at=at,
    )
    matter = MatterRow(
        id="M-1",
        advertiser=ADVERTISER,
        policy=line.package.id,
        territory=line.territory or "",
        state=MatterState.OPEN,
        opened_at=at,
        source="own_initiative",
        detection="none",
    )
    with records.writing() as writing:
        writing.put(VERSIONS, version)
        writing.put(MATTERS, matter)
        enactment = EnactmentRow(id="E-1", policy=version.policy, digest=version.id, start=at, recorded_at=at)
        writing.put(ENACTMENTS, enactment)
        for subject in WHOM:
            row = SubjectRow(
                id=str(subject["id"]),
                kind=str(subject["kind"]),
                advertiser=ADVERTISER,
                content={**subject, "title": {"en": "Whom it is about"}},
                recorded_at=at,
            )
            writing.put(SUBJECTS, row)
        for content in contents(case):
            row_of = ClaimRow(
                id=str(content["id"]),
                subject=str(content["subject"]),
                advertiser=ADVERTISER,
                content=content,
                weight=1,
                document="D-1",
                recorded_at=at,
            )
            writing.put(CLAIMS, row_of)
    return matter


def contents(case: Case) -> list[dict[str, Plain]]:
    """Claims about whom the case asks, as an institution keeps them: each rests on a document."""
    asked = {str(subject["id"]) for subject in WHOM}
    return [{**claim, "document": "D-1"} for claim in case.claims if str(claim["subject"]) in asked]  # type: ignore[dict-item]  # trees of JSON


def of_record(found: Kept, *, without: Sequence[str] = (), explain: bool = False) -> Found:
    """Ask about the matter."""
    question = Question(
        matter=found.matter.id,
        valid_at=found.line.valid_at,
        known_at=found.line.known_at,
        supposed=Supposed(without=without),
        explain=explain,
    )
    return ask(found.house, REVIEWER, question)


def inline(found: Kept, claims: Sequence[dict[str, Plain]]) -> Found:
    """Ask about what is sent alone."""
    subjects: list[dict[str, Plain]] = [{key: str(text) for key, text in item.items()} for item in WHOM]
    question = Question(
        policy=found.matter.policy,
        territory=found.matter.territory,
        valid_at=found.line.valid_at,
        known_at=found.line.known_at,
        supposed=Supposed(subjects=subjects, claims=claims),
    )
    return ask(found.house, REVIEWER, question)


@pytest.mark.parametrize("first", range(0, CASES, 50))
def test_a_question_finds_what_the_matter_finds_wherever_the_material_stands(first: int) -> None:
    asked = 0
    for seed in range(first, first + 50):
        found = kept(seed)
        if found is None:
            continue
        asked += 1
        with found.house.records.reading() as records:
            answer = evaluate(records, found.matter, found.line.valid_at, found.line.known_at)
        wanted = [(exchange_form(item.outcome), item.decision) for item in answer.subjects]
        for got in (of_record(found), of_record(found, explain=True), inline(found, contents(found.case))):
            outcomes = [exchange_form(item) for item in got.outcomes]
            assert list(zip(outcomes, got.decisions, strict=True)) == wanted, seed
    assert asked >= 20


def test_a_claim_left_out_is_as_if_it_had_never_been_recorded() -> None:
    left_out = 0
    for seed in range(30):
        found = kept(seed)
        claims = contents(found.case) if found is not None else []
        for claim in claims:
            assert found is not None
            others = [item for item in claims if item["id"] != claim["id"]]
            got = of_record(found, without=[str(claim["id"])])
            assert got.outcomes == inline(found, others).outcomes, seed
            left_out += 1
    assert left_out >= 20


def test_nobody_waits_for_a_question_without_end() -> None:
    found = next(item for seed in range(50) if (item := kept(seed)) is not None)
    many: list[dict[str, Plain]] = [
        {"id": f"ad {number}", "kind": "ad", "advertiser": ADVERTISER} for number in range(20_001)
    ]
    with pytest.raises(RefusedError) as refusal:
        ask(
            found.house,
            REVIEWER,
            Question(policy=found.matter.policy, supposed=Supposed(subjects=many)),
        )
    assert refusal.value.findings[0].code == "too-much"
