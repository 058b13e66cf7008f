"""The page of the glossary: every word that is explained anywhere on these pages, each at an anchor of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponseBase

from adjudge.desk.frame.framing import show
from adjudge.desk.frame.visit import Visit
from adjudge.desk.words.glossary import Explained, Glossary
from adjudge.desk.words.meanings import SECTIONS
from adjudge.institution.reading.glossary import vocabularies_in_force


@dataclass(frozen=True, slots=True)
class Part:
    """Words of one kind."""

    name: str
    title: str
    about: str
    words: Sequence[Explained]
    more: str


def glossary_page(visit: Visit) -> HttpResponseBase:
    """All words, and the facts of the policies in force."""
    glossary, tongue = Glossary(visit.tongue), visit.tongue
    parts = [
        Part(
            section.name,
            tongue.of(section.title),
            tongue.of(section.about),
            [
                found
                for name in section.meanings
                if (found := glossary.meaning(f"{section.name}.{name}")) is not None
            ],
            section.more,
        )
        for section in SECTIONS
    ]
    return show(visit, "help/glossary.html", parts=parts, facts=_facts(visit, glossary))


def _facts(visit: Visit, glossary: Glossary) -> Sequence[tuple[Explained, Sequence[str]]]:
    """Each fact with the policies that speak of it; of a fact that two define differently, both."""
    found: dict[Explained, list[str]] = {}
    for policy, vocabulary in vocabularies_in_force(visit.house, visit.actor):
        for _, fact in sorted(vocabulary.facts.items()):
            found.setdefault(glossary.explained(fact), []).append(policy)
    return sorted(found.items(), key=lambda item: item[0].key)
