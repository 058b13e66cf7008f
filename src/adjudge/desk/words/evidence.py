"""Fixed words of the evidence reader: a document, the claims read in it, and what a further one would change."""

from collections.abc import Mapping

from adjudge.basis.said import Said, say

EVIDENCE: Mapping[str, Said] = {
    "document": say("Document"),
    "the_text": say("The text"),
    "summary_of": say("Summary"),
    "claim_number": say("Claim"),
    "sent_by": say("Sent by"),
    "came_with_data": say("It came with a case or with a file of data."),
    "whole_file": say("The file as it came in"),
    "characters_cut": say("The text is longer than what is shown here: the rest is in the file."),
    "no_text_described": say("It is only described: no file came with it."),
    "no_text_expunged": say("It was expunged. What it said is not kept any more."),
    "no_text_picture": say("A picture cannot be shown as text: look at the file."),
    "no_text_unreadable": say(
        "No text can be read in this file: it may be a picture of pages, locked, or damaged. Look at the file."
    ),
    "no_text_missing": say("The file is not here. Tell whoever runs this."),
    "text_hint": say("Words alone: pictures, tables and layout are in the file."),
    "paragraph": say("Paragraph"),
    "same_origin_title": say("Other documents of the same origin"),
    "same_origin_hint": say("Whatever repeats one origin counts as one source."),
    "no_same_origin": say("No other document is known to have the same origin."),
    "claims_read": say("Claims read in it"),
    "no_claims_read": say("Nothing was read in it yet."),
    "more_claims": say("Only the first ones are shown."),
    "place_in": say("Place"),
    "origin": say("Origin"),
    "stance": say("Stance"),
    "withdrawn_on": say("Withdrawn"),
    "stands_for": say("Takes the place of"),
    "replaced_by": say("Discounted; in its place stands"),
    # making a claim
    "make_claim": say("Make a claim"),
    "claim_of_passage": say("Make a claim of this passage"),
    "claim_hint": say(
        "Select a passage of the text, or copy it into the field. A claim is one reading of one document."
    ),
    "quote": say("Passage, word for word"),
    "quote_hint": say("Where it stands in words, if it is not to be quoted: a page, a line."),
    "fact": say("Fact"),
    "fact_hint": say("By its name; the list opens as you type."),
    "choose_fact": say("Show its fields"),
    "type_of": say("Type"),
    "many_values": say("It can have several values."),
    "about_whom": say("About"),
    "value_of": say("Value"),
    "no_other_value": say("There is no other value than those asserted"),
    "asserts": say("says that it is so"),
    "denies": say("says that it is not so"),
    "proposed_weight": say("Proposed weight"),
    "weights_title": say("What each weight takes"),
    "weight_why": say("Why it weighs so"),
    "weight_why_hint": say(
        "Needed where it is not the weight proposed; nobody may raise it above what the source carries."
    ),
    "origin_of": say("Origin: where it comes from, not who repeats it"),
    "origin_hint": say(
        "The same name wherever the same source speaks, such as the letter that two articles report."
    ),
    "holds_from": say("Holds from"),
    "holds_to": say("Holds until, that day not included"),
    "dates_hint": say("Empty: always."),
    "note_of": say("Note"),
    "try_it": say("What would it change?"),
    "record_it": say("Record it"),
    "record_hint": say("It is known from then on. None is deleted: it can be withdrawn or discounted."),
    "changes_title": say("What it would change"),
    "changes_hint": say("Off the record: nothing is kept of it."),
    "nothing_changes": say("Nothing would change: no verdict, no weight, and nothing that follows."),
    "everywhere_asked": say("No matter is open: asked of the advertiser, everywhere."),
    "before": say("Before"),
    "after": say("With it"),
    "does_not_apply": say("does not apply"),
    "no_policy": say("No policy is in force, so that there are no facts to claim."),
    "yes_value": say("yes"),
    "no_value": say("no"),
}
