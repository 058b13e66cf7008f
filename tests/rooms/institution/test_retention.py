"""What is no longer needed goes by the rules that are settled: not too early, not by halves, and all on record."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from adjudge.basis.digest import digest_of_bytes
from adjudge.basis.instant import NANOS, Instant
from adjudge.basis.said import say
from adjudge.errors import ConflictError, NotFoundError, RefusedError, UnavailableError
from adjudge.institution.binding.holds import hold, release
from adjudge.institution.binding.procedure import ProcedureSettled, settle_procedure
from adjudge.institution.data.bringing import Brought, bring_in
from adjudge.institution.deciding import matters
from adjudge.institution.expunging import EXPUNGED
from adjudge.institution.hearing import filing, settlement, talking
from adjudge.institution.house import House
from adjudge.institution.keeping.carrying_out import forget_bytes_left, let_go_what_is_due, show_due
from adjudge.institution.material.documents import Upload, expunge, receive
from adjudge.institution.notifying import contacts, delivering, making, resending
from adjudge.institution.notifying.forgetting import expunge_contact
from adjudge.institution.record.log import Exported, export_log
from adjudge.institution.record.replay import replay
from adjudge.institution.staff import people
from adjudge.ledger.verify_log import verify_log
from adjudge.people.actor import INSTITUTION
from adjudge.people.role import Role
from adjudge.post.attempt import Attempt, Delivered
from adjudge.post.outgoing import Call, Mail
from adjudge.post.post import Post
from adjudge.records.rows import AppealKind, Channel, DecisionRow, MatterRow
from adjudge.records.shelf import (
    CONTACTS,
    DELIVERIES,
    DOCUMENTS,
    MATTERS,
    MEASURES,
    MESSAGES,
    NOTICES,
    PEOPLE,
    SHELVES,
)
from tests.rooms.institution.drivers import SIGNER
from tests.rooms.institution.test_audit_heard import flaws
from tests.rooms.institution.world import ACME, OTHER, PLAIN, World, codes, document

DAY = 86_400 * NANOS
DAYS = {"documents": "100", "contacts": "100", "messages": "100", "people": "100"}
ADDRESS, HOOK, WORDS = (
    "post@private.example",
    "https://private.example/hook",
    "My telephone number is 555-0100.",
)
PAPER = b"%PDF-1.4 the birth certificate"
LONG = 400
"""Days after which everything of an institution at rest is free to go."""


class Taken:
    """Takes everything, and says to whom."""

    def send(self, what: Mail | Call) -> Attempt:
        return Delivered(f"250 taken for {what.to}" if isinstance(what, Mail) else "204")


def settle(world: World, **rules: str) -> None:
    settled = ProcedureSettled(retention=rules or DAYS)
    settle_procedure(world.house, world.who(Role.ADMINISTRATOR), settled, reason="needed no longer")


def later(world: World, days: int) -> None:
    world.clock.nanos += days * DAY


def sent(world: World) -> None:
    making.make_owed(world.house)
    delivering.deliver_due(world.house, Post(mailer=Taken(), webhooks=Taken()))


def at_rest(world: World, advertiser: str = ACME) -> DecisionRow:
    """An advertiser of whom much is kept, and nothing is open: a suspension that is over, an appeal withdrawn."""
    house, member = world.house, world.who(Role.MEMBER if advertiser == ACME else "stranger")
    contacts.settle_contact(
        house, member, advertiser, language="en", emails=["old@private.example"], reason="to be reached"
    )
    world.ad(f"ad-{advertiser}", advertiser, lottery=True)
    decision = world.issued(f"ad-{advertiser}", PLAIN)
    sent(world)
    contacts.settle_contact(
        house, member, advertiser, language="en", emails=[ADDRESS], webhook=HOOK, reason="moved"
    )
    appeal = filing.file_appeal(house, member, decision.id, ["It is a raffle."])
    talking.write(house, member, appeal.id, WORDS)
    receive(house, member, advertiser, document(), Upload(content=PAPER, file_name="private.pdf"))
    sent(world)
    with house.records.reading() as records:
        notice = records.find(NOTICES, advertiser=advertiser)[0]
    resending.resend(house, world.who(Role.REVIEWER), notice.id, "asked for")
    filing.withdraw(house, member, appeal.id, "")
    sent(world)
    later(world, 40)
    close(world, advertiser)
    return decision


def close(world: World, advertiser: str = ACME) -> MatterRow:
    with world.house.records.reading() as records:
        (row,) = records.find(MATTERS, advertiser=advertiser)
    return matters.close(
        world.house, world.who(Role.REVIEWER), row.id, reason="nothing is left", seen=row.seen
    )


def everything(house: House) -> str:
    """All that is kept, but for bytes of documents and notices."""
    with house.records.reading() as records:
        rows = [str(row) for shelf in SHELVES for row in records.find(shelf)]
    return "\n".join(rows) + exported(house)


def exported(house: House) -> str:
    """The log with its sealed parts; whoever asks is not what is tested here."""
    from adjudge.people.actor import Actor, PersonId

    auditor = Actor(person=PersonId("P"), roles=frozenset({Role.AUDITOR}))
    return b"".join(export_log(house, auditor, Exported(signer=SIGNER))).decode()


def test_where_nothing_is_settled_everything_is_kept(quick_world: World) -> None:
    at_rest(quick_world)
    later(quick_world, 20_000)
    before = len(quick_world.kinds())
    assert let_go_what_is_due(quick_world.house) == 0
    assert show_due(quick_world.house, quick_world.who(Role.AUDITOR)) == []
    assert len(quick_world.kinds()) == before


def test_what_is_no_longer_needed_goes_everywhere_and_leaves_its_tombstones(kept_world: World) -> None:
    world = kept_world
    decision = at_rest(world)
    settle(world)
    for _ in range(2):  # rests on nothing that one of the days alone would do
        assert let_go_what_is_due(world.house) == 0
        later(world, 50)
    later(world, LONG)
    text = everything(world.house)
    assert all(word in text for word in (ADDRESS, "old@private.example", HOOK, WORDS, "What was seen"))
    shown = show_due(world.house, world.who(Role.AUDITOR))
    assert shown
    assert [item for item in shown if item.standing] == []
    assert let_go_what_is_due(world.house) == len(shown)
    text = everything(world.house)
    for word in ("private.example", "555-0100", "private.pdf"):
        assert word not in text, word
    assert world.house.blobs.get(digest_of_bytes(PAPER)) is None
    assert flaws(world) == []
    assert replay(world.house, world.who(Role.AUDITOR), decision.id).same
    assert verify_log(exported_stream(world.house), SIGNER.verifier).findings == ()
    with world.house.records.reading() as records:
        gone = [entry for entry in records.entries() if entry.kind == "part:expunged"]
        (paper,) = records.find(DOCUMENTS, advertiser=ACME)
        (message,) = records.find(MESSAGES, advertiser=ACME)
        contact = records.get(CONTACTS, ACME)
        ways = {row.address for row in records.find(DELIVERIES) if row.channel is not Channel.PAGE}
    assert {entry.actor for entry in gone} == {INSTITUTION.name}
    rules = {"documents", "contacts", "messages"}
    whys = {str(entry.body["why"]) for entry in gone}
    assert whys == {f"kept for as long as is settled: {rule}, 100 days" for rule in rules}
    assert paper.expunged_at is not None
    assert message.text == EXPUNGED
    assert contact is not None
    assert (contact.emails, contact.webhook, contact.webhook_secret) == ((), "", "")
    assert ways == {EXPUNGED}
    size = len(world.kinds())
    assert let_go_what_is_due(world.house) == 0
    assert len(world.kinds()) == size


def exported_stream(house: House):  # type: ignore[no-untyped-def]  # noqa: ANN201 - a stream of bytes
    import io

    return io.BytesIO(exported(house).encode())


def test_what_is_put_back_where_something_went_is_found(quick_world: World) -> None:
    """Rows behind the log's back: an address, words, a contact that went."""
    at_rest(quick_world)
    settle(quick_world)
    later(quick_world, LONG)
    let_go_what_is_due(quick_world.house)
    with quick_world.house.records.writing() as records:
        way = next(row for row in records.find(DELIVERIES) if row.channel is not Channel.PAGE)
        records.put(DELIVERIES, replace(way, address=ADDRESS))
        (message,) = records.find(MESSAGES)
        records.put(MESSAGES, replace(message, text=WORDS))
        contact = records.get(CONTACTS, ACME)
        assert contact is not None
        records.put(CONTACTS, replace(contact, emails=(ADDRESS,)))
    assert {where for where, _ in flaws(quick_world)} == {
        f"delivery {way.id}",
        f"message {message.id}",
        f"contact {ACME}",
    }


def test_only_what_a_rule_names_goes(quick_world: World) -> None:
    at_rest(quick_world)
    settle(quick_world, messages="7")
    later(quick_world, LONG)
    assert let_go_what_is_due(quick_world.house) == 1
    text = everything(quick_world.house)
    assert WORDS not in text
    assert ADDRESS in text
    assert quick_world.house.blobs.get(digest_of_bytes(PAPER)) == PAPER


# --- what stands in the way ---


def _matter(world: World) -> None:
    with world.house.records.reading() as records:
        (row,) = records.find(MATTERS, advertiser=ACME)
    matters.reopen(world.house, world.who(Role.REVIEWER), row.id, reason="asked for", seen=row.seen)


def _measure(world: World) -> None:
    with world.house.records.writing() as records:
        (row,) = records.find(MEASURES, advertiser=ACME)
        records.put(MEASURES, replace(row, end=None))


def _asked(world: World) -> None:
    """A request for reasons is open, and its clocks run."""
    with world.house.records.reading() as records:
        (row,) = records.find(MEASURES, advertiser=ACME)
    filing.file_appeal(world.house, world.who(Role.MEMBER), row.decision, [], kind=AppealKind.REASONS)


def _dispute(world: World) -> None:
    with world.house.records.reading() as records:
        (row,) = records.find(MEASURES, advertiser=ACME)
    settlement.refer(world.house, world.who(Role.MEMBER), row.decision, "A body", "B-1", "we disagree")


def _held(world: World) -> None:
    hold(world.house, world.who(Role.LEGAL), ACME, "a court asks")


def _held_matter(world: World) -> None:
    hold(world.house, world.who(Role.LEGAL), world.matter().id, "a court asks")


def _notice(world: World) -> None:
    with world.house.records.reading() as records:
        row = records.find(NOTICES, advertiser=ACME)[0]
    resending.resend(world.house, world.who(Role.REVIEWER), row.id, "asked for")


WAYS: dict[str, tuple[Callable[[World], None], str]] = {
    "a matter": (_matter, "matters are open"),
    "a measure": (_measure, "a measure is in force"),
    "a clock": (_asked, "a clock of the platform runs"),
    "a request": (_asked, "appeals or disputes are open"),
    "a dispute": (_dispute, "appeals or disputes are open"),
    "a hold": (_held, "a legal hold stands: acme"),
    "a hold on a matter": (_held_matter, "a legal hold stands: M-"),
    "a notice": (_notice, "a notice is on its way"),
}


@pytest.mark.parametrize("way", WAYS)
def test_nothing_goes_while_something_is_open(quick_world: World, way: str) -> None:
    at_rest(quick_world)
    settle(quick_world)
    later(quick_world, LONG)
    opens, said = WAYS[way]
    opens(quick_world)
    shown = show_due(quick_world.house, quick_world.who(Role.AUDITOR))
    assert shown
    assert all(any(said in told for told in item.standing) for item in shown), shown
    before = len(quick_world.kinds())
    assert let_go_what_is_due(quick_world.house) == 0
    assert len(quick_world.kinds()) == before


def test_nothing_goes_within_the_six_months_in_which_one_may_complain(quick_world: World) -> None:
    at_rest(quick_world)
    settle(quick_world, **dict.fromkeys(DAYS, "1"))
    for _ in range(14):
        later(quick_world, 10)
        assert let_go_what_is_due(quick_world.house) == 0
    told = [
        str(text)
        for item in show_due(quick_world.house, quick_world.who(Role.LEGAL))
        for text in item.standing
    ]
    assert told
    assert all("one may still complain" in text for text in told)
    later(quick_world, 10)
    assert let_go_what_is_due(quick_world.house) > 0


def test_what_another_advertiser_needs_stays(quick_world: World) -> None:
    at_rest(quick_world)
    settle(quick_world, documents="100")
    with quick_world.house.records.reading() as records:
        (paper,) = records.find(DOCUMENTS, advertiser=ACME)
    quick_world.ad("other-ad", OTHER)
    quick_world.claim("other-ad", "lottery", document=paper.id)
    quick_world.matter(OTHER)
    later(quick_world, LONG)
    assert let_go_what_is_due(quick_world.house) == 1, (
        "what came in about nobody, on which nothing of theirs rests"
    )
    (shown,) = show_due(quick_world.house, quick_world.who(Role.AUDITOR))
    assert [str(told) for told in shown.standing] == ["claims about others rest on it: other"]
    close(quick_world, OTHER)
    assert let_go_what_is_due(quick_world.house) == 1
    assert flaws(quick_world) == []


def test_a_contact_of_somebody_of_whom_nothing_was_ever_decided_goes_too(quick_world: World) -> None:
    member = quick_world.who(Role.MEMBER)
    contacts.settle_contact(quick_world.house, member, ACME, language="en", emails=[ADDRESS], reason="so")
    settle(quick_world)
    later(quick_world, 99)
    assert let_go_what_is_due(quick_world.house) == 0
    later(quick_world, 2)
    assert let_go_what_is_due(quick_world.house) == 1
    assert ADDRESS not in everything(quick_world.house)


# --- holds ---


def test_a_hold_keeps_until_it_is_ended_whoever_asks(quick_world: World) -> None:
    world, legal = quick_world, quick_world.who(Role.LEGAL)
    at_rest(world)
    settle(world)
    later(world, LONG)
    entry = hold(world.house, legal, ACME, "the court of Jo Bloggs asks")
    assert "Bloggs" not in str(entry.body)
    with pytest.raises(ConflictError, match="stands on acme already"):
        hold(world.house, legal, ACME, "again")
    with world.house.records.reading() as records:
        (paper,) = records.find(DOCUMENTS, advertiser=ACME)
    for by_hand in (
        lambda: expunge(world.house, world.who(Role.ADMINISTRATOR), paper.id, "asked for"),
        lambda: expunge_contact(world.house, world.who(Role.ADMINISTRATOR), ACME, "asked for"),
    ):
        with pytest.raises(RefusedError, match="a legal hold stands: acme") as raised:
            by_hand()
        assert codes(raised.value) == ["still-needed"]
    assert let_go_what_is_due(world.house) == 0
    release(world.house, legal, ACME, "it has judged")
    with pytest.raises(ConflictError, match="no legal hold"):
        release(world.house, legal, ACME, "again")
    assert let_go_what_is_due(world.house) > 0
    assert flaws(world) == []


def test_a_hold_of_one_keeps_nothing_of_another(quick_world: World) -> None:
    for advertiser in (ACME, OTHER):
        at_rest(quick_world, advertiser)
    settle(quick_world)
    later(quick_world, LONG)
    hold(quick_world.house, quick_world.who(Role.LEGAL), OTHER, "a court asks")
    assert let_go_what_is_due(quick_world.house) > 0
    with quick_world.house.records.reading() as records:
        assert {row.advertiser for row in records.find(DOCUMENTS) if row.expunged_at is not None} == {ACME}
        assert {row.advertiser for row in records.find(MESSAGES) if row.text == EXPUNGED} == {ACME}
    for name in ("nobody", "ad-acme"):
        with pytest.raises(NotFoundError):
            hold(quick_world.house, quick_world.who(Role.LEGAL), name, "a court asks")


@pytest.mark.parametrize("own", [True, False], ids=["of another", "of nobody"])
def test_a_hold_on_whoever_a_document_concerns_keeps_it(quick_world: World, *, own: bool) -> None:
    """Also where it is kept as that of another advertiser, or came in about none."""
    world = quick_world
    paper = paper_of(world, ACME if own else "")
    world.ad("other-ad", OTHER)
    world.claim("other-ad", "lottery", document=paper)
    hold(world.house, world.who(Role.LEGAL), OTHER, "a court asks")
    with pytest.raises(RefusedError, match="a legal hold stands: other"):
        expunge(world.house, world.who(Role.ADMINISTRATOR), paper, "asked for")
    release(world.house, world.who(Role.LEGAL), OTHER, "it has judged")
    assert expunge(world.house, world.who(Role.ADMINISTRATOR), paper, "asked for").expunged_at is not None


def paper_of(world: World, advertiser: str) -> str:
    if advertiser:
        return receive(world.house, world.who(Role.REVIEWER), advertiser, document()).id
    brought = Brought(documents=[{**document("paper-1"), "id": "paper-1"}])
    bring_in(world.house, world.who(Role.ADMINISTRATOR), brought, None, "an old archive")
    return "paper-1"


def test_what_came_in_about_nobody_goes_when_all_whom_it_concerns_are_at_rest(quick_world: World) -> None:
    world = quick_world
    paper = paper_of(world, "")
    settle(world, documents="100")
    later(world, LONG)
    assert let_go_what_is_due(world.house) == 0, "nobody is concerned, and nothing was closed"
    for advertiser in (ACME, OTHER):
        world.ad(f"ad-{advertiser}", advertiser)
        world.claim(f"ad-{advertiser}", "lottery", document=paper)
        world.matter(advertiser)
    assert flaws(world) == []
    close(world)
    later(world, LONG)
    assert show_due(world.house, world.who(Role.AUDITOR)) == [], "the matter of the other one is open"
    close(world, OTHER)
    later(world, 99)
    assert show_due(world.house, world.who(Role.AUDITOR)) == []
    later(world, 2)
    hold(world.house, world.who(Role.LEGAL), OTHER, "a court asks")
    (shown,) = show_due(world.house, world.who(Role.AUDITOR))
    assert [str(told) for told in shown.standing] == ["a legal hold stands: other"]
    assert let_go_what_is_due(world.house) == 0
    release(world.house, world.who(Role.LEGAL), OTHER, "it has judged")
    assert let_go_what_is_due(world.house) == 1
    assert let_go_what_is_due(world.house) == 0
    assert flaws(world) == []


# --- by hand ---


def test_the_addresses_of_an_advertiser_are_expunged_on_request(kept_world: World) -> None:
    world, administrator = kept_world, kept_world.who(Role.ADMINISTRATOR)
    at_rest(world)
    before = len(world.kinds())
    expunge_contact(world.house, administrator, ACME, "it was asked for")
    text = everything(world.house)
    assert "private.example" not in text
    assert WORDS in text
    assert flaws(world) == []
    with world.house.records.reading() as records:
        actors = [entry.actor for entry in records.entries(before)]
    assert actors == [administrator.name, *[INSTITUTION.name] * (len(actors) - 1)]
    with pytest.raises(ConflictError, match="expunged already"):
        expunge_contact(world.house, administrator, ACME, "again")
    with pytest.raises(NotFoundError):
        expunge_contact(world.house, administrator, OTHER, "none was settled")
    contacts.settle_contact(
        world.house, world.who(Role.MEMBER), ACME, language="fr", emails=["new@example.org"], reason="again"
    )
    assert flaws(world) == []


def test_addresses_stay_while_a_notice_is_on_its_way_to_them(quick_world: World) -> None:
    at_rest(quick_world)
    _notice(quick_world)
    with pytest.raises(RefusedError, match="on its way"):
        expunge_contact(quick_world.house, quick_world.who(Role.ADMINISTRATOR), ACME, "asked for")
    sent(quick_world)
    expunge_contact(quick_world.house, quick_world.who(Role.ADMINISTRATOR), ACME, "asked for")
    assert "private.example" not in everything(quick_world.house)


# --- people ---


def test_people_who_were_shut_out_lose_their_names_and_keep_their_ids(quick_world: World) -> None:
    world, administrator = quick_world, quick_world.who(Role.ADMINISTRATOR)
    leaver, member = world.join("leaver", Role.REVIEWER), world.join("guest", Role.MEMBER, advertiser=ACME)
    people.deactivate(world.house, administrator, leaver.person, "left")
    people.deactivate(world.house, administrator, member.person, "left")
    world.matter()
    settle(world, people="100")
    later(world, 101)
    assert let_go_what_is_due(world.house) == 1  # the member's advertiser has an open matter
    close(world)
    assert let_go_what_is_due(world.house) == 1
    with world.house.records.reading() as records:
        for actor in (leaver, member):
            row = records.get(PEOPLE, actor.person)
            assert row is not None
            assert (row.name, row.email) == ("expunged", f"{actor.person}@expunged.invalid")
        staying = records.get(PEOPLE, world.who(Role.REVIEWER).person)
        assert staying is not None
        assert staying.name != "expunged"
    assert flaws(world) == []


# --- killed in between, and two at once ---


class _KilledError(BaseException):
    """The process is no more."""


def test_whoever_is_killed_in_between_leaves_whole_things(quick_world: World) -> None:
    world = quick_world
    at_rest(world)
    settle(world)
    later(world, LONG)
    count = len(show_due(world.house, world.who(Role.AUDITOR)))
    assert count > 4

    def killed(_: str) -> None:
        raise _KilledError

    for left in range(count, 0, -1):
        assert len(show_due(world.house, world.who(Role.AUDITOR))) == left
        with pytest.raises(_KilledError):
            let_go_what_is_due(world.house, between=killed)
        assert flaws(world) == []
    assert world.house.blobs.get(digest_of_bytes(PAPER)) == PAPER  # killed before it was forgotten
    assert let_go_what_is_due(world.house) == 0
    assert forget_bytes_left(world.house) == []
    assert world.house.blobs.get(digest_of_bytes(PAPER)) is None


def test_bytes_that_outlived_a_document_go_also_where_no_rule_is_settled(
    kept_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Expunged by hand, by a process that was killed before it deleted them; then on a disk that does not let go."""
    world = kept_world
    upload = Upload(content=PAPER, file_name="private.pdf")
    row = receive(world.house, world.who(Role.REVIEWER), ACME, document(), upload)
    with monkeypatch.context() as killed:
        killed.setattr("adjudge.institution.material.documents.forget_bytes", lambda *_: None)
        expunge(world.house, world.who(Role.ADMINISTRATOR), row.id, "asked for")
    assert world.house.blobs.get(row.blob) == PAPER
    with monkeypatch.context() as stuck:
        stuck.setattr(type(world.house.blobs), "delete", _stuck)
        assert forget_bytes_left(world.house) == [row.id]
    assert forget_bytes_left(world.house, is_over=lambda: True) == []
    assert world.house.blobs.has(row.blob)
    assert forget_bytes_left(world.house) == []
    assert not world.house.blobs.has(row.blob)


def test_what_a_disk_does_not_let_go_of_is_expunged_all_the_same(
    quick_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = quick_world
    upload = Upload(content=PAPER, file_name="private.pdf")
    row = receive(world.house, world.who(Role.REVIEWER), ACME, document(), upload)
    monkeypatch.setattr(type(world.house.blobs), "delete", _stuck)
    assert expunge(world.house, world.who(Role.ADMINISTRATOR), row.id, "asked for").expunged_at is not None


def _stuck(_: object, __: str) -> None:
    raise UnavailableError(say("the document cannot be deleted: {reason}", reason="Permission denied"))


def test_what_is_done_meanwhile_is_seen_under_the_lock(quick_world: World) -> None:
    world = quick_world
    at_rest(world)
    settle(world)
    later(world, LONG)
    done: list[str] = []

    def meanwhile(name: str) -> None:
        if not done:
            _held(world)
        done.append(name)

    assert let_go_what_is_due(world.house, between=meanwhile) == 1
    assert len(done) > 1
    assert flaws(world) == []


def test_a_round_ends_when_it_is_told_to_and_goes_on_later(quick_world: World) -> None:
    at_rest(quick_world)
    settle(quick_world)
    later(quick_world, LONG)
    assert let_go_what_is_due(quick_world.house, is_over=lambda: True) == 0
    assert let_go_what_is_due(quick_world.house, most=2) == 2
    assert let_go_what_is_due(quick_world.house) > 0
    assert let_go_what_is_due(quick_world.house) == 0


@pytest.mark.parametrize(
    ("rule", "days"), [("letters", "1"), ("documents", "-1"), ("documents", "99999"), ("documents", "x")]
)
def test_a_rule_that_cannot_be_is_refused(quick_world: World, rule: str, days: str) -> None:
    with pytest.raises(RefusedError) as raised:
        settle(quick_world, **{rule: days})
    assert codes(raised.value) == ["bad-value"]


def test_it_is_known_until_when(quick_world: World) -> None:
    """The day of a thing that is due is the one on which its days were over, and nothing of it depends on the round."""
    at_rest(quick_world)
    settle(quick_world, messages="100")
    later(quick_world, LONG)
    first = show_due(quick_world.house, quick_world.who(Role.AUDITOR))
    later(quick_world, 3)
    again = show_due(quick_world.house, quick_world.who(Role.AUDITOR))
    assert [item.due for item in first] == [item.due for item in again]
    assert first[0].due.since < Instant(quick_world.clock.nanos - 300 * DAY + 100 * DAY)


def test_a_document_whose_id_went_with_its_words_is_known_by_its_part(quick_world: World) -> None:
    """What was brought in: nothing but the row still has its id, and no row can be put beside it, or taken away."""
    paper = paper_of(quick_world, "")
    expunge(quick_world.house, quick_world.who(Role.ADMINISTRATOR), paper, "asked for")
    assert flaws(quick_world) == []
    with quick_world.house.records.writing() as records:
        row = records.get(DOCUMENTS, paper)
        assert row is not None
        records.put(DOCUMENTS, replace(row, id="paper-2"))
    assert flaws(quick_world) == [("document paper-2", "it is there, and no entry of the log tells of it")]
    with quick_world.house.records.writing() as records:
        records.put(DOCUMENTS, replace(row, size=3, expunged_at=None))
        records.put(DOCUMENTS, replace(row, id="paper-2", part=""))
    assert {where for where, _ in flaws(quick_world)} == {f"document {paper}", "document paper-2"}
