"""Leaves over one fact as SQL: from `entry` and `closing` to a pair for each subject. LANGUAGE.md 3.2, 3.4-3.6.

Tables that are given beside those: `class_of` (`fact`, `value`, `class`: values that no leaf tells apart), `seen`
(`leaf`, `class`, `truth`: 1 where the value satisfies the leaf, 0 where it does not, 2 where it errs) and `constant`
(`leaf`, `class`: what `==` and `in` compare with). They are of distinct values, which the operators of the language
have looked at: SQL has no RE2 and no checked arithmetic, and need not.
"""

from adjudge.basis.mask import mask_of
from adjudge.engines.bulk.plan import PlannedLeaf
from adjudge.engines.point.weigh import RECORD
from adjudge.facts.type import Simple
from adjudge.facts.vocabulary import Fact
from adjudge.language.core import Atom, Condition, Has, Member, Not, Quantified

NO_WEIGHT = 9
"""Above every weight: the least of nothing."""
SATISFIED, NOT_SATISFIED, ERRS = 1, 0, 2


def pairs_of(leaf: PlannedLeaf, fact: Fact, number: int, constants: int) -> str:
    """A query for `subject`, `pro`, `contra` of all of whom anything is claimed of the fact."""
    match leaf.condition:
        case Atom():
            return _atom(leaf.number, number, _record_of_atom(fact), constants)
        case Has():
            return _has(number, _record(fact))
        case Member():
            return _member(leaf.number, number, _record(fact))
        case Quantified() as quantified:
            return _quantified(quantified, leaf.number, number, _record(fact))


def silence_of(leaf: PlannedLeaf, fact: Fact) -> tuple[int, int]:
    """The pair of whom nothing is claimed of the fact."""
    match leaf.condition:
        case Atom():
            return 0, _record_of_atom(fact)
        case Quantified(every=True):
            return _record(fact), 0
        case _:
            return 0, _record(fact)


def _record(fact: Fact) -> int:
    return RECORD if fact.complete else 0


def _record_of_atom(fact: Fact) -> int:
    """What the silence of a complete record weighs; of a truth value it asserts instead, and goes the general way."""
    return RECORD if fact.complete and fact.type is not Simple.BOOL else 0


def _atom(leaf: int, fact: int, record: int, constants: int) -> str:
    denied_constant = f"WHEN constants = {constants} THEN denied_constant" if constants else ""
    return f"""
SELECT subject, pro, GREATEST(opposed, CASE WHEN strongest < {RECORD} THEN {record} ELSE 0 END,
  CASE WHEN pro > 0 THEN denied {denied_constant} ELSE 0 END) AS contra
FROM (
  SELECT e.subject,
    MAX(CASE WHEN s.truth = {SATISFIED} THEN e.pro ELSE 0 END) AS pro,
    MAX(CASE WHEN s.truth = {NOT_SATISFIED} THEN e.pro ELSE 0 END) AS opposed,
    MIN(CASE WHEN s.truth = {SATISFIED} AND e.pro > 0 THEN e.contra ELSE {NO_WEIGHT} END) AS denied,
    MIN(CASE WHEN c.class IS NOT NULL AND e.contra > 0 THEN e.contra ELSE {NO_WEIGHT} END) AS denied_constant,
    SUM(CASE WHEN c.class IS NOT NULL AND e.contra > 0 THEN 1 ELSE 0 END) AS constants,
    MAX(e.pro) AS strongest
  FROM entry e
  JOIN class_of v ON v.fact = e.fact AND v.value = e.value
  JOIN seen s ON s.leaf = {leaf} AND s.class = v.class
  LEFT JOIN constant c ON c.leaf = {leaf} AND c.class = v.class
  WHERE e.fact = {fact}
  GROUP BY e.subject
) AS summed"""


def _has(fact: int, record: int) -> str:
    return f"""
SELECT subject, pro, CASE
  WHEN pro > 0 THEN GREATEST(least, CASE WHEN pro < {RECORD} THEN {record} ELSE 0 END)
  ELSE GREATEST(closes, {record}) END AS contra
FROM (
  SELECT subject, MAX(pro) AS pro, MAX(closes) AS closes,
    MIN(CASE WHEN pro > 0 THEN contra ELSE {NO_WEIGHT} END) AS least
  FROM (
    SELECT subject, pro, contra, 0 AS closes FROM entry WHERE fact = {fact}
    UNION ALL SELECT subject, 0, 0, weight FROM closing WHERE fact = {fact}
  ) AS said GROUP BY subject
) AS summed"""


def _said(leaf: int, fact: int) -> str:
    """Entries with what the leaf makes of them, and what closes the set."""
    return f"""
    SELECT e.subject, e.pro, e.contra, s.truth, 0 AS closes FROM entry e
    JOIN class_of v ON v.fact = e.fact AND v.value = e.value
    JOIN seen s ON s.leaf = {leaf} AND s.class = v.class WHERE e.fact = {fact}
    UNION ALL SELECT subject, 0, 0, {ERRS}, weight FROM closing WHERE fact = {fact}"""


def _terms(record: int, satisfied: int) -> str:
    """OR over the asserted values of (membership AND body): the greatest for, and the least against."""
    row = f"GREATEST(contra, CASE WHEN pro < {RECORD} THEN {record} ELSE 0 END)"
    return f"""
    MAX(CASE WHEN truth = {satisfied} THEN pro ELSE 0 END) AS pro,
    MIN(CASE WHEN pro = 0 OR truth = {SATISFIED + NOT_SATISFIED - satisfied} THEN 5 ELSE {row} END) AS contra,
    GREATEST(MAX(closes), {record}) AS closes"""


def _member(leaf: int, fact: int, record: int) -> str:
    return f"""
SELECT subject, CASE WHEN asserted = 1 THEN pro ELSE 0 END AS pro,
  CASE WHEN asserted = 1 THEN LEAST(contra, GREATEST(closes, pro)) ELSE GREATEST(denied, closes) END AS contra
FROM (
  SELECT subject, {_terms(record, SATISFIED)},
    MAX(CASE WHEN truth = {SATISFIED} AND pro > 0 THEN 1 ELSE 0 END) AS asserted,
    MAX(CASE WHEN truth = {SATISFIED} THEN contra ELSE 0 END) AS denied
  FROM ({_said(leaf, fact)}) AS said GROUP BY subject
) AS summed"""


def _quantified(leaf: Quantified, number: int, fact: int, record: int) -> str:
    satisfied = NOT_SATISFIED if is_negated(leaf) else SATISFIED
    closed = "LEAST(contra, GREATEST(closes, pro))"
    chosen = f"{closed} AS pro, pro AS contra" if leaf.every else f"pro, {closed} AS contra"
    return f"""
SELECT subject, {chosen}
FROM (SELECT subject, {_terms(record, satisfied)} FROM ({_said(number, fact)}) AS said GROUP BY subject) AS summed"""


def is_negated(leaf: Quantified) -> bool:
    """Whether what counts of the body is its NOT: by `!`, and by `all`."""
    negated, body = leaf.every, leaf.body
    while isinstance(body, Not):
        negated, body = not negated, body.operand
    return negated


def errors_of(leaf: int, condition: Condition, fact: int) -> str:
    """A query for `subject` and `class` of asserted values by which the leaf errs.

    Of `v in f` only where somebody asserts v: else the others are not compared with it.
    """
    asked = f"""
  AND e.subject IN (SELECT o.subject FROM entry o JOIN class_of w ON w.fact = o.fact AND w.value = o.value
    JOIN seen t ON t.leaf = {leaf} AND t.class = w.class
    WHERE o.fact = {fact} AND o.pro > 0 AND t.truth = {SATISFIED})"""
    return f"""
SELECT DISTINCT e.subject, v.class FROM entry e
JOIN class_of v ON v.fact = e.fact AND v.value = e.value
JOIN seen s ON s.leaf = {leaf} AND s.class = v.class
WHERE e.fact = {fact} AND e.pro > 0 AND s.truth = {ERRS}{asked if isinstance(condition, Member) else ""}"""


# --- pairs as masks ---


def mask(pro: str, contra: str) -> str:
    """The ten bits of a pair, by tables of powers: 2**pro - 1 + 32 * (32 - 2**contra)."""
    return f"({_power(pro)} - 1 + 32 * (32 - {_power(contra)}))"


def _power(weight: str) -> str:
    steps = " ".join(f"WHEN {number} THEN {2**number}" for number in range(5))
    return f"CASE {weight} {steps} ELSE 32 END"


def masks_of_leaf(table: str, query: str) -> str:
    """The masks of a leaf, and of its NOT, by subject: the halves of a pair change places."""
    return f"""
CREATE OR REPLACE TEMP TABLE {table} AS
SELECT subject, {mask("pro", "contra")} AS plain, {mask("contra", "pro")} AS turned FROM ({query}) AS weighed"""


def literal(pair: tuple[int, int], *, negated: bool) -> int:
    """A mask that is the same for all."""
    return mask_of(*(reversed(pair) if negated else pair))
