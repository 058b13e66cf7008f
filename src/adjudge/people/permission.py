"""Asking before acting: a permission is a value that a procedure must hold. Nothing is done without one.

A missing right is answered like a missing object, so that nobody learns by asking what there is.
"""

from dataclasses import dataclass

from adjudge.basis.said import say
from adjudge.errors import NotFoundError
from adjudge.people.act import ACTS, NEVER_BY_KEY, About, Act
from adjudge.people.actor import Actor
from adjudge.people.role import OF_ADVERTISERS


@dataclass(frozen=True, slots=True)
class Permission:
    """That an actor may do an act to what concerns an advertiser (empty: the institution's own)."""

    actor: Actor
    act: Act
    advertiser: str = ""


def may(actor: Actor, act: Act, advertiser: str = "") -> bool:
    """Whether an actor may do an act; `advertiser` is the one that its object concerns."""
    right = ACTS[act]
    if actor.institution:
        return False
    if actor.acts is not None and act not in actor.acts:
        return False
    if actor.key is not None and act in NEVER_BY_KEY:
        return False
    able = actor.roles & right.roles
    if right.about is About.ADVERTISER and not (advertiser and advertiser == actor.advertiser):
        able -= OF_ADVERTISERS
    return bool(able)


def permit(actor: Actor, act: Act, advertiser: str = "") -> Permission:
    """The permission, or NotFoundError: whoever may not see a thing learns no more than that it is not there."""
    if not may(actor, act, advertiser):
        raise not_found()
    return Permission(actor, act, advertiser)


def not_found() -> NotFoundError:
    """What is said of what is not there, and of what is not for the one who asks."""
    message = say("there is nothing of this name here")
    return NotFoundError(
        message, hint=say("check the name; if it is right, ask for the rights that it needs")
    )
