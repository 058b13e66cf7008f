"""One table for each shelf: the row as JSON, and beside it the fields by which rows are found."""

from collections.abc import Mapping
from typing import ClassVar, Self

from django.db import models

from adjudge.records import shelf as shelves


class ShelfRecord(models.Model):
    """What all shelves have. Names and texts from outside are as long as their readers allow."""

    id = models.CharField(max_length=500, primary_key=True)
    data = models.TextField()

    objects: ClassVar["models.Manager[Self]"] = models.Manager()

    class Meta:
        """A pattern for the tables below."""

        abstract = True

    def __str__(self) -> str:
        """The id."""
        return str(self.id)


def _found() -> "models.CharField[str, str]":
    return models.CharField(max_length=500, db_index=True, blank=True)


class Person(ShelfRecord):
    """See `PersonRow`."""

    email = _found()
    advertiser = _found()
    invitation = _found()


class Key(ShelfRecord):
    """See `KeyRow`."""

    person = _found()
    digest = _found()


class Hook(ShelfRecord):
    """See `HookRow`."""


class Institution(ShelfRecord):
    """See `InstitutionRow`."""


class Version(ShelfRecord):
    """See `VersionRow`."""

    policy = _found()
    state = _found()


class Enactment(ShelfRecord):
    """See `EnactmentRow`."""

    policy = _found()


class Subject(ShelfRecord):
    """See `SubjectRow`."""

    advertiser = _found()
    kind = _found()


class Claim(ShelfRecord):
    """See `ClaimRow`."""

    subject = _found()
    advertiser = _found()
    document = _found()


class Document(ShelfRecord):
    """See `DocumentRow`."""

    advertiser = _found()
    blob = _found()


class Matter(ShelfRecord):
    """See `MatterRow`."""

    advertiser = _found()
    state = _found()
    assignee = _found()


def _sorted(*names: str) -> models.Index:
    """An index over fields, and then over ids: the order in which a list is read in pages."""
    return models.Index(fields=[*names, "id"], name="_".join(("queue", *names)))


def _ranked() -> "models.CharField[str, str]":
    return models.CharField(max_length=500, blank=True)


class QueueRecord(ShelfRecord):
    """See `QueueRow`. Indexed by what the page of the queue offers: parts of it, each in the orders that it has."""

    advertiser = _found()
    policy = _ranked()
    territory = _ranked()
    state = _ranked()
    assignee = _ranked()
    live = _ranked()
    due = _ranked()
    severity = _ranked()
    spend = _ranked()
    opened = _ranked()
    on_reviewer = _ranked()
    on_second_reviewer = _ranked()
    on_legal = _ranked()
    on_appeals = _ranked()
    on_advertiser = _ranked()

    class Meta:
        """The greatest part by each order; the others by the clock, and few enough to be sorted."""

        db_table = "adjudge_queue"
        indexes = (
            _sorted("due"),
            _sorted("severity"),
            _sorted("spend"),
            _sorted("opened"),
            _sorted("live", "due"),
            _sorted("live", "severity"),
            _sorted("live", "spend"),
            _sorted("live", "opened"),
            _sorted("assignee", "live", "due"),
            _sorted("state", "due"),
            _sorted("policy", "due"),
            _sorted("on_reviewer", "due"),
            _sorted("on_second_reviewer", "due"),
            _sorted("on_legal", "due"),
            _sorted("on_appeals", "due"),
            _sorted("on_advertiser", "due"),
        )


class RegisterRecord(ShelfRecord):
    """See `RegisterRow`. The index of `words` is the database's own, and made by the migration: see 0008."""

    place = _found()
    issued = _ranked()
    advertiser = _found()
    matter = _found()
    cell = _found()
    words = models.TextField(blank=True)

    class Meta:
        """Besides by words, read from a day on."""

        db_table = "adjudge_register"
        indexes = (models.Index(fields=["issued", "id"], name="register_issued"),)


class ReplyRecord(ShelfRecord):
    """See `ReplyRow`."""

    advertiser = _found()
    state = _found()

    class Meta:
        """Named as what it holds."""

        db_table = "adjudge_reply"


class Decision(ShelfRecord):
    """See `DecisionRow`."""

    matter = _found()
    subject = _found()
    advertiser = _found()
    state = _found()
    author = _found()


class Measure(ShelfRecord):
    """See `MeasureRow`."""

    decision = _found()
    subject = _found()
    advertiser = _found()


class Spend(ShelfRecord):
    """See `SpendRow`."""

    subject = _found()
    advertiser = _found()


class Procedure(ShelfRecord):
    """See `ProcedureRow`."""


class Contact(ShelfRecord):
    """See `ContactRow`."""


class Notice(ShelfRecord):
    """See `NoticeRow`."""

    advertiser = _found()
    about = _found()
    of = _found()
    state = _found()
    purpose = _found()


class Delivery(ShelfRecord):
    """See `DeliveryRow`."""

    notice = _found()
    advertiser = _found()
    state = _found()
    channel = _found()


class Appeal(ShelfRecord):
    """See `AppealRow`."""

    decision = _found()
    matter = _found()
    advertiser = _found()
    state = _found()
    assignee = _found()
    kind = _found()


class Message(ShelfRecord):
    """See `MessageRow`."""

    appeal = _found()
    advertiser = _found()


class ClockRecord(ShelfRecord):
    """See `ClockRow`."""

    state = _found()
    of = _found()
    decision = _found()
    advertiser = _found()
    kind = _found()


class Dispute(ShelfRecord):
    """See `DisputeRow`."""

    decision = _found()
    appeal = _found()
    advertiser = _found()
    state = _found()


class Misuse(ShelfRecord):
    """See `MisuseRow`."""

    advertiser = _found()
    state = _found()


SHELF_MODELS: Mapping[str, type[ShelfRecord]] = {
    shelves.PEOPLE.name: Person,
    shelves.KEYS.name: Key,
    shelves.HOOKS.name: Hook,
    shelves.INSTITUTIONS.name: Institution,
    shelves.VERSIONS.name: Version,
    shelves.ENACTMENTS.name: Enactment,
    shelves.SUBJECTS.name: Subject,
    shelves.CLAIMS.name: Claim,
    shelves.DOCUMENTS.name: Document,
    shelves.MATTERS.name: Matter,
    shelves.QUEUE.name: QueueRecord,
    shelves.REGISTER.name: RegisterRecord,
    shelves.REPLIES.name: ReplyRecord,
    shelves.DECISIONS.name: Decision,
    shelves.MEASURES.name: Measure,
    shelves.SPEND.name: Spend,
    shelves.PROCEDURES.name: Procedure,
    shelves.CONTACTS.name: Contact,
    shelves.NOTICES.name: Notice,
    shelves.DELIVERIES.name: Delivery,
    shelves.APPEALS.name: Appeal,
    shelves.MESSAGES.name: Message,
    shelves.CLOCKS.name: ClockRecord,
    shelves.DISPUTES.name: Dispute,
    shelves.MISUSES.name: Misuse,
}
