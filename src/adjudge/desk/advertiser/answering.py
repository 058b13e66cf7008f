"""The one form of an advertiser's page of a decision: an appeal, a question, or one word more in what is open.

What was ticked and the files that show it become points of what is filed, in the order of the list.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponseBase
from django.urls import reverse

from adjudge.basis.reading.json_text import Plain
from adjudge.basis.said import say
from adjudge.desk.advertiser.decision import ANSWER, own_decision_page
from adjudge.desk.frame.acting import acting
from adjudge.desk.frame.uploads import received, uploads
from adjudge.desk.frame.visit import Visit
from adjudge.errors import ConflictError
from adjudge.institution.deciding.decisions import read_decision
from adjudge.institution.hearing.filing import file_appeal, refuse_filing
from adjudge.institution.hearing.talking import refuse_writing, write
from adjudge.institution.house import fitting, refused
from adjudge.institution.material.documents import Upload, media_type_of, safe_name
from adjudge.institution.reading.hearing import decision_heard
from adjudge.people.act import Act
from adjudge.people.permission import permit
from adjudge.records.rows import AppealKind

MOST_TICKS, LONGEST_TICK = 40, 2_000
MORE = "more"
"""The choice to add something to what is open."""
MOST_FILES = 20
"""With one form, for all that was ticked and beside it."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """A point that was ticked, or for which a file came; as it stood on the page."""

    text: str
    files: Sequence[Upload]


@dataclass(frozen=True, slots=True)
class Sent:
    """What came with the form: one's own words, what was ticked, and files beside it."""

    text: str
    ticked: Sequence[Ticked]
    files: Sequence[Upload]

    @property
    def file_count(self) -> int:
        """Files of all points and beside them."""
        return len(self.files) + sum(len(item.files) for item in self.ticked)


def answering_decision(visit: Visit, decision_id: str) -> HttpResponseBase:
    """File what was chosen, or add to what is open; and lead to where it goes on."""
    owner = read_decision(visit.house, visit.actor, decision_id).advertiser
    permit(visit.actor, Act.OPEN_NOTICE, owner)
    made: list[str] = []

    def act() -> str:
        found, said = _answered(visit, decision_id, owner)
        made.append(found)
        return said

    address = reverse("decision", args=[decision_id])
    response = acting(visit, ANSWER, act, address, lambda forms: own_decision_page(visit, decision_id, forms))
    if made:
        response["Location"] = reverse("appeal", args=made)
    return response


def _answered(visit: Visit, decision_id: str, owner: str) -> tuple[str, str]:
    """What was filed or written in, and what is said of it. All is looked at before any file is kept."""
    sent = Sent(visit.sent("text").strip(), tuple(_ticked(visit)), uploads(visit))
    if sent.file_count > MOST_FILES:
        message = say("more than {most} files came with the form", most=MOST_FILES)
        raise refused("too-many", message, say("send the others with a further message"))
    opened = decision_heard(visit.house, visit.actor, decision_id).open_appeals
    if visit.sent("kind") == MORE:
        return _added(visit, opened, sent, owner)
    wanted = next((item for item in AppealKind if item.value == visit.sent("kind")), None)
    if wanted is None:
        message = say("it is not chosen what you want")
        raise refused("bad-value", message, say("choose one of the two, above your words"))
    permit(visit.actor, Act.FILE, owner)
    if wanted is AppealKind.APPEAL and not sent.text and not sent.ticked:
        message = say("the appeal says nothing")
        hint = say("write in your own words what you want to be looked at again")
        raise refused("missing-text", message, hint)
    other = opened.get(wanted.value)
    if other is not None:
        message = say("{appeal} about this decision is open already", appeal=other)
        raise ConflictError(message, hint=say("write there instead"))
    return _filed(visit, decision_id, wanted, sent, owner)


def _filed(visit: Visit, decision_id: str, kind: AppealKind, sent: Sent, owner: str) -> tuple[str, str]:
    tongue, told = visit.tongue, [_whole(visit, sent)]
    refuse_filing(visit.house, visit.actor, decision_id, told, kind)
    ids = _received(visit, sent, owner, f"decision:{decision_id}")
    row = file_appeal(
        visit.house,
        visit.actor,
        decision_id,
        told,
        kind=kind,
        documents=ids,
        language=tongue.code,
    )
    if kind is AppealKind.REASONS:
        return row.id, tongue("Your question is filed. What follows, and until when, stands here.")
    return row.id, tongue("Your appeal is filed. What follows, and until when, stands here.")


def _added(visit: Visit, opened: Mapping[str, str], sent: Sent, owner: str) -> tuple[str, str]:
    """One word more in what is open."""
    named = visit.sent("appeal")
    if named not in opened.values():
        message = say("nothing is open any more about this decision")
        raise ConflictError(message, hint=say("look at how it goes on"))
    permit(visit.actor, Act.WRITE, owner)
    if not sent.text and not sent.ticked and not sent.files:
        message = say("the message says nothing")
        raise refused("missing-text", message, say("write it, or attach a document"))
    told = _whole(visit, sent)
    refuse_writing(visit.house, visit.actor, named, told)
    write(visit.house, visit.actor, named, told, _received(visit, sent, owner, f"appeal:{named}"))
    return named, visit.tongue("It is sent.")


def _ticked(visit: Visit) -> Iterator[Ticked]:
    """What was ticked, and what came with a file. Its words come from the page, and are its sender's from there on."""
    for number in range(1, MOST_TICKS + 1):
        text = fitting(visit.sent(f"tick-{number}").strip(), say("the point"), most=LONGEST_TICK)
        files = uploads(visit, f"proof-{number}")
        if text and (files or visit.sent(f"ticked-{number}")):
            yield Ticked(text, files)


def _whole(visit: Visit, sent: Sent) -> str:
    """As one text, whose paragraphs are its points."""
    return "\n\n".join(filter(None, (sent.text, *_points(visit, sent.ticked))))


def _points(visit: Visit, ticked: Sequence[Ticked]) -> list[str]:
    """A point for each, with the names of its files."""
    tongue, found = visit.tongue, []
    for item in ticked:
        names = [
            safe_name(file.file_name, media_type_of(file.content, len(file.content))) for file in item.files
        ]
        found.append(
            tongue("{point} What shows it: {files}.", point=item.text, files=tongue.listed(names))
            if names
            else item.text
        )
    return found


def _received(visit: Visit, sent: Sent, owner: str, source: str) -> list[str]:
    """All files as documents, those of a point with what they are to prove."""
    language, ids = visit.tongue.code, list[str]()
    for item in sent.ticked:
        summary: dict[str, Plain] = {language: item.text}
        ids += received(visit, item.files, owner, language, source, summary=summary)
    return [*ids, *received(visit, sent.files, owner, language, source)]
