"""An answer as JSON: `outcomes` exactly as LANGUAGE.md 8 writes them, and beside them what they rest on.

The form is versioned (`format`); `schemas/answer.schema.json` describes it. Texts for people are not in it, but for the
titles that help to read it, in all their languages, and the messages of errors, in that of the answer.
"""

import json
from collections.abc import Iterable, Mapping

from adjudge.answers.answer import Answer, SubjectAnswer
from adjudge.answers.decision.others_json import others_form, reason_form
from adjudge.answers.notices.examination import short_form
from adjudge.answers.recourse.json_form import recourse_form
from adjudge.basis.instant import Instant
from adjudge.decisions.adjudicate import Decision
from adjudge.decisions.scope import Applied, Extent
from adjudge.facts.claim import Claim, NoOther
from adjudge.facts.value import exchange_value
from adjudge.language.package import Rule
from adjudge.outcome import exchange_form
from adjudge.reasons.explain import Explanation
from adjudge.reasons.missing import MissingAtom
from adjudge.tongues.tongue import Tongue

FORMAT = "adjudge-answer/1"
Tree = dict[str, object]


def json_text(answer: Answer, tongue: Tongue) -> str:
    """The answer as indented JSON, keys in a fixed order: the same answer is the same text."""
    return json.dumps(answer_form(answer, tongue), ensure_ascii=False, indent=2) + "\n"


def answer_form(answer: Answer, tongue: Tongue) -> Tree:
    """The answer as a tree."""
    asked, package = answer.asked, answer.package
    explained = [(item, explanation) for item in answer.subjects for explanation in item.explanations]
    return {
        "format": FORMAT,
        "case": {"id": answer.case.file.id, "title": _sorted(answer.case.file.title)},
        "language": tongue.code,
        "valid_at": str(asked.valid_at),
        "known_at": str(asked.known_at),
        "territory": asked.territory,
        "package": {
            "id": package.id,
            "version": package.version,
            "published_at": str(package.published_at),
            "digest": answer.digest,
        },
        "outcomes": [exchange_form(item.outcome) for item in answer.subjects],
        "rules": [_rule(rule) for rule in _rules_shown(answer)],
        "grounds": [_grounds(item, found) for item, found in explained if found.grounds is not None],
        "contrary": [tree for item, found in explained for tree in _contrary(item, found)],
        "considered": [tree for item, found in explained for tree in _considered(item, found)],
        "missing_proof": [_missing(item, found) for item, found in explained if found.missing.sets],
        "errors": [tree for item, found in explained for tree in _errors(item, found, tongue)],
        "decision": [decision_form(item.decision, asked.valid_at) for item in answer.subjects],
        "recourse": [
            {"subject": item.outcome.subject, **recourse_form(item.recourse)}
            for item in answer.subjects
            if item.recourse is not None
        ],
        "others": others_form(answer),
        "notice_examination": short_form(answer.examination, tongue) if answer.examination else None,
        "stated_reason": reason_form(answer.reason),
        "claims": [_claim(claim) for claim in _claims_shown(explained)],
    }


def _sorted(texts: Mapping[str, str]) -> dict[str, str]:
    """Texts by language in the order of the languages: a sealed package has no other."""
    return dict(sorted(texts.items()))


def _rules_shown(answer: Answer) -> list[Rule]:
    found = {found.rule.id: found.rule for item in answer.subjects for found in item.explanations}
    return [found[rule_id] for rule_id in sorted(found)]


def _rule(rule: Rule) -> Tree:
    return {
        "rule": rule.id,
        "title": _sorted(rule.title),
        "kind": rule.kind.value,
        "standard": rule.standard.word,
        "ground": {rule.ground.source: rule.ground.clause, "url": rule.ground.url},
        "unless": [
            {"id": item.id, "standard": item.standard.word}
            for item in sorted(rule.unless, key=lambda u: u.id)
        ],
        "review": list(rule.review),
    }


def _grounds(item: SubjectAnswer, found: Explanation) -> Tree:
    grounds = found.grounds
    return {
        "subject": item.outcome.subject,
        "rule": found.rule.id,
        "claims": [claim.id for claim in grounds.claims] if grounds else [],
        "silent_facts": list(found.silent),
        "smallest": grounds.smallest if grounds else True,
    }


def _contrary(item: SubjectAnswer, found: Explanation) -> Iterable[Tree]:
    for contrary in found.contrary:
        yield {
            "subject": item.outcome.subject,
            "rule": found.rule.id,
            "claim": contrary.claim.id,
            "parts": list(contrary.parts),
            "answer": {
                "verdict": found.outcome.verdict.value,
                "for": found.outcome.pair.for_,
                "against": found.outcome.pair.against,
                "unless": [
                    {"id": name, "for": p.for_, "against": p.against}
                    for name, p in sorted(found.outcome.unless)
                ],
            },
        }


def _considered(item: SubjectAnswer, found: Explanation) -> Iterable[Tree]:
    for unfitting in found.unfitting:
        yield {
            "subject": item.outcome.subject,
            "rule": found.rule.id,
            "claim": unfitting.claim.id,
            "failed": [found.rule.when.part(place) for place in unfitting.failed],
        }


def _missing(item: SubjectAnswer, found: Explanation) -> Tree:
    return {
        "subject": item.outcome.subject,
        "rule": found.rule.id,
        "standard": found.rule.standard.word,
        "sets": [[_atom(found.rule, atom) for atom in chosen] for chosen in found.missing.sets],
        "whole": found.missing.whole,
    }


def _atom(rule: Rule, atom: MissingAtom) -> Tree:
    return {"atom": rule.when.part(atom.place), "facts": list(atom.facts), "negated": atom.negated}


def _errors(item: SubjectAnswer, found: Explanation, tongue: Tongue) -> Iterable[Tree]:
    for failure in found.outcome.failures:
        yield {
            "subject": item.outcome.subject,
            "rule": found.rule.id,
            "part": failure.part,
            "message": tongue.of(failure.reason),
        }


def decision_form(decision: Decision, valid_at: Instant) -> Tree:
    """What an outcome calls for at a valid time, as a tree."""
    return {
        "subject": decision.subject,
        "disposition": decision.disposition.value,
        "measures": [_measure(applied, valid_at) for applied in decision.measures],
        "by_person": [
            {"because": item.because.value, "rule": item.rule, **({"role": item.role} if item.role else {})}
            for item in decision.by_person
        ],
        "evidence_wanted": list(decision.evidence_wanted),
    }


def _measure(applied: Applied, valid_at: Instant) -> Tree:
    details = {
        key: value if isinstance(value, str | int) else _sorted(value)
        for key, value in applied.measure.details.items()
    }
    return {
        "rule": applied.rule,
        "kind": applied.measure.kind.value,
        "details": details,
        "territory": _extent(applied.territory),
        "surfaces": _extent(applied.surfaces),
        "from": str(valid_at),
        "days": details.get("days"),
    }


def _extent(extent: Extent) -> Tree:
    return {"all_but" if extent.all_but else "only": sorted(extent.names)}


def _claims_shown(explained: list[tuple[SubjectAnswer, Explanation]]) -> list[Claim]:
    found: dict[str, Claim] = {}
    for _, item in explained:
        grounds = item.grounds.claims if item.grounds else ()
        against = (contrary.claim for contrary in item.contrary)
        unfitting = (record.claim for record in item.unfitting)
        found.update({claim.id: claim for claim in (*grounds, *item.supporting, *against, *unfitting)})
    return [found[claim_id] for claim_id in sorted(found)]


def _claim(claim: Claim) -> Tree:
    value: Tree = (
        {"none": True} if isinstance(claim.value, NoOther) else {"value": exchange_value(claim.value)}
    )
    return {
        "id": claim.id,
        "subject": claim.subject,
        "fact": claim.fact,
        **value,
        "stance": claim.stance.value,
        "weight": claim.weight,
        "origin": claim.origin,
        "document": claim.document,
        "place": claim.place,
        "holds_from": str(claim.holds.start) if claim.holds.start else None,
        "holds_to": str(claim.holds.end) if claim.holds.end else None,
        "recorded_at": str(claim.recorded_at),
        "withdrawn_at": str(claim.withdrawn_at) if claim.withdrawn_at else None,
    }
