"""The page of the log: its last entries, its checkpoint, the whole as a file, and how anyone verifies it."""

from collections.abc import Iterator

from django.http import HttpResponseBase, StreamingHttpResponse
from django.urls import reverse

from adjudge.desk.frame.acting import FRESH, Forms, acting
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.visit import Visit
from adjudge.desk.words.page import KIND_WORDS
from adjudge.institution.reading.listing import names_of
from adjudge.institution.record.log import Exported, checkpoint, export_log, last_checkpoint, read_entries
from adjudge.people.act import Act

PAGE = 50


def log_page(visit: Visit, forms: Forms = FRESH) -> HttpResponseBase:
    """The newest entries, or those before a number."""
    with visit.house.records.reading() as records:
        size, signed = records.size(), last_checkpoint(records)
    end = _end(visit.asked("before"), size)
    first = max(0, end - PAGE)
    entries = read_entries(visit.house, visit.actor, first=first, most=end - first) if end else ()
    if not end:
        read_entries(visit.house, visit.actor, most=1)  # the right is asked for, whatever there is to read
    return show(
        visit,
        "administration/log.html",
        status=forms.status,
        forms=forms,
        size=size,
        signed=signed,
        entries=tuple(reversed(entries)),
        first=first,
        is_newest=end == size,
        kinds=KIND_WORDS,
        names=names_of(visit.house, [entry.actor.removeprefix("person:") for entry in entries]),
        key=str(visit.opened.signer.verifier),
        may_sign=visit.may(Act.CHECKPOINT) and size > (signed.checkpoint.size if signed else 0),
    )


def _end(text: str, size: int) -> int:
    """Before which entry to end: the number that is asked for, else the size of the log."""
    return min(int(text[:18]), size) if text.isascii() and text.isdigit() else size


def signing_log(visit: Visit) -> HttpResponseBase:
    """Sign the log as it is now."""

    def act() -> str:
        checkpoint(visit.house, visit.actor, visit.opened.signer)
        return visit.tongue("The log is signed as it is now.")

    return acting(visit, "checkpoint", act, reverse("log"), lambda forms: log_page(visit, forms))


def log_file(visit: Visit) -> HttpResponseBase:
    """The whole log as a file, written while it is read; without its sealed parts where these are not asked for."""
    exported = Exported(signer=visit.opened.signer, parts_included=visit.asked("parts") != "no")
    lines: Iterator[bytes] = export_log(visit.house, visit.actor, exported)
    response = StreamingHttpResponse(lines, content_type="application/jsonl")
    response["Content-Disposition"] = 'attachment; filename="log.jsonl"'
    return response
