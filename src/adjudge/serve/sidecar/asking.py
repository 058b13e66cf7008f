"""Questions as JSON, and answers as JSON: one object, or an array of them in one order.

Strict: a name that is not known is refused and not passed over, since a question that was misspelt would be answered as
if nothing were against the ad.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Annotated

import msgspec

from adjudge.serve.answer import STALE, Answer
from adjudge.serve.follow import Holding
from adjudge.serve.sidecar.board import place_of

MOST_QUESTIONS = 10_000
"""Of one batch."""
LONGEST_LANDING = 1 << 16
"""Characters of an address, which advertisers choose, and others wait for while it is read."""
_MOST_REMEMBERED = 50_000
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
_NANOS = 1_000_000_000
_LATEST = 253_402_300_800
"""Seconds: the year 10000, which no text of an instant can say."""
Checking = Callable[..., Answer]
"""The `check` of whatever is asked."""


class BadQuestionError(ValueError):
    """What was sent is no question; the message says where and why."""


class Question(msgspec.Struct, forbid_unknown_fields=True, frozen=True, gc=False):
    """May this ad of this advertiser, which leads there, run in a territory on a surface at an instant (now)?"""

    advertiser: str = ""
    ad: str = ""
    landing: Annotated[str, msgspec.Meta(max_length=LONGEST_LANDING)] = ""
    version: str = ""
    territory: str = ""
    surface: str = "ads"
    at: Annotated[dt.datetime, msgspec.Meta(tz=True)] | None = None


_Batch = Annotated[list[Question], msgspec.Meta(max_length=MOST_QUESTIONS)]
_DECODER = msgspec.json.Decoder(Question | _Batch)
_ENCODE = msgspec.json.Encoder().encode


def read_questions(body: bytes) -> Question | list[Question]:
    """What a body asks. Raises BadQuestionError."""
    try:
        found: Question | list[Question] = _DECODER.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadQuestionError(str(error)) from error
    except RecursionError as error:
        raise BadQuestionError("this is nested too deeply") from error
    if isinstance(found, Question):
        if not found.ad and (found.version or not (found.advertiser or found.landing)):
            raise BadQuestionError(_missing(found))
        return found
    for place, question in enumerate(found):
        if not question.ad and (question.version or not (question.advertiser or question.landing)):
            raise BadQuestionError(f"{_missing(question)} - at `$[{place}]`")
    return found


def _missing(question: Question) -> str:
    if question.version:
        return "the question tells a version of no ad"
    return "the question names no advertiser, no ad and no landing page"


def answered(question: Question, check: Checking) -> Answer:
    """The answer to a question."""
    at = question.at
    return check(
        question.advertiser,
        question.ad,
        question.landing,
        version=question.version,
        territory=question.territory,
        surface=question.surface,
        at=None if at is None else _nanos(at),
    )


def answered_by(questions: Sequence[Question], holding: Holding | Answer) -> list[Answer]:
    """The answers to several, all by what holds at one instant."""
    if isinstance(holding, Answer):
        return [holding] * len(questions)
    check, at, lifted, stale = holding.layers.check, holding.at, holding.lifted, holding.stale
    return [
        STALE
        if item.surface in stale
        else check(
            item.advertiser,
            item.ad,
            item.landing,
            version=item.version,
            territory=item.territory,
            surface=item.surface,
            at=at if item.at is None else _nanos(item.at),
            lifted=lifted,
        )
        for item in questions
    ]


def _nanos(at: dt.datetime) -> int:
    return (at - _EPOCH) // _MICROSECOND * 1_000


Told = tuple[bytes, int]
"""An answer as JSON, and the cell in which it is counted."""


class Written:
    """Answers as they are told; those that come again and again are written once."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[Answer, Told] = {}

    def one(self, answer: Answer) -> Told:
        """One answer."""
        return self._known.get(answer) or self._write(answer)

    def _write(self, answer: Answer) -> Told:
        told = {
            "allow": answer.allow,
            "reason_code": answer.reason_code,
            "decision_id": answer.decision_id,
            "kind": answer.kind,
            "until": None if answer.until is None else instant(answer.until),
        }
        if len(self._known) >= _MOST_REMEMBERED:
            self._known.clear()
        found = self._known[answer] = _ENCODE(told), place_of(answer)
        return found


def instant(nanos: int) -> str | None:
    """An instant as a text (RFC 3339); None for one beyond the years that such a text can say."""
    seconds, rest = divmod(nanos, _NANOS)
    if not 0 <= seconds < _LATEST:
        return None
    whole = (_EPOCH + dt.timedelta(seconds=seconds)).isoformat().removesuffix("+00:00")
    return f"{whole}.{rest:09d}".rstrip("0") + "Z" if rest else f"{whole}Z"
