"""The words of answers, in one place: what verdicts, weights, dispositions and reasons are called.

Not the texts of rules, which packages bring in their own languages.
"""

from collections.abc import Mapping

from adjudge.basis.weight import Pair, Standard
from adjudge.decisions.adjudicate import Because, Disposition
from adjudge.language.package import MeasureKind
from adjudge.outcome import Verdict

LANGUAGES = ("en",)
"""Languages in which an answer can be written."""

VERDICTS = {
    Verdict.UNKNOWN: "nothing decides it either way",
    Verdict.REFUTED: "what is known speaks against it",
    Verdict.UNPROVEN: "something supports it, but not to the standard",
    Verdict.CONTESTED: "shown to the standard, and opposed at least as heavily",
    Verdict.EXCEPTED: "shown, but an exception is established",
    Verdict.MET: "shown to the standard",
}
DISPOSITIONS = {
    Disposition.MEASURE: "A measure follows",
    Disposition.REFER: "A person must decide",
    Disposition.REQUEST_EVIDENCE: "Evidence is to be asked for; no measure",
    Disposition.NO_MEASURE: "No measure",
}
MEASURE_AWAITS_PERSON = "A measure would follow; a person must decide"
BECAUSE = {
    Because.CONTESTED: "the claims contradict each other",
    Because.UNPROVEN: "it is short of its standard, and the rule then asks for a person",
    Because.CONTESTED_EXEMPTION: "an exemption from a met rule is contested",
    Because.RULE_ASKS_PERSON: "the rule leaves the decision to a person",
    Because.SIGNATURE: "a signature is needed",
}
MEASURES = {
    MeasureKind.NOTIFY: "notify",
    MeasureKind.LABEL: "label",
    MeasureKind.REQUIRE: "require",
    MeasureKind.LIMIT: "limit",
    MeasureKind.SUSPEND: "suspend",
    MeasureKind.EXCLUDE: "exclude",
}
PAGE = {
    "about": "The case",
    "against": "against",
    "against_record": "What weighs against it is the record as a whole, in which nothing fits.",
    "against_silence": "What weighs against it is the silence of a complete record.",
    "answer_given": "Answer:",
    "answers": "Answers to a case",
    "as_of": "As of",
    "both_ways": "The rule rests on this claim too: it speaks on both sides.",
    "brand": "answer with its reasons",
    "by_rule": "By the rule",
    "carried_by": "Documents that can carry this weight:",
    "carried_by_none": "No kind of document carries this weight by itself.",
    "case": "Case",
    "claim": "claim",
    "claim_against": "claim against",
    "claim_for": "claim for",
    "claims": "Claims",
    "claims_against": "claims against",
    "claims_for": "claims for",
    "condition": "Condition",
    "considered": "Records considered that do not fit",
    "considered_hint": "The rule looked at these. They are no reason for it.",
    "contrary": "Claims against",
    "cure": "Cure period",
    "dates": "Dates",
    "digest": "Digest of the policy",
    "document": "Document",
    "documents": "Documents",
    "documents_hint": "Those behind the claims above. The summaries are our own words.",
    "duration": "Duration",
    "errors": "Errors",
    "errors_hint": "This could not be worked out. It was left out and never becomes a verdict.",
    "exceptions": "Exceptions",
    "fails": "Does not fit, because it fails",
    "fails_whole": "It does not fit the condition taken as a whole.",
    "for_": "for",
    "found_in": "Found in",
    "further_claim": "further claim in support",
    "further_claims": "further claims in support",
    "ground": "Ground",
    "grounds": "Grounds",
    "grounds_cut": "A smaller set may exist; the search was cut off.",
    "grounds_hint": "The fewest claims that meet the rule beside all that counts against it.",
    "holds": "holds",
    "hypothetical": "hypothetical",
    "in_short": "The answer in short",
    "is_not": "is not",
    "known_at": "Known up to",
    "known_from": "Known from",
    "many_errors": "errors",
    "meaning": "Meaning",
    "missing": "Missing proof",
    "missing_any": ", any one of these would do:",
    "missing_cut": "There are further ways, which are not listed.",
    "missing_hint": "Nobody is asked to prove this; it says what is not known. To reach the standard of",
    "missing_one": ", this would have to be shown:",
    "name": "name",
    "names": "names",
    "no_answers": "There is no answer here.",
    "no_contrary": "No claim counts against this rule.",
    "no_cure": "none",
    "no_documents": "No document stands behind an answer here.",
    "no_exceptions": "none",
    "no_grounds": "No claim is needed: complete records and their silence meet this rule.",
    "no_missing": "No proof that is listed here would meet it.",
    "no_rules": "No rule in force concerns this subject here.",
    "no_subjects": "The case names no subject.",
    "no_support": "No claim counts in support of this rule.",
    "none_met": "No rule in force is met.",
    "note": "Note",
    "notice": "The notice that was sent",
    "notice_hint": "A paraphrase, not a quotation.",
    "observed": "Observed where:",
    "one_error": "error",
    "origin": "Origin",
    "person_first": "A person must decide before this takes effect",
    "person_why": "Why a person must decide",
    "place": "Place",
    "policy": "Policy",
    "published": "published",
    "read_answer": "Read the answer",
    "read_in": "Read in",
    "read_nowhere": "No claim that is shown.",
    "reading": "How to read this",
    "reading_pair": "Every condition is weighed twice: how heavily it is supported and how heavily it is "
    "opposed, each from 0 to 5. The two are never set off against each other. A rule is met where the weight "
    "for it reaches its standard and is greater than the weight against it.",
    "reading_sample": "For 3, filled; against 1, hatched; the mark shows the standard, here 2.",
    "record_says": "the record says",
    "record_unfit": "record that does not fit",
    "recorded": "recorded",
    "records_unfit": "records that do not fit",
    "rule": "Rule",
    "rule_in_force": "rule in force",
    "rules": "Rules in force",
    "rules_in_force": "rules in force",
    "sender": "From",
    "sent": "Sent",
    "signature": "Signature",
    "signatures": "Signature needed:",
    "signed": "signed",
    "silent": "Records that are complete and silent",
    "silent_hint": "Their record is complete, and no claim of weight 4 or more gives a value: that silence counts.",
    "skip": "Skip to the answer",
    "source": "Source",
    "standard": "standard",
    "standard_is": "the standard is",
    "standing": "This page says what the rules in force call for on the claims that count. It is not signed, "
    "and it does not take the place of the decision of whoever is responsible.",
    "start": "Start",
    "support": "Claims in support",
    "surfaces": "Surfaces",
    "territory": "Territory",
    "together": "All of these together:",
    "unsigned": "unsigned",
    "verdict": "Verdict",
    "verdicts_key": "Verdicts",
    "wanted": "Evidence is to be asked for on",
    "weighed": "Weighed",
    "weight": "Weight",
    "weights_key": "Weights, and standards of proof",
    "word": "Word",
}
"""What the pages say around all this, by a name for each place."""


def count_text(number: int, one: str, many: str) -> str:
    """A number with its noun: `no claims`, `1 claim`, `2 claims`."""
    return f"{number or 'no'} {one if number == 1 else many}"


def weight_text(weight: int) -> str:
    """A weight with its word: `4 official`; 0 is none."""
    return f"{weight} {Standard(weight).word}" if weight else "0 none"


def pair_text(pair: Pair) -> str:
    """A pair in words: `for 4, against 0`."""
    return f"for {pair.for_}, against {pair.against}"


def days_text(days: int) -> str:
    """A number of days."""
    return "1 day" if days == 1 else f"{days} days"


def text_in(texts: Mapping[str, str], language: str) -> str:
    """A text in a language, else in English, else in the first language there is, else empty."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")
