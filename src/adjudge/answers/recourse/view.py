"""What would change an answer, as people read it: ways in groups, steps as sentences, what is left to say of the whole.

Not a form: the terminal, Markdown and HTML each set these values in their own way.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from adjudge.answers.answer import Answer
from adjudge.answers.dates import instant_text
from adjudge.answers.recourse.steps import StepView, step_view
from adjudge.basis.ids import RuleId, SubjectId
from adjudge.decisions.words import MEASURES
from adjudge.language.package import MeasureKind
from adjudge.notices.steps import turning_text
from adjudge.recourse.action import Power
from adjudge.recourse.way import Recourse, Way
from adjudge.tongues.tongue import Tongue

MOST_SHOWN = 20
"""Ways of one group that people are shown; programs get all."""


class Group(StrEnum):
    """In what people are told the ways."""

    CHANGE = "change"
    PROVE = "prove"
    OTHERS = "others"
    PERSON = "person"
    VARIANTS = "variants"


@dataclass(frozen=True, slots=True, kw_only=True)
class WayView:
    """One way. `after` are sentences about what it cures and what remains."""

    cost: str
    steps: tuple[StepView, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """Ways of one kind; `more` says how many are not shown, `note` what there is to say of the kind."""

    group: Group
    heading: str
    note: str
    ways: tuple[WayView, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecourseView:
    """Everything that is shown. `notes` say what holds of the whole; `turning` why nothing lies in one's own power."""

    title: str
    subject: str
    asked: str
    target: str
    now: str
    notes: tuple[str, ...]
    groups: tuple[GroupView, ...]
    turning: tuple[str, ...]
    language: str


def recourse_view(
    found: Recourse, answer: Answer, subject: SubjectId, tongue: Tongue, *, every: bool = False
) -> RecourseView:
    """What to show: the first ways of each group, or every way, variants included."""
    party = next(item.party for item in answer.subjects if item.party.subject.id == subject)
    groups = tuple(_groups(found, answer, tongue, every=every)) if found.is_needed else ()
    return RecourseView(
        title=tongue.text(party.title) or str(subject),
        subject=subject,
        asked=_asked_text(answer, tongue),
        target=_target_text(found.target, tongue),
        now=_now_text(found, answer, tongue),
        notes=tuple(_notes(found, tongue, every=every)),
        groups=groups,
        turning=tuple(turning_text(item, answer.package, tongue) for item in found.turning)
        if _is_shut(found)
        else (),
        language=tongue.code,
    )


def _asked_text(answer: Answer, tongue: Tongue) -> str:
    asked = answer.asked
    where = tongue("without a territory") if asked.territory is None else tongue.country(asked.territory)
    return tongue(
        "as of {as_of}, with what was known at {known_at}, {territory}; version {version} of the policy",
        as_of=instant_text(asked.valid_at, tongue),
        known_at=instant_text(asked.known_at, tongue),
        territory=where,
        version=answer.package.version,
    )


def _target_text(target: MeasureKind | None, tongue: Tongue) -> str:
    if target is None:
        return tongue("no measure")
    return tongue("no measure severer than: {measure}", measure=MEASURES[target])


def _now_text(found: Recourse, answer: Answer, tongue: Tongue) -> str:
    if not found.measures:
        return tongue("No measure applies, so that there is nothing to change.")
    measures = tongue.listed(_measure_texts(found.measures, answer, tongue))
    if not found.is_needed:
        return tongue("No measure is too severe; what applies: {measures}.", measures=measures)
    return tongue("What applies now: {measures}.", measures=measures)


def _measure_texts(
    measures: Iterable[tuple[RuleId, MeasureKind]], answer: Answer, tongue: Tongue
) -> Iterator[str]:
    for rule, kind in measures:
        yield tongue("{measure} ({rule})", measure=MEASURES[kind], rule=_rule_title(rule, answer, tongue))


def _rule_title(name: RuleId, answer: Answer, tongue: Tongue) -> str:
    rule = next(rule for rule in answer.package.rules if rule.id == name)
    return tongue.text(rule.title) or str(name)


# --- what holds of the whole ---


def _is_shut(found: Recourse) -> bool:
    """Whether nothing that the advertiser can do alone ends in a release."""
    return found.is_needed and not found.own


def _notes(found: Recourse, tongue: Tongue, *, every: bool) -> Iterator[str]:
    if not found.is_needed:
        return
    if not found.own:
        yield tongue("Nothing that lies in the advertiser's own power obtains a release.")
        if not found.ways:
            yield tongue("Nor does anything that others could change.")
    if found.detours and not every:
        yield tongue.plural(
            "{count} further way is a variant of these that needs more, or puts more in dispute; "
            "`adjudge recourse --all` shows it.",
            "{count} further ways are variants of these that need more, or put more in dispute; "
            "`adjudge recourse --all` shows them.",
            len(found.detours),
        )
    if found.complete and found.detours and not every:
        yield tongue(
            "With those that are not shown, these are all the ways there are among changes and proofs that the "
            "conditions tell apart: of each, no part can be left out. Each was checked with the reference evaluator."
        )
    elif found.complete:
        yield tongue(
            "These are all the ways there are, among changes and proofs that the conditions tell apart: of each, "
            "no part can be left out. Each was checked with the reference evaluator."
        )
    else:
        yield tongue(
            "The search stopped at its limit: there may be further ways, cheaper ones among them. Of each way that is "
            "shown no part can be left out, and each was checked with the reference evaluator."
        )


# --- groups and ways ---


def _groups(found: Recourse, answer: Answer, tongue: Tongue, *, every: bool) -> Iterator[GroupView]:
    """What costs least comes first of what the advertiser can do."""
    change, prove, others = (found.of(power) for power in Power)
    own = [
        (Group.CHANGE, tongue("What the advertiser can change"), "", change),
        (
            Group.PROVE,
            tongue("What the advertiser can prove"),
            tongue(
                "If it is so: a document of one of these kinds is enough, and the fact itself need not change."
            ),
            prove,
        ),
    ]
    if prove and found.ways[0] == prove[0]:
        own.reverse()
    headed = (
        *own,
        (Group.OTHERS, tongue("What only others can change"), "", others),
        (
            Group.PERSON,
            tongue("What obtains a person's decision, not a release"),
            tongue("The evidence would then stand on both sides, and nobody may decide it but a person."),
            found.to_a_person,
        ),
        (
            Group.VARIANTS,
            tongue("Variants that need more, or put more in dispute"),
            "",
            found.detours if every else (),
        ),
    )
    for group, heading, note, ways in headed:
        if ways:
            most = len(ways) if every else MOST_SHOWN
            shown = tuple(_way(way, answer, tongue) for way in ways[:most])
            yield _group(group, (heading, note), shown, len(ways) - most, tongue)


def _group(
    group: Group, said: tuple[str, str], shown: tuple[WayView, ...], left: int, tongue: Tongue
) -> GroupView:
    more = tongue.plural("and {count} more way", "and {count} more ways", left) if left > 0 else ""
    return GroupView(
        group=group,
        heading=said[0],
        note=said[1],
        ways=shown,
        more=more,
    )


def _way(way: Way, answer: Answer, tongue: Tongue) -> WayView:
    return WayView(
        cost=tongue("effort {count}", count=way.cost),
        steps=tuple(step_view(step, answer, tongue) for step in way.steps),
        after=tuple(_after(way, answer, tongue)),
    )


def _after(way: Way, answer: Answer, tongue: Tongue) -> Iterator[str]:
    if way.cures:
        cured = tongue.listed(_rule_title(rule, answer, tongue) for rule, _ in way.cures)
        yield tongue("no longer met: {rules}", rules=cured)
    if way.lifts:
        lifted = tongue.listed(_rule_title(rule, answer, tongue) for rule in way.lifts)
        yield tongue("still met, but another rule prevails: {rules}", rules=lifted)
    if way.contested:
        contested = tongue.listed(_rule_title(rule, answer, tongue) for rule in way.contested)
        yield tongue("a person decides about: {rules}", rules=contested)
    elif way.referred:
        yield tongue("something else still goes to a person")
    if way.remains:
        measures = tongue.listed(_measure_texts(way.remains, answer, tongue))
        yield tongue("what still applies: {measures}", measures=measures)
    elif way.contested:
        yield tongue("until a person decides, no measure follows by rule")
    elif not way.elsewhere:
        yield tongue("no measure remains")
    if way.elsewhere:
        measures = tongue.listed(_measure_texts(way.elsewhere, answer, tongue))
        yield tongue("what applies in other territories, as before: {measures}", measures=measures)
