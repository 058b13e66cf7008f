"""What tests have shown of a policy, in words: one line, or the whole matrix with the boundaries."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from adjudge.answers.forms.harmless import harmless
from adjudge.answers.trials.view import change_text, place_text, verdict_text
from adjudge.basis.said import Said, say
from adjudge.decisions.words import VERDICT_WORDS
from adjudge.outcome import Verdict
from adjudge.tongues.tongue import Tongue
from adjudge.trials.coverage import ExceptionCoverage, Pairing, RuleCoverage, Showing, VersionCoverage
from adjudge.trials.run import is_boundary

SHOWINGS: dict[Showing, Said] = {
    Showing.ESTABLISHED: say("established"),
    Showing.CONTESTED: say("contested"),
    Showing.SHORT: say("short of it"),
}
_GAP = "  "


def coverage_line(version: VersionCoverage, tongue: Tongue) -> str:
    """The counts of a version, and the rules that no case names."""
    return tongue(
        "version {version}: {named} of {rules} rules named, {shown} of {possible} verdicts shown, {ways_shown} of "
        "{ways} ways of exceptions; {pairs}",
        version=version.package.version,
        named=version.named,
        rules=len(version.rules),
        shown=version.shown,
        possible=version.possible,
        ways_shown=version.ways_shown,
        ways=version.ways,
        pairs=tongue.plural("{count} boundary", "{count} boundaries", version.boundaries),
    )


def coverage_lines(version: VersionCoverage, tongue: Tongue) -> Iterator[str]:
    """The matrix of rules and verdicts, the exceptions, the boundaries."""
    header = (tongue("rule"), *(tongue.of(VERDICT_WORDS[verdict]) for verdict in Verdict))
    yield from table([header, *(_verdict_row(rule, tongue) for rule in version.rules)])
    exceptions = [(rule, item) for rule in version.rules for item in rule.exceptions]
    if exceptions:
        yield ""
        ways = (tongue("exception"), *(tongue.of(SHOWINGS[way]) for way in Showing))
        yield from table([ways, *(_exception_row(rule, item, tongue) for rule, item in exceptions)])
    unnamed = [rule.rule for rule in version.rules if not rule.is_named]
    if unnamed:
        yield ""
        yield harmless(tongue("no case names {rules}", rules=tongue.listed(unnamed)))
    if version.pairings:
        yield ""
        yield tongue("boundaries, each with its one change:")
        for pairing in version.pairings:
            yield from pairing_lines(pairing, tongue)


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows in columns: the first to the left, counts to the right."""
    clean = [[" ".join(harmless(cell).split()) for cell in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*clean, strict=True)]
    for row in clean:
        first = row[0] + " " * (widths[0] - cell_len(row[0]))
        rest = (" " * (w - cell_len(cell)) + cell for w, cell in zip(widths[1:], row[1:], strict=True))
        yield _GAP.join([first, *rest])


def _verdict_row(rule: RuleCoverage, tongue: Tongue) -> tuple[str, ...]:
    return rule.rule, *(_verdict_cell(rule, verdict, tongue) for verdict in Verdict)


def _verdict_cell(rule: RuleCoverage, verdict: Verdict, tongue: Tongue) -> str:
    """How often it was shown; `never` where it is said that it cannot occur, `-` where no exception could lift it."""
    if rule.counts[verdict]:
        return tongue.number(rule.counts[verdict])
    if verdict in rule.never:
        return tongue("never")
    return tongue("missing") if verdict in rule.possible else "-"


def _exception_row(rule: RuleCoverage, item: ExceptionCoverage, tongue: Tongue) -> tuple[str, ...]:
    return f"{rule.rule} / {item.id}", *(
        tongue.number(item.counts[way]) if item.counts[way] else tongue("missing") for way in Showing
    )


def pairing_lines(pairing: Pairing, tongue: Tongue) -> Iterator[str]:
    """A boundary: the two cases, the change, and the verdicts on both sides."""
    trial, boundary = pairing.result.trial, pairing.result.trial.boundary
    if boundary is None:
        return
    yield harmless(
        tongue("{one} / {other} ({place})", one=boundary.beside, other=trial.id, place=place_text(trial.span))
    )
    yield harmless(_GAP + change_text(boundary.change, tongue))
    for crossing in pairing.crossings:
        yield harmless(
            _GAP
            + tongue(
                "{rule} for {subject}: {before} becomes {after}",
                rule=crossing.rule,
                subject=crossing.subject,
                before=verdict_text(crossing.before, tongue),
                after=verdict_text(crossing.after, tongue),
            )
        )
    if not pairing.crossings:
        differs = is_boundary(pairing.result)
        yield _GAP + (tongue("measures or referral differ") if differs else tongue("nothing differs"))
