"""The whole register, told from all that is kept: where there is none yet, where terms have changed, and to audit it.

Whoever wrote without knowing of it (a program of the release before, for a while) has left lines behind: what differs
is made anew, each portion in a transaction of its own.
"""

from collections.abc import Callable, Iterator, Sequence

from adjudge.institution.register.gathering import terms_now
from adjudge.institution.register.lines import lines_anew
from adjudge.records.ports import Reading, Records
from adjudge.records.rows import DecisionRow, RegisterRow
from adjudge.records.shelf import DECISIONS, REGISTER
from adjudge.redaction.redact import PUBLIC

PORTION = 200


def whole_register(records: Reading) -> Iterator[Sequence[RegisterRow]]:
    """The lines of all decisions that are public, by id, in portions."""
    for rows in _portions(records):
        yield lines_anew(records, rows)


def fill_register(records: Records) -> None:
    """Make the register where there is none yet, or not of every decision that was issued."""
    with records.reading() as reading:
        issued = sum(reading.count(DECISIONS, state=state.value) for state in PUBLIC)
        is_filled = reading.count(REGISTER) == issued
        is_narrowed = bool(terms_now(reading).rules)  # then there are fewer lines than decisions
    if not is_filled and not (is_narrowed and issued):
        mend_register(records)


def mend_register(records: Records, is_over: Callable[[], bool] = lambda: False) -> int:
    """Make anew what differs, and empty what is not public any more; how many lines did."""
    count, after = 0, ""
    while not is_over():
        with records.reading() as reading:
            rows = reading.find(DECISIONS, after=after, most=PORTION)
            different = _different(reading, rows)
        if different:
            with records.writing() as writing:
                # Somebody may have written meanwhile: they are told once more, by what is so now.
                anew = list(writing.get_many(DECISIONS, different).values())
                writing.put_all(REGISTER, lines_anew(writing, anew))
            count += len(different)
        if len(rows) < PORTION:
            break
        after = rows[-1].id
    return count


def _different(records: Reading, rows: Sequence[DecisionRow]) -> Sequence[str]:
    lines = {line.id: line for line in lines_anew(records, rows)}
    kept = records.get_many(REGISTER, list(lines))
    return [key for key, line in lines.items() if kept.get(key) != line]


def _portions(records: Reading) -> Iterator[Sequence[DecisionRow]]:
    after = ""
    while rows := records.find(DECISIONS, after=after, most=PORTION):
        yield rows
        after = rows[-1].id
