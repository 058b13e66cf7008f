"""An answer for the terminal: coloured where it is one, plain where it is not, as wide as it is given.

Nothing is said by colour alone. Texts are printed as `Text`, never as markup, since they come from outside.
"""

from collections.abc import Iterable
from io import StringIO

from rich.box import SIMPLE
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from adjudge.answers.claims import ClaimView, DocumentView
from adjudge.answers.decisions import DecisionView, MeasureView
from adjudge.answers.forms.harmless import harmless
from adjudge.answers.view import AnswerView, MissingView, RuleView, SubjectView
from adjudge.decisions.adjudicate import Disposition
from adjudge.outcome import Verdict

NARROWEST = 40
_STYLES = {
    Verdict.MET: "bold red",
    Verdict.CONTESTED: "bold yellow",
    Verdict.UNPROVEN: "yellow",
    Verdict.EXCEPTED: "green",
    Verdict.REFUTED: "green",
    Verdict.UNKNOWN: "dim",
}
_HEADLINES = {
    Disposition.MEASURE: "bold white on red",
    Disposition.REFER: "bold black on yellow",
    Disposition.REQUEST_EVIDENCE: "bold black on yellow",
    Disposition.NO_MEASURE: "bold black on green",
}


def render_text(view: AnswerView, *, width: int, colour: bool, heading: str = "", brief: bool = False) -> str:
    """The answer as lines of at most `width` columns (at least 40), with ANSI colours or none.

    A brief answer leaves out the notice, the documents, and what is known of rules that are not met, but for the
    records that were considered and do not fit.
    """
    out = StringIO()
    console = Console(
        file=out,
        width=max(width, NARROWEST),
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )
    for item in _brief(view, heading) if brief else _answer(view, heading):
        console.print(item)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _text(text: str, style: str = "") -> Text:
    return Text(harmless(text), style=style)


def _indented(item: RenderableType, columns: int) -> Padding:
    return Padding(item, (0, 0, 0, columns))


def _labelled(label: str, text: str, style: str = "") -> Table:
    """A label and its text, which wraps beside it."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(ratio=1)
    grid.add_row(label, _text(text, style))
    return grid


def _brief(view: AnswerView, heading: str) -> Iterable[RenderableType]:
    yield _text(heading or view.title, "bold")
    yield _labelled(
        "as of", f"{view.as_of}; territory {view.territory}; policy {view.package}; {view.counts}"
    )
    for subject in view.subjects:
        yield ""
        yield from _heading(subject)
        yield from _decision(subject.decision)
        yield _rules(subject.rules)
        for rule in subject.rules:
            yield from _brief_details(rule)


def _brief_details(rule: RuleView) -> Iterable[RenderableType]:
    if rule.verdict is Verdict.MET:
        yield _text(f"{rule.id}: why", "bold")
        yield from (_indented(detail, 2) for detail in _details(rule))
    elif rule.unfitting:
        yield _text(f"{rule.id}: considered, and why it does not fit", "bold")
        for unfitting in rule.unfitting:
            failed = "; ".join(unfitting.failed) or "the condition as a whole"
            yield _indented(_labelled("-", f"{unfitting.claim.source}: fails {failed}"), 2)


def _answer(view: AnswerView, heading: str) -> Iterable[RenderableType]:
    yield _text(heading or view.title, "bold")
    yield _labelled("as of     ", f"{view.as_of}, with what was known at {view.known_at}")
    yield _labelled("territory ", view.territory)
    yield _labelled("policy    ", f"{view.package}, published {view.published}")
    yield _labelled("digest    ", view.digest)
    yield _labelled("claims    ", view.counts)
    for subject in view.subjects:
        yield ""
        yield from _subject(subject)
    if view.notice:
        yield ""
        yield _text("What was sent (paraphrase)", "bold underline")
        signed = "signed" if view.notice.signed else "unsigned"
        yield _labelled("from", f"{view.notice.sender}, {view.notice.sent}, {signed}")
        yield _indented(_text(view.notice.text, "italic"), 2)
    yield ""
    yield _text("Documents", "bold underline")
    for document in view.documents:
        yield from _document(document)


def _subject(subject: SubjectView) -> Iterable[RenderableType]:
    yield from _heading(subject)
    yield from _decision(subject.decision)
    yield _rules(subject.rules)
    for rule in subject.rules:
        yield _text(f"{rule.id}: {rule.title}", "bold")
        yield _indented(_text(f"{rule.verdict.value}: {rule.verdict_text}", _STYLES[rule.verdict]), 2)
        yield _indented(_labelled(f"{rule.kind} under", rule.ground), 2)
        yield _indented(_labelled("when", rule.condition), 2)
        yield from (_indented(detail, 2) for detail in _details(rule))


def _heading(subject: SubjectView) -> Iterable[RenderableType]:
    supposed = " (hypothetical)" if subject.hypothetical else ""
    yield _text(f"{subject.title}{supposed}", "bold underline")
    yield _text(f"{subject.kind} {subject.id}", "dim")


def _decision(decision: DecisionView) -> Iterable[RenderableType]:
    yield _text(f" {decision.headline.upper()} ", _HEADLINES[decision.disposition])
    for measure in decision.measures:
        yield from _measure(measure)
    for reason in decision.by_person:
        yield _labelled("a person decides, for", reason)
    for title in decision.evidence_wanted:
        yield _labelled("evidence is wanted on", title)


def _measure(measure: MeasureView) -> Iterable[RenderableType]:
    yield _labelled("measure  ", f"{measure.kind}, by `{measure.rule}`: {measure.rule_title}", "bold")
    yield _labelled("territory", measure.territory)
    yield _labelled("surfaces ", measure.surfaces)
    yield _labelled("duration ", f"from {measure.start}, {measure.duration}")
    if measure.cure:
        yield _labelled("cure     ", f"{measure.cure} to put it right first")


def _rules(rules: tuple[RuleView, ...]) -> RenderableType:
    if not rules:
        return _text("No rule in force concerns this subject here.", "dim")
    table = Table(box=SIMPLE, pad_edge=False, show_edge=False, expand=False)
    for name in ("rule in force", "verdict", "standard"):
        table.add_column(name)
    table.add_column("for", justify="right")
    table.add_column("against", justify="right")
    for rule in rules:
        verdict = _text(rule.verdict.value, _STYLES[rule.verdict])
        table.add_row(_text(rule.id), verdict, rule.standard, str(rule.for_), str(rule.against))
    return table


def _details(rule: RuleView) -> Iterable[RenderableType]:
    yield from _claims(rule)
    for name in rule.silent:
        yield _labelled("record", f"`{name}` is complete: what is not in it counts as not so, at 4 official")
    for unless in rule.unless:
        yield _labelled(
            "exception", f"{unless.title}: {unless.state} ({unless.pair}; standard {unless.standard})"
        )
    yield from _missing(rule)
    for failure in rule.failures:
        yield _labelled("error", failure, "bold yellow")


def _claims(rule: RuleView) -> Iterable[RenderableType]:
    for claim in rule.grounds:
        yield from _claim("ground", claim)
    if rule.grounds and not rule.grounds_are_smallest:
        yield _text("A smaller set of grounds may exist; the search was cut off.", "dim")
    if rule.verdict is not Verdict.MET:
        for claim in rule.supporting:
            yield from _claim("for", claim)
    for contrary in rule.contrary:
        yield from _claim("against", contrary.claim)
        yield _indented(_labelled("answer", contrary.answer), 2)
    for unfitting in rule.unfitting:
        yield from _claim("considered", unfitting.claim)
        for part in unfitting.failed:
            yield _indented(_labelled("does not fit", part), 2)


def _missing(rule: RuleView) -> Iterable[RenderableType]:
    for number, chosen in enumerate(rule.missing):
        yield _labelled("missing" if number == 0 else "or     ", _together(chosen, rule.standard))
        for item in chosen:
            for definition in item.definitions:
                yield _indented(_labelled("that is", definition), 2)
            if item.documents:
                yield _indented(_labelled("carried by", ", ".join(item.documents)), 2)
    if not rule.missing_is_whole:
        yield _text("There are further ways, which are not listed.", "dim")


def _together(chosen: tuple[MissingView, ...], standard: str) -> str:
    return "; and ".join(item.text for item in chosen) + f", shown to {standard}"


def _claim(label: str, claim: ClaimView) -> Iterable[RenderableType]:
    yield _labelled(label, f"{claim.fact} {claim.says}")
    holds = f"; holds {claim.holds}" if claim.holds else ""
    place = f", {claim.place}" if claim.place else ""
    yield _indented(_text(f"weight {claim.weight}; {claim.source}{place}{holds}; claim {claim.id}", "dim"), 2)


def _document(document: DocumentView) -> Iterable[RenderableType]:
    yield _labelled(
        document.id, f"{document.title}. {document.publisher}, {document.published} ({document.status})"
    )
