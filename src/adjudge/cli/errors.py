"""What was not done, told: the sentence, what stands in the way with what puts it right, and the exit code.

Not the problems of files (`adjudge.cli.problems`): here a rule of process says no, somebody was first, or something
that we depend on failed.
"""

import json
import sys
from collections.abc import Iterable, Iterator

from adjudge.answers.forms.harmless import harmless
from adjudge.errors import (
    AdjudgeError,
    BugError,
    ConflictError,
    Finding,
    NotFoundError,
    RefusedError,
    UnavailableError,
)
from adjudge.tongues.tongue import Tongue

FAILED, REFUSED, BUG = 1, 2, 3
_KINDS: tuple[tuple[type[AdjudgeError], str, int], ...] = (
    (UnavailableError, "unavailable", FAILED),
    (BugError, "bug", BUG),
    (NotFoundError, "not-found", REFUSED),
    (RefusedError, "refused", REFUSED),
    (ConflictError, "conflict", REFUSED),
    (AdjudgeError, "error", REFUSED),
)


def tell_error(error: AdjudgeError, tongue: Tongue, *, as_json: bool = False) -> int:
    """Write it to standard error, for programs also as JSON to standard output; the exit code that follows."""
    kind, code = next((kind, code) for root, kind, code in _KINDS if isinstance(error, root))
    for line in _lines(error, tongue):
        print(harmless(line), file=sys.stderr)
    if as_json:
        print(json.dumps({"error": _form(error, kind, tongue)}, ensure_ascii=False, indent=2))
    return code


def _lines(error: AdjudgeError, tongue: Tongue) -> Iterator[str]:
    findings = error.findings if isinstance(error, RefusedError) else ()
    yield f"adjudge: {tongue.of(error.message)}"
    if error.hint:
        yield f"  {tongue.of(error.hint)}"
    # A refusal for one reason was told by its sentence.
    yield from finding_lines((item for item in findings if item.message != error.message), tongue)


def finding_lines(findings: Iterable[Finding], tongue: Tongue) -> Iterator[str]:
    """What stands in the way, each with what puts it right."""
    for item in findings:
        yield f"  - {tongue.of(item.message)} [{item.code}]"
        if item.hint:
            yield "    " + tongue("hint: {hint}", hint=item.hint)


def finding_form(finding: Finding, tongue: Tongue) -> dict[str, str]:
    """One of them for programs."""
    message, hint = tongue.of(finding.message), tongue.of(finding.hint)
    return {"code": finding.code, "message": message, "hint": hint}


def _form(error: AdjudgeError, kind: str, tongue: Tongue) -> dict[str, object]:
    findings = error.findings if isinstance(error, RefusedError) else ()
    return {
        "kind": kind,
        "message": tongue.of(error.message),
        "hint": tongue.of(error.hint),
        "findings": [finding_form(item, tongue) for item in findings],
    }
