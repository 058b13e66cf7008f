"""The files of a population folder from their nodes, or problems.

Not the disk: finding and reading the files is in `adjudge.app.populations`. Documents and claims are those of a case.
"""

from collections.abc import Collection

from adjudge.basis.ids import DocumentId, SubjectId
from adjudge.basis.instant import FIRST, Instant
from adjudge.basis.problem import ProblemLog, did_you_mean, quoted
from adjudge.basis.reading.node import Mapping, Node, Sequence
from adjudge.basis.reading.shape import Fields, Shape, key_named, unique
from adjudge.basis.said import say
from adjudge.evidence.case_reader import read_file_name, read_parties, read_policy_name
from adjudge.evidence.document import Precision
from adjudge.language.package import MeasureKind
from adjudge.population.dimension_reader import read_dimensions
from adjudge.population.model import Decided, DecisionStatus, PopulationFile, Standing


def read_population_file(node: Node | None, log: ProblemLog) -> PopulationFile | None:
    """`population.yaml`."""
    shape = Shape(log)
    fields = shape.mapping(node, say("a population"))
    if fields is None:
        return None
    population_id = shape.identifier(fields.required("population"), say("the population's id"))
    policy = read_policy_name(shape, fields.required("policy"))
    as_of = shape.instant(fields.required("as_of"), key_named("as_of"))
    subjects = fields.required("subjects")
    found = PopulationFile(
        id=population_id or "",
        title=shape.texts(fields.required("title"), say("the title")),
        summary=shape.texts(fields.optional("summary"), say("the summary")),
        policy=policy or "",
        as_of=as_of or FIRST,
        parties=read_parties(shape, subjects),
        dimensions=read_dimensions(shape, fields.optional("dimensions")),
        documents=read_file_name(shape, fields.optional("documents")) or "documents.yaml",
        claims=read_file_name(shape, fields.optional("claims")) or "claims.yaml",
        decisions=read_file_name(shape, fields.optional("decisions")) or "decisions.yaml",
    )
    if isinstance(subjects, Sequence) and not subjects.items:
        message = say("the population holds no subject")
        shape.problem("empty-population", message, subjects, say("name its subjects"))
    fields.done()
    return found if population_id and policy and as_of else None


def read_decisions(
    node: Node | None, subjects: Collection[str], documents: Collection[str], log: ProblemLog
) -> dict[SubjectId, Decided]:
    """`decisions.yaml`; what is recorded of anybody but the subjects is a problem."""
    shape = Shape(log)
    fields = shape.mapping(node, say("the decisions"))
    if fields is None:
        return {}
    items = shape.sequence(fields.required("decisions"), key_named("decisions"))
    fields.done()
    read = [
        (str(found.subject), item, found)
        for item in items
        if (found := _decided(shape, item, subjects, documents)) is not None
    ]
    return {SubjectId(key): found for key, found in unique(shape, read, say("decisions")).items()}


def _decided(
    shape: Shape, node: Node, subjects: Collection[str], documents: Collection[str]
) -> Decided | None:
    fields = shape.mapping(node, say("a decision"))
    if fields is None:
        return None
    subject = _subject(shape, fields.required("subject"), subjects)
    measures = _measures(shape, fields.required("measures"))
    since = shape.instant(fields.optional("since"), key_named("since"))
    precision = shape.word(fields.optional("precision"), key_named("precision"), Precision)
    standing, until = _standing(shape, fields, since)
    document = _document(shape, fields, documents)
    status = shape.word(fields.required("status"), key_named("status"), DecisionStatus)
    note = shape.texts(fields.optional("note"), say("the note"))
    fields.done()
    if subject is None or status is None:
        return None
    return Decided(
        subject=SubjectId(subject),
        measures=measures,
        status=status,
        since=since,
        precision=precision or Precision.DAY,
        standing=standing,
        until=until,
        document=document,
        note=note,
    )


def _standing(shape: Shape, fields: Fields, since: Instant | None) -> tuple[Standing, Instant | None]:
    """Whether it is known to stand, and when it ended. Of what has ended it is known that it does not stand."""
    node = fields.optional("until")
    standing = shape.word(fields.optional("standing"), key_named("standing"), Standing)
    until = shape.instant(node, key_named("until"))
    if until is not None and since is not None and until <= since:
        message = say("the decision is over before it begins")
        shape.problem("reversed-interval", message, node, say("write a day after `since`"))
    if until is not None and standing is Standing.UNKNOWN:
        message = say("whether it still stands cannot be unknown where it is known when it ended")
        shape.problem("bad-value", message, node, say("remove `standing` or `until`"))
    return standing or Standing.IN_FORCE, until


def _subject(shape: Shape, node: Node | None, subjects: Collection[str]) -> str | None:
    subject = shape.identifier(node, say("the subject"))
    if subject is None or subject in subjects:
        return subject
    hint = did_you_mean(subject, sorted(subjects)) or say("add it to the subjects of the population")
    message = say("the population holds no subject {subject}", subject=quoted(subject))
    shape.problem("unknown-subject", message, node, hint)
    return None


def _measures(shape: Shape, node: Node | None) -> tuple[MeasureKind, ...]:
    """The kinds, each once, in rising severity."""
    items = shape.sequence(node, key_named("measures"))
    kinds = {shape.word(item, key_named("measures"), MeasureKind) for item in items}
    return tuple(kind for kind in MeasureKind if kind in kinds)


def _document(shape: Shape, fields: Fields, documents: Collection[str]) -> DocumentId | None:
    node = fields.required("document")
    document = shape.identifier(node, key_named("document"))
    if document is None or document in documents:
        return DocumentId(document) if document else None
    hint = did_you_mean(document, sorted(documents)) or say("add it to the documents of the population")
    message = say("the population holds no document {document}", document=quoted(document))
    shape.problem("unknown-document", message, node, hint)
    return None


def place_of_dimension(node: Node | None, name: str) -> Node | None:
    """Where a dimension stands in `population.yaml`, for a problem with its fact."""
    dimensions = node.items.get("dimensions") if isinstance(node, Mapping) else None
    return dimensions.items.get(name) if isinstance(dimensions, Mapping) else None
