"""Evaluation over HTTP: off the record, one question or many, of what is on record or of what is sent alone."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from adjudge.api import evaluations
from adjudge.api.body import LARGEST_TREE
from adjudge.api.shapes import evaluations as shapes
from adjudge.institution.data import sent
from adjudge.institution.material.view import evaluate, outcomes_form
from adjudge.institution.plain import textual
from adjudge.institution.reading import asking
from adjudge.people.act import Act
from adjudge.records.shelf import CLAIMS
from tests.rooms.api.calls import Calls, calls_of, service, told
from tests.rooms.api.test_policies import PACKAGE, VOCABULARY, done, drafted
from tests.sites import Site

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "asking.md"
AD = {"id": "ad-1", "kind": "ad", "advertiser": "a-brewer"}
BEER = {
    "subject": "ad-1",
    "fact": "ad.beer",
    "value": True,
    "stance": "asserts",
    "weight": 5,
    "origin": "whoever saw it",
}


@pytest.fixture
def small(site: Site) -> Site:
    """Put a small policy in force: an ad for beer does not run."""
    publisher = calls_of(site, "publisher")
    version = drafted(site)["id"]
    done(publisher, version, "approve")
    done(publisher, version, "publish")
    return site


def inline(*claims: dict[str, Any], **more: object) -> dict[str, object]:
    return {"policy": "small", "subjects": [AD], "what_if": {"claims": list(claims)}, **more}


def test_a_question_needs_nothing_on_record_but_a_policy(small: Site) -> None:
    calls = service(small, [Act.ASK])
    size = small.size
    answer = calls.send("/evaluations", inline(BEER))
    assert answer.status_code == 200, answer.content
    found = told(answer)
    assert found["outcomes"] == [
        {
            "subject": "ad-1",
            "rules": [{"rule": "beer", "verdict": "met", "for": 5, "against": 0}],
            "measures": [{"rule": "beer", "kind": "exclude"}],
            "referred": False,
        }
    ]
    (decision,) = found["decisions"]
    assert decision["disposition"] == "measure"
    assert decision["by_person"] == [{"because": "rule_asks_person", "rule": "beer"}]
    assert (found["policy"], found["version"], found["answer"]) == ("small", "1", None)
    assert small.size == size


def test_without_the_claim_nothing_follows(small: Site) -> None:
    (outcome,) = told(service(small, [Act.ASK]).send("/evaluations", inline()))["outcomes"]
    assert outcome["measures"] == []


def test_claims_on_record_are_changed_for_one_question(site: Site) -> None:
    calls = calls_of(site, "reviewer")
    whole = told(calls.send("/evaluations", {"matter": site.matter.id}))
    with site.house.records.reading() as records:
        claims = [row.id for row in records.find(CLAIMS, advertiser=site.matter.advertiser)]
    bare = told(calls.send("/evaluations", {"matter": site.matter.id, "what_if": {"without": claims}}))
    assert [item["subject"] for item in bare["outcomes"]] == [item["subject"] for item in whole["outcomes"]]
    assert any(item["measures"] for item in whole["outcomes"])
    assert not any(item["measures"] for item in bare["outcomes"])


def test_the_answer_is_that_of_the_matter(site: Site) -> None:
    found = told(calls_of(site, "reviewer").send("/evaluations", {"matter": site.matter.id}))
    with site.house.records.reading() as records:
        at = site.house.clock()
        answer = evaluate(records, site.matter, at, at)
    wanted = outcomes_form(item.outcome for item in answer.subjects)
    assert textual(found["outcomes"]) == wanted


def test_a_question_about_some_subjects_is_answered_of_them_alone(site: Site) -> None:
    calls = calls_of(site, "reviewer")
    whole = {
        item["subject"]: item
        for item in told(calls.send("/evaluations", {"matter": site.matter.id}))["outcomes"]
    }
    for subject, outcome in whole.items():
        found = told(calls.send("/evaluations", {"matter": site.matter.id, "about": [subject]}))
        assert found["outcomes"] == [outcome]


def test_reasons_and_what_would_help_are_told_where_they_are_asked_for(site: Site) -> None:
    calls = calls_of(site, "reviewer")
    body = {
        "advertiser": site.matter.advertiser,
        "policy": site.matter.policy,
        "valid_at": "2026-10-01",
        "known_at": "2026-11-02T00:00:00Z",
    }
    plain = told(calls.send("/evaluations", body))
    explained = told(calls.send("/evaluations", {**body, "explain": True}))
    assert explained["answer"]["format"] == "adjudge-answer/1"
    assert explained["answer"]["grounds"]
    assert explained["answer"]["recourse"] == []
    assert explained["outcomes"] == plain["outcomes"]
    assert explained["decisions"] == plain["decisions"]
    helped = told(calls.send("/evaluations", {**body, "recourse": True}))
    assert helped["answer"]["recourse"]


def test_a_draft_is_asked_by_whoever_may_read_it(small: Site) -> None:
    milder = PACKAGE.replace("'1'", "'2'").replace("when: ad.beer", "when: '!ad.beer'")
    draft = drafted(small, milder, VOCABULARY)
    body = inline(BEER, version=draft["id"])
    found = told(calls_of(small, "author").send("/evaluations", body))
    assert (found["version"], found["outcomes"][0]["measures"]) == ("2", [])
    assert service(small, [Act.ASK]).send("/evaluations", body).status_code == 404


def test_who_may_read_no_matters_is_told_nothing_of_what_is_on_record(site: Site) -> None:
    body = {"matter": site.matter.id}
    for calls in (service(site, [Act.ASK]), calls_of(site, "author"), calls_of(site, "publisher")):
        assert calls.send("/evaluations", body).status_code == 404
        by_name = {"policy": site.matter.policy, "advertiser": site.matter.advertiser}
        assert calls.send("/evaluations", by_name).status_code == 404
    assert calls_of(site, "member").send("/evaluations", body).status_code == 404


@pytest.mark.parametrize(
    ("body", "code", "where"),
    [
        ({}, "missing-key", ""),
        ({"policy": "unknown"}, "unknown-package", ""),
        ({"policy": "small", "territory": "XX"}, "unknown-code", ""),
        ({"policy": "small", "known_at": "2020-01-01"}, "unknown-package", ""),
        (inline({**BEER, "fact": "ad.wine"}), "unknown-fact", "what_if.claims[0].fact"),
        (inline({**BEER, "weight": 9}), "bad-value", "what_if.claims[0].weight"),
        (inline({**BEER, "subject": "ad-2"}), "unknown-subject", "claim what-if-1"),
        (inline({**BEER, "subject": "a-brewer"}), "wrong-subject", "claim what-if-1"),
        (inline(about=["ad-9"]), "unknown-subject", "about"),
        (inline(subjects=[{"id": "ad-1", "kind": "ad"}]), "missing-key", "subjects[0]"),
        ({"policy": "small", "what_if": {"without": ["C-1"]}}, "unknown-claim", "what_if.without"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    small: Site, body: dict[str, object], code: str, where: str
) -> None:
    answer = service(small, [Act.ASK]).send("/evaluations", body)
    assert (answer.status_code, told(answer)["code"]) == (422, code), answer.content
    assert told(answer)["findings"][0]["where"] == where


@pytest.mark.parametrize(("wish", "most"), [("explain", 1_000), ("recourse", 200)])
def test_reasons_are_told_by_so_many_claims_and_no_more(small: Site, wish: str, most: int) -> None:
    """Found by review: a question with 5,000 claims took 28 seconds, and 1,200 a minute were let in."""
    body = inline(*[BEER] * (most + 1))
    calls = service(small, [Act.ASK])
    assert calls.send("/evaluations", body).status_code == 200
    answer = calls.send("/evaluations", {**body, wish: True})
    assert (answer.status_code, told(answer)["code"]) == (422, "too-much")


def test_claims_on_record_that_a_version_cannot_read_are_told(site: Site) -> None:
    """Found by review: they took no part, and nothing said so, just when one asks what a draft would change."""
    calls = calls_of(site, "reviewer")
    assert told(calls.send("/evaluations", {"matter": site.matter.id}))["left_out"] == []
    with site.house.records.writing() as records:
        row = records.find(CLAIMS, advertiser=site.matter.advertiser)[0]
        records.put(CLAIMS, replace(row, content={**row.content, "value": ["none", "such"]}))
    found = told(calls.send("/evaluations", {"matter": site.matter.id}))
    assert [item["where"].startswith(row.id) for item in found["left_out"]] == [True]
    assert found["left_out"][0]["message"]


def test_a_claim_that_is_only_supposed_takes_nobodys_id(site: Site) -> None:
    with site.house.records.reading() as records:
        row = records.find(CLAIMS, advertiser=site.matter.advertiser)[0]
    calls = calls_of(site, "reviewer")
    body = {"matter": site.matter.id, "what_if": {"claims": [row.content]}}
    assert told(calls.send("/evaluations", body))["code"] == "duplicate-id"
    body["what_if"] = {"claims": [row.content], "without": [row.id]}
    found = told(calls.send("/evaluations", body))
    assert found["outcomes"] == told(calls.send("/evaluations", {"matter": site.matter.id}))["outcomes"]


def test_each_of_several_questions_is_answered_by_itself(small: Site) -> None:
    body = {"questions": [inline(BEER), inline(), {"policy": "unknown"}, {"matter": "M-999999"}]}
    answer = service(small, [Act.ASK]).send("/evaluations/batch", body)
    assert answer.status_code == 200, answer.content
    first, second, third, fourth = told(answer)["items"]
    assert first["evaluation"]["outcomes"][0]["measures"]
    assert second["evaluation"]["outcomes"][0]["measures"] == []
    assert (third["evaluation"], third["problem"]["code"]) == (None, "unknown-package")
    assert fourth["problem"]["code"] == "not-found"


def test_more_questions_than_one_may_ask_are_refused(small: Site) -> None:
    calls = service(small, [Act.ASK])
    assert calls.send("/evaluations/batch", {"questions": [inline()] * 101}).status_code == 422
    assert calls.send("/evaluations/batch", {"questions": []}).status_code == 422


def test_one_question_looks_at_no_more_than_is_bearable(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST", 3)
    calls = calls_of(site, "reviewer")
    answer = calls.send("/evaluations", {"matter": site.matter.id})
    assert (answer.status_code, told(answer)["code"]) == (422, "too-much")


def test_several_questions_look_at_no_more_than_is_bearable_together(
    small: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST_TOGETHER", 3)
    body = {"questions": [inline(BEER)] * 3}
    items = told(service(small, [Act.ASK]).send("/evaluations/batch", body))["items"]
    assert [item["problem"] and item["problem"]["code"] for item in items] == [None, "too-much", "too-much"]


def test_reasons_are_told_of_a_bearable_number_of_subjects(small: Site) -> None:
    subjects = [{**AD, "id": f"ad-{number}"} for number in range(101)]
    body = {"policy": "small", "subjects": subjects}
    calls = service(small, [Act.ASK])
    assert len(told(calls.send("/evaluations", body))["outcomes"]) == 101
    assert told(calls.send("/evaluations", {**body, "explain": True}))["code"] == "too-much"


def test_a_matter_is_evaluated_on_record(site: Site) -> None:
    calls, size = calls_of(site, "reviewer"), site.size
    answer = calls.send(f"/matters/{site.matter.id}/evaluations")
    assert answer.status_code == 201, answer.content
    assert told(answer)["outcomes"]
    assert site.size == size + 1
    assert calls_of(site, "auditor").send(f"/matters/{site.matter.id}/evaluations").status_code == 404


def view(calls: Calls, site: Site, asked: str = "") -> Any:  # noqa: ANN401 - JSON
    answer = calls.get(f"/matters/{site.matter.id}/view{asked}")
    assert answer.status_code == 200, answer.content
    return told(answer)


def test_a_matter_is_viewed_as_of_any_day(site: Site) -> None:
    calls = calls_of(site, "auditor")
    now, then = view(calls, site), view(calls, site, "?valid_at=2018-02-01")
    assert now["answer"]["valid_at"] != then["answer"]["valid_at"] == "2018-02-01T00:00:00Z"
    assert now["counts"]["claims"] > 0
    assert now["answer"]["recourse"] == []
    assert view(calls, site, "?recourse=true")["answer"]["recourse"]
    assert now["entries"][-1]["by"]


def test_members_view_what_was_decided_and_not_what_is_only_found(site: Site) -> None:
    found = view(calls_of(site, "member"), site)
    assert found["answer"]["outcomes"] == []
    assert found["matter"]["assignee"] == ""
    assert {item["by"] for item in found["entries"]} <= {""}


def test_a_matter_about_many_is_asked_about_in_parts(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluations, "MOST_EXPLAINED", 2)
    answer = calls_of(site, "auditor").get(f"/matters/{site.matter.id}/view")
    assert (answer.status_code, told(answer)["code"]) == (422, "too-much")
    assert calls_of(site, "author").get(f"/matters/{site.matter.id}/view").status_code == 404


def test_a_body_beyond_all_bounds_is_refused_with_a_problem(small: Site) -> None:
    answer = service(small, [Act.ASK]).send("/evaluations", inline(BEER, filling="x" * 1_300_000))
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")
    assert told(answer)["code"] == "too-large"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_question_of_the_reference_page_is_answered(small: Site) -> None:
    found = re.search(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    body = {**json.loads(found[1]), "policy": "small"}
    answer = service(small, [Act.ASK]).send("/evaluations", body)
    assert answer.status_code == 200, answer.content
    assert told(answer)["outcomes"][0]["measures"] == [{"rule": "beer", "kind": "exclude"}]


def test_the_limits_of_the_reference_page_are_those_that_hold() -> None:
    page = PAGE.read_text(encoding="utf-8")
    limits = (
        shapes.MOST_SUBJECTS,
        shapes.MOST_CLAIMS,
        asking.MOST,
        asking.MOST_TOGETHER,
        asking.MOST_EXPLAINED,
        asking.MOST_HELPED,
        asking.MOST_CLAIMS_EXPLAINED,
        asking.MOST_CLAIMS_HELPED,
        sent.MOST_ROWS,
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        LARGEST_TREE,
    )
    rows = page.partition("## Limits")[2].partition("##")[0].splitlines()
    stated = [line.split("|")[2].strip() for line in rows if line.startswith("| ")][2:]
    assert stated == [f"{limit:,}" for limit in limits]
    assert f"{sent.LARGEST:,} bytes" in page
