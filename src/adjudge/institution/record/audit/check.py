"""What an institution keeps, held to its log: the log to its tree and its checkpoints, and every row to its entries.

A finding is a value and not an error: whoever asks is told everything that does not fit. It mends nothing. Whoever
holds the log's key and rewrites everything at once is found by a checkpoint that somebody else kept, and not here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from adjudge.institution.house import House
from adjudge.institution.queue.mending import note_found
from adjudge.institution.record.audit import disputes as told_disputes
from adjudge.institution.record.audit import facts as told_facts
from adjudge.institution.record.audit import hearing as told_hearing
from adjudge.institution.record.audit import hooks as told_hooks
from adjudge.institution.record.audit import notices as told_notices
from adjudge.institution.record.audit import people as told_people
from adjudge.institution.record.audit import replies as told_replies
from adjudge.institution.record.audit import work as told_work
from adjudge.institution.record.audit.discrepancy import Discrepancy
from adjudge.institution.record.audit.followed import followed
from adjudge.institution.record.audit.queue import flaws_of_queue
from adjudge.institution.record.audit.register import flaws_of_register
from adjudge.institution.record.audit.rows import flaws_of_rows
from adjudge.institution.record.audit.told import Told
from adjudge.institution.record.audit.tree import TreeCheck
from adjudge.institution.record.log import part_with
from adjudge.ledger.entry import Entry
from adjudge.ledger.key import VerifierKey
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import permit
from adjudge.records.ports import Reading
from adjudge.records.shelf import QUEUE, REGISTER

Tells = Callable[[Told, Entry], None]
TELLING: Mapping[str, Tells] = {
    "person:invited": told_people.invited,
    "person:joined": told_people.joined,
    "person:changed": told_people.changed,
    "person:deactivated": told_people.deactivated,
    "key:made": told_people.key_made,
    "key:revoked": told_people.key_revoked,
    "key:rotated": told_people.key_rotated,
    "institution:settled": told_people.settled,
    "package:drafted": told_people.drafted,
    "package:shadowed": told_people.shadowed,
    "package:approved": told_people.approved,
    "package:rejected": told_people.rejected,
    "package:published": told_people.published,
    "package:rolled_back": told_people.rolled_back,
    "subject:recorded": told_facts.subject_recorded,
    "claim:recorded": told_facts.claim_recorded,
    "claim:withdrawn": told_facts.claim_withdrawn,
    "claim:discounted": told_facts.claim_discounted,
    "document:received": told_facts.document_received,
    "part:expunged": told_facts.expunged,
    "data:imported": told_facts.imported,
    "matter:opened": told_work.opened,
    "matter:assigned": told_work.assigned,
    "matter:closed": told_work.closed,
    "matter:reopened": told_work.reopened,
    "decision:proposed": told_work.proposed,
    "decision:confirmed": told_work.signed,
    "decision:signed": told_work.signed,
    "decision:returned": told_work.returned,
    "decision:issued": told_work.issued,
    "decision:automated": told_work.automated,
    "institution:procedure_settled": told_hearing.procedure_settled,
    "contact:settled": told_notices.contact_settled,
    "notice:made": told_notices.made,
    "notice:opened": told_notices.opened,
    "notice:resent": told_notices.resent,
    "notice:delivered": told_notices.delivered,
    "notice:failed": told_notices.failed,
    "appeal:filed": told_hearing.filed,
    "appeal:acknowledged": told_hearing.acknowledged,
    "appeal:assigned": told_hearing.assigned,
    "appeal:message": told_hearing.written,
    "appeal:answered": told_hearing.answered,
    "appeal:withdrawn": told_hearing.withdrawn,
    "appeal:decided": told_hearing.decided,
    "appeal:granted": told_hearing.granted,
    "measure:paused": told_hearing.rested,
    "measure:resumed": told_hearing.rested,
    "clock:ran_out": told_hearing.ran_out,
    "clock:extended": told_disputes.clock_extended,
    "dispute:referred": told_disputes.referred,
    "dispute:decided": told_disputes.outcome_recorded,
    "dispute:carried_out": told_disputes.carried_out,
    "dispute:not_followed": told_disputes.not_followed,
    "dispute:ended": told_disputes.ended,
    "misuse:warned": told_disputes.warned,
    "misuse:suspended": told_disputes.suspended,
    "misuse:ended": told_disputes.misuse_ended,
    "reply:given": told_replies.given,
    "reply:withdrawn": told_replies.withdrawn,
    "reply:refused": told_replies.refused,
    "reply:answered": told_replies.answered,
    "reply:restored": told_replies.restored,
    "hook:settled": told_hooks.settled,
    "hook:ended": told_hooks.ended,
}
"""What each kind of entry tells of rows, beside what follows from it. An evaluation on record tells of none, nor does
a hook begun again from an entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """What was found. `signed` entries stand below a checkpoint; `silent` parts were gone and could not be compared."""

    entries: int
    signed: int
    rows: int
    silent: int
    findings: Sequence[Discrepancy]


def check_log(house: House, actor: Actor, key: VerifierKey) -> Audited:
    """Hold everything to the log, for whoever may read it. `key` is that by which its checkpoints are signed."""
    permit(actor, Act.READ_LOG)
    return check_now(house, key)


def check_now(house: House, key: VerifierKey) -> Audited:
    """As `check_log`, for the institution itself: its sweep looks once a day.

    Where somebody writes meanwhile, rows may be newer than the entries that were read: then it looks once more, and
    what was found counts where it is found again.
    """
    found, is_still = _looked(house, key)
    if is_still or not found.findings:
        return found
    again, is_still = _looked(house, key)
    if is_still:
        return again
    return replace(again, findings=tuple(item for item in again.findings if item in found.findings))


def _looked(house: House, key: VerifierKey) -> tuple[Audited, bool]:
    """One look, and whether nobody wrote meanwhile."""
    with house.records.reading() as records:
        size = records.size()
        tree = TreeCheck(records, key, size)
        told, found_of_matters = Told(partial(part_with, records)), dict[str, str]()
        for entry in tree.entries():
            for tells in (TELLING.get(entry.kind), followed):
                if tells is not None:
                    tree.guarded(entry, partial(tells, told, entry))
            tree.guarded(entry, partial(note_found, found_of_matters, entry))
        queue = flaws_of_queue(records, found_of_matters)
        register = flaws_of_register(records)
        found = (*tree.findings(), *flaws_of_rows(records, told), *queue, *register)
        count = sum(map(len, told.rows.values())) + records.count(QUEUE) + records.count(REGISTER)
        audited = Audited(entries=size, signed=tree.signed, rows=count, silent=told.silent, findings=found)
        return audited, records.size() == size


def statement_flaws(records: Reading, decision: str, statement: Mapping[str, str]) -> Iterator[Discrepancy]:
    """Whether the statement of an issued decision is the one whose digests its entry holds."""
    issued = [item for item in records.entries_of(decision) if item.kind in told_work.ISSUED]
    for entry in issued:
        if told_work.says_otherwise(entry, statement):
            yield told_work.another_statement(entry)
