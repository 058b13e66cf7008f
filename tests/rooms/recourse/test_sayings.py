"""Every word of ours in what would change an answer goes through a tongue; what policies and cases say stays."""

import re
from collections.abc import Iterator

import pytest

from adjudge.answers.answer import Answer
from adjudge.answers.recourse.html import recourse_html
from adjudge.answers.recourse.markdown import recourse_markdown
from adjudge.answers.recourse.steps import step_view
from adjudge.answers.recourse.text import recourse_text
from adjudge.answers.recourse.view import RecourseView, recourse_view
from adjudge.app.recourse import recourse_of
from adjudge.basis.ids import SubjectId
from adjudge.facts.claim import NO_OTHER, Stance
from adjudge.facts.vocabulary import Changer
from adjudge.language.package import MeasureKind
from adjudge.recourse.action import Action, Addition, Alternative, Choice, Proof, Removal, Replacement
from adjudge.recourse.question import Limits
from adjudge.recourse.way import Purpose, Recourse, Step, Turning
from tests.pseudo import left_out, pseudo
from tests.rooms.recourse.test_pack import answered

PSEUDO = pseudo()
AD = SubjectId("ad-antivirus")
ENGLISH = {"and", "or", "United", "States", "November", "UTC"}
"""What CLDR puts into lists, and its names of places and months."""


@pytest.fixture(scope="module")
def answer() -> Answer:
    return answered("2024-11-01", "US")


def known_words(answer: Answer) -> set[str]:
    """Words of the policy and of the case."""
    texts: list[str] = []
    for rule in answer.package.rules:
        texts += [*rule.title.values(), *(text for item in rule.unless for text in item.title.values())]
    for fact in answer.package.vocabulary.facts.values():
        texts += [fact.name, *fact.definition.values()]
    for item in answer.subjects:
        texts += [item.party.subject.id, *item.party.title.values()]
    texts += [code for tree in answer.package.vocabulary.taxonomies.values() for code in tree.parents]
    texts += [repr(claim.value) for claim in answer.case.claims]
    return set(re.findall(r"[^\W\d_]{2,}", " ".join(texts))) | ENGLISH


def views(answer: Answer) -> Iterator[RecourseView]:
    found = recourse_of(answer, AD)
    turning = tuple(
        Turning(rule=answer.package.rules[0].id, fact=fact.full_name, protected=protected)
        for fact in answer.package.vocabulary.facts.values()
        for protected in (True, False)
    )
    shut = Recourse(
        target=MeasureKind.LABEL,
        measures=found.measures,
        lifted=found.lifted,
        ways=(),
        turning=turning,
        complete=False,
    )
    for item in (
        found,
        shut,
        recourse_of(answer, AD, limits=Limits(ways=1)),
        recourse_of(answer, AD, target=MeasureKind.EXCLUDE),
        recourse_of(answer, SubjectId("ad-threat-intelligence")),
    ):
        yield recourse_view(item, answer, AD, PSEUDO)


def test_every_word_of_the_terminal_and_of_markdown_is_said(answer: Answer) -> None:
    known = known_words(answer)
    for view in views(answer):
        assert left_out(" ".join(recourse_text(view, PSEUDO, 10_000).split()), known) == []
        assert left_out(recourse_markdown(view, PSEUDO).replace("\\", ""), known) == []


def test_every_word_of_the_page_is_said(answer: Answer) -> None:
    for view in views(answer):
        body = recourse_html(view, PSEUDO).partition("<body>")[2]
        shown = re.sub(r"<[^>]*>", " ", body)
        assert left_out(shown, known_words(answer) | {"Adjudge", "lt", "gt", "amp", "quot"}) == []


def actions(answer: Answer) -> Iterator[Action]:
    """One action of every kind and form."""
    facts = answer.package.vocabulary.facts
    many = facts["advertiser.brands_supplied"].full_name  # type: ignore[index]  # a name of the pack
    one = facts["ad.brand"].full_name  # type: ignore[index]  # as above
    holder, several = SubjectId("kaspersky-lab"), Choice("a1", tuple(f"a{n}" for n in range(2, 9)))
    for by in (Changer.ADVERTISER, Changer.PLATFORM, Changer.THIRD_PARTY):
        for before in ((), ("a1", "a2")):
            yield Replacement(fact=one, holder=holder, before=before, to=several, by=by, effort=1)
        yield Addition(fact=many, holder=holder, value=several, by=by, effort=1)
        yield Removal(fact=many, holder=holder, value="a1", by=by, effort=1)
    others = (Alternative("a2", Stance.ASSERTS), Alternative("a3", Stance.DENIES))
    for fact in (one, many):
        for stance in Stance:
            yield Proof(fact=fact, holder=holder, value="a1", stance=stance, weight=3, others=others)
    yield Proof(fact=many, holder=holder, value=NO_OTHER, stance=Stance.ASSERTS, weight=3)


def test_every_word_of_every_kind_of_step_is_said(answer: Answer) -> None:
    known = known_words(answer)
    rule = answer.package.rules[0].id
    for action in actions(answer):
        for purpose, exceptions in ((Purpose.CONTRARY, ()), (Purpose.EXCEPTION, ((rule, ""),))):
            for documents in ((), ("register_extract", "invoice")):
                view = step_view(Step(action, documents, purpose, exceptions), answer, PSEUDO)
                shown = f"{view.text} {view.who} {view.effort} {view.purpose} {view.documents}"
                assert left_out(re.sub(r"`[^`]*`", "", shown), known) == []
