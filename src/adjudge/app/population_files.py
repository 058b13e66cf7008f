"""Populations on disk. Such a folder holds `population.yaml` with its documents, claims and decisions, as a case does.

Not the questions that can be asked of one: those are in `adjudge.app.populations`.
"""

from pathlib import Path

from adjudge.app.files import read_yaml_file, report_unreadable
from adjudge.app.folders import POPULATION, VOCABULARY, find_policy, read_claims, read_within
from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.reading.node import Mapping, Node
from adjudge.basis.reading.shape import Shape
from adjudge.basis.said import say
from adjudge.evidence.case_reader import read_documents
from adjudge.facts.claim import Claim
from adjudge.facts.claim_reader import check_kinds
from adjudge.facts.vocabulary import NO_VOCABULARY, Vocabulary
from adjudge.facts.vocabulary_reader import read_vocabulary
from adjudge.population.dimension_reader import check_dimension
from adjudge.population.model import Population, PopulationFile
from adjudge.population.reader import place_of_dimension, read_decisions, read_population_file


def load_population(
    folder: Path, log: ProblemLog, policies: Path | None = None, vocabulary: Vocabulary | None = None
) -> Population | None:
    """A population folder, its claims read against a vocabulary (default: that of its policy); None with problems."""
    try:
        return _load(folder, log, policies, vocabulary)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        report_unreadable(error, folder, log)
        return None


def _load(
    folder: Path, log: ProblemLog, policies: Path | None, given: Vocabulary | None
) -> Population | None:
    if not (folder / POPULATION).is_file():
        message = (
            say("the folder holds no {file}", file=f"`{POPULATION}`")
            if folder.is_dir()
            else say("there is no folder of this name")
        )
        hint = say("name a folder with a {file}", file=f"`{POPULATION}`")
        log.add("not-a-population", message, where=str(folder), hint=hint)
        return None
    node = read_within(folder, POPULATION, log)
    file = read_population_file(node, log) if node is not None else None
    if file is None or node is None:
        return None
    own = _vocabulary(folder, file, policies, node, log)
    _check_same(own, given, node, log)
    found = _population(folder, file, given or own, node, log)
    return None if log.refuses else found


def _vocabulary(
    folder: Path, file: PopulationFile, policies: Path | None, node: Node, log: ProblemLog
) -> Vocabulary | None:
    """The vocabulary of the policy that the population names."""
    found = find_policy(folder, file.policy, policies)
    if found is not None:
        tree = read_yaml_file(found / VOCABULARY, log)
        return read_vocabulary(tree, log) if tree is not None else None
    hint = say(
        "put it in {folder} beside or above the population, or name the folder with `--policies`",
        folder=f"`policies/{file.policy}`",
    )
    message = say("no policy {policy} was found", policy=quoted(file.policy))
    Shape(log).problem("unknown-package", message, _key(node, "policy"), hint)
    return None


def _check_same(own: Vocabulary | None, given: Vocabulary | None, node: Node, log: ProblemLog) -> None:
    if own is None or given is None or own.name == given.name:
        return
    message = say(
        "the population speaks the vocabulary {own}, but the package speaks {other}",
        own=quoted(own.name),
        other=quoted(given.name),
    )
    hint = say("ask a package of the policy that the population names")
    Shape(log).problem("vocabulary-mismatch", message, _key(node, "policy"), hint)


def _key(node: Node, name: str) -> Node | None:
    return node.items.get(name) if isinstance(node, Mapping) else None


def _population(
    folder: Path, file: PopulationFile, vocabulary: Vocabulary | None, node: Node, log: ProblemLog
) -> Population:
    """Without a vocabulary the other files are read all the same, for their problems."""
    subjects = tuple(party.subject for party in file.parties)
    documents = read_documents(read_within(folder, file.documents, log), log)
    claims: tuple[Claim, ...] = ()
    if vocabulary is not None:
        for dimension in file.dimensions:
            check_dimension(dimension, subjects, vocabulary, place_of_dimension(node, dimension.name), log)
        claims = read_claims(read_within(folder, file.claims, log), vocabulary, documents, log)
        check_kinds(subjects, claims, log)
    names = {str(subject.id) for subject in subjects}
    decisions = read_decisions(read_within(folder, file.decisions, log), names, set(documents), log)
    return Population(
        file=file,
        vocabulary=vocabulary or NO_VOCABULARY,
        documents=documents,
        claims=claims,
        decisions=decisions,
    )
