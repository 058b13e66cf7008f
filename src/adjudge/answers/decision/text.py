"""An answer for the terminal: coloured where it is one, plain where it is not, as wide as it is given.

Nothing is said by colour alone. Texts are printed as `Text`, never as markup, since they come from outside.
"""

from collections.abc import Iterable

from rich.box import SIMPLE
from rich.cells import cell_len, set_cell_size
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from adjudge.answers.claims import ClaimView, DocumentView
from adjudge.answers.decision.lines import exception_text, silence_text, together_text
from adjudge.answers.decision.measures import DecisionView, MeasureView
from adjudge.answers.decision.others_text import brief_others, brief_reason, others_lines, reason_lines
from adjudge.answers.decision.view import AnswerView, NoticeView, RuleView, SubjectView
from adjudge.answers.forms.harmless import harmless
from adjudge.answers.forms.screen import screen
from adjudge.answers.notices.examination import ExaminationView
from adjudge.answers.notices.examination_forms import examination_lines, item_line, verdict_line
from adjudge.answers.recourse.view import RecourseView
from adjudge.decisions.adjudicate import Disposition
from adjudge.decisions.words import VERDICT_WORDS
from adjudge.outcome import Verdict
from adjudge.tongues.tongue import Tongue

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


def render_text(
    view: AnswerView, tongue: Tongue, *, width: int, colour: bool, heading: str = "", brief: bool = False
) -> str:
    """The answer as lines of at most `width` columns (at least 40), with ANSI colours or none.

    `tongue` is that of the view. A brief answer leaves out the notice, the documents, and what is known of rules that
    are not met, but for the records that were considered and do not fit.
    """
    items = _brief(view, heading, tongue) if brief else _answer(view, heading, tongue)
    return screen(items, width=width, colour=colour)


def _text(text: str, style: str = "") -> Text:
    return Text(harmless(text), style=style)


def _indented(item: RenderableType, columns: int) -> Padding:
    return Padding(item, (0, 0, 0, columns))


def _labelled(label: str, text: str, style: str = "") -> Table:
    """A label and its text, which wraps beside it."""
    return _rows([(label, _text(text, style))])


def _rows(rows: Iterable[tuple[str, Text]]) -> Table:
    """Labels and their texts below each other; the texts begin in one column, however long the labels are."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(ratio=1)
    for label, text in rows:
        grid.add_row(label, text)
    return grid


def _brief(view: AnswerView, heading: str, tongue: Tongue) -> Iterable[RenderableType]:
    yield _text(heading or view.title, "bold")
    asked = tongue(
        "{as_of}; territory {territory}; policy {package}; {counts}",
        as_of=view.as_of,
        territory=view.territory,
        package=view.package,
        counts=view.counts,
    )
    yield _labelled(tongue("as of"), asked)
    for subject in view.subjects:
        yield ""
        yield from _heading(subject, tongue)
        yield from _decision(subject.decision, tongue)
        yield _rules(subject.rules, tongue)
        for rule in subject.rules:
            yield from _brief_details(rule, tongue)
        if subject.recourse:
            yield from _brief_recourse(subject.recourse, tongue)
        if subject.others:
            yield from brief_others(subject.others, tongue)
    if view.reason:
        yield ""
        yield from brief_reason(view.reason, tongue)
    if view.examination:
        yield ""
        yield from _brief_examination(view.examination, tongue)


def _brief_examination(view: ExaminationView, tongue: Tongue) -> Iterable[RenderableType]:
    """The verdict on the notice and a line for each defect."""
    yield _text(tongue("The notice as a statement of reasons"), "bold underline")
    yield verdict_line(view)
    for item in view.items:
        if item.status.is_defect:
            yield item_line(item)


def _brief_details(rule: RuleView, tongue: Tongue) -> Iterable[RenderableType]:
    if rule.verdict is Verdict.MET:
        yield _text(tongue("{rule}: why", rule=rule.id), "bold")
        yield from (_indented(detail, 2) for detail in _details(rule, tongue))
    elif rule.unfitting:
        yield _text(tongue("{rule}: considered, and why it does not fit", rule=rule.id), "bold")
        for unfitting in rule.unfitting:
            failed = tongue.parted(unfitting.failed) or tongue("the condition as a whole")
            line = tongue("{source}: fails {parts}", source=unfitting.claim.source, parts=failed)
            yield _indented(_labelled("-", line), 2)


def _answer(view: AnswerView, heading: str, tongue: Tongue) -> Iterable[RenderableType]:
    yield _text(heading or view.title, "bold")
    yield _rows(_question(view, tongue))
    for subject in view.subjects:
        yield ""
        yield from _subject(subject, tongue)
    if view.notice:
        yield ""
        yield from _notice(view.notice, tongue)
    if view.reason:
        yield from reason_lines(view.reason, tongue)
    if view.examination:
        yield ""
        yield from _examination(view.examination, tongue)
    yield ""
    yield _text(tongue("Documents"), "bold underline")
    for document in view.documents:
        yield _document(document)


def _question(view: AnswerView, tongue: Tongue) -> Iterable[tuple[str, Text]]:
    asked = tongue("{as_of}, with what was known at {known_at}", as_of=view.as_of, known_at=view.known_at)
    policy = tongue("{package}, published {published}", package=view.package, published=view.published)
    yield tongue("as of"), _text(asked)
    yield tongue("territory"), _text(view.territory)
    yield tongue("policy"), _text(policy)
    yield tongue("digest"), _text(view.digest)
    yield tongue("claims"), _text(view.counts)


def _notice(notice: NoticeView, tongue: Tongue) -> Iterable[RenderableType]:
    yield _text(tongue("What was sent (paraphrase)"), "bold underline")
    signed = tongue("signed") if notice.signed else tongue("unsigned")
    yield _labelled(tongue("from"), f"{notice.sender}, {notice.sent}, {signed}")
    yield _indented(_text(notice.text, "italic"), 2)


def _examination(view: ExaminationView, tongue: Tongue) -> Iterable[RenderableType]:
    yield _text(tongue("The notice as a statement of reasons"), "bold underline")
    yield from examination_lines(view, tongue)


def _subject(subject: SubjectView, tongue: Tongue) -> Iterable[RenderableType]:
    yield from _heading(subject, tongue)
    yield from _decision(subject.decision, tongue)
    yield _rules(subject.rules, tongue)
    for rule in subject.rules:
        yield _text(tongue("{rule}: {title}", rule=rule.id, title=rule.title), "bold")
        word = VERDICT_WORDS[rule.verdict]
        verdict = tongue("{verdict}: {meaning}", verdict=word, meaning=rule.verdict_text)
        yield _indented(_text(verdict, _STYLES[rule.verdict]), 2)
        yield _indented(_labelled(tongue("{kind} under", kind=rule.kind), rule.ground), 2)
        yield _indented(_labelled(tongue("when"), rule.condition), 2)
        yield from (_indented(detail, 2) for detail in _details(rule, tongue))
    if subject.recourse:
        yield from _recourse(subject.recourse, tongue)
    if subject.others:
        yield from others_lines(subject.others, tongue)


def _recourse(view: RecourseView, tongue: Tongue) -> Iterable[RenderableType]:
    """The ways in groups, and what holds of the whole."""
    yield _text(tongue("What would change it"), "bold")
    for group in view.groups:
        yield _indented(_text(group.heading), 2)
        for number, way in enumerate(group.ways, start=1):
            yield _indented(_text(f"{number}. {way.cost}"), 4)
            for step in way.steps:
                yield _indented(_labelled("-", step.text), 7)
                details = (step.who, step.purpose, step.documents)
                yield from (_indented(_text(detail, "dim"), 9) for detail in details if detail)
            yield from (_indented(_labelled("→", text), 7) for text in way.after)
        if group.more:
            yield _indented(_text(group.more, "dim"), 4)
    yield from (_indented(_text(note, "dim"), 2) for note in view.notes)
    yield from (_indented(_labelled("-", text), 4) for text in view.turning)


def _brief_recourse(view: RecourseView, tongue: Tongue) -> Iterable[RenderableType]:
    """The cheapest way of each group."""
    yield _text(tongue("What would change it"), "bold")
    for group in view.groups:
        for way in group.ways[:1]:
            yield _indented(_text(group.heading), 2)
            yield from (_indented(_labelled("-", step.text), 4) for step in way.steps)
    if view.turning:
        yield from (_indented(_text(note), 2) for note in view.notes[:1])


def _heading(subject: SubjectView, tongue: Tongue) -> Iterable[RenderableType]:
    title = tongue("{title} (hypothetical)", title=subject.title) if subject.hypothetical else subject.title
    yield _text(title, "bold underline")
    yield _text(f"{subject.kind} {subject.id}", "dim")


def _decision(decision: DecisionView, tongue: Tongue) -> Iterable[RenderableType]:
    yield _text(f" {decision.headline.upper()} ", _HEADLINES[decision.disposition])
    for measure in decision.measures:
        yield _rows(_measure(measure, tongue))
    for reason in decision.by_person:
        yield _labelled(tongue("a person decides, for"), reason)
    for title in decision.evidence_wanted:
        yield _labelled(tongue("evidence is wanted on"), title)


def _measure(measure: MeasureView, tongue: Tongue) -> Iterable[tuple[str, Text]]:
    what = tongue(
        "{measure}, by `{rule}`: {title}", measure=measure.kind, rule=measure.rule, title=measure.rule_title
    )
    lasting = tongue("from {start}, {duration}", start=measure.start, duration=measure.duration)
    yield tongue("measure"), _text(what, "bold")
    yield tongue("territory"), _text(measure.territory)
    yield tongue("surfaces"), _text(measure.surfaces)
    yield tongue("duration"), _text(lasting)
    if measure.cure:
        yield tongue("cure"), _text(tongue("{days} to put it right first", days=measure.cure))


def _rules(rules: tuple[RuleView, ...], tongue: Tongue) -> RenderableType:
    if not rules:
        return _text(tongue("No rule in force concerns this subject here."), "dim")
    table = Table(box=SIMPLE, pad_edge=False, show_edge=False, expand=False)
    for name in (tongue("rule in force"), tongue("verdict"), tongue("standard")):
        table.add_column(name)
    table.add_column(tongue("for"), justify="right")
    table.add_column(tongue("against"), justify="right")
    for rule in rules:
        verdict = _text(tongue.of(VERDICT_WORDS[rule.verdict]), _STYLES[rule.verdict])
        table.add_row(_text(rule.id), verdict, rule.standard, str(rule.for_), str(rule.against))
    return table


def _details(rule: RuleView, tongue: Tongue) -> Iterable[RenderableType]:
    yield from _claims(rule, tongue)
    for name in rule.silent:
        yield _labelled(tongue("record"), silence_text(f"`{name}`", tongue))
    for unless in rule.unless:
        yield _labelled(tongue("exception"), exception_text(unless, tongue))
    yield from _missing(rule, tongue)
    for failure in rule.failures:
        yield _labelled(tongue("error"), failure, "bold yellow")


def _claims(rule: RuleView, tongue: Tongue) -> Iterable[RenderableType]:
    for claim in rule.grounds:
        yield from _claim(tongue("ground"), claim, tongue)
    if rule.grounds and not rule.grounds_are_smallest:
        yield _text(tongue("A smaller set of grounds may exist; the search was cut off."), "dim")
    if rule.verdict is not Verdict.MET:
        for claim in rule.supporting:
            yield from _claim(tongue("for"), claim, tongue)
    for contrary in rule.contrary:
        yield from _claim(tongue("against"), contrary.claim, tongue)
        yield _indented(_labelled(tongue("answer"), contrary.answer), 2)
    for unfitting in rule.unfitting:
        yield from _claim(tongue("considered"), unfitting.claim, tongue)
        for part in unfitting.failed:
            yield _indented(_labelled(tongue("does not fit"), part), 2)


def _missing(rule: RuleView, tongue: Tongue) -> Iterable[RenderableType]:
    first, other = tongue("missing"), tongue("or")
    width = max(cell_len(first), cell_len(other))
    for number, chosen in enumerate(rule.missing):
        label = set_cell_size(other if number else first, width)
        yield _labelled(label, together_text((item.text for item in chosen), rule.standard, tongue))
        for item in chosen:
            for definition in item.definitions:
                yield _indented(_labelled(tongue("that is"), definition), 2)
            if item.documents:
                yield _indented(_labelled(tongue("carried by"), ", ".join(item.documents)), 2)
    if not rule.missing_is_whole:
        yield _text(tongue("There are further ways, which are not listed."), "dim")


def _claim(label: str, claim: ClaimView, tongue: Tongue) -> Iterable[RenderableType]:
    yield _labelled(label, f"{claim.fact} {claim.says}")
    source = f"{claim.source}, {claim.place}" if claim.place else claim.source
    weight, name = tongue("weight {weight}", weight=claim.weight), tongue("claim {claim}", claim=claim.id)
    parts = (weight, source, claim.holds, name)
    yield _indented(_text(tongue.parted(part for part in parts if part), "dim"), 2)


def _document(document: DocumentView) -> RenderableType:
    return _labelled(
        document.id, f"{document.title}. {document.publisher}, {document.published} ({document.status})"
    )
