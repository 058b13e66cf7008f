"""A verification for the terminal: whether it holds, what it rests on, and what is wrong, where, with what follows.

What entries say comes from outside, so that every line is made harmless.
"""

from collections.abc import Iterator

from adjudge.answers.forms.harmless import harmless
from adjudge.ledger.entry import Entry
from adjudge.ledger.fields import base64_text
from adjudge.ledger.flaw import Finding
from adjudge.ledger.key import VerifierKey
from adjudge.ledger.report import CheckpointReport, LogReport, PartCounts, ReceiptReport, Report
from adjudge.tongues.tongue import Tongue


def verification_text(report: Report, tongue: Tongue) -> str:
    """The whole answer."""
    lines = _lines(report, tongue)
    left_out = report.left_out if isinstance(report, LogReport) else 0
    findings = _finding_lines(report.findings, left_out, tongue)
    return "".join(f"{harmless(line)}\n" for line in (*lines, *findings))


def _lines(report: Report, tongue: Tongue) -> Iterator[str]:
    if isinstance(report, LogReport):
        return _log_lines(report, tongue)
    if isinstance(report, ReceiptReport):
        return _receipt_lines(report, tongue)
    return _checkpoint_lines(report, tongue)


def _checkpoint_lines(report: CheckpointReport, tongue: Tongue) -> Iterator[str]:
    if report.is_verified:
        yield tongue("VERIFIED: a checkpoint of the log {name}", name=report.key.name)
    else:
        yield tongue("NOT VERIFIED: a checkpoint of the log {name}", name=report.key.name)
    yield ""
    yield tongue("The checkpoint covers {count} entries and has the root {root}.",
                 count=report.size, root=base64_text(report.root))  # fmt: skip
    yield tongue("Keep it: whoever is given the log later sees with it whether anything was rewritten.")
    yield ""
    yield _key_line(report.key, tongue, is_given=report.key_is_given)


def _log_lines(report: LogReport, tongue: Tongue) -> Iterator[str]:
    yield _log_verdict(report, tongue)
    if report.key is None or not report.root:
        return
    yield ""
    yield tongue(
        "It holds {entries} and {checkpoints}.",
        entries=tongue.plural("{count} entry", "{count} entries", report.entries),
        checkpoints=tongue.plural("{count} checkpoint", "{count} checkpoints", report.checkpoints),
    )
    if report.first is not None and report.last is not None:
        yield tongue(
            "The first entry is of {first}, the last of {last}.", first=report.first, last=report.last
        )
    if report.covered:
        yield tongue.plural("{count} entry is as it was signed. The root is {root}.",
                            "The first {count} entries are as they were signed. Their root is {root}.",
                            report.covered, root=base64_text(report.root))  # fmt: skip
    else:
        yield tongue("No entry is known to be as it was signed.")
    yield from _part_lines(report.parts, tongue, is_whole=report.parts_included)
    yield ""
    yield _key_line(report.key, tongue, is_given=report.key_is_given)


def _log_verdict(report: LogReport, tongue: Tongue) -> str:
    name = report.key.name if report.key is not None else "?"
    if report.is_verified:
        return tongue("VERIFIED: the log {name}", name=name)
    if report.lacks_parts_only:
        return tongue(
            "INCOMPLETE: the entries of the log {name} are verified, and sealed parts are missing", name=name
        )
    return tongue("NOT VERIFIED: the log {name}", name=name)


def _receipt_lines(report: ReceiptReport, tongue: Tongue) -> Iterator[str]:
    name = report.key.name if report.key is not None else "?"
    if report.is_verified:
        yield tongue("VERIFIED: a receipt of the log {name}", name=name)
    else:
        yield tongue("NOT VERIFIED: a receipt of the log {name}", name=name)
    if report.entry is None or report.key is None:
        return
    yield ""
    yield from _entry_lines(report.entry, tongue)
    yield tongue("The checkpoint covers {count} entries and has the root {root}.",
                 count=report.size, root=base64_text(report.root))  # fmt: skip
    yield from _part_lines(report.parts, tongue, is_whole=False)
    yield ""
    yield _key_line(report.key, tongue, is_given=report.key_is_given)


def _entry_lines(entry: Entry, tongue: Tongue) -> Iterator[str]:
    yield tongue("Entry {seq} is of {at}: {kind}, {subject}, by {actor}.", seq=str(entry.seq), at=entry.at,
                 kind=entry.kind, subject=entry.subject, actor=entry.actor)  # fmt: skip


def _part_lines(parts: PartCounts, tongue: Tongue, *, is_whole: bool) -> Iterator[str]:
    """`is_whole`: every part that is not expunged should be there."""
    if parts.present:
        yield tongue.plural("{count} sealed part is there and is what was sealed.",
                            "{count} sealed parts are there and are what was sealed.", parts.present)  # fmt: skip
    if parts.expunged:
        yield tongue.plural("{count} sealed part was expunged, as an entry says.",
                            "{count} sealed parts were expunged, as entries say.", parts.expunged)  # fmt: skip
    if parts.absent and is_whole:
        yield tongue.plural(
            "{count} sealed part is missing.", "{count} sealed parts are missing.", parts.absent
        )
    elif parts.absent:
        yield tongue.plural("{count} sealed part is not in this file.",
                            "{count} sealed parts are not in this file.", parts.absent)  # fmt: skip


def _key_line(key: VerifierKey, tongue: Tongue, *, is_given: bool) -> str:
    if is_given:
        return tongue("Checked by the key that was given: {key}", key=str(key))
    return tongue(
        "Checked by the key that the file itself names, which shows that the file agrees with itself, and not who "
        "signed it. Compare the key with one that you have from elsewhere, or hand that in with `--key`: {key}",
        key=str(key),
    )


def _finding_lines(findings: tuple[Finding, ...], left_out: int, tongue: Tongue) -> Iterator[str]:
    for finding in findings:
        message, flaw = finding.message, f"[{finding.flaw}]"
        yield ""
        if finding.line is not None:
            line = str(finding.line)
            yield tongue("line {line}: {message} {flaw}", line=line, message=message, flaw=flaw)
        else:
            yield tongue("{message} {flaw}", message=message, flaw=flaw)
        yield "  " + tongue("what follows: {consequence}", consequence=finding.consequence)
    if left_out:
        yield ""
        yield tongue.plural("{count} more of the same kinds was found.", "{count} more of the same kinds were found.",
                            left_out)  # fmt: skip
