"""Every rule cites law or terms with the clause. LANGUAGE.md 4.1, 6.5."""

from collections.abc import Iterator

from adjudge.basis.problem import Problem, quoted
from adjudge.language.analysis.finding import on_rule, refused
from adjudge.language.package import Package


def check_grounds(package: Package) -> Iterator[Problem]:
    """Report rules that cite nothing."""
    for rule in package.rules:
        if not rule.ground.clause.strip():
            message = f"{quoted(rule.id)} cites neither a law nor a clause of the terms"
            hint = 'add `ground: {terms: "6.1", url: …}` or `ground: {law: …, url: …}`'
            yield refused("no-ground", message, on_rule(rule), hint)
