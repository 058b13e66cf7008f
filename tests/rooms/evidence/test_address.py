"""Addresses: of the web, of e-mail, of the post; nothing that nobody could turn to."""

import pytest

from adjudge.evidence.address import is_address


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/complaints",
        "http://example.org",
        "https://example.org:8443/a?b=c#d",
        "https://localhost:8000/x",
        "HTTPS://EXAMPLE.ORG",
        "complaints@ads.example",
        "mailto:complaints@ads.example",
        "réclamations@exemple.fr",
        "1 Main Street, Dublin",
        "Postfach 12, 1010 Wien",
        "東京都 千代田区 1丁目",
    ],
)
def test_somebody_can_turn_to_it(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "x", "nowhere", "our website", "example.org", "ftp://example.org", "javascript:alert(1)",
        "https://", "https://x", "https:// example.org", "a@b", "@example.org", "- - -", "1 Main",
        "https://example.org/\u202egnp", "a\x00b c d", "one\ntwo three",
    ],
)  # fmt: skip
def test_nobody_can_turn_to_it(text: str) -> None:
    assert not is_address(text)
