"""A rule's tree as people read it: what each part asks, how it is weighed, and who speaks there.

Not a form: the terminal, Markdown and JSON each set these values in their own way.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from adjudge.answers.claims import says_text
from adjudge.answers.dates import holds_text, published_text
from adjudge.answers.words import weight_text
from adjudge.basis.ids import DocumentId, FactName
from adjudge.basis.weight import Standard
from adjudge.evidence.document import Document
from adjudge.facts.claim import Claim
from adjudge.reasons.roles import Role
from adjudge.reasons.tree import Operator, Part, RuleTree, Speaking
from adjudge.tongues.tongue import Tongue

Documents = Mapping[DocumentId, Document]
NO_DOCUMENTS: Documents = {}
MOST_SPEAKING = 50
"""Claims shown at one leaf; of a case from outside there may be thousands."""


@dataclass(frozen=True, slots=True)
class SpeakingView:
    """A claim at a leaf: a label for its direction there, what it says, what is known of it, what a record fails."""

    direction: str
    says: str
    details: str
    failed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """A part of a condition. `text` is its own words where nothing is below it, else what it asks of those below.

    `notes` say what no claim says: the silence of records, of everybody, and what could not be worked out.
    """

    text: str
    is_code: bool
    for_: str
    against: str
    shown: str
    below: tuple["PartView", ...]
    speaking: tuple[SpeakingView, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConditionView:
    """A whole condition under its heading: `when`, or an exception."""

    heading: str
    root: PartView


def rule_views(
    tree: RuleTree, tongue: Tongue, documents: Documents = NO_DOCUMENTS
) -> tuple[ConditionView, ...]:
    """The conditions of a rule, `when` first."""
    standard = weight_text(tree.rule.standard, tongue)
    heading = tongue("the condition of the rule, to be shown to {standard}", standard=standard)
    found = [ConditionView(heading, part_view(tree.when, tongue, documents))]
    for item in tree.unless:
        heading = tongue(
            "unless {id}: {title}, to be shown to {standard}",
            id=item.unless.id,
            title=tongue.text(item.unless.title) or item.unless.id,
            standard=weight_text(item.unless.standard, tongue),
        )
        found.append(ConditionView(heading, part_view(item.root, tongue, documents)))
    return tuple(found)


def part_view(part: Part, tongue: Tongue, documents: Documents = NO_DOCUMENTS) -> PartView:
    """What to show of a part, with those below it."""
    return PartView(
        text=_asked_of(part.operator, tongue) or part.text,
        is_code=not part.below,
        for_=tongue.number(part.pair.for_),
        against=tongue.number(part.pair.against),
        shown=tongue("yes") if part.reaches else tongue("no"),
        below=tuple(part_view(item, tongue, documents) for item in part.below),
        speaking=tuple(_speaking(item, tongue, documents) for item in part.speaking[:MOST_SPEAKING]),
        notes=tuple(_notes(part, tongue)),
    )


def _asked_of(operator: Operator, tongue: Tongue) -> str:
    """What a part asks of those below it; empty for a part that has none."""
    match operator:
        case Operator.AND:
            return tongue("all of these")
        case Operator.OR:
            return tongue("any of these")
        case Operator.NOT:
            return tongue("not this")
        case _:
            return ""


def _speaking(item: Speaking, tongue: Tongue, documents: Documents) -> SpeakingView:
    claim = item.claim
    return SpeakingView(
        direction=tongue("{direction}:", direction=direction_text(item.roles, tongue)),
        says=f"{claim.fact} {says_text(claim, tongue)}",
        details=tongue.parted(_details(claim, tongue, documents)),
        failed=tongue("it fails {parts}", parts=tongue.listed(item.failed)) if item.failed else "",
    )


def direction_text(roles: frozenset[Role], tongue: Tongue) -> str:
    """Which way a claim speaks at a leaf."""
    if roles == {Role.FOR, Role.AGAINST}:
        return tongue("for and against")
    if not roles:
        return tongue("no effect")
    return tongue("for") if Role.FOR in roles else tongue("against")


def _details(claim: Claim, tongue: Tongue, documents: Documents) -> list[str]:
    """How heavily it weighs, which one it is, where it was read, when it holds."""
    found = [
        tongue("weight {weight}", weight=weight_text(claim.weight, tongue)),
        tongue("claim {id}", id=claim.id),
    ]
    document = documents.get(claim.document) if claim.document else None
    if document is not None:
        found.append(f"{document.title} ({document.publisher}, {published_text(document, tongue)})")
    elif str(claim.origin) != str(claim.id):
        found.append(tongue("origin {origin}", origin=claim.origin))
    found += [text for text in (claim.place, holds_text(claim.holds, tongue)) if text]
    if claim.recorded_at.nanos:
        found.append(tongue("recorded on {day}", day=tongue.day(claim.recorded_at)))
    return found


def _notes(part: Part, tongue: Tongue) -> list[str]:
    if part.below:
        return []
    found = [_silence(name, tongue) for name in part.silent]
    if part.facts and not part.speaking and not part.silent:
        found.append(tongue("no claim that counts speaks of {facts}", facts=tongue.listed(part.facts)))
    more = len(part.speaking) - MOST_SPEAKING
    if more > 0:
        found.append(
            tongue.plural("{count} more claim is not shown", "{count} more claims are not shown", more)
        )
    return [*found, *(tongue("could not be worked out: {reason}", reason=error) for error in part.errors)]


def _silence(fact: FactName, tongue: Tongue) -> str:
    weight = weight_text(Standard.OFFICIAL, tongue)
    return tongue(
        "the record of {fact} is complete: what is not in it counts at {weight}", fact=fact, weight=weight
    )
