"""Lists for those who choose: what subjects and people are called, what is in force.

Not a way to what one may not read: names are asked for by ids that one has been shown.
"""

from collections.abc import Iterable, Mapping, Sequence

from adjudge.institution.deciding.decisions import read_decision
from adjudge.institution.house import House, time_of
from adjudge.institution.staff.people import actor_of
from adjudge.institution.versions import applying_now
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import may, permit
from adjudge.records.rows import MeasureRow, SubjectRow
from adjudge.records.shelf import MEASURES, PEOPLE, SUBJECTS, VERSIONS

Names = Mapping[str, Mapping[str, str]]
"""What an id is called, by language; a person's name is the same in all."""
MOST_OFFERED = 500
"""Advertisers among which somebody can choose; beyond, the id is typed."""


def names_of(house: House, ids: Iterable[str]) -> Names:
    """What subjects and people are called; an id that nothing has is left out."""
    wanted = [key for key in dict.fromkeys(ids) if key]
    if not wanted:
        return {}
    with house.records.reading() as records:
        subjects, people = records.get_many(SUBJECTS, wanted), records.get_many(PEOPLE, wanted)
    named = {key: {"en": row.name} for key, row in people.items()}
    return {**named, **{key: titles(row) for key, row in subjects.items()}}


def titles(subject: SubjectRow) -> Mapping[str, str]:
    """What a subject is called in each language; its id where it has no title."""
    title = subject.content.get("title")
    return {str(key): str(text) for key, text in title.items()} if isinstance(title, dict) else {}


def advertiser_named(house: House, actor: Actor, advertiser: str) -> Names:
    """What an advertiser is called, for whoever may read its matters; empty where no advertiser has this id."""
    permit(actor, Act.READ_MATTER, advertiser)
    with house.records.reading() as records:
        row = records.get(SUBJECTS, advertiser) if advertiser else None
    return {row.id: titles(row)} if row is not None and row.advertiser == row.id else {}


def advertisers(house: House, actor: Actor) -> Sequence[SubjectRow]:
    """Advertisers about whom a matter can be opened."""
    permit(actor, Act.OPEN)
    with house.records.reading() as records:
        return records.find(SUBJECTS, kind="advertiser", most=MOST_OFFERED)


def policies_in_force(house: House, actor: Actor) -> Sequence[str]:
    """Policies of which a version applies now."""
    permit(actor, Act.OPEN)
    at = time_of(house)
    with house.records.reading() as records:
        return list(applying_now(records, at))


def policies_known(house: House) -> Sequence[str]:
    """Policies of which there is any version: their names alone, which stand with every matter."""
    with house.records.reading() as records:
        return sorted(policy for (policy,) in records.counted(VERSIONS, "policy"))


def workers(house: House, actor: Actor, advertiser: str) -> Mapping[str, str]:
    """People to whom a matter can be assigned: id and name."""
    permit(actor, Act.ASSIGN, advertiser)
    with house.records.reading() as records:
        people = records.find(PEOPLE, advertiser="")
    able = [row for row in people if row.joined_at and may(actor_of(row), Act.EVALUATE, advertiser)]
    return {row.id: row.name for row in able}


def measures_of(house: House, actor: Actor, decision_id: str) -> Sequence[MeasureRow]:
    """The measures that a decision applies, for whoever may read it."""
    read_decision(house, actor, decision_id)
    with house.records.reading() as records:
        return records.find(MEASURES, decision=decision_id)
