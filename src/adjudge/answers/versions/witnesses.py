"""A case on which two packages differ, in words: what it means, its claims, and what each side says of it.

Not an answer to a case of anybody: it was made to show a change.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from adjudge.answers.claims import says_text
from adjudge.answers.dates import instant_text
from adjudge.answers.versions.changed import label_text
from adjudge.answers.words import KINDS, pair_text, weight_text
from adjudge.basis.ids import ClaimId, RuleId
from adjudge.basis.said import Country, Said, say
from adjudge.changes.change import Aspect, RuleChange
from adjudge.changes.effect import Effect, EffectKind
from adjudge.changes.witness import Shown, Witness
from adjudge.decisions.words import MEASURES, VERDICT_WORDS
from adjudge.outcome import Outcome
from adjudge.tongues.tongue import Tongue

_MEANINGS: dict[EffectKind, Said] = {
    EffectKind.REACHED: say("Newly reached: this case meets the rule now and did not before."),
    EffectKind.RELEASED: say("No longer reached: this case met the rule before and does not now."),
    EffectKind.VERDICT: say("Another verdict, although this case meets the rule neither before nor now."),
    EffectKind.REFERRED: say("This case goes to a person now and did not before."),
    EffectKind.NOT_REFERRED: say("This case went to a person before and does not now."),
}
_REACHED_BY_ADDED = say("Newly reached: this case meets the rule, which was not there before.")
_RELEASED_BY_REMOVED = say("No longer reached: this case met the rule, which is not there now.")


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessView:
    """A case: what it means, when and where it is asked, its claims, and what each side says of it."""

    meaning: tuple[str, ...]
    shows: str
    question: str
    claims: tuple[str, ...]
    old: str
    new: str
    notes: tuple[str, ...]


def witness_view(found: Witness, change: RuleChange, tongue: Tongue) -> WitnessView:
    """What to show of a case."""
    several = len(change.altering) > 1
    labels = [label_text(item, tongue) for item in found.shows if item.aspect is not Aspect.RULE]
    return WitnessView(
        meaning=tuple(_meaning(effect, found, change, tongue) for effect in found.effects),
        shows=tongue("Shows the change of: {changes}", changes=tongue.listed(labels))
        if several and labels
        else "",
        question=_question(found, tongue),
        claims=tuple(_claims(found, tongue)),
        old=_said_of(change.id, found.old, tongue, has_rule=change.old is not None),
        new=_said_of(change.id, found.new, tongue, has_rule=change.new is not None),
        notes=tuple(_notes(found, tongue)),
    )


def _meaning(effect: Effect, found: Witness, change: RuleChange, tongue: Tongue) -> str:
    match effect.kind:
        case EffectKind.MEASURE:
            return _measures_text(found, tongue)
        case EffectKind.OTHER_LIFTED:
            other = str(effect.other)
            return tongue("The measure of the rule {rule} no longer applies in this case.", rule=other)
        case EffectKind.OTHER_APPLIES:
            other = str(effect.other)
            return tongue("The measure of the rule {rule} applies in this case now.", rule=other)
        case EffectKind.REACHED if change.old is None:
            return tongue.of(_REACHED_BY_ADDED)
        case EffectKind.RELEASED if change.new is None:
            return tongue.of(_RELEASED_BY_REMOVED)
        case kind:
            return tongue.of(_MEANINGS[kind])


def _measures_text(found: Witness, tongue: Tongue) -> str:
    before, after = (dict(outcome.measures).get(found.rule) for outcome in (found.old, found.new))
    return tongue(
        "This case meets the rule before and now; its measure was {before} and is {after}.",
        before=MEASURES[before] if before else say("none"),
        after=MEASURES[after] if after else say("none"),
    )


def _question(found: Witness, tongue: Tongue) -> str:
    at = instant_text(found.scene.valid_at, tongue)
    kind = KINDS[found.scene.kind]
    if found.scene.territory is None:
        return tongue("{subject}, as of {instant}", subject=kind, instant=at)
    return tongue(
        "{subject}, as of {instant}, in {country}",
        subject=kind,
        instant=at,
        country=Country(found.scene.territory),
    )


def _claims(found: Witness, tongue: Tongue) -> Iterator[str]:
    if not found.claims:
        yield tongue("no claim at all")
    for claim in found.claims:
        yield tongue(
            "{fact} {says} (weight {weight})",
            fact=str(claim.fact),
            says=says_text(claim, tongue),
            weight=weight_text(claim.weight, tongue),
        )


def _said_of(rule: RuleId, outcome: Outcome, tongue: Tongue, *, has_rule: bool) -> str:
    found = outcome.of(rule)
    if found is None:
        return tongue("the rule does not apply") if has_rule else tongue("there is no such rule")
    verdict, pair = VERDICT_WORDS[found.verdict], pair_text(found.pair, tongue)
    if outcome.referred:
        return tongue("{verdict} ({pair}); a person must decide", verdict=verdict, pair=pair)
    return tongue("{verdict} ({pair})", verdict=verdict, pair=pair)


def _notes(found: Witness, tongue: Tongue) -> Iterator[str]:
    by_id = {claim.id: str(claim.fact) for claim in found.claims}

    def facts(ids: tuple[ClaimId, ...]) -> str:
        return tongue.listed(dict.fromkeys(by_id[name] for name in ids))

    if found.unsayable_old:
        names = facts(found.unsayable_old)
        yield tongue("The vocabulary before cannot hold what is claimed of {facts}.", facts=names)
    if found.unsayable_new:
        names = facts(found.unsayable_new)
        yield tongue("The vocabulary now cannot hold what is claimed of {facts}.", facts=names)


def unshown_texts(shown: Shown, tongue: Tongue) -> Iterator[str]:
    """What no case was found for: never that there is none."""
    alone = len(shown.change.altering) == 1
    for item in shown.unshown:
        if alone or item.aspect is Aspect.RULE:
            yield tongue.plural(
                "No case was found that tells them apart within {count} try.",
                "No case was found that tells them apart within {count} tries.",
                shown.tries,
            )
        else:
            yield tongue.plural(
                "No case was found that shows the change of {what} by itself within {count} try.",
                "No case was found that shows the change of {what} by itself within {count} tries.",
                shown.tries,
                what=label_text(item, tongue),
            )
