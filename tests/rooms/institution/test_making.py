"""Notices made: from what is committed, once, whole, kept as they are sent, and for nobody but their addressee."""

import contextlib
import copy
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from django.urls import resolve

from adjudge.basis.digest import digest_of_bytes
from adjudge.basis.instant import NANOS, Instant
from adjudge.clocks.calendar import Calendar
from adjudge.errors import BugError, NotFoundError, RefusedError
from adjudge.institution.binding.following import Following
from adjudge.institution.house import House, now
from adjudge.institution.notifying import making
from adjudge.institution.notifying.contacts import settle_contact
from adjudge.institution.notifying.making import letter_for, make_owed, preview
from adjudge.institution.notifying.reading import (
    deliveries_of,
    form_of,
    letter_sent,
    notices_of,
    open_notice,
    read_notice,
)
from adjudge.institution.notifying.wording.times import until_in
from adjudge.letters.forms import HTML, MEDIA_TYPES, PDF, TEXT, forms_of
from adjudge.letters.letter import Clauses, Letter, Paragraph
from adjudge.letters.text import text_of
from adjudge.people.role import Role
from adjudge.records.rows import Channel, DeliveryState, NoticeRow, NoticeState, Purpose
from adjudge.records.shelf import DECISIONS, DELIVERIES, NOTICES, PEOPLE, SUBJECTS
from adjudge.storage.memory import MemoryBlobs, MemoryRecords
from adjudge.tongues.tongue import tongue_of
from tests.rooms.institution.heard import excluded
from tests.rooms.institution.told import NOTE, QUIET, everything
from tests.rooms.institution.world import ACME, EXCLUDING, World
from tests.rooms.letters.read import words_of_html, words_of_pdf, words_of_text

SITE = "https://ads.example.org"


@dataclass(frozen=True)
class Story:
    """Everything of which a notice tells, made once for all tests that only read."""

    world: World
    rows: Sequence[NoticeRow]


@pytest.fixture(scope="module")
def story(founded_in_memory: World) -> Story:
    """Give the story, on a copy of the institution, with the address of a site."""
    records = founded_in_memory.place.records
    assert isinstance(records, MemoryRecords)
    place = replace(founded_in_memory.place, records=MemoryRecords(records.state), blobs=MemoryBlobs())
    clock = copy.copy(founded_in_memory.clock)
    house = replace(place.house(clock), address=SITE)
    world = World(place, clock, house, dict(founded_in_memory.people))
    return Story(world, everything(world))


def _text(house: House, row: NoticeRow) -> str:
    content = house.blobs.get(row.forms[TEXT])
    assert content is not None
    return content.decode()


def _flat(text: str) -> str:
    return " ".join(text.split())


# --- making ---


def test_a_notice_is_made_once_with_its_bytes_and_its_deliveries(world: World) -> None:
    settle_contact(
        world.house,
        world.who(Role.MEMBER),
        ACME,
        language="fr",
        emails=("a@example.org", "b@example.org"),
        reason="as asked",
    )
    excluded(world)
    (row,) = make_owed(world.house)
    assert make_owed(world.house) == ()
    with world.house.records.reading() as records:
        assert records.get(NOTICES, row.id) == row
        deliveries = records.find(DELIVERIES, notice=row.id)
        told = records.entries_of(row.id)
        part = records.part(row.part)
    assert (row.state, row.language) == (NoticeState.MADE, "fr")
    assert set(row.forms) == set(MEDIA_TYPES)
    for digest in row.forms.values():
        content = world.house.blobs.get(digest)
        assert content is not None
        assert digest_of_bytes(content) == digest
    assert [(item.channel, item.state) for item in deliveries] == [
        (Channel.PAGE, DeliveryState.DELIVERED),
        (Channel.EMAIL, DeliveryState.WAITING),
        (Channel.EMAIL, DeliveryState.WAITING),
    ]
    assert deliveries[1].message == f"<{row.id}-2@adjudge.local>"
    made, delivered = told
    assert (made.kind, made.actor, delivered.kind) == ("notice:made", "institution", "notice:delivered")
    assert made.body["forms"] == row.forms
    assert "example.org" not in str(made.body)
    assert made.private[0] == row.part
    assert part is not None
    assert row.title in part.decode()


def test_what_is_made_tells_only_what_is_committed(quick_world: World) -> None:
    """T1: an act that fails owes nothing; a notice is written from the rows of the decision that was kept."""
    world = quick_world
    row = excluded(world)
    with contextlib.suppress(ZeroDivisionError), world.house.records.writing() as records:
        Following(records, now(world.house, records)).owe(Purpose.REMINDER, ACME, row.id)
        raise ZeroDivisionError
    (made,) = make_owed(world.house)
    assert made.purpose is Purpose.DECISION


def test_of_two_that_make_at_once_one_finds_nothing_to_do(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    excluded(world)
    real = forms_of

    def forms_while_another_makes(letter: Letter) -> object:
        monkeypatch.setattr(making, "forms_of", real)
        assert len(make_owed(world.house)) == 1
        return real(letter)

    monkeypatch.setattr(making, "forms_of", forms_while_another_makes)
    assert make_owed(world.house) == ()
    assert world.kinds().count("notice:made") == 1


def test_a_kill_between_two_steps_loses_and_doubles_nothing(
    quick_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = quick_world
    excluded(world)
    for step in ("forms_of", "_as_made", "on_the_page", "sealed", "write_by_institution", "tell_end"):
        with monkeypatch.context() as patched:
            patched.setattr(making, step, _killed)
            with pytest.raises(KeyboardInterrupt):
                make_owed(world.house)
        with world.house.records.reading() as records:
            assert records.count(NOTICES, state=NoticeState.OWED.value) == 1
            assert records.count(DELIVERIES) == 0
    assert len(make_owed(world.house)) == 1
    assert world.kinds().count("notice:made") == 1


def _killed(*_: object, **__: object) -> object:
    raise KeyboardInterrupt


def test_one_that_cannot_be_made_keeps_none_of_the_others(
    quick_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = quick_world
    first, second = excluded(world, "a"), excluded(world, "b")
    real = forms_of

    def forms_but_of_the_first(letter: Letter) -> object:
        if any(first.id in line for line in letter.references):
            raise BugError("it cannot be made")
        return real(letter)

    with monkeypatch.context() as patched:
        patched.setattr(making, "forms_of", forms_but_of_the_first)
        with pytest.raises(BugError):
            make_owed(world.house)
    with world.house.records.reading() as records:
        (made,) = records.find(NOTICES, state=NoticeState.MADE.value)
    assert made.about == second.id
    assert len(make_owed(world.house)) == 1


def test_a_notice_that_is_made_over_midnight_bears_one_date(
    quick_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = quick_world
    excluded(world)
    world.clock.set("2026-11-30T23:59:58Z")
    real = forms_of

    def slowly(letter: Letter) -> object:
        world.clock.nanos += NANOS
        return real(letter)

    monkeypatch.setattr(making, "forms_of", slowly)
    (row,) = make_owed(world.house)
    assert row.made_at is not None
    assert str(row.made_at).startswith("2026-12-01")
    assert "Date: 1 December 2026" in _text(world.house, row)


def test_bytes_as_sent_are_made_again_from_the_same_rows(quick_world: World) -> None:
    world = quick_world
    excluded(world)
    (row,) = make_owed(world.house)
    with world.house.records.reading() as records:
        again = letter_for(records, row)
    assert {kind: digest_of_bytes(content) for kind, content in forms_of(again).items()} == row.forms


# --- what they say ---


def test_every_notice_says_the_same_in_all_forms_and_nothing_of_the_staff(story: Story) -> None:
    """T2, T3, T4: the words as kept, the whole statement in each notice about a measure, no notes, no names."""
    world, rows = story.world, story.rows
    assert {row.purpose for row in rows} == set(Purpose)
    with world.house.records.reading() as records:
        people = records.find(PEOPLE)
        secret = [text for row in people for text in (row.id, row.email)] + [
            "proposer",
            "second_reviewer",
            "judge",
        ]
        decisions = {row.id: row for row in records.find(DECISIONS)}
    for row in rows:
        forms = {kind: world.house.blobs.get(digest) or b"" for kind, digest in row.forms.items()}
        page, text = forms[HTML].decode(), forms[TEXT].decode()
        words = words_of_html(page)
        assert words == words_of_text(text)
        assert words == words_of_pdf(forms[PDF], row.id)
        assert NOTE not in text
        assert not [name for name in secret if name in text]
        statement = decisions[row.about].statement.get("en") if row.about else None
        if statement:
            _has_whole(statement, text)
        elif row.purpose not in {Purpose.MISUSE, Purpose.OUTCOME, Purpose.CHANGED}:
            assert "lifted" in text


def _has_whole(statement: str, text: str) -> None:
    """Every clause of a statement, with its number."""
    flat = _flat(text)
    for line in statement.strip().split("\n"):
        assert _flat(line) in flat


def test_clauses_stay_whole_however_long_the_notes_are(quick_world: World) -> None:
    world = quick_world
    world.ad("a", beer=True)
    row = world.issued("a", replace(QUIET, milder="milder " * 900, rights="right " * 900))
    (notice,) = make_owed(world.house)
    text = _text(world.house, notice)
    assert NOTE not in text
    _has_whole(row.statement["en"], text)


def test_every_address_of_ours_leads_to_a_page(story: Story) -> None:
    world = story.world
    found = set()
    for row in story.rows:
        page = (world.house.blobs.get(row.forms[HTML]) or b"").decode()
        for address in re.findall(r'href="([^"]+)"', page):
            assert address.startswith((SITE + "/", "https://example.org/")), address
            if address.startswith(SITE):
                match = resolve(address.removeprefix(SITE), urlconf="adjudge.mount.urls")
                found.add(match.url_name)
                assert set(match.kwargs.values()) <= {row.about, *_parts_of(world, row)}
    assert found == {"decision", "appeal"}


def _parts_of(world: World, row: NoticeRow) -> set[str]:
    """The ids to which a notice may lead beside the decision it is about."""
    with world.house.records.reading() as records:
        bodies = [entry.body for entry in records.entries_of(row.of)]
    return {row.of, *(str(body.get(name)) for body in bodies for name in ("of", "decision"))}


def test_without_an_address_no_page_of_ours_is_named(quick_world: World) -> None:
    world = quick_world
    excluded(world)
    (row,) = make_owed(world.house)
    assert "It is done on your page with us." in _text(world.house, row)


def test_a_decision_that_was_superseded_meanwhile_is_still_told_and_says_so(quick_world: World) -> None:
    world = quick_world
    first = excluded(world)
    second = world.issued("a")
    rows = {row.about: row for row in make_owed(world.house)}
    text = _flat(_text(world.house, rows[first.id]))
    assert (
        f"A newer decision has taken the place of the decision `{first.id}`: the decision `{second.id}`"
        in text
    )
    assert "newer" not in _text(world.house, rows[second.id])


def test_titles_say_what_it_is_about_and_differ_by_purpose(story: Story) -> None:
    rows = story.rows
    assert all(row.title and len(row.title) < 200 for row in rows)
    by_title = {row.title: row.purpose for row in rows}
    assert all(row.purpose is by_title[row.title] for row in rows)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_everything_is_told_in_the_language_of_the_addressee(quick_world: World, language: str) -> None:
    world = quick_world
    excluded(world)
    settle_contact(world.house, world.who(Role.MEMBER), ACME, language=language, emails=(), reason="as asked")
    (row,) = make_owed(world.house)
    page = (world.house.blobs.get(row.forms[HTML]) or b"").decode()
    assert f'<html lang="{language}">' in page
    assert ("Exposé des motifs" in page) is (language == "fr")
    assert row.language == language


def test_a_statement_in_own_words_stands_whole_in_its_own_language(quick_world: World) -> None:
    world = quick_world
    world.ad("a", beer=True)
    row = world.issued("a")
    with world.house.records.writing() as records:
        own = {"fr": "Madame,\n\nvotre publicité\nest exclue.\n\nCordialement"}
        records.put(DECISIONS, replace(row, statement=own))
    (notice,) = make_owed(world.house)
    text = _text(world.house, notice)
    assert notice.language == "fr"
    assert "\nvotre publicité est exclue.\n" in text


# --- looking ahead ---


def test_a_preview_shows_what_will_be_told_and_keeps_nothing(quick_world: World) -> None:
    world = quick_world
    world.ad("a", beer=True)
    proposed = world.proposed("a", EXCLUDING)
    before = world.kinds()
    letter = preview(world.house, world.who(Role.REVIEWER), proposed.id, language="fr")
    assert letter.language == "fr"
    assert [block for block in letter.blocks if isinstance(block, Clauses)]
    assert any("Exclusion" in text for block in letter.blocks for text in getattr(block, "items", ()))
    assert world.kinds() == before
    with pytest.raises(NotFoundError):
        preview(world.house, world.who(Role.MEMBER), proposed.id)
    with pytest.raises(RefusedError):
        preview(world.house, world.who(Role.REVIEWER), proposed.id, Purpose.OUTCOME)


def test_a_preview_of_an_issued_decision_is_what_was_sent_but_for_its_number(quick_world: World) -> None:
    world = quick_world
    row = excluded(world)
    (made,) = make_owed(world.house)
    letter = preview(world.house, world.who(Role.REVIEWER), row.id)
    assert text_of(letter).replace("N-000000", made.id) == _text(world.house, made)


# --- reading ---


def test_members_read_their_own_notices_and_staff_all(quick_world: World) -> None:
    world = quick_world
    excluded(world, "a")
    excluded(world, "b", "other")
    member, stranger, reviewer = (world.who(name) for name in ("member", "stranger", "reviewer"))
    assert notices_of(world.house, member) == ()
    assert len(notices_of(world.house, reviewer)) == 2
    own, others = make_owed(world.house)
    assert notices_of(world.house, member) == (own,)
    assert [row.id for row in notices_of(world.house, reviewer, "other")] == [others.id]
    assert read_notice(world.house, member, own.id) == own
    assert form_of(world.house, member, own.id, PDF).startswith(b"%PDF-")
    assert letter_sent(world.house, member, own.id).title == own.title
    for ask in (
        lambda: read_notice(world.house, stranger, own.id),
        lambda: form_of(world.house, stranger, own.id, PDF),
        lambda: form_of(world.house, member, own.id, "image/png"),
        lambda: notices_of(world.house, member, "other"),
        lambda: open_notice(world.house, stranger, own.id),
        lambda: read_notice(world.house, member, "N-999999-1"),
    ):
        with pytest.raises(NotFoundError):
            ask()


def test_a_member_sees_no_notice_before_it_is_made(quick_world: World) -> None:
    world = quick_world
    excluded(world)
    with world.house.records.reading() as records:
        (owed,) = records.find(NOTICES)
    for act in (read_notice, open_notice):
        with pytest.raises(NotFoundError):
            act(world.house, world.who(Role.MEMBER), owed.id)
    assert read_notice(world.house, world.who(Role.REVIEWER), owed.id) == owed


def test_opening_is_on_record_once_and_only_for_the_advertiser(world: World) -> None:
    excluded(world)
    (row,) = make_owed(world.house)
    assert open_notice(world.house, world.who(Role.REVIEWER), row.id).opened_at is None
    first = open_notice(world.house, world.who(Role.MEMBER), row.id)
    assert first.opened_at is not None
    assert open_notice(world.house, world.who(Role.MEMBER), row.id) == first
    assert world.kinds().count("notice:opened") == 1


def test_members_are_not_told_what_servers_said(quick_world: World) -> None:
    world = quick_world
    excluded(world)
    (row,) = make_owed(world.house)
    (page,) = deliveries_of(world.house, world.who(Role.MEMBER), row.id)
    assert page.proof == ""
    (page,) = deliveries_of(world.house, world.who(Role.REVIEWER), row.id)
    assert page.proof


def test_words_too_many_for_a_sealed_part_are_kept_by_their_digest(
    quick_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = quick_world
    excluded(world)
    monkeypatch.setattr(making, "LONGEST_WORDS", 1_000)
    (row,) = make_owed(world.house)
    with world.house.records.reading() as records:
        part = records.part(row.part)
    assert part is not None
    assert row.forms[TEXT] in part.decode()


def test_a_paragraph_is_what_stands_between_empty_lines(story: Story) -> None:
    (read,) = [row for row in story.rows if row.purpose is Purpose.REASONS]
    letter = letter_sent(story.world.house, story.world.who(Role.MEMBER), read.id)
    said = Paragraph("What was seen on the round is the bottle in the picture.")
    assert said in letter.blocks


def test_a_title_is_kept_as_the_letter_shows_it(quick_world: World) -> None:
    world, hostile = quick_world, "Nice\r\nBcc: a@example.org \u202eeman\x1b[31m"
    world.ad("a", beer=True)
    with world.house.records.writing() as records:
        row = records.get(SUBJECTS, "a")
        assert row is not None
        records.put(SUBJECTS, replace(row, content={**row.content, "title": {"en": hostile}}))
    world.issued("a")
    (notice,) = make_owed(world.house)
    assert "Nice" in notice.title
    assert not [sign for sign in notice.title if unicodedata.category(sign) in {"Cc", "Cf"}]


def test_a_time_is_told_by_the_institutions_calendar() -> None:
    paris = Calendar("FR", "Europe/Paris")
    end = Instant(1_798_412_400 * NANOS)
    assert until_in(tongue_of("en"), paris, end) == "the end of 27 December 2026, time of Europe/Paris"
    noon = Instant(end.nanos + 12 * 3_600 * NANOS)
    assert until_in(tongue_of("en"), paris, noon) == "28 December 2026 (12:00, time of Europe/Paris)"
