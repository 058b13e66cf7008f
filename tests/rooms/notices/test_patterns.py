"""The patterns: valid, quick, the same elements in every language, and sentences taken as they are meant."""

from pathlib import Path

import pytest
import re2
import yaml

from adjudge.evidence.notice import Element
from adjudge.notices import patterns
from adjudge.notices.patterns import LANGUAGES
from adjudge.notices.plain import plain
from adjudge.notices.search import Search

FOLDER = Path(__file__).resolve().parents[2] / "golden" / "notices" / "sentences"
SENTENCES: dict[str, dict[str, dict[str, list[str]]]] = {
    language: yaml.safe_load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    for language in LANGUAGES
}
MEANT = [
    pytest.param(language, Element(element), status, sentence, id=f"{language}: {sentence}")
    for language, elements in SENTENCES.items()
    for element, statuses in elements.items()
    for status, meant in statuses.items()
    for sentence in meant
]


def taken(language: str, element: Element, text: str) -> str:
    found = next(iter(Search(text, language).sightings(element)), None)
    return "unseen" if found is None else "vague" if found.lacks else "enough"


def texts_in(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [text for part in value.values() for text in texts_in(part)]
        case tuple():
            return [text for part in value for text in texts_in(part)]
        case _:
            raise TypeError(value)


TABLES = {name: table for name, table in vars(patterns).items() if name.isupper() and isinstance(table, dict)}


@pytest.mark.parametrize(("language", "element", "status", "sentence"), MEANT)
def test_a_sentence_is_taken_as_it_is_meant(
    language: str, element: Element, status: str, sentence: str
) -> None:
    assert taken(language, element, sentence) == status


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_element_has_sentences_that_fit_and_sentences_that_do_not(language: str) -> None:
    assert set(SENTENCES[language]) == {element.value for element in Element}
    for element, statuses in SENTENCES[language].items():
        assert statuses["unseen"], element
        assert sum(map(len, statuses.values())) >= 14, element
    assert {element: set(found) for element, found in SENTENCES["en"].items()} == {
        element: set(found) for element, found in SENTENCES[language].items()
    }


@pytest.mark.parametrize("name", TABLES)
def test_every_pattern_is_one_of_re2_and_without_accents(name: str) -> None:
    for pattern in texts_in(TABLES[name]):
        re2.compile(f"(?i){pattern}")
        # The patterns meet texts without accents: one that had any would never fit.
        assert plain(pattern) == pattern


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_the_same_elements_in_every_language(name: str) -> None:
    table = TABLES[name]
    assert set(table) == set(LANGUAGES)
    shapes = {tuple(part) if isinstance(part, dict) else () for part in table.values()}
    assert len(shapes) == 1


def test_every_element_is_looked_for() -> None:
    assert all(set(patterns.SIGHT[language]) == set(Element) for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_explanation_is_enough_where_facts_and_a_clause_are_stated(language: str) -> None:
    text = {
        "en": "We stopped the ad because it offers a prescription drug. On 3 May 2026 the page offered antibiotics. "
        "This is contrary to clause 4.2 of our terms.",
        "fr": "Nous avons arrêté la publicité car elle propose un médicament. Le 3 mai 2026, la page proposait des "
        "antibiotiques. Cela est contraire à la clause 4.2 de nos conditions.",
    }[language]
    assert taken(language, Element.EXPLANATION, text) == "enough"


ILLEGAL = {
    "en": {
        "The content is illegal.": True,
        "The ad violates applicable laws or our policies.": True,
        "15 CFR part 791 forbids the sale.": True,
        "Directive 2001/83/EC forbids it.": True,
        "We do not say that the content is illegal.": False,
        "This is our own choice and not a duty under law.": False,
        "This statement is made under Article 17 of Regulation (EU) 2022/2065.": False,
        "The ad is contrary to clause 4.2 of our terms.": False,
        "You may go to court if you think that this is against the law.": False,
    },
    "fr": {
        "Le contenu est illégal.": True,
        "La publicité viole la loi ou nos politiques.": True,
        "Le règlement 15 CFR part 791 interdit la vente.": True,
        "La directive 2001/83/CE l'interdit.": True,
        "Nous ne disons pas que le contenu est illicite.": False,
        "C'est notre propre choix et non une obligation de par la loi.": False,
        "Cet exposé est fait au titre de l'article 17 du règlement (UE) 2022/2065.": False,
        "La publicité est contraire à la clause 4.2 de nos conditions.": False,
        "Vous pouvez saisir un tribunal si vous pensez que cela est illégal.": False,
    },
}


@pytest.mark.parametrize(
    ("language", "text", "alleged"),
    [(language, text, alleged) for language, texts in ILLEGAL.items() for text, alleged in texts.items()],
)
def test_an_allegation_of_illegality_is_told_from_a_breach_of_terms(
    language: str, text: str, *, alleged: bool
) -> None:
    assert Search(text, language).alleges_illegality is alleged
