"""A folder of publication as the institution keeps it, for tests: snapshots sealed, deltas, and what is current."""

import json
import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import rfc8785

from adjudge.enforcement.build import Builder, write_snapshot
from adjudge.enforcement.current import CURRENT, Current, file_name
from adjudge.enforcement.layout import FIXED, MAGIC, SECTIONS, aligned
from adjudge.enforcement.measure import Served
from adjudge.enforcement.seal import SEAL, sealed_text
from adjudge.enforcement.terms import Terms
from adjudge.ledger.signer import Signer, signer_of
from adjudge.serve.reading import mapped
from adjudge.serve.trust import TrustedKey, read_trusted
from tests.rooms.serve.model import SURFACES

Told = dict[str, Any]
Sections = dict[str, bytes]
ORIGIN = "adjudge.test"
DECLARED = (*SURFACES, "search")
SUFFIXES = b"example\nco.uk\nuk\ncom\n*.ck\n!www.ck\n"
IDN = json.dumps({"starts": [0, ord("Ü"), ord("Ü") + 1], "made": [0, "ü", 0]}).encode()
RULES = {"suffixes": SUFFIXES, "idn": IDN}


def signer(origin: str = ORIGIN, seed: int = 0) -> Signer:
    """Who seals."""
    return signer_of(origin, bytes(range(seed, seed + 32)))


def sealed(text: str, by: Signer) -> bytes:
    """A seal of a text: the key's id, and the signature."""
    return by.verifier.id + by.sign(text)


def sealing(text: str) -> bytes:
    """The seal of a snapshot's digest."""
    return sealed(sealed_text(ORIGIN, text), signer())


def trusted() -> TrustedKey:
    """The key that followers of the folder trust."""
    return read_trusted(str(signer().verifier))


def written(
    path: Path,
    held: Mapping[str, tuple[Served, ...]],
    terms: Terms | None = None,
    surfaces: tuple[str, ...] = DECLARED,
) -> str:
    """A snapshot of keys with their measures, where these surfaces are declared; its digest."""
    builder = Builder()
    for key, measures in sorted(held.items()):
        builder.add(key, measures)
    told = replace(terms or Terms(origin=ORIGIN, log_size=7), surfaces=surfaces).told()
    return write_snapshot(path, builder, told, RULES, sealing)


def replaced(path: Path, told: bytes) -> None:
    """Put other bytes where a snapshot lies, that nobody may write to either."""
    path.unlink()
    path.write_bytes(told)
    path.chmod(0o444)


def parts(path: Path) -> tuple[Told, Sections]:
    """What the header of a snapshot says, and its sections."""
    file, header = mapped(path)
    sections = {name: file[part.offset : part.offset + part.length] for name, part in header.sections.items()}
    return {key: value for key, value in header.told.items() if key not in {"sections", "size"}}, sections


def resealed(path: Path, told: Told, sections: Sections) -> Path:
    """A file that is whole and sealed, whatever it says."""
    length = 0
    while True:
        placed: Told = {}
        at = FIXED + length + SEAL
        for name in SECTIONS:
            digest = f"sha256:{sha256(sections[name]).hexdigest()}"
            placed[name] = [aligned(at), len(sections[name]), digest]
            at = aligned(at) + len(sections[name])
        text = rfc8785.dumps({"sections": placed, "size": at, **told})
        if len(text) == length:
            break
        length = len(text)
    seal = sealing(f"sha256:{sha256(text).hexdigest()}")
    whole = bytearray(MAGIC + struct.pack("<II", len(text), len(seal)) + text + seal)
    for name in SECTIONS:
        whole += bytes(aligned(len(whole)) - len(whole)) + sections[name]
    path.write_bytes(whole)
    return path


@dataclass
class Folder:
    """A folder, and what is current in it."""

    path: Path
    now: int = 1_000_000
    """Milliseconds since 1970 by the publisher's clock."""
    when_stale: tuple[tuple[str, str], ...] = ()
    unknown_landing: str = "allow"
    _base: tuple[str, str] = field(default=("", ""))

    def put(self, log_size: int, held: Mapping[str, tuple[Served, ...]], base: str = "") -> tuple[str, str]:
        """Write a snapshot, or a delta of a base; its name and digest."""
        terms = Terms(
            origin=ORIGIN,
            log_size=log_size,
            base=base,
            when_stale=self.when_stale,
            unknown_landing=self.unknown_landing,
        )
        digest = written(self.path / "new", held, terms)
        name = file_name(digest, log_size, delta=bool(base))
        (self.path / "new").replace(self.path / name)
        return name, digest

    def publish(self, log_size: int, held: Mapping[str, tuple[Served, ...]]) -> str:
        """A new base; its name."""
        self._base = self.put(log_size, held)
        self.name(log_size, self._base[0])
        return self._base[0]

    def publish_delta(self, log_size: int, held: Mapping[str, tuple[Served, ...]]) -> str:
        """What changed since the base; its name."""
        name, _ = self.put(log_size, held, self._base[1])
        self.name(log_size, self._base[0], name)
        return name

    def name(self, log_size: int, base: str, delta: str = "", by: Signer | None = None) -> Path:
        """Say what is current."""
        by = by or signer()
        current = Current(
            origin=by.verifier.name, base=base, delta=delta, log_size=log_size, confirmed_at=self.now
        )
        return self.say(current.written(sealed(current.signed(), by)))

    def say(self, told: bytes) -> Path:
        """Put bytes where it stands what is current."""
        new = self.path / ".current"
        new.write_bytes(told)
        os.replace(new, self.path / CURRENT)  # noqa: PTH105 - as a publisher does it
        return self.path / CURRENT
