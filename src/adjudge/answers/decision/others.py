"""Who else, as people read it: whom rules and a stated reason reach, and who is like a subject under a rule.

Not a form: the terminal, Markdown and HTML each set these values in their own way. Only a few are named: the JSON form
lists them all. Nobody is named twice for one rule.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from adjudge.answers.answer import Answer, SubjectAnswer
from adjudge.answers.populations.reach import headline_text, more_text, tells_apart_text, treated_texts
from adjudge.answers.populations.words import decision_text, labelled, named, titles_of
from adjudge.basis.ids import RuleId, SubjectId
from adjudge.facts.claim import Subject
from adjudge.facts.vocabulary import Kind
from adjudge.population.model import Decided, PopulationFile
from adjudge.population.others import LikeCases, Others, ReasonReach, RuleOthers
from adjudge.tongues.tongue import Tongue

MOST_NAMED = 5
"""Subjects of one list that an answer names."""

Titles = dict[SubjectId, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesView:
    """Some subjects, each with what was decided for it; `more` says how many are not named, and what lists them."""

    heading: str
    names: tuple[str, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOthersView:
    """One rule: how many it reaches and what was decided for those, and how many are like the subject."""

    id: str
    title: str
    reaches: str
    treated: tuple[str, ...]
    alike: str
    lists: tuple[NamesView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OthersView:
    """Everything that is shown of a subject. `notes` say what is lacking.

    `population` is empty where none is named, and where it holds nobody with whom to compare: `notes` say so.
    """

    population: str
    rules: tuple[RuleOthersView, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonView:
    """The stated reason as a condition, and whom it reaches. `reaches` says so where nobody could be asked.

    `population` is empty there.
    """

    population: str
    condition: str
    reaches: str
    treated: tuple[str, ...]
    lists: tuple[NamesView, ...]


def others_view(item: SubjectAnswer, answer: Answer, tongue: Tongue) -> OthersView | None:
    """What to show of one subject; None where no measure follows, so that there is nothing to compare."""
    if item.others is not None:
        return _others(item.others, answer, tongue)
    if not item.outcome.measures:
        return None
    note = tongue(
        "No population is named, so that nothing is said of others: {key} in case.yaml or {option} names one.",
        key="`population:`",
        option="`--population`",
    )
    return OthersView(population="", rules=(), notes=(note,))


def reason_view(found: ReasonReach, tongue: Tongue) -> ReasonView:
    """What to show of the reason that a notice stated."""
    held = bool(found.reach.rows)
    rows = [(row.subject, row.decided) for row in found.reach.reached]
    heading = tongue("Whom it reaches, those without a measure first")
    population = _population_text(found.population, tongue)
    listed = _names(heading, rows, titles_of(found.population, tongue), tongue)
    return ReasonView(
        population=population if held else "",
        condition=found.text,
        reaches=headline_text(found.reach, tongue)
        if held
        else _lacking_text(found.reach.rule.subject, population, tongue),
        treated=tuple(_treated(found, tongue)),
        lists=tuple(listed),
    )


def _treated(found: ReasonReach | RuleOthers, tongue: Tongue) -> Iterator[str]:
    """What was decided for those reached, and whether the condition tells those under a measure apart."""
    yield from treated_texts(found.reach, tongue)
    apart = tells_apart_text(found.reach, tongue)
    if apart:
        yield apart


def _population_text(file: PopulationFile, tongue: Tongue) -> str:
    return labelled_id(tongue.text(file.title), file.id)


def labelled_id(title: str, name: str) -> str:
    """A title with the id, or the id alone."""
    return f"{title} ({name})" if title else name


def _others(found: Others, answer: Answer, tongue: Tongue) -> OthersView:
    titles = titles_of(found.population, tongue)
    return OthersView(
        population=_population_text(found.population, tongue) if found.by_rule else "",
        rules=tuple(_rule(item, titles, tongue) for item in found.by_rule),
        notes=tuple(_notes(found, answer, tongue)),
    )


def _notes(found: Others, answer: Answer, tongue: Tongue) -> Iterator[str]:
    """Of which rules nothing is said, and why."""
    rules = {rule.id: rule for rule in answer.package.rules}
    for kind in Kind:
        lacking = [name for name in found.lacking if rules[name].subject is kind]
        if lacking:
            yield _lacking_text(kind, _population_text(found.population, tongue), tongue)
            yield tongue("Nothing is said of others under: {rules}.", rules=_listed(lacking, tongue))


def _lacking_text(kind: Kind, population: str, tongue: Tongue) -> str:
    """A sentence for each kind, since languages bend the word to the noun."""
    if kind is Kind.ADVERTISER:
        return tongue("The population {population} holds no advertisers.", population=population)
    return tongue("The population {population} holds no ads.", population=population)


def _listed(rules: Sequence[RuleId], tongue: Tongue) -> str:
    return tongue.listed(f"`{name}`" for name in rules)


def _rule(found: RuleOthers, titles: Titles, tongue: Tongue) -> RuleOthersView:
    return RuleOthersView(
        id=found.rule.id,
        title=tongue.text(found.rule.title) or str(found.rule.id),
        reaches=headline_text(found.reach, tongue),
        treated=tuple(_treated(found, tongue)),
        alike=_alike(found.alike, tongue),
        lists=tuple(_lists(found, titles, tongue)),
    )


def _alike(found: LikeCases, tongue: Tongue) -> str:
    """How many the rule cannot tell apart from the subject, and whether anyone of them is known to fare otherwise."""
    if not found.count:
        return tongue("Nobody else in the population is like this subject under this rule.")
    if not found.otherwise:
        return tongue.plural(
            "The rule cannot tell {count} other apart from this subject; nobody is known to be treated otherwise.",
            "The rule cannot tell {count} others apart from this subject; nobody is known to be treated otherwise.",
            found.count,
        )
    return tongue.plural(
        "The rule cannot tell {count} other apart from this subject; treated otherwise: {otherwise}.",
        "The rule cannot tell {count} others apart from this subject; treated otherwise: {otherwise}.",
        found.count,
        otherwise=len(found.otherwise),
    )


def _lists(found: RuleOthers, titles: Titles, tongue: Tongue) -> Iterator[NamesView]:
    """Like cases first: they are fewer, and the rule itself does not explain how they differ. They are named once."""
    parts = (
        (tongue("Like cases treated otherwise"), found.alike.otherwise),
        (tongue("Like cases treated alike"), found.alike.alike),
        (tongue("Like cases of which no decision is known"), found.alike.unknown),
    )
    for heading, members in parts:
        yield from _names(heading, [(item.subject, item.decided) for item in members], titles, tongue)
    like = {item.subject.id for _, members in parts for item in members}
    rows = [(row.subject, row.decided) for row in found.reached if row.subject.id not in like]
    heading = (
        tongue("Others whom it reaches and that are no like cases, those without a measure first")
        if like
        else tongue("Others whom it reaches, those without a measure first")
    )
    yield from _names(heading, rows, titles, tongue)


def _names(
    heading: str,
    rows: Sequence[tuple[Subject, Decided | None]],
    titles: Titles,
    tongue: Tongue,
) -> Iterator[NamesView]:
    """A list with some of its subjects; none where there is nobody to name."""
    if not rows:
        return
    names = (
        labelled(named(subject.id, titles), decision_text(decided, tongue), tongue)
        for subject, decided in rows[:MOST_NAMED]
    )
    more = more_text(len(rows) - MOST_NAMED, tongue)
    yield NamesView(heading=heading, names=tuple(names), more=more)
