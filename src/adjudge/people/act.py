"""Every act that a person or a key can do, named once, with the roles that may do it. This table is the documentation.

An act that changes something writes exactly one entry of the log, of the kind that stands here; an act that only reads
writes none. The reference page of rights is made from this table.
"""

from collections.abc import Mapping
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
    # the institution itself
    SETTLE = "institution.settle"
    # packages
    READ_PACKAGES = "package.read"
    DRAFT = "package.draft"
    SHADOW = "package.shadow"
    APPROVE = "package.approve"
    PUBLISH = "package.publish"
    ROLL_BACK = "package.roll_back"
    # subjects, claims, documents
    RECORD_SUBJECT = "subject.record"
    RECORD_CLAIM = "claim.record"
    WITHDRAW_CLAIM = "claim.withdraw"
    DISCOUNT = "claim.discount"
    RECEIVE_DOCUMENT = "document.receive"
    EXPUNGE = "document.expunge"
    IMPORT = "data.import"
    EXPORT = "data.export"
    # matters and decisions
    READ_MATTER = "matter.read"
    OPEN = "matter.open"
    ASSIGN = "matter.assign"
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
    # the log
    READ_LOG = "log.read"
    CHECKPOINT = "log.checkpoint"


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


_A, _I = About.ADVERTISER, About.INSTITUTION
_PERSONS = tuple(role for role in Role if role is not Role.SERVICE)
_REVIEWING = (Role.REVIEWER, Role.SECOND_REVIEWER, Role.LEGAL, Role.APPEALS)

ACTS: Mapping[Act, Right] = MappingProxyType(
    {
        Act.INVITE: _right(say("invite a person"), "person:invited", _I, Role.ADMINISTRATOR),
        Act.JOIN: _right(say("join, by the link of an invitation"), "person:joined", _I, *_PERSONS),
        Act.CHANGE_ROLES: _right(say("change somebody's roles"), "person:changed", _I, Role.ADMINISTRATOR),
        Act.DEACTIVATE: _right(say("shut somebody out"), "person:deactivated", _I, Role.ADMINISTRATOR),
        Act.READ_PEOPLE: _right(say("see who works here"), "", _I, Role.ADMINISTRATOR, Role.AUDITOR),
        Act.MAKE_KEY: _right(say("make a service key"), "key:made", _I, Role.ADMINISTRATOR),
        Act.MAKE_OWN_KEY: _right(
            say("make a key of one's own, for the command line"),
            "key:made",
            _I,
            *_PERSONS,
        ),
        Act.REVOKE_KEY: _right(say("revoke a service key"), "key:revoked", _I, Role.ADMINISTRATOR),
        Act.SETTLE: _right(
            say("settle what statements say of the platform"), "institution:settled", _I, Role.ADMINISTRATOR
        ),
        Act.READ_PACKAGES: _right(say("read the policies"), "", _I, *STAFF, Role.SERVICE),
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
            say("receive a document"), "document:received", _A, *_REVIEWING, Role.SERVICE
        ),
        Act.EXPUNGE: _right(
            say("expunge personal data of a document or of a person"), "part:expunged", _A, Role.ADMINISTRATOR
        ),
        Act.IMPORT: _right(
            say("import subjects, claims and spend"), "data:imported", _I, Role.ADMINISTRATOR, Role.SERVICE
        ),
        Act.EXPORT: _right(
            say("export the data as known at a time"), "", _I, Role.ADMINISTRATOR, Role.AUDITOR
        ),
        Act.READ_MATTER: _right(
            say("read a matter"), "", _A, *_REVIEWING, Role.AUDITOR, Role.MEMBER, Role.SERVICE
        ),
        Act.OPEN: _right(
            say("open a matter"), "matter:opened", _A, Role.REVIEWER, Role.APPEALS, Role.SERVICE
        ),
        Act.ASSIGN: _right(say("assign a matter to a person"), "matter:assigned", _A, *_REVIEWING),
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
        Act.READ_LOG: _right(say("read the log"), "", _I, Role.AUDITOR, Role.ADMINISTRATOR),
        Act.CHECKPOINT: _right(say("sign a checkpoint of the log"), "", _I, Role.AUDITOR, Role.ADMINISTRATOR),
    }
)
