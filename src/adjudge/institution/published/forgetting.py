"""Replies let go: what an advertiser said beside a decision and took back, in all its versions.

That there was one, when it came and when it went stays, and so do the reasons of a refusal, which are ours. While a
legal hold stands the words stay where they are, read by nobody; the round of what goes takes them when it is ended.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from adjudge.basis.digest import Digest
from adjudge.basis.instant import Instant
from adjudge.basis.said import say
from adjudge.institution.binding.holds import holds_of
from adjudge.institution.expunging import let_go
from adjudge.institution.house import House, now
from adjudge.people.act import ACTS, Act
from adjudge.records.ports import Reading, Writing
from adjudge.records.rows import ReplyRow, ReplyState
from adjudge.records.shelf import REPLIES

AT_ONCE = 500
_ITS_WORDS = frozenset(ACTS[act].writes for act in (Act.REPLY, Act.ANSWER_REFUSAL))


def _never() -> bool:
    return False


def without_words(row: ReplyRow) -> ReplyRow:
    """A reply without what its advertiser said: neither in it, nor in answer to its refusal."""
    return replace(row, text="", answer="")


def forget_reply(records: Writing, row: ReplyRow, at: Instant) -> ReplyRow:
    """Let go of the words of every version, and of what was answered to a refusal; the reply without them."""
    let_go(records, _parts(records, row), at, str(say("the advertiser has taken its reply back")))
    gone = without_words(row)
    records.put(REPLIES, gone)
    return gone


def forget_replies_left(house: House, *, is_over: Callable[[], bool] = _never) -> int:
    """Let go of replies that were taken back while a legal hold stood that is ended; how many those were."""
    count, after = 0, ""
    while not is_over():
        with house.records.reading() as records:
            found = records.find(REPLIES, after=after, most=AT_ONCE, state=ReplyState.WITHDRAWN.value)
            waiting = [row.id for row in found if _is_left(records, row)]
        for name in waiting:
            count += _forgotten(house, name)
        if len(found) < AT_ONCE:
            break
        after = found[-1].id
    return count


def _forgotten(house: House, name: str) -> bool:
    """One reply in a transaction of its own, if nothing has changed under it."""
    with house.records.writing() as records:
        row = records.get(REPLIES, name)
        if row is None or row.state is not ReplyState.WITHDRAWN or not _is_left(records, row):
            return False
        forget_reply(records, row, now(house, records))
        return True


def _is_left(records: Reading, row: ReplyRow) -> bool:
    has_words = bool(row.text or row.answer) or any(records.part(item) for item in _parts(records, row))
    return has_words and not holds_of(records, row.advertiser)


def _parts(records: Reading, row: ReplyRow) -> Iterator[Digest]:
    """The sealed parts in which the advertiser speaks."""
    for entry in records.entries_of(row.id):
        if entry.kind in _ITS_WORDS:
            yield from entry.private
