"""A complete statement of reasons, written from an outcome: every clause comes from the case, the rule or the law.

Not sent and not signed: it is the draft that a person reads. Its own examination finds it complete, or it is a bug of
ours. DSA Art. 17(3) and (4), P2B Art. 4(5).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from adjudge.basis.instant import Instant, day_of, start_of_day
from adjudge.basis.problem import quoted
from adjudge.basis.said import Country
from adjudge.decisions.scope import Applied, Extent
from adjudge.decisions.words import role_text
from adjudge.evidence.case import Case, Party
from adjudge.evidence.handling import Handling
from adjudge.evidence.notice import Automation, Element, Pointer, Source
from adjudge.facts.claim import Claim
from adjudge.language.package import DecidedBy, MeasureKind, Rule
from adjudge.notices.background import Background
from adjudge.notices.deadlines import days_after, six_months_after
from adjudge.notices.redress import redress
from adjudge.notices.restriction import restriction_words
from adjudge.notices.statement import Clause, Letter, Section, Statement, steadied
from adjudge.notices.wording import claim_words, document_words
from adjudge.tongues.tongue import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that a statement is written from. `party` is whom or what it is about, `addressee` who is told."""

    case: Case
    party: Party
    addressee: Party
    known: Background
    handling: Handling
    valid_at: Instant
    informed_at: Instant

    def starts(self, rule: Rule) -> Instant:
        """When a rule's measure begins: not before the addressee is informed (Art. 17(2)), nor within its cure."""
        first = max(self.valid_at, self.informed_at)
        if not rule.cure_days:
            return first
        begun = 0 if start_of_day(day_of(first)) == first else 1  # a day that has begun is not a whole one
        return days_after(first, rule.cure_days + begun)


def draft(material: Material, tongues: Sequence[Tongue]) -> Statement:
    """The statement in these languages. The outcome must have a measure."""
    case, about = material.case.file, material.party.subject.id
    return Statement(
        id=f"statement-{case.id}-{about}"[:200].strip(),
        sender=material.handling.platform.get("en") or next(iter(material.handling.platform.values()), ""),
        to=material.addressee.subject.id,
        about=about,
        informed_at=material.informed_at,
        letters=tuple(_letter(material, tongue) for tongue in tongues),
    )


def _letter(material: Material, tongue: Tongue) -> Letter:
    sections: tuple[tuple[str, Callable[[Material, Tongue], Iterable[Clause]]], ...] = (
        (tongue("What is decided"), _decided),
        (tongue("On what ground, and why"), _ground),
        (tongue("The facts"), _facts),
        (tongue("What speaks against it"), _contrary),
        (tongue("How it was found and decided"), _procedure),
        (tongue("What you can do"), _redress),
    )
    return Letter(
        language=tongue.code,
        title=tongue("Statement of reasons"),
        intro=steadied(
            tongue(
                "From {platform} to {addressee}, about {subject}. Informed on {day}.",
                platform=tongue.text(material.handling.platform),
                addressee=_name(material.addressee, tongue),
                subject=_name(material.party, tongue),
                day=material.informed_at,
            )
        ),
        sections=tuple(
            Section(
                heading,
                tuple(replace(clause, text=steadied(clause.text)) for clause in write(material, tongue)),
            )
            for heading, write in sections
        ),
    )


def _name(party: Party, tongue: Tongue) -> str:
    title = tongue.text(party.title)
    return f"{title} (`{party.subject.id}`)" if title else f"`{party.subject.id}`"


# --- what is decided ---


def _decided(material: Material, tongue: Tongue) -> Iterable[Clause]:
    name = _name(material.party, tongue)
    for applied in material.known.applied:
        kind = applied.measure.kind.value
        yield Clause(restriction_words(applied, name, tongue), Element.RESTRICTION, Pointer(measure=kind))
        yield _territory(applied.territory, tongue)
        yield from _duration(applied, material, tongue)
    yield Clause(tongue("Nothing beyond this is restricted."))


def _territory(extent: Extent, tongue: Tongue) -> Clause:
    names = tuple(Country(name) for name in sorted(extent.names))
    if not extent.all_but:
        text = tongue("This applies only in: {countries}.", countries=names)
        return Clause(text, Element.TERRITORY, Pointer(territory=extent.names))
    text = tongue("This applies worldwide, except in: {countries}.", countries=names)
    return Clause(
        text if names else tongue("This applies worldwide."), Element.TERRITORY, Pointer(worldwide=True)
    )


def _duration(applied: Applied, material: Material, tongue: Tongue) -> Iterable[Clause]:
    rule = material.known.rules[applied.rule]
    start, days = material.starts(rule), applied.measure.details.get("days")
    if applied.measure.kind is MeasureKind.SUSPEND and isinstance(days, int):
        text = tongue.plural(
            "It applies from {start} for {count} day and ends on {end}.",
            "It applies from {start} for {count} days and ends on {end}.",
            days,
            start=start,
            end=days_after(start, days),
        )
        yield Clause(text, Element.DURATION, Pointer(start=start, days=days))
    else:
        text = tongue("It applies from {start}, until it is lifted.", start=start)
        yield Clause(text, Element.DURATION, Pointer(start=start, until_lifted=True))
    if rule.cure_days:
        text = tongue.plural(
            "You have {count} day from being informed to put this right; if you do, the measure does not begin.",
            "You have {count} days from being informed to put this right; if you do, the measure does not begin.",
            rule.cure_days,
        )
        yield Clause(text)


# --- ground and explanation ---


def _ground(material: Material, tongue: Tongue) -> Iterable[Clause]:
    for rule in material.known.grounds:
        yield _clause_cited(rule, tongue)
        yield _explained(rule, material, tongue)


def _clause_cited(rule: Rule, tongue: Tongue) -> Clause:
    if rule.ground.source == "law":
        text = tongue("The ground is law: {law}.", law=rule.ground.clause)
        pointer = Pointer(law=rule.ground.clause)
    else:
        text = tongue("The ground is clause {clause} of our ads terms.", clause=rule.ground.clause)
        pointer = Pointer(terms=rule.ground.clause)
    where = tongue("It can be read at {address}.", address=rule.ground.url) if rule.ground.url else ""
    return Clause(f"{text} {where}".strip(), Element.GROUND, pointer)


def _explained(rule: Rule, material: Material, tongue: Tongue) -> Clause:
    known = material.known
    pair = known.explanations[rule.id].outcome.pair
    opening = tongue(
        "The rule is “{title}” ({rule}, version {version} of {package}, published on {day}).",
        title=tongue.text(rule.title) or rule.id,
        rule=quoted(rule.id),
        version=known.package.version,
        package=known.package.id,
        day=known.package.published_at,
    )
    weighing = tongue(
        "The facts below meet its condition: they weigh {for_}, where {standard} is needed, and {against} against it.",
        for_=pair.for_,
        standard=int(rule.standard),
        against=pair.against,
    )
    text = " ".join(part for part in (opening, tongue.text(rule.explanation), weighing) if part)
    return Clause(text, Element.EXPLANATION, Pointer(rule=rule.id, version=known.package.version))


# --- facts, for and against ---


def _facts(material: Material, tongue: Tongue) -> Iterable[Clause]:
    said: set[str] = set()
    for rule in material.known.grounds:
        found = material.known.explanations[rule.id]
        for claim in found.grounds.claims if found.grounds else ():
            if claim.id not in said:
                said.add(claim.id)
                yield Clause(_claim(claim, material, tongue), Element.FACTS, Pointer(claims=(claim.id,)))
        told = {claim.fact for claim in found.grounds.claims} if found.grounds else set()
        for name in found.silent:
            if name not in said and name not in told:
                said.add(name)
                fact = material.known.package.vocabulary.facts[name]
                text = tongue(
                    "Our record of this is complete, and what it does not hold counts as not so: {definition}",
                    definition=tongue.text(fact.definition) or quoted(name),
                )
                yield Clause(text, Element.FACTS, Pointer(facts=(name,)))


def _claim(claim: Claim, material: Material, tongue: Tongue) -> str:
    fact = material.known.package.vocabulary.facts[claim.fact]
    document = material.case.documents.get(claim.document) if claim.document else None
    return tongue(
        "What was looked for: {definition} What was found: {value}. Read in: {source}. Its weight is {weight} of 5.",
        definition=tongue.text(fact.definition) or quoted(claim.fact),
        value=claim_words(claim, fact, tongue),
        source=document_words(document, claim.place, tongue),
        weight=claim.weight,
    )


def _contrary(material: Material, tongue: Tongue) -> Iterable[Clause]:
    found = {
        item.claim.id: item.claim
        for rule in material.known.grounds
        for item in material.known.explanations[rule.id].contrary
    }
    if not found:
        yield Clause(tongue("Nothing that we know speaks against it."))
        return
    for claim_id in sorted(found):
        text = _claim(found[claim_id], material, tongue)
        answer = tongue("Our answer: this was weighed, and the facts above outweigh it.")
        yield Clause(f"{text} {answer}")


# --- procedure and redress ---


def _procedure(material: Material, tongue: Tongue) -> Iterable[Clause]:
    yield from _source(material, tongue)
    detection = {
        Automation.NOT: tongue("No automated means were used to detect this."),
        Automation.PARTIALLY: tongue("Automated means helped to detect this; a person looked at it."),
        Automation.FULLY: tongue("This was detected by automated means."),
    }[material.handling.detection]
    yield Clause(detection, Element.AUTOMATED_DETECTION, Pointer(automated=material.handling.detection))
    yield _decider(material, tongue)


def _source(material: Material, tongue: Tongue) -> Iterable[Clause]:
    source, notified = material.handling.source, material.handling.notified
    words = {
        Source.OWN_INITIATIVE: tongue(
            "We acted on our own initiative; no notice of a third party led to this decision."
        ),
        Source.ARTICLE_16: tongue(
            "A notice under Article 16 of Regulation (EU) 2022/2065 led to this decision."
        ),
        Source.TRUSTED_FLAGGER: tongue("A notice of a trusted flagger led to this decision."),
        Source.OTHER_NOTIFICATION: tongue("A notification of a third party led to this decision."),
    }[source]
    yield Clause(words, Element.SOURCE, Pointer(source=source))
    for name in notified:
        claim = material.known.claims.get(name)
        if claim is not None:
            text = tongue("It said: {claim}", claim=_claim(claim, material, tongue))
            yield Clause(text, Element.THIRD_PARTY_NOTICES, Pointer(claims=(name,)))


def _decider(material: Material, tongue: Tongue) -> Clause:
    rules = material.known.grounds
    if all(rule.decided_by is DecidedBy.AUTOMATION for rule in rules):
        text = tongue("The decision was taken by automated means.")
        return Clause(text, Element.AUTOMATED_DECISION, Pointer(automated=Automation.FULLY))
    text = tongue("A person takes this decision; no automated means are used to take it.")
    roles = tuple(dict.fromkeys(role for rule in rules for role in rule.review))
    if roles:
        named = tuple(role_text(role, tongue) for role in roles)
        signed = tongue("It needs the signature of: {roles}.", roles=named)
        text = f"{text} {signed}"
    return Clause(text, Element.AUTOMATED_DECISION, Pointer(automated=Automation.NOT))


def _redress(material: Material, tongue: Tongue) -> Iterable[Clause]:
    extents = [applied.territory for applied in material.known.applied]
    last_day = six_months_after(material.informed_at)
    return redress(material.handling, extents, material.informed_at, last_day, tongue)
