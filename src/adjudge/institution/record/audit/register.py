"""The register beside what it follows from: lines that are missing, that are of nothing public, that say otherwise."""

from collections.abc import Iterator

from adjudge.basis.said import Said, say
from adjudge.institution.record.audit.discrepancy import Discrepancy
from adjudge.institution.record.audit.rows import UNREADABLE, rows_by_key
from adjudge.institution.register.gathering import terms_now
from adjudge.institution.register.mending import whole_register
from adjudge.records.ports import Reading
from adjudge.records.rows import RegisterRow
from adjudge.records.shelf import REGISTER


def flaws_of_register(records: Reading) -> Iterator[Discrepancy]:
    """Everything in which the register differs. Lines of other terms or names wait to be made anew, and are no flaw.

    Where what it follows from cannot be read there is nothing to compare it with; that is told of the rows themselves.
    """
    mark = terms_now(records).mark
    listed = {item["id"]: item for item in records.listed(REGISTER)}
    seen = set[str]()
    try:
        for lines in whole_register(records):
            kept = dict(rows_by_key(records, REGISTER, [line.id for line in lines]))
            for line in lines:
                seen.add(line.id)
                yield from _of_line(line, kept.get(line.id), listed, mark)
    except UNREADABLE:
        return
    for key in sorted(listed.keys() - seen):
        yield _flaw(key, say("it is there, and there is no such decision in public"))


def _of_line(
    line: RegisterRow, kept: RegisterRow | None, listed: dict[str, dict[str, str]], mark: str
) -> Iterator[Discrepancy]:
    if line.id not in listed:
        yield _flaw(line.id, say("the decision is not in it"))
    elif kept is None or (not _waits(line, kept, mark) and kept != line):
        yield _flaw(line.id, say("it is not what follows from what is kept of the decision"))
    elif listed[line.id] != {"id": kept.id, **REGISTER.keys(kept)}:
        yield _flaw(line.id, say("it is found by something else than it has"))


def _waits(line: RegisterRow, kept: RegisterRow, mark: str) -> bool:
    """Whether nobody sees it as it is kept: see `adjudge.institution.published.look`."""
    names = [row.shown.get("advertiser") for row in (line, kept)]
    return kept.terms not in {"", mark} or (bool(line.shown and kept.shown) and names[0] != names[1])


def _flaw(key: str, message: Said) -> Discrepancy:
    return Discrepancy(where=f"{REGISTER.name} {key}", message=message, entry=None)
