"""A letter as PDF/UA-1, by typst: tagged, titled, in its language, and the same bytes for the same letter.

The bytes are the same on machines with the same fonts; what was sent is kept, and never made again.
"""

import json
from dataclasses import replace
from importlib.resources import files

import typst

from adjudge.basis.instant import NANOS
from adjudge.errors import BugError
from adjudge.letters.glyphs import breakable, fonts, lacking, spelled
from adjudge.letters.letter import Letter, Paragraph, Quote, all_texts, number_of, texts_of
from adjudge.letters.spans import Span, SpanKind, fit_letter, spans
from adjudge.tongues.tongue import tongue_of

_LAST_LATIN = "\u017f"
Tree = dict[str, object]


def pdf_of(letter: Letter) -> bytes:
    """The letter as PDF. Raises BugError where it cannot be made, which no text should bring about."""
    fitting = fit_letter(letter)
    try:
        return _compiled(fitting, frozenset())
    except typst.TypstError:
        pass
    texts = list(all_texts(fitting))
    try:
        return _compiled(_noted(fitting), lacking(texts))
    except typst.TypstError:
        # Signs that can be shown apart and not together: what is beyond Latin is spelled.
        beyond = frozenset(sign for text in texts for sign in text if sign > _LAST_LATIN)
    try:
        return _compiled(_noted(fitting), beyond)
    except typst.TypstError as error:
        raise BugError(f"the letter {letter.id} cannot be made as PDF: {error}") from error


def _noted(letter: Letter) -> Letter:
    """The letter with a word on signs that are spelled in this form alone."""
    note = tongue_of(letter.language)(
        "Some signs of this letter cannot be shown in a PDF here. In their place stands their number in Unicode, such "
        "as {example}. The other forms of this letter show the signs themselves.",
        example="[U+4F60]",
    )
    return replace(letter, blocks=(*letter.blocks, Paragraph(note)))


def _compiled(letter: Letter, missing: frozenset[str]) -> bytes:
    made = typst.compile(
        _template(),
        format="pdf",
        font_paths=fonts(),
        sys_inputs={"letter": json.dumps(_tree(letter, missing), ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=letter.day.nanos // NANOS,
    )
    if not isinstance(made, bytes):
        raise BugError("typst gave no PDF")
    return made


def _template() -> bytes:
    return (files("adjudge.letters") / "templates" / "letter.typ").read_bytes()


def _tree(letter: Letter, missing: frozenset[str]) -> Tree:
    """What the template is handed."""

    def shown(text: str) -> list[Tree]:
        return [_span(span, missing) for span in spans(text)]

    def verbatim(text: str) -> list[Tree]:
        return [_span(Span(SpanKind.TEXT, text), missing)]

    return {
        "id": letter.id,
        "language": letter.language,
        "sender": spelled(letter.sender, missing),
        "sender_shown": verbatim(letter.sender),
        "title": spelled(letter.title, missing),
        "title_shown": verbatim(letter.title),
        "addressee": [verbatim(line) for line in letter.addressee],
        "references": [verbatim(line) for line in letter.references],
        "blocks": [
            {
                "kind": type(block).__name__,
                "number": number_of(block),
                "items": [
                    (verbatim if isinstance(block, Quote) else shown)(text) for text in texts_of(block)
                ],
            }
            for block in letter.blocks
        ],
    }


def _span(span: Span, missing: frozenset[str]) -> Tree:
    text = breakable(spelled(span.text, missing))
    return {"kind": span.kind.value, "text": text, "target": span.text}
