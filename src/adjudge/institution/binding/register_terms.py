"""What can be settled of the public register: checked word by word, since every part of it is published at once."""

from collections.abc import Mapping

from adjudge.basis.said import say
from adjudge.errors import RefusedError
from adjudge.institution.house import refused
from adjudge.redaction.terms import (
    DEFAULTS,
    LISTS,
    LONGEST_NAME,
    MOST_NAMED,
    NUMBERS,
    WORDS,
)


def register_of(settled: Mapping[str, str]) -> dict[str, str]:
    """The terms as they are kept: what is as declared by the program is left out. Raises RefusedError."""
    found = {name: _checked(name, text) for name, text in settled.items()}
    return {name: text for name, text in sorted(found.items()) if text != DEFAULTS[name]}


def register_terms(row: Mapping[str, str]) -> dict[str, str]:
    """All terms, with what was not settled as the program declares it."""
    return {**DEFAULTS, **row}


def _checked(name: str, text: str) -> str:
    if name in WORDS:
        if text not in WORDS[name]:
            raise _odd(name, text, say("choose among: {kinds}", kinds=WORDS[name]))
        return text
    if name in NUMBERS:
        least, most = NUMBERS[name]
        if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):  # noqa: PLR2004 - a limit
            raise _odd(name, text, say("write a number from {least} to {most}", least=least, most=most))
        return str(int(text))
    if name in LISTS:
        items = sorted(set(text.split()))
        if len(items) > MOST_NAMED or any(len(item) > LONGEST_NAME for item in items):
            raise _odd(name, text, say("name {most} of them at most", most=MOST_NAMED))
        return " ".join(items)
    raise _odd(name, text, say("leave it out"))


def _odd(name: str, text: str, hint: str) -> RefusedError:
    message = say("{name} of the register cannot be {text}", name=name[:100], text=text[:100])
    return refused("bad-value", message, hint)
