"""An institution at which the command line is tried within this process: in memory, founded once, copied for each test.

Not the database, which the journeys use: here each command is a few milliseconds, so that every answer can be asked.
"""

import os
import subprocess
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from unittest.mock import patch

from adjudge.institution.house import House
from adjudge.institution.on_database import Opened
from adjudge.institution.staff import keys, people
from adjudge.ledger.signer import Signer, signer_of
from adjudge.people.role import Role
from adjudge.settings.schema import Settings
from adjudge.storage.memory import MemoryBlobs, MemoryRecords
from tests.databases import in_memory_of
from tests.generators.institutions import brewer, found, ticking
from tests.rooms.cli.inside import adjudge

AUTHORS = {"drafter": Role.POLICY_AUTHOR, "publisher": Role.PUBLISHER, "lawyer": Role.LEGAL}
SIGNER = signer_of("adjudge.test", bytes(32))


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An institution, and the keys of the people in it by what they are."""

    house: House
    keys: dict[str, str]
    signer: Signer = SIGNER

    def run(self, who: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command for somebody; for nobody where the name is empty."""
        opened = Opened(house=self.house, signer=self.signer, settings=Settings(data=Path(os.devnull)))
        key = {"ADJUDGE_KEY": self.keys.get(who, who)}
        with (
            patch.dict(os.environ, key),
            patch("adjudge.institution.on_database.open_institution", lambda _, **__: opened),
        ):
            return adjudge(*arguments)

    def done(self, who: str, *arguments: str | Path) -> str:
        """As `run`, for what must go well; what it printed."""
        found = self.run(who, *arguments)
        assert found.returncode == 0, found.stderr
        return found.stdout


def new_desk() -> Desk:
    """A copy of the institution that was founded."""
    base, keys = _founded()
    records = MemoryRecords(state=in_memory_of(base).state.copy())
    return Desk(
        house=replace(base, records=records, blobs=MemoryBlobs(), clock=ticking("2026-11-23T00:00:00Z")),
        keys=dict(keys),
    )


@cache
def _founded() -> tuple[House, dict[str, str]]:
    house = House(records=MemoryRecords(), blobs=MemoryBlobs(), clock=ticking(), random=os.urandom)
    staff = found(house, 2)
    actors = {
        "administrator": staff.administrator,
        "author": staff.author,
        "second": staff.second,
        "issuer": staff.issuer,
        "auditor": staff.auditor,
    }
    for name, role in AUTHORS.items():
        invited = people.invite(house, staff.administrator, f"{name}@example.org", name, (role,))
        actors[name] = people.actor_of(people.join(house, invited.secret))
    for number in (0, 1):
        invited = people.invite(
            house,
            staff.administrator,
            f"member{number}@example.org",
            f"member {number}",
            (Role.MEMBER,),
            advertiser=brewer(number),
        )
        actors[f"member {number}"] = people.actor_of(people.join(house, invited.secret))
    return house, {
        name: keys.make_own_key(house, actor, "command line").secret for name, actor in actors.items()
    }
