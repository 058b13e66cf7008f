"""The settings of mail: whole or not at all, and no password in plain text between machines."""

from pathlib import Path

import pytest

from adjudge.basis.problem import ProblemLog
from adjudge.settings.schema import read_settings

WHOLE = {
    "ADJUDGE_SMTP_HOST": "mail.example.org",
    "ADJUDGE_SMTP_PORT": "465",
    "ADJUDGE_SMTP_TLS": "implicit",
    "ADJUDGE_SMTP_USER": "platform",
    "ADJUDGE_SMTP_PASSWORD": "a secret",
    "ADJUDGE_MAIL_FROM": "notices@example.org",
    "ADJUDGE_PUBLIC_URL": "https://ads.example.org/",
    "ADJUDGE_WEBHOOKS_PRIVATE": "yes",
}


def where(**changed: str) -> list[str]:
    log = ProblemLog()
    read_settings({**WHOLE, **{f"ADJUDGE_{name}": text for name, text in changed.items()}}, log)
    return [problem.where for problem in log.problems]


def test_mail_is_set_as_a_whole_and_its_password_stands_in_no_text() -> None:
    log = ProblemLog()
    found = read_settings(WHOLE, log)
    assert not log.problems
    assert (found.smtp_host, found.smtp_port, found.smtp_tls) == ("mail.example.org", 465, "implicit")
    assert (found.mail_from, found.public_url) == ("notices@example.org", "https://ads.example.org")
    assert found.webhooks_private
    assert "a secret" not in repr(found)


def test_without_settings_there_is_no_mail_and_webhooks_are_public() -> None:
    log = ProblemLog()
    found = read_settings({}, log)
    assert not log.problems
    assert (found.smtp_host, found.smtp_tls, found.webhooks_private) == ("", "starttls", False)


def test_the_password_may_lie_in_a_file() -> None:
    log = ProblemLog()
    given = {**WHOLE, "ADJUDGE_SMTP_PASSWORD": "", "ADJUDGE_SMTP_PASSWORD_FILE": "/run/secrets/mail"}
    assert read_settings(given, log).smtp_password_file == Path("/run/secrets/mail")
    assert not log.problems


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({"MAIL_FROM": ""}, ["ADJUDGE_MAIL_FROM"]),
        ({"MAIL_FROM": "Platform <n@example.org>"}, ["ADJUDGE_MAIL_FROM"]),
        ({"MAIL_FROM": "n@example.org\nBcc: x@example.org"}, ["ADJUDGE_MAIL_FROM"]),
        ({"SMTP_TLS": "yes"}, ["ADJUDGE_SMTP_TLS"]),
        ({"SMTP_TLS": "none"}, ["ADJUDGE_SMTP_TLS"]),
        ({"SMTP_TLS": "none", "SMTP_HOST": "localhost"}, []),
        ({"SMTP_USER": ""}, ["ADJUDGE_SMTP_USER"]),
        ({"SMTP_PASSWORD": ""}, ["ADJUDGE_SMTP_USER"]),
        ({"SMTP_PASSWORD_FILE": "x"}, ["ADJUDGE_SMTP_PASSWORD_FILE"]),
        ({"SMTP_HOST": "a b"}, ["ADJUDGE_SMTP_HOST"]),
        ({"SMTP_PORT": "0"}, ["ADJUDGE_SMTP_PORT"]),
        ({"PUBLIC_URL": "ads.example.org"}, ["ADJUDGE_PUBLIC_URL"]),
        ({"PUBLIC_URL": "https://x.org/?q"}, ["ADJUDGE_PUBLIC_URL"]),
        ({"WEBHOOKS_PRIVATE": "1"}, ["ADJUDGE_WEBHOOKS_PRIVATE"]),
    ],
)
def test_what_cannot_be_used_is_told_at_its_setting(changed: dict[str, str], wanted: list[str]) -> None:
    assert where(**changed) == wanted
