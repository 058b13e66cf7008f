"""The one redaction: what the public may see of a decision, from what is kept of it and the terms of the register.

Nothing is shown because it is there: a field is public because this function names it, and every text that it takes
over is one that was published before (a policy), one of a few known words, a name that was verified of somebody who was
said to be no natural person, or a reply that its author wants to be public. All else is withheld, and said to be.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from adjudge.basis.ids import FactName
from adjudge.basis.instant import Instant
from adjudge.clocks.term import ClockKind
from adjudge.evidence.case import PersonKind
from adjudge.evidence.notice import Source
from adjudge.evidence.words import DOCUMENT_KINDS, SUPPOSED
from adjudge.facts.codes import COUNTRIES, canonical_language
from adjudge.facts.type import CodeType, Simple
from adjudge.facts.vocabulary import Fact, Kind, Taxonomy
from adjudge.language.package import MeasureKind, Package, Rule
from adjudge.records.rows import (
    AppealKind,
    AppealRow,
    AppealState,
    ClaimRow,
    ClockRow,
    ClockState,
    DecisionRow,
    DecisionState,
    DocumentRow,
    MeasureRow,
    Outcome,
    ReplyRow,
    ReplyState,
    SubjectRow,
)
from adjudge.redaction.public import (
    PublicAppeal,
    PublicDecision,
    PublicFact,
    PublicMeasure,
    PublicName,
    PublicReply,
    PublicRule,
    State,
    What,
    Why,
    Withheld,
)
from adjudge.redaction.terms import Terms

PUBLIC = frozenset({DecisionState.ISSUED, DecisionState.SUPERSEDED, DecisionState.LAPSED})
"""What was issued. Nothing of what was merely proposed is public."""
LEGAL, NATURAL = PersonKind.LEGAL.value, PersonKind.NATURAL.value
MOST_NAMES, MOST_FACTS = 10, 60
GRANTED = "granted"
Codes = Mapping[str, Taxonomy]
_DAY = 86_400_000_000_000
_LATIN = "Latn"
_NAME = re.compile(r"[A-Z]-[0-9]{6,}", re.ASCII)
REPLY_GROUNDS = ("others", "unlawful", "elsewhere")
"""On which a reply can be refused, and no others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All of which anything could be told. `package` is the version by which it was decided, None where it is gone."""

    decision: DecisionRow
    package: Package | None
    territory: str = ""
    source: str = ""
    departs: str = ""
    subject: SubjectRow | None = None
    advertiser: SubjectRow | None = None
    measures: Sequence[MeasureRow] = ()
    appeals: Sequence[AppealRow] = ()
    missed: Sequence[ClockRow] = ()
    claims: Mapping[str, ClaimRow] = field(default_factory=dict)
    documents: Mapping[str, DocumentRow] = field(default_factory=dict)
    superseded_by: str = ""
    reply: ReplyRow | None = None


def redacted(found: Material, terms: Terms) -> PublicDecision | None:
    """The public form; None of what is not public: never issued, or kept out by the terms."""
    row = found.decision
    if row.state not in PUBLIC or row.issued_at is None or terms.rules.intersection(row.rules):
        return None
    names, why = _names(found.advertiser, terms)
    facts = tuple(_facts(found, terms))
    appeals = tuple(_appeals(found.appeals))
    return PublicDecision(
        id=row.id,
        entry=row.entry,
        issued_at=str(row.issued_at),
        state=_state(found),
        until=_until(found.measures),
        supersedes=_name(row.supersedes),
        superseded_by=_name(found.superseded_by),
        policy=found.package.id if found.package else "",
        version=found.package.version if found.package else "",
        package=row.package,
        territory=found.territory if found.territory in COUNTRIES else "",
        subject_kind=_one_of(found.subject.kind if found.subject else "", Kind),
        source=_one_of(found.source, Source),
        automated=row.automated,
        departs=found.departs if found.departs in DEPARTURES else "",
        advertiser=names,
        rules=tuple(_rules(found)),
        facts=facts,
        measures=tuple(_measures(found)),
        appeals=appeals,
        missed=tuple(sorted(filter(None, map(_missed, found.missed)))),
        reply=_reply(found.reply),
        withheld=tuple(_withheld(why, facts, has_appeals=bool(found.appeals))),
    )


def _missed(row: ClockRow) -> str:
    return _one_of(row.kind, ClockKind) if row.state is ClockState.RAN_OUT else ""


def _name(text: str) -> str:
    """The name of a decision, which we gave; nothing that looks otherwise."""
    return text if _NAME.fullmatch(text) else ""


DEPARTURES = frozenset({"milder", "no_measure"})


def _one_of(text: str, kinds: Iterable[str]) -> str:
    return text if text in {str(kind) for kind in kinds} else ""


def _withheld(why: Why | None, facts: Iterable[PublicFact], *, has_appeals: bool) -> Iterable[Withheld]:
    if why is not None:
        yield Withheld(What.ADVERTISER, why)
    yield Withheld(What.SUBJECT, Why.PERSONAL)
    yield Withheld(What.STATEMENT, Why.PERSONAL)
    yield Withheld(What.PEOPLE, Why.PERSONAL)
    yield Withheld(What.EVIDENCE, Why.PERSONAL)
    if has_appeals:
        yield Withheld(What.APPEAL, Why.PERSONAL)
    for reason in sorted({item.withheld for item in facts if item.withheld is not None}):
        yield Withheld(What.VALUE, reason)


# --- who ---


def _names(row: SubjectRow | None, terms: Terms) -> tuple[tuple[PublicName, ...], Why | None]:
    """Verified names of whoever was said to be a legal person; else why there are none."""
    names = _listed(row)
    kinds = {item.get("person") for item in names}
    if NATURAL in kinds:  # a firm that bears the name of its owner too: then none is told
        return (), Why.PERSONAL
    if LEGAL not in kinds:
        return (), Why.UNSAID
    if not terms.has_names:
        return (), Why.DECLARED
    found = tuple(_verified(names))[:MOST_NAMES]
    # What readers of most languages can read stands first; of one script the order in which they were recorded.
    ordered = tuple(sorted(found, key=lambda name: name.script != _LATIN))
    return ordered, None if ordered else Why.UNSAID


def told_names(row: SubjectRow | None, terms: Terms) -> tuple[PublicName, ...]:
    """The names of an advertiser that everybody may read."""
    return _names(row, terms)[0]


def _listed(row: SubjectRow | None) -> Sequence[Mapping[str, object]]:
    names = row.content.get("names") if row is not None else None
    return [item for item in names if isinstance(item, Mapping)] if isinstance(names, list | tuple) else []


def _verified(names: Iterable[Mapping[str, object]]) -> Iterable[PublicName]:
    for item in names:
        if item.get("status") == "verified" and item.get("person") == LEGAL and item.get("text"):
            yield PublicName(
                text=str(item["text"]),
                script=str(item.get("script") or ""),
                language=str(item.get("language") or ""),
            )


# --- what, and why ---


def _rules(found: Material) -> Sequence[PublicRule]:
    """As they were published; of a version that is gone none, since nobody can tell what its names are."""
    known = _known(found)
    return [_rule(known[name]) for name in found.decision.rules if name in known]


def _known(found: Material) -> Mapping[str, Rule]:
    return {str(rule.id): rule for rule in found.package.rules} if found.package else {}


def _surfaces(found: Material) -> frozenset[str]:
    """The surfaces that the published version names."""
    measures = (rule.measure for rule in _known(found).values())
    return frozenset(name for item in measures if item is not None for name in item.surfaces or ())


def _rule(rule: Rule) -> PublicRule:
    return PublicRule(
        id=rule.id,
        title=dict(rule.title),
        ground=rule.ground.source,
        clause=rule.ground.clause,
        url=rule.ground.url,
    )


def _facts(found: Material, terms: Terms) -> Iterable[PublicFact]:
    """By fact: what it rests on, and what counts against it and was answered. Who said it is never told."""
    if found.package is None:
        return
    row, vocabulary = found.decision, found.package.vocabulary
    grouped: dict[tuple[str, str, bool], list[ClaimRow]] = {}
    for names, against in ((row.grounds, False), (row.contrary, True)):
        for name in names:
            claim = found.claims.get(name)
            if claim is not None:
                key = (str(claim.content.get("fact")), _plain(claim.content.get("value")), against)
                grouped.setdefault(key, []).append(claim)
    for (name, _, against), claims in list(grouped.items())[:MOST_FACTS]:
        fact = vocabulary.facts.get(FactName(name))
        if fact is not None:
            yield _fact(fact, claims, found, terms, against=against)


def _fact(
    fact: Fact, claims: Sequence[ClaimRow], found: Material, terms: Terms, *, against: bool
) -> PublicFact:
    codes = found.package.vocabulary.taxonomies if found.package else {}
    value, why = _value(fact, claims[0], terms, codes)
    documents = (found.documents.get(claim.document) for claim in claims if claim.document)
    kinds = {str(row.content.get("kind")) for row in documents if row is not None}
    return PublicFact(
        name=str(fact.full_name),
        value=value,
        withheld=why,
        weight=max(claim.weight for claim in claims),
        against=against,
        sources=tuple(sorted(kinds & DOCUMENT_KINDS.keys() - {SUPPOSED})),
    )


def _value(fact: Fact, claim: ClaimRow, terms: Terms, codes: Codes) -> tuple[str, Why | None]:
    """A value that is one of a few by its type; any other could be somebody's name, number, address or birthday."""
    if fact.protected:
        return "", Why.PROTECTED
    if str(fact.full_name) in terms.facts or fact.name in terms.facts:
        return "", Why.DECLARED
    text = _plain(claim.content.get("value"))
    is_denied = claim.content.get("stance") == "denies"
    match fact.type:
        case Simple.BOOL if text in {"true", "false"}:
            return ("false" if (text == "true") is is_denied else "true"), None
        case Simple.COUNTRY if text in COUNTRIES and not is_denied:
            return text, None
        case CodeType(name) if not is_denied and text in codes.get(name, ()):
            return text, None
        case _:
            return "", Why.PERSONAL


def _plain(value: object) -> str:
    """A value as text: a truth as files write it, any other text as it is; of what is made of parts nothing."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return str(value)
        case _:
            return ""


def _measures(found: Material) -> Iterable[PublicMeasure]:
    known, surfaces = _known(found), _surfaces(found)
    for row in found.measures:
        if not _one_of(row.kind, MeasureKind):
            continue  # of a newer program: nobody here knows what it is
        yield _measure(row, row.rule if row.rule in known else "", surfaces)


def _measure(row: MeasureRow, rule: str, surfaces: frozenset[str]) -> PublicMeasure:
    return PublicMeasure(
        rule=rule,
        kind=row.kind,
        territories=tuple(code for code in row.territories if code in COUNTRIES),
        all_but=row.all_but,
        surfaces=tuple(name for name in row.surfaces if name in surfaces),
        surfaces_all_but=row.surfaces_all_but,
        start=str(row.start),
        end=_text(row.end),
        lifted_at=_text(row.lifted_at),
        rests=any(pause.end is None for pause in row.pauses),
    )


def _text(at: Instant | None) -> str:
    return str(at) if at is not None else ""


# --- what became of it ---


def _state(found: Material) -> State:
    row = found.decision
    outcomes = {item.outcome for item in found.appeals if item.kind is AppealKind.APPEAL}
    if row.state is DecisionState.LAPSED:
        return State.LAPSED
    if row.state is DecisionState.SUPERSEDED:
        if Outcome.REVERSED in outcomes:
            return State.REVERSED
        return State.VARIED if Outcome.VARIED in outcomes else State.SUPERSEDED
    if not found.measures:
        return State.EMPTY
    if all(item.lifted_at is not None for item in found.measures):
        return State.LIFTED
    return State.STANDS


def _until(measures: Sequence[MeasureRow]) -> str:
    """When the last of those that are not lifted ends; empty where one has no end, or none is left."""
    ends = [item.end for item in measures if item.lifted_at is None]
    if not ends or any(end is None for end in ends):
        return ""
    return str(max(end for end in ends if end is not None))


def _appeals(rows: Iterable[AppealRow]) -> Iterable[PublicAppeal]:
    """Of which it is known how they ended: by a decision, or by silence."""
    for row in rows:
        is_over = bool(row.outcome) or row.state is AppealState.GRANTED
        if row.kind is not AppealKind.APPEAL or not is_over or row.ended_at is None:
            continue
        yield PublicAppeal(
            outcome=_one_of(row.outcome, Outcome) or GRANTED,
            ended_at=str(row.ended_at),
            decision=_name(row.result),
            days=max(0, row.ended_at.nanos - row.filed_at.nanos) // _DAY,
        )


def _reply(row: ReplyRow | None) -> PublicReply | None:
    """The words where the advertiser wants them shown; of one that was refused that it was, and on which ground."""
    if row is None or row.state is ReplyState.WITHDRAWN or not row.text:
        return None
    if row.state is ReplyState.REFUSED:
        return PublicReply(
            state=row.state.value, at=_text(row.ended_at), ground=_one_of(row.ground, REPLY_GROUNDS)
        )
    return PublicReply(
        state=row.state.value,
        text=row.text,
        language=canonical_language(row.language) or "",
        at=str(row.given_at),
    )
