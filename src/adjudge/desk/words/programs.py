"""Fixed words of the pages on keys and on programs that are told of what happens; the rest is in `words`."""

from collections.abc import Mapping

from adjudge.basis.said import Said, say

PROGRAMS: Mapping[str, Said] = {
    # keys
    "rotate": say("Put a new key in its place"),
    "rotate_hint": say(
        "For the same acts. The one before goes on beside it for the time that you choose, in which the new one can be "
        "handed round. Whoever revokes a key revokes what came in its place too."
    ),
    "rotate_until": say("The new one works until; empty: for as long as this one was made for"),
    "overlap": say("This one goes on for"),
    "overlap_0": say("no time: it ends at once"),
    "overlap_3600": say("one hour"),
    "overlap_86400": say("one day"),
    "overlap_604800": say("one week"),
    "in_place_of": say("In place of"),
    "last_used": say("Last used"),
    "never_used": say("never"),
    "ends_soon": say("ends soon"),
    "no_end": say("without an end"),
    "no_end_hint": say("If it is lost it works until somebody notices. Rotate it with a last day."),
    "ending_keys": say(
        "Keys of yours end soon: put new ones in their place before the programs that use them stop."
    ),
    "ending_count": say("end soon"),
    # programs that are told of what happens
    "hooks": say("Programs"),
    "hooks_hint": say(
        "Programs of the platform's own that are told of each entry of the log by a signed call, in order and none "
        "left out. One that fails is tried again, ever later, for a month."
    ),
    "no_hooks": say("No program is told of what happens."),
    "add_hook": say("Let a program be told"),
    "hook_secret_once": say("By this secret the program knows that a call is ours; it is not shown again:"),
    "hook_url": say("Its address, by HTTPS"),
    "hook_kinds": say("Kinds of entries, one on each line; empty: all"),
    "hook_kinds_hint": say("As decision:issued, or decision:* for all that begin so."),
    "hook_since": say("From the entry; empty: from now on"),
    "hook_told": say("is told"),
    "hook_fails": say("fails"),
    "hook_ended": say("ended"),
    "hook_gone": say("ended by itself"),
    "hook_all": say("all"),
    "hook_kinds_of": say("Kinds of entries"),
    "hook_next": say("Next entry"),
    "hook_behind": say("Entries behind"),
    "hook_taken": say("Last took one"),
    "hook_fails_since": say("Fails since"),
    "hook_error": say("Last error"),
    "hook_tried": say("Is tried again"),
    "change_hook": say("Settle anew"),
    "change_hook_hint": say("It goes on where it was, also if it had ended: nothing is left out."),
    "new_hook_secret": say("Another secret"),
    "new_hook_secret_hint": say("It signs at once; for a day the one before signs too."),
    "replay_hook": say("Tell it again"),
    "replay_since": say("From the entry"),
    "end_hook": say("Tell it nothing more"),
}
