"""A rule's tree for programs: pairs as numbers, claims as the exchange form writes them, words of machines."""

from adjudge.basis.weight import Standard
from adjudge.facts.claim import Claim, NoOther
from adjudge.facts.value import exchange_value
from adjudge.reasons.tree import Part, RuleTree, Speaking
from adjudge.tongues.tongue import Tongue

JsonTree = dict[str, object]


def rule_tree_form(tree: RuleTree, tongue: Tongue) -> JsonTree:
    """The conditions of a rule with their standards."""
    return {
        "when": {"standard": tree.rule.standard.word, **part_form(tree.when, tongue)},
        "unless": [
            {
                "id": item.unless.id,
                "title": tongue.text(item.unless.title),
                "standard": Standard(item.unless.standard).word,
                **part_form(item.root, tongue),
            }
            for item in tree.unless
        ],
    }


def part_form(part: Part, tongue: Tongue) -> JsonTree:
    """A part with those below it."""
    return {
        "text": part.text,
        "operator": part.operator.value,
        "for": part.pair.for_,
        "against": part.pair.against,
        "shown": part.reaches,
        "facts": list(part.facts),
        "claims": [_speaking(item) for item in part.speaking],
        "silent": list(part.silent),
        "errors": [tongue.of(error) for error in part.errors],
        "below": [part_form(item, tongue) for item in part.below],
    }


def _speaking(item: Speaking) -> JsonTree:
    form: JsonTree = {"roles": sorted(role.value for role in item.roles), **claim_form(item.claim)}
    return {**form, "failed": list(item.failed)} if item.failed else form


def claim_form(claim: Claim) -> JsonTree:
    """A claim with what is known of it."""
    value: JsonTree = (
        {"none": True} if isinstance(claim.value, NoOther) else {"value": exchange_value(claim.value)}
    )
    form: JsonTree = {
        "id": claim.id,
        "subject": claim.subject,
        "fact": claim.fact,
        **value,
        "stance": claim.stance.value,
        "weight": claim.weight,
        "origin": claim.origin,
        "recorded_at": str(claim.recorded_at),
    }
    optional = {
        "holds_from": claim.holds.start,
        "holds_to": claim.holds.end,
        "withdrawn_at": claim.withdrawn_at,
        "document": claim.document,
        "place": claim.place or None,
    }
    return {**form, **{key: str(item) for key, item in optional.items() if item is not None}}
