"""What follows from an act by rule, in its own transaction: notices owed, clocks started and stopped, measures at rest.

The entry of the act names all of it under `follows`, so that rows can be held to the log.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from adjudge.appeals.owed import clock_name
from adjudge.basis.digest import Json
from adjudge.basis.instant import Instant
from adjudge.clocks.term import ClockKind, Term, Unit, longest
from adjudge.errors import BugError
from adjudge.institution.binding.measures import is_live, is_paused, resumed
from adjudge.institution.binding.procedure import calendar_of, clock_term, procedure_row
from adjudge.institution.plain import textual
from adjudge.records.ports import Writing
from adjudge.records.rows import (
    ClockRow,
    ClockState,
    MeasureRow,
    NoticeRow,
    NoticeState,
    Pause,
    Purpose,
)
from adjudge.records.shelf import CLOCKS, MEASURES, NOTICES

SEALED_FACTS = ("reason", "wrong")
"""Facts of a notice in a person's own words. Whoever writes the entry seals them under the same names."""


@dataclass(slots=True)
class Following:
    """What follows from one entry. Ask for `form` last, and write it into the entry's body under `follows`."""

    records: Writing
    at: Instant
    notices: list[Json] = field(default_factory=list)
    started: list[Json] = field(default_factory=list)
    stopped: list[Json] = field(default_factory=list)
    paused: list[Json] = field(default_factory=list)
    resumed: list[Json] = field(default_factory=list)
    lifted: list[Json] = field(default_factory=list)

    def owe(
        self,
        purpose: Purpose,
        advertiser: str,
        about: str,
        *,
        of: str = "",
        facts: Mapping[str, Any] | None = None,
        replaces: str = "",
    ) -> NoticeRow:
        """Owe a notice. It is made when all of this is committed: a notice tells only what stands.

        What a person wrote among the `facts` does not stand in the clear: the first sealed part of the entry has it.
        """
        row = NoticeRow(
            id=f"N-{self.records.size() + 1:06d}-{len(self.notices) + 1}",
            purpose=purpose,
            state=NoticeState.OWED,
            advertiser=advertiser,
            about=about,
            of=of,
            owed_at=self.at,
            facts=dict(facts or {}),
            replaces=replaces,
        )
        self.records.put(NOTICES, row)
        told = textual({name: item for name, item in row.facts.items() if name not in SEALED_FACTS})
        sealed: list[Json] = [name for name in SEALED_FACTS if name in row.facts]
        self.notices.append(
            {
                **({"sealed": sealed} if sealed else {}),
                "id": row.id,
                "purpose": str(purpose),
                "advertiser": advertiser,
                "about": about,
                "of": of,
                "facts": told,
                "replaces": replaces,
            }
        )
        return row

    def start(
        self, kind: ClockKind, of: str, decision: str, advertiser: str, *, since: Instant | None = None
    ) -> ClockRow:
        """Start a clock as it is declared now; `since` where it begins later than the act."""
        procedure = procedure_row(self.records)
        declared, calendar = clock_term(procedure, kind), calendar_of(procedure)
        began = since or self.at
        row = ClockRow(
            id=clock_name(of, kind),
            kind=str(kind),
            state=ClockState.RUNNING,
            of=of,
            decision=decision,
            advertiser=advertiser,
            started_at=began,
            count=declared.term.count,
            unit=str(declared.term.unit),
            consequence=str(declared.consequence),
            due_at=calendar.after(began, declared.term),
            latest_at=calendar.after(began, longest(kind, declared.term)),
        )
        return self._begun(row)

    def begin_now(self, row: ClockRow) -> ClockRow:
        """Let a clock that was to begin later begin now: as it was told then, and due no later than was told."""
        calendar, kind = calendar_of(procedure_row(self.records)), ClockKind(row.kind)
        term = Term(row.count, Unit(row.unit))
        due_at = min(row.due_at, calendar.after(self.at, term))
        latest_at = calendar.after(self.at, longest(kind, term))
        latest_at = max(due_at, latest_at if row.latest_at is None else min(row.latest_at, latest_at))
        sooner = replace(row, started_at=self.at, due_at=due_at, latest_at=latest_at, extensions=())
        return self._begun(sooner)

    def _begun(self, row: ClockRow) -> ClockRow:
        self.records.put(CLOCKS, row)
        self.started.append(
            {
                "id": row.id,
                "kind": row.kind,
                "of": row.of,
                "decision": row.decision,
                "advertiser": row.advertiser,
                "started_at": str(row.started_at),
                "count": str(row.count),
                "unit": row.unit,
                "consequence": row.consequence,
                "due_at": str(row.due_at),
                "latest_at": str(row.latest_at),
            }
        )
        return row

    def stop(self, of: str, kinds: Iterable[ClockKind] | None = None) -> tuple[ClockRow, ...]:
        """Stop the clocks that run for an appeal or a dispute: all of them, or those of some kinds.

        None of them is due: what is due has run out before any act (`deciding/running_out.py`), or it is a bug of ours.
        """
        wanted = None if kinds is None else {str(kind) for kind in kinds}
        running = self.records.find(CLOCKS, of=of, state=ClockState.RUNNING.value)
        found = tuple(row for row in running if wanted is None or row.kind in wanted)
        if any(row.due_at <= self.at for row in found):
            raise BugError(f"clocks of {of} are due, and would be stopped")
        return self._stopped(found)

    def drop(self, of: str) -> tuple[ClockRow, ...]:
        """Stop all clocks of an appeal that one of them has ended: those too that are due after it."""
        return self._stopped(self.records.find(CLOCKS, of=of, state=ClockState.RUNNING.value))

    def _stopped(self, rows: Iterable[ClockRow]) -> tuple[ClockRow, ...]:
        found = tuple(replace(row, state=ClockState.STOPPED, ended_at=self.at) for row in rows)
        self.records.put_all(CLOCKS, found)
        self.stopped.extend(row.id for row in found)
        return found

    def pause(self, decision: str, by: str, *, only: Collection[str] | None = None) -> tuple[MeasureRow, ...]:
        """Let the measures of a decision rest, those that do not yet; `by` is the appeal or the clock.

        `only` names the measures, where not all are meant.
        """
        found = []
        for row in self.records.find(MEASURES, decision=decision):
            if is_live(row, self.at) and not is_paused(row) and (only is None or row.id in only):
                found.append(replace(row, pauses=(*row.pauses, Pause(self.at, None, by))))
                self.paused.append({"id": row.id, "by": by})
        self.records.put_all(MEASURES, found)
        return tuple(found)

    def resume(self, decision: str, *, only: Collection[str] | None = None) -> tuple[MeasureRow, ...]:
        """Let the measures of a decision have effect again; `only` names them, where not all are meant."""
        rows = [row for row in self.records.find(MEASURES, decision=decision) if is_paused(row)]
        rows = [row for row in rows if only is None or row.id in only]
        found = tuple(resumed(row, self.at) for row in rows)
        self.records.put_all(MEASURES, found)
        self.resumed.extend(row.id for row in found)
        return found

    def lift(self, decision: str, *, only: Collection[str] | None = None) -> tuple[MeasureRow, ...]:
        """Lift the measures of a decision, those that were not lifted yet. What had not begun never begins.

        `only` names the measures, where not all are meant.
        """
        rows = [row for row in self.records.find(MEASURES, decision=decision) if row.lifted_at is None]
        rows = [row for row in rows if only is None or row.id in only]
        found = tuple(replace(resumed(row, self.at), lifted_at=self.at) for row in rows)
        self.records.put_all(MEASURES, found)
        self.lifted.extend(row.id for row in found)
        return found

    @property
    def form(self) -> dict[str, Json]:
        """As the entry tells it: what there is of it."""
        parts: dict[str, list[Json]] = {
            "notices": self.notices,
            "clocks": self.started,
            "stopped": self.stopped,
            "paused": self.paused,
            "resumed": self.resumed,
            "lifted": self.lifted,
        }
        return {name: part for name, part in parts.items() if part}
