"""Calls as the generated operations make them: addresses filled in, bodies written, answers read.

Not the exchange itself, which `adjudge.client.wire` has.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any, TypeVar
from urllib.parse import quote, urlencode

from adjudge.client.file import File, Upload, multipart, name_in
from adjudge.client.listing import Listing, Page
from adjudge.client.problem import no_form
from adjudge.client.shape import NoFormError, Shape, from_json, to_json
from adjudge.client.wire import Received, Sent, Wire, fresh_key

S = TypeVar("S", bound=Shape)
Values = Mapping[str, Any]
Given = Mapping[str, Upload | tuple[Upload, ...] | None]


class Calling:
    """What every group of operations has."""

    def __init__(self, wire: Wire, headers: Mapping[str, str]) -> None:
        """Note what each request bears."""
        self._wire = wire
        self._headers = headers

    def _gives(
        self,
        form: type[S],
        method: str,
        path: str,
        *,
        at: Values | None = None,
        query: Values | None = None,
        body: Values | None = None,
        files: Given | None = None,
        seen: Shape | str | None = None,
        once: str | None = None,
    ) -> S:
        """The answer, in its form. `once` is the key under which an act is done once: empty for a fresh one."""
        headers = {**_tag(seen), **_once(once)}
        received = self._send(method, path, at, query, headers=headers, body=body, files=files)
        with _of_an_institution(received):
            return form.from_json(_json(received), received.headers.get("ETag") or "")

    def _lists(
        self,
        form: type[S],
        path: str,
        *,
        at: Values | None = None,
        query: Values | None = None,
        cursor: str = "",
    ) -> Listing[S]:
        """A list, whose parts are asked for as it is gone through."""

        def ask(after: str) -> Page[S]:
            received = self._send("GET", path, at, {**(query or {}), "cursor": after or cursor or None})
            with _of_an_institution(received):
                told = _json(received)
                if not isinstance(told, dict) or not isinstance(told.get("items"), list):
                    raise NoFormError("it is no part of a list")
                items = tuple(from_json(form, item) for item in told["items"])
                return Page(items, told.get("next"))

        return Listing(ask)

    def _file(
        self,
        method: str,
        path: str,
        *,
        media_type: str,
        at: Values | None = None,
        query: Values | None = None,
        body: Values | None = None,
        files: Given | None = None,
        seen: Shape | str | None = None,
        once: str | None = None,
        into: IO[bytes] | None = None,
    ) -> File:
        """A file; written to `into` as it comes, where that is given."""
        headers = {**_tag(seen), **_once(once), "Accept": media_type}
        received = self._send(method, path, at, query, headers=headers, body=body, files=files, into=into)
        return File(
            received.content,
            received.headers.get_content_type(),
            name_in(received.headers.get("Content-Disposition") or ""),
        )

    def _send(
        self,
        method: str,
        path: str,
        at: Values | None,
        query: Values | None,
        *,
        headers: Mapping[str, str] | None = None,
        body: Values | None = None,
        files: Given | None = None,
        into: IO[bytes] | None = None,
    ) -> Received:
        kind, content = _written(body, files)
        return self._wire.exchange(
            Sent(
                method=method,
                target=_target(path, at or {}, query or {}),
                headers={**self._headers, **kind, **(headers or {})},
                body=content,
                into=into,
            )
        )


def _target(path: str, at: Values, query: Values) -> str:
    """The address with its names filled in. Raises ValueError for an empty one, which would be another address."""
    for name, value in at.items():
        if value in {"", ".", ".."}:
            raise ValueError(f"{name} says nothing")
        path = path.replace(f"{{{name}}}", quote(str(value), safe=""))
    asked = [
        (name, str(item).lower() if isinstance(item, bool) else str(item))
        for name, value in query.items()
        for item in (value if isinstance(value, list | tuple) else (value,))
        if item is not None
    ]
    return f"{path}?{urlencode(asked)}" if asked else path


def _written(body: Values | None, files: Given | None) -> tuple[dict[str, str], bytes | None]:
    """The type and the bytes of what is sent; what is None is left to the institution."""
    said = {name: to_json(value) for name, value in (body or {}).items() if value is not None}
    if files is not None:
        boundary = fresh_key()
        content = multipart(said, {name: file for name, file in files.items() if file is not None}, boundary)
        return {"Content-Type": f"multipart/form-data; boundary={boundary}"}, content
    if body is None:
        return {}, None
    return {"Content-Type": "application/json"}, json.dumps(said, ensure_ascii=False).encode()


def _tag(seen: Shape | str | None) -> dict[str, str]:
    """The header by which nothing is changed that was changed since. Raises ValueError for what bears no tag."""
    if seen is None:
        return {}
    tag = seen.etag if isinstance(seen, Shape) else seen
    if not tag:
        raise ValueError("read it by itself first: what stands in a list bears no tag")
    return {"If-Match": tag}


def _once(once: str | None) -> dict[str, str]:
    return {} if once is None else {"Idempotency-Key": once or fresh_key()}


def _json(received: Received) -> object:
    try:
        return json.loads(received.content)
    except (UnicodeError, ValueError, RecursionError) as error:
        raise NoFormError("it is no JSON") from error


@contextmanager
def _of_an_institution(received: Received) -> Iterator[None]:
    """Read an answer. Raises ApiError where it is none that an institution gives."""
    try:
        yield
    except NoFormError as error:
        raise no_form(received.status, str(error)) from error
