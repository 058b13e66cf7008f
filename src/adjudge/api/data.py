"""Data over HTTP: rows of a file brought in by a mapping, and the institution's data given out as tables.

A folder that was exported comes in by `adjudge data import` alone: over HTTP its claims come in one by one, or as rows.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from django.http import HttpRequest, StreamingHttpResponse
from ninja import File, Form, Router
from ninja.files import UploadedFile

from adjudge.api.caller import Caller, caller_of
from adjudge.api.choosing import streamed
from adjudge.api.endpoint import acts, asks, reads
from adjudge.api.limits import MANY, WHOLE, one_of_few, weigh
from adjudge.api.problems import found_shape
from adjudge.api.shapes.data import CameShape, RowsSent, RowsToBring
from adjudge.api.shapes.shape import Bytes, When
from adjudge.institution.data.exporting import Asked
from adjudge.institution.data.handed_out import MEDIA_TYPE, NAME, exported
from adjudge.institution.data.sent import Came, SentRows, bring_rows, ending_of, look_at_rows
from adjudge.people.act import Act
from adjudge.tongues.tongue import Tongue

router = Router(tags=["data"])
_LONGEST_NAME = 200


@asks(router, "/imports/check", act=Act.IMPORT, gives=CameShape)
def check_rows(
    request: HttpRequest, body: Form[RowsSent], file: Annotated[UploadedFile, File()]
) -> CameShape:
    """Look at the rows of a CSV or JSON Lines file, and bring nothing in.

    At most 2,000 rows and 5,000,000 bytes. A form of the type multipart/form-data.
    """
    caller = caller_of(request)
    weigh(request, MANY)
    came = _with(file, body, lambda sent: look_at_rows(caller.house, caller.actor, sent))
    return _shown(came, caller.tongue)


@acts(router, "/imports", act=Act.IMPORT, gives=CameShape, status=201)
def import_rows(
    request: HttpRequest, body: Form[RowsToBring], file: Annotated[UploadedFile, File()]
) -> CameShape:
    """Bring subjects, claims or spend in from the rows of a CSV or JSON Lines file.

    Where a row is refused, nothing comes in, unless `skip_bad` says otherwise. What is here already is not brought in
    twice. At most 2,000 rows and 5,000,000 bytes. A form of the type multipart/form-data.
    """
    caller = caller_of(request)
    came = _with(file, body, lambda sent: _brought(caller, sent, body))
    return _shown(came, caller.tongue)


@reads(router, "/export", act=Act.EXPORT, gives=Bytes, media=(MEDIA_TYPE,))
def export_data(
    request: HttpRequest, *, known_at: When | None = None, policy: str = ""
) -> StreamingHttpResponse:
    """Take the data out as known at a time, in the layout adjudge-data/1: Parquet, in one archive.

    With `policy` only claims that this policy can read, and its decisions.
    """
    caller = caller_of(request)
    asked = Asked(known_at=known_at, policy=policy)
    weigh(request, WHOLE)
    with one_of_few():
        archive = _archive(caller, asked)
    return streamed(archive, MEDIA_TYPE, NAME)


@dataclass(frozen=True, slots=True)
class _HandedOn:
    """An archive of tables that lie in a folder, which goes when the answer is sent, or was not taken."""

    folder: TemporaryDirectory[str]
    pieces: Iterator[bytes]

    def __iter__(self) -> Iterator[bytes]:
        return self.pieces

    def close(self) -> None:
        self.folder.cleanup()


def _archive(caller: Caller, asked: Asked) -> _HandedOn:
    """The archive. Its tables are written before a byte of it is sent, so that a refusal is told as a problem."""
    folder = TemporaryDirectory(prefix="adjudge-export-")
    try:
        pieces = exported(caller.house, caller.actor, caller.opened.signer, Path(folder.name), asked)
    except BaseException:
        folder.cleanup()
        raise
    return _HandedOn(folder, pieces)


def _with(file: UploadedFile, body: RowsSent, bring: Callable[[SentRows], Came]) -> Came:
    """Put the file where it can be read twice, and under a name of ours."""
    with TemporaryDirectory(prefix="adjudge-import-") as folder:
        path = Path(folder) / f"rows{ending_of(file.name or '')}"
        with path.open("wb") as stream:
            for chunk in file.chunks():
                stream.write(chunk)
        sent = SentRows(
            path=path,
            name=(file.name or path.name)[:_LONGEST_NAME],
            mapping=body.mapping,
            policy=body.policy,
            delimiter=body.delimiter,
        )
        return bring(sent)


def _brought(caller: Caller, sent: SentRows, body: RowsToBring) -> Came:
    return bring_rows(caller.house, caller.actor, sent, body.reason, skip_bad=body.skip_bad)


def _shown(came: Came, tongue: Tongue) -> CameShape:
    return CameShape(
        rows=came.told.rows,
        taken=came.told.taken,
        refused=came.told.refused,
        brought=came.told.brought,
        known=came.told.known,
        entries=came.told.entries,
        left_out=[found_shape(item, tongue) for item in came.left_out],
    )
