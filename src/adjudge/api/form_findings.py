"""What is wrong in what was sent, by the forms' own checks, in our sentences: theirs are English and name no remedy."""

import re
from collections.abc import Callable, Mapping

from adjudge.basis.said import NOTHING_SAID, Said, say
from adjudge.errors import Finding

Told = tuple[Said, Said]
"""A sentence, and a hint."""
Bounds = Mapping[str, object]
"""By the framework's names what a check holds to."""
FORM_CODES = {
    "missing": "missing-key",
    "extra_forbidden": "unknown-key",
    "enum": "bad-word",
    "literal_error": "bad-word",
    "string_too_long": "text-too-long",
    "too_long": "too-many",
}
"""Codes of what the checks find; all else is a value of another shape, or a bad one."""
_QUOTED = re.compile(r"'([^']*)'")


def form_finding(item: Mapping[str, object]) -> Finding:
    """A finding of the checks; `where` is its path in what was sent."""
    found, kind = item.get("loc"), str(item.get("type", ""))
    where = ".".join(str(part) for part in found) if isinstance(found, tuple | list) else ""
    given = item.get("ctx")
    bounds: Bounds = dict(given) if isinstance(given, dict) else {}
    message, hint = _TOLD.get(kind, _unfit)(bounds)
    return Finding(_code(kind), message, hint, where)


def _code(kind: str) -> str:
    """By the framework's name of what is wrong a code of ours, which has a page and stays."""
    return FORM_CODES.get(kind, "wrong-shape" if kind.endswith(("_type", "_parsing")) else "bad-value")


def _bound(bounds: Bounds, *names: str) -> int:
    """The number that a check holds to."""
    return next((value for name in names if isinstance(value := bounds.get(name), int)), 0)


def _missing(_: Bounds) -> Told:
    return say("it is missing"), say("add it")


def _unread(_: Bounds) -> Told:
    return say("nothing reads this"), say("correct its spelling, or leave it out")


def _word(bounds: Bounds) -> Told:
    words = tuple(_QUOTED.findall(str(bounds.get("expected", ""))))
    return say("this is none of the words that it can be"), say(
        "choose among: {names}", names=words or ("–",)
    )


def _long_text(bounds: Bounds) -> Told:
    return say("the text has more than {most} characters", most=_bound(bounds, "max_length")), say(
        "shorten it"
    )


def _short_text(bounds: Bounds) -> Told:
    least = _bound(bounds, "min_length")
    return say("the text has fewer than {least} characters", least=least), say("write it out")


def _long_list(bounds: Bounds) -> Told:
    most = _bound(bounds, "max_length")
    return say("there are more than {most} of them", most=most), say("send them in parts")


def _short_list(bounds: Bounds) -> Told:
    return say("there are fewer than {least} of them", least=_bound(bounds, "min_length")), say(
        "add what is missing"
    )


def _large(bounds: Bounds) -> Told:
    most = _bound(bounds, "le", "lt")
    return say("the number is too large"), say("write at most {most}", most=most)


def _small(bounds: Bounds) -> Told:
    least = _bound(bounds, "ge", "gt")
    return say("the number is too small"), say("write at least {least}", least=least)


def _text(_: Bounds) -> Told:
    return say("this is no text"), say("write a text, in quotation marks")


def _number(_: Bounds) -> Told:
    return say("this is no whole number"), say("write digits alone")


def _choice(_: Bounds) -> Told:
    return say("this is neither true nor false"), say("write `true` or `false`")


def _list(_: Bounds) -> Told:
    return say("this is no list"), say("write `[…]`")


def _object(_: Bounds) -> Told:
    return say("this is no object of JSON"), say("write it with its braces, as JSON has it")


def _instant(_: Bounds) -> Told:
    return say("this is no day and no instant"), say("write `2026-11-22`, or `2026-11-22T12:00:00Z`")


def _day(_: Bounds) -> Told:
    return say("this is no day"), say("write `2026-12-24`")


def _unfit(_: Bounds) -> Told:
    return say("this does not fit here"), NOTHING_SAID


_TOLD: Mapping[str, Callable[[Bounds], Told]] = {
    "missing": _missing,
    "extra_forbidden": _unread,
    "enum": _word,
    "literal_error": _word,
    "string_too_long": _long_text,
    "string_too_short": _short_text,
    "too_long": _long_list,
    "too_short": _short_list,
    "less_than_equal": _large,
    "less_than": _large,
    "greater_than_equal": _small,
    "greater_than": _small,
    "string_type": _text,
    "int_type": _number,
    "int_parsing": _number,
    "int_from_float": _number,
    "bool_type": _choice,
    "bool_parsing": _choice,
    "list_type": _list,
    "tuple_type": _list,
    "dict_type": _object,
    "model_type": _object,
    "model_attributes_type": _object,
    "value_error": _instant,
    "last_day": _day,
}
"""By the framework's name of what is wrong. Two are our own: `value_error` of instants, `last_day` of days."""
