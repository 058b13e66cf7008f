"""A request that bears an idempotency key is carried out once: sent again, it has the same answer again.

The answer is kept in the transaction of what was done, so that no kill can part the two. It is forgotten after a day.
Secrets are not kept: an answer that had one is given again without it. A refusal is not kept, since nothing was done.
The header is that of the IETF draft `Idempotency-Key`.
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
from adjudge.storage.requests import Kept, forget_before, keep, kept

HEADER = "Idempotency-Key"
DAY = 86_400_000_000_000
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
    name = f"{caller.actor.name}\x00{found.group(1)}"
    return Once(digest_of_bytes(name.encode()), digest_of_bytes(_asked(request)))


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


def answer_again(once: Once) -> HttpResponse | None:
    """The answer that was given; None where it was not carried out yet. Raises RequestError for another request."""
    found = kept(once.id)
    if found is None:
        return None
    if found.request != once.request:
        message = say("this key was sent with another request")
        hint = say(
            "send a new key with each thing that is to be done, and the same one only with the same request"
        )
        raise RequestError(422, "idempotency-key-reused", message, hint=hint)
    response = HttpResponse(found.body, status=found.status)
    for name, value in found.headers.items():
        response[name] = value
    response["Idempotency-Replayed"] = "true"
    return response


def keep_answer(once: Once, response: HttpResponse, secrets: Collection[str], at: int) -> None:
    """Keep an answer, and forget those that are old; `secrets` are the fields that are not kept."""
    body = response.content.decode()
    if secrets and response.get("Content-Type", "").startswith("application/json"):
        whole = json.loads(body)
        body = json.dumps({name: "" if name in secrets else value for name, value in whole.items()})
    headers = {name: response[name] for name in _HEADERS if name in response}
    forget_before(at - DAY)
    keep(Kept(once.id, once.request, response.status_code, headers, body), at)
