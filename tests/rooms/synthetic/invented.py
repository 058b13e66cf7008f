"""A policy whose facts have every type there is, and populations invented for it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from adjudge.basis.instant import Instant, parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.span import Source
from adjudge.facts.vocabulary import Vocabulary
from adjudge.facts.vocabulary_reader import read_vocabulary
from adjudge.interchange.tables.parquet import connected
from adjudge.language.package import Package
from adjudge.language.reading.package import read_package
from adjudge.synthetic.model import Wanted
from adjudge.synthetic.write import write_population

KNOWN_AT = parse_instant("2026-01-01") or Instant(0)

VOCABULARY = """
vocabulary: everything
version: 3
taxonomies:
  product: {drink: {beer: {}, wine: {}}, bread: {}}
facts:
  advertiser:
    country: {type: country, protected: true, definition: {en: Seen.}}
    spend: {type: money, definition: {en: Seen.}}
    staff: {type: int, definition: {en: Seen.}}
    rating: {type: decimal, definition: {en: Seen.}}
    since: {type: date, definition: {en: Seen.}}
    seen: {type: timestamp, definition: {en: Seen.}}
    notice: {type: duration, definition: {en: Seen.}}
    speaks: {type: language, many: true, definition: {en: Seen.}}
    verified: {type: bool, complete: true, definition: {en: Seen.}}
    licences:
      type: {record: {name: string, of: code<product>, until: date, cost: money, valid: bool}}
      many: true
      definition: {en: Seen.}
  ad:
    product: {type: code<product>, definition: {en: Seen.}}
    slogan: {type: string, definition: {en: Seen.}}
    for_adults: {type: bool, definition: {en: Seen.}}
"""

PACKAGE = """
package: brewers
version: "1"
language: 1
vocabulary: everything
published_at: 2018-01-01
rules:
  - id: beer
    title: {en: Beer}
    subject: ad
    kind: prohibition
    ground: {terms: "1"}
    territory: [FR, BE]
    when: ad.product.under('drink') && !advertiser.verified
    standard: reported
    measure: {suspend: {days: 30}}
  - id: rich
    title: {en: Rich}
    subject: advertiser
    kind: restriction
    ground: {terms: "2"}
    territory: worldwide
    when: advertiser.spend > money('1000', 'EUR')
    standard: corroborated
    measure: {label: {text: {en: Rich}}}
"""


def vocabulary(text: str = VOCABULARY) -> Vocabulary:
    log = ProblemLog()
    found = read_vocabulary(read_yaml(Source("v", text), log), log)
    assert found is not None, log.problems
    return found


def package() -> Package:
    log = ProblemLog()
    found = read_package(read_yaml(Source("p", PACKAGE), log), vocabulary(), log)
    assert found is not None, log.problems
    return found


def wanted(**changed: Any) -> Wanted:  # noqa: ANN401 - fields of it
    usual = Wanted(
        subjects=3_000,
        claims=20_000,
        ads_per_advertiser=4,
        seed="1",
        known_at=KNOWN_AT,
        vocabulary=vocabulary(),
        package=package(),
    )
    return replace(usual, **changed)


def written(folder: Path, **changed: Any) -> Path:  # noqa: ANN401 - as above
    folder.mkdir()
    write_population(wanted(**changed), folder)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def asked(folder: Path, query: str, **words: object) -> list[tuple[Any, ...]]:
    """What a query finds, in which `{claims}` and the like are tables, and `{word}` is one of the words."""
    tables = {path.stem: f"read_parquet('{path}')" for path in folder.glob("*.parquet")}
    for name, word in words.items():
        query = query.replace("{" + name + "}", str(word))
    with connected() as db:
        db.execute("SET TimeZone = 'UTC'")
        return db.execute(query.format(**tables)).fetchall()
