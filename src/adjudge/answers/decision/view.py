"""What an answer shows, as plain values that a template can print; the same for every form that people read.

Not a computation: everything was decided before; here it gets its words, its order and its cross-references.
"""

from dataclasses import dataclass

from adjudge.answers.answer import Answer, SubjectAnswer
from adjudge.answers.claims import ClaimView, DocumentView, claim_view, document_view
from adjudge.answers.dates import bounds_text, instant_text
from adjudge.answers.decision.measures import DecisionView, decision_view
from adjudge.answers.decision.others import OthersView, ReasonView, others_view, reason_view
from adjudge.answers.notices.examination import ExaminationView, examination_view
from adjudge.answers.recourse.view import RecourseView, recourse_view
from adjudge.answers.words import KINDS, RULE_KINDS, VERDICTS, document_kind_text, pair_text, weight_text
from adjudge.basis.weight import Pair, Standard, outweighs
from adjudge.evidence.case import NameVariant
from adjudge.facts.claim import Claim
from adjudge.facts.vocabulary import Vocabulary
from adjudge.language.package import Rule
from adjudge.outcome import Verdict
from adjudge.reasons.explain import Contrary, Explanation
from adjudge.reasons.missing import MissingAtom
from adjudge.reasons.reply import Reply, reply_to
from adjudge.tongues.tongue import Tongue


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
    level: int
    """The standard as a number."""
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
    recourse: RecourseView | None = None
    others: OthersView | None = None


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
    examination: ExaminationView | None = None
    reason: ReasonView | None = None


def view_of(answer: Answer, tongue: Tongue) -> AnswerView:
    """What to show of an answer in a language."""
    package, asked, case = answer.package, answer.asked, answer.case
    # People read the subjects in the order in which the case names them; programs get them sorted.
    order = [party.subject.id for party in case.file.parties]
    named = sorted(answer.subjects, key=lambda item: order.index(item.party.subject.id))
    subjects = tuple(_subject(item, answer, tongue) for item in named)
    return AnswerView(
        language=tongue.code,
        case_id=case.file.id,
        title=tongue.text(case.file.title),
        summary=tongue.text(case.file.summary),
        as_of=instant_text(asked.valid_at, tongue),
        known_at=instant_text(asked.known_at, tongue),
        territory=tongue.country(asked.territory) if asked.territory else tongue("everywhere"),
        package=f"{package.id} {package.version}",
        published=tongue.day(package.published_at),
        digest=answer.digest,
        counts=tongue.plural(
            "{live} of {count} claim counts; {recorded} recorded by then",
            "{live} of {count} claims count; {recorded} were recorded by then",
            len(case.claims),
            live=answer.live,
            recorded=answer.recorded,
        ),
        subjects=subjects,
        documents=_documents(answer, subjects, tongue),
        notice=_notice(answer, tongue),
        examination=examination_view(answer.examination, tongue) if answer.examination else None,
        reason=reason_view(answer.reason, tongue) if answer.reason else None,
    )


def _documents(answer: Answer, subjects: tuple[SubjectView, ...], tongue: Tongue) -> tuple[DocumentView, ...]:
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
    return tuple(document_view(found[name], tongue) for name in sorted(found) if name in shown)


def _notice(answer: Answer, tongue: Tongue) -> NoticeView | None:
    """The notice, unless it was sent after what is known."""
    notice = answer.case.notice
    if notice is None or (notice.earliest is not None and notice.earliest > answer.asked.known_at):
        return None
    return NoticeView(
        sender=notice.sender,
        sent=bounds_text(notice.earliest, notice.latest, tongue),
        text=tongue.text(notice.text),
        signed=notice.signed,
        note=tongue.text(notice.note),
        sources=notice.sources,
    )


def _subject(item: SubjectAnswer, answer: Answer, tongue: Tongue) -> SubjectView:
    party = item.party
    return SubjectView(
        id=party.subject.id,
        kind=tongue.of(KINDS[party.subject.kind]),
        title=tongue.text(party.title) or party.subject.id,
        hypothetical=party.hypothetical,
        names=tuple(_name(name, tongue) for name in party.names),
        note=tongue.text(party.note),
        decision=decision_view(item.decision, answer, tongue),
        rules=tuple(_rule(explanation, answer, tongue) for explanation in item.explanations),
        recourse=recourse_view(item.recourse, answer, item.outcome.subject, tongue)
        if item.recourse
        else None,
        others=others_view(item, answer, tongue),
    )


def _name(name: NameVariant, tongue: Tongue) -> str:
    return name.text if name.verified else tongue("{name} (unverified)", name=name.text)


def _rule(explanation: Explanation, answer: Answer, tongue: Tongue) -> RuleView:
    rule, outcome, vocabulary = explanation.rule, explanation.outcome, answer.package.vocabulary

    def claim(found: Claim) -> ClaimView:
        return claim_view(found, answer.case, tongue)

    grounds = explanation.grounds
    named = {item.id for item in grounds.claims} if grounds else set()
    return RuleView(
        id=rule.id,
        title=tongue.text(rule.title) or rule.id,
        kind=tongue.of(RULE_KINDS[rule.kind]),
        ground=_ground_text(rule, tongue),
        ground_url=rule.ground.url,
        explanation=tongue.text(rule.explanation),
        condition=rule.when.on_one_line,
        verdict=outcome.verdict,
        verdict_text=tongue.of(VERDICTS[outcome.verdict]),
        standard=weight_text(rule.standard, tongue),
        level=rule.standard.value,
        pair=pair_text(outcome.pair, tongue),
        for_=outcome.pair.for_,
        against=outcome.pair.against,
        grounds=tuple(claim(item) for item in grounds.claims) if grounds else (),
        grounds_are_smallest=grounds.smallest if grounds else True,
        supporting=tuple(claim(item) for item in explanation.supporting if item.id not in named),
        contrary=tuple(
            ContraryView(claim(item.claim), _answer(item, explanation, tongue))
            for item in explanation.contrary
        ),
        unfitting=tuple(
            UnfittingView(claim(item.claim), tuple(map(rule.when.part, item.failed)))
            for item in explanation.unfitting
        ),
        silent=tuple(str(name) for name in explanation.silent),
        missing=tuple(
            tuple(_missing(atom, rule, vocabulary, tongue) for atom in chosen)
            for chosen in explanation.missing.sets
        ),
        missing_is_whole=explanation.missing.whole,
        unless=_unless(explanation, tongue),
        failures=tuple(
            tongue("{part}: {reason}", part=failure.part, reason=failure.reason)
            for failure in outcome.failures
        ),
    )


def _ground_text(rule: Rule, tongue: Tongue) -> str:
    clause = rule.ground.clause
    return tongue("terms, clause {clause}", clause=clause) if rule.ground.source == "terms" else clause


def _missing(atom: MissingAtom, rule: Rule, vocabulary: Vocabulary, tongue: Tongue) -> MissingView:
    text = rule.when.part(atom.place)
    facts = [vocabulary.facts[name] for name in sorted(vocabulary.facts) if name in atom.facts]
    documents = sorted({p.document for fact in facts for p in fact.proof if p.weight >= rule.standard})
    return MissingView(
        text=tongue("not ({condition})", condition=text) if atom.negated else text,
        definitions=tuple(d for fact in facts if (d := tongue.text(fact.definition))),
        documents=tuple(document_kind_text(document, tongue) for document in documents),
    )


def _unless(explanation: Explanation, tongue: Tongue) -> tuple[UnlessView, ...]:
    pairs = dict(explanation.outcome.unless)
    return tuple(
        UnlessView(
            title=tongue.text(unless.title) or unless.id,
            condition=unless.when.on_one_line,
            pair=pair_text(pairs[unless.id], tongue),
            standard=weight_text(unless.standard, tongue),
            state=_state(pairs[unless.id], unless.standard, tongue),
        )
        for unless in explanation.rule.unless
    )


def _state(pair: Pair, standard: Standard, tongue: Tongue) -> str:
    if outweighs(pair, standard):
        return tongue("established")
    return tongue("shown, but contested") if pair.for_ >= standard else tongue("not established")


def _answer(contrary: Contrary, explanation: Explanation, tongue: Tongue) -> str:
    """The answer that the weighing itself gives to a contrary claim. LANGUAGE.md 6.1."""
    found = reply_to(contrary, explanation)
    pair = pair_text(found.pair, tongue)
    match found.reply:
        case Reply.SUPPORTS_EXCEPTION:
            return tongue(
                "supports the exception `{exception}`, which stands at {pair}",
                exception=found.exception,
                pair=pair,
            )
        case Reply.OUTWEIGHED:
            return tongue(
                "weighed and outweighed: the condition stands at {pair}, and the standard is {standard}",
                pair=pair,
                standard=weight_text(explanation.rule.standard, tongue),
            )
        case Reply.ANOTHER_WAY:
            return tongue(
                "counted, but the condition could be met in another way, which nothing opposes: "
                "the condition stands at {pair}",
                pair=pair,
            )
        case Reply.COUNTED:
            return tongue("counted: the condition stands at {pair}", pair=pair)
