"""What the pages of the desk say: the fixed words by a name for each place, and the names of roles and states.

Not the words of answers, which the pages take over with their templates.
"""

from collections.abc import Mapping

from adjudge.basis.said import Said, say
from adjudge.desk.words.advertiser import ADVERTISER
from adjudge.desk.words.evidence import EVIDENCE
from adjudge.desk.words.hearing import HEARING
from adjudge.desk.words.help import HELP
from adjudge.desk.words.overview import OVERVIEW
from adjudge.desk.words.programs import PROGRAMS
from adjudge.desk.words.queue import QUEUE
from adjudge.desk.words.register import REGISTER
from adjudge.desk.words.sheet import SHEET
from adjudge.people.act import ACTS
from adjudge.people.role import Role, known_roles
from adjudge.records.rows import DecisionState, MatterState, VersionState
from adjudge.tongues.tongue import Tongue

ROLES: Mapping[Role, Said] = {
    Role.POLICY_AUTHOR: say("policy author"),
    Role.PUBLISHER: say("publisher"),
    Role.REVIEWER: say("reviewer"),
    Role.SECOND_REVIEWER: say("second reviewer"),
    Role.LEGAL: say("legal"),
    Role.APPEALS: say("appeals"),
    Role.AUDITOR: say("auditor"),
    Role.ADMINISTRATOR: say("administrator"),
    Role.OWNER: say("owner of an advertiser's file"),
    Role.MEMBER: say("member of an advertiser"),
    Role.READER: say("reader for an advertiser"),
    Role.SERVICE: say("service key"),
}
ROLE_HINTS: Mapping[Role, Said] = {
    Role.POLICY_AUTHOR: say("Writes policies and hands in new versions."),
    Role.PUBLISHER: say("Approves versions of policies and puts them in force."),
    Role.REVIEWER: say("Looks after matters, records claims, proposes decisions and issues them."),
    Role.SECOND_REVIEWER: say("Confirms what somebody else proposed. No advertiser is excluded without."),
    Role.LEGAL: say("Signs where a rule asks for it."),
    Role.APPEALS: say("Decides appeals against decisions of others."),
    Role.AUDITOR: say("Reads everything and changes nothing."),
    Role.ADMINISTRATOR: say("Invites people, gives roles and settles how the house works. Decides nothing."),
    Role.OWNER: say("Somebody of an advertiser: does what a member does, and invites colleagues."),
    Role.MEMBER: say("Somebody of an advertiser: reads what is decided about it, answers and appeals."),
    Role.READER: say("Somebody of an advertiser: reads what is decided about it, and does nothing else."),
}
"""What somebody with a role does."""
MATTER_STATES: Mapping[MatterState, Said] = {
    MatterState.OPEN: say("open"),
    MatterState.CLOSED: say("closed"),
    MatterState.REOPENED: say("reopened"),
}
DECISION_STATES: Mapping[DecisionState, Said] = {
    DecisionState.PROPOSED: say("proposed"),
    DecisionState.RETURNED: say("returned"),
    DecisionState.ISSUED: say("in force"),
    DecisionState.SUPERSEDED: say("superseded"),
    DecisionState.LAPSED: say("lapsed by silence"),
}
VERSION_STATES: Mapping[VersionState, Said] = {
    VersionState.DRAFT: say("draft"),
    VersionState.SHADOW: say("in the shadow"),
    VersionState.IN_FORCE: say("in force"),
    VersionState.SUPERSEDED: say("superseded"),
    VersionState.ROLLED_BACK: say("rolled back"),
    VersionState.REJECTED: say("rejected"),
}
KIND_WORDS: Mapping[str, Said] = {
    **{right.writes: right.title for right in ACTS.values() if right.writes},
    "key:made": say("make a key"),
    "key:revoked": say("revoke a key"),
    # what no act writes, since it happens by itself
    "appeal:decided": say("an appeal was decided by a decision"),
    "appeal:granted": say("an appeal succeeded, since its clock ran out"),
    "clock:ran_out": say("a clock ran out"),
    "notice:made": say("a notice was made"),
    "notice:owed": say("a notice is owed"),
    "notice:delivered": say("a notice was delivered"),
    "notice:failed": say("a notice could not be delivered"),
}
"""Kinds of entries, by the act that writes them, or by what happens."""
PAGE: Mapping[str, Said] = {
    "skip": say("Skip to the page"),
    "navigation": say("Pages"),
    "house": say("Administration"),
    # who acts without being a person here
    "founder": say("whoever set this institution up"),
    "by_itself": say("the program"),
    "unanswered": say(
        "The server did not answer as it should. What you typed still stands here. Try again, or load the page anew "
        "to see what was done."
    ),
    # what was typed and is too long, or came too late
    "too_long": say(
        "This is more than a form can hold, so that it was not sent. Nothing is lost: shorten it, or send it as a file."
    ),
    "kept_title": say("Nothing that you typed is lost"),
    "kept_signed_out": say(
        "You were signed out before the form arrived, so that nothing was done. Sign in in another tab, then send it "
        "again from here."
    ),
    "kept_token": say(
        "The page from which you sent this was too old, so that nothing was done. Send it again."
    ),
    "kept_files": say("Files cannot be kept: attach them again after you have sent this."),
    "kept_sign_in": say("Sign in, in another tab"),
    "kept_send": say("Send again"),
    "kept_texts": say("What you typed"),
    "kept_text": say("Text"),
    # keys
    "keys_title": say("Keys"),
    "keys_close": say("Close"),
    "key_help": say("show these keys"),
    "key_next": say("next in the list"),
    "key_previous": say("the one before in the list"),
    "key_open": say("open it"),
    "key_queue": say("to the queue"),
    "key_appeals": say("to the appeals"),
    "key_clocks": say("to the clocks"),
    "key_following": say("next item of the queue"),
    "key_propose": say("propose a decision"),
    "matters": say("Matters"),
    "policies": say("Policies"),
    "people": say("People"),
    "institution": say("Platform"),
    "log": say("Log"),
    "keys": say("My keys"),
    "sign_out": say("Sign out"),
    "second_factor": say("Second factor"),
    "password": say("Password"),
    "foot": say("Every act that changes something here is an entry of a log that anyone can verify."),
    "to_home": say("To the first page"),
    "to_sign_in": say("To the sign-in"),
    "by_provider": say("Sign in through the identity provider"),
    "lost": say("Whoever lost the password or the second factor asks an administrator for a new link."),
    # joining
    "join": say("Join"),
    "join_password": say("Choose a password"),
    "join_hint": say("You sign in with this address and this password."),
    "join_later": say("Go on without one for now"),
    "join_password_again": say("The same password again"),
    "join_roles": say("You are to be"),
    "join_until": say("The link works once, until"),
    "join_name": say("Name"),
    "join_address": say("Address to sign in with"),
    # matters
    "state": say("State"),
    "all": say("all"),
    "matter": say("Matter"),
    "advertiser": say("Advertiser"),
    "policy": say("Policy"),
    "opened": say("Opened"),
    "assignee": say("Assigned to"),
    "nobody": say("nobody"),
    "no_matters": say("There are no matters here."),
    "open_matter": say("Open a new matter"),
    "territory": say("Territory"),
    "territory_hint": say("A country code such as US; empty: everywhere"),
    "reason": say("Reason"),
    "reason_hint": say("It stands in the log for ever: name no person in it."),
    "show": say("Show"),
    # one matter
    "on_this_page": say("On this page"),
    "what_follows": say("What follows"),
    "find_subject": say("Find by name or ID"),
    "find": say("Find"),
    "subjects_in_all": say("Subjects in all"),
    "subjects_in_part": say("They stand here in portions, in the order of their IDs."),
    "from_the_first": say("From the first one on"),
    "further_subjects": say("Further subjects"),
    "found_here": say("Found"),
    "latest_here": say("The newest stand here."),
    "no_such_subject": say("There are no subjects here."),
    "claims_in_part": say(
        "These are the claims about the subjects that stand above, and about their advertiser."
    ),
    "all_of_them": say("All subjects"),
    "as_of_now": say("As of now. Any other day can be asked."),
    "days_hint": say(
        "“Valid on” is the day that you ask about. “With what was known on” leaves out all that was recorded later."
    ),
    "as_of_then": say("As of another day. What can be done below is done now."),
    "to_now": say("Back to now"),
    "found_now": say("What is found now:"),
    "found_then": say("What is found as of that day:"),
    "departs_now": say("not what is decided"),
    "changed_now": say("not as it was approved"),
    "departs_hint": say(
        "What is found now is not what is decided. The decision stands until somebody decides anew."
    ),
    "as_decided": say("as decided"),
    "valid_day": say("Valid on"),
    "known_day": say("With what was known on"),
    "ask": say("Ask"),
    "evaluate": say("Evaluate on record"),
    "evaluate_hint": say("The outcome of each subject is kept in the log as it is now."),
    "propose": say("Propose a decision"),
    "all_decided": say(
        "What calls for a decision here is decided. Close the matter, or keep it open for what may come."
    ),
    "proposal_waits": say("A proposal waits to be confirmed, signed or issued:"),
    "claims": say("Claims"),
    "claims_hint": say(
        "Those that hold at the time asked. No claim is ever deleted, and the weight of none is ever raised."
    ),
    "no_claims": say("There are no claims."),
    "unknown_fact": say("The version asked does not know this fact."),
    "weight": say("Weight"),
    "read_in": say("Read in"),
    "recorded": say("Recorded"),
    "discount": say("Discount"),
    "withdraw": say("Withdraw"),
    "documents": say("Documents"),
    "no_documents": say("There are no documents."),
    "received": say("Received"),
    "expunged": say("Expunged"),
    "described_only": say("described only"),
    "receive": say("Receive a document"),
    "receive_hint": say(
        "A PDF, a PNG or JPEG picture, or plain text. It is kept as it is; of a text and of a PDF the words are shown."
    ),
    "file": say("File"),
    "title": say("Title"),
    "publisher": say("Publisher"),
    "kind": say("Kind"),
    "language": say("Language"),
    "published": say("Published on"),
    "status": say("How near to the source"),
    "web_source": say("Where it can be found"),
    "summary": say("Summary, in your words"),
    "decisions": say("Decisions and proposals"),
    "no_decisions": say("Nothing was proposed yet."),
    "about": say("About"),
    "by": say("By"),
    "steps": say("Steps"),
    "assign": say("Assign"),
    "to_person": say("To"),
    "close": say("Close the matter"),
    "reopen": say("Reopen the matter"),
    "entries": say("Entries of the log"),
    "page_number": say("Page"),
    # proposing
    "to_form": say("To the form"),
    "your_proposal": say("Your proposal"),
    "found": say("What was found"),
    "why": say("Why it should be decided so, in your words"),
    "contrary": say("What counts against it"),
    "contrary_hint": say("Each claim that counts against what you propose needs an answer in your words."),
    "your_answer": say("Your answer"),
    "milder": say("Why no milder measure suffices"),
    "rights_weighed": say("Which rights and interests are concerned, and how they weigh"),
    "measures": say("Measures"),
    "follow": say("as the rule says"),
    "only_notify": say("tell the advertiser, once"),
    "suspend_instead": say("suspend, for so many days"),
    "no_measure": say("no measure"),
    "days": say("Days of suspension"),
    "why_departing": say("Where you depart from the outcome: why it is not followed"),
    "own_wording": say("A statement of reasons of your own"),
    "own_wording_hint": say("Empty: it is written from the case, in every language of the institution."),
    "must_sign": say("Must take part before it is issued"),
    "nobody_else": say("nobody else"),
    # one decision
    "decision": say("Decision"),
    "proposed": say("Proposed"),
    "issued": say("Issued"),
    "supersedes": say("Supersedes"),
    "bound_to": say("Approves this version of the ad, and no other"),
    "version": say("Version of the policy"),
    "digest_bound": say("Digest to which signatures are bound"),
    "departs": say("Instead of what the rule says"),
    "why_departs": say("Why it departs"),
    "weighed_milder": say("Milder measures"),
    "weighed_rights": say("Rights and interests"),
    "answers": say("Answers to what counts against it"),
    "in_the_way": say("What stands in the way"),
    "nothing_in_the_way": say("Nothing stands in the way of issuing it."),
    "signatures": say("Signatures"),
    "no_signatures": say("Nobody has signed yet."),
    "still_needed": say("Still needed"),
    "confirm": say("Confirm"),
    "confirm_hint": say(
        "You stand for this proposal as a second person. What you confirm is what is shown here."
    ),
    "sign": say("Sign"),
    "for_role": say("For the role"),
    "return": say("Return to its author"),
    "issue": say("Issue the decision"),
    "issue_hint": say(
        "From then on its measures have effect, the notice goes to the advertiser, and the time to appeal runs. It is "
        "not taken back: only another decision changes it."
    ),
    "waits_for_you": say("This waits for you."),
    "nobody_has_role": say("nobody has joined with this role yet"),
    "ask_for_them": say("Ask an administrator to invite somebody."),
    "who_can": say("Who can sign"),
    "reviewer_issues": say("A reviewer can issue it now."),
    "optional": say("optional"),
    "statement": say("Statement of reasons"),
    "statement_preview": say("Statement of reasons as it would be sent"),
    "no_statement": say("No statement is sent: no measure is taken."),
    "returned_because": say("Returned because"),
    "automated": say("Decided by automation"),
    "receipt": say("Download the receipt"),
    "receipt_hint": say("A receipt proves that the decision stands in the log, to anyone, without us:"),
    "replay": say("Make it again from the log"),
    "replayed_same": say("Made again from the log by the specification: the same in every byte."),
    "replayed_not": say("Made again from the log by the specification: not the same."),
    "missing_parts": say("Expunged since, and missing here"),
    "measures_in_force": say("Measures of this decision"),
    "from": say("From"),
    "until": say("Until"),
    "until_lifted": say("until lifted"),
    "lifted": say("Lifted"),
    "everywhere": say("everywhere"),
    "yes": say("yes"),
    "no": say("no"),
    "receipt_title": say("Receipt"),
    "back": say("Back"),
    "no_entries": say("There are no entries."),
    # people and keys
    "name": say("Name"),
    "address": say("Address"),
    "email_address": say("E-mail address"),
    "email_hint": say("To sign in with. No mail is sent now: you hand on the link that is shown next."),
    "invited": say("invited"),
    "roles_hint": say("One person can have several. Nobody signs a proposal of their own."),
    "roles": say("Roles"),
    "has_joined": say("Joined"),
    "invited_until": say("Invited until"),
    "invitation_over": say("The invitation is over."),
    "shut_out": say("shut out"),
    "active": say("active"),
    "invite": say("Invite a person"),
    "of_advertiser": say("Advertiser, of a member only"),
    "of_advertiser_hint": say("Its ID, as it stands in the queue; empty for people who work here."),
    "again": say("Another link"),
    "again_hint": say("For a link that was lost; the link before it stops working."),
    "again_mailed": say(
        "For a password or a second factor that was lost. The link goes by mail to this person, and is shown to nobody."
    ),
    "change_roles": say("Change the roles"),
    "deactivate": say("Shut out"),
    "link_once": say(
        "Hand it on yourself: no mail is sent. It works once, for a week, and is not shown again."
    ),
    "secret_once": say("This is the key; it is not shown again:"),
    "service_keys": say("Service keys"),
    "peoples_keys": say("Keys of people"),
    "no_keys": say("There are no keys."),
    "make_key": say("Make a service key"),
    "make_key_hint": say("Whoever makes it answers for what it does, and cannot confirm it."),
    "acts": say("What it may do"),
    "expires": say("Until; empty: until revoked"),
    "made": say("Made"),
    "over": say("over"),
    "revoked": say("revoked"),
    "revoke": say("Revoke"),
    "all_that_i_may": say("all that you may"),
    "own_keys_hint": say(
        "A key lets the command line act as you. Keep it like a password: whoever has it can do what you may."
    ),
    "make_own_key": say("Make a key"),
    "own_key_use": say("On the command line:"),
    # policies
    "no_policies": say("There are no policies yet."),
    "all_versions": say("All versions"),
    "all_policies": say("All policies"),
    "versions": say("Versions"),
    "drafted": say("Drafted"),
    "digest": say("Digest"),
    "approved_by": say("Approved by"),
    "applies_from": say("Applies from"),
    "goes_back": say("by rolling back"),
    "rules": say("Rules"),
    "words": say("Its words, sealed"),
    "shadow": say("Run in the shadow"),
    "approve": say("Approve"),
    "approve_hint": say("You approve exactly the words whose digest stands above."),
    "reject": say("Reject"),
    "reject_hint": say("It is no longer evaluated. The same words can be handed in again later."),
    "rejected_because": say("Rejected because"),
    "publish": say("Put in force"),
    "publish_from": say("From the day; empty: from now"),
    "roll_back": say("Roll back"),
    "roll_back_hint": say("From now on the version before it applies again."),
    # the institution
    "platform_hint": say("Every statement of reasons says this. What was sent before keeps what it said."),
    "platform_name": say("Name of the platform"),
    "complaint": say("Where one complains, an address of the web"),
    "settlement": say("Who settles disputes out of court, an address of the web"),
    "review": say("How complaints are decided"),
    "written_in": say("Statements are written in"),
    "settle": say("Settle"),
    # the log
    "log_hint": say("Entries are only ever added. The newest stand first."),
    "checkpoint": say("Last checkpoint"),
    "no_checkpoint": say("The log was not signed yet."),
    "sign_log": say("Sign the log now"),
    "covers": say("It covers this many entries:"),
    "download_log": say("Download the log"),
    "download_bare": say("Download it without its sealed parts"),
    "verify": say("How to verify it"),
    "verify_hint": say(
        "With the file alone, on any machine, without a network and without trusting us. Keep the key and a checkpoint "
        "somewhere else: a log that was rewritten then gives itself away."
    ),
    "public_key": say("Public key of the log"),
    "older": say("Older entries"),
    "newest": say("Newest entries"),
    "next_page": say("Next page"),
    "first_page": say("First page"),
}


def words_of_desk(tongue: Tongue) -> dict[str, str]:
    """All fixed words in a language."""
    return {
        name: tongue.of(said)
        for name, said in {
            **PAGE,
            **HEARING,
            **ADVERTISER,
            **PROGRAMS,
            **SHEET,
            **QUEUE,
            **EVIDENCE,
            **HELP,
            **OVERVIEW,
            **REGISTER,
        }.items()
    }


def role_text(role: str, tongue: Tongue) -> str:
    """A role as people call it."""
    known = next(iter(known_roles([role])), None)
    return role if known is None else tongue.of(ROLES[known])
