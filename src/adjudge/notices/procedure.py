"""What a statement says of how a case was found and who decides it: source, detection, decision, signatures.

Not what the engine did: that a person decides is said where the rules ask for one. DSA Art. 17(3)(b) and (c).
"""

from collections.abc import Iterable

from adjudge.basis.problem import quoted
from adjudge.decisions.words import role_text
from adjudge.evidence.notice import Automation, Element, Pointer, Source
from adjudge.language.package import DecidedBy
from adjudge.notices.background import Background
from adjudge.notices.beginning import NoAdvance
from adjudge.notices.material import Material, claim_text, name_of
from adjudge.notices.statement import Clause
from adjudge.tongues.tongue import Tongue


def procedure(material: Material, tongue: Tongue) -> Iterable[Clause]:
    """The clauses."""
    yield from _source(material, tongue)
    detection = {
        Automation.NOT: tongue("No automated means were used to detect this."),
        Automation.PARTIALLY: tongue("Automated means helped to detect this; a person looked at it."),
        Automation.FULLY: tongue("This was detected by automated means."),
    }[material.handling.detection]
    yield Clause(detection, Element.AUTOMATED_DETECTION, Pointer(automated=material.handling.detection))
    yield _decider(material, tongue)
    yield from _without_advance(material, tongue)


def _without_advance(material: Material, tongue: Tongue) -> Iterable[Clause]:
    """Why the service ends without advance notice. P2B Art. 4(4)."""
    why = material.weighed.why_no_advance
    match material.weighed.no_advance:
        case NoAdvance.LEGAL_DUTY:
            text = tongue(
                "The service ends without the advance notice of Article 4(2) of Regulation (EU) 2019/1150, since the "
                "law obliges us to end it so (Article 4(4)(a)): {why}",
                why=why,
            )
        case NoAdvance.IMPERATIVE_REASON:
            text = tongue(
                "The service ends without the advance notice of Article 4(2) of Regulation (EU) 2019/1150, for an "
                "imperative reason under national law (Article 4(4)(b)): {why}",
                why=why,
            )
        case NoAdvance.REPEATED_INFRINGEMENT:
            text = tongue(
                "The service ends without the advance notice of Article 4(2) of Regulation (EU) 2019/1150, since our "
                "terms have been infringed repeatedly (Article 4(4)(c)): {why}",
                why=why,
            )
        case None:
            return
    yield Clause(text)


def _source(material: Material, tongue: Tongue) -> Iterable[Clause]:
    source, notified = material.handling.source, material.handling.notified
    words = {
        Source.OWN_INITIATIVE: _own_initiative(material, tongue),
        Source.ARTICLE_16: tongue(
            "A notice under Article 16 of Regulation (EU) 2022/2065 led to this decision."
        ),
        Source.TRUSTED_FLAGGER: tongue("A notice of a trusted flagger led to this decision."),
        Source.OTHER_NOTIFICATION: tongue("A notification of a third party led to this decision."),
    }[source]
    yield Clause(words, Element.SOURCE, Pointer(source=source))
    if source is Source.OWN_INITIATIVE:
        return
    for name in notified:
        claim = material.known.claims.get(name)
        if claim is not None:
            text = tongue("It said: {claim}", claim=claim_text(claim, material, tongue))
            yield Clause(text, Element.THIRD_PARTY_NOTICES, Pointer(claims=(name,)))


def _own_initiative(material: Material, tongue: Tongue) -> str:
    """Where there is a notice about another of the case's subjects, no more is denied than one about this."""
    whole = material.case.file.handling
    if whole is None or whole.source is Source.OWN_INITIATIVE:
        return tongue("We acted on our own initiative; no notice of a third party led to this decision.")
    return tongue(
        "We acted on our own initiative; no notice of a third party about {subject} led to this decision.",
        subject=name_of(material.party, tongue),
    )


def automation_of(known: Background) -> Automation:
    """How far automated means go in deciding by what the rules and the outcome ask: `not` cannot be told from these."""
    return Automation.PARTIALLY if known.by_person else Automation.FULLY


def can_be(stated: Automation, known: Background) -> bool:
    """Whether how far automated means are said to go in deciding agrees with what the rules and the outcome ask."""
    if stated is Automation.FULLY:
        return not known.by_person
    automated = [rule for rule in known.grounds if rule.decided_by is DecidedBy.AUTOMATION]
    return stated is Automation.PARTIALLY or not automated


def _decider(material: Material, tongue: Tongue) -> Clause:
    known = material.known
    if material.weighed.by_person:
        stated = Automation.PARTIALLY  # the engine has worked out what a person then decides
        text = tongue("Automated means worked out what the rules call for; a person takes the decision.")
    else:
        stated = material.handling.decision or automation_of(known)
        text = _deciding(stated, known, tongue)
    return Clause(
        " ".join([text, *_signatures(material, tongue)]),
        Element.AUTOMATED_DECISION,
        Pointer(automated=stated),
    )


def _signatures(material: Material, tongue: Tongue) -> Iterable[str]:
    """The signatures that rules ask for: those that it bears, and those that it lacks."""
    roles = dict.fromkeys(reason.role for reason in material.known.decision.by_person if reason.role)
    borne = [role for role in roles if role in material.weighed.signed]
    lacking = [role for role in roles if role not in borne]
    if borne:
        named = tuple(role_text(role, tongue) for role in borne)
        yield tongue("It bears the signature of: {roles}.", roles=named)
    if lacking:
        named = tuple(role_text(role, tongue) for role in lacking)
        yield tongue("It needs the signature of: {roles}.", roles=named)


def _deciding(stated: Automation, known: Background, tongue: Tongue) -> str:
    if stated is Automation.FULLY:
        return tongue("The decision was taken by automated means.")
    if stated is Automation.NOT:
        return tongue("A person takes this decision; no automated means are used to take it.")
    by_person = known.by_person
    alone = tuple(quoted(rule.id) for rule in known.grounds if rule not in by_person)
    if not alone or not by_person:
        return tongue("Automated means worked out what the rules call for; a person takes the decision.")
    return tongue(
        "Automated means worked out what the rules call for. A person takes the decision on the measure of: "
        "{by_person}. The decision on the measure of {alone} was taken by automated means alone.",
        by_person=tuple(quoted(rule.id) for rule in by_person),
        alone=alone,
    )
