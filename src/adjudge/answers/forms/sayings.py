"""What pages say around an answer: the fixed words by a name for each place, and the sentences with parts.

Not the words of answers themselves: those are in `adjudge.answers.words`, and views have them already.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adjudge.answers.words import VERDICTS, tally_text
from adjudge.basis.said import Said, say
from adjudge.basis.weight import Standard
from adjudge.decisions.words import VERDICT_WORDS
from adjudge.evidence.words import WEIGHTS
from adjudge.outcome import Verdict
from adjudge.tongues.tongue import Tongue

PAGE: Mapping[str, Said] = {
    "about": say("The case"),
    "against_record": say("What weighs against it is the record as a whole, in which nothing fits."),
    "against_silence": say("What weighs against it is the silence of a complete record."),
    "answer_given": say("Answer:"),
    "answers": say("Answers to a case"),
    "as_of": say("As of"),
    "both_ways": say("The rule rests on this claim too: it speaks on both sides."),
    "brand": say("answer with its reasons"),
    "by_rule": say("By the rule"),
    "carried_by": say("Documents that can carry this weight:"),
    "carried_by_none": say("No kind of document carries this weight by itself."),
    "case": say("Case"),
    "claim": say("claim"),
    "claims": say("Claims"),
    "condition": say("Condition"),
    "considered": say("Records considered that do not fit"),
    "considered_hint": say("The rule looked at these. They are no reason for it."),
    "contrary": say("Claims against"),
    "cure": say("Cure period"),
    "dates": say("Dates"),
    "digest": say("Digest of the policy"),
    "document": say("Document"),
    "documents": say("Documents"),
    "documents_hint": say("Those behind the claims above. The summaries are our own words."),
    "duration": say("Duration"),
    "errors": say("Errors"),
    "errors_hint": say("This could not be worked out. It was left out and never becomes a verdict."),
    "cures": say("Words that would cure it"),
    "examined": say("Examined as a statement of reasons"),
    "exceptions": say("Exceptions"),
    "fails": say("Does not fit, because it fails"),
    "fails_whole": say("It does not fit the condition taken as a whole."),
    "found_in": say("Found in"),
    "ground": say("Ground"),
    "grounds": say("Grounds"),
    "grounds_cut": say("A smaller set may exist; the search was cut off."),
    "grounds_hint": say("The fewest claims that meet the rule beside all that counts against it."),
    "hypothetical": say("hypothetical"),
    "in_short": say("The answer in short"),
    "is_not": say("is not"),
    "known_at": say("Known up to"),
    "known_from": say("Known from"),
    "meaning": say("Meaning"),
    "missing": say("Missing proof"),
    "missing_cut": say("There are further ways, which are not listed."),
    "no_answers": say("There is no answer here."),
    "no_contrary": say("No claim counts against this rule."),
    "no_cure": say("none"),
    "no_documents": say("No document stands behind an answer here."),
    "no_exceptions": say("no exceptions"),
    "no_grounds": say("No claim is needed: complete records and their silence meet this rule."),
    "no_missing": say("No proof that is listed here would meet it."),
    "no_rules": say("No rule in force concerns this subject here."),
    "no_subjects": say("The case names no subject."),
    "no_support": say("No claim counts in support of this rule."),
    "note": say("Note"),
    "notice": say("The notice that was sent"),
    "notice_hint": say("A paraphrase, not a quotation."),
    "observed": say("Observed where:"),
    "origin": say("Origin"),
    "others": say("Who else"),
    "person_first": say("A person must decide before this takes effect"),
    "person_why": say("Why a person must decide"),
    "place": say("Place"),
    "policy": say("Policy"),
    "read_statement": say("Statement of reasons (draft)"),
    "read_answer": say("Read the answer"),
    "read_in": say("Read in"),
    "read_nowhere": say("No claim that is shown."),
    "reading": say("How to read this"),
    "reading_pair": say(
        "Every condition is weighed twice: how heavily it is supported and how heavily it is opposed, "
        "each from 0 to 5. The two are never set off against each other. A rule is met where the weight "
        "for it reaches its standard and is greater than the weight against it."
    ),
    "reading_sample": say("For 3, filled; against 1, hatched; the mark shows the standard, here 2."),
    "record_says": say("the record says"),
    "rule": say("Rule"),
    "recourse": say("What would change it"),
    "rules": say("Rules in force"),
    "sender": say("From"),
    "sent": say("Sent"),
    "signature": say("Signature"),
    "signatures": say("Signature needed:"),
    "signed": say("signed"),
    "silent": say("Records that are complete and silent"),
    "silent_hint": say(
        "Their record is complete, and no claim of weight 4 or more gives a value: that silence counts."
    ),
    "skip": say("Skip to the answer"),
    "source": say("Source"),
    "stated_reason": say("The reason that was stated, as a condition"),
    "statement": say("draft of a statement of reasons, unsigned"),
    "standing": say(
        "This page says what the rules in force call for on the claims that count. It is not signed, "
        "and it does not take the place of the decision of whoever is responsible."
    ),
    "start": say("Start"),
    "support": say("Claims in support"),
    "surfaces": say("Surfaces"),
    "territory": say("Territory"),
    "together": say("All of these together:"),
    "unsigned": say("unsigned"),
    "verdict": say("Verdict"),
    "verdicts_key": say("Verdicts"),
    "wanted": say("Evidence is to be asked for on"),
    "weighed": say("Weighed"),
    "weight": say("Weight"),
    "weights_key": say("Weights, and standards of proof"),
    "word": say("Word"),
}
"""Words without parts. Templates find them as `w`."""


@dataclass(frozen=True, slots=True)
class Sayings:
    """Sentences with parts. Templates find them as `say`."""

    tongue: Tongue

    def policy(self, package: str, published: str) -> str:
        """Which version of the policy was applied."""
        return self.tongue("{package}, published {published}", package=package, published=published)

    def compared(self, population: str) -> str:
        """With whom the subjects were compared."""
        return self.tongue("compared with {population}", population=population)

    def asked_of(self, population: str) -> str:
        """Of whom a stated reason was asked."""
        return self.tongue("asked of {population}", population=population)

    def asked(self, as_of: str, territory: str) -> str:
        """The question that an answer answers."""
        return self.tongue("As of {as_of}; {territory}", as_of=as_of, territory=territory)

    def tally(self, counts: Sequence[tuple[Verdict, int]]) -> str:
        """How many rules are in force, and how many of them got each verdict."""
        return self.tongue.plural(
            "{count} rule in force: {verdicts}.",
            "{count} rules in force: {verdicts}.",
            sum(number for _, number in counts),
            verdicts=", ".join(tally_text(verdict, number, self.tongue) for verdict, number in counts),
        )

    def none_met(self, tally: str) -> str:
        """That nothing follows, before the tally."""
        return self.tongue("No rule in force is met. {tally}", tally=tally)

    def names(self, count: int) -> str:
        """How many names a subject has."""
        return self.tongue.plural("{count} name", "{count} names", count)

    def claims_for(self, count: int) -> str:
        """How many claims support a rule."""
        if not count:
            return self.tongue("no claims for")
        return self.tongue.plural("{count} claim for", "{count} claims for", count)

    def claims_against(self, count: int) -> str:
        """How many claims count against a rule."""
        if not count:
            return self.tongue("no claims against")
        return self.tongue.plural("{count} claim against", "{count} claims against", count)

    def further_claims(self, count: int) -> str:
        """How many claims support a rule beside its grounds."""
        return self.tongue.plural(
            "{count} further claim in support", "{count} further claims in support", count
        )

    def records_unfit(self, count: int) -> str:
        """How many records were considered in vain."""
        return self.tongue.plural(
            "{count} record that does not fit", "{count} records that do not fit", count
        )

    def errors(self, count: int) -> str:
        """How many parts of a rule could not be worked out."""
        return self.tongue.plural("{count} error", "{count} errors", count)

    def recorded(self, day: str) -> str:
        """When a claim was recorded."""
        return self.tongue("recorded {day}", day=day)

    def weighed(self, pair: str, standard: str) -> str:
        """A pair beside the standard that it has to reach."""
        return self.tongue("{pair}; the standard is {standard}", pair=pair, standard=standard)

    def weight_for(self, weight: int) -> str:
        """The weight for, in the figure of weights: as short as can be."""
        return self.tongue("for {weight}", weight=weight)

    def weight_against(self, weight: int) -> str:
        """The weight against, in the figure of weights: as short as can be."""
        return self.tongue("against {weight}", weight=weight)

    def standard(self, weight: int) -> str:
        """The standard, in the figure of weights: as short as can be."""
        return self.tongue("standard {weight}", weight=weight)

    def missing(self, standard: str, count: int) -> str:
        """What the missing proof is for, before the ways in which it could be shown."""
        if count == 1:
            return self.tongue(
                "Nobody is asked to prove this; it says what is not known. "
                "To reach the standard of {standard}, this would have to be shown:",
                standard=standard,
            )
        return self.tongue(
            "Nobody is asked to prove this; it says what is not known. "
            "To reach the standard of {standard}, any one of these would do:",
            standard=standard,
        )


def words_of_pages(tongue: Tongue) -> dict[str, object]:
    """Everything of this kind that templates need."""
    return {
        "w": {name: tongue.of(said) for name, said in PAGE.items()},
        "say": Sayings(tongue),
        "verdict_words": {verdict: tongue.of(said) for verdict, said in VERDICT_WORDS.items()},
        "verdict_meanings": {verdict: tongue.of(said) for verdict, said in VERDICTS.items()},
        "weight_words": {weight.value: tongue.of(WEIGHTS[weight]) for weight in reversed(Standard)},
    }
