"""Bytes on disk to texts and nodes, within limits; every failure is a problem with the file's name.

Not a store: nothing is written here. The size is asked before a byte is read, since a file may come from outside.
"""

import stat
from pathlib import Path
from typing import BinaryIO

from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.node import Node
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.said import say, verbatim
from adjudge.basis.span import Source, Span

LARGEST = 8 * 1024 * 1024


def read_source(path: Path, log: ProblemLog) -> Source | None:
    """A file's text; None with a problem where it is absent, too large, or not UTF-8."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            log.add("unreadable-file", say("this is not a file"), where=str(path), hint=say("name a file"))
            return None
        if status.st_size > LARGEST:
            message = say("the file has {size} bytes, more than {most}", size=status.st_size, most=LARGEST)
            log.add("file-too-large", message, where=str(path), hint=say("split it"))
            return None
        content = path.read_bytes()[: LARGEST + 1]
    except (OSError, ValueError) as error:
        report_unreadable(error, path, log)
        return None
    return _decoded(str(path), content, log)


def read_stream(stream: BinaryIO, name: str, log: ProblemLog) -> Source | None:
    """The text of a stream, such as standard input; None with a problem where it is too large, or not UTF-8."""
    content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        message = say("there are more than {most} bytes", most=LARGEST)
        log.add("file-too-large", message, where=name, hint=say("split it"))
        return None
    return _decoded(name, content, log)


def report_unreadable(error: Exception, path: Path, log: ProblemLog) -> None:
    """Make a problem of what the disk said; the file that it names, if it names one, else `path`."""
    named = error.filename if isinstance(error, OSError) else None
    # The words of the operating system, which has its own languages.
    words = error.strerror if isinstance(error, OSError) else None
    reason = verbatim(words[:1].lower() + words[1:]) if words else say("the path cannot be used")
    message = say("cannot be read: {reason}", reason=reason)
    hint = say("check the path and the permissions")
    log.add("unreadable-file", message, where=str(named or path), hint=hint)


def _decoded(name: str, content: bytes, log: ProblemLog) -> Source | None:
    try:
        return Source(name, content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        readable = Source(name, content.decode("utf-8", errors="replace"))
        at = len(content[: error.start].decode("utf-8", errors="replace"))
        message = say("byte {position} is not UTF-8", position=str(error.start + 1))
        log.add("not-utf-8", message, Span(readable, at, at + 1), hint=say("save the file as UTF-8"))
        return None


def read_yaml_file(path: Path, log: ProblemLog) -> Node | None:
    """A YAML file's nodes; None with problems."""
    source = read_source(path, log)
    return None if source is None else read_yaml(source, log)
