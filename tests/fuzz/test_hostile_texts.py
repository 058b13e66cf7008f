"""Texts made to take long: each once took more than a second, or might."""

import json
import time

import pytest

from tests.fuzz.targets import feed_claims, feed_expression, feed_package, feed_vocabulary

HEAD = 'package: p\nversion: "1"\nlanguage: 1\nvocabulary: ads\npublished_at: 2019-01-01\nrules:\n'
WORDS = "vocabulary: a\nversion: 1\n"
SLOWEST = 40
"""How often the yardstick's processor time a text of up to a megabyte may take: quadratic ones took a thousandfold."""


def rule(when: str, name: str = "r", more: str = "") -> str:
    head = f"  - {{id: {name}, subject: ad, kind: prohibition, territory: worldwide, standard: final, "
    return f"{head}measure: {{exclude: {{}}}}, {more}when: \n    {when}}}\n"


def many(line: str, count: int) -> str:
    return "".join(line.format(number) for number in range(count))


PACKAGES = {
    "a problem in every word of one condition": HEAD + rule("&&".join(["ad.zz"] * 9000)),
    "an unknown root in every word": HEAD + rule("||".join(["zz"] * 16_000)),
    "a long list of unknown codes": HEAD + rule("ad.product in [" + ",".join(["'zz'"] * 8000) + "]"),
    "fifteen thousand unknown overrides among three hundred rules": HEAD
    + "".join(
        rule("'x' == 'y'", f"r{n}", f"overrides: [{', '.join(f'q{m}' for m in range(50))}], ")
        for n in range(300)
    ),
    "twenty thousand unknown keys": many("k{}: 1\n", 20_000),
    "one key twenty thousand times": "k: 1\n" * 20_000,
    "one key twenty thousand times on one line": "{" + ",".join(["k: 1"] * 20_000) + "}",
}
VOCABULARIES = {
    "ten thousand unknown types": WORDS + "facts:\n  ad:\n" + many("    f{}: {{type: strin}}\n", 10_000),
    "a wide tree of codes": WORDS + "facts: {}\ntaxonomies:\n  p:\n" + many("    c{}: {{}}\n", 20_000),
    "one code ten thousand times": WORDS
    + "facts: {}\ntaxonomies:\n  p:\n"
    + many("    c{}: {{c: {{}}}}\n", 10_000),
}
EXPRESSIONS = {
    "a deep pattern": "'a'.matches('" + "(" * 900 + ")" * 900 + "')",
    "many escapes": "'" + "\\\\" * 30_000 + "'",
    "many quotes": "'" * 60_000,
    "many texts over lines that do not end": "'''a" * 15_000,
    "a sum of long lists": "size(" + " + ".join(["[" + ", ".join(["1"] * 500) + "]"] * 40) + ") == 1",
}


def yardstick(_: str) -> None:
    """Work of a known size, so that a slow or a busy machine moves the limit too."""
    words = [f"word {number}" for number in range(20_000)]
    for _round in range(3):
        assert json.loads(json.dumps({word: sorted(word) for word in words}))


def seconds(feed: object, text: str) -> float:
    assert callable(feed)
    started = time.process_time()
    feed(text)
    return time.process_time() - started


def answered_soon(feed: object, text: str) -> bool:
    taken = seconds(feed, text)
    return taken < SLOWEST * seconds(yardstick, "")


@pytest.mark.parametrize("name", PACKAGES)
def test_a_hostile_package_is_answered_soon(name: str) -> None:
    assert answered_soon(feed_package, PACKAGES[name])


@pytest.mark.parametrize("name", VOCABULARIES)
def test_a_hostile_vocabulary_is_answered_soon(name: str) -> None:
    assert answered_soon(feed_vocabulary, VOCABULARIES[name])


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_a_hostile_expression_is_answered_soon(name: str) -> None:
    assert answered_soon(feed_expression, EXPRESSIONS[name])


def test_five_thousand_claims_of_unknown_facts_are_answered_soon() -> None:
    text = "claims:\n" + many("  - {{id: c{0}, fact: advertiser.zz{0}}}\n", 5000)
    assert answered_soon(feed_claims, text)
