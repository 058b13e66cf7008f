"""An advertiser with very many ads: what is found of one of them is the same as ever, and found with little work."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from re import search
from typing import Any, cast

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from adjudge.app import decide as deciding
from adjudge.basis.digest import Json
from adjudge.basis.instant import Instant
from adjudge.engines.point.engine import PointEngine
from adjudge.engines.point.engine import outcomes as by_engine
from adjudge.facts.claim import Subject
from adjudge.institution.deciding import decisions, matters
from adjudge.institution.deciding.decisions import confirm, issue, propose, sign
from adjudge.institution.deciding.matters import MOST_IN_ENTRY, counted, evaluate_matter
from adjudge.institution.house import time_of
from adjudge.institution.material.claims import withdraw_claim
from adjudge.institution.material.view import evaluate, outcomes_form, population
from adjudge.institution.premises import occupy
from adjudge.institution.record.log import part_with
from adjudge.outcome import Outcome
from adjudge.population.batch import by_point
from adjudge.population.view import view_at
from adjudge.records.shelf import CLAIMS, SUBJECTS
from adjudge.spec.resolve import outcome_of
from tests.generators.large.ads import ad, fill_ads
from tests.generators.large.founding import PROPOSAL, decided
from tests.sites import Site, founded, site

__all__ = ["founded", "site"]
FEW, MANY = 20, 140
MOST_SUBJECTS = 13
"""Subjects that a page may evaluate: those of one portion, and their advertiser."""


@contextmanager
def evaluated() -> Iterator[list[str]]:
    """The subjects that are evaluated meanwhile, each as often as it is."""
    found: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        inner = outcome_of

        def noted(subject: Subject, *rest: Any) -> Outcome:  # noqa: ANN401 - as what it stands for
            found.append(str(subject.id))
            return inner(subject, *rest)

        patch.setattr(deciding, "outcome_of", noted)
        yield found


def test_what_is_found_of_one_is_what_is_found_of_it_among_all(site: Site) -> None:
    fill_ads(site.house, 3)
    with site.house.records.reading() as records:
        matter, at = site.matter, time_of(site.house)
        claim = records.find(CLAIMS, subject=ad(1))[0]
    withdraw_claim(site.house, site.actor("reviewer"), claim.id, "so")
    with site.house.records.reading() as records:
        for moment in (at, time_of(site.house)):
            whole = evaluate(records, matter, moment, moment)
            assert len(whole.subjects) == records.count(SUBJECTS) > 4
            for item in whole.subjects:
                alone = evaluate(records, matter, moment, moment, about={str(item.outcome.subject)})
                names = {str(found.outcome.subject) for found in alone.subjects}
                assert names == {str(item.outcome.subject), matter.advertiser}
                assert item in alone.subjects


def test_a_subject_of_somebody_else_is_not_found(site: Site) -> None:
    with site.house.records.reading() as records:
        found = evaluate(
            records, site.matter, time_of(site.house), time_of(site.house), about={"nobody", "\x00"}
        )
    assert [str(item.outcome.subject) for item in found.subjects] == [site.matter.advertiser]


PAGES = {
    "/matters/{matter}": ("reviewer", MOST_SUBJECTS),
    "/matters/{matter}?after=ad-b000010": ("reviewer", MOST_SUBJECTS),
    "/matters/{matter}?named=1": ("reviewer", MOST_SUBJECTS),
    "/matters/{matter}/sheet/ad-b000001": ("reviewer", 2),
    "/matters/{matter}/sheet/ad-b000001?part=notice": ("reviewer", 2),
    "/matters/{matter}/sheet/ad-b000001?part=timeline": ("reviewer", 2),
    "/matters/{matter}/proposal/ad-b000001": ("reviewer", 2),
    "/decisions/{waiting}": ("second", 4),
    "/decisions/{issued}": ("reviewer", 0),
    "/decisions/{issued}?part=reason": ("reviewer", 2),
    "/appeals/{appeal}": ("hearer", 2),
}


def test_pages_look_at_no_more_where_there_are_very_many(site: Site) -> None:
    names = decided(site)
    at = time_of(site.house)  # at a time that stands still: what is kept for a moment is kept meanwhile
    occupy(replace(site.opened, house=replace(site.house, clock=lambda: at)))
    asked: dict[int, dict[str, int]] = {}
    for count in (FEW, MANY):
        fill_ads(site.house, count)
        asked[count] = {}
        for page, (who, most) in PAGES.items():
            client, address = site.client(who), page.format(**names)
            with evaluated() as subjects:
                response = client.get(address)
            assert response.status_code == 200, address
            assert len(response.content) < 150_000, address
            assert len(subjects) <= most, (address, subjects)
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            asked[count][page] = len(queries)
    assert asked[FEW] == asked[MANY]


def test_every_subject_stands_on_one_of_the_pages_of_its_matter(site: Site) -> None:
    fill_ads(site.house, 30)
    client, matter = site.client("reviewer"), site.matter.id
    seen: list[str] = []
    address = f"/matters/{matter}"
    for _ in range(10):
        text = client.get(address).content.decode()
        with site.house.records.reading() as records:
            keys = [row.id for row in records.find(SUBJECTS)]
        seen += [key for key in keys if f'href="/matters/{matter}/sheet/{key}"' in text]
        further = search(' href="([^"]*after=[^"]*)" rel="next"', text)
        if further is None:
            break
        address = further[1].replace("&amp;", "&")
    assert seen == keys
    assert len(seen) > 30
    found = client.get(f"/matters/{matter}?named=annonce 29").content.decode()
    assert f"/sheet/{ad(29)}" in found
    assert f"/sheet/{ad(28)}" not in found
    assert "There are no subjects here." in client.get(f"/matters/{matter}?named=zzz").content.decode()


def test_its_advertiser_is_told_of_those_alone_about_whom_something_was_decided(site: Site) -> None:
    decided(site)
    fill_ads(site.house, 30)
    client, matter = site.client("member"), site.matter.id
    with evaluated() as subjects:
        text = client.get(f"/matters/{matter}").content.decode()
    assert set(subjects) <= {"ad-antivirus", site.matter.advertiser}
    assert ad(1) not in text


def test_one_of_very_many_is_proposed_and_issued_by_looking_at_itself(site: Site) -> None:
    fill_ads(site.house, 30)
    house, matter = site.house, site.matter.id
    with evaluated() as subjects:
        row = propose(house, site.actor("reviewer"), matter, ad(7), PROPOSAL)
        confirm(house, site.actor("second"), row.id, row.digest, "I have read it")
        sign(house, site.actor("legal"), row.id, "legal", row.digest, reason="lawful")
        issue(house, site.actor("reviewer"), row.id)
    assert set(subjects) == {ad(7), site.matter.advertiser}
    assert decisions.read_decision(house, site.actor("reviewer"), row.id).issued_at is not None


def test_an_evaluation_of_very_many_is_counted_in_the_log_and_sealed_beside_it(site: Site) -> None:
    fill_ads(site.house, MOST_IN_ENTRY)
    found = evaluate_matter(site.house, site.actor("reviewer"), site.matter.id)
    with site.house.records.reading() as records:
        entry = records.entry(records.size() - 1)
        assert entry is not None
        parts = [part_with(records, digest) for digest in entry.private]
        assert entry.body["outcomes"] == []
        assert entry.body["counts"] == {name: str(n) for name, n in counted(found["outcomes"]).items()}
        kept = [part.content for part in parts if part is not None and isinstance(part.content, dict)]
        assert [item for content in kept for item in cast("list[Json]", content["outcomes"])] == found[
            "outcomes"
        ]
        assert len(kept) == len(parts) > 1
        at = time_of(site.house)
        whole = evaluate(records, site.matter, at, at)
    assert found["outcomes"] == outcomes_form(item.outcome for item in whole.subjects)
    assert len(found["outcomes"]) > MOST_IN_ENTRY


def test_the_page_says_what_an_evaluation_of_very_many_came_to(site: Site) -> None:
    fill_ads(site.house, 30)
    client = site.client("reviewer")
    response = client.post(f"/matters/{site.matter.id}/evaluate", follow=True)
    assert "The evaluation is on record. Subjects: 3" in response.content.decode()


def test_what_was_written_while_it_was_evaluated_is_in_it(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody withdraws a claim before the lock is had, at an instant that the evaluation speaks of."""
    house, reviewer = site.house, site.actor("reviewer")
    at = time_of(house)
    with house.records.reading() as records:
        claims = records.find(CLAIMS, subject="ad-antivirus")
    inner, met = matters._evaluated, list[int]()  # noqa: SLF001 - to come in between

    def between(*rest: Any) -> dict[str, Any]:  # noqa: ANN401 - as what it stands for
        found = inner(*rest)
        if not met:
            met.append(1)
            for claim in claims:
                withdraw_claim(house, reviewer, claim.id, "so")
        return found

    monkeypatch.setattr(matters, "_evaluated", between)
    monkeypatch.setattr(matters, "now", lambda *_: Instant(at.nanos + 10**15))
    found = evaluate_matter(house, reviewer, site.matter.id)
    monkeypatch.undo()
    with house.records.reading() as records:
        late = time_of(house)
        whole = evaluate(records, site.matter, late, late)
    assert found["outcomes"] == outcomes_form(item.outcome for item in whole.subjects)


def test_those_of_whom_the_same_is_said_are_asked_about_once(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_ads(site.house, 6)
    with site.house.records.reading() as records:
        claims = records.find(CLAIMS, subject=ad(1))
    for claim in claims:
        withdraw_claim(site.house, site.actor("reviewer"), claim.id, "so")
    with site.house.records.reading() as records:
        at = time_of(site.house)
        answer = evaluate(records, site.matter, at, at)
        found = population(records, answer)
    assert found is not None
    view, package = view_at(found, at, at), answer.package
    plain = by_engine(package, found.claims, found.subjects, valid_at=at, known_at=at, territory=None)
    asked, inner = list[str](), PointEngine.outcome

    def noted(engine: PointEngine, subject: Subject, *rest: Any) -> Outcome:  # noqa: ANN401 - as what it stands for
        asked.append(str(subject.id))
        return inner(engine, subject, *rest)

    monkeypatch.setattr(PointEngine, "outcome", noted)
    assert by_point(package, view, None) == plain
    assert ad(1) in asked
    assert not {ad(number) for number in (0, 2, 3, 4, 5)} & set(asked)  # as the ad of the founding case
    assert len({str(item.rules) for item in plain}) > 2
