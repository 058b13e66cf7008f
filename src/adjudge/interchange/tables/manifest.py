"""The manifest of an export: which layout, as known when, how many rows each table has, and the digest of each file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from adjudge.basis.instant import Instant
from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.reading.json_text import node_of, read_json
from adjudge.basis.reading.node import Node
from adjudge.basis.reading.shape import Shape, key_named
from adjudge.basis.said import say
from adjudge.interchange.tables.layout import LAYOUT, MANIFEST, TABLES

_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A table of the export."""

    rows: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an export says of itself. `checkpoint` is the signed head of the log when it was made."""

    known_at: Instant
    policy: str
    tables: Mapping[str, Listed]
    log_size: int
    checkpoint: str


def manifest_text(manifest: Manifest) -> str:
    """As JSON."""
    form = {
        "layout": LAYOUT,
        "known_at": str(manifest.known_at),
        "policy": manifest.policy or None,
        "tables": {
            name: {"file": f"{name}.parquet", "rows": listed.rows, "digest": listed.digest}
            for name, listed in manifest.tables.items()
        },
        "log": {"entries": manifest.log_size, "checkpoint": manifest.checkpoint},
    }
    return json.dumps(form, ensure_ascii=False, indent=2) + "\n"


def read_manifest(folder: Path, log: ProblemLog) -> Manifest | None:
    """The manifest of a folder; None with problems."""
    path = folder / MANIFEST
    where = str(path)
    try:
        with path.open("rb") as stream:
            text = _text(stream)
    except OSError:
        hint = say("name a folder that `adjudge data export` has written")
        message = say("the folder holds no {file}", file=f"`{MANIFEST}`")
        log.add("not-data", message, where=str(folder), hint=hint)
        return None
    if text is None:
        log.add("not-utf-8", say("the manifest is no text of a bearable size"), where=where)
        return None
    read = read_json(text, log, where)
    return _manifest(Shape(log), node_of(read[0], where)) if read is not None else None


def _text(stream: BinaryIO) -> str | None:
    content = stream.read(_LARGEST + 1)
    try:
        return content.decode() if len(content) <= _LARGEST else None
    except UnicodeDecodeError:
        return None


def _manifest(shape: Shape, node: Node) -> Manifest | None:
    keys = shape.mapping(node, say("the manifest"))
    if keys is None:
        return None
    layout = shape.text(keys.required("layout"), key_named("layout"))
    if layout is not None and layout != LAYOUT:
        message = say("the layout {layout} is not one that is read here", layout=quoted(layout))
        shape.problem(
            "not-data", message, node, say("export the data anew as {layout}", layout=f"`{LAYOUT}`")
        )
        return None
    known_at = shape.instant(keys.required("known_at"), key_named("known_at"))
    tables = shape.mapping(keys.required("tables"), key_named("tables"))
    listed = {
        table.name: _listed(shape, tables.required(table.name)) for table in TABLES if tables is not None
    }
    found = {name: item for name, item in listed.items() if item is not None}
    if known_at is None or len(found) < len(TABLES):
        return None
    return Manifest(known_at=known_at, policy="", tables=found, log_size=0, checkpoint="")


def _listed(shape: Shape, node: Node | None) -> Listed | None:
    keys = shape.mapping(node, say("a table"))
    if keys is None:
        return None
    rows = shape.integer(keys.required("rows"), key_named("rows"), 0, 2**53)
    digest = shape.text(keys.required("digest"), key_named("digest"))
    return Listed(rows=rows, digest=digest) if rows is not None and digest is not None else None
