"""A request that bears an idempotency key is carried out once: sent again, it has the same answer again.

The answer is kept in the transaction of what was done, so that no kill can part the two. It is forgotten after a day.
Secrets are not kept, nor what is long, nor what was expunged since: then it is told that it was done, and that its
answer is not there any more. A refusal is not kept, since nothing was done. The header is that of the IETF draft
`Idempotency-Key`.
"""

import hashlib
import json
import re
from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from adjudge.api.caller import Caller
from adjudge.api.failure import RequestError
from adjudge.basis.digest import digest_of_bytes
from adjudge.basis.said import say
from adjudge.people.actor import Actor
from adjudge.records.ports import Reading
from adjudge.records.shelf import KEYS
from adjudge.storage.requests import GONE, SECRET_TOLD, Kept, forget_old, keep, kept

HEADER = "Idempotency-Key"
LONGEST = 500_000
"""Bytes of an answer that is kept: all wait while it is written. What is longer is read anew."""
_KEY = re.compile(r'"?([\x21\x23-\x7e]{1,200})"?', re.ASCII)
_HEADERS = ("Content-Type", "ETag", "Location")


@dataclass(frozen=True, slots=True)
class Once:
    """A request that is to be carried out once: by whom and under which key, and what was asked."""

    id: str
    request: str


def once_of(request: HttpRequest, caller: Caller) -> Once | None:
    """What the header says; None without one. Raises RequestError where it is no key."""
    header = request.headers.get(HEADER)
    if header is None:
        return None
    found = _KEY.fullmatch(header.strip())
    if found is None:
        message = say("the header {header} holds no key", header=HEADER)
        hint = say("send 1 to 200 printable characters without spaces, a new key for each thing to be done")
        raise RequestError(400, "bad-idempotency-key", message, hint=hint)
    with caller.house.records.reading() as records:
        name = f"{_sender(records, caller.actor)}\x00{found.group(1)}"
    return Once(digest_of_bytes(name.encode()), digest_of_bytes(_asked(request)))


def _sender(records: Reading, actor: Actor) -> str:
    """Who sends, over rotations: the person whose own key it is, or the first of the keys that replaced each other.

    A person of an advertiser is another sender than the same person of another one, or of none: whoever was moved is
    not told again what was told of the advertiser before.
    """
    if actor.acts is None or actor.key is None:
        return f"person:{actor.person}" + (f"\x00{actor.advertiser}" if actor.advertiser else "")
    first = str(actor.key)
    while (row := records.get(KEYS, first)) is not None and row.replaces:
        first = row.replaces
    return f"key:{first}"


def _asked(request: HttpRequest) -> bytes:
    """What was asked, as bytes to be compared. Of a form with files, whose boundary differs each time, its contents."""
    whole = hashlib.sha256()
    for part in (request.method or "", request.get_full_path()):
        whole.update(part.encode() + b"\x00")
    if (request.content_type or "").startswith("multipart/"):
        whole.update(json.dumps(sorted(request.POST.lists()), ensure_ascii=True).encode())
        for name in sorted(request.FILES):
            for file in request.FILES.getlist(name):
                if not isinstance(file, list):
                    whole.update(f"{name}\x00{file.name}\x00".encode(errors="replace"))
                    for chunk in file.chunks():
                        whole.update(chunk)
                    file.seek(0)
    else:
        whole.update(request.body)
    return whole.digest()


def told_before(once: Once) -> Kept | None:
    """What was kept of the request; None where it was not carried out yet."""
    return kept(once.id)


def answer_again(once: Once, found: Kept) -> HttpResponse:
    """The answer that was given. Raises RequestError for another request, and where the answer is not there any more.

    The latter is a conflict and not an answer with a gap in it: a program would take an empty secret for its secret.
    """
    if found.request != once.request:
        message = say("this key was sent with another request")
        hint = say(
            "send a new key with each thing that is to be done, and the same one only with the same request"
        )
        raise RequestError(422, "idempotency-key-reused", message, hint=hint)
    if found.body == SECRET_TOLD:
        message = say("this was done already, and its secret is told once")
        hint = say("was the answer lost, have another secret made, and end what the lost one opens")
        raise RequestError(409, "secret-told-already", message, hint=hint)
    if found.body == GONE:
        message = say("this was done already, and its answer is not kept")
        raise RequestError(
            409, "answer-not-kept", message, hint=say("read what was done; do not send it anew")
        )
    response = HttpResponse(found.body, status=found.status)
    for name, value in found.headers.items():
        response[name] = value
    response["Idempotency-Replayed"] = "true"
    return response


def keep_answer(once: Once, response: HttpResponse, secrets: Collection[str], at: int) -> None:
    """Keep an answer, and forget some that are old; `secrets` are the fields that are not kept."""
    body = response.content.decode()
    if len(response.content) > LONGEST:
        body = GONE
    if secrets and any(json.loads(response.content).get(name) for name in secrets):
        body = SECRET_TOLD
    headers = {name: response[name] for name in _HEADERS if name in response}
    forget_old(at)
    keep(Kept(once.id, once.request, response.status_code, headers, body), at)
