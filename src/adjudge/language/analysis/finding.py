"""Where a check points, and the problem that it makes there.

Not a check. A package that was read from a sealed file has no spans; its problems then say where in words.
"""

from dataclasses import dataclass

from adjudge.basis.problem import Problem, Severity, quoted
from adjudge.basis.said import Said, say
from adjudge.basis.span import Span
from adjudge.language.expression.syntax import Place
from adjudge.language.package import Entry, Rule, RuleKind, Written


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file, or words for it where there is no file."""

    span: Span | None
    where: str


def in_condition(rule: Rule, written: Written, place: Place) -> Spot:
    """A part of a condition."""
    return Spot(written.span_of(_with_brackets(written.text, place)), _within(rule))


def on_condition(rule: Rule, written: Written) -> Spot:
    """A whole condition."""
    return Spot(written.span, _within(rule))


def on_rule(rule: Rule) -> Spot:
    """A rule; its first line is what is shown."""
    return Spot(rule.span, _within(rule))


def _within(rule: Rule) -> Said:
    return say("rule {rule}", rule=rule.id)


def on_entry(name: str, entry: Entry | None) -> Spot:
    """An entry of a dated list or parameter, or what is left of one without entries."""
    return Spot(entry.span if entry else None, name)


def refused(code: str, message: Said, spot: Spot, hint: Said) -> Problem:
    """A problem that refuses the package."""
    return Problem(code=code, message=message, span=spot.span, where=spot.where, hint=hint)


def warning(code: str, message: Said, spot: Spot, hint: Said) -> Problem:
    """A problem that the author should look at."""
    return Problem(
        code=code, message=message, span=spot.span, where=spot.where, hint=hint, severity=Severity.WARNING
    )


def rule_named(rule: Rule) -> Said:
    """A rule with its kind, for the beginning of a message."""
    name = quoted(rule.id)
    match rule.kind:
        case RuleKind.PROHIBITION:
            return say("the prohibition {rule}", rule=name)
        case RuleKind.RESTRICTION:
            return say("the restriction {rule}", rule=name)
        case RuleKind.REQUIREMENT:
            return say("the requirement {rule}", rule=name)
        case RuleKind.EXEMPTION:
            return say("the exemption {rule}", rule=name)


def source_of(written: Written, place: Place) -> str:
    """A part of a condition as written, for a message."""
    longest = 80
    whole = _with_brackets(written.text, place)
    return quoted(" ".join(written.text[whole.start : whole.end].split()), longest)


def _with_brackets(text: str, place: Place) -> Place:
    """The place with the brackets that it cuts: those round its first or last operand are no part of a node's place."""
    start, end = place.start, place.end
    while text.count("(", start, end) > text.count(")", start, end) and text[end:].lstrip().startswith(")"):
        end = text.index(")", end) + 1
    while text.count(")", start, end) > text.count("(", start, end) and text[:start].rstrip().endswith("("):
        start = text.rindex("(", 0, start)
    return Place(start, end)


def with_line(hint: Said, span: Span | None) -> Said:
    """A hint with the line that it is about, where there is one to name."""
    return say("{hint} (line {line})", hint=hint, line=str(span.line)) if span else hint
