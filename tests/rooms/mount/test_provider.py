"""Sign-in through an identity provider: set as a whole, by HTTPS, and only with the parts that it needs."""

from dataclasses import replace
from pathlib import Path

import pytest

from adjudge.basis.problem import ProblemLog
from adjudge.errors import RefusedError
from adjudge.mount.provider import provider_apps, provider_settings
from adjudge.settings.schema import Settings, read_settings

PLAIN = Settings(data=Path("data"))
SET = replace(PLAIN, oidc_issuer="https://id.example.org/realm", oidc_client="adjudge", oidc_secret="s")  # noqa: S106 - of a test
WHOLE = {
    "ADJUDGE_OIDC_ISSUER": "https://id.example.org/realm/",
    "ADJUDGE_OIDC_CLIENT": "adjudge",
    "ADJUDGE_OIDC_SECRET": "s",
}


def test_without_settings_there_is_no_provider() -> None:
    assert provider_apps(PLAIN) == []
    assert provider_settings(PLAIN) == {}


def test_settings_are_read_as_a_whole() -> None:
    log = ProblemLog()
    found = read_settings(WHOLE, log)
    assert not log.problems
    assert (found.oidc_issuer, found.oidc_client) == ("https://id.example.org/realm", "adjudge")
    assert "'s'" not in repr(found)


@pytest.mark.parametrize("name", WHOLE)
def test_a_part_that_is_missing_is_told(name: str) -> None:
    log = ProblemLog()
    read_settings({key: value for key, value in WHOLE.items() if key != name}, log)
    assert name in {problem.where for problem in log.problems}


@pytest.mark.parametrize(
    "issuer", ["http://id.example.org", "id.example.org", "https://a b", "https://x;y", "https://x/?q"]
)
def test_an_address_that_is_not_safe_is_refused(issuer: str) -> None:
    log = ProblemLog()
    read_settings({**WHOLE, "ADJUDGE_OIDC_ISSUER": issuer}, log)
    assert [problem.where for problem in log.problems] == ["ADJUDGE_OIDC_ISSUER"]


def test_without_the_extra_it_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adjudge.mount.provider.find_spec", lambda _: None)
    with pytest.raises(RefusedError, match="the extra `sso` is not installed"):
        provider_apps(SET)


def test_with_the_extra_the_provider_is_known_and_nobody_signs_up_by_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("adjudge.mount.provider.find_spec", lambda name: name)
    assert "allauth.socialaccount" in provider_apps(SET)
    told = provider_settings(SET)
    assert told["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"][0]["settings"] == {
        "server_url": "https://id.example.org/realm"
    }
    assert told["SOCIALACCOUNT_ADAPTER"] == "adjudge.desk.access.provider.ByProvider"
