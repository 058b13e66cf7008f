"""Another link for somebody: shown to whoever invites as long as nobody has joined by it, and from then on mailed.

Whoever may invite could otherwise take over the account of anybody invited: a link that is used sets a new password
and ends second factors. So it goes to the person's own address, and nobody else sees it. Not the mail of notices: it is
sent once, and whoever asked for it is told how that ended.
"""

from dataclasses import replace

from adjudge.basis.said import say
from adjudge.institution.binding.procedure import calendar_of, procedure_row
from adjudge.institution.house import House, refused, time_of
from adjudge.institution.notifying.wording.times import until_in
from adjudge.institution.staff.people import Invited, has_joined, invite_again
from adjudge.institution.staff.settling import institution_row
from adjudge.people.actor import Actor
from adjudge.post.attempt import Delivered
from adjudge.post.outgoing import Mail
from adjudge.post.post import SendsMail
from adjudge.records.shelf import PEOPLE
from adjudge.tongues.tongue import LANGUAGES, Tongue, tongue_of


def let_in_again(house: House, mailer: SendsMail | None, actor: Actor, person_id: str) -> Invited:
    """Another link; its secret is empty where it was mailed to a person who has joined.

    Raises RefusedError where it cannot be mailed, or was not taken.
    """
    with house.records.reading() as records:
        person = records.get(PEOPLE, person_id)
    if person is None or person.joined_at is None:
        return invite_again(house, actor, person_id)
    if mailer is None or not house.address:
        return invite_again(house, actor, person_id)  # refused, after the right was asked for
    made = invite_again(house, actor, person_id, is_mailed=True)
    ended = mailer.send(_mail(house, made))
    if not isinstance(ended, Delivered):
        message = say("the mail with the link was not taken: {reason}", reason=ended.error)
        raise refused("mail-not-taken", message, say("a link before it works no more; try again later"))
    return replace(made, secret="")


def _mail(house: House, made: Invited) -> Mail:
    """What is said to the person, in each language that the institution speaks."""
    person, until = made.person, made.person.invited_until
    if until is None:
        raise has_joined()
    with house.records.reading() as records:
        institution, calendar = institution_row(records), calendar_of(procedure_row(records))
    languages = institution.languages or LANGUAGES
    tongues = [tongue_of(language) for language in languages]
    link = f"{house.address}/join/{made.secret}"
    text = "\n\n".join(_words(tongue, until_in(tongue, calendar, until)) for tongue in tongues)
    return Mail(
        message=f"<join.{made.person.id}.{until.nanos}@{house.origin}>",
        to=person.email,
        sender=institution.platform.get(languages[0], ""),
        title=tongues[0]("A new link with which you sign in"),
        language=languages[0],
        text=f"{text}\n\n{link}\n",
        at=time_of(house),
    )


def _words(tongue: Tongue, day: str) -> str:
    return tongue(
        "Somebody who invites people here asked that you get a new link. With it you choose a new password, and add a "
        "second factor anew. It works once, until {day}. If you did not ask for it, leave it unused, and tell an "
        "administrator.",
        day=day,
    )
