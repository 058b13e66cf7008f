"""No text that can be read, however odd, loses its meaning or a comment by being formatted, or changes twice."""

import pytest

from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.span import Source
from adjudge.language.formatting.formatter import formatted
from tests.fuzz.mutations import mutated, mutated_gently
from tests.fuzz.targets import TARGETS
from tests.generators.cases import case
from tests.generators.chooser import Seeded
from tests.generators.layouts import untidy

PARTS = 20


def form_of(text: str) -> str | None:
    """The canonical form; None where the text cannot be read. The formatter itself looks for what must not be."""
    log = ProblemLog()
    source = Source("file.yaml", text)
    node = read_yaml(source, log)
    return None if node is None or log.problems else formatted(source, node)


def run(seeds: range) -> int:
    """How many of the texts could be read."""
    shipped = [text for name in ("packages", "vocabularies", "claims") for text in TARGETS[name][1]()]
    read = 0
    for seed in seeds:
        choose = Seeded(f"layout {seed}")
        text = untidy(choose, case(choose).package) if choose.chance(60) else choose.pick(shipped)[:8_000]
        for _ in range(1 + choose.below(3)):
            text = (mutated if choose.chance(30) else mutated_gently)(text, choose, shipped)
        once = form_of(text)
        if once is not None:
            read += 1
            assert form_of(once) == once, f"seed {seed}: {text[:300]!r}"
    return read


def test_damaged_layouts_are_formatted_or_left() -> None:
    assert run(range(600)) > 100


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_thirty_thousand_damaged_layouts_are_formatted_or_left(part: int) -> None:
    run(range(1_000_000 + part * 1_500, 1_000_000 + (part + 1) * 1_500))
