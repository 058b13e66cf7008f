"""A policy author with a rule in mind and an empty folder, until the rule decides a case. Outside in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CONDITION = "when: ad.counterfeit"
WRITTEN = "when: ad.counterfeit&&!advertiser.brand_owner"
TEXTS = {
    "TO WRITE: what the rule is about, in a few words": "Ad for a counterfeit",
    "TO WRITE: the number of the clause": "4.2",
    "TO WRITE: what the rule says, why, and what the advertiser can do": "We run no ad for a counterfeit.",
}
FRENCH = "TO WRITE (en français)"
BRAND_OWNER = """\
    brand_owner:
      type: bool
      changeable_by: nobody
      proof:
        - {document: trademark_register, weight: 4}
      definition:
        en: The advertiser owns the brand that the ad shows, by the register of trade marks.
        fr: L'annonceur est titulaire de la marque montrée, selon le registre des marques.
  # Facts about single ads"""
CLAIM = """\
claims:
  - id: bought
    subject: company-ad
    fact: ad.counterfeit
    value: true
    stance: asserts
    weight: 3
    origin: test-purchase
    document: first-source
    place: page 1
    recorded_at: 2026-07-01
  - id: register
    subject: company
    fact: advertiser.brand_owner
    value: false
    stance: asserts
    weight: 4
    origin: register
    document: first-source
    place: page 2
    recorded_at: 2026-07-01
"""


class Author:
    """Types commands and edits files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def types(self, *words: str, exits: int = 0) -> str:
        """A command's output, of both kinds; it must exit as expected and never with a trace."""
        done = subprocess.run(
            [sys.executable, "-m", "adjudge.cli.main", *words],
            cwd=self.folder,
            env={**os.environ, "COLUMNS": "100"},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        assert "Traceback" not in done.stderr
        assert done.returncode == exits, done.stdout + done.stderr
        return done.stdout + done.stderr

    def replaces(self, path: str, old: str, new: str, count: int = 1) -> None:
        """An edit in a file."""
        text = (self.folder / path).read_text(encoding="utf-8")
        assert old in text
        (self.folder / path).write_text(text.replace(old, new, count), encoding="utf-8")


@pytest.fixture
def author(tmp_path: Path) -> Author:
    return Author(tmp_path)


def test_an_author_begins_with_nothing_and_ends_with_a_rule_that_decides(author: Author) -> None:
    package, tests = "policies/bazaar/2026-06.yaml", "policies/bazaar/tests/counterfeit.yaml"

    author.types("new", "policy", "policies/bazaar", "--published-at", "2026-06-01")
    author.types("new", "rule", "policies/bazaar", "counterfeit", "--subject", "ad")
    assert author.types("check", "policies/bazaar").count("[text-to-write]") == 4
    assert "13 cases: 13 pass" in author.types("test", "policies/bazaar")

    # The rule is written: texts, a fact that its condition asks for, the condition itself.
    for old, new in TEXTS.items():
        author.replaces(package, old, new)
    author.replaces(package, FRENCH, "Contrefaçon", count=2)
    author.replaces(package, CONDITION, WRITTEN)
    assert "the vocabulary declares no fact `advertiser.brand_owner`" in author.types(
        "check", "policies/bazaar", exits=2
    )
    vocabulary = "policies/bazaar/vocabulary.yaml"
    author.replaces(vocabulary, "  # Facts about single ads", BRAND_OWNER)
    author.replaces(vocabulary, "TO WRITE: what one looks at", "A test purchase:")
    author.replaces(vocabulary, FRENCH, "Un achat test.")
    assert author.types("check", "policies/bazaar").endswith("no problem\n")

    # Its tests no longer say enough, and then they do.
    assert "no claim that counts speaks of advertiser.brand_owner" in author.types(
        "test", "policies/bazaar", exits=1
    )
    owner = "claims:\n  - {id: owner, subject: shop, fact: advertiser.brand_owner, value: false, weight: 4}\n\ncases:"
    author.replaces(tests, "cases:", owner)
    assert "13 cases: 13 pass" in author.types("test", "policies/bazaar")

    # Tidied up, without another meaning.
    before = author.types("seal", package, "-o", "before.json")
    assert "would change" in author.types("fmt", "--check", "policies", exits=1)
    author.types("fmt", "policies")
    assert "when: ad.counterfeit && !advertiser.brand_owner" in (author.folder / package).read_text("utf-8")
    author.types("fmt", "--check", "policies")
    assert author.types("seal", package, "-o", "after.json") == before

    # A case: unknown at first, met once something is claimed.
    author.types("new", "case", "cases/first", "--policy", "bazaar")
    assert "counterfeit       unknown" in author.types("decide", "cases/first", "--as-of", "2026-07-02")
    (author.folder / "cases/first/claims.yaml").write_text(CLAIM, encoding="utf-8")
    assert "counterfeit       met" in author.types("decide", "cases/first", "--as-of", "2026-07-02")


def test_an_author_changes_a_published_policy_by_a_new_version(author: Author) -> None:
    author.types("new", "policy", "policies/bazaar", "--published-at", "2026-06-01")
    old = (author.folder / "policies/bazaar/2026-06.yaml").read_bytes()
    version = ("--version", "2026.9", "--published-at", "2026-09-01")
    author.types("new", "rule", "policies/bazaar", "counterfeit", *version)
    assert (author.folder / "policies/bazaar/2026-06.yaml").read_bytes() == old
    author.types("new", "case", "case", "--policy", "bazaar")
    assert "counterfeit" not in author.types("decide", "case", "--as-of", "2026-08-31")
    assert "counterfeit" in author.types("decide", "case", "--as-of", "2026-09-01")


def test_the_commands_speak_french(author: Author) -> None:
    french = ("--lang", "fr")
    author.types("new", "policy", "policies/bazaar", *french)
    author.types("new", "rule", "policies/bazaar", "counterfeit", *french)
    author.types("fmt", "--check", "policies", *french)
    author.types("new", "rule", "policies/bazaar", "a b", *french, exits=2)
