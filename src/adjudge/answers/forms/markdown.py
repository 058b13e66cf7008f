"""An answer as Markdown (CommonMark with tables), for issues, mails and reviews.

Every text from outside is escaped, so that none can become a heading, a link or HTML.
"""

import re
from collections.abc import Iterable

from adjudge.answers.claims import ClaimView
from adjudge.answers.decisions import DecisionView
from adjudge.answers.forms.harmless import harmless
from adjudge.answers.view import AnswerView, RuleView, SubjectView
from adjudge.outcome import Verdict

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&^=:@-])")


def markdown_text(view: AnswerView) -> str:
    """The answer as Markdown."""
    return "\n".join(_answer(view)).rstrip() + "\n"


def escaped(text: str) -> str:
    """A text on one line, without meaning for Markdown or HTML."""
    return _SPECIAL.sub(r"\\\1", " ".join(harmless(text).split()))


def code(text: str) -> str:
    """A text as code on one line, fenced by more backticks than it holds in a row."""
    flat = " ".join(harmless(text).split())
    fence = "`" * (1 + max((len(run) for run in re.findall(r"`+", flat)), default=0))
    space = " " if "`" in flat else ""
    return f"{fence}{space}{flat}{space}{fence}"


def _answer(view: AnswerView) -> Iterable[str]:
    yield f"# {escaped(view.title)}"
    yield ""
    yield f"As of {escaped(view.as_of)}, with what was known at {escaped(view.known_at)}. "
    yield f"Territory: {escaped(view.territory)}. Policy: {escaped(view.package)}, published {escaped(view.published)}."
    yield f"Digest: {code(view.digest)}. {escaped(view.counts)}."
    yield ""
    for subject in view.subjects:
        yield from _subject(subject)
    if view.notice:
        yield "## What was sent (paraphrase)"
        yield ""
        yield f"> {escaped(view.notice.text)}"
        yield ""
    yield "## Documents"
    yield ""
    for document in view.documents:
        line = f"{escaped(document.title)}. {escaped(document.publisher)}, {escaped(document.published)}"
        yield f"- {code(document.id)}: {line} ({document.status})"


def _subject(subject: SubjectView) -> Iterable[str]:
    supposed = " (hypothetical)" if subject.hypothetical else ""
    yield f"## {escaped(subject.title)}{supposed}"
    yield ""
    yield from _decision(subject.decision)
    if not subject.rules:
        yield "No rule in force concerns this subject here."
        yield ""
        return
    yield "| rule in force | verdict | standard | for | against |"
    yield "| --- | --- | --- | ---: | ---: |"
    for rule in subject.rules:
        yield f"| {escaped(rule.id)} | {rule.verdict.value} | {rule.standard} | {rule.for_} | {rule.against} |"
    yield ""
    for rule in subject.rules:
        yield from _rule(rule)


def _decision(decision: DecisionView) -> Iterable[str]:
    yield f"**{decision.headline}**"
    yield ""
    for measure in decision.measures:
        cure = f"; {measure.cure} to put it right first" if measure.cure else ""
        yield (
            f"- {escaped(measure.kind)} by {code(measure.rule)}: territory {escaped(measure.territory)}, "
            f"{escaped(measure.surfaces)}, from {measure.start}, {measure.duration}{cure}"
        )
    for reason in decision.by_person:
        yield f"- a person decides, for {escaped(reason)}"
    for title in decision.evidence_wanted:
        yield f"- evidence is wanted on {escaped(title)}"
    if decision.measures or decision.by_person or decision.evidence_wanted:
        yield ""


def _rule(rule: RuleView) -> Iterable[str]:
    yield f"### {escaped(rule.id)}: {escaped(rule.title)}"
    yield ""
    yield f"{rule.verdict.value}: {rule.verdict_text}. Ground: {escaped(rule.ground)}."
    yield f"Condition: {code(rule.condition)}"
    yield ""
    lines = list(_lines(rule))
    yield from lines
    if lines:
        yield ""


def _lines(rule: RuleView) -> Iterable[str]:
    for claim in rule.grounds:
        yield f"- ground: {_claim(claim)}"
    for claim in rule.supporting if rule.verdict is not Verdict.MET else ():
        yield f"- for: {_claim(claim)}"
    for contrary in rule.contrary:
        yield f"- against: {_claim(contrary.claim)}. Answer: {escaped(contrary.answer)}"
    for unfitting in rule.unfitting:
        failed = "; ".join(code(part) for part in unfitting.failed)
        yield f"- considered: {_claim(unfitting.claim)}" + (f". Does not fit: {failed}" if failed else "")
    for name in rule.silent:
        yield f"- record: {code(name)} is complete, so that what is not in it counts as not so, at 4 official"
    for unless in rule.unless:
        yield f"- exception: {escaped(unless.title)}: {unless.state} ({unless.pair}; standard {unless.standard})"
    for chosen in rule.missing:
        yield "- missing: " + " and ".join(code(item.text) for item in chosen) + f", shown to {rule.standard}"
    for failure in rule.failures:
        yield f"- error: {escaped(failure)}"


def _claim(claim: ClaimView) -> str:
    place = f", {escaped(claim.place)}" if claim.place else ""
    source = f"{escaped(claim.source)}{place}; {code(claim.id)}"
    return f"{code(f'{claim.fact} {claim.says}')} (weight {claim.weight}; {source})"
