"""Like cases that come apart: subjects for whom every leaf of a rule has the same pair, treated unlike.

LANGUAGE.md 6.4. What counts as treatment is the rule's own: whether its measure applies under each version, and whether
a measure by it is on record. Subjects of whom nothing is known under a rule are alike in nothing, and are left out.
"""

from dataclasses import replace

from adjudge.backtest.model import LikeGroup, cell
from adjudge.backtest.outcomes import OutcomeClass, Outcomes
from adjudge.backtest.question import Question, in_effect
from adjudge.backtest.setting import Classes
from adjudge.backtest.tables import Tables
from adjudge.basis.ids import RuleId
from adjudge.basis.weight import NOTHING_KNOWN, Pair
from adjudge.facts.vocabulary import Kind
from adjudge.language.core import Condition, leaves
from adjudge.language.package import WORLDWIDE, Rule, Written

MOST = 200
"""Groups that are told, those with the most that change first."""


def like_cases(question: Question, tables: Tables, outcomes: Outcomes) -> tuple[tuple[LikeGroup, ...], int]:
    """The groups that are treated unlike, and how many more there are; the table `like_member (grp, row)`."""
    rules = question.rules(question.new)
    parts, package = _parts(rules), in_effect(question.new.package, question.known_at)
    classes = outcomes(
        replace(package, rules=tuple(parts.values())), tables, "leaf_class", territory=None, pairs=True
    )
    _make_groups(tables, rules, parts, classes)
    _make_applied(question, tables)
    found = tables.run(_GROUPS, most=MOST)
    total = tables.run("SELECT count(*) FROM like_group")[0][0]
    tables.run(
        "CREATE TABLE like_member AS SELECT g.number AS grp, m.rule, m.row, m.old, m.new, m.recorded, m.decided "
        "FROM like_group g JOIN member m USING (rule, grp) WHERE g.number <= $most",
        most=MOST,
    )
    return tuple(_group(*row) for row in found), max(0, total - MOST)


def _parts(rules: tuple[Rule, ...]) -> dict[tuple[Kind, Condition], Rule]:
    """Every distinct leaf as a rule of its own, so that an engine tells its pair."""
    known: dict[tuple[Kind, Condition], Rule] = {}
    for rule in rules:
        for written in rule.conditions:
            for leaf in leaves(written.core):
                known.setdefault((rule.subject, leaf), _as_rule(rule, written, leaf, len(known)))
    return known


def _as_rule(rule: Rule, written: Written, leaf: Condition, number: int) -> Rule:
    return replace(
        rule,
        id=RuleId(f"leaf-{number}"),
        when=replace(written, core=leaf),
        unless=(),
        overrides=(),
        exempts=(),
        territory=WORLDWIDE,
    )


def _make_groups(
    tables: Tables,
    rules: tuple[Rule, ...],
    parts: dict[tuple[Kind, Condition], Rule],
    classes: Classes,
) -> None:
    """The table `alike (class, rule, grp)`: to which group of each rule a class of leaves belongs."""
    rows: list[tuple[int, str, int]] = []
    for rule in rules:
        own = [parts[rule.subject, leaf].id for written in rule.conditions for leaf in leaves(written.core)]
        groups: dict[tuple[Pair, ...], int] = {}
        for number, found in enumerate(classes):
            signature = _signature(found, own) if found.kind is rule.subject else ()
            if any(pair != NOTHING_KNOWN for pair in signature):
                rows.append((number, rule.id, groups.setdefault(signature, len(groups))))
    tables.run("CREATE TABLE alike (class INTEGER, rule VARCHAR, grp INTEGER)")
    tables.fill("alike", *(list(column) for column in zip(*rows, strict=True)))


def _signature(found: OutcomeClass, own: list[RuleId]) -> tuple[Pair, ...]:
    pairs = {rule: pair for (rule, _), pair in zip(found.rules, found.pairs, strict=True)}
    return tuple(pairs[name] for name in own)


def _make_applied(question: Question, tables: Tables) -> None:
    """The table `member`: everybody in the groups, with what the rule does there; and `like_group`."""
    del question
    for name in ("old", "new"):
        tables.run(
            f"CREATE TABLE applied_{name} AS SELECT DISTINCT pair, unnest({name}_rules) AS rule FROM pairs"  # noqa: S608 - ours
        )
    tables.run(
        "CREATE TABLE member AS SELECT a.rule, a.grp, l.row, o.pair IS NOT NULL AS old, n.pair IS NOT NULL AS new, "
        "r.row IS NOT NULL AS recorded, d.row IS NOT NULL AS decided, e.differs "
        "FROM leaf_class l JOIN alike a USING (class) JOIN everyone e USING (row) "
        "LEFT JOIN applied_old o ON o.pair = e.pair AND o.rule = a.rule "
        "LEFT JOIN applied_new n ON n.pair = e.pair AND n.rule = a.rule "
        "LEFT JOIN (SELECT DISTINCT row, rule FROM standing) r ON r.row = l.row AND r.rule = a.rule "
        "LEFT JOIN decided d ON d.row = l.row"
    )
    tables.run(
        "CREATE TABLE like_group AS SELECT CAST(row_number() OVER (ORDER BY changed DESC, members DESC, rule, first) "
        "AS INTEGER) AS number, * FROM (SELECT rule, grp, count(*) AS members, min(row) AS first, "
        "count(*) FILTER (old) AS old, count(*) FILTER (new) AS new, count(*) FILTER (recorded) AS with_, "
        "count(*) FILTER (decided AND NOT recorded) AS without, count(*) FILTER (differs) AS changed "
        "FROM member GROUP BY rule, grp) WHERE 0 < old AND old < members OR 0 < new AND new < members "
        "OR with_ > 0 AND without > 0"
    )


_GROUPS = (
    "SELECT number, rule, members, old, new, with_ AS recorded_with, without AS recorded_without, changed "
    "FROM like_group WHERE number <= $most ORDER BY number"
)
_COUNTS = ("members", "old", "new", "recorded_with", "recorded_without", "changed")


def _group(number: int, rule: str, *counts: int) -> LikeGroup:
    told = dict(zip(_COUNTS, counts, strict=True))
    return LikeGroup(number=number, rule=RuleId(rule), cell=cell(group=str(number)), **told)
