"""Landing domains as subjects declare them: what is taken as the name of a host, and what is wrong with the rest.

Stricter than what is asked for (`adjudge.enforcement.name`), where whatever a browser opens must be found: a name with
other signs is a pattern, or several names in one, and stops nothing that anybody asks for.
"""

import re
from collections.abc import Iterable, Iterator

from adjudge.basis.problem import quoted
from adjudge.basis.said import Said, say
from adjudge.enforcement.rules import names

_DECLARED = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*", re.ASCII)


def flaws_of_domains(declared: Iterable[str]) -> Iterator[tuple[Said, Said]]:
    """What is wrong, each with what to do."""
    for text in declared:
        if _DECLARED.fullmatch(names().ascii_of(text)):
            continue
        if "*" in text:
            hint = say("write the host alone, such as shop.example: it stops all names below it, too")
        else:
            hint = say("write the host alone, such as shop.example, and each one by itself")
        yield say("{text} is no name of a host", text=quoted(text)), hint
