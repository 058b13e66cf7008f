"""One driver for each act of the table: it makes an object ready, and gives what does the act to an object of a name.

A driver's work takes the actor and the name of the object; under a name that nothing has it must end as if the actor
had no right, in the same words.
"""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from adjudge.basis.instant import Duration
from adjudge.institution import packages
from adjudge.institution.binding import holds
from adjudge.institution.counting.glance import glance
from adjudge.institution.data import exporting
from adjudge.institution.data.bringing import Brought, bring_in
from adjudge.institution.data.own.export import own_export
from adjudge.institution.deciding import decisions, matters
from adjudge.institution.material import claims, documents, subjects
from adjudge.institution.reading import asking
from adjudge.institution.record import log, replay
from adjudge.institution.staff import keys, people, settling
from adjudge.ledger.signer import signer_of
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import permit
from adjudge.people.role import OF_ADVERTISERS, Role
from adjudge.records.rows import MatterRow
from adjudge.records.shelf import KEYS, MATTERS
from tests.rooms.institution.drivers_heard import HEARD
from tests.rooms.institution.drivers_hooks import HOOKED
from tests.rooms.institution.drivers_replies import REPLIED
from tests.rooms.institution.world import (
    ACME,
    EXCLUDING,
    PLAIN,
    POLICY,
    RULES,
    World,
    claim,
    document,
    policy,
    settle,
    subject,
)

SIGNER = signer_of("adjudge.example", bytes(32))
Work = Callable[[World, Actor, str], object]
"""What does the act, by an actor, to the object of a name."""
Driver = Callable[[World, str], tuple[str, Work]]
"""Makes an object of an advertiser ready: its name, and the work."""


def _invite(world: World, advertiser: str) -> tuple[str, Work]:
    del world
    return "", lambda w, actor, _: people.invite(
        w.house, actor, "new@example.org", "New", (Role.READER,), advertiser=advertiser
    )


def _join(world: World, advertiser: str) -> tuple[str, Work]:
    del world, advertiser

    def work(w: World, actor: Actor, name: str) -> object:
        belongs = {"advertiser": ACME} if actor.roles & OF_ADVERTISERS else {}
        invited = people.invite(
            w.house, w.who(Role.ADMINISTRATOR), "late@example.org", "Late", actor.roles, **belongs
        )
        return people.join(w.house, name or invited.secret)

    return "", work


def _change_roles(world: World, advertiser: str) -> tuple[str, Work]:
    return _somebody_of(world, advertiser), lambda w, actor, name: people.change_roles(
        w.house, actor, name, (Role.MEMBER,), reason="a new task", advertiser=advertiser
    )


def _deactivate(world: World, advertiser: str) -> tuple[str, Work]:
    return _somebody_of(world, advertiser), lambda w, actor, name: people.deactivate(
        w.house, actor, name, "left"
    )


def _somebody_of(world: World, advertiser: str) -> str:
    """Somebody of an advertiser who does not act here."""
    return world.who("colleague" if advertiser == ACME else "stranger").person


def _read_people(world: World, advertiser: str) -> tuple[str, Work]:
    return _somebody_of(world, advertiser), lambda w, actor, name: people.read_person(w.house, actor, name)


def _make_key(world: World, advertiser: str) -> tuple[str, Work]:
    del world, advertiser
    return "", lambda w, actor, _: keys.make_key(w.house, actor, "a key", [Act.RECORD_CLAIM])


def _make_own_key(world: World, advertiser: str) -> tuple[str, Work]:
    del world, advertiser
    return "", lambda w, actor, _: keys.make_own_key(w.house, actor, "a key")


def _revoke_key(world: World, advertiser: str) -> tuple[str, Work]:
    del advertiser
    key = str(world.who("service").key)
    return key, lambda w, actor, name: keys.revoke_key(w.house, actor, name, "lost")


def _revoke_own_key(world: World, advertiser: str) -> tuple[str, Work]:
    del advertiser
    for person in {actor.person: actor for actor in world.people.values() if actor.key is None}.values():
        keys.make_own_key(world.house, person, "laptop")
    return "", lambda w, actor, name: keys.revoke_key(w.house, actor, name or _own_key(w, actor), "lost")


def _rotate_key(world: World, advertiser: str) -> tuple[str, Work]:
    del advertiser
    for person in {actor.person: actor for actor in world.people.values() if actor.key is None}.values():
        keys.make_own_key(world.house, person, "laptop")

    def work(w: World, actor: Actor, name: str) -> object:
        which = name or (str(actor.key) if actor.key else _own_key(w, actor))
        return keys.rotate_key(w.house, actor, which, overlap=Duration(0))

    return "", work


def _own_key(world: World, actor: Actor) -> str:
    """The key that was made for an actor; of one without, the name of none."""
    with world.house.records.reading() as records:
        return next((row.id for row in records.find(KEYS, person=actor.person) if row.own), "none")


def _settle(world: World, advertiser: str) -> tuple[str, Work]:
    del world, advertiser

    def work(w: World, actor: Actor, _: str) -> object:
        people_before = dict(w.people)
        return settle(replace(w, people={**people_before, "administrator": actor}), "anew")

    return "", work


def _read_packages(world: World, advertiser: str) -> tuple[str, Work]:
    del world, advertiser
    return "", lambda w, actor, _: (
        packages.list_versions(w.house, actor),
        settling.read_institution(w.house, actor),
    )


def _draft(world: World, advertiser: str) -> tuple[str, Work]:
    del world, advertiser
    return "", lambda w, actor, _: packages.draft(w.house, actor, policy("2")[1], "a new version")


def drafted(world: World, version: str = "2", **rules: Mapping[str, str]) -> str:
    """A version handed in by its author; its digest."""
    package = policy(version, rules=rules or RULES)[1]
    return packages.draft(world.house, world.who(Role.POLICY_AUTHOR), package, "a new version").id


def approved(world: World, version: str = "2", **rules: Mapping[str, str]) -> str:
    """A version that somebody else has approved; its digest."""
    digest = drafted(world, version, **rules)
    packages.approve(world.house, world.who(Role.PUBLISHER), digest, "read")
    return digest


def _shadow(world: World, advertiser: str) -> tuple[str, Work]:
    del advertiser
    return drafted(world), lambda w, actor, name: packages.shadow(w.house, actor, name, "to try it")


def _approve(world: World, advertiser: str) -> tuple[str, Work]:
    del advertiser
    return drafted(world), lambda w, actor, name: packages.approve(w.house, actor, name, "read")


def _reject(world: World, advertiser: str) -> tuple[str, Work]:
    del advertiser
    return drafted(world), lambda w, actor, name: packages.reject(w.house, actor, name, "not clear enough")


def _publish(world: World, advertiser: str) -> tuple[str, Work]:
    del advertiser
    return approved(world), lambda w, actor, name: packages.publish(w.house, actor, name, None, "from now on")


def _roll_back(world: World, advertiser: str) -> tuple[str, Work]:
    del advertiser
    digest = approved(world)
    packages.publish(world.house, world.who(Role.PUBLISHER), digest, None, "from now on")
    return digest, lambda w, actor, name: packages.roll_back(w.house, actor, name, "it errs")


def _record_subject(world: World, advertiser: str) -> tuple[str, Work]:
    del world
    return "", lambda w, actor, _: subjects.record_subject(w.house, actor, subject("new-ad", advertiser))


def _record_claim(world: World, advertiser: str) -> tuple[str, Work]:
    world.ad("ad", advertiser)
    return "ad", lambda w, actor, name: claims.record_claim(w.house, actor, POLICY, claim(name, "beer"))


def _withdraw_claim(world: World, advertiser: str) -> tuple[str, Work]:
    row = world.ad("ad", advertiser, beer=True)["beer"]
    return row.id, lambda w, actor, name: claims.withdraw_claim(w.house, actor, name, "it was another ad")


def _discount(world: World, advertiser: str) -> tuple[str, Work]:
    row = world.ad("ad", advertiser, beer=True)["beer"]
    return row.id, lambda w, actor, name: claims.discount(w.house, actor, name, 1, "hardly to be seen")


def _receive(world: World, advertiser: str) -> tuple[str, Work]:
    del world
    upload = documents.Upload(content=b"%PDF-1.7 words", file_name="licence.pdf")
    return advertiser, lambda w, actor, name: documents.receive(w.house, actor, name, document(), upload)


def _expunge(world: World, advertiser: str) -> tuple[str, Work]:
    upload = documents.Upload(content=b"words of a person", file_name="letter.txt")
    row = documents.receive(world.house, world.who(Role.REVIEWER), advertiser, document(), upload)
    return row.id, lambda w, actor, name: documents.expunge(w.house, actor, name, "the person asks for it")


def _import(world: World, advertiser: str) -> tuple[str, Work]:
    del world
    brought = Brought(subjects=[subject("brought", advertiser)])
    return "", lambda w, actor, _: bring_in(w.house, actor, brought, None, "brought from elsewhere")


def _export(world: World, advertiser: str) -> tuple[str, Work]:
    del world, advertiser

    def work(w: World, actor: Actor, _: str) -> object:
        folder = Path(tempfile.mkdtemp(dir=w.place.folder))
        return exporting.export_data(w.house, actor, SIGNER, folder, exporting.Asked())

    return "", work


def _overview(world: World, advertiser: str) -> tuple[str, Work]:
    del advertiser
    return "", lambda w, actor, _: glance(w.house, actor, world.place.folder)


def _read_holds(world: World, advertiser: str) -> tuple[str, Work]:
    del world, advertiser
    return "", lambda w, actor, _: holds.list_holds(w.house, actor)


def _hold(world: World, advertiser: str) -> tuple[str, Work]:
    return world.matter(advertiser).id, lambda w, actor, name: holds.hold(
        w.house, actor, name, "a court asks"
    )


def _release(world: World, advertiser: str) -> tuple[str, Work]:
    holds.hold(world.house, world.who(Role.LEGAL), advertiser, "a court asks")
    return advertiser, lambda w, actor, name: holds.release(w.house, actor, name, "it has judged")


def _export_own(world: World, advertiser: str) -> tuple[str, Work]:
    del world
    return advertiser, lambda w, actor, name: list(own_export(w.house, actor, SIGNER, name))


def _read_matter(world: World, advertiser: str) -> tuple[str, Work]:
    return world.matter(advertiser).id, lambda w, actor, name: matters.read_matter(w.house, actor, name)


def _open(world: World, advertiser: str) -> tuple[str, Work]:
    del world
    return advertiser, lambda w, actor, name: matters.open_matter(w.house, actor, name, POLICY, reason="seen")


def _assign(world: World, advertiser: str) -> tuple[str, Work]:
    return world.matter(advertiser).id, lambda w, actor, name: matters.assign(
        w.house, actor, name, w.who(Role.REVIEWER).person, reason="knows the trade", seen=now(w, name).seen
    )


def _evaluate(world: World, advertiser: str) -> tuple[str, Work]:
    return world.matter(advertiser).id, lambda w, actor, name: matters.evaluate_matter(w.house, actor, name)


def _close(world: World, advertiser: str) -> tuple[str, Work]:
    return world.matter(advertiser).id, lambda w, actor, name: matters.close(
        w.house, actor, name, reason="all is done", seen=now(w, name).seen
    )


def _reopen(world: World, advertiser: str) -> tuple[str, Work]:
    return world.matter(advertiser).id, lambda w, actor, name: matters.reopen(
        w.house, actor, name, reason="something new", seen=now(w, name).seen
    )


def now(world: World, matter: str) -> MatterRow:
    """A matter as it is, for whoever says that it was seen so; of one that is not there some other."""
    with world.house.records.reading() as records:
        return records.get(MATTERS, matter) or records.find(MATTERS)[0]


def _propose(world: World, advertiser: str) -> tuple[str, Work]:
    world.ad("ad", advertiser, beer=True)
    return world.matter(advertiser).id, lambda w, actor, name: decisions.propose(
        w.house, actor, name, "ad", EXCLUDING
    )


def _return(world: World, advertiser: str) -> tuple[str, Work]:
    world.ad("ad", advertiser, beer=True)
    return world.proposed("ad").id, lambda w, actor, name: decisions.give_back(
        w.house, actor, name, "too severe"
    )


def _confirm(world: World, advertiser: str) -> tuple[str, Work]:
    world.ad("ad", advertiser, beer=True)
    row = world.proposed("ad")
    return row.id, lambda w, actor, name: decisions.confirm(
        w.house, actor, name, row.digest, "read and agreed"
    )


def _sign(world: World, advertiser: str) -> tuple[str, Work]:
    world.ad("ad", advertiser, lottery=True)
    row = world.proposed("ad", PLAIN)

    def work(w: World, actor: Actor, name: str) -> object:
        role = min(actor.roles)
        return decisions.sign(w.house, actor, name, role, row.digest, reason="lawful")

    return row.id, work


def _issue(world: World, advertiser: str) -> tuple[str, Work]:
    world.ad("ad", advertiser, beer=True)
    row = world.proposed("ad")
    decisions.confirm(world.house, world.who(Role.SECOND_REVIEWER), row.id, row.digest, "read and agreed")
    return row.id, lambda w, actor, name: decisions.issue(w.house, actor, name)


def _automate(world: World, advertiser: str) -> tuple[str, Work]:
    world.ad("ad", advertiser, loud=True)
    return world.matter(advertiser).id, lambda w, actor, name: decisions.automate(w.house, actor, name, "ad")


def _replay(world: World, advertiser: str) -> tuple[str, Work]:
    world.ad("ad", advertiser, loud=True)
    row = world.issued("ad", PLAIN)
    return row.id, lambda w, actor, name: replay.replay(w.house, actor, name)


def _read_log(world: World, advertiser: str) -> tuple[str, Work]:
    del world, advertiser
    return "", lambda w, actor, _: (
        log.read_entries(w.house, actor),
        list(log.export_log(w.house, actor, log.Exported(signer=SIGNER, parts_included=False))),
    )


def _read_parts(world: World, advertiser: str) -> tuple[str, Work]:
    del world, advertiser
    return "", lambda w, actor, _: list(log.export_log(w.house, actor, log.Exported(signer=SIGNER)))


def _ask(world: World, advertiser: str) -> tuple[str, Work]:
    """A question about nobody on record: whoever may ask need not be one who reads matters."""
    del world, advertiser
    return "", lambda w, actor, _: asking.ask(w.house, actor, asking.Question(policy=POLICY))


def _read_metrics(world: World, advertiser: str) -> tuple[str, Work]:
    """As the address of the figures asks it: there is no procedure of the institution behind them."""
    del world, advertiser
    return "", lambda _w, actor, _: permit(actor, Act.READ_METRICS)


def _read_snapshot(world: World, advertiser: str) -> tuple[str, Work]:
    """As the address of the folder asks it: the files are what they are."""
    del world, advertiser
    return "", lambda _w, actor, _: permit(actor, Act.READ_SNAPSHOT)


def _checkpoint(world: World, advertiser: str) -> tuple[str, Work]:
    del world, advertiser
    return "", lambda w, actor, _: log.checkpoint(w.house, actor, SIGNER)


DRIVERS: Mapping[Act, Driver] = {
    Act.INVITE: _invite,
    Act.JOIN: _join,
    Act.CHANGE_ROLES: _change_roles,
    Act.DEACTIVATE: _deactivate,
    Act.READ_PEOPLE: _read_people,
    Act.MAKE_KEY: _make_key,
    Act.MAKE_OWN_KEY: _make_own_key,
    Act.REVOKE_KEY: _revoke_key,
    Act.REVOKE_OWN_KEY: _revoke_own_key,
    Act.ROTATE_KEY: _rotate_key,
    Act.SETTLE: _settle,
    Act.READ_PACKAGES: _read_packages,
    Act.DRAFT: _draft,
    Act.SHADOW: _shadow,
    Act.APPROVE: _approve,
    Act.REJECT: _reject,
    Act.PUBLISH: _publish,
    Act.ROLL_BACK: _roll_back,
    Act.RECORD_SUBJECT: _record_subject,
    Act.RECORD_CLAIM: _record_claim,
    Act.WITHDRAW_CLAIM: _withdraw_claim,
    Act.DISCOUNT: _discount,
    Act.RECEIVE_DOCUMENT: _receive,
    Act.EXPUNGE: _expunge,
    Act.READ_OVERVIEW: _overview,
    Act.READ_HOLDS: _read_holds,
    Act.HOLD: _hold,
    Act.RELEASE: _release,
    Act.IMPORT: _import,
    Act.EXPORT: _export,
    Act.EXPORT_OWN: _export_own,
    Act.READ_MATTER: _read_matter,
    Act.OPEN: _open,
    Act.ASSIGN: _assign,
    Act.EVALUATE: _evaluate,
    Act.CLOSE: _close,
    Act.REOPEN: _reopen,
    Act.PROPOSE: _propose,
    Act.RETURN: _return,
    Act.CONFIRM: _confirm,
    Act.SIGN: _sign,
    Act.ISSUE: _issue,
    Act.AUTOMATE: _automate,
    Act.REPLAY: _replay,
    Act.ASK: _ask,
    Act.READ_METRICS: _read_metrics,
    Act.READ_SNAPSHOT: _read_snapshot,
    Act.READ_LOG: _read_log,
    Act.READ_PARTS: _read_parts,
    Act.CHECKPOINT: _checkpoint,
    **HEARD,
    **REPLIED,
    **HOOKED,
}
