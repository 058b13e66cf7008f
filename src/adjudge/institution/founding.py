"""An institution set up on its machine: a case brought in as an open matter, and the first administrator invited.

Not an act of its own: each step is one, in the founder's name. Whoever runs the machine can take it again while nobody
has joined, so that a link that was lost is no end; afterwards only administrators invite.
"""

from dataclasses import replace
from pathlib import Path

from adjudge.app.on_files import load_case
from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.said import say
from adjudge.institution.data.case_folder import bring_case
from adjudge.institution.house import House, refused
from adjudge.institution.material.subjects import refusal
from adjudge.institution.on_database import Opened
from adjudge.institution.own_words import FROM_CASE
from adjudge.institution.staff.people import FOUNDER, invite, invite_again
from adjudge.institution.staff.settling import settle_institution
from adjudge.people.role import Role
from adjudge.records.rows import PersonRow
from adjudge.records.shelf import INSTITUTIONS, PEOPLE, SUBJECTS

FIRST_EMAIL, FIRST_NAME = "administrator@localhost", "Administrator"
SETTING_UP = replace(FOUNDER, roles=frozenset({Role.ADMINISTRATOR, Role.REVIEWER}))
"""The founder while the case is brought in, for which a matter is opened too."""

LONGEST_PATH = 4_096
"""As Linux has it: of a path that is not there one wants to see every part."""


def found(
    opened: Opened,
    *,
    empty: bool,
    case: Path | None = None,
    email: str = FIRST_EMAIL,
    name: str = FIRST_NAME,
) -> str | None:
    """Set the institution up; the secret of the first administrator's link, None where somebody has joined already.

    The case is brought in where nobody was invited yet and there are no subjects. An unused link stops working when
    another one is made. Raises RefusedError with what is wrong in the case.
    """
    house = opened.house
    with house.records.reading() as records:
        people = records.find(PEOPLE)
        is_new = not people and not records.count(SUBJECTS)
    if any(person.joined_at is not None for person in people):
        return None
    if is_new and not empty and case is not None:
        _bring(house, case)
    with_case = not empty and case is not None
    return _first_secret(house, people[0] if people else None, (email, name), with_case=with_case)


def _bring(house: House, case: Path) -> None:
    """The case with its policy, and what its platform says of itself, for statements of reasons to say."""
    if not case.is_dir():
        message = say("there is no case in {folder}", folder=quoted(str(case), LONGEST_PATH))
        hint = say("run this in the checkout, name a case with `--case`, or begin without one: `--empty`")
        raise refused("not-a-case", message, hint)
    log = ProblemLog()
    loaded = load_case(case, log)
    if loaded is None:
        raise refusal(log)
    handling = loaded.case.file.handling
    with house.records.reading() as records:
        is_settled = records.get(INSTITUTIONS, "institution") is not None
    if handling is not None and not is_settled:
        settle_institution(
            house,
            SETTING_UP,
            platform=handling.platform,
            complaint=handling.complaint,
            settlement=handling.settlement,
            review=handling.review,
            languages=("en", "fr"),
            reason=FROM_CASE,
        )
    bring_case(house, SETTING_UP, SETTING_UP, case)


def _first_secret(house: House, first: PersonRow | None, who: tuple[str, str], *, with_case: bool) -> str:
    """A secret for the first administrator; the one invited already gets another link.

    With a case there is something to look at, which an auditor may; who decides has to be invited.
    """
    if first is not None:
        return invite_again(house, FOUNDER, first.id).secret
    roles = (Role.ADMINISTRATOR, *((Role.AUDITOR,) if with_case else ()))
    return invite(house, FOUNDER, *who, roles).secret
