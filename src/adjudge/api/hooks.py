"""Hooks over HTTP: which programs are told of what happens; settled, tried, told again, ended."""

from functools import partial

from django.http import HttpRequest
from ninja import Router

from adjudge.api.caller import Caller, caller_of
from adjudge.api.endpoint import acts, asks, reads
from adjudge.api.paging import PART, Cursor, Limit, behind, page_of
from adjudge.api.shapes.hooks import (
    HookShape,
    HookToReplay,
    HookToSettle,
    HookToSettleAnew,
    MadeHookShape,
    TriedShape,
)
from adjudge.api.shapes.matters import Reason
from adjudge.api.shapes.shape import Page
from adjudge.institution.hooks import settling
from adjudge.institution.hooks.settling import HookLine
from adjudge.institution.hooks.telling import try_hook
from adjudge.institution.notifying.posting import hook_sender_of
from adjudge.people.act import Act
from adjudge.post.attempt import Delivered, Retry

router = Router(tags=["hooks"])


def _shown(line: HookLine) -> HookShape:
    told = {name: getattr(line.hook, name) for name in HookShape.model_fields if name != "behind"}
    return HookShape.model_validate({**told, "behind": line.behind})


def _line(caller: Caller, hook_id: str) -> HookShape:
    return _shown(settling.read_hook(caller.house, caller.actor, hook_id))


def _made(caller: Caller, made: settling.MadeHook) -> MadeHookShape:
    return MadeHookShape(**_line(caller, made.hook.id).model_dump(), secret=made.secret)


@reads(router, "/hooks", act=Act.READ_HOOKS, gives=Page[HookShape])
def list_hooks(request: HttpRequest, *, cursor: Cursor = "", limit: Limit = PART) -> Page[HookShape]:
    """List the programs that are told, those too that are told no more, with how far each has come."""
    caller = caller_of(request)
    found = partial(behind, settling.hooks_of(caller.house, caller.actor))
    return page_of(request, Page[HookShape], found, _shown, cursor=cursor, limit=limit)


@reads(router, "/hooks/{hook_id}", act=Act.READ_HOOKS, gives=HookShape)
def read_hook(request: HttpRequest, hook_id: str) -> HookShape:
    """Read what a program is told of, and how far it has come."""
    return _line(caller_of(request), hook_id)


@acts(router, "/hooks", act=Act.SETTLE_HOOK, gives=MadeHookShape, status=201, secrets=("secret",))
def settle_hook(request: HttpRequest, body: HookToSettle) -> MadeHookShape:
    """Settle that a program is told of what happens. The secret that signs its messages is told here alone."""
    caller = caller_of(request)
    made = settling.settle_hook(
        caller.house,
        caller.actor,
        name=body.name,
        url=body.url,
        kinds=body.kinds,
        since=body.since,
        reason=body.reason,
    )
    return _made(caller, made)


@acts(
    router,
    "/hooks/{hook_id}",
    act=Act.SETTLE_HOOK,
    gives=MadeHookShape,
    method="PUT",
    of=read_hook,
    must_match=True,
    secrets=("secret",),
)
def settle_hook_anew(request: HttpRequest, hook_id: str, body: HookToSettleAnew) -> MadeHookShape:
    """Settle it anew. It goes on where it was, also one that had ended: nothing is left out."""
    caller = caller_of(request)
    made = settling.settle_anew(
        caller.house,
        caller.actor,
        hook_id,
        name=body.name,
        url=body.url,
        kinds=body.kinds,
        reason=body.reason,
        new_secret=body.new_secret,
    )
    return _made(caller, made)


@acts(router, "/hooks/{hook_id}/secret", act=Act.SETTLE_HOOK, gives=MadeHookShape, secrets=("secret",))
def make_hook_secret(request: HttpRequest, hook_id: str, body: Reason) -> MadeHookShape:
    """Make another secret. It signs at once; for a day the one before signs too."""
    caller = caller_of(request)
    return _made(caller, settling.new_secret(caller.house, caller.actor, hook_id, body.reason))


@acts(router, "/hooks/{hook_id}/replay", act=Act.REPLAY_HOOK, gives=HookShape)
def replay_hook(request: HttpRequest, hook_id: str, body: HookToReplay) -> HookShape:
    """Tell a program again, from an entry on that it had come to; the names of the messages stay the same."""
    caller = caller_of(request)
    row = settling.replay_hook(caller.house, caller.actor, hook_id, body.since, body.reason)
    return _line(caller, row.id)


@acts(router, "/hooks/{hook_id}/end", act=Act.END_HOOK, gives=HookShape)
def end_hook(request: HttpRequest, hook_id: str, body: Reason) -> HookShape:
    """Tell a program of nothing more."""
    caller = caller_of(request)
    return _line(caller, settling.end_hook(caller.house, caller.actor, hook_id, body.reason).id)


@asks(router, "/hooks/{hook_id}/try", act=Act.SETTLE_HOOK, gives=TriedShape)
def send_trial(request: HttpRequest, hook_id: str) -> TriedShape:
    """Send a program a message of trial now, signed as all are. It is no entry, and nothing is kept of it."""
    caller = caller_of(request)
    sender = hook_sender_of(caller.opened.settings)
    attempt = try_hook(caller.house, caller.actor, sender, hook_id)
    if isinstance(attempt, Delivered):
        return TriedShape(outcome="delivered", said=attempt.proof)
    outcome = "not_now" if isinstance(attempt, Retry) else "refused"
    return TriedShape.model_validate({"outcome": outcome, "said": attempt.error})
