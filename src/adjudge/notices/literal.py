"""Whether what a passage points to stands in its words: days, countries, addresses, clauses, rules, records.

Words and pointers are written side by side, and the addressee reads the words alone: what these do not say is not
stated. Not whether it is true: that is compared with the case in `adjudge.notices.pointers`.
"""

from collections.abc import Callable, Iterable

import re2

from adjudge.basis.instant import Instant, day_of
from adjudge.basis.problem import quoted
from adjudge.basis.said import NOTHING_SAID, Country, Said, say, say_plural
from adjudge.evidence.notice import Automation, Element, Pointer, Prospect, Source
from adjudge.language.package import MeasureKind
from adjudge.notices.background import Background
from adjudge.notices.days import days_in, names_day
from adjudge.notices.deadlines import days_after
from adjudge.notices.patterns import (
    BESIDES,
    CLAUSE_WORDS,
    CUT,
    DENIED,
    ENOUGH,
    EVADED,
    LANGUAGES,
    LIFTED,
    MEANS,
    NEGATED,
    NOT_SOURCES,
    POWERLESS,
    RECORDED,
    SIGHT,
    SOURCES,
    TESTABLE,
    TOLD,
    TURNS,
)
from adjudge.notices.places import base_of, named_in, names_country, names_world
from adjudge.notices.plain import holds, number_of_words, plain
from adjudge.notices.records import gives_claim, gives_fact, gives_record
from adjudge.notices.search import NO_STEP, NO_TURN, Search, fits, without

_FEWEST_WORDS = 4
_ADDRESS = r"https?://\S+|[\w.+-]+@[\w-]+(\.[\w-]+)+"
_WEEK = 7
_DAYS, _WEEKS = "days?|jours?", "weeks?|semaines?"
_NUMBERS = {
    1: "one un une", 2: "two deux", 3: "three trois", 4: "four quatre", 5: "five cinq", 6: "six", 7: "seven sept",
    8: "eight huit", 9: "nine neuf", 10: "ten dix", 12: "twelve douze", 14: "fourteen quatorze",
    15: "fifteen quinze", 20: "twenty vingt", 30: "thirty trente", 60: "sixty soixante", 90: "ninety",
}  # fmt: skip

UNSAID = say("its words do not state it")
DENIES = say("its words deny it")
OTHERWISE = say("its words say something else than what it points to")
TOO_FEW = say("its words are too few to state anything")
NO_WORLD = say("its words do not say that it applies worldwide")
NOT_LIFTED = say("its words do not say that it lasts until it is lifted")
NO_MARK = say("its words hold no date, document, address, figure or quoted word that anybody could check")
NO_RECORD = say("its words name no record that could be looked at")
NOT_VAIN = say("its words do not say that nothing is in the addressee's power")
NO_PERSON = say("its words do not say that a person decides anew")


def unsaid(element: Element, pointer: Pointer, words: str, language: str, known: Background | None) -> Said:
    """What the words of a passage, in one language, do not say of what it points to; empty where they say it."""
    reader = _Reader(pointer, words, language, known)
    doubts = (reader.negated(element), *_CHECKS[element](reader))
    return next((doubt for doubt in doubts if doubt), NOTHING_SAID)


class _Reader:
    """One passage in one language, with what it points to. Each check gives doubts, empty ones where there is none."""

    def __init__(self, at: Pointer, words: str, language: str, known: Background | None) -> None:
        """`known` is None where no case stands beside the notice."""
        self.at, self.words, self.language, self.known = at, words, language, known
        self._bare = plain(words)
        self._base = base_of(language)

    # --- what is done ---

    def restriction(self) -> Iterable[Said]:
        """The mildest measure restricts nothing: that it is told is stated."""
        told = self.at.measure == MeasureKind.NOTIFY and self._fits(TOLD)
        yield NOTHING_SAID if told else self._unsighted(Element.RESTRICTION)

    def territory(self) -> Iterable[Said]:
        """Every country that is meant, no other, and the world where that is meant."""
        yield self._denied(Element.TERRITORY)
        meant = self.at.excepted if self.at.worldwide else self.at.territory
        if self.at.worldwide and not names_world(self.words, self.language):
            yield NO_WORLD
        for code in sorted(meant):
            if not names_country(self._where_it_applies(), code, self.language):
                yield say("its words do not name the country {country}", country=Country(code))
        besides = tuple(Country(code) for code in sorted(named_in(self.words, self.language) - meant))
        yield say("its words also name: {countries}", countries=besides) if besides else NOTHING_SAID

    def _where_it_applies(self) -> str:
        """The words without what they say of other places; of the world, these are the countries left out."""
        bare = self._bare
        for language in () if self.at.worldwide else self._languages():
            bare = without(BESIDES[language], bare)
        return bare

    def duration(self) -> Iterable[Said]:
        """The first day, and the last or the length, or that there is none."""
        yield self._denied(Element.DURATION)
        yield self._day(self.at.start)
        yield self._day(self.at.end)
        if self.at.days is not None and not self._gives_length(self.at.days):
            yield say_plural(
                "its words do not say that it lasts {count} day",
                "its words do not say that it lasts {count} days",
                self.at.days,
            )
        if self.at.until_lifted:
            yield NOTHING_SAID if self._fits(LIFTED) else NOT_LIFTED

    def _gives_length(self, days: int) -> bool:
        """As a figure, as a word, in weeks, or by its end."""
        weeks = days // _WEEK if days % _WEEK == 0 else 0
        end = days_after(self.at.start, days) if self.at.start is not None else None
        by_end = end is not None and names_day(self.words, day_of(end), self.language)
        return by_end or self._counts(days, _DAYS) or bool(weeks and self._counts(weeks, _WEEKS))

    def _counts(self, number: int, units: str) -> bool:
        """Whether so many units are named; in a language whose words for them are not known, the figure will do."""
        forms = (
            str(number),
            f"{number:,}",
            f"{number:,}".replace(",", " "),
            *_NUMBERS.get(number, "").split(),
        )
        if self._base not in LANGUAGES:
            return any(holds(self.words, form) for form in forms)
        listed = "|".join(re2.escape(form) for form in forms)
        bare = " ".join(self._bare.split())
        return re2.search(rf"(?i)\b({listed})( \(?\w+\)?){{0,2}}[ -]?({units})\b", bare) is not None

    # --- why ---

    def facts(self) -> Iterable[Said]:
        """What each claim says, or where it was read; without a case, a mark that anybody could check."""
        if self.known is None:
            recorded = self._base in LANGUAGES and self._fits(RECORDED)
            testable = self._gives_mark() or recorded
            yield NOTHING_SAID if testable else NO_MARK
            return
        for name in self.at.claims:
            claim = self.known.claims.get(name)
            if claim is not None and not gives_claim(self.words, claim, self.language, self.known):
                yield say(
                    "its words give neither what the claim {claim} says nor the document that it was read in",
                    claim=quoted(name),
                )
        if self.at.facts:
            named = all(gives_record(self.words, name, self.known) for name in self.at.facts)
            yield NOTHING_SAID if named or self._fits(RECORDED) else NO_RECORD

    def _gives_mark(self) -> bool:
        bare = self._bare
        for language in LANGUAGES if self._base not in LANGUAGES else (self._base,):
            bare = without(CUT[language][Element.FACTS], bare)
        languages = (self._base,) if self._base in LANGUAGES else LANGUAGES
        marked = any(fits(pattern, bare) for language in languages for pattern in TESTABLE[language])
        return marked or bool(days_in(bare, self.language))

    def ground(self) -> Iterable[Said]:
        """The clause, or the law by one of its parts."""
        for clause in filter(None, (self.at.law, self.at.terms)):
            if not cites(self.words, clause):
                yield say("its words do not cite {clause}", clause=quoted(clause))

    def explanation(self) -> Iterable[Said]:
        """The rule by its id or its title, its version, and words enough to explain anything."""
        rule, version = self.at.rule or "", self.at.version
        if not self._names_rule(rule):
            yield say("its words name the rule {rule} neither by that nor by its title", rule=quoted(rule))
        if not holds(self.words, version):
            yield say("its words do not give the version {version}", version=quoted(version))
        names = number_of_words(rule) + number_of_words(version)
        yield NOTHING_SAID if number_of_words(self.words) >= names + _FEWEST_WORDS else TOO_FEW

    def _names_rule(self, rule: str) -> bool:
        """Without a case nobody knows the title: then words in quotation marks may be one."""
        if holds(self.words, rule):
            return True
        if self.known is None:
            return re2.search(r"“[^”]{3,}”|«[^»]{3,}»|„[^“”]{3,}[“”]", self._bare) is not None
        found = next((item for item in self.known.rules.values() if item.id == rule), None)
        return found is not None and any(holds(self.words, title) for title in found.title.values())

    # --- what can be done ---

    def recourse(self) -> Iterable[Said]:
        """What can be done, or that nothing can, and about which facts."""
        if self._base not in LANGUAGES:
            yield self._too_few()
        elif self.at.recourse is Prospect.NONE:
            yield NOTHING_SAID if self._fits(POWERLESS) else NOT_VAIN
            yield NOTHING_SAID if self.known is not None or self._fits(TURNS) else NO_TURN
        else:
            yield OTHERWISE if self._fits(POWERLESS) else self._unadvised()
            is_person = self.at.recourse is not Prospect.PERSON or self._names_person()
            yield NOTHING_SAID if is_person else NO_PERSON
        yield from self._facts_unnamed()

    def _unadvised(self) -> Said:
        """What is said of an exception may sound like redress, so that the patterns are tried on the whole passage."""
        kept = self._kept(Element.RECOURSE)
        patterns = (pattern for language in LANGUAGES for pattern in SIGHT[language][Element.RECOURSE])
        if any(fits(pattern, kept) for pattern in patterns):
            return NOTHING_SAID
        return self._denied(Element.RECOURSE) or UNSAID

    def _names_person(self) -> bool:
        return any(fits(MEANS[language]["person"], self._bare) for language in LANGUAGES)

    def _facts_unnamed(self) -> Iterable[Said]:
        """Without a case nobody knows what a fact means: then its name, or what else anybody could check."""
        if self.known is None:
            named = all(holds(self.words, name) for name in self.at.facts)
            vain = self.at.recourse is Prospect.NONE
            yield NOTHING_SAID if named or vain or self._advises() else NO_STEP
            return
        for name in self.at.facts:
            if not gives_fact(self.words, name, self.language, self.known):
                yield say(
                    "its words give neither what {fact} means nor a value of it that matters",
                    fact=quoted(name),
                )

    def _advises(self) -> bool:
        """Whether the words hold something specific that is to be changed or proven."""
        if self._base not in LANGUAGES:
            return True
        bare = without(CUT[self._base][Element.RECOURSE], self._kept(Element.RECOURSE))
        return any(fits(pattern, bare) for pattern in ENOUGH[self._base][Element.RECOURSE])

    # --- how ---

    def source(self) -> Iterable[Said]:
        """That something led to it, and that it is what is pointed to."""
        yield self._unsighted(Element.SOURCE)
        yield NOTHING_SAID if self._says_source() else OTHERWISE

    def _says_source(self) -> bool:
        source = self.at.source
        if source is None or self._base not in LANGUAGES:
            return True
        return _says_source(self._kept(Element.SOURCE), source)

    def notices(self) -> Iterable[Said]:
        """What a third party said is told in its own way; that there was nobody is said as of the source."""
        if self.at.claims:
            yield self._too_few()
        else:
            yield NOTHING_SAID if self._says_source() else OTHERWISE

    def detection(self) -> Iterable[Said]:
        """That it is said at all, and how far."""
        yield self._unsighted(Element.AUTOMATED_DETECTION)
        yield self._means(Element.AUTOMATED_DETECTION)

    def decision(self) -> Iterable[Said]:
        """That it is said at all, and how far."""
        yield self._unsighted(Element.AUTOMATED_DECISION)
        yield self._means(Element.AUTOMATED_DECISION)

    def _means(self, element: Element) -> Said:
        if self.at.automated is None or self._base not in LANGUAGES:
            return NOTHING_SAID
        told = _says_how_far(self._kept(element), self.at.automated)
        return NOTHING_SAID if told else OTHERWISE

    # --- redress ---

    def complaint(self) -> Iterable[Said]:
        """Where, until when, and that it is open."""
        yield self._address()
        yield self._day(self.at.last_day)
        yield self._unsighted(Element.COMPLAINT)

    def settlement(self) -> Iterable[Said]:
        """Where, and that it is open."""
        yield self._address()
        yield self._unsighted(Element.SETTLEMENT)

    def court(self) -> Iterable[Said]:
        """That they are open."""
        yield self._unsighted(Element.COURT)

    def _address(self) -> Said:
        given = gives_address(self.words, self.at.address)
        return (
            NOTHING_SAID
            if given
            else say("its words do not give the address {address}", address=self.at.address)
        )

    # --- all of them ---

    def _day(self, at: Instant | None) -> Said:
        if at is None or names_day(self.words, day_of(at), self.language):
            return NOTHING_SAID
        return say("its words do not give the day {day}", day=at)

    def _unsighted(self, element: Element) -> Said:
        """Why the patterns do not see an element; a text in another language must have some words at least.

        Both languages are tried: a passage may quote the other.
        """
        if self._base not in LANGUAGES:
            return self._too_few()
        kept = self._kept(element)
        if any(Search(kept, language).sightings(element) for language in LANGUAGES):
            return NOTHING_SAID
        return self._denied(element) or UNSAID

    def _kept(self, element: Element) -> str:
        """The words without what denies an element or evades it, in either language."""
        bare = self._bare
        for language in LANGUAGES:
            denial = DENIED[language].get(element)
            bare = without(EVADED[language], bare if denial is None else without(denial, bare))
        return bare

    def negated(self, element: Element) -> Said:
        """Whether the words deny what they are marked as stating. Addresses are left out, since they hold words too."""
        if element is Element.RESTRICTION and self.at.measure == MeasureKind.NOTIFY:
            return NOTHING_SAID  # the mildest measure does restrict nothing
        bare = without(
            _ADDRESS, self._bare.replace(plain(self.at.address), " ") if self.at.address else self._bare
        )
        negations = (NEGATED[language].get(element) for language in self._languages())
        return DENIES if any(negation and fits(negation, bare) for negation in negations) else NOTHING_SAID

    def _denied(self, element: Element) -> Said:
        denials = (DENIED[language].get(element) for language in self._languages())
        return DENIES if any(denial and fits(denial, self._bare) for denial in denials) else NOTHING_SAID

    def _too_few(self) -> Said:
        return TOO_FEW if number_of_words(self.words) < _FEWEST_WORDS else NOTHING_SAID

    def _fits(self, patterns: dict[str, str]) -> bool:
        """Whether one of the patterns fits; of a text in another language, whether it has some words at least."""
        if self._base not in LANGUAGES:
            return not self._too_few()
        return any(fits(patterns[language], self._bare) for language in self._languages())

    def _languages(self) -> tuple[str, ...]:
        return LANGUAGES if self._base in LANGUAGES else ()


_CHECKS: dict[Element, Callable[[_Reader], Iterable[Said]]] = {
    Element.RESTRICTION: _Reader.restriction,
    Element.TERRITORY: _Reader.territory,
    Element.DURATION: _Reader.duration,
    Element.FACTS: _Reader.facts,
    Element.SOURCE: _Reader.source,
    Element.AUTOMATED_DETECTION: _Reader.detection,
    Element.AUTOMATED_DECISION: _Reader.decision,
    Element.GROUND: _Reader.ground,
    Element.EXPLANATION: _Reader.explanation,
    Element.RECOURSE: _Reader.recourse,
    Element.THIRD_PARTY_NOTICES: _Reader.notices,
    Element.COMPLAINT: _Reader.complaint,
    Element.SETTLEMENT: _Reader.settlement,
    Element.COURT: _Reader.court,
}


def cites(text: str, clause: str) -> bool:
    """Whether a text cites a clause: whole, or by a part with a figure in it, such as `89 FR 52434`."""
    parts = [part.strip() for part in re2.split(r"[;,()]", clause)]
    return any(
        holds_part(text, part) for part in (clause, *(part for part in parts if re2.search(r"\d", part)))
    )


def holds_part(text: str, part: str) -> bool:
    """Whether a part stands in a text by itself: clause 2.1 is neither 12.1 nor 2.10 nor 2.1.3.

    A bare figure is a clause only after a word that says so: everybody's text holds a 1 somewhere.
    """
    bare = " ".join(plain(part).split())
    if bare.isdigit():
        return (
            re2.search(rf"(?i)({CLAUSE_WORDS}) ?{bare}([^\pL\pN.]|$|\.($|[^\pL\pN]))", plain(text))
            is not None
        )
    alone = r"(?i)(^|[^\pL\pN.]|[^\pN]\.)" + re2.escape(bare) + r"($|[^\pL\pN.]|\.($|[^\pL\pN]))"
    return bool(bare) and re2.search(alone, " ".join(plain(text).split())) is not None


def gives_address(text: str, address: str) -> bool:
    """Whether an address stands in a text to its end: `…/complaints` is not given by `…/complaints-archive`."""
    bare, words = " ".join(address.split()), " ".join(text.split())
    alone = r"(^|[^\pL\pN@/._-])" + re2.escape(bare) + r"($|[^\pL\pN/_@?#&=.-]|[.?]($|[^\pL\pN]))"
    return bool(bare) and re2.search(alone, words) is not None


def _says_source(bare: str, source: Source) -> bool:
    """Whether words say what led to a decision; a notice that is denied is none."""
    own = [SOURCES[language][Source.OWN_INITIATIVE] for language in LANGUAGES]
    if source is Source.OWN_INITIATIVE:
        for language in LANGUAGES:
            bare = without(NOT_SOURCES[language][0], bare)
        return any(fits(pattern, bare) for pattern in own)
    for pattern in (*own, *(NOT_SOURCES[language][1] for language in LANGUAGES)):
        bare = without(pattern, bare)
    return any(fits(SOURCES[language][source], bare) for language in LANGUAGES)


def _says_how_far(bare: str, automated: Automation) -> bool:
    """Whether words say how far automated means went: what was used, what was denied, and who else is named."""
    used = bare
    for language in LANGUAGES:
        used = without(MEANS[language]["no system"], used)
    named = {key for language in LANGUAGES for key, pattern in MEANS[language].items() if fits(pattern, bare)}
    is_used = any(fits(MEANS[language]["system"], used) for language in LANGUAGES)
    match automated:
        case Automation.NOT:
            return not is_used and bool(named & {"no system", "person"})
        case Automation.PARTIALLY:
            return is_used and bool(named & {"person", "partly"})
        case Automation.FULLY:
            return is_used
