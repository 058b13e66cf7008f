"""Like cases that come apart: subjects for whom every leaf of a rule has the same pair, treated unlike.

LANGUAGE.md 6.4. What counts as treatment is the rule's own: whether its measure applies under each version, and whether
a measure by it is on record. Subjects of whom nothing is known under a rule are alike in nothing, and are left out.
"""

from dataclasses import replace

from adjudge.backtest.model import LikeGroup, cell
from adjudge.backtest.outcomes import Outcomes
from adjudge.backtest.question import Question, in_effect
from adjudge.backtest.tables import Tables
from adjudge.basis.ids import RuleId
from adjudge.facts.vocabulary import Kind
from adjudge.language.core import Condition, leaves
from adjudge.language.package import WORLDWIDE, Rule, Written

MOST = 200
"""Groups that are told, those with the most that change first."""


def like_cases(question: Question, tables: Tables, outcomes: Outcomes) -> tuple[tuple[LikeGroup, ...], int]:
    """The groups that are treated unlike, and how many more there are; the table `like_member (grp, row)`."""
    rules = question.rules(question.new)
    parts, package = _parts(rules), in_effect(question.new.package, question.known_at)
    names = outcomes.pairs(replace(package, rules=tuple(parts.values())), tables, "leaf_pair")
    places = {name: f"p{number}" for number, name in enumerate(names)}
    _make_tables(tables)
    columns = {rule.id: _columns(rule, parts, places) for rule in rules}
    for rule in rules:
        if columns[rule.id]:
            _add_groups(tables, rule, columns[rule.id])
    tables.run(
        "CREATE TABLE like_group AS SELECT CAST(row_number() OVER (ORDER BY changed DESC, members DESC, rule, first) "
        "AS INTEGER) AS number, * FROM like_found"
    )
    found = tables.run(_GROUPS, most=MOST)
    told = {str(row[1]) for row in found}
    for rule in rules:
        if rule.id in told:
            _add_members(tables, rule, columns[rule.id])
    total = tables.run("SELECT count(*) FROM like_group")[0][0]
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


def _columns(
    rule: Rule, parts: dict[tuple[Kind, Condition], Rule], places: dict[RuleId, str]
) -> tuple[str, ...]:
    """The columns of the rule's own leaves."""
    own = (parts[rule.subject, leaf].id for written in rule.conditions for leaf in leaves(written.core))
    return tuple(dict.fromkeys(places[name] for name in own))


def _make_tables(tables: Tables) -> None:
    tables.run(
        "CREATE TABLE leaf_of AS SELECT l.*, e.kind, e.pair, e.differs, d.row IS NOT NULL AS decided "
        "FROM leaf_pair l JOIN everyone e USING (row) LEFT JOIN decided d USING (row)"
    )
    tables.run(
        "CREATE TABLE like_found (rule VARCHAR, key VARCHAR, members BIGINT, first INTEGER, old BIGINT, new BIGINT, "
        "with_ BIGINT, without BIGINT, changed BIGINT)"
    )
    tables.run(
        "CREATE TABLE like_member (grp INTEGER, rule VARCHAR, row INTEGER, old BOOLEAN, new BOOLEAN, "
        "recorded BOOLEAN, decided BOOLEAN)"
    )


_TREATED = (
    "l.pair IN (SELECT pair FROM pairs WHERE list_contains(old_rules, $rule)) AS old, "
    "l.pair IN (SELECT pair FROM pairs WHERE list_contains(new_rules, $rule)) AS new, "
    "r.row IS NOT NULL AS recorded FROM leaf_of l "
    "LEFT JOIN (SELECT DISTINCT row FROM standing WHERE rule = $rule) r USING (row)"
)
"""What a rule does to each subject of `leaf_of`, before and after, and whether it did on record."""


def _add_groups(tables: Tables, rule: Rule, columns: tuple[str, ...]) -> None:
    """The groups of a rule of whom some are treated otherwise. Those of whom nothing is known are alike in nothing."""
    own = ", ".join(columns)
    known = " OR ".join(f"{name} <> 0" for name in columns)
    tables.run(
        f"INSERT INTO like_found SELECT $rule, concat_ws('.', {own}), count(*), min(row), "  # noqa: S608 - ours
        "count(*) FILTER (old), count(*) FILTER (new), count(*) FILTER (recorded), "
        "count(*) FILTER (decided AND NOT recorded), count(*) FILTER (differs) "
        f"FROM (SELECT l.*, {_TREATED} WHERE l.kind = $kind AND ({known})) GROUP BY {own} "
        "HAVING count(*) FILTER (old) BETWEEN 1 AND count(*) - 1 OR count(*) FILTER (new) BETWEEN 1 AND count(*) - 1 "
        "OR count(*) FILTER (recorded) > 0 AND count(*) FILTER (decided AND NOT recorded) > 0",
        rule=rule.id,
        kind=rule.subject.value,
    )


def _add_members(tables: Tables, rule: Rule, columns: tuple[str, ...]) -> None:
    own = ", ".join(columns)
    tables.run(
        "INSERT INTO like_member SELECT g.number, g.rule, m.row, m.old, m.new, m.recorded, m.decided "  # noqa: S608 - ours
        f"FROM (SELECT l.row, l.kind, concat_ws('.', {own}) AS key, l.decided, {_TREATED}) m JOIN like_group g "
        "ON g.key = m.key WHERE g.rule = $rule AND g.number <= $most AND m.kind = $kind",
        rule=rule.id,
        most=MOST,
        kind=rule.subject.value,
    )


_GROUPS = (
    "SELECT number, rule, members, old, new, with_ AS recorded_with, without AS recorded_without, changed "
    "FROM like_group WHERE number <= $most ORDER BY number"
)
_COUNTS = ("members", "old", "new", "recorded_with", "recorded_without", "changed")


def _group(number: int, rule: str, *counts: int) -> LikeGroup:
    told = dict(zip(_COUNTS, counts, strict=True))
    return LikeGroup(number=number, rule=RuleId(rule), cell=cell(group=str(number)), **told)
