"""A folder of snapshots asked for tests: base and delta as one, and what the rows of the records say to the same."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from adjudge.basis.instant import Instant
from adjudge.enforcement.current import CURRENT, Current, read_current
from adjudge.institution.binding.measures import has_effect
from adjudge.institution.house import House
from adjudge.institution.serving.bases import AtOnce
from adjudge.institution.serving.folder import held_folder
from adjudge.institution.serving.publishing import Publisher
from adjudge.ledger.signer import signer_of
from adjudge.records.ports import Reading
from adjudge.records.rows import MeasureRow
from adjudge.records.shelf import MEASURES, SUBJECTS
from adjudge.serve.check import Snapshot
from adjudge.serve.trust import open_trusted, read_trusted

SIGNER = signer_of("adjudge.local", bytes(32))
KEYS = (read_trusted(str(SIGNER.verifier)),)
STOPPING = ("suspend", "exclude")
TERRITORIES = ("FR", "US", "")
DAY = 86_400 * 1_000_000_000


@dataclass(slots=True)
class Folder:
    """A folder, and who publishes into it."""

    path: Path
    publisher: Publisher

    def looked(self) -> "Folder":
        self.publisher.look()
        return self

    @property
    def current(self) -> Current:
        return offered(self.path)


def offered(path: Path) -> Current:
    """Which files count."""
    return read_current((path / CURRENT).read_bytes())[0]


@contextmanager
def published(house: House, path: Path) -> Iterator[Folder]:
    """A folder into which everything was published."""
    with held_folder(path) as held:
        yield Folder(path, Publisher(house, SIGNER, held, AtOnce(house, SIGNER, path))).looked()


def layers(path: Path) -> list[Snapshot]:
    """What is to be asked, the delta first; every byte verified."""
    current = offered(path)
    found = [open_trusted(path / name, KEYS) for name in (current.delta, current.base) if name]
    assert all(item.told.get("base") == found[-1].digest for item in found[:-1])
    assert found[0].told["log_size"] == current.log_size
    return found


def answers(path: Path, records: Reading, hosts: tuple[str, ...] = ()) -> dict[tuple[str, str, int], bool]:
    """What is said of every subject that is recorded, and of hosts, now and at times at which something changes."""
    found = layers(path)
    rows = records.find(MEASURES)
    keys = [("a:" if row.id == row.advertiser else "c:") + row.id for row in records.find(SUBJECTS)]
    said = {}
    for key in (*keys, *(f"d:{host}" for host in hosts)):
        for territory in TERRITORIES:
            for at in times(records, rows):
                said[key, territory, at] = False
                for snapshot in found:
                    slot = snapshot.slot(key)
                    if slot >= 0:
                        said[key, territory, at] = not snapshot.answer_of((slot,), territory, "ads", at).allow
                        break
    return said


def told(
    records: Reading, owner_of: Callable[[str], tuple[str, ...]] = lambda _: (), hosts: tuple[str, ...] = ()
) -> dict[tuple[str, str, int], bool]:
    """The same from the rows alone."""
    rows = records.find(MEASURES)
    on: dict[str, list[MeasureRow]] = {}
    for subject in records.find(SUBJECTS):
        key = ("a:" if subject.id == subject.advertiser else "c:") + subject.id
        on[key] = [row for row in rows if row.subject in {subject.id, subject.advertiser}]
    for host in hosts:
        on[f"d:{host}"] = [row for row in rows if row.subject in owner_of(host)]
    return {
        (key, territory, at): any(
            row.kind in STOPPING
            and (territory in row.territories) != row.all_but
            and has_effect(row, Instant(at))
            for row in measures
        )
        for key, measures in on.items()
        for territory in TERRITORIES
        for at in times(records, rows)
    }


def times(records: Reading, rows: Sequence[MeasureRow]) -> list[int]:
    """Now, and around each instant at which a measure begins, rests or ends from now on."""
    last = records.entry(records.size() - 1)
    assert last is not None
    now = last.at.nanos
    bounds = {now}
    for row in rows:
        ends = (
            row.start,
            row.end,
            row.lifted_at,
            *(at for rest in row.pauses for at in (rest.start, rest.end)),
        )
        bounds |= {at.nanos + shift for at in ends if at is not None for shift in (-1, 0)}
    return sorted(at for at in (*bounds, now + DAY, now + 400 * DAY) if at >= now)
