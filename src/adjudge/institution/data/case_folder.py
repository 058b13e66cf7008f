"""A case folder brought in: its policy, subjects, documents and claims, with the matter that they make."""

from pathlib import Path

from adjudge.app.files import read_yaml_file
from adjudge.app.folders import find_policy, read_within
from adjudge.app.on_files import CASE, load_case, load_policy
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain
from adjudge.basis.reading.node import Node
from adjudge.basis.reading.plain import plain_of
from adjudge.errors import BugError
from adjudge.institution.data.bringing import Brought, bring_in
from adjudge.institution.deciding.matters import open_matter
from adjudge.institution.house import House
from adjudge.institution.material.subjects import refusal
from adjudge.institution.own_words import case_is_brought_in, case_was_brought_in
from adjudge.people.actor import Actor
from adjudge.records.rows import MatterRow


def bring_case(house: House, administrator: Actor, reviewer: Actor, folder: Path) -> MatterRow:
    """Bring a case folder in as an open matter. Raises RefusedError with what is wrong in it."""
    log = ProblemLog()
    loaded = load_case(folder, log)
    if loaded is None:
        raise refusal(log)
    file = loaded.case.file
    policy = find_policy(folder, file.policy, None)
    versions = load_policy(policy, log) if policy is not None else None
    case = _objects(read_yaml_file(folder / CASE, log))
    if versions is None:
        raise refusal(log)
    brought = Brought(
        subjects=_list(case, "subjects"),
        claims=_list(_objects(read_within(folder, file.claims, log)), "claims"),
        documents=_list(_objects(read_within(folder, file.documents, log)), "documents"),
        packages=versions.packages,
    )
    bring_in(house, administrator, brought, versions.vocabulary, case_is_brought_in(file.id))
    handling = file.handling
    if handling is None:
        raise BugError(f"the case {file.id} does not say how it was handled")
    return open_matter(
        house,
        reviewer,
        str(next(party.subject for party in file.parties if party.subject.advertiser is None).id),
        file.policy,
        reason=case_was_brought_in(file.id),
        source=handling.source,
        detection=handling.detection,
        notified=handling.notified,
        title=file.title,
    )


def _list(tree: dict[str, Plain], key: str) -> list[dict[str, Plain]]:
    found = tree.get(key)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _objects(node: Node | None) -> dict[str, Plain]:
    found = plain_of(node) if node is not None else None
    return found if isinstance(found, dict) else {}


__all__ = ["bring_case", "plain_of"]
