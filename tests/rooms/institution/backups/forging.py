"""Backups taken apart and put together again otherwise: damaged, cut, forged, made by earlier and later programs."""

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from adjudge.institution.backup.manifest import signature_of
from adjudge.ledger.signer import Signer
from tests.rooms.institution.drivers import SIGNER

Members = dict[str, bytes]
Manifest = dict[str, Any]


def members_of(path: Path) -> Members:
    """The members, as any program for tar finds them."""
    with tarfile.open(path) as archive:
        return {item.name: (archive.extractfile(item) or io.BytesIO()).read() for item in archive}


def tar_of(members: list[tuple[str, bytes]], path: Path, **fields: Any) -> Path:  # noqa: ANN401 - of its heads
    """A tar of members, written by another program."""
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT) as archive:
        for name, content in members:
            head = tarfile.TarInfo(name)
            head.size, head.mode = len(content), 0o600
            for field, value in fields.items():
                setattr(head, field, value)
            archive.addfile(head, io.BytesIO(content))
    # Other programs fill their last block; ours does not.
    content = path.read_bytes()
    path.write_bytes(content.rstrip(b"\x00") + bytes(-len(content.rstrip(b"\x00")) % 512) + bytes(1024))
    return path


def forged(
    source: Path, path: Path, change: Callable[[Members, Manifest], None], signer: Signer = SIGNER
) -> Path:
    """A backup in which something is otherwise, with digests and a signature that fit it."""
    members = members_of(source)
    manifest = json.loads(members["manifest.json"])
    change(members, manifest)
    for name, content in members.items():
        if name in manifest["members"]:
            told = manifest["members"][name]
            told["digest"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
            if name.endswith(".gz") and not told.pop("as_it_is", False):
                plain = gzip.decompress(content)
                told["bytes"], told["lines"] = len(plain), plain.count(b"\n")
    members["manifest.json"] = manifest_bytes(manifest)
    members["manifest.sig"] = signature_of(members["manifest.json"], signer)
    return tar_of(list(members.items()), path)


def manifest_bytes(manifest: Manifest) -> bytes:
    """A manifest as it is written."""
    return json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def rows_in(members: Members, table: str) -> list[dict[str, Any]]:
    """The rows of a table."""
    return [json.loads(line) for line in gzip.decompress(members[name_of(table)]).splitlines()]


def put_rows(members: Members, table: str, rows: list[dict[str, Any]]) -> None:
    """Other rows in their place."""
    lines = (json.dumps(row, sort_keys=True, ensure_ascii=False).encode() + b"\n" for row in rows)
    members[name_of(table)] = gzip.compress(b"".join(lines), mtime=0)


def name_of(table: str) -> str:
    """The member of a table."""
    return f"tables/{table}.jsonl.gz"
