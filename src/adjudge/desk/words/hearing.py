"""What the pages of notices, appeals, clocks and disputes say: fixed words, and the names of what rows hold.

Not the words of notices themselves, which are written where they are made.
"""

from collections.abc import Mapping

from adjudge.basis.said import Said, say
from adjudge.clocks.term import ClockKind, Consequence, Unit
from adjudge.notices.beginning import NoAdvance
from adjudge.records.rows import (
    AppealKind,
    AppealState,
    Channel,
    DeliveryState,
    DisputeState,
    MisuseState,
    Outcome,
    Purpose,
)

PURPOSES: Mapping[Purpose, Said] = {
    Purpose.DECISION: say("Decision"),
    Purpose.CORRECTION: say("Correction"),
    Purpose.REMINDER: say("Reminder"),
    Purpose.RECEIVED: say("Confirmation of receipt"),
    Purpose.ACKNOWLEDGED: say("Acknowledged"),
    Purpose.EXTENDED: say("More time"),
    Purpose.REASONS: say("Reasons"),
    Purpose.OUTCOME: say("Outcome of an appeal"),
    Purpose.RAN_OUT: say("Time that ran out"),
    Purpose.PAUSED: say("Rest of a measure"),
    Purpose.MESSAGE: say("Message"),
    Purpose.MISUSE: say("Misuse"),
    Purpose.SETTLEMENT: say("Settlement of a dispute"),
    Purpose.CHANGED: say("Changed ad"),
    Purpose.REPLY: say("Reply in the register"),
}
CHANNELS: Mapping[Channel, Said] = {
    Channel.PAGE: say("on the page"),
    Channel.EMAIL: say("by e-mail"),
    Channel.WEBHOOK: say("by webhook"),
}
DELIVERY_STATES: Mapping[DeliveryState, Said] = {
    DeliveryState.WAITING: say("waiting"),
    DeliveryState.DELIVERED: say("delivered"),
    DeliveryState.FAILED: say("failed"),
}
APPEAL_KINDS: Mapping[AppealKind, Said] = {
    AppealKind.APPEAL: say("Appeal"),
    AppealKind.REASONS: say("Request for reasons"),
}
APPEAL_STATES: Mapping[AppealState, Said] = {
    AppealState.FILED: say("filed"),
    AppealState.ACKNOWLEDGED: say("acknowledged"),
    AppealState.DECIDED: say("decided"),
    AppealState.ANSWERED: say("answered"),
    AppealState.WITHDRAWN: say("withdrawn"),
    AppealState.GRANTED: say("granted by silence"),
}
OUTCOMES: Mapping[Outcome, Said] = {
    Outcome.UPHELD: say("The decision is upheld."),
    Outcome.VARIED: say("The decision is changed."),
    Outcome.REVERSED: say("The decision is reversed."),
}
CLOCK_KINDS: Mapping[ClockKind, Said] = {
    ClockKind.ACKNOWLEDGE: say("Acknowledge"),
    ClockKind.ANSWER: say("Answer"),
    ClockKind.DECIDE: say("Decide"),
    ClockKind.SETTLE: say("Settle out of court"),
    ClockKind.CARRY_OUT: say("Carry out"),
}
CONSEQUENCES: Mapping[Consequence, Said] = {
    Consequence.ESCALATE: say("it is told to those who answer for it, and stays open"),
    Consequence.SUSPEND_MEASURE: say("the measure rests until it is done"),
    Consequence.REINSTATE: say("the measure is lifted, and the appeal has succeeded"),
}
"""What happens by itself when a clock has run out."""
RESTS_TO_THE_END = say("the measure rests until the appeal or the request is over")
"""The same where a first answer was late, which does not end the rest."""
UNITS: Mapping[Unit, Said] = {
    Unit.DAYS: say("days"),
    Unit.BUSINESS_DAYS: say("business days"),
    Unit.MONTHS: say("months"),
}
DISPUTE_STATES: Mapping[DisputeState, Said] = {
    DisputeState.REFERRED: say("before the body"),
    DisputeState.DECIDED: say("outcome to be answered"),
    DisputeState.CARRIED_OUT: say("carried out"),
    DisputeState.NOT_FOLLOWED: say("not followed"),
    DisputeState.ENDED: say("ended without an outcome"),
}
SETTLED: Mapping[str, Said] = {
    "for_advertiser": say("for the advertiser"),
    "partly": say("partly for the advertiser"),
    "for_platform": say("for the platform"),
}
"""How a body of settlement decided."""
MISUSE_STATES: Mapping[MisuseState, Said] = {
    MisuseState.WARNED: say("warned"),
    MisuseState.SUSPENDED: say("handling suspended"),
    MisuseState.ENDED: say("ended"),
}
CRITERIA: Mapping[str, Said] = {
    "number": say("How many were manifestly unfounded"),
    "share": say("Their share of all appeals"),
    "gravity": say("How grave the misuse is, and what followed from it"),
    "intention": say("What the intention was, where it can be known"),
}
"""What is weighed before handling is suspended: two are counted, two are written. DSA Art. 23(3)."""
NO_ADVANCE: Mapping[NoAdvance, Said] = {
    NoAdvance.LEGAL_DUTY: say("a law or an authority obliges us to end it at once"),
    NoAdvance.IMPERATIVE_REASON: say("an imperative reason under national law"),
    NoAdvance.REPEATED_INFRINGEMENT: say("the advertiser has infringed the terms before"),
}
"""Why a service may end without advance notice. P2B Art. 4(4)."""
SIDES: Mapping[str, Said] = {"advertiser": say("The advertiser"), "platform": say("The platform")}
HEARING: Mapping[str, Said] = {
    # navigation
    "overview": say("Overview"),
    "notices": say("Notices"),
    "appeals": say("Appeals"),
    "clocks": say("Clocks"),
    "procedure": say("Procedure"),
    "contact": say("How you are reached"),
    "contacts": say("Contact"),
    "misuse": say("Misuse"),
    "overdue_count": say("overdue"),
    "unread_count": say("not read yet"),
    # notices
    "previous_page": say("Page before"),
    "no_notices": say("There are no notices here."),
    "unread": say("not read yet"),
    "not_made": say("not written yet"),
    "failed_ones": say("not delivered"),
    "owed_ones": say("not written yet"),
    "of_advertiser_only": say("Of one advertiser"),
    "advertiser_id": say("ID of the advertiser"),
    "sent_on": say("Sent"),
    "owed_since": say("Owed since"),
    "notice": say("Notice"),
    "tells_of": say("Tells of"),
    "reference": say("Reference"),
    "to": say("To"),
    "date": say("Date"),
    "as_pdf": say("As PDF"),
    "as_text": say("As plain text"),
    "as_html": say("As a page"),
    "notice_receipt": say("Receipt"),
    "kept_as_sent": say("The files are what was sent, byte for byte; their digests stand in the log."),
    "not_made_hint": say("It is written from what was decided, and sent, within a minute."),
    "corrected_by": say("It is replaced by a later notice:"),
    "replaces_notice": say("It replaces"),
    "deliveries": say("Deliveries"),
    "tried": say("Attempts"),
    "next_try": say("Next attempt"),
    "last_error": say("Last error"),
    "proof": say("What the receiver answered"),
    "first_read": say("First read on the page"),
    "not_read": say("not read on the page yet"),
    "resend": say("Send it again"),
    "resend_hint": say("The same bytes, by every channel that is settled now."),
    "correct": say("Correct it"),
    "correct_hint": say(
        "A new notice takes its place and says what was wrong, in your words. The one before stays on record."
    ),
    "no_deliveries": say("Nothing was sent yet."),
    # filing
    "what_you_can_do": say("What you can do"),
    "appeal_this": say("File an appeal"),
    "ask_reasons": say("Ask for the reasons"),
    "appeal_hint": say(
        "It is free, and needs no form. People who took no part in the decision decide anew, and answer every point."
    ),
    "reasons_hint": say(
        "You ask us to state our reasons, or to state them better. It is free, and takes none of your time to appeal."
    ),
    "points": say("What is wrong with the decision"),
    "points_hint": say(
        "Write as you like. Each paragraph, parted by an empty line, becomes a point, and each point gets its own "
        "answer."
    ),
    "appeal_ended": say("An appeal against this decision was decided:"),
    "decided_by": say("It was decided by the decision"),
    "appeal_that": say("You can appeal against that one."),
    "questions": say("What you want to have explained"),
    "files": say("Files"),
    "files_hint": say(
        "Up to ten together: PDF, PNG or JPEG pictures, or plain text. They are kept as they are."
    ),
    "files_again": say("Choose your files again: browsers do not keep them."),
    "send": say("Send"),
    "appeal_open_already": say("This is open already; write there:"),
    "refer_body": say("Bring it before a settlement body"),
    "refer_hint": say(
        "A certified body of out-of-court settlement of your choice. Tell us when you have done it: we then give it "
        "what it needs, and the courts stay open to you."
    ),
    "body": say("Body"),
    "body_reference": say("Its reference of the matter"),
    "refer": say("Say that it was brought there"),
    "sent_about": say("What came after it"),
    "rests_now": say("rests, without effect"),
    "rested": say("Rested"),
    "begins": say("Begins"),
    "ends": say("Ends"),
    "waits_to_begin": say("not begun yet"),
    "is_over": say("over"),
    "is_lifted": say("lifted"),
    "in_effect": say("has effect"),
    # appeals
    "mine": say("mine"),
    "unassigned": say("unassigned"),
    "overdue": say("overdue"),
    "all_open": say("all open"),
    "ended": say("ended"),
    "no_appeals": say("There are no appeals here."),
    "appeal": say("Appeal"),
    "against": say("Against"),
    "filed": say("Filed"),
    "filed_by": say("Filed by"),
    "by_letter": say("written down by staff, from what came by another way"),
    "by_advertiser": say("the advertiser, on these pages"),
    "appeal_points": say("Points"),
    "point": say("Point"),
    "answer_to_it": say("The answer"),
    "no_answer_yet": say("not answered yet"),
    "conversation": say("Conversation"),
    "no_messages": say("Nobody has written yet."),
    "write": say("Write"),
    "your_message": say("Your message"),
    "attached": say("Attached"),
    "what_was_appealed": say("What was appealed against"),
    "what_was_asked": say("What reasons were asked for"),
    "no_measures_left": say("No measure is left of it."),
    "result": say("Decided by"),
    "outcome": say("Outcome"),
    "held_until": say("Handling of your appeals is suspended until"),
    "held_hint": say("What you file is kept, and its clocks begin when the suspension ends."),
    "withdraw_appeal": say("Withdraw it"),
    "withdraw_appeal_hint": say("You can appeal again while your time lasts."),
    "acknowledge": say("Acknowledge"),
    "acknowledge_hint": say("Say that you have read it, and what happens next. It is sent."),
    "what_next": say("What happens next"),
    "assign_appeal": say("Assign"),
    "assign_appeal_hint": say("Only to somebody who took no part in the decision."),
    "nobody_able": say("Nobody who may decide it took no part in the decision. Invite somebody."),
    "answer_request": say("Answer the request"),
    "answer_request_hint": say("It is sent with the whole statement of reasons."),
    "pause": say("Let the measure rest"),
    "pause_hint": say("It has no effect until the appeal is decided, or until you end its rest."),
    "resume": say("End the rest"),
    "propose_on_appeal": say("Propose the decision on this appeal"),
    "only_assignee": say("Whoever it is assigned to proposes the decision on it."),
    "proposal_on_it": say("A proposal on it waits:"),
    "found_of_it": say("What is found of it now"),
    "replies": say("Answers to the points of the appeal"),
    "replies_hint": say("Each is sent with the outcome, as you write it."),
    "decides_appeal": say("This decides the appeal"),
    "no_advance": say("Without advance notice, because"),
    "with_advance": say("with advance notice, where it is settled"),
    "why_no_advance": say("Why that exception holds, in words that are told"),
    "as_json": say("As JSON"),
    # clocks
    "then": say("Then"),
    "no_clocks": say("No clock runs."),
    "clocks_hint": say(
        "Clocks bind us, not you. When one has run out, what stands beside it happens by itself; none is ever a "
        "rejection."
    ),
    "clocks_staff_hint": say(
        "What is overdue stands first. When a clock has run out, its consequence happens by itself."
    ),
    "waits_since": say("Waits since"),
    "extend": say("Give more time"),
    "extend_hint": say(
        "The new day and your reasons are told to the advertiser. Nobody gives time to themselves."
    ),
    "until_day": say("Until the end of"),
    "extended": say("More time was given"),
    "done": say("done"),
    "ran_out": say("ran out"),
    # disputes
    "disputes": say("Settlement out of court"),
    "dispute": say("Dispute"),
    "referred": say("Brought there"),
    "recommended": say("Its outcome, in its words"),
    "settled_how": say("How it decided"),
    "record_outcome": say("Record its outcome"),
    "outcome_text": say("Its outcome, in its own words"),
    "outcome_files": say("What the body sent. If you are the advertiser, it is needed."),
    "recorded_by": say("Recorded by"),
    "carry_out": say("It is carried out"),
    "carry_out_hint": say("By a decision that was issued since."),
    "by_decision": say("By the decision"),
    "no_later_decision": say("No decision was issued since. Decide anew first."),
    "not_follow": say("It is not followed"),
    "not_follow_hint": say("Your reasons are told to the advertiser."),
    "end_dispute": say("It ended without an outcome"),
    "pack": say("Download the pack"),
    "pack_hint": say(
        "All that both sides may see, for the body: decision, statement, appeal, answers, messages, documents."
    ),
    # procedure
    "procedure_hint": say(
        "How you answer. Clocks that run keep what was told when they began: no clock slides."
    ),
    "calendar": say("Calendar"),
    "country": say("Country whose holidays count, as FR"),
    "no_country": say("Empty: weekends alone are no business days."),
    "zone": say("Time zone, as Europe/Paris"),
    "closed_days": say("Further days on which nobody works"),
    "closed_hint": say("One a line, as 2026-12-24."),
    "clock_count": say("How many"),
    "clock_unit": say("Of what"),
    "clock_then": say("When it has run out"),
    "as_declared": say("Declared where nothing is settled"),
    "relief": say("Measures that rest while an appeal is open"),
    "relief_hint": say("Tick the kinds that begin to rest by themselves when an appeal is filed."),
    "advance": say("Days of advance notice before all advertising of an advertiser ends"),
    "advance_hint": say("The regulation on platforms and businesses asks for 30, with exceptions. 0: none."),
    "reminder": say("Days before which a reminder is sent"),
    "mediators": say("Bodies of settlement that you propose"),
    "mediators_hint": say("One a line. An advertiser can choose another."),
    "misuse_terms": say("Misuse of appeals"),
    "least_number": say("Warn only where at least so many were manifestly unfounded"),
    "least_share": say("and at least so many per cent of those decided"),
    "longest_days": say("Suspend for at most so many days"),
    # contact
    "contact_hint": say("Every notice stands on your page. It is sent to these addresses as well."),
    "contact_staff_hint": say(
        "Every notice stands on the advertiser's page. It is sent to these addresses as well."
    ),
    "notices_in": say("Notices are written in"),
    "emails": say("E-mail addresses"),
    "emails_hint": say("One a line."),
    "webhook": say("Webhook, an address of the web"),
    "webhook_hint": say("Each notice is sent there as JSON, signed (Standard Webhooks, HMAC-SHA256)."),
    "new_secret": say("Make a new secret for it; the one before stops working"),
    "webhook_secret": say(
        "The secret by which we sign what is sent to the webhook. It is not shown again; we keep it, to sign with:"
    ),
    "settle_contact": say("Save"),
    # misuse
    "misuse_hint": say(
        "Who often files what is manifestly unfounded can be warned, and after a warning have the handling of appeals "
        "suspended for a time. Nothing is refused, and requests for reasons are always answered."
    ),
    "figures": say("Figures"),
    "filed_count": say("Appeals filed"),
    "decided_count": say("Appeals decided"),
    "unfounded_count": say("Manifestly unfounded"),
    "unfounded_share": say("Their share, in per cent"),
    "needs_at_least": say("at least"),
    "no_such_advertiser": say("There is no advertiser of this ID."),
    "misuse_proceedings": say("Procedures"),
    "no_misuse": say("There are none."),
    "warn": say("Warn"),
    "warn_hint": say("It is sent, with your reasons. The number and the share are counted."),
    "suspend_handling": say("Suspend the handling"),
    "suspend_hint": say(
        "By somebody else than who warned, after another appeal that was manifestly unfounded."
    ),
    "end_misuse": say("End it"),
    "warned": say("Warned"),
    "suspended": say("Suspended"),
    "unfounded": say("The appeal is manifestly unfounded"),
    "unfounded_hint": say("Only where anybody would see it at once. It counts towards misuse."),
    # the first page of a member
    "home": say("Your advertising here"),
    "in_force_against": say("What is in force"),
    "nothing_in_force": say("No measure is in force."),
    "open_with_us": say("What is open"),
    "nothing_open": say("Nothing is open."),
    "new_notices": say("New notices"),
    "no_new_notices": say("There are no new notices."),
    "always_yours": say(
        "Whatever is decided, you can sign in, read why, upload, appeal, and have everything as files."
    ),
    "to_the_appeal": say("What is open on it"),
    "retention": say("What is expunged after how many days"),
    "serving": say("Servers of ads"),
    "serving_hint": say(
        "What holds where a server of ads was not told for too long. It stands in each snapshot: no server decides it."
    ),
    "surfaces": say("Surfaces"),
    "surfaces_hint": say(
        "One on each line, by the names that policies and servers use. A measure that names no surface holds on these."
    ),
    "stale_after": say("Seconds after which a snapshot that was not confirmed is stale"),
    "unknown_landing": say("An ad of which it is unknown where it leads"),
    "changed_ads": say("An ad that is not as it was approved"),
    "retention_hint": say(
        "0 means kept. Nothing goes while a measure is in force, a clock runs, something is open, one may still "
        "complain, or a legal hold stands. A year is suggested for each: it leaves time for a settlement and a court."
    ),
    "own_data": say("Everything as a file"),
    "own_data_hint": say(
        "All that is kept of you and that you may see: decisions, notices as they were sent, appeals, documents, and "
        "proofs of the log, in one archive. You can have it at any time, whatever is decided."
    ),
    "take_own_data": say("Save everything"),
    "all_notices": say("All notices"),
    "all_appeals": say("All appeals"),
    "all_matters": say("Your matters"),
}
"""By a name for each place."""
