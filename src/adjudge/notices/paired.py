"""The grounds that a notice cites and the rules that it explains, against each other and against those that apply.

Each explanation must have its ground and each ground its explanation, and of no rule whose measure applies may either
be missing: a right clause beside another rule explains nothing. DSA Art. 17(3)(d) and (e).
"""

from collections.abc import Iterable, Sequence

from adjudge.basis.problem import quoted
from adjudge.basis.said import Said, say
from adjudge.evidence.notice import Element, Passage
from adjudge.language.package import Rule
from adjudge.notices.background import Background
from adjudge.notices.pointers import grounds_of
from adjudge.notices.stated import Doubts


def doubts_of_grounds(passages: Sequence[Passage], known: Background) -> Doubts:
    """What of the grounds and the explanations does not hold together; nothing where one of both is missing whole."""
    cited = [p for p in passages if p.element is Element.GROUND]
    explained = [p for p in passages if p.element is Element.EXPLANATION]
    found: Doubts = {}
    if cited and explained:
        for passage, doubt in _doubts(cited, explained, known):
            found.setdefault(passage.element, (passage, doubt))
    return found


def _doubts(
    cited: Sequence[Passage], explained: Sequence[Passage], known: Background
) -> Iterable[tuple[Passage, Said]]:
    clauses = {ground for passage in cited for ground in grounds_of(passage.pointer)}
    rules = {p.pointer.rule: p for p in explained if p.pointer.rule is not None}
    resting = {_ground(known.rules[name]) for name in rules if name in known.rules}
    for name, passage in rules.items():
        if name in known.rules and _ground(known.rules[name]) not in clauses:
            yield passage, _uncited(known.rules[name])
    for passage in cited:
        for ground in grounds_of(passage.pointer):
            if ground not in resting:
                yield passage, say("no rule that is explained rests on {clause}", clause=quoted(ground[1]))
    for rule in known.grounds:
        if rule.id not in rules:
            left_out = say("it leaves out the rule {rule}, whose measure applies", rule=quoted(rule.id))
            yield explained[0], left_out
        if _ground(rule) not in clauses:
            yield cited[0], _uncited(rule)


def _ground(rule: Rule) -> tuple[str, str]:
    return rule.ground.source, rule.ground.clause


def _uncited(rule: Rule) -> Said:
    return say(
        "the ground of the rule {rule} is not cited: {clause}",
        rule=quoted(rule.id),
        clause=quoted(rule.ground.clause),
    )
