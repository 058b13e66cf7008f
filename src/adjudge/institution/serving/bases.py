"""A base in the folder: written by whoever has the time, and taken up by whoever publishes, also after a restart.

A base that lies there is taken up only where every byte is sealed by the key of this log, the log is the one that it
tells of, and it was made by this program: whatever does not fit is left, and a new one is built.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from os import getpid
from pathlib import Path
from typing import Protocol, TypedDict

from adjudge import __version__
from adjudge.basis.said import say
from adjudge.enforcement.build import Builder, write_snapshot
from adjudge.enforcement.current import file_name
from adjudge.enforcement.layout import BadSnapshotError, Header
from adjudge.enforcement.rules import name_rules
from adjudge.enforcement.seal import sealed_text
from adjudge.enforcement.table import Table, table_of
from adjudge.enforcement.terms import Terms, number, terms_of
from adjudge.errors import BugError
from adjudge.institution.binding.procedure import procedure_row
from adjudge.institution.house import House, refused
from adjudge.institution.serving.building import build_base
from adjudge.institution.serving.folder import HOSTS
from adjudge.institution.serving.hosts import Hosts, read_hosts, written_hosts
from adjudge.ledger.fields import base64_text
from adjudge.ledger.proof import root_at
from adjudge.ledger.signer import Signer
from adjudge.records.ports import Reading
from adjudge.serve.reading import mapped, verify
from adjudge.serve.trust import check_seal, read_trusted

MADE_BY = f"{__version__}/2"
"""This program, and how it makes keys of measures: the number grows with every change of that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A file that was written: its name, its digest, and for how many keys."""

    name: str
    digest: str
    keys: int
    terms: Terms


@dataclass(frozen=True, slots=True)
class Base:
    """A base that was taken up, what it says of keys, and who declares which host in it."""

    file: Published
    table: Table
    hosts: Hosts


class Bases(Protocol):
    """Who builds bases."""

    def begin(self) -> None:
        """Build one of all that is known now, unless one is being built."""

    def built(self) -> str:
        """The name of one that was built since this was asked last; empty where there is none."""

    def took(self, *, is_used: bool) -> None:
        """Whether that one is in use now: if not, the next one would hardly be either."""


@dataclass(slots=True)
class AtOnce:
    """A base is built while whoever wants it waits."""

    house: House
    signer: Signer
    folder: Path
    name: str = ""

    def begin(self) -> None:
        """Build it."""
        self.name = write_base(self.house, self.signer, self.folder)

    def built(self) -> str:
        """The one that was begun last."""
        name, self.name = self.name, ""
        return name

    def took(self, *, is_used: bool) -> None:
        """Whoever waits sees that."""


def write_base(house: House, signer: Signer, folder: Path) -> str:
    """Write a base of all that is in force; its name. Raises RefusedError for an empty log, UnavailableError."""
    with house.records.looking() as records:
        size = records.size()
        if not size:
            raise refused("empty-log", say("the log has no entries yet"), say("do something first"))
        terms = terms_of_log(records, signer.name, size)
        new = folder / f".snapshot-hosts-{getpid()}.new"
        try:
            with written_hosts(new, MADE_BY) as hosts:
                builder = build_base(records, last_known(records, size), terms.surfaces, hosts)
            written = write_file(folder, builder, terms, signer)
            new.replace(hosts_of_base(folder, written.name))
        except BaseException:
            with suppress(OSError):
                new.unlink(missing_ok=True)
            raise
    return written.name


def write_file(folder: Path, builder: Builder, terms: Terms, signer: Signer, keys: int = 0) -> Published:
    """Write a snapshot, and give it the name that follows from what it holds. Raises UnavailableError."""

    def seal(digest: str) -> bytes:
        return sealed_by(signer, sealed_text(terms.origin, digest))

    new = folder / f".{'delta' if terms.base else 'snapshot'}-{getpid()}.new"
    digest = write_snapshot(new, builder, terms.told(), name_rules(), seal)
    name = file_name(digest, terms.log_size, delta=bool(terms.base))
    new.replace(folder / name)
    return Published(name=name, digest=digest, keys=keys, terms=terms)


def read_base(folder: Path, name: str, signer: Signer, records: Reading) -> Base | None:
    """A base that lies in the folder; None where it is not to be taken up."""
    try:
        whole, header = mapped(folder / name)
        verify(whole, header)
        table = table_of(memoryview(whole), header)
        check_seal(header, [read_trusted(str(signer.verifier))])
        terms, keys = terms_of(header.told), number(header.told, "keys")
    except (BadSnapshotError, OSError):
        return None
    is_ours = (
        not terms.base
        and name == file_name(header.digest, terms.log_size, delta=False)
        and 0 < terms.log_size <= records.size()
        and terms == replace(terms, origin=signer.name, **_log_told(records, terms.log_size))
        and _has_rules(header, name_rules())
    )
    hosts = read_hosts(hosts_of_base(folder, name), MADE_BY) if is_ours else None
    if hosts is None:
        return None
    return Base(Published(name=name, digest=header.digest, keys=keys, terms=terms), table, hosts)


def _has_rules(header: Header, rules: Mapping[str, bytes]) -> bool:
    return all(
        header.sections[name].digest == f"sha256:{sha256(told).hexdigest()}" for name, told in rules.items()
    )


def hosts_of_base(folder: Path, name: str) -> Path:
    """Where it is written who declares the hosts of a base."""
    return folder / f"{HOSTS}{name}"


def sealed_by(signer: Signer, text: str) -> bytes:
    """The seal of a text by the key of the log."""
    return signer.verifier.id + signer.sign(text)


def terms_of_log(records: Reading, origin: str, size: int) -> Terms:
    """What a snapshot of the log says of itself, and what the institution declared for whoever uses it."""
    procedure = procedure_row(records)
    return Terms(
        origin=origin,
        when_stale=tuple(sorted(procedure.when_stale.items())),
        stale_after=procedure.stale_after,
        unknown_landing=procedure.unknown_landing,
        changed=procedure.changed,
        surfaces=procedure.surfaces,
        **_log_told(records, size),
    )


class _Log(TypedDict):
    log_size: int
    log_root: str
    known_at: str


def _log_told(records: Reading, size: int) -> _Log:
    last = records.entry(size - 1)
    return _Log(
        log_size=size,
        log_root=base64_text(root_at(size, records)),
        known_at=str(last.at) if last is not None else "",
    )


def last_known(records: Reading, size: int) -> int:
    """The time of the last of so many entries, in nanoseconds."""
    last = records.entry(size - 1)
    if last is None:
        raise BugError(f"the log has no entry {size - 1}")
    return last.at.nanos
