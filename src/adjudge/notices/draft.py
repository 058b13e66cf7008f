"""A complete statement of reasons, written from an outcome: every clause comes from the case, the rule or the law.

Not sent and not signed: it is the draft that a person reads. Its own examination finds it complete, or it is a bug of
ours. DSA Art. 17(3) and (4), P2B Art. 4(5).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from adjudge.basis.problem import quoted
from adjudge.evidence.notice import Element, Pointer
from adjudge.language.package import Rule
from adjudge.notices.compared import compared
from adjudge.notices.deadlines import six_months_after
from adjudge.notices.decided import decided
from adjudge.notices.material import Material, claim_text, name_of
from adjudge.notices.procedure import procedure
from adjudge.notices.redress import redress
from adjudge.notices.remedies import remedies
from adjudge.notices.statement import Clause, Letter, Section, Statement, steadied
from adjudge.notices.weighed import weighing
from adjudge.reasons.explain import Contrary, Explanation
from adjudge.reasons.reply import Reply, reply_to
from adjudge.tongues.tongue import Tongue


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
        (tongue("What is decided"), decided),
        (tongue("On what ground, and why"), _ground),
        (tongue("The facts"), _facts),
        (tongue("What speaks against it"), _contrary),
        (tongue("What was weighed"), _weighed),
        (tongue("How it was found and decided"), procedure),
        (tongue("What you can do"), remedies),
        (tongue("Who else this rule reaches"), compared),
        (tongue("How you can object"), _redress),
    )
    return Letter(
        language=tongue.code,
        title=tongue("Statement of reasons"),
        intro=steadied(
            tongue(
                "From {platform} to {addressee}, about {subject}. Informed on {day}.",
                platform=tongue.text(material.handling.platform),
                addressee=name_of(material.addressee, tongue),
                subject=name_of(material.party, tongue),
                day=material.informed_at,
            )
        ),
        sections=tuple(
            Section(heading, clauses)
            for heading, write in sections
            if (clauses := tuple(_steady(clause) for clause in write(material, tongue)))
        ),
    )


def _steady(clause: Clause) -> Clause:
    return replace(clause, text=steadied(clause.text))


def _weighed(material: Material, tongue: Tongue) -> Iterable[Clause]:
    return weighing(material.weighed, tongue)


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
    where = tongue("Our rule can be read at {address}.", address=rule.ground.url) if rule.ground.url else ""
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
                yield Clause(claim_text(claim, material, tongue), Element.FACTS, Pointer(claims=(claim.id,)))
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


def _contrary(material: Material, tongue: Tongue) -> Iterable[Clause]:
    explained = [material.known.explanations[rule.id] for rule in material.known.grounds]
    contrary = sorted(
        ((item, why) for why in explained for item in why.contrary), key=lambda pair: pair[0].claim.id
    )
    said = set()
    for item, why in contrary:
        outweighed = reply_to(item, why).reply is Reply.OUTWEIGHED
        # That answer names no rule: of several rules it is told once.
        key = (item.claim.id, "" if outweighed else why.rule.id)
        if key not in said:
            said.add(key)
            yield Clause(f"{claim_text(item.claim, material, tongue)} {_answer(item, why, tongue)}")
    if not contrary:
        yield Clause(tongue("Nothing that we know speaks against it."))


def _answer(contrary: Contrary, explanation: Explanation, tongue: Tongue) -> str:
    """What the weighing itself replies to a contrary claim. LANGUAGE.md 6.1."""
    found, rule = reply_to(contrary, explanation), explanation.rule
    match found.reply:
        case Reply.SUPPORTS_EXCEPTION:
            exception = next(item for item in rule.unless if item.id == found.exception)
            return tongue(
                "Our answer: it supports the exception “{exception}”, which is not established: it weighs {for_}, "
                "where {standard} is needed, and {against} against it.",
                exception=tongue.text(exception.title) or exception.id,
                for_=found.pair.for_,
                standard=int(exception.standard),
                against=found.pair.against,
            )
        case Reply.OUTWEIGHED:
            return tongue("Our answer: this was weighed, and the facts above outweigh it.")
        case Reply.ANOTHER_WAY:
            return tongue(
                "Our answer: this was counted, but the condition of the rule {rule} is met in another way, which "
                "nothing opposes.",
                rule=quoted(rule.id),
            )
        case Reply.COUNTED:
            return tongue(
                "Our answer: this was counted, and the condition of the rule {rule} is met all the same: on the whole "
                "it weighs {for_}, and {against} against it.",
                rule=quoted(rule.id),
                for_=found.pair.for_,
                against=found.pair.against,
            )


def _redress(material: Material, tongue: Tongue) -> Iterable[Clause]:
    extents = [stretch.applied.territory for stretch in material.known.course]
    last_day = six_months_after(material.informed_at)
    return redress(material.handling, extents, material.informed_at, last_day, tongue)
