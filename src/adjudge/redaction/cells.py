"""As what a public decision counts: a short text, the same for all that are alike, so that databases can count them.

Not the counts: those are in `adjudge.redaction.counts`, which withholds small ones. What is too long for a cell (a rule
that names very many countries) counts as `many`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from adjudge.redaction.public import PublicDecision, State, state_at

MANY = "many"
EVERYWHERE = "*"
MOST_POLICY, MOST_RULES, MOST_KINDS, MOST_OTHERS = 60, 140, 80, 50
"""Signs of the policy, and of each list: with the rest of a cell fewer than a key may have."""
_BETWEEN, _AMONG = "|", ","


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell, taken apart. `appeals` are outcomes with the days that they took, `month` is as `2026-11`."""

    month: str
    policy: str
    rules: tuple[str, ...]
    kinds: tuple[str, ...]
    countries: tuple[str, ...]
    state: str
    automated: bool
    departs: str
    appeals: tuple[tuple[str, int], ...]
    missed: tuple[str, ...]


def cell_of(public: PublicDecision) -> str:
    """The cell of a decision."""
    parts = (
        public.issued_at[:7],
        _plain(public.policy)[:MOST_POLICY],
        _listed((rule.id for rule in public.rules), MOST_RULES),
        _listed((measure.kind for measure in public.measures), MOST_KINDS),
        _listed(_countries(public), MOST_OTHERS),
        str(public.state),
        "1" if public.automated else "",
        public.departs,
        _listed((f"{item.outcome}:{item.days}" for item in public.appeals), MOST_OTHERS),
        _listed(public.missed, MOST_OTHERS, once=False),
        public.until if public.state is State.STANDS else "",
    )
    return _BETWEEN.join(parts)


def read_cell(text: str, at: str) -> Cell:
    """A cell from its text, as it stands at a time; what an older program wrote lacks its last parts."""
    parts = [*text.split(_BETWEEN), *[""] * 11]
    month, policy, rules, kinds, countries, state, automated, departs, appeals, missed, until = parts[:11]
    return Cell(
        month=month,
        policy=policy,
        rules=_parts(rules),
        kinds=_parts(kinds),
        countries=_parts(countries),
        state=str(state_at(state, until, at)),
        automated=bool(automated),
        departs=departs,
        appeals=tuple(_appeal(item) for item in _parts(appeals)),
        missed=_parts(missed),
    )


def _appeal(text: str) -> tuple[str, int]:
    outcome, _, days = text.partition(":")
    return outcome, int(days) if days.isdigit() else 0


def _countries(public: PublicDecision) -> Iterable[str]:
    for measure in public.measures:
        yield from [EVERYWHERE] if measure.all_but else measure.territories


def _listed(items: Iterable[str], most: int, *, once: bool = True) -> str:
    found = [_plain(item) for item in items]
    text = _AMONG.join(dict.fromkeys(found) if once else found)
    return text if len(text) <= most else MANY


def _plain(text: str) -> str:
    return text.replace(_BETWEEN, " ").replace(_AMONG, " ").replace("\x00", " ")


def _parts(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split(_AMONG)))
