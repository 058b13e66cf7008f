"""Hooks settled, ended, and begun again from an entry; and listed with how far behind each is.

The address stands in the log as a sealed part only, since some addresses are secrets; the secret stands nowhere there,
and is shown once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from adjudge.basis.digest import Json
from adjudge.basis.instant import Duration, Instant
from adjudge.basis.problem import quoted
from adjudge.basis.said import say
from adjudge.errors import ConflictError
from adjudge.institution.hooks.kinds import known
from adjudge.institution.house import Doing, House, doing, need, refused
from adjudge.institution.staff.people import after
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found, permit
from adjudge.post.reaching import target_of
from adjudge.post.signing import SECRET_BYTES, secret_of
from adjudge.records.ports import Reading
from adjudge.records.rows import HookRow
from adjudge.records.shelf import HOOKS

MOST_HOOKS = 20
"""Programs that are told at once: each has a thread of its own while it is told."""
MOST_KINDS = 100
FORMER_DAY = Duration(86_400 * 1_000_000_000)
"""For so long the secret before signs beside a new one."""


@dataclass(frozen=True, slots=True)
class MadeHook:
    """A hook, and its secret where one was just made: it is shown once."""

    hook: HookRow
    secret: str


@dataclass(frozen=True, slots=True)
class HookLine:
    """A hook without its secret, and how many entries it has not come to."""

    hook: HookRow
    behind: int

    @property
    def id(self) -> str:
        """The hook's id."""
        return self.hook.id


def settle_hook(
    house: House,
    actor: Actor,
    *,
    name: str,
    url: str,
    kinds: Sequence[str] = (),
    since: int | None = None,
    reason: str,
) -> MadeHook:
    """Settle that a program is told of entries of some kinds, or of all: from this one on, or from an earlier one."""
    wanted, target = _kinds(kinds), _url(url)
    with doing(house, actor, Act.SETTLE_HOOK) as act:
        _refuse_more(act.records)
        made = secret_of(house.random(SECRET_BYTES))
        row = HookRow(
            id=act.mint("H"),
            name=need(name, say("the name"), most=200),
            url=target,
            secret=made,
            made_by=actor.person,
            made_at=act.at,
            kinds=wanted,
            next_seq=_seq(act.records, since),
        )
        act.records.put(HOOKS, row)
        _write(act, row, reason, {"from": str(row.next_seq)})
    return MadeHook(_shown(row), made)


def settle_anew(
    house: House,
    actor: Actor,
    hook_id: str,
    *,
    name: str,
    url: str,
    kinds: Sequence[str] = (),
    reason: str,
    new_secret: bool = False,
) -> MadeHook:
    """Settle a hook anew. It goes on where it was, also one that had ended: nothing is left out.

    A new secret signs at once; for a day the one before signs too.
    """
    wanted, target = _kinds(kinds), _url(url)
    with doing(house, actor, Act.SETTLE_HOOK) as act:
        before = _hook(act.records, hook_id)
        named = replace(before, name=need(name, say("the name"), most=200), url=target, kinds=wanted)
        return _settled_anew(act, named, reason, new_secret=new_secret)


def new_secret(house: House, actor: Actor, hook_id: str, reason: str) -> MadeHook:
    """Another secret for a hook, for the one before was lost, or is old."""
    with doing(house, actor, Act.SETTLE_HOOK) as act:
        return _settled_anew(act, _hook(act.records, hook_id), reason, new_secret=True)


def _settled_anew(act: Doing, wanted: HookRow, reason: str, *, new_secret: bool) -> MadeHook:
    """Keep a hook as it is wanted, begun again, and write the entry."""
    if wanted.ended_at is not None:
        _refuse_more(act.records)
    made = secret_of(act.house.random(SECRET_BYTES)) if new_secret else ""
    again = replace(
        _begun_again(wanted),
        secret=made or wanted.secret,
        former_secret=wanted.secret if made else wanted.former_secret,
        former_until=after(act.at, FORMER_DAY) if made else wanted.former_until,
        ended_at=None,
        gone=False,
    )
    act.records.put(HOOKS, again)
    _write(act, again, reason, {"secret": "new"} if made else {})
    return MadeHook(_shown(again), made)


def replay_hook(house: House, actor: Actor, hook_id: str, seq: int, reason: str) -> HookRow:
    """Tell a program again, from an entry on that it had come to; the names of the messages stay the same."""
    with doing(house, actor, Act.REPLAY_HOOK) as act:
        row = _live(act.records, hook_id)
        if not 0 <= seq <= row.next_seq:
            message = say("the program has come to entry {seq} and not beyond", seq=row.next_seq)
            raise refused("bad-value", message, say("name an entry up to that one"))
        again = replace(_begun_again(row), next_seq=seq)
        act.records.put(HOOKS, again)
        act.write(row.id, {"from": str(seq), "reason": need(reason, say("the reason"))})
    return _shown(again)


def end_hook(house: House, actor: Actor, hook_id: str, reason: str) -> HookRow:
    """Tell a program of nothing more."""
    with doing(house, actor, Act.END_HOOK) as act:
        row = _live(act.records, hook_id)
        ended = replace(_begun_again(row), ended_at=act.at)
        act.records.put(HOOKS, ended)
        act.write(row.id, {"reason": need(reason, say("the reason"))})
    return _shown(ended)


def hooks_of(house: House, actor: Actor) -> Sequence[HookLine]:
    """Every hook, those that ended too, in the order in which they were settled."""
    permit(actor, Act.READ_HOOKS)
    with house.records.reading() as records:
        size = records.size()
        return [HookLine(_shown(row), size - row.next_seq) for row in records.find(HOOKS)]


def read_hook(house: House, actor: Actor, hook_id: str) -> HookLine:
    """One hook."""
    permit(actor, Act.READ_HOOKS)
    with house.records.reading() as records:
        row = _hook(records, hook_id)
        return HookLine(_shown(row), records.size() - row.next_seq)


def _begun_again(row: HookRow) -> HookRow:
    """As if nothing had failed; whoever is sending leaves off."""
    return replace(row, turn=row.turn + 1, attempts=0, due_at=None, last_error="", failing_since=None)


def _shown(row: HookRow) -> HookRow:
    return replace(row, secret="", former_secret="")


def _write(act: Doing, row: HookRow, reason: str, more: dict[str, Json]) -> None:
    body: dict[str, Json] = {
        "name": row.name,
        "kinds": [*row.kinds],
        "reason": need(reason, say("the reason")),
        **more,
    }
    act.write(row.id, body, {"url": row.url})


def _hook(records: Reading, hook_id: str) -> HookRow:
    row = records.get(HOOKS, hook_id)
    if row is None:
        raise not_found()
    return row


def _live(records: Reading, hook_id: str) -> HookRow:
    row = _hook(records, hook_id)
    if row.ended_at is not None:
        raise ConflictError(
            say("this program is told of nothing more"), hint=say("settle anew that it is told, first")
        )
    return row


def _refuse_more(records: Reading) -> None:
    if sum(row.ended_at is None for row in records.find(HOOKS)) >= MOST_HOOKS:
        message = say("{most} programs are told already, and no more can be", most=MOST_HOOKS)
        raise refused("bad-value", message, say("end one of them, or let one program hand on to others"))


def _seq(records: Reading, since: int | None) -> int:
    """The entry from which on it is told: the one that is about to be written where none is named."""
    size = records.size()
    if since is None:
        return size
    if not 0 <= since <= size:
        message = say("there is no entry {seq} in the log", seq=since)
        raise refused("bad-value", message, say("name one from 0 to {last}", last=size))
    return since


def _kinds(given: Sequence[str]) -> tuple[str, ...]:
    wanted = tuple(sorted({kind.strip() for kind in given if kind.strip()}))
    unknown = [kind for kind in wanted if not known(kind)]
    if unknown or len(wanted) > MOST_KINDS:
        message = say("no entry is of the kind {kind}", kind=quoted(unknown[0] if unknown else ""))
        hint = say("see the page of events; {example} stands for all that begin so", example="`decision:*`")
        raise refused("bad-value", message, hint)
    return wanted


def _url(given: str) -> str:
    text = given.strip()
    if target_of(text) is None:
        message = say("{text} is no address of a webhook", text=quoted(text))
        hint = say("write one that begins with `https://`, without a name, a password or a `#`")
        raise refused("bad-address", message, hint)
    return text


def is_former_valid(row: HookRow, at: Instant) -> bool:
    """Whether the secret before still signs."""
    return bool(row.former_secret) and row.former_until is not None and at < row.former_until
