"""Every list and parameter is read by some rule. LANGUAGE.md 3.8, 6.5."""

from collections.abc import Iterator

from adjudge.basis.problem import Problem, quoted
from adjudge.basis.said import say
from adjudge.language.analysis.finding import on_entry, warning
from adjudge.language.analysis.occurrence import readers, tables
from adjudge.language.package import Package


def check_unused(package: Package) -> Iterator[Problem]:
    """Report what is declared and never read, such as a list whose reader was renamed."""
    read = readers(package)
    for root, table in tables(package):
        for name, entries in table.items():
            full_name = f"{root}.{name}"
            if full_name not in read:
                spot = on_entry(full_name, next(iter(entries), None))
                message = say("no rule reads {name}", name=quoted(full_name))
                hint = say("remove it, or read it in a condition")
                yield warning("unused-definition", message, spot, hint)
