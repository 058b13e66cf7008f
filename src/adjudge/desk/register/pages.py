"""The register as pages: what is sought, a decision at its permanent address, policies of a day, the log."""

import datetime as dt
from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from adjudge.basis.instant import day_of, parse_date, start_of_day
from adjudge.decisions.words import MEASURES
from adjudge.desk.frame.framing import show_outside
from adjudge.desk.frame.visit import tongue_for, visit_of
from adjudge.desk.register.lines import view_of
from adjudge.desk.register.opening import absolute, handed_on, public
from adjudge.desk.words.page import words_of_desk
from adjudge.desk.words.register import (
    APPEALS_ENDED,
    ASKED_STATES,
    DEPARTURES,
    ENDINGS,
    REPLY_GROUNDS,
    SOURCES,
    SUBJECT_KINDS,
)
from adjudge.errors import NotFoundError
from adjudge.institution.deciding.decisions import read_decision
from adjudge.institution.house import time_of
from adjudge.institution.premises import premises
from adjudge.institution.published.asked import asked_from
from adjudge.institution.published.policies import policies_on, policy_text, policy_version, published_package
from adjudge.institution.published.reading import (
    MOST_COUNTED,
    PART,
    register_decision,
    register_found,
    register_terms_of,
)
from adjudge.institution.record.log import last_checkpoint
from adjudge.people.permission import not_found
from adjudge.records.sought import is_place
from adjudge.tongues.tongue import Tongue

FIRST_DAY = dt.date(1970, 1, 2)


@public()
def register_page(request: HttpRequest) -> HttpResponseBase:
    """A part of the register, narrowed as the address says."""
    tongue, house = tongue_for(request), premises().house
    words, asked = words_of_desk(tongue), asked_from(request.GET.dict())
    after = request.GET.get("after", "")
    found = register_found(house, asked, after=after if is_place(after) else "", most=PART)
    return show_outside(
        request,
        "register/register.html",
        asked=asked,
        found=found,
        lines=[view_of(item, found.at, tongue, words) for item in found.items],
        count=_count(found.count, tongue),
        states=ASKED_STATES,
        kinds=MEASURES,
        endings=ENDINGS,
        is_first=not is_place(after),
        query=asked.query,
        canonical=absolute(request, reverse("register")),
    )


def _count(count: int | None, tongue: Tongue) -> str:
    if count is None:
        return ""
    if count >= MOST_COUNTED:
        return tongue("{most} decisions or more", most=MOST_COUNTED)
    return tongue.plural("{count} decision", "{count} decisions", count)


@public()
def registered_page(request: HttpRequest, decision_id: str) -> HttpResponseBase:
    """A decision, for good at this address."""
    tongue, opened = tongue_for(request), premises()
    found = register_decision(opened.house, decision_id)
    at, package = time_of(opened.house), published_package(opened.house, found.package)
    base = absolute(request, reverse("registered", args=[found.id]))
    return show_outside(
        request,
        "register/decision.html",
        line=view_of(found, at, tongue, words_of_desk(tongue), package),
        explained={str(rule.id): tongue.text(rule.explanation) for rule in package.rules} if package else {},
        found=found,
        departures=DEPARTURES,
        grounds=REPLY_GROUNDS,
        endings=APPEALS_ENDED,
        sources=SOURCES,
        subject_kinds=SUBJECT_KINDS,
        days=partial(_days, tongue),
        base=base,
        canonical=base,
        may_open=_may_open(request, found.id),
    )


def _days(tongue: Tongue, count: int) -> str:
    if not count:
        return tongue("in less than a day")
    return tongue.plural("after {count} day", "after {count} days", count)


def _may_open(request: HttpRequest, decision_id: str) -> bool:
    """Whether whoever looks is signed in and may read the decision itself."""
    visit = visit_of(request)
    if visit is None:
        return False
    try:
        read_decision(visit.house, visit.actor, decision_id)
    except NotFoundError:
        return False
    return True


@public()
def register_policies(request: HttpRequest) -> HttpResponseBase:
    """The policies that were in force at the end of a day."""
    house = premises().house
    register_terms_of(house)
    today = day_of(time_of(house))
    asked = parse_date(request.GET.get("on", "")) or today
    day = min(max(asked, FIRST_DAY), today + dt.timedelta(days=366))
    return show_outside(
        request,
        "register/policies.html",
        day=day,
        at_day=start_of_day(day),
        policies=policies_on(house, day),
        canonical=absolute(request, reverse("register_policies")),
        kinds={kind.value: said for kind, said in MEASURES.items()},
    )


@public()
def register_policy_text(request: HttpRequest, digest: str) -> HttpResponseBase:
    """The sealed text of a version that was published, byte for byte."""
    del request
    house = premises().house
    register_terms_of(house)
    row = policy_version(house, digest)
    response = HttpResponse(policy_text(row), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{row.id.removeprefix("sha256:")[:16]}.yaml"'
    return handed_on(response)


@public()
def register_log(request: HttpRequest) -> HttpResponseBase:
    """The newest checkpoint of the log, and how anyone verifies what they hold."""
    opened = premises()
    register_terms_of(opened.house)
    with opened.house.records.reading() as records:
        signed = last_checkpoint(records)
    return show_outside(
        request,
        "register/log.html",
        signed=signed,
        key=str(opened.signer.verifier),
        canonical=absolute(request, reverse("register_log")),
    )


@public()
def register_checkpoint(request: HttpRequest) -> HttpResponseBase:
    """The checkpoint as a file (C2SP tlog-checkpoint), for those who keep it by a program."""
    del request
    register_terms_of(premises().house)
    with premises().house.records.reading() as records:
        signed = last_checkpoint(records)
    if signed is None:
        raise not_found()
    return handed_on(HttpResponse(signed.note, content_type="text/plain; charset=utf-8"))
