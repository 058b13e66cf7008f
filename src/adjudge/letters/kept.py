"""A letter's structure as JSON and back: kept beside the forms, so that a page shows what was sent.

Only what we wrote ourselves is read back.
"""

import json

from adjudge.basis.instant import Instant, parse_timestamp
from adjudge.errors import BugError
from adjudge.letters.letter import (
    Block,
    Clauses,
    Heading,
    Letter,
    Paragraph,
    Points,
    Quote,
    number_of,
    texts_of,
)


def letter_json(letter: Letter) -> bytes:
    """The letter as JSON."""
    tree = {
        "id": letter.id,
        "language": letter.language,
        "sender": letter.sender,
        "addressee": letter.addressee,
        "references": letter.references,
        "day": str(letter.day),
        "title": letter.title,
        "blocks": [
            {"kind": type(block).__name__, "number": number_of(block), "items": texts_of(block)}
            for block in letter.blocks
        ],
    }
    return json.dumps(tree, ensure_ascii=False, indent=1).encode()


def read_letter(content: bytes) -> Letter:
    """The letter that `letter_json` wrote. Raises BugError for anything else."""
    try:
        tree = json.loads(content)
        blocks = tuple(_block(item["kind"], item["number"], tuple(item["items"])) for item in tree["blocks"])
        return Letter(
            id=tree["id"],
            language=tree["language"],
            sender=tree["sender"],
            addressee=tuple(tree["addressee"]),
            references=tuple(tree["references"]),
            day=_day(tree["day"]),
            title=tree["title"],
            blocks=blocks,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise BugError("a letter that was kept cannot be read any more") from error


def _day(text: str) -> Instant:
    found = parse_timestamp(text)
    if found is None:
        raise ValueError(text)
    return found


def _block(kind: str, number: int, items: tuple[str, ...]) -> Block:
    match kind:
        case "Heading":
            return Heading(items[0], number)
        case "Paragraph":
            return Paragraph(items[0])
        case "Clauses":
            return Clauses(number, items)
        case "Points":
            return Points(items)
        case "Quote":
            return Quote(items)
        case _:
            raise ValueError(kind)
