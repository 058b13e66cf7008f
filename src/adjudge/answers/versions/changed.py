"""What changed of a rule, in words: what it is called, and from what to what.

Not the cases that show it: those are in `witnesses`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from adjudge.answers.words import KINDS, RULE_KINDS
from adjudge.basis.instant import parse_instant
from adjudge.basis.reading.json_text import Plain
from adjudge.basis.said import Said, say
from adjudge.basis.weight import STANDARDS
from adjudge.changes.change import Aspect, Change, RuleChange
from adjudge.changes.marking import Piece, marked
from adjudge.decisions.words import MEASURES, role_text
from adjudge.evidence.words import WEIGHTS
from adjudge.facts.value import decimal_text
from adjudge.facts.vocabulary import Kind
from adjudge.language.package import MeasureKind, RuleKind
from adjudge.tongues.tongue import Tongue

_LABELS: dict[Aspect, Said] = {
    Aspect.RULE: say("rule"),
    Aspect.KIND: say("kind"),
    Aspect.SUBJECT: say("subject"),
    Aspect.GROUND: say("ground"),
    Aspect.IN_FORCE: say("in force"),
    Aspect.TERRITORY: say("territory"),
    Aspect.WHEN: say("condition"),
    Aspect.STANDARD: say("standard"),
    Aspect.OVERRIDES: say("overrides"),
    Aspect.EXEMPTS: say("exempts"),
    Aspect.MEASURE_KIND: say("measure"),
    Aspect.MEASURE_DETAILS: say("details of the measure"),
    Aspect.MEASURE_SURFACES: say("surfaces of the measure"),
    Aspect.MEASURE_TERRITORY: say("territory of the measure"),
    Aspect.CURE: say("time to cure"),
    Aspect.ON_UNPROVEN: say("where it is short of its standard"),
    Aspect.DECIDED_BY: say("decided by"),
    Aspect.REVIEW: say("signatures"),
    Aspect.CODES: say("codes for exports"),
    Aspect.TITLE: say("title"),
    Aspect.EXPLANATION: say("explanation"),
}
_ON_UNPROVEN = {
    "nothing": say("nothing follows"),
    "request_evidence": say("evidence is asked for"),
    "refer": say("a person decides"),
}
_DECIDED_BY = {"person": say("a person"), "automation": say("automation")}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """One change: what changed, and from what to what; a condition and a text as one text with marks."""

    label: str
    old: str = ""
    new: str = ""
    pieces: tuple[Piece, ...] = ()
    note: str = ""


def one_sided(change: RuleChange, tongue: Tongue) -> Iterator[ChangeView]:
    """What a rule of one side says, in short."""
    rule = change.new or change.old
    form = change.changes[0].new or change.changes[0].old
    if rule is None or not isinstance(form, dict):
        return
    wanted = {
        Aspect.KIND: form.get("kind"),
        Aspect.SUBJECT: form.get("subject"),
        Aspect.IN_FORCE: form.get("in_force"),
        Aspect.TERRITORY: form.get("territory"),
        Aspect.WHEN: form.get("when"),
        Aspect.STANDARD: form.get("standard"),
        Aspect.MEASURE_KIND: rule.measure.kind.value if rule.measure else None,
        Aspect.OVERRIDES: form.get("overrides"),
        Aspect.EXEMPTS: form.get("exempts"),
    }
    for aspect, value in wanted.items():
        if value:
            yield ChangeView(label=tongue.of(_LABELS[aspect]), new=_plain_text(aspect, value, tongue))
    for item in rule.unless:
        label = tongue("exception {name}", name=item.id)
        yield ChangeView(label=label, new=_exception_text(item.when.on_one_line, item.standard.word, tongue))


def change_views(change: Change, tongue: Tongue) -> Iterator[ChangeView]:
    """One change; of texts one line for each language."""
    match change.aspect:
        case Aspect.WHEN | Aspect.UNLESS_WHEN:
            pieces = marked(str(change.old), str(change.new))
            note = (
                tongue("The two are proven to weigh alike, whatever the claims.")
                if change.same_meaning
                else ""
            )
            yield ChangeView(label=label_text(change, tongue), pieces=pieces, note=note)
        case Aspect.TITLE | Aspect.EXPLANATION | Aspect.UNLESS_TITLE:
            yield from _texts(change, tongue)
        case Aspect.UNLESS:
            yield ChangeView(
                label=label_text(change, tongue),
                old=_exception_form(change.old, tongue),
                new=_exception_form(change.new, tongue),
            )
        case Aspect.LIST | Aspect.PARAM | Aspect.FACT | Aspect.TAXONOMY:
            yield ChangeView(
                label=label_text(change, tongue), note=tongue("The rule reads it, and it changed: see below.")
            )
        case aspect:
            yield ChangeView(
                label=label_text(change, tongue),
                old=_plain_text(aspect, change.old, tongue),
                new=_plain_text(aspect, change.new, tongue),
            )


def label_text(change: Change, tongue: Tongue) -> str:
    """What changed, as the beginning of a line."""
    name = change.name
    match change.aspect:
        case Aspect.UNLESS:
            if change.old is None:
                return tongue("exception {name}, added", name=name)
            return tongue("exception {name}, removed", name=name) if change.new is None else name
        case Aspect.UNLESS_WHEN:
            return tongue("condition of the exception {name}", name=name)
        case Aspect.UNLESS_STANDARD:
            return tongue("standard of the exception {name}", name=name)
        case Aspect.UNLESS_TITLE:
            return tongue("title of the exception {name}", name=name)
        case Aspect.LIST:
            return tongue("list {name}", name=name)
        case Aspect.PARAM:
            return tongue("parameter {name}", name=name)
        case Aspect.FACT:
            return tongue("fact {name}", name=name)
        case Aspect.TAXONOMY:
            return tongue("taxonomy {name}", name=name)
        case aspect:
            return tongue.of(_LABELS[aspect])


def _texts(change: Change, tongue: Tongue) -> Iterator[ChangeView]:
    """One line for each language in which the text differs."""
    old = change.old if isinstance(change.old, dict) else {}
    new = change.new if isinstance(change.new, dict) else {}
    for code in sorted(old.keys() | new.keys()):
        before, after = str(old.get(code, "")), str(new.get(code, ""))
        if before != after:
            label = tongue("{what} ({language})", what=label_text(change, tongue), language=code)
            yield ChangeView(label=label, pieces=marked(before, after))


def _exception_form(form: Plain, tongue: Tongue) -> str:
    if not isinstance(form, dict):
        return ""
    return _exception_text(str(form["when"]), str(form["standard"]), tongue)


def _exception_text(when: str, standard: str, tongue: Tongue) -> str:
    word = WEIGHTS[STANDARDS[standard]]
    return tongue("{condition}, shown to the standard {standard}", condition=when, standard=word)


# values


_WORDS: dict[Aspect, Callable[[str], Said]] = {
    Aspect.STANDARD: lambda word: WEIGHTS[STANDARDS[word]],
    Aspect.UNLESS_STANDARD: lambda word: WEIGHTS[STANDARDS[word]],
    Aspect.KIND: lambda word: RULE_KINDS[RuleKind(word)],
    Aspect.SUBJECT: lambda word: KINDS[Kind(word)],
    Aspect.MEASURE_KIND: lambda word: MEASURES[MeasureKind(word)],
    Aspect.ON_UNPROVEN: lambda word: _ON_UNPROVEN[word],
    Aspect.DECIDED_BY: lambda word: _DECIDED_BY[word],
}
"""Keys whose values are words that we know."""


def _plain_text(aspect: Aspect, value: Plain, tongue: Tongue) -> str:
    """A written form in words where there are words for it."""
    if value is None:
        return _absent(aspect, tongue)
    if isinstance(value, str) and aspect in _WORDS:
        return tongue.of(_WORDS[aspect](value))
    items = [str(item) for item in value] if isinstance(value, list) else []
    match aspect:
        case Aspect.IN_FORCE:
            return _interval_text(value, tongue)
        case Aspect.TERRITORY | Aspect.MEASURE_TERRITORY:
            countries = [tongue.country(code) for code in items]
            return tongue.listed(countries) if countries else tongue("worldwide")
        case Aspect.REVIEW:
            return tongue.listed(role_text(role, tongue) for role in items)
        case Aspect.OVERRIDES | Aspect.EXEMPTS | Aspect.MEASURE_SURFACES:
            return tongue.listed(items)
        case _:
            return flat_text(value)


def _absent(aspect: Aspect, tongue: Tongue) -> str:
    match aspect:
        case Aspect.IN_FORCE:
            return tongue("always")
        case Aspect.MEASURE_SURFACES:
            return tongue("all surfaces")
        case _:
            return tongue("none")


def _interval_text(value: Plain, tongue: Tongue) -> str:
    bounds = value if isinstance(value, dict) else {}
    start, end = (parse_instant(str(bounds.get(key, ""))) for key in ("from", "to"))
    if start and end:
        return tongue("from {start} until {end}", start=start, end=end)
    if start:
        return tongue("from {start}", start=start)
    return tongue("until {end}", end=end) if end else tongue("always")


def flat_text(value: Plain) -> str:
    """A written form on one line, as YAML would write it but for its quotes."""
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {flat_text(item)}" for key, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(flat_text(item) for item in value) + "]"
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | str():
            return str(value)
        case _:
            return decimal_text(value)
