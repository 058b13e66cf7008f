"""The files of a case folder from their nodes, or problems.

Not the disk: finding and reading the files is in `adjudge.app.on_files`. Claims are read by `adjudge.facts`.
"""

import re
from enum import StrEnum
from typing import LiteralString

from adjudge.basis.ids import DocumentId
from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.reading.node import Node, Scalar
from adjudge.basis.reading.shape import Fields, Shape, key_named, unique
from adjudge.basis.said import Said, say
from adjudge.evidence.case import CaseFile, NameVariant, Party, PersonKind, Question
from adjudge.evidence.document import Document, Precision, Status
from adjudge.evidence.handling_reader import read_handling
from adjudge.facts.claim import Subject
from adjudge.facts.claim_reader import subject_of
from adjudge.facts.codes import COUNTRIES, canonical_language
from adjudge.facts.vocabulary import Kind


class _NameStatus(StrEnum):
    VERIFIED = "verified"
    UNVERIFIED = "unverified"


_SCRIPT = re.compile(r"[A-Z][a-z]{3}")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_HOST = re.compile(r"[^\s/:@?#\\]{1,253}")
MOST_DOMAINS = 1_000
_FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}\.ya?ml")


def read_case_file(node: Node | None, log: ProblemLog) -> CaseFile | None:
    """`case.yaml`."""
    shape = Shape(log)
    fields = shape.mapping(node, say("a case"))
    if fields is None:
        return None
    case_id = shape.identifier(fields.required("case"), say("the case's id"))
    policy = read_policy_name(shape, fields.required("policy"))
    found = CaseFile(
        id=case_id or "",
        title=shape.texts(fields.required("title"), say("the title")),
        summary=shape.texts(fields.optional("summary"), say("the summary")),
        policy=policy or "",
        parties=read_parties(shape, fields.required("subjects")),
        documents=read_file_name(shape, fields.optional("documents")) or "documents.yaml",
        claims=read_file_name(shape, fields.optional("claims")) or "claims.yaml",
        notice=read_file_name(shape, fields.optional("notice")),
        questions=_questions(shape, fields.optional("questions")),
        handling=read_handling(shape, fields.optional("handling")),
        population=_population_name(shape, fields.optional("population")),
    )
    fields.done()
    return found if case_id and policy else None


def read_policy_name(shape: Shape, node: Node | None) -> str | None:
    """The name of the policy that a folder asks."""
    what, hint = say("the name of a policy"), say("write a folder's name, no path")
    return _matching(shape, node, _FOLDER, what, hint)


def _population_name(shape: Shape, node: Node | None) -> str | None:
    """The name of the population with which the subjects are compared."""
    what, hint = say("the name of a population"), say("write a folder's name, no path")
    return _matching(shape, node, _FOLDER, what, hint)


def read_file_name(shape: Shape, node: Node | None) -> str | None:
    """A file of the folder itself: a case from outside must not name other places of the disk."""
    hint = say("write a YAML file's name such as `claims.yaml`, no path")
    return _matching(shape, node, _FILE, say("a file of this folder"), hint)


def _matching(
    shape: Shape, node: Node | None, pattern: re.Pattern[str], what: Said, hint: Said
) -> str | None:
    text = shape.text(node, what)
    if text is None or pattern.fullmatch(text):
        return text
    shape.problem("bad-value", say("{text} is not {what}", text=quoted(text), what=what), node, hint)
    return None


def read_parties(shape: Shape, node: Node | None) -> tuple[Party, ...]:
    """`subjects`, each id once."""
    parties = [_party(shape, item) for item in shape.sequence(node, key_named("subjects"))]
    read = [(str(party[0].subject.id), party[1], party[0]) for party in parties if party is not None]
    return tuple(unique(shape, read, say("subjects")).values())


def _party(shape: Shape, node: Node) -> tuple[Party, Node] | None:
    fields = shape.mapping(node, say("a subject"))
    if fields is None:
        return None
    subject = subject_of(shape, fields)
    names = [_name(shape, item) for item in shape.sequence(fields.optional("names"), key_named("names"))]
    title = shape.texts(fields.optional("title"), say("the title"))
    hypothetical = shape.truth(fields.optional("hypothetical"), key_named("hypothetical"))
    note = shape.texts(fields.optional("note"), say("the note"))
    domains = _domains(shape, fields.optional("domains"))
    creative, landing = (_digest(shape, fields, key, subject) for key in ("creative", "landing"))
    fields.done()
    if subject is None:
        return None
    known = tuple(name for name in names if name is not None)
    return Party(
        subject=subject,
        title=title,
        names=known,
        hypothetical=hypothetical,
        note=note,
        domains=domains,
        creative=creative,
        landing=landing,
    ), node


def _digest(shape: Shape, fields: Fields, key: LiteralString, subject: Subject | None) -> str:
    """A digest of what an ad is made of; only ads have one."""
    node = fields.optional(key)
    if node is not None and subject is not None and subject.kind is not Kind.AD:
        message = say("{key} is said of ads only", key=key_named(key))
        shape.problem("bad-value", message, node, say("write it with the ads of this advertiser"))
    hint = say("write `sha256:` and 64 hexadecimal digits in lower case")
    return _matching(shape, node, _DIGEST, say("a digest"), hint) or ""


def _domains(shape: Shape, node: Node | None) -> tuple[str, ...]:
    """Hosts, without what stands before and behind them in an address."""
    items = shape.sequence(node, key_named("domains"))
    if len(items) > MOST_DOMAINS:
        message = say("more than {most} domains are declared", most=MOST_DOMAINS)
        shape.problem("bad-value", message, node, say("declare those that are the advertiser's own"))
    hint = say("write the host alone, such as shop.example")
    found = (_matching(shape, item, _HOST, say("a domain"), hint) for item in items[:MOST_DOMAINS])
    return tuple(item for item in found if item is not None)


def _name(shape: Shape, node: Node) -> NameVariant | None:
    fields = shape.mapping(node, say("a name"))
    if fields is None:
        return None
    text = shape.identifier(fields.required("text"), say("the name"))
    hint = say("write an ISO 15924 code such as `Cyrl`")
    script = _matching(shape, fields.required("script"), _SCRIPT, say("a script"), hint)
    language = _language(shape, fields.required("language"))
    status = shape.word(fields.required("status"), key_named("status"), _NameStatus)
    person = shape.word(fields.optional("person"), key_named("person"), PersonKind)
    note = shape.texts(fields.optional("note"), say("the note"))
    fields.done()
    if not (text and script and language and status):
        return None
    verified = status is _NameStatus.VERIFIED
    return NameVariant(
        text=text, script=script, language=language, verified=verified, note=note, person=person
    )


def _language(shape: Shape, node: Node | None) -> str | None:
    text = shape.text(node, say("the language"))
    found = canonical_language(text) if text is not None else None
    if text is not None and found is None:
        message = say("{tag} is not a language tag", tag=quoted(text))
        shape.problem("unknown-code", message, node, say("write a tag such as `fr`"))
    return found


def _questions(shape: Shape, node: Node | None) -> tuple[Question, ...]:
    found = []
    for item in shape.sequence(node, key_named("questions")):
        fields = shape.mapping(item, say("a question"))
        if fields is None:
            continue
        as_of = fields.required("as_of")
        instant = shape.instant(as_of, key_named("as_of"))
        territory_node = fields.optional("territory")
        territory = shape.text(territory_node, key_named("territory"))
        if territory is not None and territory not in COUNTRIES:
            message = say("{code} is not a country", code=quoted(territory))
            shape.problem("unknown-code", message, territory_node, say("write `US`"))
        title = shape.texts(fields.optional("title"), say("the title"))
        fields.done()
        if instant is not None and isinstance(as_of, Scalar):
            found.append(Question(as_of.text, territory, title))
    return tuple(found)


def read_documents(node: Node | None, log: ProblemLog) -> dict[DocumentId, Document]:
    """`documents.yaml`."""
    shape = Shape(log)
    fields = shape.mapping(node, say("the documents"))
    if fields is None:
        return {}
    items = shape.sequence(fields.required("documents"), key_named("documents"))
    fields.done()
    read = [(document, item) for item in items if (document := _document(shape, item)) is not None]
    found = unique(shape, ((str(d.id), item, d) for d, item in read), say("documents"))
    return {DocumentId(key): document for key, document in found.items()}


def _document(shape: Shape, node: Node) -> Document | None:
    fields = shape.mapping(node, say("a document"))
    if fields is None:
        return None
    document_id = shape.identifier(fields.required("id"), say("the document's id"))
    precision = shape.word(fields.required("precision"), key_named("precision"), Precision)
    status = shape.word(fields.required("status"), key_named("status"), Status)
    document = Document(
        id=DocumentId(document_id or ""),
        kind=shape.name(fields.required("kind"), say("the kind of document")) or "",
        title=shape.text(fields.required("title"), say("the title")) or "",
        publisher=shape.text(fields.required("publisher"), say("the publisher")) or "",
        language=_language(shape, fields.required("language")) or "",
        precision=precision or Precision.UNKNOWN,
        status=status or Status.UNVERIFIED,
        sources=_sources(shape, fields),
        summary=shape.texts(fields.required("summary"), say("the summary")),
        published=shape.instant(fields.optional("published"), key_named("published")),
        note=shape.texts(fields.optional("note"), say("the note")),
    )
    if document.published is None and precision not in {None, Precision.UNKNOWN}:
        hint = say("add {key} or write {other}", key="`published:`", other="`precision: unknown`")
        shape.problem("missing-key", say("the document has a precision and no date"), node, hint)
    fields.done()
    return document if document_id else None


def _sources(shape: Shape, fields: Fields) -> tuple[str, ...]:
    read = [
        shape.text(item, say("a source"))
        for item in shape.sequence(fields.required("sources"), key_named("sources"))
    ]
    return tuple(item for item in read if item is not None)
