"""What folders of cases and of populations have in common: how they find what they name, and files within them.

Not the folders themselves: those are in `adjudge.app.on_files` and `adjudge.app.population_files`.
"""

from pathlib import Path

from adjudge.app.files import read_yaml_file
from adjudge.basis.ids import DocumentId
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.node import Node
from adjudge.basis.reading.shape import Shape, key_named
from adjudge.basis.said import say
from adjudge.evidence.document import Document
from adjudge.facts.claim import Claim
from adjudge.facts.claim_reader import ClaimReader
from adjudge.facts.vocabulary import Vocabulary

VOCABULARY = "vocabulary.yaml"
POPULATION = "population.yaml"


def find_policy(folder: Path, name: str, policies: Path | None) -> Path | None:
    """The folder of a policy: below `policies` if given, else in the nearest `policies` folder going up."""
    if policies is not None:
        return policies / name if (policies / name / VOCABULARY).is_file() else None
    return _nearest(folder, Path("policies") / name, VOCABULARY)


def find_population(folder: Path, name: str) -> Path | None:
    """The folder of a population: in the nearest `populations` folder going up."""
    return _nearest(folder, Path("populations") / name, POPULATION)


def _nearest(folder: Path, name: Path, file: str) -> Path | None:
    start = folder.resolve()
    for place in (start, *start.parents):
        if (place / name / file).is_file():
            return _as_given(place / name)
    return None


def _as_given(path: Path) -> Path:
    """Relative to where we stand, where that is shorter to read."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def read_within(folder: Path, name: str, log: ProblemLog) -> Node | None:
    """A file of the folder. A link that leads out of it is refused: a case from outside must not show other files."""
    path = folder / name
    if path.resolve().is_relative_to(folder.resolve()):
        return read_yaml_file(path, log)
    message = say("this leads out of the case's folder")
    log.add("unreadable-file", message, where=str(path), hint=say("put the file itself there"))
    return None


def read_claims(
    node: Node | None, vocabulary: Vocabulary, documents: dict[DocumentId, Document], log: ProblemLog
) -> tuple[Claim, ...]:
    """`claims.yaml`, each claim on one of the documents."""
    shape = Shape(log)
    fields = shape.mapping(node, say("the claims"))
    if fields is None:
        return ()
    items = shape.sequence(fields.required("claims"), key_named("claims"))
    fields.done()
    reader = ClaimReader(vocabulary, log, frozenset(map(str, documents)))
    return tuple(reader.read_all(items))
