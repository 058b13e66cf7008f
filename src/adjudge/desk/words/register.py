"""Fixed words of the public register: states, what is withheld and why, what stands beside its figures."""

from collections.abc import Mapping

from adjudge.basis.said import Said, say
from adjudge.redaction.public import State, What, Why

STATES: Mapping[str, Said] = {
    State.STANDS: say("in force"),
    State.EMPTY: say("no measure"),
    State.SUPERSEDED: say("superseded"),
    State.REVERSED: say("reversed on appeal"),
    State.VARIED: say("changed on appeal"),
    State.LAPSED: say("lapsed: the platform did not answer in time"),
    State.LIFTED: say("lifted"),
    State.OVER: say("over"),
}
SHORT_STATES: Mapping[str, Said] = {**STATES, State.LAPSED: say("lapsed")}
"""For a badge, and for where little room is."""
STATE_SENTENCES: Mapping[str, Said] = {
    State.STANDS: say("This decision is in force."),
    State.EMPTY: say("This decision puts no measure on anything."),
    State.SUPERSEDED: say("This decision was superseded. It is in force no more."),
    State.REVERSED: say("This decision was reversed on appeal. It is in force no more."),
    State.VARIED: say("This decision was changed on appeal. Another one took its place."),
    State.LAPSED: say(
        "This decision lapsed: the platform did not answer an appeal in time, and its measures were lifted by rule."
    ),
    State.LIFTED: say("The measures of this decision were lifted."),
    State.OVER: say("The measures of this decision have come to their end."),
}
ASKED_STATES: Mapping[str, Said] = {
    "in_force": say("in force"),
    State.OVER: say("over"),
    State.LIFTED: say("lifted"),
    State.SUPERSEDED: say("superseded"),
    State.REVERSED: say("reversed on appeal"),
    State.VARIED: say("changed on appeal"),
    State.LAPSED: say("lapsed"),
    State.EMPTY: say("no measure"),
}
ENDINGS: Mapping[str, Said] = {
    "upheld": say("upheld"),
    "varied": say("changed"),
    "reversed": say("reversed"),
    "granted": say("granted by silence"),
}
APPEALS_ENDED: Mapping[str, Said] = {
    "upheld": say("An appeal was filed, and the decision was upheld."),
    "varied": say("An appeal was filed, and the decision was changed."),
    "reversed": say("An appeal was filed, and the decision was reversed."),
    "granted": say("An appeal was filed, nobody answered in time, and it succeeded by rule."),
}
WHATS: Mapping[str, Said] = {
    What.ADVERTISER: say("the name of the advertiser"),
    What.SUBJECT: say("the ad itself, and where it leads"),
    What.STATEMENT: say("the statement of reasons as it was sent, which its addressee has"),
    What.PEOPLE: say("who worked on it"),
    What.EVIDENCE: say("documents, and what was read in them"),
    What.VALUE: say("the value of a fact"),
    What.APPEAL: say("what was written in appeals"),
}
WHYS: Mapping[str, Said] = {
    Why.PERSONAL: say("personal data"),
    Why.UNSAID: say("personal data, as far as is known: nobody has said that it is no natural person"),
    Why.DECLARED: say("by the terms of this register"),
    Why.PROTECTED: say("a protected fact"),
}
DEPARTURES: Mapping[str, Said] = {
    "milder": say("A person took a milder measure than the rules would have."),
    "no_measure": say("A person took no measure where the rules would have."),
}
VALUES: Mapping[str, Said] = {"true": say("yes"), "false": say("no")}
SUBJECT_KINDS: Mapping[str, Said] = {"ad": say("an ad"), "advertiser": say("an advertiser")}
SOURCES: Mapping[str, Said] = {
    "own_initiative": say("the platform's own initiative"),
    "article_16": say("a notice under Article 16 of the Digital Services Act"),
    "trusted_flagger": say("a notice by a trusted flagger"),
    "other_notification": say("another notice"),
}
REPLY_GROUNDS: Mapping[str, Said] = {
    "others": say("it told of people who are not those that it is by"),
    "unlawful": say("a law or a court forbids its publication"),
    "elsewhere": say("it was not about this decision, but an advertisement"),
}
SPAN_WORDS: Mapping[str, Said] = {
    "week": say("up to a week"),
    "two_weeks": say("up to two weeks"),
    "month": say("up to 30 days"),
    "three_months": say("up to three months"),
    "longer": say("longer"),
}
DECIDED_BY: Mapping[str, Said] = {"automated": say("by automation"), "person": say("by a person")}
REGISTER: Mapping[str, Said] = {
    "register": say("Public register"),
    "register_lead": say(
        "Every decision about advertising here, and what became of it. Personal data is withheld, and said to be."
    ),
    "register_search": say("Search"),
    "register_words": say("Words"),
    "register_words_hint": say(
        "Rules, clauses, names that are told, replies. All words must be there; their beginnings, if none is whole."
    ),
    "register_narrow": say("Narrow"),
    "register_rule": say("Rule"),
    "register_measure": say("Measure"),
    "register_country": say("Country"),
    "register_country_hint": say("Two letters, as FR. Measures that hold everywhere are found by *."),
    "register_surface": say("Surface"),
    "register_advertiser": say("Advertiser, by its whole name"),
    "register_since": say("Issued from"),
    "register_until": say("Issued until"),
    "register_outcome": say("Appeal"),
    "register_none": say("Nothing in the register fits this."),
    "register_empty": say("No decision is public yet."),
    "register_next": say("Older decisions"),
    "register_first": say("Newest decisions"),
    "register_statistics": say("Statistics"),
    "register_policies": say("Policies in force"),
    "register_log": say("The log, and how to verify it"),
    "register_feed": say("News feed (Atom)"),
    "register_files": say("Everything that is asked for, as a file"),
    "register_all_files": say("The whole register as a file"),
    "name_withheld": say("Name withheld: personal data"),
    "name_declared": say("Name withheld"),
    "how_decided": say("How"),
    "automation_decided": say("decided by automation"),
    "public_decision": say("Decision"),
    "permanent": say("This address stays. It says at any time what became of the decision."),
    "superseded_by": say("In its place came"),
    "supersedes_public": say("It came in the place of"),
    "what_and_where": say("What holds, and where"),
    "no_public_measures": say("No measure was taken."),
    "rests_now_public": say("It has no effect for the time being."),
    "on_which_rule": say("On which rule"),
    "ground_law": say("Law"),
    "ground_terms": say("Terms"),
    "on_which_facts": say("On which facts"),
    "facts_for": say("It rests on"),
    "facts_against": say("Against it stood, and was answered"),
    "read_in_kinds": say("read in"),
    "weighs": say("weight"),
    "value_withheld": say("withheld"),
    "no_public_facts": say("It rests on what is not on record, or on facts whose version is gone."),
    "how_appeals_ended": say("Appeals"),
    "no_public_appeals": say("No appeal against it has ended."),
    "missed_clocks": say("The platform let a clock run out"),
    "what_is_withheld": say("What is withheld here, and why"),
    "reply_of_advertiser": say("The advertiser's reply"),
    "reply_hint": say(
        "In its own words. The platform does not judge it: a reply is refused on one of three declared grounds only, "
        "by a person, with reasons that can be answered."
    ),
    "no_reply": say("The advertiser has not replied here."),
    "reply_refused": say("A reply was refused"),
    "the_record": say("The record"),
    "entry_number": say("Entry of the log"),
    "policy_version": say("Version of the policy"),
    "came_by": say("Came to light by"),
    "about_what": say("About"),
    "show_elsewhere": say("Show this elsewhere"),
    "badge_hint": say(
        "A badge that always says where the decision stands; and a frame with a short preview."
    ),
    "badge_code": say("Badge"),
    "embed_code": say("Frame"),
    "figures_lead": say(
        "Counted from the register itself. Anyone can count again: the whole of it is a file."
    ),
    "figures_method": say("How it is counted"),
    "figures_method_rules": say(
        "A decision that applies several rules counts under each, and under each country that it names. Measures that "
        "hold everywhere count as everywhere, and not under each country."
    ),
    "figures_method_small": say(
        "Withheld is every count below the one named here, and so much more that none follows from others."
    ),
    "figures_method_apart": say(
        "Like cases apart: the rules find the same of like facts. A person can take a milder measure than they would "
        "have, with reasons; how often that is so is counted here by rule."
    ),
    "figures_method_time": say(
        "Time to answer is from the filing of an appeal to its end, in whole days of 24 hours."
    ),
    "least_shown": say("Smallest count that is told"),
    "figures_total": say("Decisions in the register"),
    "figures_months": say("Decisions by month"),
    "figures_rules": say("Decisions by rule"),
    "figures_countries": say("Decisions by country"),
    "figures_kinds": say("Decisions by measure"),
    "figures_states": say("Where decisions stand"),
    "figures_appeals": say("How appeals ended, by rule"),
    "figures_spans": say("How long appeals took"),
    "figures_missed": say("Clocks of the platform that ran out"),
    "figures_apart": say("Like cases apart: where a person departed from the rules"),
    "figures_by": say("Who decided"),
    "followed_column": say("as the rules say"),
    "departed_column": say("milder"),
    "month_column": say("Month"),
    "country_column": say("Country"),
    "measure_column": say("Measure"),
    "span_column": say("Time"),
    "decisions_column": say("Decisions"),
    "count_column": say("Number"),
    "who_column": say("By whom"),
    "withheld_count": say("withheld"),
    "everywhere_word": say("everywhere"),
    "nothing_counted": say("Nothing to count yet."),
    "figures_file": say("All figures as a table (CSV)"),
    "policies_lead": say("What applied on a day, to the letter: decisions of that day rest on it."),
    "policies_on": say("In force on"),
    "policies_show": say("Show that day"),
    "no_policies_on": say("No policy was in force on this day."),
    "policy_text": say("Its whole text (YAML)"),
    "policy_rules": say("Rules"),
    "in_force_from": say("In force from"),
    "log_lead": say(
        "Each act of the platform is an entry of a log that only grows. A checkpoint is signed over all entries before "
        "it: whoever keeps one can find out later whether anything was rewritten."
    ),
    "log_keep": say("Keep this checkpoint"),
    "log_key": say("The key by which it is signed"),
    "log_how": say("How to verify"),
    "log_how_checkpoint": say(
        "The checkpoint above, once it is saved: that it is of this log, and is what was signed."
    ),
    "log_how_receipt": say(
        "Whoever was written to has a receipt with the notice. It is checked offline, by the key above:"
    ),
    "log_how_log": say(
        "Whoever is given the log checks the whole of it, and that it holds the checkpoint that was kept:"
    ),
    "log_none": say("The log has not been signed yet."),
    "log_size": say("Entries below it"),
    "embed_more": say("The decision in the public register"),
    "reply_give": say("Reply in public"),
    "reply_give_hint": say(
        "Your words stand beside this decision in the public register, for everybody, under your name if that is told "
        "there. You can take them back at any time. Leave out what concerns other people."
    ),
    "reply_text": say("Your reply"),
    "reply_publish": say("Publish it"),
    "reply_change": say("Publish it anew"),
    "reply_take_back": say("Take it back"),
    "reply_shown_now": say("Your reply is shown in the public register."),
    "reply_was_refused": say("Your reply was refused, and is not shown."),
    "reply_refuse": say("Refuse this reply"),
    "reply_ground": say("On which ground"),
    "reply_answer": say("Answer the refusal"),
    "reply_answered": say("What the advertiser answers to the refusal"),
    "reply_restore": say("Show it again"),
    "reply_in_public": say("In the public register"),
    "see_in_register": say("See it in the public register"),
    "reply_is_shown": say("This reply is shown in the public register."),
    "open_behind": say("Open the decision itself"),
    "value_found": say("found"),
    "sign_in_link": say("Sign in"),
    "settle_register": say("Public register"),
    "settle_register_hint": say(
        "What is personal is withheld whatever is settled here. These terms can only withhold more."
    ),
    "register_open": say("Is there a public register"),
    "register_names": say("Names of advertisers"),
    "register_after": say("Days after which a decision is shown"),
    "register_least": say("Smallest count that statistics tell"),
    "register_hidden_facts": say("Facts whose values are not told, one on each line"),
    "register_hidden_rules": say("Rules of which no decision is shown, one on each line"),
}
OPEN_WORDS: Mapping[str, Said] = {"yes": say("there is one"), "no": say("there is none")}
NAME_WORDS: Mapping[str, Said] = {
    "legal": say("of legal persons, where they are verified"),
    "none": say("of nobody"),
}
