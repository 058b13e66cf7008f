"""The pages of codes: for everybody, in the reader's language, for every code."""

import pytest
from django.test import Client

from adjudge.api.form_findings import FORM_CODES
from adjudge.basis.codes import CODES
from adjudge.institution.codes import MEANINGS
from tests.rooms.api.calls import calls_of, told
from tests.sites import Site

HOST = {"host": "localhost"}


def page(path: str, language: str = "en") -> str:
    answer = Client().get(path, headers={**HOST, "accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.usefixtures("site")
def test_every_code_has_a_page_that_nobody_must_sign_in_for() -> None:
    whole = page("/problems")
    for code in MEANINGS.keys() | CODES.keys() | set(FORM_CODES.values()):
        assert f'href="/problems/{code}"' in whole
        assert f"<code>{code}</code>" in whole


@pytest.mark.usefixtures("site")
def test_a_code_that_two_tables_have_is_told_with_both_meanings() -> None:
    shown = page("/problems/no-ground")
    assert "Nothing on record supports a measure" in shown
    assert "cites neither a law nor a clause" in shown


@pytest.mark.usefixtures("site")
def test_what_is_told_in_english_alone_says_so_on_a_french_page() -> None:
    assert '<p lang="en">' in page("/problems/yaml-syntax", "fr")
    assert '<p lang="en">' not in page("/problems/yaml-syntax")


@pytest.mark.usefixtures("site")
def test_a_code_that_there_is_not_has_no_page() -> None:
    answer = Client().get("/problems/%3Cb%3E", headers=HOST)
    assert answer.status_code == 404
    assert b"<b>" not in answer.content


def test_what_the_api_tells_leads_to_a_page(site: Site) -> None:
    answer = calls_of(site, "reviewer").get("/matters?limit=0")
    found = told(answer)
    assert [item["code"] for item in found["findings"]] == ["bad-value"]
    path = "/" + found["type"].split("/", 3)[3]
    assert path == "/problems/bad-request"
    assert "has not the form" in page(path)


@pytest.mark.usefixtures("site")
def test_what_a_refusal_means_is_told_in_the_readers_language() -> None:
    assert "Personne ne se donne du temps à soi-même." in page("/problems/own-clock", "fr")
    assert 'lang="en"' not in page("/problems/own-clock", "fr").partition("<main")[2].partition("</main>")[0]
