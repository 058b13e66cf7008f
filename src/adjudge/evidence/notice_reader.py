"""A notice from its nodes, or problems.

Not the disk: `adjudge.app.on_files` finds and reads the file.
"""

from adjudge.basis.ids import ClaimId, FactName, RuleId, SubjectId
from adjudge.basis.instant import Instant
from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.reading.node import Node, Scalar, Sequence
from adjudge.basis.reading.shape import Fields, Shape, key_named
from adjudge.basis.said import Said, say
from adjudge.evidence.address import read_address
from adjudge.evidence.notice import (
    POINTS_NOWHERE,
    Automation,
    Element,
    Notice,
    Passage,
    Pointer,
    Prospect,
    Source,
    StatedReason,
)
from adjudge.facts.codes import COUNTRIES, canonical_language

LONGEST_TEXT = 200_000
"""Characters of a notice in one language: a statement of reasons has a few thousand."""
MOST_PASSAGES = 200
_MOST_DAYS = 36_500
_WORLDWIDE, _LIFTED = "worldwide", "lifted"
_A_PASSAGE = say("a passage")
_POINTS_TO = key_named("points_to")


def read_notice(node: Node | None, log: ProblemLog) -> Notice | None:
    """`notice.yaml`, or any other file that begins with `notice:`."""
    shape = Shape(log)
    fields = shape.mapping(node, say("the notice"))
    if fields is None:
        return None
    notice_id = shape.identifier(fields.required("notice"), say("the notice's id"))
    to = shape.identifier(fields.required("to"), say("the addressee"))
    about = shape.identifier(fields.optional("about"), say("what it is about"))
    sent = shape.mapping(fields.optional("sent"), key_named("sent"))
    text = _texts(shape, fields.required("text"))
    found = Notice(
        id=notice_id or "",
        sender=shape.text(fields.required("from"), say("the sender")) or "",
        to=SubjectId(to or ""),
        about=SubjectId(about or to or ""),
        earliest=shape.instant(sent.optional("earliest"), key_named("earliest")) if sent else None,
        latest=shape.instant(sent.optional("latest"), key_named("latest")) if sent else None,
        language=_language(shape, fields.optional("language")),
        text=text,
        signed=shape.truth(fields.required("signed"), key_named("signed")),
        sources=_sources(shape, fields),
        note=shape.texts(sent.optional("note"), say("the note")) if sent else {},
        passages=_passages(shape, fields.optional("statement"), text),
        p2b=shape.truth(fields.optional("p2b"), key_named("p2b"), default=True),
        reason=_reason(shape, fields.optional("reason")),
    )
    if sent:
        sent.done()
    fields.done()
    return found if notice_id and to else None


def _texts(shape: Shape, node: Node | None) -> dict[str, str]:
    texts = shape.texts(node, say("the text"))
    for language, text in texts.items():
        if len(text) > LONGEST_TEXT:
            message = say(
                "the text in {language} has more than {most} characters",
                language=quoted(language),
                most=LONGEST_TEXT,
            )
            shape.problem("file-too-large", message, node, say("shorten it"))
            return {}
    return texts


def _language(shape: Shape, node: Node | None) -> str:
    text = shape.text(node, say("the language"))
    found = canonical_language(text) if text is not None else ""
    if found is None:
        message = say("{language} is not a language tag", language=quoted(text or ""))
        shape.problem("unknown-code", message, node, say("write a tag such as `fr`"))
    return found or ""


def _reason(shape: Shape, node: Node | None) -> StatedReason | None:
    """The stated reason, not yet parsed: its facts are those of the case's policy."""
    text = shape.text(node, key_named("reason"))
    if text is None or not isinstance(node, Scalar):
        return None
    return StatedReason(text, node)


def _sources(shape: Shape, fields: Fields) -> tuple[str, ...]:
    items = shape.sequence(fields.required("sources"), key_named("sources"))
    read = [shape.text(item, say("a source")) for item in items]
    return tuple(item for item in read if item is not None)


# --- passages ---


def _passages(shape: Shape, node: Node | None, text: dict[str, str]) -> tuple[Passage, ...]:
    items = shape.sequence(node, key_named("statement"))
    if len(items) > MOST_PASSAGES:
        message = say("the statement has more than {most} passages", most=MOST_PASSAGES)
        shape.problem("file-too-large", message, node, say("name the passages that matter"))
    read = [_passage(shape, item, text) for item in items[:MOST_PASSAGES]]
    return tuple(passage for passage in read if passage is not None)


def _passage(shape: Shape, node: Node, text: dict[str, str]) -> Passage | None:
    fields = shape.mapping(node, _A_PASSAGE)
    if fields is None:
        return None
    element = shape.word(fields.required("element"), key_named("element"), Element)
    place = fields.required("passage")
    words = shape.texts(place, say("the passage"))
    points = fields.optional("points_to")
    pointer = _pointer(shape, points) if points is not None else POINTS_NOWHERE
    fields.done()
    _check_is_there(shape, place, words, text)
    return Passage(element=element, text=words, pointer=pointer, span=node.span) if element else None


def _check_is_there(shape: Shape, node: Node | None, words: dict[str, str], text: dict[str, str]) -> None:
    """A passage that the text does not hold would have the examination say what the reader never saw."""
    for language, passage in words.items():
        if not flat(passage) or flat(passage) not in flat(text.get(language, "")):
            message = say("the text in {language} holds no such passage", language=quoted(language))
            hint = say("copy the passage from the text, word for word")
            shape.problem("passage-not-found", message, node, hint)


def flat(text: str) -> str:
    """A text with every run of spaces and line breaks as one space: line breaks are the file's, not the sentence's."""
    return " ".join(text.split())


def _pointer(shape: Shape, node: Node) -> Pointer:
    fields = shape.mapping(node, _POINTS_TO)
    if fields is None:
        return POINTS_NOWHERE
    countries, worldwide = _territory(shape, fields.optional("territory"))
    end, lifted = _until(shape, fields.optional("until"))
    rule = shape.identifier(fields.optional("rule"), key_named("rule"))
    found = Pointer(
        measure=shape.text(fields.optional("measure"), key_named("measure")) or "",
        territory=countries,
        worldwide=worldwide,
        excepted=_excepted(shape, fields.optional("except"), worldwide=worldwide),
        start=shape.instant(fields.optional("from"), key_named("from")),
        end=end,
        until_lifted=lifted,
        days=shape.integer(fields.optional("days"), key_named("days"), 1, _MOST_DAYS),
        claims=tuple(ClaimId(item) for item in _names(shape, fields.optional("claims"), key_named("claims"))),
        facts=tuple(FactName(item) for item in _names(shape, fields.optional("facts"), key_named("facts"))),
        source=shape.word(fields.optional("source"), key_named("source"), Source),
        automated=shape.word(fields.optional("automated"), key_named("automated"), Automation),
        rule=RuleId(rule) if rule else None,
        version=shape.text(fields.optional("version"), key_named("version")) or "",
        law=shape.text(fields.optional("law"), key_named("law")) or "",
        terms=shape.text(fields.optional("terms"), key_named("terms")) or "",
        address=read_address(shape, fields.optional("address"), key_named("address")) or "",
        last_day=shape.instant(fields.optional("last_day"), key_named("last_day")),
        recourse=shape.word(fields.optional("recourse"), key_named("recourse"), Prospect),
    )
    fields.done()
    return found


def _names(shape: Shape, node: Node | None, what: Said) -> list[str]:
    read = [shape.identifier(item, what) for item in shape.sequence(node, what)]
    return [item for item in read if item]


def _territory(shape: Shape, node: Node | None) -> tuple[frozenset[str], bool]:
    """`worldwide`, or a list of countries."""
    if node is None:
        return frozenset(), False
    if isinstance(node, Scalar) and node.text == _WORLDWIDE:
        return frozenset(), True
    if not isinstance(node, Sequence):
        message = say("the territory must be `worldwide` or a list of countries")
        shape.problem("wrong-shape", message, node, say("write `worldwide`, or `[FR, BE]`"))
        return frozenset(), False
    return _countries(shape, node), False


def _excepted(shape: Shape, node: Node | None, *, worldwide: bool) -> frozenset[str]:
    """The countries left out of a measure that is else worldwide."""
    if node is not None and not worldwide:
        message = say("{key} says nothing beside a list of countries", key="`except`")
        shape.problem("wrong-shape", message, node, say("write `territory: worldwide`, or remove it"))
    if node is not None and not isinstance(node, Sequence):
        message = say("{key} must be a list of countries", key="`except`")
        shape.problem("wrong-shape", message, node, say("write `[FR, BE]`"))
        return frozenset()
    return _countries(shape, node) if node is not None else frozenset()


def _countries(shape: Shape, node: Sequence) -> frozenset[str]:
    found = set()
    for item in node.items:
        code = shape.text(item, say("a country"))
        if code in COUNTRIES:
            found.add(code)
        elif code is not None:
            message = say("{code} is not a country", code=quoted(code))
            shape.problem("unknown-code", message, item, say("write an ISO 3166-1 code such as `FR`"))
    return frozenset(found)


def _until(shape: Shape, node: Node | None) -> tuple[Instant | None, bool]:
    """`lifted`, or the instant from which the measure no longer holds."""
    if isinstance(node, Scalar) and node.text == _LIFTED:
        return None, True
    return shape.instant(node, key_named("until")), False
