"""The page on delivery: what it tells receivers to do checks our calls, and no others."""

import re
from pathlib import Path
from typing import Any

from adjudge.basis.instant import NANOS
from adjudge.post.signing import signed_headers
from tests.rooms.post.outgoing import AT, MAIL, SECRET

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "delivery.md"


def test_the_program_of_the_page_knows_our_calls() -> None:
    (program,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(program, names)  # noqa: S102 - what the page shows is what is tried
    is_genuine, body, now = names["is_genuine"], '{"title": "été"}'.encode(), AT.nanos // NANOS
    headers = dict(signed_headers(MAIL.message, AT, body, SECRET))
    assert is_genuine(headers, body, SECRET, now)
    assert not is_genuine(headers, body + b" ", SECRET, now)
    assert not is_genuine({**headers, "webhook-id": "another"}, body, SECRET, now)
    assert not is_genuine(headers, body, SECRET, now + 301)
    assert not is_genuine(headers, body, "whsec_AAAA", now)
