"""What the writers of notices are handed, and what they give back: a title and the blocks that are new."""

from dataclasses import dataclass

from adjudge.basis.instant import Instant
from adjudge.clocks.calendar import Calendar
from adjudge.letters.letter import Block, Paragraph
from adjudge.letters.statement import parted
from adjudge.records.ports import Reading
from adjudge.records.rows import AppealRow, DecisionRow, MeasureRow, NoticeRow, SubjectRow
from adjudge.records.shelf import APPEALS, DECISIONS, MEASURES, SUBJECTS
from adjudge.tongues.tongue import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A notice that is being written, as of `at`. `address` is that of our pages, empty where none is set.

    `decision` is the one that it is about, None for a notice about no decision; `measures` are those of it.
    """

    records: Reading
    notice: NoticeRow
    at: Instant
    tongue: Tongue
    calendar: Calendar
    address: str
    decision: DecisionRow | None
    measures: tuple[MeasureRow, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a writer wrote: the title, what is new, and what can be done about it."""

    title: str
    news: tuple[Block, ...]
    ways: tuple[Block, ...] = ()


def fact(telling: Telling, name: str) -> str:
    """A text among the facts that were noted when the notice was owed; empty where there is none."""
    found = telling.notice.facts.get(name)
    return found if isinstance(found, str) else ""


def subject_name(telling: Telling) -> str:
    """The subject of the decision by its title and its id; the title of an ad is quoted, who advertises has a name."""
    return cited(telling.records, telling.decision.subject, telling.tongue) if telling.decision else ""


def cited(records: Reading, subject: str, tongue: Tongue) -> str:
    """A subject as it stands in a sentence."""
    row = records.get(SUBJECTS, subject)
    title = title_of(row, tongue)
    if row is None or row.kind != "ad" or not title:
        return name_of(records, subject, tongue)
    return tongue("“{title}” ({id})", title=title, id=f"`{subject}`")


def name_of(records: Reading, subject: str, tongue: Tongue) -> str:
    """A subject by its title and its id."""
    title = title_of(records.get(SUBJECTS, subject), tongue)
    return f"{title} (`{subject}`)" if title else f"`{subject}`"


def title_of(row: SubjectRow | None, tongue: Tongue) -> str:
    """What a subject is called, empty where nothing says it."""
    found = row.content.get("title") if row is not None else None
    texts = found if isinstance(found, dict) else {}
    return tongue.text({str(key): str(text) for key, text in texts.items()})


def short_name(telling: Telling) -> str:
    """The subject by its title, for the title of a notice; its id where it has none."""
    if telling.decision is None:
        return ""
    row = telling.records.get(SUBJECTS, telling.decision.subject)
    return title_of(row, telling.tongue) or telling.decision.subject


def appeal_of(telling: Telling) -> AppealRow | None:
    """The appeal or request that a notice tells of."""
    return telling.records.get(APPEALS, telling.notice.of)


def decision_of(telling: Telling, decision_id: str) -> DecisionRow | None:
    """Another decision."""
    return telling.records.get(DECISIONS, decision_id) if decision_id else None


def measures_of(telling: Telling, decision_id: str) -> tuple[MeasureRow, ...]:
    """The measures of another decision."""
    return tuple(telling.records.find(MEASURES, decision=decision_id)) if decision_id else ()


def own_words(text: str) -> tuple[Paragraph, ...]:
    """What the platform's people wrote to the addressee, as paragraphs."""
    return tuple(Paragraph(part) for part in parted(text))
