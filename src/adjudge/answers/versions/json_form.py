"""A comparison of packages for programs; each case also as a question that `adjudge conform` can be asked again.

The form is versioned (`format`); `schemas/diff.schema.json` describes it. Sentences for people are not in it.
"""

import json
from decimal import Decimal

from adjudge.basis.digest import Digest
from adjudge.basis.reading.json_text import Plain
from adjudge.changes.change import Aspect, Change, DefinitionChange, Status
from adjudge.changes.difference import Difference
from adjudge.changes.marking import marked
from adjudge.changes.sayings import ADVERTISER
from adjudge.changes.witness import Shown, Witness
from adjudge.facts.claim import Claim, NoOther
from adjudge.facts.value import decimal_text, exchange_value
from adjudge.facts.vocabulary import Kind
from adjudge.language.package import Package
from adjudge.outcome import exchange_form
from adjudge.tongues.tongue import Tongue

FORMAT = "adjudge-diff/1"
JsonTree = dict[str, object]
_CONDITIONS = {Aspect.WHEN, Aspect.UNLESS_WHEN}


def differences_json(found: Difference, tongue: Tongue) -> str:
    """The comparison as indented JSON, keys in a fixed order: the same comparison is the same text."""
    return json.dumps(differences_form(found, tongue), ensure_ascii=False, indent=2) + "\n"


def differences_form(found: Difference, tongue: Tongue) -> JsonTree:
    """The comparison as a tree. `language` is that of the titles."""
    compared = found.compared
    definitions = compared.definitions if found.rule is None else ()
    return {
        "format": FORMAT,
        "language": tongue.code,
        "old": _package(compared.old, found.old_digest),
        "new": _package(compared.new, found.new_digest),
        "differs": found.differs_in_meaning,
        "searched": found.searched,
        "summary": {status.value: found.count(status) for status in Status},
        "rules": [_rule(shown, tongue) for shown in found.rules],
        "definitions": [_definition(item) for item in definitions],
    }


def _package(package: Package, digest: Digest) -> JsonTree:
    return {
        "id": package.id,
        "version": package.version,
        "published_at": str(package.published_at),
        "vocabulary": package.vocabulary.name,
        "digest": digest,
    }


def _rule(shown: Shown, tongue: Tongue) -> JsonTree:
    change = shown.change
    rule = change.new or change.old
    return {
        "rule": change.id,
        "status": shown.status.value,
        "title": tongue.text(rule.title) if rule else "",
        "changes": [_change(item) for item in change.changes],
        "witnesses": [_witness(item) for item in shown.witnesses],
        "unshown": [_named(item) for item in shown.unshown],
        "tries": shown.tries,
    }


def _named(change: Change) -> JsonTree:
    return {"aspect": change.aspect.value, **({"name": change.name} if change.name else {})}


def _change(change: Change) -> JsonTree:
    form: JsonTree = {
        **_named(change),
        "bearing": change.bearing.value,
        "old": _plain(change.old),
        "new": _plain(change.new),
    }
    if change.aspect in _CONDITIONS:
        pieces = marked(str(change.old), str(change.new))
        form["same_meaning"] = change.same_meaning
        form["marked"] = [{"mark": piece.mark.value, "text": piece.text} for piece in pieces]
    return form


def _plain(tree: Plain) -> object:
    """Decimals as texts, so that no reader takes them for binary fractions."""
    match tree:
        case dict():
            return {key: _plain(item) for key, item in tree.items()}
        case list():
            return [_plain(item) for item in tree]
        case Decimal():
            return decimal_text(tree)
        case _:
            return tree


def _witness(found: Witness) -> JsonTree:
    return {
        "effects": [
            {"kind": effect.kind.value, **({"rule": effect.other} if effect.other else {})}
            for effect in found.effects
        ],
        "shows": [_named(item) for item in found.shows],
        "question": question_form(found),
        "unsayable": {"old": list(found.unsayable_old), "new": list(found.unsayable_new)},
        "outcomes": {"old": exchange_form(found.old), "new": exchange_form(found.new)},
    }


def question_form(found: Witness) -> JsonTree:
    """The case in the exchange form, without the vocabulary and package of either side. LANGUAGE.md 8."""
    owner = {"advertiser": ADVERTISER} if found.subject.kind is Kind.AD else {}
    form: JsonTree = {
        "claims": [_claim(claim) for claim in found.claims],
        "subjects": [{"id": found.subject.id, "kind": found.subject.kind.value, **owner}],
        "valid_at": str(found.scene.valid_at),
        "known_at": str(found.known_at),
    }
    return form if found.scene.territory is None else {**form, "territory": found.scene.territory}


def _claim(claim: Claim) -> JsonTree:
    value: JsonTree = (
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
        "recorded_at": str(claim.recorded_at),
    }


def _definition(item: DefinitionChange) -> JsonTree:
    return {
        "what": item.what.value,
        "name": item.name,
        "bearing": item.bearing.value,
        "traits": list(item.traits),
        "old": _plain(item.old),
        "new": _plain(item.new),
        "read_by": list(item.read_by),
    }
