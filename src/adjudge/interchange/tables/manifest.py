"""The manifest of an export: which layout, as known when, how many rows each table has, and the digest of each file."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
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
_MOST_ROWS = 2**53


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A table of the export."""

    rows: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invented:
    """How an invented population was asked for: the same again gives the same bytes."""

    seed: str
    subjects: int
    claims: int
    ads_per_advertiser: int
    vocabulary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FromPopulation:
    """The population folder from which tables were made. Its decisions stay there: too little is known of them."""

    id: str
    as_of: Instant
    decisions_left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an export says of itself. `checkpoint` is the signed head of the log when it was made.

    `synthetic` is there if nothing in it is about anybody, `population` if it was made from a folder; there is no log
    then.
    """

    known_at: Instant
    policy: str
    tables: Mapping[str, Listed]
    log_size: int
    checkpoint: str
    synthetic: Invented | None = None
    population: FromPopulation | None = None


def manifest_text(manifest: Manifest) -> str:
    """As JSON."""
    form: dict[str, object] = {
        "layout": LAYOUT,
        "known_at": str(manifest.known_at),
        "policy": manifest.policy or None,
        "tables": {
            name: {"file": f"{name}.parquet", "rows": listed.rows, "digest": listed.digest}
            for name, listed in manifest.tables.items()
        },
    }
    if manifest.checkpoint:
        form["log"] = {"entries": manifest.log_size, "checkpoint": manifest.checkpoint}
    if manifest.synthetic is not None:
        form["synthetic"] = asdict(manifest.synthetic)
    if manifest.population is not None:
        form["population"] = {**asdict(manifest.population), "as_of": str(manifest.population.as_of)}
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
    marked = keys.optional("synthetic")
    invented = _invented(shape, marked) if marked is not None else None
    made = keys.optional("population")
    population = _population(shape, made) if made is not None else None
    if known_at is None or len(found) < len(TABLES) or (marked is not None and invented is None):
        return None
    if made is not None and population is None:
        return None
    return Manifest(
        known_at=known_at,
        policy="",
        tables=found,
        log_size=0,
        checkpoint="",
        synthetic=invented,
        population=population,
    )


def _population(shape: Shape, node: Node) -> FromPopulation | None:
    keys = shape.mapping(node, key_named("population"))
    if keys is None:
        return None
    name = shape.text(keys.required("id"), key_named("id"))
    as_of = shape.instant(keys.required("as_of"), key_named("as_of"))
    left = shape.integer(keys.required("decisions_left_out"), key_named("decisions_left_out"), 0, _MOST_ROWS)
    if name is None or as_of is None or left is None:
        return None
    return FromPopulation(id=name, as_of=as_of, decisions_left_out=left)


def _invented(shape: Shape, node: Node) -> Invented | None:
    keys = shape.mapping(node, key_named("synthetic"))
    if keys is None:
        return None
    seed = shape.text(keys.required("seed"), key_named("seed"))
    vocabulary = shape.text(keys.required("vocabulary"), key_named("vocabulary"))
    subjects = shape.integer(keys.required("subjects"), key_named("subjects"), 0, _MOST_ROWS)
    claims = shape.integer(keys.required("claims"), key_named("claims"), 0, _MOST_ROWS)
    ads = shape.integer(keys.required("ads_per_advertiser"), key_named("ads_per_advertiser"), 0, _MOST_ROWS)
    if seed is None or vocabulary is None or subjects is None or claims is None or ads is None:
        return None
    return Invented(
        seed=seed, subjects=subjects, claims=claims, ads_per_advertiser=ads, vocabulary=vocabulary
    )


def _listed(shape: Shape, node: Node | None) -> Listed | None:
    keys = shape.mapping(node, say("a table"))
    if keys is None:
        return None
    rows = shape.integer(keys.required("rows"), key_named("rows"), 0, _MOST_ROWS)
    digest = shape.text(keys.required("digest"), key_named("digest"))
    return Listed(rows=rows, digest=digest) if rows is not None and digest is not None else None
