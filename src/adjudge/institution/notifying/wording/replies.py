"""The notice of what became of an advertiser's words in the public register: refused, and why, or shown again."""

from collections.abc import Mapping

from adjudge.basis.said import Said, say
from adjudge.institution.notifying.wording.decisions import where_to
from adjudge.institution.notifying.wording.telling import (
    Telling,
    Told,
    fact,
    own_words,
    short_name,
    subject_name,
)
from adjudge.letters.letter import Block, Heading, Paragraph
from adjudge.records.rows import Purpose

REFUSED, RESTORED = "refused", "restored"
GROUNDS: Mapping[str, Said] = {
    "others": say(
        "it tells of people who are not those that it is by: names, addresses, or what concerns them alone"
    ),
    "unlawful": say("a law or a court forbids its publication; the reasons name which"),
    "elsewhere": say("it is not about this decision, but an advertisement"),
}
"""On which a reply can be refused, and no others."""


def reply_told(telling: Telling) -> Told:
    """That a reply is shown no more, on which ground, why, and how to answer; or that it is shown again."""
    tongue = telling.tongue
    if fact(telling, "what") == RESTORED:
        text = tongue(
            "Your reply to our decision about {subject} is shown in the public register again. Somebody else than who "
            "refused it has decided so.",
            subject=subject_name(telling),
        )
        title = tongue("Your reply is shown again: {subject}", subject=short_name(telling))
        return Told(title, (Heading(tongue("What happened")), Paragraph(text), *_why(telling)))
    text = tongue(
        "We no longer show your reply to our decision about {subject} in the public register. The decision itself, and "
        "your right to complain about it, are not touched.",
        subject=subject_name(telling),
    )
    news = (Heading(tongue("What happened")), Paragraph(text), *_ground(telling), *_why(telling))
    answer = tongue(
        "You can answer this refusal on your page: somebody else than who refused it reads your answer, and can show "
        "the reply again. You can also write another reply, at any time."
    )
    where = where_to(telling, f"decisions/{telling.notice.about}")
    ways = (Heading(tongue("What you can do")), Paragraph(answer), *where)
    return Told(tongue("Your reply was refused: {subject}", subject=short_name(telling)), news, ways)


def _ground(telling: Telling) -> tuple[Block, ...]:
    found = GROUNDS.get(fact(telling, "ground"))
    return (Paragraph(telling.tongue("The ground: {ground}.", ground=found)),) if found else ()


def _why(telling: Telling) -> tuple[Block, ...]:
    reason = fact(telling, "reason")
    return (Paragraph(telling.tongue("The reason for it:")), *own_words(reason)) if reason else ()


PURPOSES = {Purpose.REPLY: reply_told}
"""What is written here."""
