"""A small policy to be tested: ads for beer, with a licence that expires, in two versions."""

from adjudge.basis.problem import Problem, ProblemLog
from adjudge.basis.reading.node import Node
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.span import Source
from adjudge.facts.vocabulary_reader import read_vocabulary
from adjudge.language.package import Package
from adjudge.language.reading.package import read_package
from adjudge.trials.model import TrialFile
from adjudge.trials.reader import Versions, read_trials
from adjudge.trials.result import FileResult
from adjudge.trials.run import run_files

VOCABULARY = """
vocabulary: ads
version: 1
facts:
  advertiser:
    owner_hidden: {type: bool}
    licences: {type: {record: {country: country, until: date}}, many: true, complete: true}
  ad:
    beer: {type: bool}
    country: {type: country}
"""
PACKAGE = """
package: pub
version: '%s'
language: 1
vocabulary: ads
published_at: %s
rules:
  - id: beer
    subject: ad
    kind: restriction
    territory: [FR, BE]
    in_force: {from: 2020-02-01, to: 2030-01-01}
    when: ad.beer
    standard: corroborated
    unless:
      - id: licensed
        when: advertiser.licences.exists(l, l.country == ad.country && l.until > now)
        standard: official
    measure: {exclude: {}}
    on_unproven: refer
  - id: owner
    subject: advertiser
    kind: requirement
    territory: worldwide
    when: advertiser.owner_hidden
    standard: %s
    measure: {require: {verification: owner}}
"""
HEAD = """
tests: pub
subjects:
  - {id: brewer, kind: advertiser}
  - {id: ad, kind: ad, advertiser: brewer}
claims:
  - {id: product, subject: ad, fact: ad.beer, value: true, weight: 3}
  - {id: place, subject: ad, fact: ad.country, value: FR, weight: 4}
"""
LICENCE = (
    "{id: licence, subject: brewer, fact: advertiser.licences, weight: 4,"
    " value: {country: FR, until: 2021-01-01}}"
)


def node_of(text: str, name: str = "tests.yaml") -> Node:
    log = ProblemLog()
    node = read_yaml(Source(name, text), log)
    assert node is not None, log.problems
    return node


def versions(chosen: str | None = None) -> Versions:
    log = ProblemLog()
    vocabulary = read_vocabulary(node_of(VOCABULARY), log)
    assert vocabulary is not None
    texts = (PACKAGE % ("1", "2020-01-01", "reported"), PACKAGE % ("2", "2021-06-01", "official"))
    packages = [read_package(node_of(text), vocabulary, log) for text in texts]
    assert not log.problems
    found = tuple(package for package in packages if isinstance(package, Package))
    named = Versions(vocabulary, found)
    return Versions(vocabulary, found, named.named(chosen) if chosen is not None else None)


def read(text: str, chosen: str | None = None) -> tuple[TrialFile | None, list[Problem]]:
    log = ProblemLog()
    file = read_trials(node_of(text), versions(chosen), log)
    return file, log.problems


def run(cases: str, chosen: str | None = None, head: str = HEAD) -> FileResult:
    """The result of some cases, which must have no problem."""
    file, problems = read(head + cases, chosen)
    assert file is not None, problems
    (result,) = run_files([file])
    return result
