"""Everybody before and after, side by side: the tables `everyone` and `changed`, from which all is counted."""

from adjudge.backtest.dimensions import NOTHING, UNKNOWN
from adjudge.backtest.outcomes import OutcomeClass, Outcomes
from adjudge.backtest.pairing import Pairing, pairing
from adjudge.backtest.question import Question, in_effect
from adjudge.backtest.tables import Tables

Classes = tuple[OutcomeClass, ...]


def set_side_by_side(question: Question, tables: Tables, outcomes: Outcomes) -> tuple[Pairing, ...]:
    """Evaluate both versions; the pairs by their numbers, and the tables."""
    classes = [
        outcomes(in_effect(version.package, question.known_at), tables, name, territory=question.territory)
        for version, name in ((question.old, "before"), (question.new, "after"))
    ]
    pairs = _pairs(question, tables, classes[0], classes[1])
    _make_everyone(tables)
    return pairs


def _pairs(question: Question, tables: Tables, before: Classes, after: Classes) -> tuple[Pairing, ...]:
    old = {rule.id: rule for rule in question.rules(question.old)}
    new = {rule.id: rule for rule in question.rules(question.new)}
    rows = tables.run(
        "SELECT b.class, a.class FROM before b JOIN after a USING (row) GROUP BY ALL ORDER BY 1, 2"
    )
    found = tuple(pairing(before[one], after[other], old, new) for one, other in rows)
    tables.run(
        "CREATE TABLE pairs (pair INTEGER, old_class INTEGER, new_class INTEGER, old VARCHAR, new VARCHAR, "
        "change VARCHAR, notice VARCHAR, old_rules VARCHAR[], new_rules VARCHAR[], old_referred BOOLEAN, "
        "new_referred BOOLEAN, alone VARCHAR, categories VARCHAR[], newly_referred BOOLEAN, differs BOOLEAN)"
    )
    tables.fill(
        "pairs",
        list(range(len(found))),
        [one for one, _ in rows],
        [other for _, other in rows],
        *([cell(item) for item in found] for cell in _CELLS),
    )
    return found


_CELLS = (
    lambda item: item.old,
    lambda item: item.new,
    lambda item: item.change.value,
    lambda item: item.owed.value if item.owed is not None else "",
    lambda item: list(item.old_rules),
    lambda item: list(item.new_rules),
    lambda item: item.old_referred,
    lambda item: item.new_referred,
    lambda item: item.alone or "",
    lambda item: list(item.categories),
    lambda item: item.newly_referred,
    lambda item: item.differs,
)


def _make_everyone(tables: Tables) -> None:
    """Everybody with the number of its pair; and those whose outcome differs, with what is told of them."""
    tables.run(
        "CREATE TABLE everyone AS SELECT s.row, s.id, s.kind, s.advertiser, s.owner, p.pair, p.old, p.new, p.change, "  # noqa: S608 - ours
        f"p.old_referred, p.new_referred, p.differs, coalesce(c.country, '{UNKNOWN}') AS country, "
        f"coalesce(z.size, '{NOTHING}') AS size "
        "FROM s JOIN before b USING (row) JOIN after a USING (row) "
        "JOIN pairs p ON p.old_class = b.class AND p.new_class = a.class "
        "LEFT JOIN country c ON c.owner = s.owner LEFT JOIN size z ON z.row = s.row"
    )
    tables.run(
        "CREATE TABLE changed AS SELECT e.*, p.old_rules, p.new_rules, p.alone, p.categories AS category, p.notice, "
        "p.newly_referred FROM everyone e JOIN pairs p USING (pair) WHERE e.differs"
    )
