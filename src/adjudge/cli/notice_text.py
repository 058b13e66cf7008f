"""Notices for the terminal and for programs: what one tells and where it stands, its deliveries, its words."""

from collections.abc import Iterator, Mapping
from typing import Any

from adjudge.basis.said import Said, say
from adjudge.cli.session import form_of
from adjudge.institution.reading.hearing import NoticeOverview
from adjudge.letters.letter import Letter
from adjudge.letters.text import text_of
from adjudge.records.rows import Channel, DeliveryRow, DeliveryState, NoticeRow, NoticeState
from adjudge.tongues.tongue import Tongue

MEDIA_TYPES = {"text": "text/plain", "html": "text/html", "pdf": "application/pdf"}
"""Forms of a notice, by what they are called on the command line."""
CHANNELS: Mapping[Channel, Said] = {
    Channel.PAGE: say("on the page"),
    Channel.EMAIL: say("by e-mail"),
    Channel.WEBHOOK: say("by webhook"),
}


def notice_cells(row: NoticeRow) -> tuple[str, ...]:
    """A notice as a line of a table."""
    about = row.of or row.about
    return (
        row.id,
        str(row.state),
        str(row.purpose),
        row.advertiser,
        about,
        str(row.made_at or row.owed_at),
        row.title,
    )


def notice_lines(found: NoticeOverview, words: str, tongue: Tongue) -> Iterator[str]:
    """What a notice tells and where it stands, then its words as they were sent."""
    row = found.notice
    yield tongue(
        "The notice {notice} ({purpose}) to {advertiser}",
        notice=row.id,
        purpose=str(row.purpose),
        advertiser=row.advertiser,
    )
    if row.state is NoticeState.OWED:
        yield tongue("Owed since {day}, and not made yet.", day=row.owed_at)
        return
    if row.made_at is not None:
        yield tongue("Made on {day}.", day=row.made_at)
    if row.replaces:
        yield tongue("It takes the place of {notice}.", notice=row.replaces)
    for later in found.later:
        yield tongue("The notice {notice} takes its place.", notice=later.id)
    if row.opened_at is not None:
        yield tongue("First opened on its page on {day}.", day=row.opened_at)
    for item in found.deliveries:
        yield delivery_line(item, tongue)
    yield ""
    yield from words.splitlines()


def delivery_line(row: DeliveryRow, tongue: Tongue) -> str:
    """By which channel and to which address, and how that went."""
    where = " ".join(filter(None, [tongue.of(CHANNELS[row.channel]), row.address]))
    match row.state:
        case DeliveryState.DELIVERED:
            return tongue(
                "{delivery}, {channel}: delivered on {day} ({proof})",
                delivery=row.id,
                channel=where,
                day=row.delivered_at,
                proof=row.proof,
            )
        case DeliveryState.FAILED:
            return tongue(
                "{delivery}, {channel}: failed ({error})",
                delivery=row.id,
                channel=where,
                error=row.last_error,
            )
        case DeliveryState.WAITING:
            return _waiting_line(row, where, tongue)


def _waiting_line(row: DeliveryRow, where: str, tongue: Tongue) -> str:
    if not row.attempts:
        return tongue("{delivery}, {channel}: waits to be sent", delivery=row.id, channel=where)
    return tongue.plural(
        "{delivery}, {channel}: tried {count} time ({error}), next on {day}",
        "{delivery}, {channel}: tried {count} times ({error}), next on {day}",
        row.attempts,
        delivery=row.id,
        channel=where,
        error=row.last_error,
        day=row.due_at,
    )


def notice_form(found: NoticeOverview, words: str) -> dict[str, Any]:
    """The same for programs."""
    return {
        **form_of(found.notice, "part"),
        "deliveries": [form_of(item) for item in found.deliveries],
        "replaced_by": [item.id for item in found.later],
        "text": words,
    }


def letter_form(letter: Letter) -> dict[str, Any]:
    """A letter that was not sent, for programs."""
    return {
        "id": letter.id,
        "language": letter.language,
        "sender": letter.sender,
        "addressee": [*letter.addressee],
        "references": [*letter.references],
        "title": letter.title,
        "text": text_of(letter),
    }
