"""What the log says of the rows: each field that an entry tells, as it should stand now, with the number of the entry.

Not the code that wrote the rows, and nothing is read from them: entries and their sealed parts go in, one by one. What
the log does not hold (digests of secrets, titles of matters) or no longer holds (expunged parts) is left out.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from adjudge.basis.digest import Digest, Json, digest_of_bytes
from adjudge.basis.instant import Instant
from adjudge.basis.reading.json_text import Plain
from adjudge.institution.plain import from_text, textual
from adjudge.ledger.entry import Entry
from adjudge.ledger.part import Part
from adjudge.records.rows import Row
from adjudge.records.shelf import R, Shelf

AnyShelf = Shelf[Row]
PartOf = Callable[[Digest], Part | None]
"""A sealed part by its digest; None where it was expunged."""


@dataclass(frozen=True, slots=True)
class Due:
    """What a field should be, as a mark that is short however long the text, and which entry says so."""

    mark: str
    entry: int


@dataclass(slots=True)
class Told:
    """What entries have told so far. `rows` are by shelf, id and field; `silent` counts parts that are gone."""

    part_of: PartOf
    rows: dict[str, dict[str, dict[str, Due]]] = field(default_factory=dict)
    sealed: dict[Digest, tuple[str, str]] = field(default_factory=dict)
    """Whom a sealed part speaks of, by shelf and id, so that its expunging is told of that row."""
    addresses: dict[Digest, list[str]] = field(default_factory=dict)
    """Of which deliveries a sealed part holds the address, so that its expunging is told of them."""
    people: dict[str, str] = field(default_factory=dict)
    """The person behind each key."""
    owners: dict[str, str] = field(default_factory=dict)
    """The advertiser of each subject."""
    states: dict[str, str] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    lists: dict[str, list[Json]] = field(default_factory=dict)
    """What grows entry by entry: approvals of a version, signatures of a decision."""
    measures: dict[str, list[str]] = field(default_factory=dict)
    lapsed: set[str] = field(default_factory=set)
    """Decisions that have lapsed: they stay so when another one takes their place."""
    silent: int = 0

    def put(self, shelf: Shelf[R], key: str, entry: Entry, fields: Mapping[str, object]) -> None:
        """Take over what an entry says of a row."""
        row = self.rows.setdefault(shelf.name, {}).setdefault(key, {})
        row.update({name: Due(mark(value), entry.seq) for name, value in fields.items()})

    def forget(self, shelf: Shelf[R], key: str, *names: str) -> None:
        """Of these fields the log says nothing any more."""
        row = self.rows.get(shelf.name, {}).get(key, {})
        for name in names:
            row.pop(name, None)

    def has(self, shelf: Shelf[R], key: str) -> bool:
        """Whether an entry told of such a row before."""
        return key in self.rows.get(shelf.name, {})

    def content(self, entry: Entry, place: int = 0) -> dict[str, Json] | None:
        """What a sealed part of the entry holds; None, and counted, where it is gone."""
        part = self.part_of(entry.private[place]) if place < len(entry.private) else None
        if part is None or not isinstance(part.content, dict):
            self.silent += 1
            return None
        return part.content

    def person(self, entry: Entry) -> str:
        """Who answers for an entry; nobody by name for who came by the link of a notice."""
        kind, _, name = entry.actor.partition(":")
        if kind == "link":
            return ""
        return self.people.get(name, "") if kind == "key" else name


def mark(value: object) -> str:
    """A value as a short text by which it is compared; what is long is its digest."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return text if len(text) <= len("sha256:") + 64 else digest_of_bytes(text.encode(errors="replace"))


def fields_of(shelf: Shelf[R], row: R) -> dict[str, str]:
    """The fields of a row that is kept, as marks."""
    form: dict[str, object] = json.loads(shelf.write(row))
    if shelf.name == "subject":  # an import names the advertiser where the file leaves it to the subject
        form["content"] = named(form["content"])
    if shelf.name == "notice":  # entries hold numbers as texts
        form["facts"] = textual(_with_instants(form["facts"]))
    return {name: mark(_with_instants(value)) for name, value in form.items()}


def _with_instants(value: object) -> object:
    """A tree of a row with its instants as entries write them."""
    match value:
        case {"nanos": int(nanos), **others} if not others:
            return str(Instant(nanos))
        case dict():
            return {name: _with_instants(item) for name, item in value.items()}
        case list():
            return [_with_instants(item) for item in value]
        case _:
            return value


def named(content: object) -> dict[str, Plain]:
    """A subject with the advertiser that it belongs to, itself if it is one."""
    found: dict[str, Plain] = dict(content) if isinstance(content, Mapping) else {}
    return {**found, "advertiser": found.get("advertiser") or found.get("id")}


def words(content: Mapping[str, Json] | None, key: str) -> dict[str, Plain] | None:
    """What was sealed as a text, read again; None where it is gone."""
    return from_text(str(content[key])) if content is not None and key in content else None


def text(entry: Entry, key: str) -> str:
    """A text of an entry's body, empty where there is none."""
    found = entry.body.get(key)
    return found if isinstance(found, str) else ""


def items(value: Json) -> list[dict[str, Json]]:
    """The objects of a list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def texts(value: Json) -> list[str]:
    """The texts of a list."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
