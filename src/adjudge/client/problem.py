"""What an institution answers where it did not do what it was asked: one exception, with all that it told."""

import json
from dataclasses import dataclass
from typing import Any

from adjudge.basis.said import say
from adjudge.errors import AdjudgeError, UnavailableError


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that stands in the way; `where` is its place in the request, where it has one."""

    code: str
    message: str
    hint: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the log that came since what was changed had been read."""

    seq: int
    at: str
    kind: str
    by: str


class NoAnswerError(UnavailableError):
    """Nobody answered, or not to the end: of an act it is not known whether it was done.

    `once` is the key that the act bore. Called again with it, it is done once; with a fresh one it may be done twice.
    It is empty for what changes nothing.
    """

    def __init__(self, message: str, *, hint: str = "", once: str = "") -> None:
        """Keep the key."""
        super().__init__(message, hint=hint)
        self.once = once


class ApiError(AdjudgeError):
    """What was asked was not done. `code` stays the same over versions; `detail` is a sentence in one's language.

    `once` is the key that an act bore: behind an answer of somebody in between (502, 504) it may have been done.
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        hint: str = "",
        findings: tuple[Finding, ...] = (),
        changed: tuple[Change, ...] = (),
        request: str = "",
        once: str = "",
    ) -> None:
        """Keep what was told. `request` is the id under which the institution's own log has the request."""
        super().__init__(detail, hint=hint)
        self.status = status
        self.code = code
        self.detail = detail
        self.findings = findings
        self.changed = changed
        self.request = request
        self.once = once

    def diagnostics(self) -> str:
        """The sentence, what to do next, and below it what stands in the way."""
        lines = [super().diagnostics()]
        lines += [f"  - {item.message}" + (f" ({item.hint})" if item.hint else "") for item in self.findings]
        return "\n".join(lines)


def problem_in(status: int, content: bytes, location: str = "", once: str = "") -> ApiError:
    """The error that an answer tells of; of one that somebody in between gave, its status alone.

    `location` is where it sends whoever asks: the client goes nowhere with a key that was not told to. `once` is the
    key of an act.
    """
    try:
        told = json.loads(content)
    except (UnicodeError, ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or "code" not in told:
        message = say("the answer was {status}, and gave no reason", status=status)
        elsewhere = say("it sends to {address}: is the institution there?", address=location)
        hint = elsewhere if location else same_key(once)
        return ApiError(status, "no-problem-told", message, hint=hint, once=once)
    return ApiError(
        status,
        _text(told, "code"),
        _text(told, "detail"),
        hint=_text(told, "hint"),
        findings=tuple(
            Finding(_text(item, "code"), _text(item, "message"), _text(item, "hint"), _text(item, "where"))
            for item in _items(told, "findings")
        ),
        changed=tuple(
            Change(_number(item, "seq"), _text(item, "at"), _text(item, "kind"), _text(item, "by"))
            for item in _items(told, "changed")
        ),
        request=_text(told, "request"),
        once=once,
    )


def same_key(once: str) -> str:
    """What to do where nobody said whether it was done."""
    if not once:
        return say("nothing is changed by it: ask again")
    return say("it may have been done: call again with the same key, `once={key}`", key=once)


def no_form(status: int, why: str) -> ApiError:
    """The error where an answer is none that this client knows: one of somebody in between, or of an older version."""
    message = say("the answer was {status}, and has not the form that it should", status=status)
    hint = say("look whether this is the address of an institution, of this version or a newer one")
    return ApiError(status, "no-form-told", message, hint=hint, findings=(Finding("wrong-shape", why),))


def _text(told: dict[str, Any], name: str) -> str:
    found = told.get(name)
    return found if isinstance(found, str) else ""


def _number(told: dict[str, Any], name: str) -> int:
    found = told.get(name)
    return found if isinstance(found, int) else 0


def _items(told: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = told.get(name)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
