"""How far people have come with the first steps, kept with their accounts; people without an account have none."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db import DEFAULT_DB_ALIAS, transaction

from adjudge.people.permission import not_found
from adjudge.storage.models import Account, FirstRun


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The steps that somebody marked as done, and whether the first steps were left. `has_begun` is any of both."""

    marked: frozenset[str] = frozenset()
    is_left: bool = False
    has_begun: bool = False


def progress_of(person: str, alias: str = DEFAULT_DB_ALIAS) -> Progress:
    """How far somebody has come."""
    row = FirstRun.objects.using(alias).filter(account__person=person).first()
    return _progress(row) if row is not None else Progress()


def mark_step(person: str, step: str, *, done: bool, alias: str = DEFAULT_DB_ALIAS) -> Progress:
    """Mark a step as done, or as not done; whoever does goes on with them. Raises NotFoundError without an account."""

    def changed(before: Progress) -> Progress:
        marked = before.marked | {step} if done else before.marked - {step}
        return replace(before, marked=marked, is_left=False)

    return _kept(person, changed, alias)


def leave_steps(person: str, *, leave: bool, alias: str = DEFAULT_DB_ALIAS) -> Progress:
    """Leave the first steps, or take them up again; what was marked stays. Raises NotFoundError without an account."""
    return _kept(person, lambda before: replace(before, is_left=leave), alias)


def _kept(person: str, changed: Callable[[Progress], Progress], alias: str) -> Progress:
    with transaction.atomic(using=alias):
        account = Account.objects.using(alias).filter(person=person).first()
        if account is None:
            raise not_found()
        row, _ = FirstRun.objects.using(alias).select_for_update().get_or_create(account=account)
        after = changed(_progress(row))
        row.marked, row.is_left = "".join(f"{name} " for name in sorted(after.marked)), after.is_left
        row.save(using=alias)
        return after


def _progress(row: FirstRun) -> Progress:
    return Progress(marked=frozenset(row.marked.split()), is_left=row.is_left, has_begun=True)
