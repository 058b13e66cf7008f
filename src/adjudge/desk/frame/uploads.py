"""Files that come with a form: all looked at before any is kept, so that a form is refused whole or taken whole."""

from collections.abc import Sequence

from adjudge.basis.reading.json_text import Plain
from adjudge.basis.said import say
from adjudge.desk.frame.visit import Visit
from adjudge.errors import RefusedError
from adjudge.institution.house import refused
from adjudge.institution.material.documents import Upload, media_type_of, receive_once, safe_name
from adjudge.people.actor import Actor

MOST = 10
"""Files with one form."""


def uploads(visit: Visit, name: str = "files") -> Sequence[Upload]:
    """The files of a field; their size was bounded before. Raises RefusedError, naming a file that is not taken."""
    files = [file for file in visit.request.FILES.getlist(name) if not isinstance(file, str)]
    if len(files) > MOST:
        message = say("more than {most} files came with the form", most=MOST)
        raise refused("too-many", message, say("send the others with a further message"))
    found = [Upload(content=file.read(), file_name=file.name or "") for file in files]
    for item in found:
        _look_at(item, visit.house.largest_upload)
    return found


def _look_at(item: Upload, largest: int) -> None:
    try:
        media_type_of(item.content, largest)
    except RefusedError as error:
        name = safe_name(item.file_name, "text/plain") if item.file_name else "–"
        message = say("the file {file} is not taken: {reason}", file=name, reason=error.message)
        raise refused("unfit-file", message, error.hint) from error


def received(
    visit: Visit,
    files: Sequence[Upload],
    advertiser: str,
    language: str,
    source: str,
    *,
    summary: dict[str, Plain] | None = None,
) -> list[str]:
    """Receive files in a hearing, as documents; their ids. `summary` says what their sender has them show."""
    told = summary or {}
    described = ({**_described(visit.actor, item, language, source), "summary": told} for item in files)
    return [
        receive_once(visit.house, visit.actor, advertiser, content, item).id
        for content, item in zip(described, files, strict=True)
    ]


def _described(actor: Actor, item: Upload, language: str, source: str) -> dict[str, Plain]:
    """What is known of a file: who sent it, in what language, to what end. What it says, nobody has read yet."""
    title = safe_name(item.file_name, media_type_of(item.content, len(item.content)))
    return {
        "kind": "party_statement" if actor.advertiser else "platform_statement",
        "title": title,
        "publisher": actor.advertiser or "platform",
        "language": language,
        "precision": "unknown",
        "status": "primary",
        "sources": [source],
        "summary": {},
    }
