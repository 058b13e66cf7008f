"""The founding case against the material that it was made from, which is not part of this repository."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = sorted([*ROOT.glob("examples/**/*.yaml"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("*.md")])
RUN = 9
"""Words in a row that nobody writes alike by chance; titles and names are shorter."""


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[at : at + RUN]) for at in range(len(found) - RUN + 1)}


def titles(text: str) -> set[tuple[str, ...]]:
    """A title is a fact about a source, and may be given as it is."""
    return {run for line in text.splitlines() if "title:" in line for run in runs(line)}


@pytest.mark.data
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sentence_of_the_articles_is_copied(path: Path, adjudge_data: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for article in (adjudge_data / "seeds").glob("article-*.txt"):
        shared = (runs(text) - titles(text)) & runs(article.read_text(encoding="utf-8"))
        assert not shared, f"{path.name} has words of {article.name}: {sorted(shared)[:3]}"


@pytest.mark.data
def test_the_codes_of_the_example_policy_are_those_of_the_transparency_database(adjudge_data: Path) -> None:
    known = json.dumps(json.loads((adjudge_data / "dsa" / "enums.json").read_text(encoding="utf-8")))
    for path in ROOT.glob("policies/**/*.yaml"):
        for code in re.findall(r"STATEMENT_CATEGORY_\w+", path.read_text(encoding="utf-8")):
            assert f'"{code}"' in known, f"{path.name}: {code}"
