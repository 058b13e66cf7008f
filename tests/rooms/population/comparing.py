"""A case beside the shops that sell potions, so that its subjects can be compared with them."""

from pathlib import Path

from adjudge.answers.answer import Answer, Asked
from adjudge.app.decide import decide
from adjudge.app.on_files import LoadedCase, load_case
from adjudge.app.others import with_others
from adjudge.basis.instant import Instant, parse_instant
from adjudge.basis.problem import ProblemLog
from tests.rooms.population.folder import CLAIMS, DECISIONS, SUBJECTS, claim, listed, write

DAY = "2020-06-01"
CASE = """
case: one-shop
title: {en: One shop}
policy: market
population: people
subjects: [{id: SUBJECT, kind: advertiser, title: {en: The shop}}]
notice: notice.yaml
"""
NOTICE = """
notice: told
from: The market
to: SUBJECT
sent: {earliest: 2020-05-01, latest: 2020-05-02}
text: {en: You sell potions to those who use them.}
reason: advertiser.potions && advertiser.model == 'paid_by_users'
signed: false
sources: [the shop]
"""


def claims_of(subject: str, weight: int = 2) -> tuple[str, ...]:
    """What makes the rule met for a shop."""
    return (
        claim("own-p", subject, "potions", "true", weight),
        claim("own-m", subject, "model", "paid_by_users", weight),
    )


def write_case(
    folder: Path,
    subject: str = "zoe",
    *,
    case: str = CASE,
    notice: str = NOTICE,
    own: tuple[str, ...] | None = None,
    subjects: tuple[str, ...] = SUBJECTS,
    claims: tuple[str, ...] = CLAIMS,
    decisions: tuple[str, ...] = DECISIONS,
) -> Path:
    """A folder with a policy, a population below `populations`, and a case; the case's folder."""
    people = write(folder, subjects=subjects, claims=claims, decisions=decisions)
    named = folder / "populations" / "people"
    named.parent.mkdir()
    people.rename(named)
    found = folder / "case"
    found.mkdir()
    files = {
        "case.yaml": case.replace("SUBJECT", subject),
        "notice.yaml": notice.replace("SUBJECT", subject),
        "claims.yaml": listed("claims", claims_of(subject) if own is None else own),
        "documents.yaml": (named / "documents.yaml").read_text("utf-8"),
    }
    for name, text in files.items():
        (found / name).write_text(text, encoding="utf-8")
    return found


def instant(day: str) -> Instant:
    found = parse_instant(day)
    assert found is not None
    return found


def loaded(folder: Path) -> LoadedCase:
    log = ProblemLog()
    found = load_case(folder, log)
    assert found is not None, [problem.message for problem in log.problems]
    return found


def compared(folder: Path, day: str = DAY) -> Answer:
    """The answer to the case, with who else."""
    found, at = loaded(folder), instant(day)
    answer = decide(found, Asked(valid_at=at, known_at=at, territory="FR"), ProblemLog())
    assert answer is not None
    return with_others(answer, found.population)
