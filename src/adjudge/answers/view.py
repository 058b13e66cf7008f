"""What an answer shows, as plain values that a template can print; the same for every form that people read.

Not a computation: everything was decided before; here it gets its words, its order and its cross-references.
"""

from dataclasses import dataclass

from adjudge.answers.answer import Answer, SubjectAnswer
from adjudge.answers.claims import ClaimView, DocumentView, claim_view, document_view
from adjudge.answers.dates import day_text, instant_text
from adjudge.answers.decisions import DecisionView, decision_view
from adjudge.answers.words import VERDICTS, pair_text, text_in, weight_text
from adjudge.basis.weight import outweighs
from adjudge.facts.claim import Claim
from adjudge.facts.vocabulary import Vocabulary
from adjudge.language.package import Rule
from adjudge.outcome import Verdict
from adjudge.reasons.explain import Contrary, Explanation
from adjudge.reasons.missing import MissingAtom


@dataclass(frozen=True, slots=True)
class UnlessView:
    """An exception and how far it was shown."""

    title: str
    condition: str
    pair: str
    standard: str
    state: str


@dataclass(frozen=True, slots=True)
class ContraryView:
    """A claim that counts against a rule, and the answer given to it."""

    claim: ClaimView
    answer: str


@dataclass(frozen=True, slots=True)
class UnfittingView:
    """A record that was looked at and does not fit, with the parts of the condition that it fails."""

    claim: ClaimView
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissingView:
    """Something that would have to be shown, what it means to observe it, and which documents can carry it."""

    text: str
    definitions: tuple[str, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """One rule."""

    id: str
    title: str
    kind: str
    ground: str
    ground_url: str
    explanation: str
    condition: str
    verdict: Verdict
    verdict_text: str
    standard: str
    pair: str
    for_: int
    against: int
    grounds: tuple[ClaimView, ...]
    grounds_are_smallest: bool
    supporting: tuple[ClaimView, ...]
    contrary: tuple[ContraryView, ...]
    unfitting: tuple[UnfittingView, ...]
    silent: tuple[str, ...]
    missing: tuple[tuple[MissingView, ...], ...]
    missing_is_whole: bool
    unless: tuple[UnlessView, ...]
    failures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectView:
    """One subject."""

    id: str
    kind: str
    title: str
    hypothetical: bool
    names: tuple[str, ...]
    note: str
    decision: DecisionView
    rules: tuple[RuleView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """What the person concerned was told."""

    sender: str
    sent: str
    text: str
    signed: bool
    note: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """A whole answer."""

    language: str
    case_id: str
    title: str
    summary: str
    as_of: str
    known_at: str
    territory: str
    package: str
    published: str
    digest: str
    counts: str
    subjects: tuple[SubjectView, ...]
    documents: tuple[DocumentView, ...]
    notice: NoticeView | None


def view_of(answer: Answer, language: str) -> AnswerView:
    """What to show of an answer in a language."""
    package, asked, case = answer.package, answer.asked, answer.case
    # People read the subjects in the order in which the case names them; programs get them sorted.
    order = [party.subject.id for party in case.file.parties]
    named = sorted(answer.subjects, key=lambda item: order.index(item.party.subject.id))
    subjects = tuple(_subject(item, answer, language) for item in named)
    return AnswerView(
        language=language,
        case_id=case.file.id,
        title=text_in(case.file.title, language),
        summary=text_in(case.file.summary, language),
        as_of=instant_text(asked.valid_at),
        known_at=instant_text(asked.known_at),
        territory=asked.territory or "everywhere",
        package=f"{package.id} {package.version}",
        published=day_text(package.published_at),
        digest=answer.digest,
        counts=f"{answer.live} of {len(case.claims)} claims count; {answer.recorded} were recorded by then",
        subjects=subjects,
        documents=_documents(answer, subjects, language),
        notice=_notice(answer, language),
    )


def _documents(answer: Answer, subjects: tuple[SubjectView, ...], language: str) -> tuple[DocumentView, ...]:
    """The documents behind the claims that are shown, in the order of their ids."""
    shown = {
        claim.document
        for subject in subjects
        for rule in subject.rules
        for claim in (
            *rule.grounds,
            *rule.supporting,
            *(item.claim for item in rule.contrary),
            *(item.claim for item in rule.unfitting),
        )
    }
    found = answer.case.documents
    return tuple(document_view(found[name], language) for name in sorted(found) if name in shown)


def _notice(answer: Answer, language: str) -> NoticeView | None:
    """The notice, unless it was sent after what is known."""
    notice = answer.case.notice
    if notice is None or (notice.earliest is not None and notice.earliest > answer.asked.known_at):
        return None
    bounds = [day_text(instant) for instant in (notice.earliest, notice.latest) if instant is not None]
    return NoticeView(
        sender=notice.sender,
        sent=" to ".join(bounds) or "undated",
        text=text_in(notice.text, language),
        signed=notice.signed,
        note=text_in(notice.note, language),
        sources=notice.sources,
    )


def _subject(item: SubjectAnswer, answer: Answer, language: str) -> SubjectView:
    party = item.party
    return SubjectView(
        id=party.subject.id,
        kind=party.subject.kind.value,
        title=text_in(party.title, language) or party.subject.id,
        hypothetical=party.hypothetical,
        names=tuple(name.text if name.verified else f"{name.text} (unverified)" for name in party.names),
        note=text_in(party.note, language),
        decision=decision_view(item.decision, answer, language),
        rules=tuple(_rule(explanation, answer, language) for explanation in item.explanations),
    )


def _rule(explanation: Explanation, answer: Answer, language: str) -> RuleView:
    rule, outcome, vocabulary = explanation.rule, explanation.outcome, answer.package.vocabulary

    def claim(found: Claim) -> ClaimView:
        return claim_view(found, answer.case, language)

    grounds = explanation.grounds
    named = {item.id for item in grounds.claims} if grounds else set()
    return RuleView(
        id=rule.id,
        title=text_in(rule.title, language) or rule.id,
        kind=rule.kind.value,
        ground=_ground_text(rule),
        ground_url=rule.ground.url,
        explanation=text_in(rule.explanation, language),
        condition=rule.when.on_one_line,
        verdict=outcome.verdict,
        verdict_text=VERDICTS[outcome.verdict],
        standard=weight_text(rule.standard),
        pair=pair_text(outcome.pair),
        for_=outcome.pair.for_,
        against=outcome.pair.against,
        grounds=tuple(claim(item) for item in grounds.claims) if grounds else (),
        grounds_are_smallest=grounds.smallest if grounds else True,
        supporting=tuple(claim(item) for item in explanation.supporting if item.id not in named),
        contrary=tuple(
            ContraryView(claim(item.claim), _answer(item, explanation)) for item in explanation.contrary
        ),
        unfitting=tuple(
            UnfittingView(claim(item.claim), tuple(map(rule.when.part, item.failed)))
            for item in explanation.unfitting
        ),
        silent=tuple(str(name) for name in explanation.silent),
        missing=tuple(
            tuple(_missing(atom, rule, vocabulary, language) for atom in chosen)
            for chosen in explanation.missing.sets
        ),
        missing_is_whole=explanation.missing.whole,
        unless=_unless(explanation, language),
        failures=tuple(f"{failure.part}: {failure.reason}" for failure in outcome.failures),
    )


def _ground_text(rule: Rule) -> str:
    source = {"law": "law", "terms": "terms, clause"}.get(rule.ground.source, "")
    return f"{source} {rule.ground.clause}" if source == "terms, clause" else rule.ground.clause


def _missing(atom: MissingAtom, rule: Rule, vocabulary: Vocabulary, language: str) -> MissingView:
    text = rule.when.part(atom.place)
    facts = [vocabulary.facts[name] for name in sorted(vocabulary.facts) if name in atom.facts]
    documents = sorted({p.document for fact in facts for p in fact.proof if p.weight >= rule.standard})
    return MissingView(
        text=f"not ({text})" if atom.negated else text,
        definitions=tuple(d for fact in facts if (d := text_in(fact.definition, language))),
        documents=tuple(document.replace("_", " ") for document in documents),
    )


def _unless(explanation: Explanation, language: str) -> tuple[UnlessView, ...]:
    pairs = dict(explanation.outcome.unless)
    found = []
    for unless in explanation.rule.unless:
        pair = pairs[unless.id]
        state = "established" if outweighs(pair, unless.standard) else "not established"
        if pair.for_ >= unless.standard and pair.against >= pair.for_:
            state = "contested"
        title = text_in(unless.title, language) or unless.id
        condition = unless.when.on_one_line
        found.append(UnlessView(title, condition, pair_text(pair), weight_text(unless.standard), state))
    return tuple(found)


def _answer(contrary: Contrary, explanation: Explanation) -> str:
    """The answer that the weighing itself gives to a contrary claim. LANGUAGE.md 6.1."""
    outcome, rule = explanation.outcome, explanation.rule
    exceptions = [part for part in contrary.parts if part != "when"]
    if exceptions:
        pair = dict(outcome.unless)[exceptions[0]]
        return f"supports the exception `{exceptions[0]}`, which stands at {pair_text(pair)}"
    standing = f"the condition stands at {pair_text(outcome.pair)}"
    if outcome.verdict is Verdict.MET:
        return f"weighed and outweighed: {standing}, and the standard is {weight_text(rule.standard)}"
    if outcome.pair.against == 0:
        # Another alternative is open, or the set is: 2.2 (OR) and 3.6 leave this claim no weight in the whole.
        return f"counted, but the condition could be met in another way, which nothing opposes: {standing}"
    return f"counted: {standing}"
