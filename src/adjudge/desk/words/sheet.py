"""Fixed words of the decision sheet."""

from collections.abc import Mapping

from adjudge.basis.said import Said, say
from adjudge.institution.reading.sheet import Part

PARTS: Mapping[Part, Said] = {
    Part.REASON: say("Reason and evidence"),
    Part.NOTICE: say("Notice"),
    Part.CHANGE: say("What would change it"),
    Part.REACH: say("Who else"),
    Part.TIMELINE: say("Timeline"),
}
SHEET: Mapping[str, Said] = {
    "sheet": say("Decision sheet"),
    "to_sheet": say("Open the decision sheet"),
    "parts_of_sheet": say("Parts of the sheet"),
    "reason_column": say("The reason"),
    "evidence_column": say("The evidence"),
    "nothing_shown": say(
        "No rule comes near: of none is the condition shown, contested or under way to be shown."
    ),
    "folded_rules": say("Rules that are not met"),
    "take_apart": say("take apart"),
    "clause": say("Clause"),
    "clause_of_notice": say("in the notice, clause"),
    "exception": say("Exception"),
    "reached": say("reaches the standard"),
    "not_reached": say("does not reach the standard"),
    "claims_here": say("Claims that speak here"),
    "no_claims_here": say("No claim speaks here."),
    "speaks_at": say("Speaks at"),
    "asks_for": say("Facts asked for"),
    "speaks_for": say("for"),
    "speaks_against": say("against"),
    "speaks_both": say("for and against"),
    "speaks_idle": say("without effect"),
    "passage": say("Passage"),
    "answer_given": say("The answer given"),
    "answer_wanted": say("This speaks against it: whoever proposes a decision has to answer it."),
    "same_origin": say("Of the same origin, so that together they count once"),
    "no_document": say("No document is named; the claim rests on its origin."),
    "beside_title": say("Also on record, without effect here"),
    "no_evidence": say("Nothing that was known then speaks at these clauses."),
    "as_of_title": say("What was known on a day"),
    "as_of_known": say("Known at"),
    "as_of_valid": say("Valid on"),
    "as_of_show": say("Show"),
    "as_of_back": say("Back to now"),
    "moment_now": say("now"),
    "other_subjects": say("In this matter"),
    "next_clock": say("Next clock"),
    "clock_rail": say("Clocks"),
    "no_clocks_here": say("No clock runs."),
    "preview_of_proposal": say("As the proposal would be sent now"),
    "preview_of_nobody": say(
        "As it would be sent now. Nobody has proposed anything yet: the words of an author are missing."
    ),
    "idle_claims": say("Also read in it, without effect here"),
    "no_statement": say("Nothing would be sent: no measure follows."),
    "examination_beside": say("Examined as a statement of reasons"),
    "no_change_needed": say("No measure follows, so that nothing has to change."),
    "no_others": say("No measure follows, so that nobody else is reached."),
    "decided_here": say("What is decided"),
    "waits_here": say("A proposal waits"),
    "sheet_of_decision": say("What this rests on"),
    "parts_of_decision": say("Parts of the decision"),
    "rests_on_then": say("As it was known when it was decided"),
    "rests_on_now": say("As it is known now"),
    "sheet_of_now": say("The sheet as of now"),
}
