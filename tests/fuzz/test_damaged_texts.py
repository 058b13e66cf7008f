"""No text, however damaged, is answered by anything but problems, slowly, or with much memory."""

import gc
import json
import resource
import sys
import time

import pytest

from tests.fuzz.mutations import mutated, mutated_gently, mutated_tree
from tests.fuzz.targets import TARGETS
from tests.generators.chooser import Seeded

SLOWEST = 1.0
"""Seconds of processor time for one text: a bound on robustness, not a benchmark."""
MOST_MEMORY = 500 * 1024 * 1024
PARTS = 20


def run(name: str, seeds: range) -> None:
    before = memory()
    feed, read = TARGETS[name]
    seeds_texts = read()
    others = [text for _, texts in TARGETS.values() for text in texts()]
    # What other tests of this process hold would be gone through by the collector, on the time of some text.
    gc.collect()
    gc.freeze()
    for seed in seeds:
        choose = Seeded(f"{name} {seed}")
        text = damaged(name, choose.pick(seeds_texts), choose, others)
        started = time.process_time()
        try:
            feed(text)
        except Exception as error:
            error.add_note(f"{name}, seed {seed}: {text[:300]!r}")
            raise
        assert time.process_time() - started < SLOWEST, f"{name}, seed {seed}: {text[:300]!r}"
    gc.unfreeze()
    # Above what other tests of this process took before; alone in its process, that is next to nothing.
    assert memory() - before < MOST_MEMORY


def damaged(name: str, text: str, choose: Seeded, others: list[str]) -> str:
    """Half of all damage is gentle, and half of the lines are damaged inside, behind JSON and YAML."""
    if name == "lines" and choose.chance(50):
        tree = json.loads(text)
        part = choose.pick(("package", "vocabulary", "claims", "package", ""))
        if part in {"package", "vocabulary"}:
            tree[part] = json.dumps(mutated_tree(json.loads(tree[part]), choose))
        elif part:
            tree[part] = mutated_tree(tree[part], choose)
        else:
            tree = mutated_tree(tree, choose)
        return json.dumps(tree)
    return (mutated if choose.chance(50) else mutated_gently)(text, choose, others)


def memory() -> int:
    """The greatest resident size of this process; Linux counts it in KiB, macOS in bytes."""
    found = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return found if sys.platform == "darwin" else found * 1024


SHARES = {"packages": 350, "vocabularies": 250, "claims": 350, "tests": 250, "lines": 450, "expressions": 600}
"""Over two thousand in all."""


@pytest.mark.parametrize("name", SHARES)
def test_damaged_texts_give_problems_and_nothing_worse(name: str) -> None:
    run(name, range(SHARES[name]))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("name", SHARES)
def test_two_hundred_thousand_damaged_texts_give_problems_and_nothing_worse(name: str, part: int) -> None:
    size = 100 * SHARES[name] // PARTS
    run(name, range(1_000_000 + part * size, 1_000_000 + (part + 1) * size))


@pytest.mark.parametrize("name", SHARES)
def test_undamaged_texts_give_no_problem_that_stops_reading(name: str) -> None:
    feed, read = TARGETS[name]
    for text in read():
        feed(text)
