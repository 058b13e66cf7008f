"""What a comparison of packages shows, as plain values that a form can print; the same for text and Markdown.

Not a computation: everything was found before; here it gets its words and its order.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from adjudge.answers.claims import says_text
from adjudge.answers.dates import instant_text
from adjudge.answers.words import (
    KINDS,
    MEASURES,
    RULE_KINDS,
    VERDICT_WORDS,
    WEIGHTS,
    pair_text,
    role_text,
    weight_text,
)
from adjudge.basis.ids import ClaimId, RuleId
from adjudge.basis.reading.json_text import Plain
from adjudge.basis.said import Country, Said, say
from adjudge.basis.weight import STANDARDS
from adjudge.changes.change import Aspect, Change, Defined, DefinitionChange, RuleChange, Status
from adjudge.changes.difference import Difference
from adjudge.changes.effect import Effect, EffectKind
from adjudge.changes.marking import Piece, marked
from adjudge.changes.witness import Shown, Witness
from adjudge.facts.value import decimal_text
from adjudge.facts.vocabulary import Kind
from adjudge.language.package import MeasureKind, Package, RuleKind
from adjudge.outcome import Outcome
from adjudge.tongues.tongue import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """One change: what changed, and from what to what; a condition and a text as one text with marks."""

    label: str
    old: str = ""
    new: str = ""
    pieces: tuple[Piece, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessView:
    """A case: what it means, when and where it is asked, its claims, and what each side says of it."""

    meaning: tuple[str, ...]
    shows: str
    question: str
    claims: tuple[str, ...]
    old: str
    new: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """A rule that differs."""

    id: str
    title: str
    status: Status
    heading: str
    changes: tuple[ChangeView, ...]
    witnesses: tuple[WitnessView, ...]
    unshown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionView:
    """A list, parameter, fact or tree of codes that differs."""

    name: str
    heading: str
    change: ChangeView
    read_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceView:
    """The whole comparison."""

    old: str
    new: str
    rules: tuple[RuleView, ...]
    definitions: tuple[DefinitionView, ...]
    summary: str
    verdict: str


def differences_view(found: Difference, tongue: Tongue) -> DifferenceView:
    """What to show of a comparison."""
    compared = found.compared
    chosen = compared.definitions if found.rule is None else ()
    return DifferenceView(
        old=_package_text(compared.old, tongue),
        new=_package_text(compared.new, tongue),
        rules=tuple(_rule(shown, tongue, searched=found.searched) for shown in found.rules),
        definitions=tuple(_definition(item, tongue) for item in chosen),
        summary=_summary(found, tongue),
        verdict="" if found.differs_in_meaning else tongue("Nothing differs in meaning."),
    )


def _package_text(package: Package, tongue: Tongue) -> str:
    return tongue(
        "{package} {version}, published {day}",
        package=str(package.id),
        version=package.version,
        day=tongue.day(package.published_at),
    )


def _summary(found: Difference, tongue: Tongue) -> str:
    """`1 rule added, 2 rules removed, ...`: each count a phrase of its own."""
    counts = [
        tongue.plural("{count} rule added", "{count} rules added", found.count(Status.ADDED)),
        tongue.plural("{count} rule removed", "{count} rules removed", found.count(Status.REMOVED)),
        tongue.plural(
            "{count} rule changed in meaning", "{count} rules changed in meaning", found.count(Status.CHANGED)
        ),
        tongue.plural(
            "{count} rule changed in texts only",
            "{count} rules changed in texts only",
            found.count(Status.TEXTS),
        ),
    ]
    return tongue.listed(counts)


# rules

_STATUSES = {
    Status.ADDED: say("added"),
    Status.REMOVED: say("removed"),
    Status.CHANGED: say("changed in meaning"),
    Status.TEXTS: say("texts only"),
}
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
_DEFINED = {
    Defined.LIST: say("list"),
    Defined.PARAM: say("parameter"),
    Defined.FACT: say("fact"),
    Defined.TAXONOMY: say("taxonomy"),
}
_ON_UNPROVEN = {
    "nothing": say("nothing follows"),
    "request_evidence": say("evidence is asked for"),
    "refer": say("a person decides"),
}
_DECIDED_BY = {"person": say("a person"), "automation": say("automation")}


def _rule(shown: Shown, tongue: Tongue, *, searched: bool) -> RuleView:
    change = shown.change
    rule = change.new or change.old
    changes = _one_sided(change, tongue) if change.status in {Status.ADDED, Status.REMOVED} else ()
    return RuleView(
        id=change.id,
        title=tongue.text(rule.title) if rule else "",
        status=change.status,
        heading=tongue.of(_STATUSES[change.status]),
        changes=tuple(changes) or tuple(view for item in change.changes for view in _change(item, tongue)),
        witnesses=tuple(_witness(item, change, tongue) for item in shown.witnesses),
        unshown=tuple(_unshown(shown, tongue)) if searched else (),
    )


def _one_sided(change: RuleChange, tongue: Tongue) -> Iterator[ChangeView]:
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


def _change(change: Change, tongue: Tongue) -> Iterator[ChangeView]:
    match change.aspect:
        case Aspect.WHEN | Aspect.UNLESS_WHEN:
            pieces = marked(str(change.old), str(change.new))
            note = (
                tongue("The two are proven to weigh alike, whatever the claims.")
                if change.same_meaning
                else ""
            )
            yield ChangeView(label=_label(change, tongue), pieces=pieces, note=note)
        case Aspect.TITLE | Aspect.EXPLANATION | Aspect.UNLESS_TITLE:
            yield from _texts(change, tongue)
        case Aspect.UNLESS:
            yield ChangeView(
                label=_label(change, tongue),
                old=_exception_form(change.old, tongue),
                new=_exception_form(change.new, tongue),
            )
        case Aspect.LIST | Aspect.PARAM | Aspect.FACT | Aspect.TAXONOMY:
            yield ChangeView(
                label=_label(change, tongue), note=tongue("The rule reads it, and it changed: see below.")
            )
        case aspect:
            yield ChangeView(
                label=_label(change, tongue),
                old=_plain_text(aspect, change.old, tongue),
                new=_plain_text(aspect, change.new, tongue),
            )


def _label(change: Change, tongue: Tongue) -> str:
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
            label = tongue("{what} ({language})", what=_label(change, tongue), language=code)
            yield ChangeView(label=label, pieces=marked(before, after))


def _exception_form(form: Plain, tongue: Tongue) -> str:
    if not isinstance(form, dict):
        return ""
    return _exception_text(str(form["when"]), str(form["standard"]), tongue)


def _exception_text(when: str, standard: str, tongue: Tongue) -> str:
    word = WEIGHTS[STANDARDS[standard]]
    return tongue("{condition}, shown to the standard {standard}", condition=when, standard=word)


# values


def _plain_text(aspect: Aspect, value: Plain, tongue: Tongue) -> str:
    """A written form in words where there are words for it."""
    if value is None:
        return _absent(aspect, tongue)
    text = value if isinstance(value, str) else ""
    match aspect:
        case Aspect.STANDARD | Aspect.UNLESS_STANDARD:
            return tongue.of(WEIGHTS[STANDARDS[text]])
        case Aspect.KIND:
            return tongue.of(RULE_KINDS[RuleKind(text)])
        case Aspect.SUBJECT:
            return tongue.of(KINDS[Kind(text)])
        case Aspect.MEASURE_KIND:
            return tongue.of(MEASURES[MeasureKind(text)])
        case Aspect.ON_UNPROVEN:
            return tongue.of(_ON_UNPROVEN[text])
        case Aspect.DECIDED_BY:
            return tongue.of(_DECIDED_BY[text])
        case Aspect.TERRITORY | Aspect.MEASURE_TERRITORY:
            return _territory_text(value, tongue)
        case Aspect.REVIEW:
            roles = value if isinstance(value, list) else []
            return tongue.listed(role_text(str(role), tongue) for role in roles)
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


def _territory_text(value: Plain, tongue: Tongue) -> str:
    if not isinstance(value, list):
        return tongue("worldwide")
    return tongue.listed(tongue.country(str(code)) for code in value)


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


# cases


def _witness(found: Witness, change: RuleChange, tongue: Tongue) -> WitnessView:
    several = len(change.altering) > 1
    labels = [_label(item, tongue) for item in found.shows if item.aspect is not Aspect.RULE]
    return WitnessView(
        meaning=tuple(_meaning(effect, found, change, tongue) for effect in found.effects),
        shows=tongue("Shows the change of: {changes}", changes=tongue.listed(labels))
        if several and labels
        else "",
        question=_question(found, tongue),
        claims=tuple(_claims(found, tongue)),
        old=_said_of(change.id, found.old, tongue, has_rule=change.old is not None),
        new=_said_of(change.id, found.new, tongue, has_rule=change.new is not None),
        notes=tuple(_notes(found, tongue)),
    )


def _meaning(effect: Effect, found: Witness, change: RuleChange, tongue: Tongue) -> str:
    other = str(effect.other or "")
    match effect.kind:
        case EffectKind.REACHED:
            if change.old is None:
                return tongue("Newly reached: this case meets the rule, which was not there before.")
            return tongue("Newly reached: this case meets the rule now and did not before.")
        case EffectKind.RELEASED:
            if change.new is None:
                return tongue("No longer reached: this case met the rule, which is not there now.")
            return tongue("No longer reached: this case met the rule before and does not now.")
        case EffectKind.VERDICT:
            return tongue("Another verdict, although this case meets the rule neither before nor now.")
        case EffectKind.MEASURE:
            return _measures_text(found, tongue)
        case EffectKind.OTHER_LIFTED:
            return tongue("The measure of the rule {rule} no longer applies in this case.", rule=other)
        case EffectKind.OTHER_APPLIES:
            return tongue("The measure of the rule {rule} applies in this case now.", rule=other)
        case EffectKind.REFERRED:
            return tongue("This case goes to a person now and did not before.")
        case EffectKind.NOT_REFERRED:
            return tongue("This case went to a person before and does not now.")


def _measures_text(found: Witness, tongue: Tongue) -> str:
    before, after = (dict(outcome.measures).get(found.rule) for outcome in (found.old, found.new))
    return tongue(
        "This case meets the rule before and now; its measure was {before} and is {after}.",
        before=MEASURES[before] if before else say("none"),
        after=MEASURES[after] if after else say("none"),
    )


def _question(found: Witness, tongue: Tongue) -> str:
    at = instant_text(found.scene.valid_at, tongue)
    kind = KINDS[found.scene.kind]
    if found.scene.territory is None:
        return tongue("{subject}, as of {instant}", subject=kind, instant=at)
    return tongue(
        "{subject}, as of {instant}, in {country}",
        subject=kind,
        instant=at,
        country=Country(found.scene.territory),
    )


def _claims(found: Witness, tongue: Tongue) -> Iterator[str]:
    if not found.claims:
        yield tongue("no claim at all")
    for claim in found.claims:
        yield tongue(
            "{fact} {says} (weight {weight})",
            fact=str(claim.fact),
            says=says_text(claim, tongue),
            weight=weight_text(claim.weight, tongue),
        )


def _said_of(rule: RuleId, outcome: Outcome, tongue: Tongue, *, has_rule: bool) -> str:
    found = outcome.of(rule)
    if found is None:
        return tongue("the rule does not apply") if has_rule else tongue("there is no such rule")
    verdict, pair = VERDICT_WORDS[found.verdict], pair_text(found.pair, tongue)
    if outcome.referred:
        return tongue("{verdict} ({pair}); a person must decide", verdict=verdict, pair=pair)
    return tongue("{verdict} ({pair})", verdict=verdict, pair=pair)


def _notes(found: Witness, tongue: Tongue) -> Iterator[str]:
    by_id = {claim.id: str(claim.fact) for claim in found.claims}

    def facts(ids: tuple[ClaimId, ...]) -> str:
        return tongue.listed(dict.fromkeys(by_id[name] for name in ids))

    if found.unsayable_old:
        names = facts(found.unsayable_old)
        yield tongue("The vocabulary before cannot hold what is claimed of {facts}.", facts=names)
    if found.unsayable_new:
        names = facts(found.unsayable_new)
        yield tongue("The vocabulary now cannot hold what is claimed of {facts}.", facts=names)


def _unshown(shown: Shown, tongue: Tongue) -> Iterator[str]:
    alone = len(shown.change.altering) == 1
    for item in shown.unshown:
        if alone or item.aspect is Aspect.RULE:
            yield tongue.plural(
                "No case was found that tells them apart within {count} try.",
                "No case was found that tells them apart within {count} tries.",
                shown.tries,
            )
        else:
            yield tongue.plural(
                "No case was found that shows the change of {what} by itself within {count} try.",
                "No case was found that shows the change of {what} by itself within {count} tries.",
                shown.tries,
                what=_label(item, tongue),
            )


# definitions


def _definition(item: DefinitionChange, tongue: Tongue) -> DefinitionView:
    return DefinitionView(
        name=item.name,
        heading=_definition_heading(item, tongue),
        change=_definition_change(item, tongue),
        read_by=tongue("Read by: {rules}", rules=tongue.listed(item.read_by)) if item.read_by else "",
    )


def _definition_heading(item: DefinitionChange, tongue: Tongue) -> str:
    what = _DEFINED[item.what]
    if item.old is None:
        return tongue("{what} {name}: added", what=what, name=item.name)
    if item.new is None:
        return tongue("{what} {name}: removed", what=what, name=item.name)
    return tongue("{what} {name}: changed", what=what, name=item.name)


def _definition_change(item: DefinitionChange, tongue: Tongue) -> ChangeView:
    old, new = flat_text(item.old), flat_text(item.new)
    label = tongue("entries") if item.what in {Defined.LIST, Defined.PARAM} else tongue("declared")
    if item.old is None or item.new is None:
        return ChangeView(label=label, old=old, new=new)
    return ChangeView(label=label, pieces=marked(old, new))
