"""The page on which a decision is proposed: what was found and why, and what its author has to answer and to weigh."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpResponseBase
from django.urls import reverse

from adjudge.answers.answer import SubjectAnswer
from adjudge.answers.claims import ClaimView, claim_view
from adjudge.answers.decision.measures import measure_text
from adjudge.appeals.states import OPEN
from adjudge.basis.ids import ClaimId, RuleId
from adjudge.basis.said import say
from adjudge.desk.frame.acting import FRESH, Forms, acting, whole_number
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.visit import Visit
from adjudge.desk.sheet.sheet import told_of
from adjudge.desk.words.hearing import NO_ADVANCE
from adjudge.desk.words.page import role_text
from adjudge.institution.deciding.bound import seen_by
from adjudge.institution.deciding.decisions import propose, read_decision
from adjudge.institution.hearing.reading import read_appeal
from adjudge.institution.reading.overview import Options, options_for
from adjudge.institution.reading.sheet import Sheet, sheet
from adjudge.institution.reading.staffing import who_can_sign
from adjudge.language.package import Measure, MeasureKind
from adjudge.matters.proposal import MILDER_KINDS, Milder, Proposal
from adjudge.notices.beginning import NoAdvance, is_termination
from adjudge.people.permission import not_found
from adjudge.records.rows import AppealRow, DecisionRow
from adjudge.tongues.tongue import Tongue

ANSWER, INSTEAD, DAYS, REPLY = "answer:", "instead:", "days:", "reply:"
"""Beginnings of the names of fields; the claim, the rule or the point of an appeal follows."""


@dataclass(frozen=True, slots=True)
class Departure:
    """A rule whose measure follows, and the milder kinds that could take its place."""

    rule: str
    title: str
    measure: str
    kinds: Sequence[str]


def proposing_page(visit: Visit, matter_id: str, subject: str, forms: Forms = FRESH) -> HttpResponseBase:
    """What can be decided about a subject, and a form to propose it."""
    found = sheet(visit.house, visit.actor, matter_id, subject)
    (alone,) = found.answer.subjects
    options = options_for(visit.house, visit.actor, matter_id, subject, found=alone)
    told = told_of(visit, found)
    contrary = _contrary(options, found, visit.tongue)
    shown = {item.claim.id for card in told["sheet"].cards for item in card.claims if item.is_contrary}
    kinds = [item.measure.kind for item in options.found.decision.measures]
    return show(
        visit,
        "sheet/propose.html",
        status=forms.status,
        forms=forms,
        part=None,
        **{
            **told,
            "answering": True,
            "contrary": contrary,
            "unplaced": [claim for claim in contrary if claim.id not in shown],
            "departures": tuple(_departures(options, visit.tongue)),
            "needs": [role_text(role, visit.tongue) for role in options.needs],
            "lacking": _lacking(visit, found, options),
            "excludes": MeasureKind.EXCLUDE in kinds,
            "exceptions": NO_ADVANCE if _ends_service(options) else {},
            "appeal": _appeal(visit, matter_id, subject),
            "seen": _seen(visit, found, alone),
        },
    )


def _seen(visit: Visit, found: Sheet, alone: SubjectAnswer) -> str:
    """What this page shows, by its digest: the form hands it back."""
    with visit.house.records.reading() as records:
        return seen_by(records, found.matter, found.answer, alone)


def _lacking(visit: Visit, found: Sheet, options: Options) -> Sequence[str]:
    """The roles that must take part, and that nobody has who could."""
    author = visit.person.id
    able = who_can_sign(
        visit.house, visit.actor, options.needs, advertiser=found.matter.advertiser, author=author
    )
    return [role_text(role, visit.tongue) for role, people in able.items() if not people]


def _ends_service(options: Options) -> bool:
    """Whether what follows ends all advertising of an advertiser, which is told in advance where that is settled."""
    wanted = {item.rule for item in options.found.decision.measures}
    rules = (item.rule for item in options.found.explanations)
    return any(rule.id in wanted and is_termination(rule) for rule in rules)


def _appeal(visit: Visit, matter_id: str, subject: str) -> AppealRow | None:
    """The appeal that the proposal is to decide, where one is asked for. Raises NotFoundError for one of another."""
    asked = visit.asked("appeal") or visit.sent("appeal")
    if not asked:
        return None
    row = read_appeal(visit.house, visit.actor, asked)
    before = read_decision(visit.house, visit.actor, row.decision)
    if row.matter != matter_id or before.subject != subject or row.state not in OPEN:
        raise not_found()
    return row


def _contrary(options: Options, found: Sheet, tongue: Tongue) -> Sequence[ClaimView]:
    return [claim_view(item.claim, found.answer.case, tongue) for item in options.contrary]


def _departures(options: Options, tongue: Tongue) -> Iterator[Departure]:
    rules = {item.rule.id: item.rule for item in options.found.explanations}
    for applied in options.found.decision.measures:
        measure: Measure = applied.measure
        kinds = [kind.value for kind in MILDER_KINDS if kind.severity < measure.kind.severity]
        title = tongue.text(rules[applied.rule].title) or applied.rule
        yield Departure(applied.rule, title, measure_text(measure, tongue), sorted(kinds))


def proposing(visit: Visit, matter_id: str, subject: str) -> HttpResponseBase:
    """Propose it, and go to the proposal."""
    made: list[DecisionRow] = []

    def act() -> str:
        made.append(
            propose(visit.house, visit.actor, matter_id, subject, proposal_of(visit), seen=visit.sent("seen"))
        )
        return visit.tongue("The decision is proposed.")

    _appeal(visit, matter_id, subject)
    address = reverse("matter", args=[matter_id])
    response = acting(
        visit, "propose", act, address, lambda forms: proposing_page(visit, matter_id, subject, forms)
    )
    if made:
        response["Location"] = reverse("decision", args=[made[0].id])
    return response


def proposal_of(visit: Visit) -> Proposal:
    """What was typed, as a proposal. Raises RefusedError for days that are none."""
    names = sorted(visit.request.POST)
    return Proposal(
        reason=visit.sent("reason"),
        instead={
            RuleId(name.removeprefix(INSTEAD)): _milder(visit, name)
            for name in names
            if name.startswith(INSTEAD) and visit.sent(name) != "follow"
        },
        answers={
            ClaimId(name.removeprefix(ANSWER)): visit.sent(name)
            for name in names
            if name.startswith(ANSWER) and visit.sent(name).strip()
        },
        milder=visit.sent("milder"),
        rights=visit.sent("rights"),
        why_departing=visit.sent("why_departing"),
        wording=visit.sent("wording"),
        appeal=visit.sent("appeal"),
        replies={
            name.removeprefix(REPLY): visit.sent(name)
            for name in names
            if name.startswith(REPLY) and visit.sent(name).strip()
        },
        unfounded=bool(visit.sent("unfounded")),
        no_advance=next((item for item in NoAdvance if item.value == visit.sent("no_advance")), None),
        why_no_advance=visit.sent("why_no_advance"),
    )


def _milder(visit: Visit, name: str) -> Milder | None:
    """The measure in place of the one that follows; None for none."""
    chosen = next((kind for kind in MILDER_KINDS if kind.value == visit.sent(name)), None)
    if chosen is MeasureKind.SUSPEND:
        days = visit.sent(DAYS + name.removeprefix(INSTEAD))
        return Milder(chosen, whole_number(days, say("the number of days")))
    return Milder(chosen) if chosen is not None else None
