"""A verification for programs. The form is versioned (`format`); `schemas/verification.schema.json` describes it."""

import json
from collections.abc import Callable

from adjudge.basis.instant import Instant
from adjudge.ledger.fields import base64_text
from adjudge.ledger.flaw import Finding
from adjudge.ledger.report import CheckpointReport, LogReport, PartCounts, ReceiptReport, Report

FORMAT = "adjudge-verification/1"
JsonTree = dict[str, object]
Spoken = Callable[[str], str]


def verification_json(report: Report, spoken: Spoken = str) -> str:
    """The report as indented JSON, its sentences in the language of `spoken`."""
    of, form = _form(report)
    tree = {
        "format": FORMAT,
        "of": of,
        "verified": report.is_verified,
        "key": str(report.key) if report.key is not None else None,
        "key_given": report.key_is_given,
        **form,
        "findings": [_finding_form(finding, spoken) for finding in report.findings],
        "left_out": report.left_out if isinstance(report, LogReport) else 0,
    }
    return json.dumps(tree, ensure_ascii=False, indent=2) + "\n"


def _form(report: Report) -> tuple[str, JsonTree]:
    if isinstance(report, LogReport):
        return "log", _log_form(report)
    if isinstance(report, ReceiptReport):
        return "receipt", _receipt_form(report)
    return "checkpoint", _checkpoint_form(report)


def _checkpoint_form(report: CheckpointReport) -> JsonTree:
    root = base64_text(report.root)
    return {"covered": report.size, "root": root, "parts": _parts_form(PartCounts())}


def _log_form(report: LogReport) -> JsonTree:
    return {
        "entries": report.entries,
        "checkpoints": report.checkpoints,
        "covered": report.covered,
        "root": base64_text(report.root) if report.root else None,
        "first": _instant(report.first),
        "last": _instant(report.last),
        "parts": _parts_form(report.parts),
        "parts_included": report.parts_included,
        "entries_verified": report.is_verified or report.lacks_parts_only,
    }


def _receipt_form(report: ReceiptReport) -> JsonTree:
    entry = report.entry
    return {
        "entry": entry.form if entry is not None else None,
        "covered": report.size,
        "root": base64_text(report.root) if report.root else None,
        "parts": _parts_form(report.parts),
    }


def _parts_form(parts: PartCounts) -> JsonTree:
    return {"present": parts.present, "expunged": parts.expunged, "absent": parts.absent}


def _finding_form(finding: Finding, spoken: Spoken) -> JsonTree:
    return {
        "flaw": finding.flaw.value,
        "line": finding.line,
        "message": spoken(finding.message),
        "consequence": spoken(finding.consequence),
    }


def _instant(instant: Instant | None) -> str | None:
    return str(instant) if instant is not None else None
