"""The first steps: ten of them, on the founding case, from opening its matter to reading the notice.

What the records show is looked up there; what is only to be looked at is marked by whoever did.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from adjudge.basis.said import Said, say
from adjudge.institution.reading.founding_case import AD, Founding
from adjudge.people.act import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step: what to do, what to look at, and why. `act` is what one must be able to do; `shown` by the records."""

    name: str
    title: Said
    look: Said
    why: Said
    address: Callable[[Founding], str]
    act: Act = Act.READ_MATTER
    shown: Callable[[Founding], bool] | None = None


def _matter(found: Founding) -> str:
    return reverse("matter", args=[found.matter.id])


def _sheet(part: str = "") -> Callable[[Founding], str]:
    def address(found: Founding) -> str:
        return reverse("sheet", args=[found.matter.id, AD]) + part

    return address


def _proposal(found: Founding) -> str:
    return reverse("propose", args=[found.matter.id, AD])


def _decision(found: Founding) -> str:
    return reverse("decision", args=[found.latest.id]) if found.latest is not None else _proposal(found)


STEPS: Sequence[Step] = (
    Step(
        name="matter",
        title=say("Open the matter"),
        look=say("Whom it is about, under which policy, and what follows for each of its ads."),
        why=say(
            "A matter holds all that is known of one advertiser, and everything that is done about it stands below as "
            "an entry of the log."
        ),
        address=_matter,
    ),
    Step(
        name="sheet",
        title=say("Open the decision sheet of the antivirus ad"),
        look=say("Under “The reason” the rule that is met, with its condition in numbered clauses."),
        why=say("A decision rests on these clauses and on nothing else. The notice bears the same numbers."),
        address=_sheet(),
    ),
    Step(
        name="evidence",
        title=say("Follow a clause to its evidence"),
        look=say(
            "Point at clause 1.1: the claims that speak there light up under “The evidence”, each with its document, "
            "the passage and the weight."
        ),
        why=say("Whoever is decided about can check every step, and so can you before you sign."),
        address=_sheet(),
    ),
    Step(
        name="idle",
        title=say("Look at what has no effect"),
        look=say("The rules that are not met, and what is also on record without effect here."),
        why=say("An accusation weighs as much as its origin, however many repeat it."),
        address=_sheet(),
    ),
    Step(
        name="day",
        title=say("Go back to an earlier day"),
        look=say("Move the slider or choose a moment from the list: what was not known then is gone."),
        why=say("What was decided is judged by what could be known on that day."),
        address=_sheet(),
    ),
    Step(
        name="change",
        title=say("See what would change it"),
        look=say("The ways in which no measure would follow, and which of them the advertiser has in hand."),
        why=say("The notice tells the advertiser the same, so that nobody has to guess."),
        address=_sheet("?part=change"),
    ),
    Step(
        name="assign",
        title=say("Take the matter"),
        look=say("Press “Take” at the top of the page of the matter, or in the queue."),
        why=say("Others see who looks after it. It is the first entry of the log that you make."),
        address=_matter,
        act=Act.ASSIGN,
        shown=lambda found: found.is_assigned,
    ),
    Step(
        name="propose",
        title=say("Propose the decision"),
        look=say(
            "What you must answer and weigh stands beside the evidence. Without it nothing can be issued."
        ),
        why=say("Nobody decides alone: a proposal has no effect until others stand for it."),
        address=_proposal,
        act=Act.PROPOSE,
        shown=lambda found: found.is_proposed,
    ),
    Step(
        name="sign",
        title=say("Have it confirmed and signed"),
        look=say(
            "A second reviewer and somebody of legal sign in as themselves, and press “Confirm” and “Sign” here. The "
            "list of what stands in the way grows shorter."
        ),
        why=say("What they sign is what is shown to them: one letter more needs all signatures anew."),
        address=_decision,
        act=Act.READ_MATTER,
        shown=lambda found: found.is_signed,
    ),
    Step(
        name="notice",
        title=say("Issue it, and read the notice"),
        look=say(
            "Press “Issue the decision”. Then read the statement of reasons as the advertiser gets it, and take the "
            "receipt that proves its entry."
        ),
        why=say("From now on the measure has effect, the advertiser can appeal, and the clocks bind us."),
        address=_decision,
        act=Act.ISSUE,
        shown=lambda found: found.is_issued,
    ),
)
