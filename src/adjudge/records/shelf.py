"""Shelves: one for each kind of row, with the fields by which rows are found. Rows to JSON and back."""

from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from adjudge.basis.instant import Instant, parse_timestamp
from adjudge.errors import BugError
from adjudge.records import rows

R = TypeVar("R", bound=rows.Row)
LONGEST_KEY = 500


@dataclass(frozen=True, slots=True)
class Shelf(Generic[R]):
    """Where rows of one kind are kept. `index` names text fields by which rows can be found.

    `text` names a field of words, and `order` an indexed one of digits: rows can be sought by the one in the order of
    the other.
    """

    name: str
    row: type[R]
    index: tuple[str, ...] = ()
    text: str = ""
    order: str = ""

    def __hash__(self) -> int:
        """By name: there is one shelf of each."""
        return hash(self.name)

    def write(self, row: R) -> bytes:
        """A row as JSON. Raises BugError for what no place can keep, so that all refuse the same."""
        unfit = [text for text in (row.id, *self.keys(row).values()) if not can_be_key(text)]
        if unfit:
            raise BugError(
                f"a row of the shelf {self.name} has a key that cannot be kept: {unfit[0][:100]!a}"
            )
        try:
            return msgspec.json.encode(row, enc_hook=_plain, order="sorted")
        except UnicodeEncodeError as error:
            raise BugError(f"a row of the shelf {self.name} holds half of a character") from error

    def read(self, text: bytes | str) -> R:
        """A row from its JSON. Fields that are new since it was written have their defaults."""
        return msgspec.json.decode(text, type=self.row, dec_hook=_typed)

    def keys(self, row: R) -> dict[str, str]:
        """The fields by which the row is found."""
        return {name: str(getattr(row, name)) for name in self.index}


def can_be_key(text: str) -> bool:
    """Whether rows can be found by it in every place: whole characters without NUL, and not endless."""
    return (
        len(text) <= LONGEST_KEY
        and "\x00" not in text
        and not any("\ud800" <= char <= "\udfff" for char in text)
    )


def _plain(value: object) -> object:
    if isinstance(value, Instant | str):  # a text that is `Said` too: rows keep the words alone
        return str(value)
    raise NotImplementedError(type(value))


def _typed(kind: type, value: object) -> object:
    if kind is Instant and isinstance(value, str):
        found = parse_timestamp(value)
        if found is not None:
            return found
    raise ValueError(value)


PEOPLE = Shelf("person", rows.PersonRow, ("email", "advertiser", "invitation"))
KEYS = Shelf("key", rows.KeyRow, ("person", "digest"))
HOOKS = Shelf("hook", rows.HookRow)
INSTITUTIONS = Shelf("institution", rows.InstitutionRow)
VERSIONS = Shelf("version", rows.VersionRow, ("policy", "state"))
ENACTMENTS = Shelf("enactment", rows.EnactmentRow, ("policy",))
SUBJECTS = Shelf("subject", rows.SubjectRow, ("advertiser", "kind"))
CLAIMS = Shelf("claim", rows.ClaimRow, ("subject", "advertiser", "document"))
DOCUMENTS = Shelf("document", rows.DocumentRow, ("advertiser", "blob"))
MATTERS = Shelf("matter", rows.MatterRow, ("advertiser", "state", "assignee"))
QUEUE = Shelf(
    "queue",
    rows.QueueRow,
    (
        "advertiser",
        "policy",
        "territory",
        "state",
        "assignee",
        "live",
        "due",
        "severity",
        "spend",
        "opened",
        "on_reviewer",
        "on_second_reviewer",
        "on_legal",
        "on_appeals",
        "on_advertiser",
    ),
)
REGISTER = Shelf(
    "register",
    rows.RegisterRow,
    ("place", "issued", "advertiser", "matter", "cell"),
    text="words",
    order="place",
)
REPLIES = Shelf("reply", rows.ReplyRow, ("advertiser", "state"))
DECISIONS = Shelf("decision", rows.DecisionRow, ("matter", "subject", "advertiser", "state", "author"))
MEASURES = Shelf("measure", rows.MeasureRow, ("decision", "subject", "advertiser"))
SPEND = Shelf("spend", rows.SpendRow, ("subject", "advertiser"))
PROCEDURES = Shelf("procedure", rows.ProcedureRow)
CONTACTS = Shelf("contact", rows.ContactRow)
NOTICES = Shelf("notice", rows.NoticeRow, ("advertiser", "about", "of", "state", "purpose"))
DELIVERIES = Shelf("delivery", rows.DeliveryRow, ("notice", "advertiser", "state", "channel"))
APPEALS = Shelf("appeal", rows.AppealRow, ("decision", "matter", "advertiser", "state", "assignee", "kind"))
MESSAGES = Shelf("message", rows.MessageRow, ("appeal", "advertiser"))
CLOCKS = Shelf("clock", rows.ClockRow, ("state", "of", "decision", "advertiser", "kind"))
DISPUTES = Shelf("dispute", rows.DisputeRow, ("decision", "appeal", "advertiser", "state"))
MISUSES = Shelf("misuse", rows.MisuseRow, ("advertiser", "state"))

SHELVES: tuple[Shelf[rows.Row], ...] = (  # type: ignore[assignment]  # each of its own kind of row
    PEOPLE,
    KEYS,
    HOOKS,
    INSTITUTIONS,
    VERSIONS,
    ENACTMENTS,
    SUBJECTS,
    CLAIMS,
    DOCUMENTS,
    MATTERS,
    QUEUE,
    REGISTER,
    REPLIES,
    DECISIONS,
    MEASURES,
    SPEND,
    PROCEDURES,
    CONTACTS,
    NOTICES,
    DELIVERIES,
    APPEALS,
    MESSAGES,
    CLOCKS,
    DISPUTES,
    MISUSES,
)
