"""The decision sheet as values: clauses with their numbers and weights, evidence that points back, nothing left out."""

from pathlib import Path

import pytest

from adjudge.answers.answer import Answer, Asked
from adjudge.answers.sheet.clauses import ClauseView, clauses_of
from adjudge.answers.sheet.letter import letters_of, stating
from adjudge.answers.sheet.sheet import SheetView, sheet_view
from adjudge.app.decide import decide
from adjudge.app.explain import trees_of
from adjudge.app.on_files import load_case
from adjudge.basis.ids import RuleId
from adjudge.basis.instant import parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.evidence.notice import Element, Notice, Passage, Pointer
from adjudge.facts.settle import live
from adjudge.outcome import Verdict
from adjudge.tongues.tongue import tongue_of

ROOT = Path(__file__).resolve().parents[3]
DAYS = ("2018-01-31", "2024-10-01", "2026-11-21")
TERRITORIES = ("US", "DE", None)


def answered(day: str, territory: str | None) -> Answer:
    log = ProblemLog()
    loaded = load_case(ROOT / "examples" / "cases" / "kaspersky-2018", log)
    at = parse_instant(day)
    assert loaded is not None
    assert at is not None
    answer = decide(loaded, Asked(valid_at=at, known_at=at, territory=territory), log)
    assert answer is not None
    return answer


def sheets(day: str, territory: str | None) -> list[tuple[Answer, SheetView]]:
    whole = answered(day, territory)
    found = []
    for subject in whole.subjects:
        one = Answer(
            **{name: getattr(whole, name) for name in Answer.__slots__ if name != "subjects"},
            subjects=(subject,),
        )
        trees = trees_of([item.rule for item in subject.explanations], subject, one)
        found.append((one, sheet_view(one, trees, tongue_of("en"))))
    return found


def all_clauses(sheet: SheetView) -> list[ClauseView]:
    roots = [root for item in sheet.reasons for root in (item.root, *(each.root for each in item.exceptions))]
    return [clause for root in roots for clause in clauses_of(root)]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("territory", TERRITORIES)
def test_the_sheet_says_what_the_engine_found_and_points_both_ways(day: str, territory: str | None) -> None:
    for answer, sheet in sheets(day, territory):
        (found,) = answer.subjects
        clauses = {clause.anchor: clause for clause in all_clauses(sheet)}
        assert len(clauses) == len(all_clauses(sheet)), "each number stands once"
        for reason in sheet.reasons:
            outcome = found.outcome.of(RuleId(reason.rule.id))
            assert outcome is not None
            assert (reason.root.for_, reason.root.against) == (outcome.pair.for_, outcome.pair.against)
        cards = (*sheet.cards, *sheet.beside)
        pointed = {(item.claim.id, at.anchor) for card in cards for item in card.claims for at in item.cited}
        spoken = {
            (voice.claim, clause.anchor)
            for clause in clauses.values()
            for voice in clause.voices
            if voice.direction != "idle"
        }
        assert pointed == spoken


def test_a_claim_that_a_clause_has_no_room_to_name_speaks_there_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def pointed(sheet: SheetView) -> set[tuple[str, str, str]]:
        cards = (*sheet.cards, *sheet.beside)
        return {
            (one.claim.id, one.direction, at.anchor)
            for card in cards
            for one in card.claims
            for at in one.cited
        }

    before = [pointed(sheet) for _, sheet in sheets("2024-10-01", "US")]
    monkeypatch.setattr("adjudge.answers.sheet.clauses.MOST_VOICES", 1)
    after = sheets("2024-10-01", "US")
    assert any(clause.more for _, sheet in after for clause in all_clauses(sheet))
    assert [pointed(sheet) for _, sheet in after] == before


@pytest.mark.parametrize("day", DAYS)
def test_every_claim_that_counts_stands_on_one_card(day: str) -> None:
    for answer, sheet in sheets(day, "US"):
        (found,) = answer.subjects
        about = {found.party.subject.id, found.party.subject.advertiser}
        counted = live(answer.case.claims, answer.asked.valid_at, answer.asked.known_at)
        placed = [item.claim.id for card in (*sheet.cards, *sheet.beside) for item in card.claims]
        assert sorted(placed) == sorted(claim.id for claim in counted if claim.subject in about)
        assert sheet.anchors.keys() == set(placed)


def test_every_rule_is_taken_apart_or_named() -> None:
    for answer, sheet in sheets("2024-10-01", "US"):
        (found,) = answer.subjects
        named = {item.rule.id for item in sheet.reasons} | {item.id for item in sheet.folded}
        assert named == {str(item.rule.id) for item in found.explanations}
        assert all(item.verdict in {Verdict.UNKNOWN, Verdict.REFUTED} for item in sheet.folded)


def test_a_rule_that_is_asked_for_is_taken_apart_too() -> None:
    answer, sheet = sheets("2024-10-01", "US")[0]
    (found,) = answer.subjects
    wanted = sheet.folded[0].id
    trees = trees_of([item.rule for item in found.explanations], found, answer)
    asked = sheet_view(answer, trees, tongue_of("en"), asked=wanted)
    assert wanted in {item.rule.id for item in asked.reasons}
    assert [item.rule.id for item in asked.reasons][: len(sheet.reasons)] == [
        item.rule.id for item in sheet.reasons
    ]


def test_clauses_of_a_notice_have_their_numbers_in_every_language() -> None:
    notice = Notice(
        id="n",
        sender="",
        to="a",  # type: ignore[arg-type]  # an id is a text
        about="a",  # type: ignore[arg-type]
        earliest=None,
        latest=None,
        language="",
        text={"en": "Title\n\n1. One.\n2. Two.\n", "fr": "Titre\n\n1. Un.\n2. Deux.\n"},
        signed=False,
        sources=(),
        passages=(
            Passage(
                element=Element.FACTS,
                text={"en": "Two.", "fr": "Deux."},
                pointer=Pointer(claims=("c-1",)),  # type: ignore[arg-type]
            ),
        ),
    )
    assert stating(notice) == {"c-1": 2}
    for letter in letters_of(notice):
        assert [line.number for line in letter.lines] == [0, 1, 2]
        assert letter.lines[2].claims == ("c-1",)


def test_a_text_in_somebodys_own_words_states_no_claim() -> None:
    assert stating(None) == {}
