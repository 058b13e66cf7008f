"""An answer as Markdown (CommonMark with tables), for issues, mails and reviews.

Every text from outside is escaped, so that none can become a heading, a link or HTML.
"""

from collections.abc import Iterable

from adjudge.answers.claims import ClaimView
from adjudge.answers.decision.lines import exception_text, silence_text, together_text
from adjudge.answers.decision.measures import DecisionView, MeasureView
from adjudge.answers.decision.others_markdown import others_lines, reason_lines
from adjudge.answers.decision.view import AnswerView, RuleView, SubjectView, UnfittingView
from adjudge.answers.forms.escape import code, escaped, prose
from adjudge.answers.notices.examination_forms import markdown_lines
from adjudge.answers.recourse.markdown import ways_lines
from adjudge.decisions.words import VERDICT_WORDS
from adjudge.outcome import Verdict
from adjudge.tongues.tongue import Tongue


def markdown_text(view: AnswerView, tongue: Tongue) -> str:
    """The answer as Markdown. `tongue` is that of the view."""
    return "\n".join(_answer(view, tongue)).rstrip() + "\n"


def _answer(view: AnswerView, tongue: Tongue) -> Iterable[str]:
    yield f"# {escaped(view.title)}"
    yield ""
    yield from _question(view, tongue)
    yield ""
    for subject in view.subjects:
        yield from _subject(subject, tongue)
    if view.notice:
        yield "## " + tongue("What was sent (paraphrase)")
        yield ""
        yield f"> {escaped(view.notice.text)}"
        yield ""
        if view.reason:
            yield from reason_lines(view.reason, tongue)
        if view.examination:
            yield "### " + tongue("Examined as a statement of reasons")
            yield ""
            yield from markdown_lines(view.examination, tongue)
    yield "## " + tongue("Documents")
    yield ""
    for document in view.documents:
        line = f"{escaped(document.title)}. {escaped(document.publisher)}, {escaped(document.published)}"
        yield f"- {code(document.id)}: {line} ({document.status})"


def _question(view: AnswerView, tongue: Tongue) -> Iterable[str]:
    yield tongue(
        "As of {as_of}, with what was known at {known_at}.",
        as_of=escaped(view.as_of),
        known_at=escaped(view.known_at),
    )
    yield ""
    yield tongue(
        "Territory: {territory}. Policy: {package}, published {published}.",
        territory=escaped(view.territory),
        package=escaped(view.package),
        published=escaped(view.published),
    )
    yield ""
    yield tongue("Digest: {digest}. {counts}.", digest=code(view.digest), counts=escaped(view.counts))


def _subject(subject: SubjectView, tongue: Tongue) -> Iterable[str]:
    title = escaped(subject.title)
    yield "## " + (tongue("{title} (hypothetical)", title=title) if subject.hypothetical else title)
    yield ""
    yield from _decision(subject.decision, tongue)
    if not subject.rules:
        yield tongue("No rule in force concerns this subject here.")
        yield ""
        return
    columns = (
        tongue("rule in force"),
        tongue("verdict"),
        tongue("standard"),
        tongue("for"),
        tongue("against"),
    )
    yield f"| {' | '.join(columns)} |"
    yield "| --- | --- | --- | ---: | ---: |"
    for rule in subject.rules:
        word = tongue.of(VERDICT_WORDS[rule.verdict])
        yield f"| {escaped(rule.id)} | {word} | {rule.standard} | {rule.for_} | {rule.against} |"
    yield ""
    for rule in subject.rules:
        yield from _rule(rule, tongue)
    if subject.recourse:
        yield "### " + tongue("What would change it")
        yield from ways_lines(subject.recourse, "####")
        yield ""
    if subject.others:
        yield from others_lines(subject.others, tongue)


def _decision(decision: DecisionView, tongue: Tongue) -> Iterable[str]:
    yield f"**{decision.headline}**"
    yield ""
    for measure in decision.measures:
        yield f"- {_measure(measure, tongue)}"
    for reason in decision.by_person:
        yield "- " + tongue("a person decides, for {reason}", reason=prose(reason))
    for title in decision.evidence_wanted:
        yield "- " + tongue("evidence is wanted on {rule}", rule=escaped(title))
    if decision.measures or decision.by_person or decision.evidence_wanted:
        yield ""


def _measure(measure: MeasureView, tongue: Tongue) -> str:
    effect = tongue(
        "{measure} by {rule}: territory {territory}, {surfaces}, from {start}, {duration}",
        measure=escaped(measure.kind),
        rule=code(measure.rule),
        territory=escaped(measure.territory),
        surfaces=escaped(measure.surfaces),
        start=escaped(measure.start),
        duration=escaped(measure.duration),
    )
    if not measure.cure:
        return effect
    return tongue("{measure}; {days} to put it right first", measure=effect, days=escaped(measure.cure))


def _rule(rule: RuleView, tongue: Tongue) -> Iterable[str]:
    yield "### " + tongue("{rule}: {title}", rule=escaped(rule.id), title=escaped(rule.title))
    yield ""
    yield tongue(
        "{verdict}: {meaning}. Ground: {ground}.",
        verdict=VERDICT_WORDS[rule.verdict],
        meaning=escaped(rule.verdict_text),
        ground=escaped(rule.ground),
    )
    yield ""
    yield tongue("Condition: {condition}", condition=code(rule.condition))
    yield ""
    found = _lines(rule, tongue)
    lines = ["- " + tongue("{label}: {text}", label=label, text=text) for label, text in found]
    yield from lines
    if lines:
        yield ""


def _lines(rule: RuleView, tongue: Tongue) -> Iterable[tuple[str, str]]:
    """What stands behind a verdict, each with its label."""
    for claim in rule.grounds:
        yield tongue("ground"), _claim(claim, tongue)
    for claim in rule.supporting if rule.verdict is not Verdict.MET else ():
        yield tongue("for"), _claim(claim, tongue)
    for contrary in rule.contrary:
        answered = tongue(
            "{claim}. Answer: {answer}", claim=_claim(contrary.claim, tongue), answer=escaped(contrary.answer)
        )
        yield tongue("against"), answered
    for unfitting in rule.unfitting:
        yield tongue("considered"), _unfitting(unfitting, tongue)
    for name in rule.silent:
        yield tongue("record"), silence_text(code(name), tongue)
    for unless in rule.unless:
        yield tongue("exception"), escaped(exception_text(unless, tongue))
    for chosen in rule.missing:
        yield tongue("missing"), together_text((code(item.text) for item in chosen), rule.standard, tongue)
    for failure in rule.failures:
        yield tongue("error"), escaped(failure)


def _unfitting(unfitting: UnfittingView, tongue: Tongue) -> str:
    claim, failed = _claim(unfitting.claim, tongue), tongue.parted(code(part) for part in unfitting.failed)
    return tongue("{claim}. Does not fit: {parts}", claim=claim, parts=failed) if failed else claim


def _claim(claim: ClaimView, tongue: Tongue) -> str:
    place = f", {escaped(claim.place)}" if claim.place else ""
    weight = tongue("weight {weight}", weight=claim.weight)
    known = tongue.parted((weight, f"{escaped(claim.source)}{place}", code(claim.id)))
    return f"{code(f'{claim.fact} {claim.says}')} ({known})"
