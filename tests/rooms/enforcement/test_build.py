"""A table is the same whichever way its keys come, and holds each of them once."""

import random
from pathlib import Path

import numpy as np
import pytest

from adjudge.enforcement import build
from adjudge.enforcement.build import Builder, write_snapshot
from adjudge.enforcement.key import filter_of
from adjudge.enforcement.layout import EMPTY
from adjudge.enforcement.measure import Scope, Served, in_order
from adjudge.enforcement.table import table_of
from adjudge.enforcement.terms import Terms
from adjudge.errors import BugError
from adjudge.serve.check import open_snapshot
from adjudge.serve.reading import mapped
from tests.rooms.serve.model import made_up

STOP = Served(scope=Scope(kind="suspend", reason="ads/1"), decision="X-000001")


def written(path: Path, keys: list[str]) -> bytes:
    """A table of keys that are stopped."""
    builder = Builder()
    for key in keys:
        builder.add(key, (STOP,))
    terms = Terms(origin="adjudge.test", log_size=1)
    write_snapshot(path, builder, terms.told(), {"suffixes": b"", "idn": b"{}"}, None)
    return path.read_bytes()


def test_the_order_of_keys_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [f"c:ad-{number}" for number in range(3_000)]
    whole = written(tmp_path / "one", keys)
    random.Random(1).shuffle(keys)  # noqa: S311 - no secrets
    assert written(tmp_path / "two", keys) == whole
    monkeypatch.setattr(build, "_FILTER_AT_ONCE", 1 << 9)
    assert written(tmp_path / "three", keys) == whole
    snapshot = open_snapshot(tmp_path / "three")
    assert all(snapshot.slot(key) >= 0 for key in keys)
    assert not any(snapshot.slot(f"c:free-{number}") >= 0 for number in range(3_000))


def test_the_filter_has_the_bits_of_its_keys_and_no_others() -> None:
    hashes = np.array([filter_of(b"%d" % number) for number in range(500)], np.uint32)
    bits, log2 = build._filter(hashes)  # noqa: SLF001 - bits that are too many only make questions slower
    expected = {hashed >> (32 - log2) for hashed in hashes.tolist()}
    assert {place for place in range(1 << log2) if bits[place >> 3] >> (place & 7) & 1} == expected


@pytest.mark.parametrize("turned", [False, True])
def test_halves_of_hashes_may_meet(*, turned: bool) -> None:
    firsts, seconds = [5 << 32 | 1, 9 << 33, 9 << 33, 9 << 33, 1], [7, 3, 2, 1, 9]
    order = -1 if turned else 1
    sections, figures = build._table(  # noqa: SLF001 - no two keys with such hashes are known
        np.array(firsts[::order], np.uint64),
        np.array(seconds[::order], np.uint64),
        np.arange(5, dtype=np.uint32)[::order],
        np.arange(5, dtype=np.uint32)[::order],
    )
    prints = np.frombuffer(sections["prints"], np.uint64)
    marks = np.frombuffer(sections["marks"], np.uint32)
    assert figures["slots"] == len(prints)
    assert prints[marks < 5].tolist() == [9, 7, 1, 2, 3]
    assert marks[-1] == EMPTY


@pytest.mark.parametrize("others", [0, 50])
def test_a_key_that_comes_twice_is_noticed(tmp_path: Path, others: int) -> None:
    keys = ["c:one", *(f"c:{number}" for number in range(others)), "c:one"]
    with pytest.raises(BugError, match="twice"):
        written(tmp_path / "one", keys)


def test_what_keys_share_is_written_in_one_order_whichever_way_they_come(tmp_path: Path) -> None:
    model = made_up(3, 300)
    keys = sorted(model.held)
    told = Terms(origin="adjudge.test", log_size=1).told()
    digests = set()
    for seed in range(4):
        random.Random(seed).shuffle(keys)  # noqa: S311 - no secrets
        builder = Builder()
        for key in keys:
            builder.add(key, model.held[key])
        for _ in range(2):
            digests.add(
                write_snapshot(tmp_path / "one", builder, told, {"suffixes": b"", "idn": b"{}"}, None)
            )
    assert len(digests) == 1
    whole, header = mapped(tmp_path / "one")
    table = table_of(memoryview(whole), header)
    for key, measures in model.held.items():
        assert table.measures(key) == in_order(measures)
