"""The check of a signature that the guide of hooks has: taken from the page, and tried on what is really sent."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from adjudge.basis.instant import Instant
from adjudge.post.signing import secret_of, signed_headers

PAGE = Path(__file__).resolve().parents[3] / "docs" / "guides" / "hooks.md"


def check_of_the_guide() -> Callable[[str, dict[str, str], bytes], bool]:
    (code,) = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    found: dict[str, Any] = {}
    exec(code, found)  # noqa: S102 - our own page
    assert len(str(code).strip().splitlines()) <= 12
    check: Callable[[str, dict[str, str], bytes], bool] = found["is_ours"]
    return check


def test_the_check_of_the_guide_knows_what_is_ours_and_nothing_else() -> None:
    check, body = check_of_the_guide(), b'{"id": "adjudge-local/6"}'
    secret, other = secret_of(bytes(32)), secret_of(bytes(range(32)))
    now = Instant(time.time_ns())
    headers = dict(signed_headers("adjudge.local/6", now, body, secret))
    assert check(secret, headers, body)
    assert not check(secret, headers, body + b" ")
    assert not check(other, headers, body)
    assert not check(secret, {**headers, "webhook-id": "adjudge-local/7"}, body)
    both = dict(signed_headers("adjudge.local/6", now, body, other, secret))
    assert check(secret, both, body)
    assert check(other, both, body)
    old = dict(signed_headers("adjudge.local/6", Instant(now.nanos - 600 * 10**9), body, secret))
    assert not check(secret, old, body)
