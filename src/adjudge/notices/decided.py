"""What a statement says is decided: each measure, where, from when and until when, and what it does not speak of.

Not why: grounds and facts follow in `adjudge.notices.draft`. DSA Art. 17(3)(a).
"""

from collections.abc import Iterable

from adjudge.basis.instant import Instant
from adjudge.basis.problem import quoted
from adjudge.basis.said import Country
from adjudge.decisions.course import Stretch
from adjudge.decisions.scope import Extent
from adjudge.decisions.words import MEASURES
from adjudge.evidence.notice import Element, Pointer
from adjudge.language.package import MeasureKind, Rule
from adjudge.notices.beginning import is_termination
from adjudge.notices.material import Material, name_of
from adjudge.notices.restriction import restriction_words
from adjudge.notices.statement import Clause
from adjudge.tongues.tongue import Tongue


def decided(material: Material, tongue: Tongue) -> Iterable[Clause]:
    """The clauses: for each measure and time three, then the time to put things right, then the limits of it all."""
    name, kind = name_of(material.party, tongue), material.party.subject.kind
    stretches = material.known.course
    for stretch in stretches:
        pointer = Pointer(measure=stretch.applied.measure.kind.value)
        yield Clause(restriction_words(stretch.applied, name, kind, tongue), Element.RESTRICTION, pointer)
        yield _territory(stretch.applied.territory, tongue)
        yield _duration(stretch, material.informed_at, tongue)
        if stretch == _last_of(stretch, stretches):
            yield from _time_given(stretch, material, tongue)
    if any(not stretch.whole for stretch in stretches):
        yield Clause(
            tongue(
                "Where a severer measure does not begin or is lifted, the lesser one applies in its place."
            )
        )
    yield from _asked(material, tongue)
    yield from _on_advertiser(material, tongue)


def _last_of(stretch: Stretch, stretches: Iterable[Stretch]) -> Stretch:
    """The last stretch of the same rule that begins alike: anew, as it was told, or going on."""
    return [item for item in stretches if _kept(item) == _kept(stretch)][-1]


def _kept(stretch: Stretch) -> tuple[str, bool, bool]:
    return stretch.applied.rule, stretch.held is None, stretch.since is None


def _territory(extent: Extent, tongue: Tongue) -> Clause:
    names = tuple(Country(name) for name in sorted(extent.names))
    if not extent.all_but:
        text = tongue("This applies only in: {countries}.", countries=names)
        return Clause(text, Element.TERRITORY, Pointer(territory=extent.names))
    text = tongue("This applies worldwide, except in: {countries}.", countries=names)
    pointer = Pointer(worldwide=True, excepted=extent.names)
    return Clause(text if names else tongue("This applies worldwide."), Element.TERRITORY, pointer)


def _duration(stretch: Stretch, informed_at: Instant, tongue: Tongue) -> Clause:
    if stretch.since is not None and stretch.applied.measure.kind is not MeasureKind.NOTIFY:
        return _going_on(stretch, stretch.since, informed_at, tongue)
    measure, start, end = stretch.applied.measure, stretch.start, stretch.end
    days = measure.details.get("days")
    if measure.kind is MeasureKind.NOTIFY:
        text = tongue(
            "It is told once, on {start}, and is over on {start}: nothing goes on from it.", start=start
        )
        pointer = Pointer(start=start, end=start)
    elif end is None:
        text = tongue("It applies from {start}, until it is lifted.", start=start)
        pointer = Pointer(start=start, until_lifted=True)
    elif stretch.whole and isinstance(days, int):
        text = tongue.plural(
            "It applies from {start} for {count} day and ends on {end}.",
            "It applies from {start} for {count} days and ends on {end}.",
            days,
            start=start,
            end=end,
        )
        pointer = Pointer(start=start, days=days)
    else:
        text = tongue(
            "It applies from {start} until {end}, when a severer measure begins.", start=start, end=end
        )
        pointer = Pointer(start=start, end=end)
    return Clause(text, Element.DURATION, pointer)


def _going_on(stretch: Stretch, since: Instant, informed_at: Instant, tongue: Tongue) -> Clause:
    """The time of a measure that an earlier decision began: it ends when it would have ended."""
    start, end = stretch.start, stretch.end
    days = stretch.applied.measure.details.get("days")
    if end is None:
        text = tongue(
            "It began on {since} by the decision before this one, and goes on from {start}, until it is lifted.",
            since=since,
            start=start,
        )
        return Clause(text, Element.DURATION, Pointer(start=start, until_lifted=True))
    if not (stretch.whole and isinstance(days, int)):
        text = tongue(
            "It began on {since} by the decision before this one, and goes on from {start} until {end}, when a severer "
            "measure begins.",
            since=since,
            start=start,
            end=end,
        )
    elif end <= informed_at:
        text = tongue(
            "It began on {since} by the decision before this one and ended on {end}; it does not begin anew.",
            since=since,
            end=end,
        )
    else:
        text = tongue.plural(
            "It began on {since} by the decision before this one, and goes on from {start} until {end}: {count} day in "
            "all.",
            "It began on {since} by the decision before this one, and goes on from {start} until {end}: {count} days "
            "in all.",
            days,
            since=since,
            start=start,
            end=end,
        )
    return Clause(text, Element.DURATION, Pointer(start=start, end=end))


def _time_given(stretch: Stretch, material: Material, tongue: Tongue) -> Iterable[Clause]:
    """The time before it begins, where there is one: what has begun already gives none anew."""
    rule = material.known.rules[stretch.applied.rule]
    if stretch.held is None:
        yield from _advance(rule, material, tongue)
        yield from _cure(rule, material, tongue)
    elif stretch.since is None and rule.cure_days:
        yield Clause(
            tongue(
                "Of the rule {rule}: you still have the time that the decision before this one gave you. If you put "
                "right before {start} what it is about, its measure does not begin.",
                rule=quoted(rule.id),
                start=stretch.held.start,
            )
        )


def _advance(rule: Rule, material: Material, tongue: Tongue) -> Iterable[Clause]:
    """That the end of the whole service is told in advance. P2B Art. 4(2)."""
    timing = material.known.timing
    if is_termination(rule) and timing.advance_days and not timing.excepted:
        yield Clause(
            tongue.plural(
                "This ends our advertising service for you. You are told at least {count} day before it does (Article "
                "4(2) of Regulation (EU) 2019/1150).",
                "This ends our advertising service for you. You are told at least {count} days before it does (Article "
                "4(2) of Regulation (EU) 2019/1150).",
                timing.advance_days,
            )
        )


def _cure(rule: Rule, material: Material, tongue: Tongue) -> Iterable[Clause]:
    """The time to put things right; of several measures it is said which one it keeps from beginning."""
    if not rule.cure_days:
        return
    if len(material.known.grounds) == 1:
        yield Clause(
            tongue.plural(
                "You have {count} day from being informed to put this right; if you do, the measure does not begin.",
                "You have {count} days from being informed to put this right; if you do, the measure does not begin.",
                rule.cure_days,
            )
        )
        return
    yield Clause(
        tongue.plural(
            "Of the rule {rule}: you have {count} day from being informed to put right what it is about; if you do, "
            "its measure does not begin.",
            "Of the rule {rule}: you have {count} days from being informed to put right what it is about; if you do, "
            "its measure does not begin.",
            rule.cure_days,
            rule=quoted(rule.id),
        )
    )


def _asked(material: Material, tongue: Tongue) -> Iterable[Clause]:
    """That one country was asked about: elsewhere more may follow. A measure can still reach beyond that country."""
    if material.territory is None:
        return
    territory = Country(material.territory)
    extents = (stretch.applied.territory for stretch in material.known.course)
    if all(not extent.all_but and extent.names <= {territory} for extent in extents):
        yield Clause(
            tongue(
                "This statement concerns only: {territory}. Other countries were not asked about.",
                territory=territory,
            )
        )
    else:
        yield Clause(
            tongue(
                "Only rules that apply in this country were asked about: {territory}.",
                territory=territory,
            )
        )


def _on_advertiser(material: Material, tongue: Tongue) -> Iterable[Clause]:
    kinds = dict.fromkeys(MEASURES[applied.measure.kind] for applied in material.on_advertiser)
    if kinds:
        yield Clause(
            tongue(
                "Measures follow for the advertiser {name} as well ({measures}); their reasons are not given here.",
                name=name_of(material.addressee, tongue),
                measures=tuple(kinds),
            )
        )
