"""How an advertiser stands, in one sentence for each thing that is decided about it, and one for all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from adjudge.answers.decision.measures import territory_text
from adjudge.basis.instant import Instant, day_of, start_of_day
from adjudge.basis.said import Said, say
from adjudge.decisions.scope import Extent
from adjudge.decisions.words import MEASURES
from adjudge.institution.binding.measures import state_at
from adjudge.language.package import MeasureKind
from adjudge.records.rows import MeasureRow
from adjudge.tongues.tongue import Tongue

STOPPING = (MeasureKind.EXCLUDE, MeasureKind.SUSPEND)
SEVERITY = (*STOPPING, MeasureKind.REQUIRE, MeasureKind.LIMIT, MeasureKind.LABEL, MeasureKind.NOTIFY)
Titles = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """A measure for the advertiser that it concerns. `status` is one sentence, `state` as in `state_at`."""

    row: MeasureRow
    status: str
    state: str
    what: str
    where: str


def in_rank(rows: Iterable[MeasureRow], at: Instant) -> list[MeasureRow]:
    """What has effect first, then what stops more, then by subject."""

    def rank(row: MeasureRow) -> tuple[object, ...]:
        severity = SEVERITY.index(MeasureKind(row.kind))
        return state_at(row, at) != "in_effect", severity, row.subject, row.id

    return sorted(rows, key=rank)


def stands(rows: Iterable[MeasureRow], at: Instant, titles: Titles, tongue: Tongue) -> list[Stands]:
    """Measures as their advertiser reads them, what has effect first."""
    return [
        Stands(
            row=row,
            status=status_of(row, at, titles, tongue),
            state=state_at(row, at),
            what=tongue.of(MEASURES[MeasureKind(row.kind)]),
            where=territory_text(Extent(frozenset(row.territories), row.all_but), tongue),
        )
        for row in in_rank(rows, at)
    ]


def status_of(row: MeasureRow, at: Instant, titles: Titles, tongue: Tongue) -> str:
    """What a measure means for what it is about, at an instant."""
    subject = named(row.subject, row.advertiser, titles, tongue)
    kind = MeasureKind(row.kind)
    match state_at(row, at):
        case "in_effect" if row.territories or not row.all_but:
            where = territory_text(Extent(frozenset(row.territories), row.all_but), tongue)
            return tongue("{status} Where: {where}.", status=_now(kind, subject), where=where)
        case "in_effect":
            return tongue.of(_now(kind, subject))
        case "waits_to_begin":
            return tongue.of(_later(kind, subject, _day(row.start)))
        case "rests_now":
            return tongue("{subject} runs for now: our measure is on hold.", subject=subject)
        case "is_lifted":
            day = _day(row.lifted_at or at)
            return tongue(
                "{subject} can run again. We lifted our measure on {day}.", subject=subject, day=day
            )
        case _:
            day = _day(row.end or at)
            return tongue("{subject} can run again. Our measure ended on {day}.", subject=subject, day=day)


def _now(kind: MeasureKind, subject: str) -> Said:
    """What a measure means while it has effect."""
    match kind:
        case MeasureKind.EXCLUDE:
            return say("{subject} does not run.", subject=subject)
        case MeasureKind.SUSPEND:
            return say("{subject} does not run for now.", subject=subject)
        case MeasureKind.LIMIT:
            return say("{subject} runs, with limits.", subject=subject)
        case MeasureKind.REQUIRE:
            return say("{subject} waits for something from you.", subject=subject)
        case MeasureKind.LABEL:
            return say("{subject} runs, with a label.", subject=subject)
        case MeasureKind.NOTIFY:
            return say("{subject} runs. We have told you about a rule.", subject=subject)


def _later(kind: MeasureKind, subject: str, day: Instant) -> Said:
    """The same, of one that has not begun."""
    match kind:
        case MeasureKind.EXCLUDE:
            return say("{subject} will not run from {day} on.", subject=subject, day=day)
        case MeasureKind.SUSPEND:
            return say("{subject} will not run for a time, from {day} on.", subject=subject, day=day)
        case MeasureKind.LIMIT:
            return say("{subject} will run with limits from {day} on.", subject=subject, day=day)
        case MeasureKind.REQUIRE:
            return say("{subject} will wait for something from you, from {day} on.", subject=subject, day=day)
        case MeasureKind.LABEL:
            return say("{subject} will run with a label from {day} on.", subject=subject, day=day)
        case MeasureKind.NOTIFY:
            return say("{subject} runs. We have told you about a rule.", subject=subject)


def free(subject: str, advertiser: str, titles: Titles, tongue: Tongue) -> str:
    """Of what nothing is decided about that would stop it."""
    name = named(subject, advertiser, titles, tongue)
    return tongue("We have decided nothing that stops {subject}.", subject=name)


def named(subject: str, advertiser: str, titles: Titles, tongue: Tongue) -> str:
    """What a sentence is about: an ad by its quoted title, an advertiser as such."""
    if subject == advertiser:
        return tongue("Your advertising")
    return tongue("“{title}”", title=tongue.text(titles.get(subject, {})) or subject)


def overall(rows: Sequence[MeasureRow], at: Instant, titles: Titles, tongue: Tongue) -> str:
    """How an advertiser stands, in one sentence; empty where nothing is in force against it."""
    if len(rows) <= 1:
        return status_of(rows[0], at, titles, tongue) if rows else ""
    stopped = [row for row in in_rank(rows, at) if row.kind in STOPPING and state_at(row, at) == "in_effect"]
    for row in stopped:
        if row.subject == row.advertiser:
            return status_of(row, at, titles, tongue)
    if stopped:
        count = len({row.subject for row in stopped})
        return tongue.plural("{count} of your ads does not run.", "{count} of your ads do not run.", count)
    count = len(rows)
    return tongue.plural(
        "Your ads run. {count} measure of ours is in force.",
        "Your ads run. {count} measures of ours are in force.",
        count,
    )


def _day(at: Instant) -> Instant:
    return start_of_day(day_of(at))
