"""Claims to weights for and against each value, as SQL: LANGUAGE.md 1.6, 2.1.

Tables that are given: `claim` (`subject`, `fact`, `value`, `denies`, `weight`, `origin`, all numbers, and four
instants, each as seconds and nanoseconds; `value` 0 is `none`) and `fact` (`fact`, `is_bool`). Of a truth value 1 is
false and 2 is true. Made of them: `entry` (W+ and W- of each value) and `closing` (the weight of `none`).
"""

from collections.abc import Iterator

from adjudge.basis.instant import NANOS, Instant
from adjudge.facts.settle import CORROBORATED, CORROBORATING

FALSE, TRUE = 1, 2
CLAIM = (
    "CREATE OR REPLACE TEMP TABLE claim (subject INTEGER, fact INTEGER, value INTEGER, denies INTEGER, weight INTEGER, "
    "origin INTEGER, starts_s BIGINT, starts_n INTEGER, ends_s BIGINT, ends_n INTEGER, recorded_s BIGINT, "
    "recorded_n INTEGER, withdrawn_s BIGINT, withdrawn_n INTEGER)"
)
FACT = "CREATE OR REPLACE TEMP TABLE fact (fact INTEGER, is_bool INTEGER)"


def weighing(valid_at: Instant, known_at: Instant) -> Iterator[str]:
    """The statements, in order."""
    yield _live(valid_at, known_at)
    yield SETTLED
    yield _ENTRY
    yield _CLOSING


def parted(at: Instant) -> tuple[int, int]:
    """An instant as whole seconds and the nanoseconds beyond them: both fit their columns from year 1 to 9999."""
    return divmod(at.nanos, NANOS)


def has_come(name: str, at: Instant) -> str:
    """Whether the instant in the two columns of a name is not later than another."""
    seconds, nanos = parted(at)
    return f"({name}_s < {seconds} OR ({name}_s = {seconds} AND {name}_n <= {nanos}))"


def _live(valid_at: Instant, known_at: Instant) -> str:
    """Half-open intervals; denying a truth value is asserting its opposite."""
    return f"""
CREATE OR REPLACE TEMP TABLE live AS
SELECT c.subject, c.fact, c.weight, c.origin,
  CASE WHEN f.is_bool = 1 AND c.denies = 1 AND c.value > 0 THEN {FALSE + TRUE} - c.value ELSE c.value END AS value,
  CASE WHEN f.is_bool = 1 OR c.value = 0 THEN 0 ELSE c.denies END AS denies
FROM claim c JOIN fact f ON f.fact = c.fact
WHERE {has_come("recorded", known_at)}
  AND (withdrawn_s IS NULL OR NOT {has_come("withdrawn", known_at)})
  AND (starts_s IS NULL OR {has_come("starts", valid_at)})
  AND (ends_s IS NULL OR NOT {has_come("ends", valid_at)})
"""


ORIGIN = f"CASE WHEN weight >= {CORROBORATING} THEN origin END"
SETTLED = f"""
CREATE OR REPLACE TEMP TABLE settled AS
SELECT subject, fact, value, denies,
  CASE WHEN MAX(weight) < {CORROBORATED} AND MIN({ORIGIN}) < MAX({ORIGIN}) THEN {CORROBORATED} ELSE MAX(weight) END
    AS weight
FROM live GROUP BY subject, fact, value, denies
"""
"""At least `probable` where two claims of `reported` or more have distinct origins: the least is not the greatest."""
_ENTRY = """
CREATE OR REPLACE TEMP TABLE entry AS
SELECT subject, fact, value,
  MAX(CASE WHEN denies = 0 THEN weight ELSE 0 END) AS pro,
  MAX(CASE WHEN denies = 1 THEN weight ELSE 0 END) AS contra
FROM settled WHERE value > 0 GROUP BY subject, fact, value
"""
_CLOSING = """
CREATE OR REPLACE TEMP TABLE closing AS SELECT subject, fact, weight FROM settled WHERE value = 0
"""
