"""What answers about populations share: names of subjects, decisions, values of facts and classes, in words."""

from adjudge.answers.dates import instant_text
from adjudge.basis.ids import SubjectId
from adjudge.basis.instant import Instant, day_of
from adjudge.decisions.words import MEASURES
from adjudge.evidence.document import Precision
from adjudge.facts.type import Simple
from adjudge.facts.value import Money, Value, decimal_text, value_text
from adjudge.facts.vocabulary import Fact
from adjudge.language.package import MeasureKind, Package
from adjudge.population.model import Decided, DecisionStatus, PopulationFile, Standing
from adjudge.population.place import Band, Cell, State
from adjudge.tongues.tongue import Tongue

MOST_ROWS = 200
"""Subjects of one section that the plain forms list; JSON and CSV have all."""


def titles_of(population: PopulationFile, tongue: Tongue) -> dict[SubjectId, str]:
    """What each subject is called; its id where it has no title."""
    return {
        party.subject.id: tongue.text(party.title) or str(party.subject.id) for party in population.parties
    }


def named(subject: SubjectId, titles: dict[SubjectId, str]) -> str:
    """The title with the id, unless they are the same."""
    title = titles.get(subject, str(subject))
    return title if title == subject else f"{title} ({subject})"


def labelled(label: str, text: str, tongue: Tongue) -> str:
    """What something is called, and what it is; with nothing behind it, the name alone."""
    return tongue("{label}: {text}", label=label, text=text) if text else label


def package_text(package: Package, tongue: Tongue) -> str:
    """Which version was asked."""
    return tongue(
        "{package} {version}, published {day}",
        package=str(package.id),
        version=package.version,
        day=tongue.day(package.published_at),
    )


def when_text(valid_at: Instant, known_at: Instant, territory: str | None, tongue: Tongue) -> str:
    """The instants and the place of a question."""
    as_of, known = instant_text(valid_at, tongue), instant_text(known_at, tongue)
    if territory is None:
        return tongue("{as_of}; known up to {known}", as_of=as_of, known=known)
    return tongue(
        "{as_of}; known up to {known}; {territory}",
        as_of=as_of,
        known=known,
        territory=tongue.country(territory),
    )


def measures_text(kinds: tuple[MeasureKind, ...], tongue: Tongue) -> str:
    """Kinds of measures in force; `no measure` where it was decided that there is none."""
    return tongue.listed(tongue.of(MEASURES[kind]) for kind in kinds) if kinds else tongue("no measure")


def decision_text(decided: Decided | None, tongue: Tongue) -> str:
    """What was decided for a subject, when, how far it is known to stand, and whether that was checked."""
    if decided is None:
        return tongue("no decision known")
    parts = [_decided_text(decided, tongue)]
    if decided.until is not None:
        parts.append(tongue("until {day}", day=tongue.day(decided.until)))
    if decided.standing is Standing.UNKNOWN:
        parts.append(tongue("whether it still stands is not known"))
    measures = tongue.parted(parts)
    if decided.status is DecisionStatus.VERIFIED:
        return measures
    return tongue("{measures} (unverified)", measures=measures)


def _decided_text(decided: Decided, tongue: Tongue) -> str:
    """The measures with their time: since then where they stand, decided then where that is not known."""
    measures, since = measures_text(decided.measures, tongue), decided.since
    if since is None or decided.precision is Precision.UNKNOWN:
        return measures
    stands = decided.standing is Standing.IN_FORCE
    if decided.precision is Precision.DAY:
        day = tongue.day(since)
        if stands:
            return tongue("{measures} since {day}", measures=measures, day=day)
        return tongue("{measures}, decided on {day}", measures=measures, day=day)
    time = tongue.month(since) if decided.precision is Precision.MONTH else str(day_of(since).year)
    if stands:
        return tongue("{measures} since {time}", measures=measures, time=time)
    return tongue("{measures}, decided in {time}", measures=measures, time=time)


def cell_text(cell: Cell, fact: Fact, tongue: Tongue) -> str:
    """A class of a dimension: a value, a band, or that too little is known."""
    match cell.content:
        case None:
            return tongue("sources disagree") if cell.state is State.CONTESTED else tongue("not known")
        case Band():
            return _band_text(cell.content, tongue)
        case value:
            return _value_text(value, fact, tongue)


def _value_text(value: Value, fact: Fact, tongue: Tongue) -> str:
    if fact.type is Simple.COUNTRY and isinstance(value, str):
        return tongue.country(value)
    if isinstance(value, Money):
        return amount_text(value, tongue)
    if isinstance(value, bool):
        return tongue("yes") if value else tongue("no")
    return value_text(value)


def amount_text(amount: Money, tongue: Tongue) -> str:
    """An exact amount with its currency."""
    return tongue("{amount} {currency}", amount=tongue.number(amount.amount), currency=amount.currency)


def _band_text(band: Band, tongue: Tongue) -> str:
    """The bounds as they are written in the file; the upper one is no part of the band."""
    least = "" if band.least is None else decimal_text(band.least)
    below = "" if band.below is None else decimal_text(band.below)
    if band.currency:
        least = least and f"{least} {band.currency}"
        below = below and f"{below} {band.currency}"
    if least and below:
        return tongue("from {least} to below {below}", least=least, below=below)
    return tongue("from {least}", least=least) if least else tongue("below {below}", below=below)
