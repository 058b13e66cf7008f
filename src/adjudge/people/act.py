"""Every act that a person or a key can do, named once, with the roles that may do it. This table is the documentation.

An act that changes something writes exactly one entry of the log, of the kind that stands here; an act that only reads
writes none. The reference page of rights is made from this table.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from adjudge.basis.said import Said, say
from adjudge.people.role import STAFF, Role


class Act(StrEnum):
    """What can be done. The value is the name in rights, keys and the log's `act`."""

    # people
    INVITE = "person.invite"
    JOIN = "person.join"
    CHANGE_ROLES = "person.change_roles"
    DEACTIVATE = "person.deactivate"
    READ_PEOPLE = "person.read"
    MAKE_KEY = "key.make"
    MAKE_OWN_KEY = "key.make_own"
    REVOKE_KEY = "key.revoke"
    REVOKE_OWN_KEY = "key.revoke_own"
    ROTATE_KEY = "key.rotate"
    # the institution itself
    SETTLE = "institution.settle"
    READ_OVERVIEW = "institution.overview"
    # packages
    READ_PACKAGES = "package.read"
    DRAFT = "package.draft"
    SHADOW = "package.shadow"
    APPROVE = "package.approve"
    REJECT = "package.reject"
    PUBLISH = "package.publish"
    ROLL_BACK = "package.roll_back"
    # subjects, claims, documents
    RECORD_SUBJECT = "subject.record"
    RECORD_CLAIM = "claim.record"
    WITHDRAW_CLAIM = "claim.withdraw"
    DISCOUNT = "claim.discount"
    RECEIVE_DOCUMENT = "document.receive"
    EXPUNGE = "document.expunge"
    READ_HOLDS = "retention.read"
    HOLD = "retention.hold"
    RELEASE = "retention.release"
    IMPORT = "data.import"
    EXPORT = "data.export"
    EXPORT_OWN = "advertiser.export"
    # matters and decisions
    READ_MATTER = "matter.read"
    OPEN = "matter.open"
    ASSIGN = "matter.assign"
    ASK = "evaluation.ask"
    EVALUATE = "matter.evaluate"
    CLOSE = "matter.close"
    REOPEN = "matter.reopen"
    PROPOSE = "decision.propose"
    RETURN = "decision.return"
    CONFIRM = "decision.confirm"
    SIGN = "decision.sign"
    ISSUE = "decision.issue"
    AUTOMATE = "decision.automate"
    REPLAY = "decision.replay"
    # how the institution answers, and how advertisers are reached
    SETTLE_PROCEDURE = "institution.settle_procedure"
    SETTLE_CONTACT = "advertiser.settle_contact"
    # notices
    OPEN_NOTICE = "notice.open"
    RESEND = "notice.resend"
    CORRECT = "notice.correct"
    # appeals and requests for reasons
    READ_APPEAL = "appeal.read"
    FILE = "appeal.file"
    WRITE = "appeal.write"
    WITHDRAW_APPEAL = "appeal.withdraw"
    ACKNOWLEDGE = "appeal.acknowledge"
    ASSIGN_APPEAL = "appeal.assign"
    ANSWER = "appeal.answer"
    PAUSE = "measure.pause"
    RESUME = "measure.resume"
    # clocks
    READ_CLOCKS = "clock.read"
    EXTEND = "clock.extend"
    # settlement out of court
    REFER = "dispute.refer"
    RECORD_OUTCOME = "dispute.decide"
    CARRY_OUT = "dispute.carry_out"
    NOT_FOLLOW = "dispute.not_follow"
    END_DISPUTE = "dispute.end"
    # misuse
    WARN = "misuse.warn"
    SUSPEND_HANDLING = "misuse.suspend"
    END_MISUSE = "misuse.end"
    # the advertiser's words in the public register
    REPLY = "reply.give"
    WITHDRAW_REPLY = "reply.withdraw"
    REFUSE_REPLY = "reply.refuse"
    ANSWER_REFUSAL = "reply.answer"
    RESTORE_REPLY = "reply.restore"
    # the log
    READ_LOG = "log.read"
    READ_PARTS = "log.read_parts"
    CHECKPOINT = "log.checkpoint"
    # programs that are told of what happens
    READ_HOOKS = "hook.read"
    SETTLE_HOOK = "hook.settle"
    REPLAY_HOOK = "hook.replay"
    END_HOOK = "hook.end"
    # servers of ads
    READ_SNAPSHOT = "snapshot.read"
    # how the program runs
    READ_METRICS = "metrics.read"


class About(StrEnum):
    """What an act is done to; it says whose object it is."""

    INSTITUTION = "institution"
    """What belongs to the platform itself."""
    ADVERTISER = "advertiser"
    """What concerns one advertiser: members of that one may be let in, of others never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """Who may do an act. `writes` is the kind of the one entry that it writes, empty where it only reads."""

    title: Said
    roles: frozenset[Role]
    about: About
    writes: str = ""


def _right(title: Said, writes: str, about: About, *roles: Role) -> Right:
    return Right(title=title, roles=frozenset(roles), about=about, writes=writes)


NEVER_BY_KEY = frozenset({Act.MAKE_KEY, Act.MAKE_OWN_KEY})
"""What no key may do, whoever holds it: one that was lost or copied must not leave others behind when it is revoked."""

_A, _I = About.ADVERTISER, About.INSTITUTION
_PERSONS = tuple(role for role in Role if role is not Role.SERVICE)
_ACTING = (Role.OWNER, Role.MEMBER)
_READING = (*_ACTING, Role.READER)
_REVIEWING = (Role.REVIEWER, Role.SECOND_REVIEWER, Role.LEGAL, Role.APPEALS)

ACTS: Mapping[Act, Right] = MappingProxyType(
    {
        Act.INVITE: _right(
            say("invite a person"),
            "person:invited",
            _A,
            Role.ADMINISTRATOR,
            Role.OWNER,
        ),
        Act.JOIN: _right(say("join, by the link of an invitation"), "person:joined", _I, *_PERSONS),
        Act.CHANGE_ROLES: _right(
            say("change somebody's roles"),
            "person:changed",
            _A,
            Role.ADMINISTRATOR,
            Role.OWNER,
        ),
        Act.DEACTIVATE: _right(
            say("shut somebody out"),
            "person:deactivated",
            _A,
            Role.ADMINISTRATOR,
            Role.OWNER,
        ),
        Act.READ_PEOPLE: _right(
            say("see who works here"),
            "",
            _A,
            Role.ADMINISTRATOR,
            Role.AUDITOR,
            Role.OWNER,
        ),
        Act.MAKE_KEY: _right(say("make a service key"), "key:made", _I, Role.ADMINISTRATOR),
        Act.MAKE_OWN_KEY: _right(
            say("make a key of one's own, for the command line"),
            "key:made",
            _I,
            *_PERSONS,
        ),
        Act.REVOKE_KEY: _right(say("revoke anybody's key"), "key:revoked", _I, Role.ADMINISTRATOR),
        Act.REVOKE_OWN_KEY: _right(
            say("revoke a key of one's own, and one for which one answers"), "key:revoked", _I, *_PERSONS
        ),
        Act.ROTATE_KEY: _right(
            say("put a new key in place of one, for the same acts; a key can do so for itself alone"),
            "key:rotated",
            _I,
            *_PERSONS,
            Role.SERVICE,
        ),
        Act.SETTLE: _right(
            say("settle what statements say of the platform"), "institution:settled", _I, Role.ADMINISTRATOR
        ),
        Act.READ_OVERVIEW: _right(
            say("see how the institution stands: load, clocks, appeals, contested facts, health"),
            "",
            _I,
            *STAFF,
        ),
        Act.READ_PACKAGES: _right(
            say("read the policies; members those that are or were published"),
            "",
            _I,
            *STAFF,
            *_READING,
            Role.SERVICE,
        ),
        Act.DRAFT: _right(say("draft a version of a policy"), "package:drafted", _I, Role.POLICY_AUTHOR),
        Act.SHADOW: _right(
            say("let a version run in the shadow, without effect"),
            "package:shadowed",
            _I,
            Role.POLICY_AUTHOR,
            Role.PUBLISHER,
        ),
        Act.APPROVE: _right(
            say("approve a version that somebody else drafted"), "package:approved", _I, Role.PUBLISHER
        ),
        Act.REJECT: _right(
            say("reject a version that waits, with reasons"), "package:rejected", _I, Role.PUBLISHER
        ),
        Act.PUBLISH: _right(
            say("put a version in force from a date"), "package:published", _I, Role.PUBLISHER
        ),
        Act.ROLL_BACK: _right(
            say("roll a version back to the one before it"), "package:rolled_back", _I, Role.PUBLISHER
        ),
        Act.RECORD_SUBJECT: _right(
            say("record a subject"), "subject:recorded", _A, Role.REVIEWER, Role.APPEALS, Role.SERVICE
        ),
        Act.RECORD_CLAIM: _right(say("record a claim"), "claim:recorded", _A, *_REVIEWING, Role.SERVICE),
        Act.WITHDRAW_CLAIM: _right(say("withdraw a claim"), "claim:withdrawn", _A, *_REVIEWING, Role.SERVICE),
        Act.DISCOUNT: _right(say("discount a claim, with reasons"), "claim:discounted", _A, *_REVIEWING),
        Act.RECEIVE_DOCUMENT: _right(
            say("receive a document"), "document:received", _A, *_REVIEWING, *_ACTING, Role.SERVICE
        ),
        Act.EXPUNGE: _right(
            say("expunge personal data of a document or of a person"), "part:expunged", _A, Role.ADMINISTRATOR
        ),
        Act.READ_HOLDS: _right(
            say("see which legal holds stand"), "", _I, Role.LEGAL, Role.AUDITOR, Role.ADMINISTRATOR
        ),
        Act.HOLD: _right(
            say("hold what is kept of a matter or of an advertiser, so that nothing of it is expunged"),
            "matter:held",
            _A,
            Role.LEGAL,
        ),
        Act.RELEASE: _right(say("end a legal hold, with reasons"), "matter:released", _A, Role.LEGAL),
        Act.IMPORT: _right(
            say("import subjects, claims and spend"), "data:imported", _I, Role.ADMINISTRATOR, Role.SERVICE
        ),
        Act.EXPORT: _right(
            say("export the data as known at a time"), "", _I, Role.ADMINISTRATOR, Role.AUDITOR
        ),
        Act.EXPORT_OWN: _right(
            say("take out all that is kept of one advertiser and that it may see"),
            "",
            _A,
            *_ACTING,
            Role.ADMINISTRATOR,
        ),
        Act.READ_MATTER: _right(
            say("read a matter"), "", _A, *_REVIEWING, Role.AUDITOR, *_READING, Role.SERVICE
        ),
        Act.OPEN: _right(
            say("open a matter"), "matter:opened", _A, Role.REVIEWER, Role.APPEALS, Role.SERVICE
        ),
        Act.ASSIGN: _right(say("assign a matter to a person"), "matter:assigned", _A, *_REVIEWING),
        Act.ASK: _right(
            say("ask what would be found, with further claims or without some, off the record"),
            "",
            _I,
            *_REVIEWING,
            Role.POLICY_AUTHOR,
            Role.PUBLISHER,
            Role.AUDITOR,
            Role.SERVICE,
        ),
        Act.EVALUATE: _right(
            say("evaluate a matter, on record"), "matter:evaluated", _A, *_REVIEWING, Role.SERVICE
        ),
        Act.CLOSE: _right(
            say("close a matter, with reasons"), "matter:closed", _A, Role.REVIEWER, Role.APPEALS
        ),
        Act.REOPEN: _right(
            say("reopen a matter, with reasons"), "matter:reopened", _A, Role.REVIEWER, Role.APPEALS
        ),
        Act.PROPOSE: _right(say("propose a decision"), "decision:proposed", _A, Role.REVIEWER, Role.APPEALS),
        Act.RETURN: _right(
            say("return a proposal, with reasons"),
            "decision:returned",
            _A,
            Role.REVIEWER,
            Role.SECOND_REVIEWER,
            Role.LEGAL,
            Role.APPEALS,
        ),
        Act.CONFIRM: _right(
            say("confirm somebody else's proposal"), "decision:confirmed", _A, Role.SECOND_REVIEWER
        ),
        Act.SIGN: _right(say("sign a proposal for a role"), "decision:signed", _A, *_REVIEWING),
        Act.ISSUE: _right(
            say("issue a decision"), "decision:issued", _A, Role.REVIEWER, Role.SECOND_REVIEWER, Role.APPEALS
        ),
        Act.AUTOMATE: _right(
            say("issue a decision that a rule leaves to automation"), "decision:automated", _A, Role.SERVICE
        ),
        Act.REPLAY: _right(say("replay a decision"), "", _A, *_REVIEWING, Role.AUDITOR),
        Act.SETTLE_PROCEDURE: _right(
            say("settle clocks, calendar, relief and misuse"),
            "institution:procedure_settled",
            _I,
            Role.ADMINISTRATOR,
        ),
        Act.SETTLE_CONTACT: _right(
            say("settle how an advertiser is reached"),
            "contact:settled",
            _A,
            *_ACTING,
            Role.REVIEWER,
            Role.APPEALS,
            Role.SERVICE,
        ),
        Act.OPEN_NOTICE: _right(say("open a notice on one's own page"), "notice:opened", _A, *_READING),
        Act.RESEND: _right(
            say("send a notice again, as it was"), "notice:resent", _A, Role.REVIEWER, Role.APPEALS
        ),
        Act.CORRECT: _right(
            say("correct a notice by a new one"), "notice:corrected", _A, Role.REVIEWER, Role.APPEALS
        ),
        Act.READ_APPEAL: _right(
            say("read an appeal"), "", _A, *_REVIEWING, Role.AUDITOR, *_READING, Role.SERVICE
        ),
        Act.FILE: _right(
            say("file an appeal, or a request for reasons"),
            "appeal:filed",
            _A,
            *_ACTING,
            Role.APPEALS,
            Role.SERVICE,
        ),
        Act.WRITE: _right(say("write and attach in an appeal"), "appeal:message", _A, *_ACTING, Role.APPEALS),
        Act.WITHDRAW_APPEAL: _right(say("withdraw one's appeal"), "appeal:withdrawn", _A, *_ACTING),
        Act.ACKNOWLEDGE: _right(
            say("acknowledge an appeal, and say what happens next"), "appeal:acknowledged", _A, Role.APPEALS
        ),
        Act.ASSIGN_APPEAL: _right(
            say("assign an appeal to somebody who took no part"), "appeal:assigned", _A, Role.APPEALS
        ),
        Act.ANSWER: _right(
            say("answer a request for reasons"), "appeal:answered", _A, Role.REVIEWER, Role.APPEALS
        ),
        Act.PAUSE: _right(
            say("let a measure rest while an appeal is open, with reasons"),
            "measure:paused",
            _A,
            Role.APPEALS,
        ),
        Act.RESUME: _right(
            say("let a measure that rests have effect again, with reasons"),
            "measure:resumed",
            _A,
            Role.APPEALS,
        ),
        Act.READ_CLOCKS: _right(
            say("see the clocks that bind the platform"),
            "",
            _I,
            *_REVIEWING,
            Role.AUDITOR,
            Role.ADMINISTRATOR,
        ),
        Act.EXTEND: _right(
            say("give a clock more time, for reasons that are told; not whom it binds"),
            "clock:extended",
            _A,
            Role.APPEALS,
            Role.LEGAL,
        ),
        Act.REFER: _right(
            say("record that a dispute was brought before a body of out-of-court settlement"),
            "dispute:referred",
            _A,
            *_ACTING,
            Role.APPEALS,
        ),
        Act.RECORD_OUTCOME: _right(
            say("record the outcome of a settlement out of court; members with the body's document"),
            "dispute:decided",
            _A,
            *_ACTING,
            Role.APPEALS,
        ),
        Act.CARRY_OUT: _right(
            say("record that an outcome was carried out, by a decision"),
            "dispute:carried_out",
            _A,
            Role.APPEALS,
        ),
        Act.NOT_FOLLOW: _right(
            say("record that an outcome is not followed, with reasons"),
            "dispute:not_followed",
            _A,
            Role.APPEALS,
            Role.LEGAL,
        ),
        Act.END_DISPUTE: _right(
            say("record that a dispute ended without an outcome"),
            "dispute:ended",
            _A,
            *_ACTING,
            Role.APPEALS,
        ),
        Act.WARN: _right(say("warn of misuse"), "misuse:warned", _A, Role.APPEALS),
        Act.SUSPEND_HANDLING: _right(
            say("suspend the handling of an advertiser's appeals, after a warning by somebody else"),
            "misuse:suspended",
            _A,
            Role.APPEALS,
        ),
        Act.END_MISUSE: _right(say("end a procedure for misuse"), "misuse:ended", _A, Role.APPEALS),
        Act.REPLY: _right(
            say("put one's own words beside a decision in the public register"), "reply:given", _A, *_ACTING
        ),
        Act.WITHDRAW_REPLY: _right(
            say("take one's words out of the public register"), "reply:withdrawn", _A, *_ACTING
        ),
        Act.REFUSE_REPLY: _right(
            say("refuse a reply in the public register, on a declared ground and with reasons"),
            "reply:refused",
            _A,
            Role.LEGAL,
            Role.APPEALS,
        ),
        Act.ANSWER_REFUSAL: _right(say("answer the refusal of one's reply"), "reply:answered", _A, *_ACTING),
        Act.RESTORE_REPLY: _right(
            say("show a reply that somebody else refused, with reasons"),
            "reply:restored",
            _A,
            Role.LEGAL,
            Role.APPEALS,
        ),
        Act.READ_LOG: _right(say("read the log"), "", _I, Role.AUDITOR, Role.ADMINISTRATOR, Role.SERVICE),
        # Never a program: the sealed parts are what everybody here said of everybody, whatever else the key may read.
        Act.READ_PARTS: _right(
            say("read what is sealed beside the entries of the log, personal data among it"),
            "",
            _I,
            Role.AUDITOR,
            Role.ADMINISTRATOR,
        ),
        Act.CHECKPOINT: _right(say("sign a checkpoint of the log"), "", _I, Role.AUDITOR, Role.ADMINISTRATOR),
        Act.READ_HOOKS: _right(
            say("see which programs are told of what happens"), "", _I, Role.ADMINISTRATOR, Role.AUDITOR
        ),
        Act.SETTLE_HOOK: _right(
            say("settle that a program is told of what happens"), "hook:settled", _I, Role.ADMINISTRATOR
        ),
        Act.REPLAY_HOOK: _right(
            say("tell a program again of what happened, from an entry on"),
            "hook:replayed",
            _I,
            Role.ADMINISTRATOR,
        ),
        Act.END_HOOK: _right(say("tell a program of nothing more"), "hook:ended", _I, Role.ADMINISTRATOR),
        Act.READ_SNAPSHOT: _right(
            say("fetch what is published for servers of ads"),
            "",
            _I,
            Role.ADMINISTRATOR,
            Role.AUDITOR,
            Role.SERVICE,
        ),
        Act.READ_METRICS: _right(
            say("read what is measured of the running program"),
            "",
            _I,
            Role.ADMINISTRATOR,
            Role.AUDITOR,
            Role.SERVICE,
        ),
    }
)

BY_LINK = frozenset(
    {
        Act.READ_PACKAGES,
        Act.READ_MATTER,
        Act.OPEN_NOTICE,
        Act.READ_APPEAL,
        Act.RECEIVE_DOCUMENT,
        Act.FILE,
        Act.WRITE,
        Act.REFER,
        Act.EXPORT_OWN,
    }
)
"""What whoever comes by the link of a notice may do for its advertiser: read, answer, and take its data with them.

Nothing that could not be mended where the mail went astray: how the advertiser is reached, who acts for it, and what
it withdraws are for those who are known by name.
"""

_NAMES = frozenset(act.value for act in Act)


def known_acts(names: Iterable[str]) -> frozenset[Act]:
    """The acts among names of a record. One of a newer program, which this one does not know, grants nothing here."""
    return frozenset(Act(name) for name in names if name in _NAMES)
