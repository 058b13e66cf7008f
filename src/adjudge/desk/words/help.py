"""Fixed words of the glossary, of the first run, and of the page of the design; what words mean is in `meanings`."""

from collections.abc import Mapping

from adjudge.basis.said import Said, say

HELP: Mapping[str, Said] = {
    "glossary": say("What words mean"),
    "glossary_hint": say(
        "Every word that stands on these pages as a sign or a state. Beside such a word a question mark says the same."
    ),
    "glossary_facts": say("Facts"),
    "glossary_facts_hint": say(
        "What the policies in force may speak of: how each fact is observed, and what can prove it."
    ),
    "no_facts": say("No policy is in force, or none that you may read."),
    "more_in_docs": say("More in the documentation:"),
    "in_glossary": say("All words"),
    "what_is": say("What this means"),
    "standard": say("Standard of proof"),
    "measure": say("Measure"),
    # the first steps
    "first_run": say("First steps"),
    "first_run_about": say(
        "Ten steps on the founding case, from its matter to the notice. You can leave them at any time and go on later."
    ),
    "first_run_real": say(
        "What you look at changes nothing. Whoever takes, proposes, signs or issues makes entries of this "
        "institution's log, which stay."
    ),
    "first_run_absent": say("The founding case is not on record here."),
    "first_run_bring": say(
        "Begin an institution for practice beside this one: in the checkout of the program this brings the case in, "
        "and serves it at another port."
    ),
    "first_run_not_yours": say(
        "Your roles read no matters. You can read the steps here; reviewers, legal and appeals take them."
    ),
    "first_run_offer": say("New here? Ten steps on the founding case show how a decision is made."),
    "first_run_begin": say("Begin"),
    "first_run_go_on": say("You have begun the first steps."),
    "go_on": say("Go on"),
    "not_now": say("Not now"),
    "step_done": say("done"),
    "step_not_done": say("not done yet"),
    "step_look": say("Look at"),
    "step_why": say("Why"),
    "step_go": say("Go there"),
    "step_mark": say("I have done this"),
    "step_mark_on": say("I have done this: on to the next step"),
    "steps_all": say("All first steps"),
    "nobody_is": say("Nobody has joined yet as"),
    "invite_them": say(
        "They take the steps from the seventh on. Invite them, or give the roles to people who are here:"
    ),
    "ask_to_invite": say("They take the steps from the seventh on. Ask an administrator to invite them."),
    "steps_over": say("You have seen how a decision is made. What waits for you stands on the first page."),
    "step_unmark": say("Not done after all"),
    "step_shown": say("Whether it is done is read from the records."),
    "step_not_yours": say("Somebody with another role does this."),
    "steps_leave": say("Leave the first steps"),
    "steps_leave_hint": say("They stay in the menu under your name, with what you marked."),
    "steps_again": say("Take them up again"),
    "steps_again_hint": say("Your first page then leads here."),
    # the page of the design
    "design": say("Design"),
    "design_hint": say(
        "All that pages are made of, once in each scheme. The tokens are read from the style sheet itself."
    ),
    "design_alike": say("Alike in both schemes"),
    "scheme_light": say("Light"),
    "scheme_dark": say("Dark"),
}
