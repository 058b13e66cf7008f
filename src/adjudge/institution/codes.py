"""Every code that a refusal or another problem of the institution bears, with what it means and what to do.

Only a table; codes of what is wrong in files stand in `adjudge.basis.codes`. A code is stable: programs rely on it.
"""

from collections.abc import Mapping
from types import MappingProxyType

from adjudge.basis.said import Said, say

_TABLE: dict[str, Said] = {
    # requests
    "bad-cursor": say(
        "The cursor does not continue this list with these filters. Send `next` as it came, or begin anew without one."
    ),
    "bad-idempotency-key": say(
        "The header `Idempotency-Key` holds no key. Send 1 to 200 printable characters without spaces."
    ),
    "bad-request": say(
        "The request has not the form that its address takes. Each finding names a place and what is wrong there."
    ),
    "answer-not-kept": say(
        "The request was carried out when it was sent first. Its answer is not kept any more: it was long, or "
        "something was expunged since. Read what was done."
    ),
    "bug": say(
        "Something of ours failed. Nothing was kept half-done. Tell whoever runs this, with the id of the request."
    ),
    "changed-since": say(
        "What was to be changed was changed by somebody else since it was read. Read it again, and decide anew."
    ),
    "conflict": say("Somebody else was first, or it was done already. Look again, and decide anew."),
    "database-ahead": say(
        "The database was migrated by a later version of the program, which knows tables that this one does not. Take "
        "the backup with that version."
    ),
    "idempotency-key-reused": say(
        "An idempotency key came with another request than the first time. Send a new key with each thing to be done."
    ),
    "list-changed": say(
        "The place from which the list was to go on is in it no more. Begin anew without a cursor."
    ),
    "match-needed": say(
        "A change must name the state that was seen. Read it, and send its `ETag` as `If-Match`."
    ),
    "method-not-allowed": say(
        "The address takes other methods than this one. The header `Allow` names them."
    ),
    "no-key": say(
        "The request has no key that holds: none came, or it is over, or it was revoked. Send one that holds."
    ),
    "not-acceptable": say(
        "There is no answer of a type that the header `Accept` allows. Ask for one of those that the hint names."
    ),
    "not-found": say(
        "There is nothing of this name, or it is not for whoever asks: that is told alike. Check the name and rights."
    ),
    "refused": say("A rule says no, for the reason that is told. Change what stands in the way."),
    "secret-told-already": say(
        "The request was carried out when it was sent first, and its answer held a secret, which is told once. Was it "
        "lost, have another one made."
    ),
    "too-large": say("The request has more bytes than are taken at once. Send less."),
    "too-many-at-once": say(
        "It takes long, and others ask for as much already: only so much is carried out at once, so that short "
        "requests need not wait. Nothing was done: send it again after the seconds in `Retry-After`."
    ),
    "too-many-requests": say(
        "More requests came in a minute than are allowed. Wait as long as the header `Retry-After` says."
    ),
    "unavailable": say(
        "The records or something else that is needed did not answer. Send the request again with its idempotency key; "
        "an act that bore none may have been done, so look first."
    ),
    "unknown-field": say(
        "A field is asked for that the answer does not have. Choose among those that the hint names."
    ),
    "unknown-parameter": say(
        "The address has a part behind the question mark that nothing reads. Correct its spelling, or leave it out."
    ),
    "unreadable-body": say("The body is not JSON in UTF-8. Send it so, with its length."),
    "unreadable-request": say("What was sent is not a request as HTTP has it. Send it anew."),
    "unread-part": say(
        "The form has a field or a file that nothing reads, or two of what is read once. Correct it, or leave it out."
    ),
    # texts and choices
    "bad-address": say(
        "An address of mail or of a webhook cannot be one, or there are too many. Write it as the hint shows."
    ),
    "bad-text": say("A text holds half of a character and cannot be written down. Write it anew."),
    "nothing-chosen": say("Nothing is chosen to which it is to be done. Choose what is meant."),
    "missing-text": say("A text that somebody else will rely on is missing, such as a reason. Write it."),
    "text-too-long": say("A text is longer than its place allows. Shorten it."),
    "text-too-short": say("An answer is too short to be one. Answer what was asked."),
    "too-many": say("More things are named than are taken at once. Send the others apart."),
    "too-much": say("More comes in, or is asked, than is handled at once. Split it."),
    "unknown-language": say("No catalogue speaks this language. Choose one of those that the hint names."),
    "wrong-state": say(
        "What is to be done has no place in the present state. The page of rights and states tells what follows what."
    ),
    # people and keys
    "bad-key": say(
        "A key cannot be made or replaced so: its acts, its time or its person forbid it. The hint says what would do."
    ),
    "bad-roles": say(
        "These roles do not go together, or not with this advertiser. Give a member one advertiser and no other role."
    ),
    "duplicate-person": say("Somebody has this address already. Change the roles of that person instead."),
    "has-joined": say(
        "The person has joined, so that another link would open the account to whoever has it. Set a mail server, so "
        "that it can be sent to the person alone, or make it on the machine."
    ),
    "last-administrator": say(
        "Nobody would be left who can invite others. Make somebody else an administrator first."
    ),
    "last-owner": say(
        "Nobody of the advertiser would be left who says who else acts for it. Make somebody else an owner first."
    ),
    "mail-not-taken": say(
        "The mail server did not take the mail, for the reason that is told. It is not tried again by itself."
    ),
    "last-of-advertiser": say(
        "The advertiser would have no way to its own file any more: nobody who signs in for it, and no mail that "
        "brings a link. Invite somebody else of it first, or settle an address."
    ),
    "own-proposal": say("Nobody is the second person for what is one's own. Ask somebody else."),
    "shut-out": say("The person was shut out. Invite somebody else."),
    "unknown-person": say("The person cannot have this task. Choose somebody whose role has it."),
    # policies
    "ambiguous-version": say("Several versions have this name. Name one by its digest."),
    "duplicate-version": say(
        "A version of this name or of this policy is here already. Give it a new name, or draft a further version."
    ),
    "no-version-before": say(
        "No version was in force before this one. Put another version in force instead."
    ),
    "not-approved": say("Nobody but its author has approved the version. Ask somebody else to approve it."),
    "unknown-role": say(
        "The version asks for signatures of a role that nobody here has. Ask for another role, or invite somebody."
    ),
    # material
    "bad-weight": say("Discounting only lowers a weight. Name a lower one, or withdraw the claim."),
    "nothing-brought": say("There is nothing in what was to be brought in. Look at the files."),
    "sealed-together": say(
        "What was brought in together is sealed in one part of the log, of which nothing can be expunged by itself."
    ),
    "still-needed": say(
        "It is needed yet: decisions, appeals or disputes rest on it, or a person works here. The hint says until when."
    ),
    "unfit-file": say("A file of the form is not taken, for the reason that is told. Send another one."),
    "unknown-type": say(
        "The file is neither a PDF, nor a PNG or JPEG picture, nor plain text. Send it as one of these."
    ),
    # matters and decisions
    "appeal-open": say(
        "An appeal against the decision in force is open. Decide it by a proposal that names it."
    ),
    "appeal-waits": say("An appeal waits in the matter. Decide it first."),
    "bad-departure": say(
        "A departure names a rule without a measure here, or a measure that is not milder. Choose a milder one."
    ),
    "closed-matter": say("The matter is closed. Reopen it, with reasons."),
    "exception-not-stated": say(
        "The statement of reasons does not say why there is no advance notice. Put the same words into it."
    ),
    "exception-without-reasons": say(
        "All advertising would end without advance notice, and nothing says why. Write why the exception holds."
    ),
    "incomplete-statement": say(
        "The statement of reasons leaves out something that the law asks for. Each finding names what is missing."
    ),
    "milder-not-weighed": say(
        "The decision excludes, and does not say why nothing milder suffices. Weigh the milder measures, and write how."
    ),
    "needless-answer": say("An answer is given to nothing that asks for one. Leave it out."),
    "needless-exception": say(
        "Nothing here is told in advance, so that no exception is needed. Leave it out."
    ),
    "no-comparison": say("Nobody was compared with the subject. Report this, since it always is done."),
    "no-ground": say(
        "Nothing on record supports a measure. Record what it rests on, or leave the measure out."
    ),
    "no-recourse": say(
        "What the advertiser could change or prove was not computed. Report this, since it always is."
    ),
    "no-statement": say(
        "There is no statement of reasons where there must be one. The hint says how there comes to be one."
    ),
    "not-as-approved": say(
        "The ad shows something else than when it was approved, or leads elsewhere. Decide about it anew."
    ),
    "not-repeated": say(
        "The exception named is for repeated breaches, and none is on record. Name another one, or give the notice."
    ),
    "not-signed": say(
        "A signature that the rules ask for is missing. Ask somebody with that role who is not the author."
    ),
    "outcome-changed": say(
        "What the proposal rests on has changed since. Look at the matter again, return this one and propose anew."
    ),
    "person-needed": say("The rules leave this to a person. Propose a decision."),
    "proposal-waits": say("A proposal waits in the matter. Issue it or return it first."),
    "rights-not-considered": say(
        "The decision excludes, and does not say how rights were considered. Name the rights, and how they weigh."
    ),
    "statement-altered": say(
        "The statement is not the one that was issued. Do not rely on it: ask for the receipt of the decision."
    ),
    "unanswered-claim": say(
        "A claim that counts against the decision has no answer. Write what you answer to it."
    ),
    "undone": say(
        "The same was undone before, and nothing is new since. Record what is new, or leave the measure out."
    ),
    "unproven-statement": say(
        "What the statement says was not compared with the case. Mark its passages, or let it be written from the case."
    ),
    "unreasoned-departure": say("The outcome is not followed, and nothing says why. Write why."),
    # appeals, disputes, clocks, misuse
    "appeal-over": say(
        "The appeal has ended, and nothing is added to it. What came of it can be appealed itself."
    ),
    "clock-over": say("The clock does not run any more. It can be given no more time."),
    "heeded": say(
        "No appeal since the warning was manifestly unfounded: the warning was heeded. Nothing is suspended."
    ),
    "missing-document": say("No document of the body shows its outcome. Attach what the body sent."),
    "misuse-over": say("The suspension ended by itself on its day. Nothing is to be done."),
    "no-later": say("The clock would get no more time by this. Name a later day."),
    "no-request": say(
        "The appeal asks that the decision be changed, and not for its reasons. Propose a decision on it."
    ),
    "not-assigned": say("Nobody has the appeal, or somebody else has it. Assign it first."),
    "not-carried-out": say(
        "The decision named is not milder than the one disputed. Decide as the body found, or say why not."
    ),
    "not-often": say(
        "Manifestly unfounded appeals were too few for a warning. Below what is settled, nobody warns."
    ),
    "not-unfounded": say(
        "An appeal that succeeds, or that the advertiser did not file itself, is not called unfounded. Leave it out."
    ),
    "nothing-rests": say("No measure rests by this appeal. Nothing is to be done."),
    "nothing-to-refuse": say("The body found for the platform. Record that the outcome was carried out."),
    "nothing-to-rest": say("No measure of the decision has effect now. Nothing is to be done."),
    "other-subject": say("The decision or appeal is about another subject. Name one about this subject."),
    "own-appeal": say("Who filed an appeal does not decide it. Assign it to somebody else."),
    "own-clock": say("Nobody gives time to themselves. Ask somebody to whom the appeal is not assigned."),
    "stock-answer": say(
        "The answer repeats the statement, or what was told to others. Answer what was asked, in words of its own."
    ),
    "took-part": say(
        "Who took part in the decision has no hand in the appeal against it. Leave it to somebody who took no part."
    ),
    "too-early": say(
        "It is too early for this, or a time is named that lies before what it follows. Wait, or name a later time."
    ),
    "too-late": say(
        "The time for this is over, or the day named is beyond the latest. The message names the day."
    ),
    "unanswered-point": say("A point of the appeal has no answer. Write what you answer to it."),
    # notices
    "no-address": say("The advertiser has no address but its page. Settle how it is reached first."),
    "no-preview": say(
        "Notices of this purpose tell of more than a decision and are not previewed. Ask for `decision` or `reminder`."
    ),
    "not-made": say("The notice is owed and not made yet. Wait for a minute, and look again."),
    # the log, and backups
    "damaged-backup": say("The backup was altered or cut off. Take another copy of it."),
    "empty-log": say("The log has no entries yet, so that nothing can be signed or proven."),
    "keys-missing": say("The keys of the backup are not at hand. Name the folder in which they are kept."),
    "later-backup": say(
        "The backup was made by a later program. Restore it by that version, or a later one."
    ),
    "log-altered": say(
        "An entry is not the one over which the log's tree was built. Ask `adjudge log check`, and go back to a copy."
    ),
    "not-as-the-log": say("What the backup holds does not follow from its log. Go back to another backup."),
    "not-empty": say("Nothing is restored over what is there. Name an empty folder and a new database."),
    "other-key": say(
        "The key is not the one of this backup. Name the folder with the keys that it was taken with."
    ),
    "unknown-part": say(
        "The backup, or the database, holds parts of sign-in that are not set up here. Set what is set where people "
        "sign in."
    ),
}
MEANINGS: Mapping[str, Said] = MappingProxyType(_TABLE)
"""By code what it means, and after it what to do."""
