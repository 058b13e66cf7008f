"""Texts that Hypothesis puts together from the words of the language: what no mutation of a good text gives."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS, claims_files, packages, vocabularies

MANY = settings(max_examples=25_000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
FEW = settings(max_examples=300, deadline=None, database=None, suppress_health_check=list(HealthCheck))

WORDS = """
    && || ! == != < <= > >= in + - * / % ( ) [ ] , . true false null now 0 1 -1 1.5 .5 1e3 0x1F 5u 9223372036854775808
    'a' "b" '' r'\\' b'x' ''' \"\"\" ? : { } // \\ a x ad advertiser lists params product country verified licences
    exists all has size startsWith endsWith contains matches under date timestamp duration money map filter x.y
    ad.product advertiser.country
""".split()
WORD = st.sampled_from(WORDS) | st.text(max_size=3)
EXPRESSIONS = (
    st.lists(WORD, max_size=40).map(" ".join)
    | st.lists(WORD, max_size=40).map("".join)
    | st.text(max_size=80)
)


def lines_of(texts: list[str]) -> st.SearchStrategy[str]:
    """Lines of good files with their indentation, words of the written form, and anything."""
    known = sorted({line for text in texts for line in text.splitlines()})
    odd = [
        "- ",
        "? ",
        ": ",
        "&a",
        "*a",
        "!!map",
        "---",
        "...",
        "<<: x",
        "{",
        "}",
        "[",
        "]",
        "|",
        ">-",
        "# x",
        "\t",
        "'",
        '"',
    ]
    line = st.sampled_from(known) | st.sampled_from(odd) | st.text(max_size=12)
    return st.lists(line, max_size=60).map("\n".join)


KEYS = """vocabulary package claims subjects valid_at known_at territory id subject fact value none stance weight
    origin recorded_at holds_from holds_to withdrawn_at kind advertiser rules when standard measure facts""".split()
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=12)
    | st.sampled_from(["2020-01-01", "FR", "advertiser.a", "asserts", "denies", "ad", "worldwide", "bool"])
)  # fmt: skip
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=4), inner, max_size=8)
    ),
    max_leaves=30,
)


def asked(tree: object) -> str:
    """Half of the trees stand in a line that has all its keys."""
    if isinstance(tree, dict):
        return json.dumps(tree)
    return json.dumps({"vocabulary": "facts: {}", "package": str(tree), "claims": tree, "subjects": [tree],
                       "valid_at": "2020-01-01", "known_at": "2020-01-01"})  # fmt: skip


SOUPS: dict[str, st.SearchStrategy[str]] = {
    "expressions": EXPRESSIONS,
    "packages": lines_of(packages()),
    "vocabularies": lines_of(vocabularies()),
    "claims": lines_of(claims_files()),
    "lines": TREES.map(asked),
}


@pytest.mark.parametrize("name", SOUPS)
def test_soup_gives_problems_and_nothing_worse(name: str) -> None:
    @FEW
    @given(SOUPS[name])
    def feed(text: str) -> None:
        TARGETS[name][0](text)

    feed()


@pytest.mark.slow
@pytest.mark.parametrize("name", SOUPS)
def test_much_soup_gives_problems_and_nothing_worse(name: str) -> None:
    @MANY
    @given(SOUPS[name])
    def feed(text: str) -> None:
        TARGETS[name][0](text)

    feed()
