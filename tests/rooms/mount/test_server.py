"""What the server believes of a request."""

from pathlib import Path

import pytest
from gunicorn.http.parser import RequestParser
from gunicorn.http.wsgi import create

from adjudge.mount.server import Server
from adjudge.settings.schema import Settings

ASKED = b"GET /static/ready HTTP/1.1\r\nHost: ads.example.org\r\nX-Forwarded-Proto: https\r\n%s\r\n"


@pytest.mark.parametrize("secure", [True, False])
def test_which_page_is_asked_for_says_the_address_alone(tmp_path: Path, *, secure: bool) -> None:
    cfg = Server(Settings(data=tmp_path, secure=secure)).cfg
    told = b"SCRIPT_NAME: /static\r\nPATH_INFO: /metrics\r\nREMOTE_USER: admin\r\n"
    (request,) = RequestParser(cfg, iter([ASKED % told]), ("10.0.0.9", 1))
    _, environment = create(request, None, ("10.0.0.9", 1), ("127.0.0.1", 8411), cfg)
    assert environment["SCRIPT_NAME"] == ""
    assert environment["PATH_INFO"] == "/static/ready"
    assert not any(name.startswith("HTTP_SCRIPT") or name == "HTTP_REMOTE_USER" for name in environment)
    # Whether it came by HTTPS says the proxy, where there is one.
    assert environment["wsgi.url_scheme"] == ("https" if secure else "http")
