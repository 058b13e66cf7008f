"""Every rule cites law or terms with the clause. LANGUAGE.md 4.1, 6.5."""

from collections.abc import Iterator

from adjudge.basis.problem import Problem, quoted
from adjudge.basis.said import say
from adjudge.language.analysis.finding import on_rule, refused
from adjudge.language.package import Package

_HINT = say(
    "add {one} or {other}", one='`ground: {terms: "6.1", url: …}`', other="`ground: {law: …, url: …}`"
)


def check_grounds(package: Package) -> Iterator[Problem]:
    """Report rules that cite nothing."""
    for rule in package.rules:
        if not rule.ground.clause.strip():
            message = say("{rule} cites neither a law nor a clause of the terms", rule=quoted(rule.id))
            yield refused("no-ground", message, on_rule(rule), _HINT)
