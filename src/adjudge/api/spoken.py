"""What the description says of the parts of addresses, of headers of answers and of bodies: one place for all of them.

A part that means something else at one address says so there itself; this is for those that mean the same everywhere.
"""

from collections.abc import Mapping
from typing import Any

PARAMETERS: Mapping[str, str] = {
    "about": "About this only, by its id.",
    "advertiser": "Of this advertiser only, by its id. Members of one see what is of theirs.",
    "assignee": "Assigned to this person only, by id. Advertisers cannot ask for it.",
    "cursor": "`next` of the part before, as it came; left out at the beginning. The filters must be the same.",
    "decision": "Of this decision only, by its id.",
    "document": "That rest on this document only.",
    "entry": "The number of the entry, from 0 on.",
    "failed": "Only those that could not be brought to anybody.",
    "from": "The number of entries, or of the entry, at which to begin.",
    "kind": "Of this kind only.",
    "known_at": "By what was known at this time; left out, now. A day begins at 00:00 UTC.",
    "language": "The code of the language, such as `fr`; left out, the one in which the advertiser is written to.",
    "limit": "How many items at most.",
    "live": "Only those that were not withdrawn, or only those that were.",
    "matter": "Of this matter only, by its id.",
    "of": "Of this appeal, decision, notice or dispute only, by its id.",
    "overdue": "Only those whose time has run out and that are not answered.",
    "part": "Which part of the work: what waits for oneself, for nobody yet, or for others.",
    "policy": "Of this policy only, by its id.",
    "purpose": "What a notice tells of.",
    "recourse": "Whether it is searched what would change the outcome.",
    "rule": "By this rule only.",
    "since": "Issued at this time or later. A day begins at 00:00 UTC.",
    "size": "Of how many entries the log is taken; left out, of all that there are now.",
    "sort": "What stands first: what is due soonest, the severest, the greatest spend (never converted), by age.",
    "state": "In this state only.",
    "subject": "About this one only, by its id.",
    "surface": "On this surface only.",
    "territory": "Of this territory only, by the code of the country.",
    "to": "How many entries the later log has; left out, as many as there are now.",
    "unread": "Only those that nobody of the advertiser opened.",
    "text": "Words that are shown: all of them, or all of their beginnings where none has them whole.",
    "until": "Issued before this time.",
    "valid_at": "What was in force at this time; left out, now. A day begins at 00:00 UTC.",
    "view": "A part of the queue: what is to be done, one's own, what nobody has, what is overdue, all.",
    "waiting": "Waiting for these only.",
    "weeks": "How many weeks back, the present one included.",
}
"""Parts of addresses behind the question mark, by their names."""


def _header(description: str, kind: str = "string") -> dict[str, Any]:
    """A header of an answer."""
    return {"description": description, "schema": {"type": kind}}


HEADERS: Mapping[str, dict[str, Any]] = {
    "ETag": _header("The tag of what was answered, for `If-None-Match` and `If-Match`."),
    "Idempotency-Replayed": _header("`true` where the answer is the one that was given to this key before."),
    "RateLimit": _header(
        "How many requests are left in this minute (`r`), and when there are more (`t`, seconds)."
    ),
    "RateLimit-Policy": _header("How many requests a minute are allowed (`q`, `w`)."),
    "X-Request-Id": _header("The id under which the institution's own log has the request."),
}
"""Headers of answers, by their names; in the components of the description."""
OF_ALL = ("RateLimit", "RateLimit-Policy", "X-Request-Id")
"""Those that every answer bears."""

EXAMPLES: Mapping[str, object] = {
    "ask_question": {
        "policy": "ads-standard",
        "subjects": [{"id": "acme", "kind": "advertiser"}],
        "territory": "FR",
    },
    "ask_questions": {
        "questions": [{"matter": "M-000003", "valid_at": "2018-04-23"}, {"policy": "ads-standard"}]
    },
    "record_subject": {"subject": {"id": "acme", "kind": "advertiser", "title": {"en": "Acme"}}},
    "open_matter": {"advertiser": "acme", "policy": "ads-standard", "reason": "The identity check failed."},
    "withdraw_claim": {"reason": "A mistake."},
    "assign_matter": {"person": "P-000004", "reason": "Free today."},
    "rotate_key": {"overlap_seconds": 3600},
    "make_hold": {"of": "M-000003", "reason": "A court asks for it."},
}
"""Bodies as they are sent, by the operation."""
