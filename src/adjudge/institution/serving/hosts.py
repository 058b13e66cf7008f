"""Which advertisers declare which hosts, of those that are stopped as a whole: beside a base, and what changed since.

A host that several declare is free again when the last of them is. What a snapshot says of a host does not tell who
declares it; that stays with whoever publishes, in a file that no other account may read.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from adjudge.institution.serving.spool import told_of_disk

_TABLES = (
    "PRAGMA journal_mode = OFF",
    "CREATE TABLE declared (host TEXT, advertiser TEXT, PRIMARY KEY (host, advertiser)) WITHOUT ROWID",
    "CREATE TABLE made (by TEXT)",
    "BEGIN",
)
_PRIVATE = 0o600


@dataclass(slots=True)
class Writing:
    """A file that is being written."""

    line: sqlite3.Connection

    def add(self, advertiser: str, hosts: Iterable[str]) -> None:
        """An advertiser that is stopped, with the hosts that it declares."""
        with told_of_disk():
            self.line.executemany(
                "INSERT OR IGNORE INTO declared VALUES (?, ?)", ((host, advertiser) for host in hosts)
            )


@contextmanager
def written_hosts(path: Path, made_by: str) -> Iterator[Writing]:
    """A file for as long as it is written; whole when this ends well. Raises UnavailableError."""
    with told_of_disk():
        path.unlink(missing_ok=True)
        path.touch(mode=_PRIVATE)
    with closing(sqlite3.connect(path, isolation_level=None)) as line:
        with told_of_disk():
            for command in _TABLES:
                line.execute(command)
        yield Writing(line)
        with told_of_disk():
            line.execute("INSERT INTO made VALUES (?)", (made_by,))
            line.execute("COMMIT")
            line.execute("CREATE INDEX of_advertiser ON declared (advertiser)")


@dataclass(slots=True)
class Hosts:
    """What is declared now. The file is that of a base; what changed since is remembered."""

    line: sqlite3.Connection
    _now: dict[str, frozenset[str]] = field(default_factory=dict)
    _more: dict[str, set[str]] = field(default_factory=dict)

    def of_advertiser(self, advertiser: str) -> frozenset[str]:
        """The hosts of an advertiser; none of one that is not stopped."""
        known = self._now.get(advertiser)
        if known is None:
            rows = self.line.execute("SELECT host FROM declared WHERE advertiser = ?", (advertiser,))
            known = frozenset(host for (host,) in rows)
        return known

    def of_host(self, host: str) -> list[str]:
        """The advertisers of a host, in their order."""
        rows = self.line.execute("SELECT advertiser FROM declared WHERE host = ?", (host,))
        found = {advertiser for (advertiser,) in rows if advertiser not in self._now}
        return sorted(found | self._more.get(host, set()))

    def settle(self, advertiser: str, hosts: frozenset[str]) -> frozenset[str]:
        """What an advertiser declares from now on; all hosts for which this changes something, or may."""
        before = self.of_advertiser(advertiser)
        for host in before:
            self._more.get(host, set()).discard(advertiser)
        for host in hosts:
            self._more.setdefault(host, set()).add(advertiser)
        self._now[advertiser] = hosts
        return before | hosts

    def close(self) -> None:
        """Let go of the file."""
        self.line.close()


def read_hosts(path: Path, made_by: str) -> Hosts | None:
    """The file of a base; None where there is none that is whole and was made by the same program."""
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        line = sqlite3.connect(address, uri=True, isolation_level=None)
    except sqlite3.DatabaseError:  # none, or that of another account
        return None
    try:
        if line.execute("SELECT by FROM made").fetchall() == [(made_by,)]:
            return Hosts(line)
    except sqlite3.DatabaseError:
        pass
    line.close()
    return None
