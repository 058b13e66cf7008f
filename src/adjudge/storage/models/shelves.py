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
