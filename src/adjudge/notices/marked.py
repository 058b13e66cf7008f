"""A notice whose author marked its passages, in one language: whether each says, and points to, what holds.

Four questions of each passage, in this order: does it point to something that can be tested, does the case agree, do
its own words say so, and do the passages agree with the case together.
"""

from collections.abc import Sequence

from adjudge.basis.instant import Instant
from adjudge.basis.said import NOTHING_SAID, Said, say
from adjudge.evidence.notice import Element, Notice, Passage
from adjudge.notices.background import Background
from adjudge.notices.codes import doubts_of_codes
from adjudge.notices.examination import Reading, Status
from adjudge.notices.literal import unsaid
from adjudge.notices.paired import doubts_of_grounds
from adjudge.notices.pointers import contradicts, lacks, too_early
from adjudge.notices.prospects import doubts_of_recourse
from adjudge.notices.stated import Doubts, doubts_of_measures

NOT_MARKED = say("no passage is marked as stating it")


class Marked:
    """The passages of a notice in one language."""

    def __init__(self, notice: Notice, language: str, known: Background | None) -> None:
        """`known` is None where no case stands beside the notice."""
        self._passages = [passage for passage in notice.passages if language in passage.text]
        self._language = language
        self._known = known
        self._informed_at = known.informed_at if known is not None else notice.earliest
        self._together = _together(self._passages, language, known) if known is not None else {}

    def reading(self, element: Element) -> Reading:
        """What the passages state: none of them may be empty, contradict the case, or say less than it points to."""
        passages = self._of(element)
        if not passages:
            return Reading(Status.MISSING, why=NOT_MARKED)
        for passage in passages:
            doubt = self._doubt(element, passage)
            if doubt:
                return Reading(Status.TOO_VAGUE, passage.text[self._language], doubt)
        if element in self._together:
            passage, doubt = self._together[element]
            return Reading(Status.TOO_VAGUE, passage.text[self._language], doubt)
        return Reading(Status.PRESENT, passages[0].text[self._language])

    def _of(self, element: Element) -> list[Passage]:
        """What states an element. Who acted of its own motion has said that no third party's notice led to it."""
        marked = [passage for passage in self._passages if passage.element is element]
        if element is Element.THIRD_PARTY_NOTICES and not marked:
            sources = [passage for passage in self._passages if passage.element is Element.SOURCE]
            return [passage for passage in sources if not lacks(element, passage.pointer)]
        return marked

    def _doubt(self, element: Element, passage: Passage) -> Said:
        at = passage.pointer
        empty = lacks(element, at)
        if empty:
            return empty
        against = contradicts(element, at, self._known) if self._known is not None else NOTHING_SAID
        late = _late(element, passage, self._informed_at)
        return (
            against or late or unsaid(element, at, passage.text[self._language], self._language, self._known)
        )


def _late(element: Element, passage: Passage, informed_at: Instant | None) -> Said:
    return too_early(passage.pointer.last_day, informed_at) if element is Element.COMPLAINT else NOTHING_SAID


def _together(passages: Sequence[Passage], language: str, known: Background) -> Doubts:
    """What of them does not hold. Of an element on which several fail, the last is told."""
    return (
        doubts_of_measures(passages, known)
        | doubts_of_grounds(passages, known)
        | doubts_of_codes(passages, language, known)
        | doubts_of_recourse(passages, known)
    )
