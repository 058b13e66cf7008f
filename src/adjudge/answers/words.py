"""The words of answers, in one place: what verdicts, weights, dispositions and reasons are called.

Not the texts of rules, which packages bring in their own languages, nor the sentences around the words.
"""

from collections.abc import Mapping

from adjudge.basis.said import Said, say
from adjudge.basis.weight import Pair
from adjudge.decisions.adjudicate import Because, Disposition
from adjudge.evidence.document import Status
from adjudge.evidence.words import document_kind, weight_said
from adjudge.facts.vocabulary import Kind
from adjudge.language.package import RuleKind
from adjudge.outcome import Verdict
from adjudge.tongues.tongue import Tongue

VERDICTS: Mapping[Verdict, Said] = {
    Verdict.UNKNOWN: say("nothing decides it either way"),
    Verdict.REFUTED: say("what is known speaks against it"),
    Verdict.UNPROVEN: say("something supports it, but not to the standard"),
    Verdict.CONTESTED: say("shown to the standard, and opposed at least as heavily"),
    Verdict.EXCEPTED: say("shown, but an exception is established"),
    Verdict.MET: say("shown to the standard"),
}
DISPOSITIONS: Mapping[Disposition, Said] = {
    Disposition.MEASURE: say("A measure follows"),
    Disposition.REFER: say("A person must decide"),
    Disposition.REQUEST_EVIDENCE: say("Evidence is to be asked for; no measure"),
    Disposition.NO_MEASURE: say("No measure"),
}
MEASURE_AWAITS_PERSON = say("A measure would follow; a person must decide")
BECAUSE: Mapping[Because, Said] = {
    Because.CONTESTED: say("the claims contradict each other"),
    Because.UNPROVEN: say("it is short of its standard, and the rule then asks for a person"),
    Because.CONTESTED_EXEMPTION: say("an exemption from a met rule is contested"),
    Because.RULE_ASKS_PERSON: say("the rule leaves the decision to a person"),
    Because.SIGNATURE: say("a signature is needed"),
}
KINDS: Mapping[Kind, Said] = {Kind.ADVERTISER: say("advertiser"), Kind.AD: say("ad")}
RULE_KINDS: Mapping[RuleKind, Said] = {
    RuleKind.PROHIBITION: say("prohibition"),
    RuleKind.RESTRICTION: say("restriction"),
    RuleKind.REQUIREMENT: say("requirement"),
    RuleKind.EXEMPTION: say("exemption"),
}
STATUSES: Mapping[Status, Said] = {
    Status.PRIMARY: say("primary"),
    Status.SECONDARY: say("secondary"),
    Status.UNVERIFIED: say("unverified"),
}


def weight_text(weight: int, tongue: Tongue) -> str:
    """A weight with its word: `4 official`; 0 is none."""
    return tongue.of(weight_said(weight))


def pair_text(pair: Pair, tongue: Tongue) -> str:
    """A pair in words: `for 4, against 0`."""
    return tongue("for {for_}, against {against}", for_=pair.for_, against=pair.against)


def days_text(days: int, tongue: Tongue) -> str:
    """A number of days."""
    return tongue.plural("{count} day", "{count} days", days)


def document_kind_text(kind: str, tongue: Tongue) -> str:
    """A kind of document; one that only its own vocabulary knows as it is written there, with spaces."""
    return tongue.of(document_kind(kind))


def tally_text(verdict: Verdict, count: int, tongue: Tongue) -> str:
    """How many rules got a verdict: a sentence for each, since languages bend the word to the number."""
    match verdict:
        case Verdict.UNKNOWN:
            return tongue.plural("{count} unknown", "{count} unknown", count)
        case Verdict.REFUTED:
            return tongue.plural("{count} refuted", "{count} refuted", count)
        case Verdict.UNPROVEN:
            return tongue.plural("{count} unproven", "{count} unproven", count)
        case Verdict.CONTESTED:
            return tongue.plural("{count} contested", "{count} contested", count)
        case Verdict.EXCEPTED:
            return tongue.plural("{count} excepted", "{count} excepted", count)
        case Verdict.MET:
            return tongue.plural("{count} met", "{count} met", count)
