"""A public decision as its page says it: in the language of whoever reads, from its public form and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from adjudge.answers.decision.measures import territory_text
from adjudge.basis.ids import FactName
from adjudge.basis.instant import Instant, day_of, parse_timestamp, start_of_day
from adjudge.decisions.scope import Extent
from adjudge.decisions.words import MEASURES
from adjudge.desk.words.hearing import CLOCK_KINDS
from adjudge.desk.words.register import SHORT_STATES, STATE_SENTENCES, VALUES, WHATS, WHYS
from adjudge.evidence.words import document_kind, weight_said
from adjudge.facts.codes import COUNTRIES
from adjudge.language.package import Package
from adjudge.redaction.public import PublicDecision, PublicFact, PublicMeasure, Why
from adjudge.tongues.tongue import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureView:
    """A measure to show."""

    what: str
    where: str
    surfaces: str
    start: Instant | None
    end: Instant | None
    lifted_at: Instant | None
    rests: bool
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """A fact to show: what it is, its value or why that is withheld, and in what it was read."""

    name: str
    what: str
    value: str
    why: str
    weight: str
    read_in: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A decision to show. `headline` is one sentence: what was done, by which rule, where."""

    found: PublicDecision
    state: str
    """By name, for its sign."""
    word: str
    sentence: str
    headline: str
    issued_at: Instant | None
    issued_day: Instant | None
    name: str
    """Empty where it is withheld; then `withheld_name` says so."""
    withheld_name: str
    measures: Sequence[MeasureView]
    facts: Sequence[FactView]
    against: Sequence[FactView]
    missed: Sequence[str]
    withheld: Sequence[tuple[str, str]]
    reply_at: Instant | None


def view_of(
    found: PublicDecision, at: Instant, tongue: Tongue, words: dict[str, str], package: Package | None = None
) -> View:
    """What to show of a decision at an instant; by the version that was published, with what facts mean in it."""
    state = found.state_at(str(at))
    hidden = {item.what: item.why for item in found.withheld}
    declared = hidden.get("advertiser") == Why.DECLARED  # type: ignore[call-overload]  # a word among its kind
    issued_at = parse_timestamp(found.issued_at)
    return View(
        found=found,
        state=state.value,
        word=tongue.of(SHORT_STATES[state]),
        sentence=tongue.of(STATE_SENTENCES[state]),
        headline=headline(found, tongue),
        issued_at=issued_at,
        issued_day=start_of_day(day_of(issued_at)) if issued_at is not None else None,
        name=found.name,
        withheld_name="" if found.name else words["name_declared" if declared else "name_withheld"],
        measures=[_measure(item, tongue, words) for item in found.measures],
        facts=[_fact(item, tongue, package) for item in found.facts if not item.against],
        against=[_fact(item, tongue, package) for item in found.facts if item.against],
        missed=[tongue.of(CLOCKS[kind]) for kind in found.missed if kind in CLOCKS],
        withheld=[(tongue.of(WHATS[item.what]), tongue.of(WHYS[item.why])) for item in found.withheld],
        reply_at=parse_timestamp(found.reply.at) if found.reply else None,
    )


CLOCKS = {kind.value: said for kind, said in CLOCK_KINDS.items()}
KINDS = {kind.value: said for kind, said in MEASURES.items()}


def headline(found: PublicDecision, tongue: Tongue) -> str:
    """What was done and by which rules: the titles where there are any, else that nothing was found."""
    titles = [tongue.text(rule.title) or rule.id for rule in found.rules]
    if not titles:
        return tongue("No rule is met")
    return tongue.parted(titles)


def _measure(item: PublicMeasure, tongue: Tongue, words: dict[str, str]) -> MeasureView:
    kind = KINDS.get(item.kind)
    surfaces = tongue.listed(item.surfaces)
    if item.surfaces_all_but:
        surfaces = tongue("all but {surfaces}", surfaces=surfaces) if item.surfaces else ""
    return MeasureView(
        what=tongue.of(kind) if kind else words["register_measure"],
        where=territory_text(Extent(frozenset(item.territories), item.all_but), tongue),
        surfaces=surfaces,
        start=parse_timestamp(item.start),
        end=parse_timestamp(item.end),
        lifted_at=parse_timestamp(item.lifted_at),
        rests=item.rests,
        rule=item.rule,
    )


def _fact(item: PublicFact, tongue: Tongue, package: Package | None) -> FactView:
    known = package.vocabulary.facts.get(FactName(item.name)) if package is not None else None
    value = tongue.of(VALUES[item.value]) if item.value in VALUES else item.value
    return FactView(
        name=item.name,
        what=tongue.text(known.definition) if known is not None else "",
        value=tongue.country(value) if value in COUNTRIES else value,
        why=tongue.of(WHYS[item.withheld]) if item.withheld is not None else "",
        weight=tongue.of(weight_said(item.weight)),
        read_in=tongue.listed(tongue.of(document_kind(kind)) for kind in item.sources),
    )
