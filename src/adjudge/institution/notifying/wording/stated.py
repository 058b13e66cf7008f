"""The statement of reasons within a letter: its words as they were issued, and by which days they count."""

from adjudge.clocks.calendar import Calendar
from adjudge.institution.notifying.wording.times import UTC
from adjudge.letters.letter import Block, Paragraph
from adjudge.letters.statement import statement_blocks
from adjudge.tongues.tongue import Tongue


def stated(text: str, tongue: Tongue, calendar: Calendar) -> tuple[Block, ...]:
    """The statement whole. Where the letter counts its days by another zone, that is said before its first words."""
    heading, *blocks = statement_blocks(text, tongue("Statement of reasons"))
    if calendar.zone == UTC:
        return (heading, *blocks)
    note = tongue(
        "This statement counts its days by UTC, as it was issued; the rest of this letter counts them by the time of "
        "{zone}. Where they name two last days for the same thing, the later one holds.",
        zone=calendar.zone,
    )
    return (heading, Paragraph(note), *blocks)
