"""Bases: built by somebody else while deltas go on, taken up after a restart, and left where anything does not fit."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from adjudge.institution.binding.procedure import ProcedureSettled, settle_procedure
from adjudge.institution.data.bringing import Brought, bring_in
from adjudge.institution.serving import bases
from adjudge.institution.serving.bases import AtOnce, hosts_of_base, write_base
from adjudge.institution.serving.folder import held_folder
from adjudge.institution.serving.publishing import Publisher
from adjudge.ledger.part import Tombstone
from adjudge.ledger.signer import Signer, signer_of
from adjudge.people.role import Role
from tests.rooms.institution.begun import service_in
from tests.rooms.institution.heard import excluded
from tests.rooms.institution.serving.asked import SIGNER, answers, layers, offered, published, told
from tests.rooms.institution.test_approvals import approved, recorded
from tests.rooms.institution.world import ACME, World, subject


@dataclass
class Later:
    """A base is built when a test says so."""

    world: World
    folder: Path
    asked: int = 0
    names: list[str] = field(default_factory=list)
    used: list[bool] = field(default_factory=list)

    def begin(self) -> None:
        self.asked += 1

    def build(self) -> None:
        self.names.append(write_base(self.world.house, SIGNER, self.folder))

    def built(self) -> str:
        return self.names.pop() if self.names else ""

    def took(self, *, is_used: bool) -> None:
        self.used.append(is_used)


def agrees(world: World, folder: Path) -> None:
    with world.house.records.reading() as records:
        assert answers(folder, records) == told(records)


def test_what_changes_is_told_while_a_base_is_built(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adjudge.institution.serving.publishing.FEWEST", 2)
    with held_folder(tmp_path) as held:
        later = Later(world, tmp_path)
        publisher = Publisher(world.house, SIGNER, held, later)
        assert not publisher.look()
        assert (later.asked, publisher.behind) == (1, publisher.size)
        later.build()
        excluded(world, "while-built")
        assert publisher.look()
        agrees(world, tmp_path)
        first = offered(tmp_path).base
        for name in ("a", "b", "c"):
            excluded(world, name)
            publisher.look()
            agrees(world, tmp_path)
        assert later.asked > 1, "the delta is too large"
        assert offered(tmp_path).base == first
        size = offered(tmp_path).log_size
        later.build()
        excluded(world, "d")
        publisher.look()
        agrees(world, tmp_path)
        assert offered(tmp_path).base != first
        assert offered(tmp_path).log_size > size
        assert publisher.behind == 0


def test_a_new_base_never_tells_less_than_was_told(
    quick_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who follows a folder refuses what tells of a smaller log."""
    monkeypatch.setattr("adjudge.institution.serving.publishing.FEWEST", 0)
    with held_folder(tmp_path) as held:
        later = Later(quick_world, tmp_path)
        publisher = Publisher(quick_world.house, SIGNER, held, later)
        later.build()
        publisher.look()
        later.build()
        excluded(quick_world, "a")
        later.names, waiting = [], later.names
        publisher.look()
        before = offered(tmp_path).log_size
        later.names = waiting
        publisher.look()
        assert offered(tmp_path).log_size >= before
        agrees(quick_world, tmp_path)


@pytest.mark.parametrize(
    "settled",
    [{"surfaces": ("ads", "recommended_offers")}, {"changed": "run"}],
    ids=["surfaces", "changed"],
)
def test_what_was_declared_anew_waits_for_a_base_and_decisions_do_not(
    quick_world: World, tmp_path: Path, settled: dict[str, Any]
) -> None:
    with held_folder(tmp_path) as held:
        later = Later(quick_world, tmp_path)
        publisher = Publisher(quick_world.house, SIGNER, held, later)
        later.build()
        publisher.look()
        before = layers(tmp_path)[0].terms
        settle(quick_world, ProcedureSettled(**settled, stale_after=30))
        excluded(quick_world, "a")
        assert publisher.look()
        agrees(quick_world, tmp_path)
        terms = layers(tmp_path)[0].terms
        assert (terms.surfaces, terms.changed, terms.stale_after) == (before.surfaces, before.changed, 30)
        assert (later.asked, publisher.behind > 0) == (1, True)
        confirmed = offered(tmp_path).confirmed_at
        quick_world.clock.nanos += 60 * 1_000_000_000
        publisher.look()
        assert offered(tmp_path).confirmed_at > confirmed
    with held_folder(tmp_path) as held:
        publisher = Publisher(quick_world.house, SIGNER, held, later)
        excluded(quick_world, "b")
        publisher.look()
        agrees(quick_world, tmp_path)
        assert publisher.behind > 0, "after a restart, too"
        later.build()
        excluded(quick_world, "c")
        publisher.look()
        agrees(quick_world, tmp_path)
        terms, asked = layers(tmp_path)[0].terms, later.asked
        assert settled.items() <= {"surfaces": terms.surfaces, "changed": terms.changed}.items()
        publisher.look()
        assert (publisher.behind, later.asked) == (0, asked)


def test_an_ad_runs_on_as_it_did_until_a_base_tells_what_was_declared_anew(
    quick_world: World, tmp_path: Path
) -> None:
    approved(quick_world)
    with held_folder(tmp_path) as held:
        later = Later(quick_world, tmp_path)
        publisher = Publisher(quick_world.house, SIGNER, held, later)
        later.build()
        publisher.look()
        settle(quick_world, ProcedureSettled(changed="run"))
        recorded(quick_world, "ad", creative="c")
        for kind in ("held", "changed"):
            publisher.look()
            snapshot = layers(tmp_path)[0]
            answer = snapshot.answer_of((snapshot.slot("c:ad"),), "", "ads", quick_world.clock.nanos)
            assert answer.kind == kind
            later.build()


def test_what_no_delta_can_tell_waits_for_a_base_and_is_not_confirmed(
    quick_world: World, tmp_path: Path
) -> None:
    with held_folder(tmp_path) as held:
        later = Later(quick_world, tmp_path)
        publisher = Publisher(quick_world.house, SIGNER, held, later)
        later.build()
        publisher.look()
        before = offered(tmp_path)
        brought = Brought(subjects=[subject("new", ACME)])
        seq = bring_in(quick_world.house, quick_world.who(Role.ADMINISTRATOR), brought, None, "brought too")
        with quick_world.house.records.writing() as records:
            entry = records.entry(seq)
            assert entry is not None
            gone = Tombstone(digest=entry.private[0], at=entry.at, why="it was asked for", entry=seq)
            records.expunge(gone)
        quick_world.clock.nanos += 60 * 1_000_000_000
        publisher.look()
        assert offered(tmp_path) == before, "whoever asks must see that it grows old"
        assert publisher.behind > 0
        later.build()
        publisher.look()
        assert offered(tmp_path).log_size > before.log_size


def test_a_base_that_another_program_made_is_not_built_again_and_again(
    quick_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    excluded(quick_world, "a")
    with held_folder(tmp_path) as held:
        later = Later(quick_world, tmp_path)
        publisher = Publisher(quick_world.house, SIGNER, held, later)
        with monkeypatch.context() as patch:
            patch.setattr(bases, "MADE_BY", "newer/1")
            later.build()
        publisher.look()
        assert later.used == [False]
        assert not [item for item in tmp_path.iterdir() if item.name.endswith(".adj")], "nobody will use it"
        later.build()
        publisher.look()
        assert later.used == [False, True]
        offered_before = offered(tmp_path).base
        with monkeypatch.context() as patch:
            patch.setattr(bases, "MADE_BY", "newer/1")
            later.build()
        publisher.look()
        assert later.used == [False, True, False]
        assert (tmp_path / offered_before).exists(), "of one log, the same name"


def test_a_file_of_hosts_that_another_account_keeps_is_left(
    quick_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with published(quick_world.house, tmp_path):
        pass

    def refused(*_: object, **__: object) -> object:
        raise sqlite3.OperationalError("unable to open database file")

    with monkeypatch.context() as patch:
        patch.setattr("adjudge.institution.serving.hosts.sqlite3.connect", refused)
        assert is_wanted(quick_world, tmp_path)


def test_who_is_looked_at_in_vain_adds_nothing_to_a_delta(quick_world: World, tmp_path: Path) -> None:
    service = service_in(quick_world)
    many = [subject(f"ad-{number}", ACME) for number in range(30)]
    bring_in(quick_world.house, quick_world.who(Role.ADMINISTRATOR), Brought(subjects=many), None, "brought")
    service.claim(ACME, "fraud")
    service.issued(ACME)
    with published(quick_world.house, tmp_path) as folder:
        service.claim("ad-2", "lottery")
        assert not folder.publisher.look()
        assert (folder.publisher.keys[1], folder.current.delta) == (0, "")
        quick_world.ad("new", ACME)
        folder.looked()
        assert folder.publisher.keys[1] == 1, "the ad alone"
        agrees(quick_world, tmp_path)


def test_a_base_is_not_left_far_behind(
    quick_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adjudge.institution.serving.publishing.FARTHEST", 3)
    with published(quick_world.house, tmp_path) as folder:
        bases = set()
        for number in range(9):
            quick_world.join(f"somebody-{number}", Role.AUDITOR)
            bases.add(folder.looked().current.base)
        assert 1 < len(bases) < 9


def settle(world: World, settled: ProcedureSettled) -> None:
    settle_procedure(world.house, world.who(Role.ADMINISTRATOR), settled, reason="to try it")


def test_a_delta_tells_what_was_declared_since(quick_world: World, tmp_path: Path) -> None:
    with published(quick_world.house, tmp_path) as folder:
        base = folder.current.base
        settle(quick_world, ProcedureSettled(stale_after=30, unknown_landing="deny"))
        assert folder.looked().current.base == base
        terms = layers(tmp_path)[0].terms
        assert (terms.base != "", terms.stale_after, terms.unknown_landing) == (True, 30, "deny")
        settle(quick_world, ProcedureSettled())
        assert layers(folder.looked().path)[0].terms.stale_after == 60


def test_a_base_is_taken_up_after_a_restart(world: World, tmp_path: Path) -> None:
    with published(world.house, tmp_path) as folder:
        excluded(world, "a")
        base = folder.looked().current.base
    excluded(world, "b")
    with held_folder(tmp_path) as held:
        later = Later(world, tmp_path)
        assert Publisher(world.house, SIGNER, held, later).look()
        assert (later.asked, offered(tmp_path).base) == (0, base)
        agrees(world, tmp_path)


def flip(path: Path, at: int = -100) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    put(path, bytes(content))


def put(path: Path, content: bytes) -> None:
    """Put another file there; nobody may write to the one that was published."""
    path.unlink()
    path.write_bytes(content)


def without_mark(path: Path) -> None:
    with sqlite3.connect(path) as line:
        line.execute("DELETE FROM made")
    line.close()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder, name: flip(folder / name),
        lambda folder, name: flip(folder / name, 40),
        lambda folder, name: put(folder / name, b""),
        lambda folder, name: (folder / name).unlink(),
        lambda folder, name: hosts_of_base(folder, name).unlink(),
        lambda folder, name: hosts_of_base(folder, name).write_bytes(b"half"),
        lambda folder, name: without_mark(hosts_of_base(folder, name)),
        lambda folder, _name: (folder / "current.json").write_bytes(b"{"),
        lambda folder, _name: (folder / "current.json").unlink(),
    ],
    ids=[
        "flipped",
        "header",
        "empty",
        "gone",
        "no-hosts",
        "half-hosts",
        "unmarked",
        "bad-current",
        "no-current",
    ],
)
def test_a_base_that_does_not_fit_is_left(
    quick_world: World, tmp_path: Path, spoil: Callable[[Path, str], object]
) -> None:
    excluded(quick_world, "a")
    with published(quick_world.house, tmp_path) as folder:
        spoil(tmp_path, folder.current.base)
    assert is_wanted(quick_world, tmp_path)
    with published(quick_world.house, tmp_path):
        agrees(quick_world, tmp_path)


def is_wanted(world: World, path: Path, signer: Signer = SIGNER) -> bool:
    """Whether whoever publishes asks for a new base."""
    with held_folder(path) as held:
        later = Later(world, path)
        Publisher(world.house, signer, held, later).look()
        return later.asked > 0


def test_a_base_of_another_key_program_or_log_is_left(
    quick_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    excluded(quick_world, "a")
    with published(quick_world.house, tmp_path):
        pass
    assert not is_wanted(quick_world, tmp_path)
    assert is_wanted(quick_world, tmp_path, signer_of(SIGNER.name, bytes([1]) * 32))
    with monkeypatch.context() as patch:
        patch.setattr(bases, "MADE_BY", "another")
        assert is_wanted(quick_world, tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(bases, "name_rules", lambda: {"suffixes": b"", "idn": b"{}"})
        assert is_wanted(quick_world, tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(bases, "root_at", lambda *_: bytes(32))
        assert is_wanted(quick_world, tmp_path)


def test_nothing_is_trusted_of_what_failed_halfway(
    quick_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with published(quick_world.house, tmp_path) as folder:
        excluded(quick_world, "a")
        with monkeypatch.context() as patch:
            patch.setattr("adjudge.institution.serving.building.Changes.take", broken)
            with pytest.raises(ZeroDivisionError):
                folder.looked()
        assert folder.publisher.standing is None
        folder.looked()
        agrees(quick_world, tmp_path)


def broken(*_: object) -> bool:
    raise ZeroDivisionError


def test_a_base_is_built_anew_when_it_is_asked_for(quick_world: World, tmp_path: Path) -> None:
    at_once = AtOnce(quick_world.house, SIGNER, tmp_path)
    at_once.begin()
    assert at_once.built().startswith("snapshot-")
    assert at_once.built() == ""
    assert not list(tmp_path.glob(".snapshot*"))
    (hosts,) = tmp_path.glob(".hosts-*")
    assert hosts.stat().st_mode & 0o077 == 0, "who declares what is nobody else's business"
