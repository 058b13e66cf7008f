"""The folder that a backtest leaves: report, lists and both packages; read back to list a cell or explain a subject."""

import json
from dataclasses import dataclass
from pathlib import Path

from adjudge.app.on_files import load_sealed
from adjudge.backtest.forms.json_form import FORMAT, findings_form
from adjudge.backtest.lists import CHANGED, UNCHANGED
from adjudge.backtest.model import Findings
from adjudge.backtest.question import Bounds, Question, Version
from adjudge.basis.instant import parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import read_json
from adjudge.basis.said import say
from adjudge.language.package import Package
from adjudge.language.seal import digest_of_package, seal

REPORT, PAGE, OLD, NEW = "report.json", "report.html", "from.json", "to.json"
_LARGEST = 50_000_000
_READ_BACK = ("format", "valid_at", "known_at", "territory", "data", "folder")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a folder says it was asked. `data` is the folder of data with its digest then."""

    question: Question
    data: Path
    digest: str


def sealed_text(package: Package, log: ProblemLog) -> str | None:
    """A package as the folder keeps it; None with problems where it cannot be sealed."""
    found = ProblemLog()
    sealed = seal(package, found)
    log.problems.extend(problem for problem in found.problems if found.refuses)
    return None if sealed is None else sealed.text + "\n"


def report_text(found: Findings, data: Path) -> str:
    """The report as it stands in the folder: the JSON form, and where the data lie."""
    form = {**findings_form(found), "folder": str(data.absolute())}
    return json.dumps(form, ensure_ascii=False, indent=2) + "\n"


def is_report(folder: Path, log: ProblemLog) -> bool:
    """Whether a folder holds lists; a problem where not."""
    if all((folder / name).is_file() for name in (REPORT, CHANGED, UNCHANGED)):
        return True
    message = say("the folder holds no backtest")
    hint = say("name a folder that {command} has written", command="`adjudge backtest DIR ... -o OUT`")
    log.add("not-data", message, where=str(folder), hint=hint)
    return False


def read_asked(folder: Path, log: ProblemLog) -> Asked | None:
    """What was asked; None with problems."""
    if not is_report(folder, log):
        return None
    old, new = load_sealed(folder / OLD, log), load_sealed(folder / NEW, log)
    found = _report(folder / REPORT, log)
    if old is None or new is None or found is None:
        return None
    valid_at, known_at = parse_instant(found["valid_at"]), parse_instant(found["known_at"])
    if valid_at is None or known_at is None:
        log.add("not-data", say("the report says no instant"), where=str(folder / REPORT))
        return None
    question = Question(
        old=Version(old, digest_of_package(old)),
        new=Version(new, digest_of_package(new)),
        valid_at=valid_at,
        known_at=known_at,
        territory=found["territory"] or None,
        bounds=Bounds(),
    )
    return Asked(question=question, data=Path(found["folder"]), digest=found["data"])


def _report(path: Path, log: ProblemLog) -> dict[str, str] | None:
    """The few texts of a report that are read back."""
    if path.stat().st_size > _LARGEST:
        log.add("file-too-large", say("the report is of no bearable size"), where=str(path))
        return None
    read = read_json(path.read_text("utf-8"), log, str(path))
    tree = read[0] if read is not None else None
    texts = {name: tree.get(name) for name in _READ_BACK} if isinstance(tree, dict) else {}
    found = {name: text for name, text in texts.items() if isinstance(text, str)}
    if found.get("format") != FORMAT or len(found) < len(_READ_BACK) - ("territory" not in found):
        message = say("the report is not one that is read here")
        log.add("not-data", message, where=str(path), hint=say("run the backtest again"))
        return None
    return {"territory": "", **found}
