"""Every word of ours in an answer goes through a tongue, and the catalogues know every sentence that does."""

import dataclasses
import gettext
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TypeVar

import pytest
from babel import Locale
from babel.dates import get_month_names

from adjudge.answers.answer import Answer, Asked
from adjudge.answers.decision.html import html_text, index_html
from adjudge.answers.decision.json_form import json_text
from adjudge.answers.decision.markdown import markdown_text
from adjudge.answers.decision.text import render_text
from adjudge.answers.decision.view import AnswerView, view_of
from adjudge.answers.notices.examination_forms import shortened
from adjudge.app.decide import decide
from adjudge.app.exchange import Question, read_question
from adjudge.app.on_files import LoadedCase, Policy, load_case
from adjudge.basis.instant import parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.evidence.case import Case, CaseFile, NameVariant, Party
from adjudge.facts.claim import NoOther
from adjudge.facts.codes import COUNTRIES, CURRENCIES
from adjudge.facts.value import Record, value_text
from adjudge.language.package import MeasureKind, RuleKind
from adjudge.outcome import Verdict
from adjudge.tongues.tongue import ENGLISH, FRENCH, Tongue, tongue_of
from tests.generators.cases import seeded_case
from tests.pseudo import left_out, pseudo
from tests.rooms.answers.full_view import EMPTY, FULL
from tests.rooms.answers.test_html import ENTRY
from tools.catalogues import extracted

CASE = Path(__file__).resolve().parents[3] / "examples" / "cases" / "kaspersky-2018"
QUESTIONS = (("2018-01-31", "US"), ("2018-01-31", "DE"), ("2024-10-01", "US"), ("2024-10-01", "DE"))
SEEDS = range(120)
BRAND = {"Adjudge", "JSON", "DSA"}
LISTED = {"and", "or"}
"""What CLDR puts into a list."""
MONTHS = set(get_month_names("wide", locale="en_GB").values())
PSEUDO = pseudo()
Any_ = TypeVar("Any_")
Form = Callable[[AnswerView, Tongue], str]


class Shown(HTMLParser):
    """What a page shows or reads aloud, but for code: that is the same in every language."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.texts += [value or "" for name, value in attrs if name in {"aria-label", "title", "alt"}]

    def handle_endtag(self, tag: str) -> None:
        while self.open.pop() != tag:
            continue

    def handle_data(self, data: str) -> None:
        if not {"style", "code"} & set(self.open):
            self.texts.append(data)


def full_text(view: AnswerView, tongue: Tongue) -> str:
    return render_text(view, tongue, width=4000, colour=False)


def brief_text(view: AnswerView, tongue: Tongue) -> str:
    return render_text(view, tongue, width=4000, colour=False, brief=True)


def markdown(view: AnswerView, tongue: Tongue) -> str:
    return re.sub(r"\\([\W_])", r"\1", markdown_text(view, tongue))


def page(view: AnswerView, tongue: Tongue) -> str:
    return "\n".join(Shown(html_text(view, tongue)).texts)


FORMS: tuple[Form, ...] = (full_text, brief_text, markdown, page)


class Recording(gettext.NullTranslations):
    """Notes what it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def gettext(self, message: str) -> str:
        self.asked.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.asked.add(msgid1)
        return msgid1 if n == 1 else msgid2


@cache
def founding() -> LoadedCase:
    log = ProblemLog()
    loaded = load_case(CASE, log)
    assert loaded is not None, log.problems
    return loaded


@cache
def founding_answer(day: str, territory: str | None) -> Answer:
    at = parse_instant(day)
    assert at is not None
    answer = decide(founding(), Asked(valid_at=at, known_at=at, territory=territory), ProblemLog())
    assert answer is not None
    return answer


def case_of(question: Question) -> Case:
    """The claims of a question as a case without texts."""
    file = CaseFile(
        id="q",
        title={},
        summary={},
        policy="q",
        parties=tuple(
            Party(
                subject=subject,
                title={},
                hypothetical=True,
                names=(NameVariant(text="№1", script="Zyyy", language="und", verified=False),),
            )
            for subject in question.subjects
        ),
        documents="",
        claims="",
        notice=None,
        questions=(),
    )
    fields = {field.name for field in dataclasses.fields(Case)}
    rest = dict.fromkeys(fields - {"file", "documents", "claims"})
    return Case(file=file, documents={}, claims=question.claims, **rest)


@cache
def generated_answers() -> tuple[Answer, ...]:
    """Answers to generated cases: all verdicts, errors, measures and shapes of claims."""
    found = []
    for seed in SEEDS:
        log = ProblemLog()
        question = read_question(seeded_case(seed).line(), log)
        assert question is not None, log.problems
        loaded = LoadedCase(case_of(question), Policy(question.package.vocabulary, (question.package,)))
        asked = Asked(valid_at=question.valid_at, known_at=question.known_at, territory=question.territory)
        answer = decide(loaded, asked, log)
        if answer is not None:  # some packages are published later than the time that is asked for
            found.append(answer)
    return tuple(found)


def without_texts(item: Any_) -> Any_:
    """The same values without a text, so that every word comes from a form."""
    if type(item) is str:
        return "№" if item else item  # type: ignore[return-value]  # a str for a str
    if isinstance(item, tuple):
        return tuple(without_texts(part) for part in item)  # type: ignore[return-value]  # as long as it was
    if dataclasses.is_dataclass(item) and not isinstance(item, type):
        names = [field.name for field in dataclasses.fields(item)]
        return dataclasses.replace(item, **{name: without_texts(getattr(item, name)) for name in names})
    return item


def texts_of(item: object) -> Iterator[str]:
    """Every text in some values, wherever it came from."""
    if type(item) is str:
        yield item
        yield " ".join(item.split())
    elif isinstance(item, Mapping):
        for value in item.values():
            yield from texts_of(value)
    elif isinstance(item, tuple | list | frozenset):
        for value in item:
            yield from texts_of(value)
    elif dataclasses.is_dataclass(item) and not isinstance(item, type):
        for field in dataclasses.fields(item):
            if field.name not in {"taxonomies", "span", "scalar", "syntax", "core", "review", "proof"}:
                yield from texts_of(getattr(item, field.name))


def parts_of(answer: Answer) -> Iterator[str]:
    """The parts of conditions that an answer shows, and the values of claims as they are written."""
    for subject in answer.subjects:
        for found in subject.explanations:
            places = [place for item in found.unfitting for place in item.failed]
            places += [atom.place for chosen in found.missing.sets for atom in chosen]
            yield from (found.rule.when.part(place) for place in places)
    for claim in answer.case.claims:
        if not isinstance(claim.value, NoOther):
            yield value_text(claim.value)
        if isinstance(claim.value, Record):
            yield from (value_text(value) for _, value in claim.value.fields)


def from_outside(answer: Answer) -> list[str]:
    """What an answer shows and nobody says: texts of the case and the package, codes, ids, the longest first."""
    found = {*texts_of(answer.case), *texts_of(answer.package), *parts_of(answer), answer.digest}
    found |= {PSEUDO.country(code) for code in COUNTRIES}
    for finding in answer.examination.findings if answer.examination else ():
        found |= {shortened(passage) for passage in finding.passages.values()} | {*finding.passages.values()}
    return sorted((text for text in found if len(text) > 1), key=lambda text: (-len(text), text))


def words_of_recourse(answer: Answer) -> set[str]:
    """The words of values that a way names: codes, names of fields, texts, and `true` and `false`."""
    found = {"true", "false"}
    for item in answer.subjects:
        texts = [*texts_of(item.recourse), *map(str, answer.package.vocabulary.taxonomies)]
        for text in texts:
            found |= set(re.findall(r"[^\W\d_]{2,}", text))
    for taxonomy in answer.package.vocabulary.taxonomies.values():
        found |= set(re.findall(r"[^\W\d_]{2,}", repr(taxonomy)))
    return found


def unsaid(shown: str, answer: Answer) -> list[str]:
    explained = [found for subject in answer.subjects for found in subject.explanations]
    for part in {failure.part for found in explained for failure in found.outcome.failures}:
        shown = shown.replace(f"{part}⟦: ⟧", " ")
    for text in from_outside(answer):
        if text in shown:
            shown = re.sub(rf"(?<!\w){re.escape(text)}(?!\w)", " ", shown)
    known = BRAND | MONTHS | CURRENCIES | LISTED | words_of_recourse(answer)
    return left_out(re.sub(r"`[^`\n]*`", " ", shown), known)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("view", [FULL, EMPTY], ids=["full", "empty"])
def test_forms_add_no_word_of_their_own(form: Form, view: AnswerView) -> None:
    assert left_out(form(without_texts(view), PSEUDO), BRAND) == []


def test_the_index_adds_no_word_of_its_own() -> None:
    for entries in ([without_texts(ENTRY)], []):
        assert left_out("\n".join(Shown(index_html(entries, PSEUDO)).texts), BRAND) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("question", QUESTIONS, ids="-".join)
def test_the_founding_case_is_said_whole(form: Form, question: tuple[str, str]) -> None:
    answer = founding_answer(*question)
    assert unsaid(form(view_of(answer, PSEUDO), PSEUDO), answer) == []


@pytest.mark.parametrize("form", FORMS)
def test_generated_cases_are_said_whole(form: Form) -> None:
    for answer in generated_answers():
        assert unsaid(form(view_of(answer, PSEUDO), PSEUDO), answer) == []


def test_the_generated_cases_show_everything_that_can_be_said_of_a_rule() -> None:
    explained = [
        e for answer in generated_answers() for subject in answer.subjects for e in subject.explanations
    ]
    assert {item.outcome.verdict for item in explained} == set(Verdict)
    assert {item.rule.kind for item in explained} == set(RuleKind)
    assert any(item.outcome.failures for item in explained)
    assert any(atom.negated for item in explained for chosen in item.missing.sets for atom in chosen)
    decisions = [subject.decision for answer in generated_answers() for subject in answer.subjects]
    kinds = {applied.measure.kind for decision in decisions for applied in decision.measures}
    assert kinds == set(MeasureKind)
    assert any(reason.role for decision in decisions for reason in decision.by_person)


def test_a_word_that_is_not_said_is_found() -> None:
    answer = founding_answer(*QUESTIONS[0])
    view = dataclasses.replace(view_of(answer, PSEUDO), counts="many claims count")
    assert unsaid(full_text(view, PSEUDO), answer) == ["many", "claims", "count"]


def test_the_catalogues_know_every_sentence_that_an_answer_says() -> None:
    catalogue = Recording()
    tongue = Tongue(ENGLISH, catalogue, Locale.parse("en_GB"))
    views = [view_of(founding_answer(*question), tongue) for question in QUESTIONS]
    views += [view_of(answer, tongue) for answer in generated_answers()]
    for view in (*views, FULL, EMPTY):
        for form in FORMS:
            form(view, tongue)
    index_html([ENTRY], tongue)
    assert len(catalogue.asked) > 200
    assert catalogue.asked - set(extracted()) == set()


@pytest.mark.parametrize("form", FORMS)
def test_without_translations_an_answer_is_english_with_the_dates_and_texts_of_its_language(
    form: Form,
) -> None:
    bare = Tongue(FRENCH, gettext.NullTranslations(), Locale.parse("fr"))
    shown = form(view_of(founding_answer("2018-01-31", "US"), bare), bare)
    for text in ("31 janvier 2018", "États-Unis", "publicités", "No measure"):
        assert text.lower() in shown.lower()


def test_an_answer_says_in_which_language_it_is() -> None:
    french = tongue_of(FRENCH)
    answer = founding_answer("2018-01-31", "US")
    view = view_of(answer, french)
    assert view.language == FRENCH
    assert '<html lang="fr">' in html_text(view, french)
    assert '<html lang="fr">' in index_html([ENTRY], french)
    assert '"language": "fr"' in json_text(answer, french)


def test_what_programs_read_is_the_same_in_every_language() -> None:
    answer = founding_answer("2024-10-01", "US")
    english, french = (json.loads(json_text(answer, tongue_of(code))) for code in (ENGLISH, FRENCH))
    assert (english.pop("language"), french.pop("language")) == (ENGLISH, FRENCH)
    for form in (english, french):
        for defect in form["notice_examination"]["defects"]:
            assert defect.pop("cure")
    assert french == english


def test_the_messages_of_errors_are_said_in_the_language_of_the_answer() -> None:
    answers = generated_answers()
    messages = [
        text for answer in answers for text in re.findall(r'"message": (.*)', json_text(answer, PSEUDO))
    ]
    assert messages
    assert all("⟦" in message for message in messages)


def test_labels_of_any_length_leave_their_texts_in_one_column() -> None:
    class Long(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return "a far longer label" if message == "policy" else message

    tongue = Tongue(ENGLISH, Long(), Locale.parse("en_GB"))
    lines = full_text(EMPTY, tongue).splitlines()[1:6]
    values = (EMPTY.as_of, EMPTY.territory, EMPTY.package, EMPTY.digest, EMPTY.counts)
    columns = {line.index(value) for line, value in zip(lines, values, strict=True)}
    assert columns == {len("a far longer label") + 1}
