"""The rule of 2019 on state-controlled media, asked of the example: the answer, and what it rests on."""

from pathlib import Path

import pytest

from adjudge.answers.answer import Asked
from adjudge.answers.populations.answer import ReachAnswer
from adjudge.app.check import load_package
from adjudge.app.population_files import load_population
from adjudge.app.populations import alike_of, reach_of
from adjudge.basis.instant import parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.evidence.document import Precision
from adjudge.language.package import MeasureKind, Package
from adjudge.outcome import Verdict
from adjudge.population.model import Population, Standing
from adjudge.population.view import Treatment

ROOT = Path(__file__).resolve().parents[3]
MEDIA = ROOT / "examples" / "populations" / "state-media-2019"
RULE = "state-controlled-media"


@pytest.fixture(scope="module")
def media() -> tuple[Population, Package]:
    log = ProblemLog()
    population = load_population(MEDIA, log)
    package = load_package(ROOT / "policies" / "ads-standard" / "2019-08.yaml", log)
    assert population is not None, log.problems
    assert package is not None, log.problems
    return population, package


def answer(media: tuple[Population, Package], known_at: str = "") -> ReachAnswer:
    population, package = media
    day, log = population.file.as_of, ProblemLog()
    known = parse_instant(known_at) if known_at else day
    assert known is not None
    asked = Asked(valid_at=day, known_at=known, territory=None)
    found = reach_of(population, package, asked, RULE, log)
    assert found is not None, log.problems
    return found


def by_verdict(found: ReachAnswer) -> dict[Verdict, set[str]]:
    told: dict[Verdict, set[str]] = {}
    for row in found.reach.rows:
        told.setdefault(row.outcome.verdict, set()).add(str(row.subject.id))
    return told


def test_those_are_reached_of_whom_two_sources_say_it_and_of_others_too_little_was_read(
    media: tuple[Population, Package],
) -> None:
    assert by_verdict(answer(media)) == {
        Verdict.MET: {"rt", "sputnik", "cgtn"},
        Verdict.UNPROVEN: {"france-medias-monde", "tass", "xinhua"},
        Verdict.UNKNOWN: {
            *("abc-australia", "bbc", "cbc", "deutsche-welle", "guardian"),
            *("irib", "new-york-times", "nhk", "trt"),
        },
    }


def test_what_became_known_later_reaches_nobody_else(media: tuple[Population, Package]) -> None:
    early, late = by_verdict(answer(media)), by_verdict(answer(media, "2026-11-22"))
    assert late[Verdict.MET] == early[Verdict.MET]
    assert Verdict.EXCEPTED not in early


def test_the_two_decisions_of_2017_are_told_with_their_day_and_no_other_is(
    media: tuple[Population, Package],
) -> None:
    found = answer(media).reach
    assert {str(item) for item in found.view.decisions} == {"rt", "sputnik"}
    for decided in found.view.decisions.values():
        assert decided.measures == (MeasureKind.EXCLUDE,)
        assert (decided.since, decided.precision) == (parse_instant("2017-10-26"), Precision.DAY)
        assert decided.standing is Standing.UNKNOWN
    reached = {str(row.subject.id): row for row in found.reached}
    assert len(reached) == 3
    assert found.treated(Treatment.MEASURE) == 2
    assert found.treated(Treatment.UNKNOWN) == 1
    assert not found.unreached_under_measure


def test_no_like_cases_are_known_to_have_been_treated_differently(media: tuple[Population, Package]) -> None:
    population, package = media
    day, log = population.file.as_of, ProblemLog()
    asked = Asked(valid_at=day, known_at=day, territory=None)
    everybody = alike_of(population, package, asked, (None, RULE), log)
    assert everybody is not None
    assert everybody.alike.groups == ()
    of_rt = alike_of(population, package, asked, ("rt", RULE), log)
    assert of_rt is not None
    (group,) = of_rt.alike.groups
    told = {str(member.subject.id) for member in group.members}
    assert told == {"rt"}, "of Sputnik the appointment of its head is known too: they are not alike"


def test_every_text_stands_in_both_languages_and_every_document_carries_a_claim_or_a_decision(
    media: tuple[Population, Package],
) -> None:
    population, _ = media
    texts = [population.file.title, population.file.summary]
    texts += [document.summary for document in population.documents.values()]
    texts += [text for item in population.claims for text in (item.note, item.weight_reason) if text]
    texts += [item.note for item in population.decisions.values()]
    assert all(set(text) == {"en", "fr"} for text in texts)
    used = {item.document for item in population.claims}
    used |= {item.document for item in population.decisions.values()}
    assert used == set(population.documents)


def test_nothing_is_known_before_its_document_was_published(media: tuple[Population, Package]) -> None:
    population, _ = media
    for item in population.claims:
        assert item.document is not None
        published = population.documents[item.document].published
        assert item.recorded_at == (published or parse_instant("2026-11-21")), item.id
        assert item.weight < 4 or item.document in {
            *("bbc-agreement-2016", "ofcom-2017", "dwg-2015", "csa-2017", "french-act-1986"),
            *("broadcasting-act-japan", "abc-act", "cbc-act"),
        }
