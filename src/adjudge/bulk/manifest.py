"""The manifest of a folder of outcomes: JSON that says what was asked, of which data, and what was found."""

import json
from pathlib import Path
from typing import Any

from adjudge.basis.ids import RuleId
from adjudge.basis.instant import Instant, parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import say
from adjudge.bulk.model import EvidenceWritten, FailureWritten, PartWritten, RuleWritten, Written
from adjudge.engines.bulk.packing import VERDICTS
from adjudge.facts.vocabulary import Kind
from adjudge.language.package import MeasureKind

LAYOUT = "adjudge-outcomes/1"
MANIFEST = "manifest.json"
_LARGEST = 50_000_000


def manifest_form(written: Written) -> dict[str, object]:
    """As a tree."""
    return {
        "layout": LAYOUT,
        "engine": "bulk",
        "package": {"id": written.package, "version": written.version, "digest": written.digest},
        "data": dict(written.data),
        "valid_at": str(written.valid_at),
        "known_at": str(written.known_at),
        "territory": written.territory,
        "pairs": written.pairs,
        "verdicts": [verdict.value for verdict in VERDICTS],
        "rules": [
            {
                "rule": rule.rule,
                "subject": rule.subject.value,
                "measure": rule.measure.value if rule.measure is not None else None,
                "verdicts": {verdict.value: rule.verdicts.get(verdict, 0) for verdict in VERDICTS},
                "meaning": rule.meaning,
            }
            for rule in written.rules
        ],
        "parts": [{"file": part.file, "rows": part.rows, "digest": part.digest} for part in written.parts],
        "evidence": _evidence_form(written.evidence),
        "subjects": written.subjects,
        "claims": written.claims,
        "claims_about_nobody": written.unknown,
        "referred": written.referred,
        "failures": [
            {
                "rule": item.rule,
                "part": item.part,
                "start": item.start,
                "end": item.end,
                "reason": item.reason,
                "subjects": item.subjects,
            }
            for item in written.failures
        ],
    }


def _evidence_form(written: EvidenceWritten | None) -> dict[str, object] | None:
    if written is None:
        return None
    return {
        "file": written.file,
        "digest": written.digest,
        "buckets": written.buckets,
        "hashed_by": written.hashed_by,
    }


def manifest_text(written: Written) -> str:
    """As JSON."""
    return json.dumps(manifest_form(written), ensure_ascii=False, indent=2) + "\n"


def read_outcomes(folder: Path, log: ProblemLog) -> Written | None:
    """What a folder of outcomes says of itself; None with a problem."""
    path = folder / MANIFEST
    try:
        with path.open("rb") as stream:
            form = json.loads(stream.read(_LARGEST).decode())
        return _written(form) if form["layout"] == LAYOUT else _report(folder, log)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError):
        return _report(folder, log)


def _report(folder: Path, log: ProblemLog) -> None:
    message = say("the folder holds no outcomes in the layout {layout}", layout=f"`{LAYOUT}`")
    log.add("not-data", message, where=str(folder), hint=say("name a folder that `adjudge bulk` has written"))


def _written(form: Any) -> Written:  # noqa: ANN401 - JSON, looked at as it is read
    by_name = {verdict.value: verdict for verdict in VERDICTS}
    return Written(
        package=str(form["package"]["id"]),
        version=str(form["package"]["version"]),
        digest=str(form["package"]["digest"]),
        data={str(name): str(digest) for name, digest in form["data"].items()},
        valid_at=_instant(form["valid_at"]),
        known_at=_instant(form["known_at"]),
        territory=None if form["territory"] is None else str(form["territory"]),
        pairs=form["pairs"] is True,
        rules=tuple(
            RuleWritten(
                rule=RuleId(item["rule"]),
                subject=Kind(item["subject"]),
                measure=MeasureKind(item["measure"]) if item["measure"] is not None else None,
                verdicts={by_name[name]: int(count) for name, count in item["verdicts"].items()},
                meaning=str(item.get("meaning", "")),
            )
            for item in form["rules"]
        ),
        parts=tuple(
            PartWritten(file=str(item["file"]), rows=int(item["rows"]), digest=str(item["digest"]))
            for item in form["parts"]
        ),
        subjects=int(form["subjects"]),
        claims=int(form["claims"]),
        unknown=int(form["claims_about_nobody"]),
        referred=int(form["referred"]),
        failures=tuple(
            FailureWritten(
                rule=RuleId(item["rule"]),
                part=str(item["part"]),
                start=int(item["start"]),
                end=int(item["end"]),
                reason=str(item["reason"]),
                subjects=int(item["subjects"]),
            )
            for item in form["failures"]
        ),
        evidence=_evidence(form.get("evidence")),
    )


def _evidence(form: Any) -> EvidenceWritten | None:  # noqa: ANN401 - JSON, looked at as it is read
    if form is None:
        return None
    return EvidenceWritten(
        file=str(form["file"]),
        digest=str(form["digest"]),
        buckets=int(form["buckets"]),
        hashed_by=str(form["hashed_by"]),
    )


def _instant(text: object) -> Instant:
    found = parse_instant(str(text))
    if found is None:
        raise ValueError(text)
    return found
