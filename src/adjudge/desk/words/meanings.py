"""What words of the desk mean, each in one place: what stands in the glossary, and beside the word itself on a page.

Not the meaning of rules and facts of a policy, which policies bring with them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from adjudge.answers.words import DISPOSITIONS, RULE_KINDS, STATUSES, VERDICTS
from adjudge.basis.said import Said, say
from adjudge.basis.weight import Standard
from adjudge.clocks.term import ClockKind, Consequence
from adjudge.decisions.adjudicate import Disposition
from adjudge.decisions.words import MEASURES, VERDICT_WORDS
from adjudge.desk.words.hearing import APPEAL_STATES, CLOCK_KINDS, CONSEQUENCES, DISPUTE_STATES, MISUSE_STATES
from adjudge.desk.words.page import DECISION_STATES, MATTER_STATES, VERSION_STATES
from adjudge.evidence.document import Status
from adjudge.evidence.words import WEIGHTS
from adjudge.facts.type import Simple
from adjudge.facts.vocabulary import Changer
from adjudge.language.package import MeasureKind, RuleKind
from adjudge.outcome import Verdict
from adjudge.records.rows import (
    AppealState,
    DecisionState,
    DisputeState,
    MatterState,
    MisuseState,
    VersionState,
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """A word, and what it means in a sentence or two."""

    word: Said
    texts: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Words of one kind. `name` begins their keys; `more` is a page of the documentation that says more."""

    name: str
    title: Said
    about: Said
    meanings: Mapping[str, Meaning]
    more: str = ""


def _of(word: Said, *texts: Said) -> Meaning:
    return Meaning(word, texts)


_VERDICTS: Mapping[Verdict, Said] = {
    Verdict.UNKNOWN: say("That is no permission, and no measure follows."),
    Verdict.REFUTED: say("No measure follows from this rule."),
    Verdict.UNPROVEN: say("No measure follows; some rules then ask for evidence, or for a person."),
    Verdict.CONTESTED: say("No measure follows by itself: a person must weigh what contradicts."),
    Verdict.EXCEPTED: say(
        "The advertiser has shown it, as heavily as the exception asks; no measure follows."
    ),
    Verdict.MET: say("Only then does the measure of the rule follow, unless another rule takes its place."),
}
_WEIGHTS: Mapping[int, Said] = {
    0: say("Nothing speaks for it, or nothing speaks against it."),
    Standard.ALLEGED: say("An accusation or an opinion without a stated basis."),
    Standard.REPORTED: say("One identifiable, dated source; or a statement in one's own favour."),
    Standard.CORROBORATED: say("Two independent origins; or a thing that the platform examined first-hand."),
    Standard.OFFICIAL: say(
        "A finding of an authority within its remit, a public register, the platform's own system of record, or an "
        "admission against one's own interest."
    ),
    Standard.FINAL: say("A final judgment, or law in force."),
}
_DISPOSITIONS: Mapping[Disposition, Said] = {
    Disposition.MEASURE: say("At least one rule is met. It has effect only once a decision is issued."),
    Disposition.REFER: say(
        "The rules lead to no answer, or leave it to a person; nothing happens until then."
    ),
    Disposition.REQUEST_EVIDENCE: say("What is known falls short, and a rule asks that more be asked for."),
    Disposition.NO_MEASURE: say(
        "No rule is met. That says what was found, and allows nothing for the future."
    ),
}
_MEASURES: Mapping[MeasureKind, Said] = {
    MeasureKind.NOTIFY: say("The advertiser is told, and nothing else happens."),
    MeasureKind.LABEL: say("The ad runs with a text beside it."),
    MeasureKind.REQUIRE: say("The ad runs if the advertiser does or shows what is named."),
    MeasureKind.LIMIT: say("The ad runs only for some people, places or hours."),
    MeasureKind.SUSPEND: say("The ad does not run for a time, which is stated."),
    MeasureKind.EXCLUDE: say("The ad does not run until the measure is lifted. It is the severest measure."),
}
_RULE_KINDS: Mapping[RuleKind, Said] = {
    RuleKind.PROHIBITION: say(
        "It forbids something. It rests on law or terms, and states its standard of proof."
    ),
    RuleKind.RESTRICTION: say("It allows something within limits."),
    RuleKind.REQUIREMENT: say("It asks that something be done or shown."),
    RuleKind.EXEMPTION: say("It frees from other rules, which it names."),
}
_STATUSES: Mapping[Status, Said] = {
    Status.PRIMARY: say("The document itself, from whoever made it."),
    Status.SECONDARY: say("Somebody else tells what the document says."),
    Status.UNVERIFIED: say("Nobody has checked it against its source."),
}
_CLOCKS: Mapping[ClockKind, Said] = {
    ClockKind.ACKNOWLEDGE: say(
        "A person has read the appeal or the request, and has said what happens next."
    ),
    ClockKind.ANSWER: say("The reasons that were asked for are stated."),
    ClockKind.DECIDE: say("The appeal is decided, by people who took no part in the decision."),
    ClockKind.SETTLE: say("A certified body decides. The clock binds that body, and only reminds us."),
    ClockKind.CARRY_OUT: say("What the body decided is carried out, or refused with reasons."),
}
_CONSEQUENCES: Mapping[Consequence, Said] = {
    Consequence.ESCALATE: say("Escalate"),
    Consequence.SUSPEND_MEASURE: say("Let the measure rest"),
    Consequence.REINSTATE: say("Lift the measure"),
}
_MATTERS: Mapping[MatterState, Said] = {
    MatterState.OPEN: say("An advertiser and its ads are looked at under one policy."),
    MatterState.CLOSED: say("Nothing is left to decide. It can be reopened, with reasons."),
    MatterState.REOPENED: say(
        "Something that a decision rested on fell away, or somebody asked with reasons."
    ),
}
_DECISIONS: Mapping[DecisionState, Said] = {
    DecisionState.PROPOSED: say("It has no effect, and waits for all who must take part."),
    DecisionState.RETURNED: say("Somebody gave it back with reasons; a new proposal takes its place."),
    DecisionState.ISSUED: say("Its statement of reasons is complete, and its measures have effect."),
    DecisionState.SUPERSEDED: say("A later decision about the same subject has taken its place."),
    DecisionState.LAPSED: say("An appeal was not answered in time, so that its measures were lifted."),
}
_VERSIONS: Mapping[VersionState, Said] = {
    VersionState.DRAFT: say("Its words are sealed; it has no effect until it is approved and put in force."),
    VersionState.SHADOW: say("It is evaluated with every matter, and has no effect."),
    VersionState.IN_FORCE: say("By it matters are decided."),
    VersionState.SUPERSEDED: say(
        "A later version applies. What was decided under this one stands with its words."
    ),
    VersionState.ROLLED_BACK: say("It was taken out of force, and the version before it applies again."),
    VersionState.REJECTED: say("Somebody who could approve it has said why it is not to be."),
}
_APPEALS: Mapping[AppealState, Said] = {
    AppealState.FILED: say("It is received, and its clocks run."),
    AppealState.ACKNOWLEDGED: say("A person has read it, and has told what happens next."),
    AppealState.DECIDED: say("A new decision answers every point, by other people than those of the first."),
    AppealState.ANSWERED: say("The reasons that were asked for are stated."),
    AppealState.WITHDRAWN: say("The advertiser took it back, and may appeal again in time."),
    AppealState.GRANTED: say("We were too late, so that the appeal has succeeded."),
}
_DISPUTES: Mapping[DisputeState, Said] = {
    DisputeState.REFERRED: say("A body of settlement looks at it."),
    DisputeState.DECIDED: say("The body has decided; we carry it out, or say why not."),
    DisputeState.CARRIED_OUT: say("A decision that was issued since does what the body said."),
    DisputeState.NOT_FOLLOWED: say("We do not follow it, and have told the advertiser why."),
    DisputeState.ENDED: say("The body gave no outcome."),
}
_MISUSE: Mapping[MisuseState, Said] = {
    MisuseState.WARNED: say("Too many appeals were manifestly unfounded, and the advertiser was told so."),
    MisuseState.SUSPENDED: say("Appeals are kept, and handled when the suspension ends."),
    MisuseState.ENDED: say("The procedure is over."),
}

SECTIONS: tuple[Section, ...] = (
    Section(
        "verdict",
        say("Verdicts"),
        say("What became of one rule for one subject, from both weights of its condition and its standard."),
        {item.value: _of(VERDICT_WORDS[item], VERDICTS[item], _VERDICTS[item]) for item in reversed(Verdict)},
        "docs/reference/asking.md",
    ),
    Section(
        "weight",
        say("Weights and standards of proof"),
        say(
            "One scale from 0 to 5: how heavily a claim speaks, and how heavily a rule must be shown. A person may "
            "lower a weight with reasons; nobody may raise it above what its source carries."
        ),
        {str(int(weight)): _of(WEIGHTS[weight], text) for weight, text in _WEIGHTS.items()},
        "docs/guides/writing-a-rule.md",
    ),
    Section(
        "follows",
        say("What follows"),
        say("What all rules together call for. It is no decision: people decide."),
        {item.value: _of(DISPOSITIONS[item], _DISPOSITIONS[item]) for item in Disposition},
        "docs/guides/institution.md",
    ),
    Section(
        "measure",
        say("Measures"),
        say("What can be done about an ad or an advertiser, from the mildest to the severest."),
        {item.value: _of(MEASURES[item], _MEASURES[item]) for item in MeasureKind},
        "docs/guides/writing-a-rule.md",
    ),
    Section(
        "rule",
        say("Kinds of rules"),
        say("What a rule of a policy does."),
        {item.value: _of(RULE_KINDS[item], _RULE_KINDS[item]) for item in RuleKind},
        "docs/guides/writing-a-rule.md",
    ),
    Section(
        "document",
        say("Documents"),
        say("How near a document is to what it tells."),
        {item.value: _of(STATUSES[item], _STATUSES[item]) for item in Status},
        "docs/guides/case-folders.md",
    ),
    Section(
        "clock",
        say("Clocks"),
        say("What we owe, and until when. Clocks bind us, never the advertiser."),
        {item.value: _of(CLOCK_KINDS[item], _CLOCKS[item]) for item in ClockKind},
        "docs/reference/clocks.md",
    ),
    Section(
        "consequence",
        say("When a clock has run out"),
        say("It happens by itself, and silence is never a rejection."),
        {item.value: _of(_CONSEQUENCES[item], CONSEQUENCES[item]) for item in Consequence},
        "docs/reference/clocks.md",
    ),
    Section(
        "matter",
        say("Matters"),
        say("States of a matter."),
        {item.value: _of(MATTER_STATES[item], _MATTERS[item]) for item in MatterState},
        "docs/reference/rights.md",
    ),
    Section(
        "decision",
        say("Decisions"),
        say("States of a decision."),
        {item.value: _of(DECISION_STATES[item], _DECISIONS[item]) for item in DecisionState},
        "docs/reference/rights.md",
    ),
    Section(
        "appeal",
        say("Appeals"),
        say("States of an appeal or of a request for reasons."),
        {item.value: _of(APPEAL_STATES[item], _APPEALS[item]) for item in AppealState},
        "docs/guides/appeals.md",
    ),
    Section(
        "dispute",
        say("Settlement out of court"),
        say("States of a dispute before a certified body."),
        {item.value: _of(DISPUTE_STATES[item], _DISPUTES[item]) for item in DisputeState},
        "docs/guides/appeals.md",
    ),
    Section(
        "misuse",
        say("Misuse"),
        say("States of a procedure for misuse of appeals."),
        {item.value: _of(MISUSE_STATES[item], _MISUSE[item]) for item in MisuseState},
        "docs/guides/appeals.md",
    ),
    Section(
        "version",
        say("Versions of policies"),
        say("States of a version."),
        {item.value: _of(VERSION_STATES[item], _VERSIONS[item]) for item in VersionState},
        "docs/reference/rights.md",
    ),
)
TYPES: Mapping[Simple, Said] = {
    Simple.BOOL: say("yes or no"),
    Simple.INT: say("a whole number"),
    Simple.DECIMAL: say("a decimal number"),
    Simple.STRING: say("a text"),
    Simple.DATE: say("a day"),
    Simple.TIMESTAMP: say("an instant"),
    Simple.DURATION: say("a length of time"),
    Simple.COUNTRY: say("a country"),
    Simple.LANGUAGE: say("a language"),
    Simple.MONEY: say("an amount of money"),
}
CHANGERS: Mapping[Changer, Said] = {
    Changer.ADVERTISER: say("The advertiser can change it."),
    Changer.PLATFORM: say("Only the platform can change it."),
    Changer.THIRD_PARTY: say("Only a third party can change it."),
    Changer.NOBODY: say("Nobody can change it."),
}
