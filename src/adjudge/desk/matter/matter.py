"""The page of one matter: what is on record, what the engine says of any day, and what can be done about it."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote

from django.http import HttpResponseBase
from django.urls import reverse

from adjudge.answers.claims import ClaimView, claim_view
from adjudge.answers.decision.page import page_of
from adjudge.answers.decision.view import view_of
from adjudge.answers.words import STATUSES
from adjudge.basis.instant import Instant, day_of
from adjudge.basis.reading.json_text import Plain
from adjudge.basis.said import say
from adjudge.decisions.adjudicate import Disposition
from adjudge.desk.frame.acting import FRESH, Forms, acting, moment, whole_number
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.paging import Paged
from adjudge.desk.frame.visit import Visit
from adjudge.desk.matter.decided import decided
from adjudge.desk.queue.passing import passing
from adjudge.desk.words.page import DECISION_STATES, KIND_WORDS, MATTER_STATES
from adjudge.errors import RefusedError
from adjudge.evidence.document import Status
from adjudge.evidence.words import DOCUMENT_KINDS, WEIGHTS
from adjudge.institution.deciding.matters import assign, close, counted, evaluate_matter, read_matter, reopen
from adjudge.institution.material.claims import discount, withdraw_claim
from adjudge.institution.material.documents import Upload, receive
from adjudge.institution.reading.listing import names_of, titles, workers
from adjudge.institution.reading.overview import MatterOverview, matter_overview
from adjudge.institution.reading.portion import Shown
from adjudge.matters.states import ACTIVE
from adjudge.people.act import Act
from adjudge.records.rows import ClaimRow
from adjudge.tongues.tongue import LANGUAGES

SUBJECTS, TO_MEMBERS = 12, 4
"""Subjects on one page: of each all rules are asked anew. Their advertiser is told of each what would change it."""
CLAIMS = 36
"""Claims on one page, each with its forms: the page stays below 150 kB before it is packed."""
ROWS = 40
"""Decisions, and documents, on one page."""
LONGEST_WORD = 200
T = TypeVar("T")
DAYS = ("valid", "known")
"""Parts of the address that say as of when."""
ENTRIES = 50
"""Entries of the log that are shown, the last ones."""


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim with the words that it has in an answer; None where the version asked does not know its fact."""

    row: ClaimRow
    view: ClaimView | None


def matter_page(visit: Visit, matter_id: str, forms: Forms = FRESH) -> HttpResponseBase:
    """A matter now, or as of a day."""
    try:
        found = _asked(visit, matter_id)
    except RefusedError as error:
        if not (visit.asked("valid") or visit.asked("known")):
            raise
        found = matter_overview(
            visit.house,
            visit.actor,
            matter_id,
            helped=bool(visit.actor.advertiser),
            drafted=False,
            shown=_portion(visit),
        )
        forms = _asked_in_vain(visit, error)
    return _shown(visit, found, forms)


def _asked(visit: Visit, matter_id: str) -> MatterOverview:
    """The matter as of the days in the address. Raises RefusedError for what is no day, or one too early."""
    return matter_overview(
        visit.house,
        visit.actor,
        matter_id,
        valid_at=moment(visit.asked("valid"), say("the day")),
        known_at=moment(visit.asked("known"), say("the day")),
        helped=bool(visit.actor.advertiser),  # who works here finds that on the sheets
        drafted=False,
        shown=_portion(visit),
    )


def _portion(visit: Visit) -> Shown:
    """Which of its subjects, decisions and documents are asked for."""
    return Shown(
        subjects=TO_MEMBERS if visit.actor.advertiser else SUBJECTS,
        rows=ROWS,
        entries=ENTRIES,
        after=visit.asked("after")[:LONGEST_WORD],
        named=visit.asked("named")[:LONGEST_WORD],
        decisions=_number(visit, "decisions"),
        documents=_number(visit, "documents"),
    )


def _number(visit: Visit, name: str) -> int:
    """The number of a page; the first where what is asked for is none."""
    asked = visit.asked(name)
    return max(1, int(asked[:6])) if asked.isascii() and asked.isdigit() else 1


def _asked_in_vain(visit: Visit, error: RefusedError) -> Forms:
    typed = {name: visit.asked(name) for name in DAYS}
    return Forms(sent="as-of", typed=typed, message=error.message, hint=error.hint, findings=error.findings)


def _shown(visit: Visit, found: MatterOverview, forms: Forms) -> HttpResponseBase:
    matter, answer = found.matter, found.answer
    moment_asked = "&".join(f"{name}={quote(visit.asked(name))}" for name in DAYS if visit.asked(name))
    claims, number, pages = _paged(visit, found)
    people = [item.author for item in found.decisions]
    actors = [entry.actor.removeprefix("person:") for entry in found.entries]
    about = [item.subject for item in found.decisions]
    called = names_of(visit.house, [matter.advertiser, matter.assignee, *people, *actors, *about])
    may_assign = visit.may(Act.ASSIGN, matter.advertiser)
    return show(
        visit,
        "matter/matter.html",
        status=forms.status,
        forms=forms,
        matter=matter,
        passing=passing(visit, matter.id),
        is_active=matter.state in ACTIVE,
        states=MATTER_STATES,
        decision_states=DECISION_STATES,
        kinds=KIND_WORDS,
        subjects={**called, **{row.id: titles(row) for row in found.subjects}},
        names=called,
        counts=found.counts,
        portion=_portion(visit),
        is_part=bool(found.counts.next or visit.asked("after") or visit.asked("named")),
        decisions_page=_page(found.decisions, _number(visit, "decisions"), found.counts.decisions),
        documents_page=_page(found.documents, _number(visit, "documents"), found.counts.documents),
        page=page_of(view_of(answer, visit.tongue)),
        asked=answer.asked,
        moment_asked=f"?{moment_asked}" if moment_asked and not forms.sent else "",
        is_member=bool(visit.actor.advertiser),
        is_now=not (visit.asked("valid") or visit.asked("known")) or bool(forms.sent),
        claims=claims,
        claims_page=number,
        claims_pages=pages,
        claims_count=len(found.claims),
        documents=found.documents,
        decisions=found.decisions,
        decided={subject: decided(item, visit.tongue) for subject, item in found.in_force.items()},
        waiting=found.waiting,
        is_decided=_is_decided(found),
        entries=tuple(reversed(found.entries)),
        entries_count=found.counts.entries,
        today=_today(visit.house.clock()),
        workers=workers(visit.house, visit.actor, matter.advertiser) if may_assign else {},
        rights={act.name.lower(): _is_offered(visit, act, matter.advertiser) for act in _OFFERED},
        weights=WEIGHTS,
        document_kinds=DOCUMENT_KINDS,
        document_languages=LANGUAGES,
        statuses=tuple(Status),
        status_words=STATUSES,
    )


def _page(rows: Sequence[T], number: int, total: int) -> Paged[T]:
    return Paged(rows, number, max(1, -(-total // ROWS)), total)


def _is_decided(found: MatterOverview) -> bool:
    """Whether something was decided, and nothing that calls for a decision is left over or waits.

    Of a matter that is shown in part nobody knows.
    """
    if not found.in_force or found.waiting or len(found.subjects) < found.counts.subjects:
        return False
    return all(
        item.decision.disposition is Disposition.NO_MEASURE or item.outcome.subject in found.in_force
        for item in found.answer.subjects
    )


_OFFERED = (
    Act.PROPOSE,
    Act.EVALUATE,
    Act.ASSIGN,
    Act.CLOSE,
    Act.REOPEN,
    Act.DISCOUNT,
    Act.WITHDRAW_CLAIM,
    Act.RECEIVE_DOCUMENT,
)


def _is_offered(visit: Visit, act: Act, advertiser: str) -> bool:
    """Whether to offer an act here. Members send documents with what they write, and describe them to nobody."""
    is_described = act is Act.RECEIVE_DOCUMENT and bool(visit.actor.advertiser)
    return not is_described and visit.may(act, advertiser)


def _today(at: Instant) -> dt.date:
    return day_of(at)


def _paged(visit: Visit, found: MatterOverview) -> tuple[Sequence[ClaimLine], int, int]:
    """The claims of the page asked for, with its number and how many there are."""
    pages = max(1, -(-len(found.claims) // CLAIMS))
    asked = visit.asked("claims")
    number = min(max(int(asked[:6]), 1), pages) if asked.isascii() and asked.isdigit() else 1
    known = {str(claim.id): claim for claim in found.answer.case.claims}
    rows = found.claims[(number - 1) * CLAIMS : number * CLAIMS]
    case, tongue = found.answer.case, visit.tongue
    lines = [
        ClaimLine(row, claim_view(known[row.id], case, tongue) if row.id in known else None) for row in rows
    ]
    return lines, number, pages


# --- acts ---


def _act_on(visit: Visit, matter_id: str, form: str, act: Callable[[], str]) -> HttpResponseBase:
    """Do something on this page, and come back to it."""
    read_matter(visit.house, visit.actor, matter_id)
    address = reverse("matter", args=[matter_id])
    return acting(visit, form, act, address, lambda forms: matter_page(visit, matter_id, forms))


def _seen(visit: Visit) -> int:
    return whole_number(visit.sent("seen"), say("what you have seen"))


def evaluating(visit: Visit, matter_id: str) -> HttpResponseBase:
    """Evaluate on record."""

    def act() -> str:
        outcomes = evaluate_matter(visit.house, visit.actor, matter_id)["outcomes"]
        if len(outcomes) <= SUBJECTS:  # all of them stand on this page
            return visit.tongue("The evaluation is on record.")
        return _summary(visit, counted(outcomes))

    return _act_on(visit, matter_id, "evaluate", act)


def _summary(visit: Visit, counts: Mapping[str, int]) -> str:
    """What an evaluation of very many subjects came to."""
    number = visit.tongue.number
    return visit.tongue(
        "The evaluation is on record. Subjects: {subjects}; a measure follows for: {measures}; "
        "a person must decide about: {referred}.",
        **{name: number(count) for name, count in counts.items()},
    )


def assigning(visit: Visit, matter_id: str) -> HttpResponseBase:
    """Assign it to a person."""

    def act() -> str:
        person, reason = visit.sent("person"), visit.sent("reason")
        assign(visit.house, visit.actor, matter_id, person, reason=reason, seen=_seen(visit))
        return visit.tongue("The matter is assigned.")

    return _act_on(visit, matter_id, "assign", act)


def closing(visit: Visit, matter_id: str) -> HttpResponseBase:
    """Close it."""

    def act() -> str:
        close(visit.house, visit.actor, matter_id, reason=visit.sent("reason"), seen=_seen(visit))
        return visit.tongue("The matter is closed.")

    return _act_on(visit, matter_id, "close", act)


def reopening(visit: Visit, matter_id: str) -> HttpResponseBase:
    """Reopen it."""

    def act() -> str:
        reopen(visit.house, visit.actor, matter_id, reason=visit.sent("reason"), seen=_seen(visit))
        return visit.tongue("The matter is reopened.")

    return _act_on(visit, matter_id, "reopen", act)


def discounting(visit: Visit, matter_id: str, claim_id: str) -> HttpResponseBase:
    """Lower the weight of a claim."""

    def act() -> str:
        weight = whole_number(visit.sent("weight"), say("the weight"))
        discount(visit.house, visit.actor, claim_id, weight, visit.sent("reason"))
        return visit.tongue("The claim is discounted.")

    return _act_on(visit, matter_id, f"discount:{claim_id}", act)


def withdrawing(visit: Visit, matter_id: str, claim_id: str) -> HttpResponseBase:
    """Withdraw a claim."""

    def act() -> str:
        withdraw_claim(visit.house, visit.actor, claim_id, visit.sent("reason"))
        return visit.tongue("The claim is withdrawn.")

    return _act_on(visit, matter_id, f"withdraw:{claim_id}", act)


def receiving(visit: Visit, matter_id: str) -> HttpResponseBase:
    """Receive a document about the advertiser of a matter."""

    def act() -> str:
        matter = read_matter(visit.house, visit.actor, matter_id)
        receive(visit.house, visit.actor, matter.advertiser, _described(visit), _uploaded(visit))
        return visit.tongue("The document is received.")

    return _act_on(visit, matter_id, "document", act)


def _uploaded(visit: Visit) -> Upload | None:
    """The file that came with the form, read whole: its size was bounded before it came in."""
    file = visit.request.FILES.get("file")
    if file is None or isinstance(file, list):
        return None
    return Upload(content=file.read(), file_name=file.name or "")


def _described(visit: Visit) -> dict[str, Plain]:
    """What the form says of the document, in the words of a documents file."""
    published, source = visit.sent("published").strip(), visit.sent("source").strip()
    summary = visit.sent("summary").strip()
    language = visit.sent("language")
    told: dict[str, Plain] = {
        "kind": visit.sent("kind"),
        "title": visit.sent("title"),
        "publisher": visit.sent("publisher"),
        "language": language,
        "precision": "day" if published else "unknown",
        "status": visit.sent("status"),
        "sources": [source] if source else [],
        "summary": {language: summary} if summary else {},
    }
    return {**told, "published": published} if published else told
