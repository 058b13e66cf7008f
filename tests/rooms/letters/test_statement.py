"""A statement of reasons as blocks: the numbers that were issued, whatever else somebody wrote instead."""

import pytest

from adjudge.letters.letter import Clauses, Heading, Paragraph
from adjudge.letters.statement import statement_blocks
from adjudge.notices.statement import Clause, Letter, Section


def test_a_statement_of_ours_keeps_its_sections_and_numbers() -> None:
    written = Letter(
        language="en",
        title="Statement of reasons",
        intro="From us to you.",
        sections=(
            Section("What is decided", (Clause("The ad is excluded."), Clause("This applies worldwide."))),
            Section("Why", (Clause("1. is how this clause begins."),)),
        ),
    )
    assert statement_blocks(written.text, "Statement") == (
        Heading("Statement of reasons", 2),
        Paragraph("From us to you."),
        Heading("What is decided", 3),
        Clauses(1, ("The ad is excluded.", "This applies worldwide.")),
        Heading("Why", 3),
        Clauses(3, ("1. is how this clause begins.",)),
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "One line.",
        "Title\n\nIntro",
        "Title\n\nIntro\n\nHeading\n\n1. One\n3. Three",
        "Title\n\nIntro\n\nHeading\n\n1. One\n\nA word between",
        "Title\n\nIntro\n\nHeading\nof two lines\n\n1. One",
        "Two\nlines\n\nIntro\n\nHeading\n\n1. One",
        "Title\n\nIntro\n\nHeading\n\n2. Two",
        "Dear advertiser,\n\nwe have decided\nto exclude you.\n\nYours",
    ],
)
def test_any_other_wording_is_paragraphs_with_every_word(text: str) -> None:
    heading, *rest = statement_blocks(text, "Statement of reasons")
    assert heading == Heading("Statement of reasons", 2)
    assert all(isinstance(block, Paragraph) for block in rest)
    words = " ".join(block.text for block in rest if isinstance(block, Paragraph))
    assert words.split() == text.split()
