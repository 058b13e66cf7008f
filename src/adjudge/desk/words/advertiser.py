"""What the pages of an advertiser say, in words that people read who are not lawyers and have a bad day.

How hard they are to read is measured (`docs/reading-level.md`): short sentences, one thought each.
"""

from collections.abc import Mapping

from adjudge.basis.said import Said, say

ADVERTISER: Mapping[str, Said] = {
    # home
    "your_page": say("Your page"),
    "all_quiet": say("Nothing that we decided is in force against you."),
    "page_stays": say("This page is yours. It stays open, whatever we decide about you."),
    "in_force_now": say("What is in force"),
    "runs_again": say("What runs again"),
    "where": say("Where"),
    "since_when": say("Since"),
    "until_when": say("It ends"),
    "until_we_lift": say("when we lift it"),
    "why_and_what": say("Why, and what you can do"),
    "see_answer": say("See how it goes on"),
    "what_happens_next": say("What happens next"),
    "nothing_waits": say("You have no appeal and no question open with us."),
    "new_from_us": say("New from us"),
    "nothing_new": say("You have read all that we sent you."),
    "all_from_us": say("All that we sent you"),
    "who_acts_hint": say("See who can read this page and who can answer here. Invite others."),
    "to_team": say("See who acts for you"),
    "check_receipt": say("Check a receipt"),
    "check_receipt_hint": say(
        "Find out whether a receipt of ours is real, and whether our log still holds it."
    ),
    "your_data_hint": say(
        "Take everything with you that we keep about you and that you may see, in one file."
    ),
    "take_data": say("Download your data"),
    # one decision
    "on_this_page_own": say("On this page"),
    "no_measure_now": say("No measure of this decision is in force."),
    "own_replaced_by": say("A later decision took its place:"),
    "lapsed_own": say("We did not answer in time, so that this decision no longer holds."),
    "own_why": say("Why"),
    "why_hint": say(
        "These are the points on which the decision rests. Each says what we looked at, and what speaks for it. Our "
        "letter says the same."
    ),
    "why_codes": say(
        "Below is the rule as our program reads it, word for word, with what counts for it and against it."
    ),
    "why_elsewhere": say("You find the reasons in our letter, which stands below."),
    "evidence": say("What we rely on"),
    "evidence_hint": say("All that we looked at and that you may see. What speaks for you stands here too."),
    "own_no_evidence": say("We rely on no document."),
    "change": say("What would change this"),
    "change_hint": say(
        "Each box is one way. Tick what you have done or can prove, and add a file that shows it. Then send the form "
        "below."
    ),
    "change_none": say("We see nothing that you could change or prove alone. You can still appeal."),
    "change_nothing": say("By what we know today, no rule stops it any more. Tell us so in the form below."),
    "way": say("Way"),
    "way_any": say("One of these ways is enough."),
    "do_all": say("You need every point of it."),
    "shows_it": say("A file that shows it"),
    "change_it": say("Change this"),
    "prove_it": say("Prove something about this"),
    "same_again": say("About the same"),
    "have_changed": say("We have changed this"),
    "can_prove": say("We can prove this"),
    "exactly": say("Exactly"),
    "other_ways": say("Other ways"),
    "read_in_it": say("What we read in it"),
    "then_lifted": say("Then nothing stops it any more."),
    "then_person": say("Then a person decides anew. What speaks for you counts as well."),
    "others_could": say("What only others can change"),
    "answer_us": say("Answer us"),
    "answer_hint": say("It is free. You need no lawyer and no set form."),
    "what_do_you_want": say("What do you want?"),
    "want_appeal": say("Look at it again: I think it is wrong, or something has changed."),
    "want_appeal_hint": say("This is an appeal. Other people than before decide, and answer each point."),
    "want_reasons": say("Explain it to me first."),
    "want_reasons_hint": say("This is a question. It takes none of your time to appeal."),
    "your_words": say("In your own words"),
    "your_words_hint": say(
        "Write as you like. Leave a line empty between two points: each point gets an answer."
    ),
    "more_files": say("Other files"),
    "send_it": say("Send it to us"),
    "appeal_is_open": say("Your appeal is open."),
    "question_is_open": say("Your question is open."),
    "add_to_it": say("Add something to it"),
    "too_late": say("The time to appeal is over. You can still ask us to explain."),
    "was_decided": say("Your appeal was decided."),
    "appeal_new_one": say("You can appeal against the new decision:"),
    "reader_only": say("You may read here. Somebody else of your company answers us."),
    "how_it_goes": say("How it goes on"),
    "we_decided": say("We decided."),
    "we_told_you": say("We told you."),
    "you_read_it": say("You read it here."),
    "you_appealed": say("You appealed."),
    "you_asked": say("You asked us to explain."),
    "we_confirmed": say("We looked at it, and told you what happens next."),
    "we_answered": say("We answered."),
    "appeal_upheld": say("Our decision stands."),
    "appeal_varied": say("We changed our decision."),
    "appeal_reversed": say("You were right: we took our decision back."),
    "appeal_granted": say("We did not answer in time. You have won."),
    "you_withdrew": say("You withdrew it."),
    "it_was_lifted": say("The measure was lifted."),
    "you_can_appeal": say("You can appeal."),
    "owed_acknowledge": say("We must confirm that we have it, and say what comes next"),
    "owed_answer": say("We must explain our decision"),
    "owed_decide": say("We must decide your appeal"),
    "owed_settle": say("The body outside must come to an end"),
    "owed_carry_out": say("We must act on what the body outside found"),
    "next_is_yours": say("Your turn"),
    "if_we_do_not": say("If we do not:"),
    "our_letters": say("What we sent you about it"),
    "your_conversation": say("What you and we wrote"),
    "to_conversation": say("Read and write there"),
    "receipt_own": say("Proof"),
    "receipt_own_hint": say(
        "A receipt proves that we decided this, when, and what we said. We cannot change it behind your back."
    ),
    "get_receipt": say("Get the receipt"),
    "another_body": say("Go to somebody outside"),
    # a receipt
    "receipt_title_own": say("Is this receipt real?"),
    "receipt_explain": say(
        "Each letter and each decision of ours comes with a receipt. Choose the file, or paste what is in it. We check "
        "it against our log and keep nothing of it."
    ),
    "receipt_file": say("The file of the receipt"),
    "receipt_text": say("Or paste it here"),
    "check_it": say("Check it"),
    "receipt_good": say("The receipt is real, and our log holds what it says."),
    "receipt_bad": say("The receipt does not hold."),
    "receipt_offline": say("You need not trust us for it. Anybody can check it without us, by this command:"),
    "receipt_what": say("What it proves"),
    "receipt_number": say("Number in our log"),
    # the link of a notice
    "link_title": say("Open your page"),
    "link_ready": say("This link opens your page once. It needs no password."),
    "link_of": say("It came with our letter"),
    "link_open": say("Open your page"),
    "link_lasts": say("You stay in for four hours, or until you leave. Then ask for a new link."),
    "link_not_yours": say("If the letter is not for you, close this page."),
    "link_used": say("This link was used already."),
    "link_used_hint": say(
        "Each link works once, so that nobody can use it behind your back. Ask for a new one here: it comes by mail."
    ),
    "link_over": say("This link is too old."),
    "link_over_hint": say("Ask for a new one here: it comes by mail. Your page itself stays open to you."),
    "link_unknown": say("We do not know this link."),
    "link_unknown_hint": say(
        "Perhaps a part of it was lost. Copy all of it from our mail, or ask for a new one here."
    ),
    "ask_link_title": say("Get a new link"),
    "ask_link_hint": say(
        "Write the mail address at which we reach you, and the number of a letter or a decision of ours. We send that "
        "letter again, with a new link."
    ),
    "ask_link_address": say("Your mail address"),
    "ask_link_reference": say("The number on our letter"),
    "ask_link_reference_hint": say("It stands at the top, as N-000012 or X-000034."),
    "ask_link_send": say("Send me a new link"),
    "ask_link_none": say("No mail came? Write to us, as our letter says. We can invite you by name as well."),
    "without_password": say("You had a letter from us and have no password? Get a link to your page."),
    "leave": say("Leave"),
    "by_link": say("Reader of our letter"),
    "by_link_hint": say(
        "You came by the link of a letter. To invite others, or to change how we reach you, ask us for a password."
    ),
    # people of an advertiser
    "team": say("Who acts for you"),
    "team_hint": say("These people can open your page by name. Owners say who else can."),
    "team_invite": say("Invite somebody"),
    "team_part": say("What the person may do"),
    "team_owner": say("Everything, and say who else acts for you"),
    "team_member": say("Read, appeal, write and send files"),
    "team_reader": say("Read only"),
    "team_link_once": say("Hand this link on. It works once, for a week. You see it only now."),
    "team_out": say("Take this person out"),
    "team_change": say("Change what the person may do"),
    "team_again": say("Make a new link"),
    "team_again_hint": say("For somebody who lost the link of the invitation."),
    "team_again_mailed": say(
        "For somebody who lost the password or the second factor. The link goes by mail to this person alone."
    ),
    "team_waiting": say("invited, has not joined yet"),
    "team_you": say("you"),
    # what a mail's link is for, as it is settled
    "link_days": say("Days for which the link in a mail opens the page of an advertiser"),
    "link_days_hint": say(
        "It works once. With 0, mails have no link, and whoever has no password cannot answer here."
    ),
}
