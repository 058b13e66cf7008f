"""The pages of policies: their versions, each with its words, its approvals, and from when on it applies."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpResponseBase
from django.urls import reverse

from adjudge.answers.words import RULE_KINDS
from adjudge.basis.said import say
from adjudge.decisions.words import MEASURES
from adjudge.desk.frame.acting import FRESH, Forms, acting, moment
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.paging import paged
from adjudge.desk.frame.visit import Visit
from adjudge.desk.words.page import VERSION_STATES
from adjudge.institution.packages import (
    approve,
    enactments_of,
    list_versions,
    publish,
    read_version,
    reject,
    roll_back,
    shadow,
)
from adjudge.institution.reading.listing import names_of
from adjudge.institution.versions import package_of
from adjudge.people.act import Act
from adjudge.records.rows import VersionRow, VersionState

NEWEST = 5
"""Versions of each policy that stand on the page of all policies."""
LONGEST_ASKED = 200


@dataclass(frozen=True, slots=True)
class PolicyLines:
    """A policy with its versions, the newest first; `total` counts those that stand elsewhere too."""

    policy: str
    versions: Sequence[VersionRow]
    total: int


def policies_page(visit: Visit) -> HttpResponseBase:
    """All policies with their newest versions, or one with more of them."""
    asked = visit.asked("policy")[:LONGEST_ASKED]
    found: dict[str, list[VersionRow]] = {}
    for row in list_versions(visit.house, visit.actor):
        if not asked or row.policy == asked:
            found.setdefault(row.policy, []).append(row)
    alone = paged(list(reversed(found.get(asked, []))), visit.asked("page")) if asked else None
    lines = [
        PolicyLines(name, alone.rows if alone else rows[::-1][:NEWEST], len(rows))
        for name, rows in found.items()
    ]
    return show(
        visit,
        "policies/policies.html",
        policies=lines,
        asked=asked,
        page=alone,
        states=VERSION_STATES,
        names=names_of(visit.house, [row.author for line in lines for row in line.versions]),
    )


def version_page(visit: Visit, digest: str, forms: Forms = FRESH) -> HttpResponseBase:
    """One version, with what can be done with it."""
    row = read_version(visit.house, visit.actor, digest)
    waits = row.state in {VersionState.DRAFT, VersionState.SHADOW}
    package = package_of(row.text)
    return show(
        visit,
        "policies/version.html",
        status=forms.status,
        forms=forms,
        row=row,
        rules=package.rules,
        states=VERSION_STATES,
        rule_kinds=RULE_KINDS,
        measure_kinds=MEASURES,
        names=names_of(visit.house, [row.author, *row.approved_by]),
        enactments=[
            item for item in enactments_of(visit.house, visit.actor, row.policy) if item.digest == row.id
        ],
        may_shadow=row.state is VersionState.DRAFT and visit.may(Act.SHADOW),
        may_approve=waits
        and visit.may(Act.APPROVE)
        and visit.actor.person not in {row.author, *row.approved_by},
        may_reject=waits and visit.may(Act.REJECT),
        may_publish=waits and visit.may(Act.PUBLISH),
        may_roll_back=row.state is VersionState.IN_FORCE and visit.may(Act.ROLL_BACK),
    )


def _act(visit: Visit, digest: str, form: str, act: Callable[[], str]) -> HttpResponseBase:
    address = reverse("version", args=[digest])
    return acting(visit, form, act, address, lambda forms: version_page(visit, digest, forms))


def shadowing(visit: Visit, digest: str) -> HttpResponseBase:
    """Let it run in the shadow."""

    def act() -> str:
        shadow(visit.house, visit.actor, digest, visit.sent("reason"))
        return visit.tongue("The version runs in the shadow.")

    return _act(visit, digest, "shadow", act)


def approving(visit: Visit, digest: str) -> HttpResponseBase:
    """Approve exactly these bytes: the digest is part of the address."""

    def act() -> str:
        approve(visit.house, visit.actor, digest, visit.sent("reason"))
        return visit.tongue("You have approved the version.")

    return _act(visit, digest, "approve", act)


def rejecting(visit: Visit, digest: str) -> HttpResponseBase:
    """Reject it, with reasons."""

    def act() -> str:
        reject(visit.house, visit.actor, digest, visit.sent("reason"))
        return visit.tongue("The version is rejected.")

    return _act(visit, digest, "reject", act)


def publishing(visit: Visit, digest: str) -> HttpResponseBase:
    """Put it in force, now or later."""

    def act() -> str:
        start = moment(visit.sent("start"), say("the day"))
        publish(visit.house, visit.actor, digest, start, visit.sent("reason"))
        return visit.tongue("The version is in force from then on.")

    return _act(visit, digest, "publish", act)


def rolling_back(visit: Visit, digest: str) -> HttpResponseBase:
    """Go back to the version before it."""

    def act() -> str:
        roll_back(visit.house, visit.actor, digest, visit.sent("reason"))
        return visit.tongue("The version is rolled back.")

    return _act(visit, digest, "roll_back", act)
