"""Codes in the words that say what can be done: none may be one under which the measure stays.

Not every value: numbers, days, names, yes and no stand in too many sentences to be told from what else these say, and a
record is named by its parts. The head of an examination says that these are not compared. LANGUAGE.md 6.3.
"""

from collections.abc import Iterable, Iterator, Sequence

import re2

from adjudge.basis.ids import FactName
from adjudge.basis.problem import quoted
from adjudge.basis.said import Said, say
from adjudge.evidence.notice import Element, Passage, Prospect
from adjudge.facts.claim import NoOther
from adjudge.facts.type import CodeType
from adjudge.facts.value import Value
from adjudge.notices.background import Background
from adjudge.notices.patterns import LANGUAGES
from adjudge.notices.places import base_of
from adjudge.notices.plain import plain
from adjudge.notices.prospects import facts_of, own_ways, ways_to_a_person
from adjudge.notices.stated import Doubts
from adjudge.recourse.action import Action, Addition, Proof, Removal, Replacement
from adjudge.recourse.way import Way

_LEFT_OUT = (
    r"(outside|not|nor|no|but|except|excepting|excluding|without|other than|none of|from|instead of|in place of|"
    r"rather than|hors|pas|ni|sauf|excepte|sans|aucune?|autres? (chose )?qu[e']|non rattache a|au lieu|a la place|"
    r"plutot qu[e']|(no longer|stop|cease|ne plus|cessez|cesser)( to| de)? \pL+)"
    r"( (for|in|a|an|any|anything|of|de|d'|un|une|la|le|les|l'|within|under|pour|valeur))*"
)
"""Words after which a code is one to be kept away from."""
_AND_SO_ON = r"[\s,;`“”«»\"']*(or|and|nor|ou|et|ni)?[\s`“”«»\"']*"
_MARKS = r"[\s`“”«»\"']*"


def doubts_of_codes(passages: Sequence[Passage], language: str, known: Background) -> Doubts:
    """The first passage on what can be done that names a code which lifts nothing.

    None in a text that we cannot read, nor where there may be ways that were not found.
    """
    if base_of(language) not in LANGUAGES or known.recourse is None or not known.recourse.complete:
        return {}
    for passage in passages:
        if passage.element is Element.RECOURSE and passage.pointer.recourse is not Prospect.NONE:
            for doubt in _doubts(passage, language, known):
                return {Element.RECOURSE: (passage, doubt)}
    return {}


def _doubts(passage: Passage, language: str, known: Background) -> Iterator[Said]:
    named = frozenset(passage.pointer.facts)
    for name in sorted(named & known.package.vocabulary.facts.keys()):
        allowed = _allowed(name, _ways(passage, named, known))
        codes = _codes_of(name, known)
        words = _without_definitions(passage.text[language], named, known)
        for code in _advised(words, codes) if allowed else ():
            if code not in allowed:
                yield say(
                    "{code} in place of what {fact} is now lifts nothing",
                    code=quoted(code),
                    fact=quoted(name),
                )


def _ways(passage: Passage, named: frozenset[FactName], known: Background) -> list[Way]:
    if known.recourse is None:
        return []
    to_a_person = passage.pointer.recourse is Prospect.PERSON
    ways = (ways_to_a_person if to_a_person else own_ways)(known.recourse, with_detours=True)
    return [way for way in ways if facts_of(way) <= named]


def _codes_of(name: FactName, known: Background) -> frozenset[str]:
    vocabulary = known.package.vocabulary
    kind = vocabulary.facts[name].type
    return (
        frozenset(vocabulary.taxonomies[kind.taxonomy].parents) if isinstance(kind, CodeType) else frozenset()
    )


def _allowed(name: FactName, ways: Iterable[Way]) -> frozenset[Value | NoOther]:
    """What a fact may become by some way, and what it is now: a sentence may speak of that as well."""
    steps = (step.action for way in ways for step in way.steps)
    return frozenset(value for action in steps if action.fact == name for value in _values(action))


def _values(action: Action) -> tuple[Value | NoOther, ...]:
    match action:
        case Replacement():
            return (*action.before, *action.to.all)
        case Addition():
            return action.value.all
        case Removal():
            return (action.value,)
        case Proof():
            return (action.value, *(other.value for other in action.others))


def _without_definitions(text: str, named: Iterable[FactName], known: Background) -> str:
    """The words without what the policy itself says of the facts, where codes may be explained."""
    words = " ".join(plain(text).split())
    for name in named:
        fact = known.package.vocabulary.facts.get(name)
        for definition in fact.definition.values() if fact is not None else ():
            words = words.replace(" ".join(plain(definition).split()), " ")
    return words


def _advised(words: str, codes: Iterable[str]) -> Iterator[str]:
    """The codes that stand in the words, but for those from which they keep away and those that go on such a list."""
    end, kept_away = 0, False
    for start, stop, code in _sightings(words, codes):
        between = words[end:start]
        goes_on = kept_away and re2.fullmatch(_AND_SO_ON, between) is not None
        kept_away = goes_on or re2.search(rf"(?i)(^|[^\pL]){_LEFT_OUT}{_MARKS}$", between) is not None
        end = stop
        if not kept_away:
            yield code


def _sightings(words: str, codes: Iterable[str]) -> list[tuple[int, int, str]]:
    """Where each code stands by itself, as it is written or with spaces; within a longer one it does not stand."""
    found: list[tuple[int, int, str]] = []
    # A pattern is dear to compile, and of hundreds of codes a sentence holds one or two.
    there = _spaced(words)
    held = (code for code in codes if _spaced(plain(code)) in there)
    for code in sorted(held, key=lambda code: (-len(code), code)):
        shape = re2.escape(plain(code)).replace("_", "[ _]")
        for match in re2.finditer(rf"(?i)(?:^|[^\pL\pN_])({shape})(?:$|[^\pL\pN_])", words):
            start, stop = match.span(1)
            if all(stop <= other or start >= after for other, after, _ in found):
                found.append((start, stop, code))
    return sorted(found)


def _spaced(text: str) -> str:
    """The text as it is compared: without case, a space for every underscore."""
    return text.casefold().replace("_", " ")
