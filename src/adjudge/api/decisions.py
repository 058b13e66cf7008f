"""Decisions and measures over HTTP, for whoever reads them; made again, and proven by a receipt."""

import json
from collections.abc import Callable, Sequence
from functools import cache

from django.http import HttpRequest, HttpResponse
from ninja import Router

from adjudge.api.caller import Caller, caller_of
from adjudge.api.choosing import as_file
from adjudge.api.endpoint import reads
from adjudge.api.limits import MANY, weigh
from adjudge.api.paging import PART, Cursor, Limit, page_of
from adjudge.api.problems import found_shape
from adjudge.api.shapes.decisions import DecisionShape, DecisionWhole, MeasureShape, MeasureState, ReplayShape
from adjudge.api.shapes.problem import FoundShape
from adjudge.api.shapes.shape import Bytes, Page, When
from adjudge.basis.instant import Instant
from adjudge.institution.binding.measures import state_at
from adjudge.institution.deciding import decisions
from adjudge.institution.house import House, time_of
from adjudge.institution.reading.listing import measures_of
from adjudge.institution.reading.overview import as_told, decision_overview
from adjudge.institution.record.log import receipt
from adjudge.institution.record.replay import ISSUED, replay
from adjudge.language.package import MeasureKind
from adjudge.ledger.receipt import receipt_bytes
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import permit
from adjudge.records.rows import DecisionRow, DecisionState, MeasureRow
from adjudge.records.shelf import DECISIONS, MEASURES, VERSIONS

router = Router(tags=["decisions"])


def decision_shown(row: DecisionRow, actor: Actor) -> DecisionShape:
    """A decision in a list, and as an act leaves it, for its reader."""
    return DecisionShape.model_validate(as_told(row, actor))


def decision_whole(caller: Caller, decision_id: str) -> DecisionWhole:
    """A decision with all that bears on it, as its page has it."""
    found = decision_overview(caller.house, caller.actor, decision_id)
    standing = [found_shape(item, caller.tongue) for item in found.standing]
    return _whole(caller, found.decision, found.statement, found.needs, standing)


def decision_left(caller: Caller, decision_id: str) -> DecisionWhole:
    """A decision as an act leaves it: of a proposal no statement is drafted, which takes its time."""
    row = decisions.read_decision(caller.house, caller.actor, decision_id)
    if row.state is not DecisionState.PROPOSED:
        return decision_whole(caller, decision_id)
    needs = decisions.open_needs(caller.house, caller.actor, decision_id)
    return _whole(caller, row, {}, needs, None)


def _whole(
    caller: Caller,
    found: DecisionRow,
    statement: dict[str, str],
    needs: Sequence[str],
    standing: list[FoundShape] | None,
) -> DecisionWhole:
    row, at = as_told(found, caller.actor), time_of(caller.house)
    measures = measures_of(caller.house, caller.actor, row.id)
    return DecisionWhole.model_validate(
        {
            **{name: getattr(row, name) for name in _OWN},
            "statement": statement,
            "measures": [measure_shown(item, at) for item in measures],
            "needs": needs,
            "standing": standing,
        },
        from_attributes=True,
    )


_OWN = frozenset(DecisionWhole.model_fields) - {"statement", "measures", "needs", "standing"}


def measure_shown(row: MeasureRow, at: Instant) -> MeasureShape:
    """A measure as it stands at a time."""
    told = {name: getattr(row, name) for name in MeasureShape.model_fields if name != "state"}
    return MeasureShape.model_validate({**told, "state": state_at(row, at)}, from_attributes=True)


@reads(router, "/decisions", act=Act.READ_MATTER, gives=Page[DecisionShape])
def list_decisions(
    request: HttpRequest,
    *,
    matter: str = "",
    subject: str = "",
    advertiser: str = "",
    state: DecisionState | None = None,
    policy: str = "",
    since: When | None = None,
    until: When | None = None,
    cursor: Cursor = "",
    limit: Limit = PART,
) -> Page[DecisionShape]:
    """List the decisions that one may read; of proposals advertisers learn nothing.

    `since` and `until` (not included) bound the time at which they were issued.
    """
    caller = caller_of(request)
    whose = advertiser or caller.actor.advertiser
    permit(caller.actor, Act.READ_MATTER, whose)
    wanted = {
        "matter": matter,
        "subject": subject,
        "advertiser": whose,
        "state": state.value if state else "",
    }
    where = {name: value for name, value in wanted.items() if value}
    policy_of = policies(caller.house)

    def found(after: str, most: int) -> Sequence[DecisionRow]:
        with caller.house.records.reading() as records:
            return records.find(DECISIONS, after=after, most=most, **where)

    def keeps(row: DecisionRow) -> bool:
        if caller.actor.advertiser and row.issued_at is None:
            return False
        return _is_within(row.issued_at, since, until) and policy in {"", policy and policy_of(row.package)}

    return page_of(
        request,
        Page[DecisionShape],
        found,
        lambda row: decision_shown(row, caller.actor),
        cursor=cursor,
        limit=limit,
        keeps=keeps,
    )


def _is_within(at: Instant | None, since: Instant | None, until: Instant | None) -> bool:
    if since is None and until is None:
        return True
    return at is not None and (since is None or since <= at) and (until is None or at < until)


def policies(house: House) -> Callable[[str], str]:
    """By the digest of a version its policy, each looked up once."""

    @cache
    def policy_of(digest: str) -> str:
        with house.records.reading() as records:
            row = records.get(VERSIONS, digest)
        return row.policy if row is not None else ""

    return policy_of


@reads(router, "/decisions/{decision_id}", act=Act.READ_MATTER, gives=DecisionWhole)
def read_decision(request: HttpRequest, decision_id: str) -> DecisionWhole:
    """Read a decision: its statement, its measures, its signatures, and what stands in its way.

    The statement of a proposal is written anew, from what is known now. Advertisers are told who signed by role alone.
    """
    return decision_whole(caller_of(request), decision_id)


@reads(router, "/decisions/{decision_id}/replay", act=Act.REPLAY, gives=ReplayShape)
def replay_decision(request: HttpRequest, decision_id: str) -> ReplayShape:
    """Make a recorded decision again from the log, by the spec, and compare it byte for byte.

    It reads the log up to the decision: of a long log that takes its time.
    """
    caller = caller_of(request)
    weigh(request, MANY)
    found = replay(caller.house, caller.actor, decision_id)
    return ReplayShape(
        decision=found.decision,
        entry=found.entry,
        same=found.same,
        recorded=json.loads(found.recorded),
        found=json.loads(found.found),
        missing=[*found.missing],
        flaws=[caller.tongue.of(flaw) for flaw in found.flaws],
    )


@reads(
    router,
    "/decisions/{decision_id}/receipt",
    act=Act.READ_MATTER,
    gives=Bytes,
    media=["application/json"],
)
def read_receipt_of_decision(request: HttpRequest, decision_id: str) -> HttpResponse:
    """Read the receipt of an issued decision: its entry, and the proof that a signed checkpoint covers it.

    Its form is `adjudge-receipt/1` (docs/reference/log-format.md); `adjudge verify` holds it to the key of the log.
    """
    caller = caller_of(request)
    decisions.read_decision(caller.house, caller.actor, decision_id)
    return receipt_answer(caller, decision_id, kinds=tuple(ISSUED))


def receipt_answer(caller: Caller, object_id: str, *, kinds: Sequence[str] = ()) -> HttpResponse:
    """The receipt of the last entry about an object, as the bytes of its file."""
    found = receipt(caller.house, caller.actor, object_id, caller.opened.signer, kinds=kinds)
    return as_file(receipt_bytes(found), "application/json", f"receipt-{object_id}.json")


@reads(router, "/measures", act=Act.READ_MATTER, gives=Page[MeasureShape])
def list_measures(
    request: HttpRequest,
    *,
    decision: str = "",
    subject: str = "",
    advertiser: str = "",
    rule: str = "",
    kind: MeasureKind | None = None,
    state: MeasureState | None = None,
    cursor: Cursor = "",
    limit: Limit = PART,
) -> Page[MeasureShape]:
    """List measures, those that are over too. `state=in_effect` has those that have effect now."""
    caller = caller_of(request)
    whose = advertiser or caller.actor.advertiser
    permit(caller.actor, Act.READ_MATTER, whose)
    wanted = {"decision": decision, "subject": subject, "advertiser": whose}
    where = {name: value for name, value in wanted.items() if value}
    at = time_of(caller.house)

    def found(after: str, most: int) -> Sequence[MeasureRow]:
        with caller.house.records.reading() as records:
            return records.find(MEASURES, after=after, most=most, **where)

    def keeps(row: MeasureRow) -> bool:
        is_wanted = rule in {"", row.rule} and (kind is None or kind == row.kind)
        return is_wanted and state in {None, state_at(row, at)}

    return page_of(
        request,
        Page[MeasureShape],
        found,
        lambda row: measure_shown(row, at),
        cursor=cursor,
        limit=limit,
        keeps=keeps,
    )
