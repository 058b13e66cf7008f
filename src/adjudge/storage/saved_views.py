"""Views of the queue that people saved, kept with their accounts: each name once, and not endlessly many."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS

from adjudge.basis.said import say
from adjudge.errors import ConflictError, Finding, RefusedError
from adjudge.people.permission import not_found
from adjudge.storage.models import Account
from adjudge.storage.models import SavedView as Record

MOST = 30
"""Views that one person can have."""
LONGEST_NAME, LONGEST_QUERY = 100, 2_000


@dataclass(frozen=True, slots=True)
class SavedView:
    """A name, and the part of an address that it stands for."""

    id: int
    name: str
    query: str


def views_of(person: str, alias: str = DEFAULT_DB_ALIAS) -> Sequence[SavedView]:
    """What somebody saved, by name."""
    found = Record.objects.using(alias).filter(account__person=person).order_by("name", "pk")
    return [SavedView(row.pk, row.name, row.query) for row in found]


def save_view(person: str, name: str, query: str, alias: str = DEFAULT_DB_ALIAS) -> SavedView:
    """Save a view; under a name that there is, in its place. Raises RefusedError where there are too many."""
    told = _named(name)
    if len(query) > LONGEST_QUERY:
        raise _refused("text-too-long", say("what is asked for is too long to be saved"))
    account = Account.objects.using(alias).filter(person=person).first()
    if account is None:
        raise not_found()
    of_person = Record.objects.using(alias).filter(account=account)
    if not of_person.filter(name=told).exists() and of_person.count() >= MOST:
        message = say("{most} views are saved already", most=MOST)
        raise _refused("too-many", message, say("delete one that is not needed any more"))
    row, _ = Record.objects.using(alias).update_or_create(
        account=account, name=told, defaults={"query": query}
    )
    return SavedView(row.pk, row.name, row.query)


def rename_view(person: str, view_id: int, name: str, alias: str = DEFAULT_DB_ALIAS) -> SavedView:
    """Give a view another name. Raises NotFoundError for one that is not theirs, ConflictError for a name in use."""
    told, row = _named(name), _own(person, view_id, alias)
    others = Record.objects.using(alias).filter(account=row.account, name=told).exclude(pk=row.pk)
    if others.exists():
        raise ConflictError(say("another view has this name"), hint=say("choose another name"))
    row.name = told
    row.save(using=alias, update_fields=["name"])
    return SavedView(row.pk, row.name, row.query)


def delete_view(person: str, view_id: int, alias: str = DEFAULT_DB_ALIAS) -> None:
    """Forget a view. Raises NotFoundError for one that is not theirs."""
    _own(person, view_id, alias).delete(using=alias)


def _own(person: str, view_id: int, alias: str) -> Record:
    row = Record.objects.using(alias).filter(account__person=person, pk=view_id).first()
    if row is None:
        raise not_found()
    return row


def _named(name: str) -> str:
    told = " ".join(name.split())
    if not told or "\x00" in told:
        raise _refused("missing-text", say("the name is missing"), say("write it"))
    if len(told) > LONGEST_NAME:
        raise _refused("text-too-long", say("the name has more than {most} characters", most=LONGEST_NAME))
    return told


def _refused(code: str, message: str, hint: str = "") -> RefusedError:
    return RefusedError(message, hint=hint, findings=(Finding(code, message, hint),))
