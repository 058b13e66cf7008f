"""The files of a case folder from their nodes, or problems.

Not the disk: finding and reading the files is in `adjudge.app.on_files`. Claims are read by `adjudge.facts`.
"""

import re
from enum import StrEnum

from adjudge.basis.ids import DocumentId, SubjectId
from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.reading.node import Node, Scalar
from adjudge.basis.reading.shape import Fields, Shape, unique
from adjudge.evidence.case import CaseFile, NameVariant, Notice, Party, Question
from adjudge.evidence.document import Document, Precision, Status
from adjudge.facts.claim_reader import subject_of
from adjudge.facts.codes import COUNTRIES, canonical_language


class _NameStatus(StrEnum):
    VERIFIED = "verified"
    UNVERIFIED = "unverified"


_SCRIPT = re.compile(r"[A-Z][a-z]{3}")
_POLICY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}\.ya?ml")


def read_case_file(node: Node | None, log: ProblemLog) -> CaseFile | None:
    """`case.yaml`."""
    shape = Shape(log)
    fields = shape.mapping(node, "a case")
    if fields is None:
        return None
    case_id = shape.identifier(fields.required("case"), "the case's id")
    policy = _matching(
        shape, fields.required("policy"), _POLICY, "the name of a policy", "a folder's name, no path"
    )
    parties = [_party(shape, item) for item in shape.sequence(fields.required("subjects"), "`subjects`")]
    found = CaseFile(
        id=case_id or "",
        title=shape.texts(fields.required("title"), "the title"),
        summary=shape.texts(fields.optional("summary"), "the summary"),
        policy=policy or "",
        parties=tuple(_unique_parties(shape, parties)),
        documents=_file(shape, fields.optional("documents")) or "documents.yaml",
        claims=_file(shape, fields.optional("claims")) or "claims.yaml",
        notice=_file(shape, fields.optional("notice")),
        questions=_questions(shape, fields.optional("questions")),
    )
    fields.done()
    return found if case_id and policy else None


def _file(shape: Shape, node: Node | None) -> str | None:
    """A file of the folder itself: a case from outside must not name other places of the disk."""
    return _matching(
        shape, node, _FILE, "a file of this folder", "a YAML file's name such as `claims.yaml`, no path"
    )


def _matching(shape: Shape, node: Node | None, pattern: re.Pattern[str], what: str, hint: str) -> str | None:
    text = shape.text(node, what)
    if text is None or pattern.fullmatch(text):
        return text
    shape.problem("bad-value", f"{quoted(text)} is not {what}", node, f"write {hint}")
    return None


def _unique_parties(shape: Shape, parties: list[tuple[Party, Node] | None]) -> list[Party]:
    read = [(str(party[0].subject.id), party[1], party[0]) for party in parties if party is not None]
    return list(unique(shape, read, "subjects").values())


def _party(shape: Shape, node: Node) -> tuple[Party, Node] | None:
    fields = shape.mapping(node, "a subject")
    if fields is None:
        return None
    subject = subject_of(shape, fields)
    names = [_name(shape, item) for item in shape.sequence(fields.optional("names"), "`names`")]
    title = shape.texts(fields.optional("title"), "the title")
    hypothetical = shape.truth(fields.optional("hypothetical"), "`hypothetical`")
    note = shape.texts(fields.optional("note"), "the note")
    fields.done()
    if subject is None:
        return None
    known = tuple(name for name in names if name is not None)
    return Party(subject=subject, title=title, names=known, hypothetical=hypothetical, note=note), node


def _name(shape: Shape, node: Node) -> NameVariant | None:
    fields = shape.mapping(node, "a name")
    if fields is None:
        return None
    text = shape.identifier(fields.required("text"), "the name")
    script = _matching(
        shape, fields.required("script"), _SCRIPT, "a script", "an ISO 15924 code such as `Cyrl`"
    )
    language = _language(shape, fields.required("language"))
    status = shape.word(fields.required("status"), "`status`", _NameStatus)
    note = shape.texts(fields.optional("note"), "the note")
    fields.done()
    if not (text and script and language and status):
        return None
    verified = status is _NameStatus.VERIFIED
    return NameVariant(text=text, script=script, language=language, verified=verified, note=note)


def _language(shape: Shape, node: Node | None) -> str | None:
    text = shape.text(node, "the language")
    found = canonical_language(text) if text is not None else None
    if text is not None and found is None:
        shape.problem(
            "unknown-code", f"{quoted(text)} is not a language tag", node, "write a tag such as `fr`"
        )
    return found


def _questions(shape: Shape, node: Node | None) -> tuple[Question, ...]:
    found = []
    for item in shape.sequence(node, "`questions`"):
        fields = shape.mapping(item, "a question")
        if fields is None:
            continue
        as_of = fields.required("as_of")
        instant = shape.instant(as_of, "`as_of`")
        territory_node = fields.optional("territory")
        territory = shape.text(territory_node, "`territory`")
        if territory is not None and territory not in COUNTRIES:
            shape.problem(
                "unknown-code", f"{quoted(territory)} is not a country", territory_node, "write `US`"
            )
        title = shape.texts(fields.optional("title"), "the title")
        fields.done()
        if instant is not None and isinstance(as_of, Scalar):
            found.append(Question(as_of.text, territory, title))
    return tuple(found)


def read_documents(node: Node | None, log: ProblemLog) -> dict[DocumentId, Document]:
    """`documents.yaml`."""
    shape = Shape(log)
    fields = shape.mapping(node, "the documents")
    if fields is None:
        return {}
    items = shape.sequence(fields.required("documents"), "`documents`")
    fields.done()
    read = [(document, item) for item in items if (document := _document(shape, item)) is not None]
    found = unique(shape, ((str(d.id), item, d) for d, item in read), "documents")
    return {DocumentId(key): document for key, document in found.items()}


def _document(shape: Shape, node: Node) -> Document | None:
    fields = shape.mapping(node, "a document")
    if fields is None:
        return None
    document_id = shape.identifier(fields.required("id"), "the document's id")
    precision = shape.word(fields.required("precision"), "`precision`", Precision)
    status = shape.word(fields.required("status"), "`status`", Status)
    document = Document(
        id=DocumentId(document_id or ""),
        kind=shape.name(fields.required("kind"), "the kind of document") or "",
        title=shape.text(fields.required("title"), "the title") or "",
        publisher=shape.text(fields.required("publisher"), "the publisher") or "",
        language=_language(shape, fields.required("language")) or "",
        precision=precision or Precision.UNKNOWN,
        status=status or Status.UNVERIFIED,
        sources=_sources(shape, fields),
        summary=shape.texts(fields.required("summary"), "the summary"),
        published=shape.instant(fields.optional("published"), "`published`"),
        note=shape.texts(fields.optional("note"), "the note"),
    )
    if document.published is None and precision not in {None, Precision.UNKNOWN}:
        hint = "add `published:` or write `precision: unknown`"
        shape.problem("missing-key", "the document has a precision and no date", node, hint)
    fields.done()
    return document if document_id else None


def _sources(shape: Shape, fields: Fields) -> tuple[str, ...]:
    read = [shape.text(item, "a source") for item in shape.sequence(fields.required("sources"), "`sources`")]
    return tuple(item for item in read if item is not None)


def read_notice(node: Node | None, log: ProblemLog) -> Notice | None:
    """`notice.yaml`."""
    shape = Shape(log)
    fields = shape.mapping(node, "the notice")
    if fields is None:
        return None
    notice_id = shape.identifier(fields.required("notice"), "the notice's id")
    to = shape.identifier(fields.required("to"), "the addressee")
    sent = shape.mapping(fields.optional("sent"), "`sent`")
    found = Notice(
        id=notice_id or "",
        sender=shape.text(fields.required("from"), "the sender") or "",
        to=SubjectId(to or ""),
        earliest=shape.instant(sent.optional("earliest"), "`earliest`") if sent else None,
        latest=shape.instant(sent.optional("latest"), "`latest`") if sent else None,
        language=_language(shape, fields.optional("language")) or "",
        text=shape.texts(fields.required("text"), "the text"),
        signed=shape.truth(fields.required("signed"), "`signed`"),
        sources=_sources(shape, fields),
        note=shape.texts(sent.optional("note"), "the note") if sent else {},
    )
    if sent:
        sent.done()
    fields.done()
    return found if notice_id and to else None
