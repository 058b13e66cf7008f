"""The parts that the JSON forms of answers about populations share: question, package, decisions, classes."""

from adjudge.answers.answer import Asked
from adjudge.basis.digest import Digest
from adjudge.facts.value import decimal_text, exchange_value
from adjudge.language.package import Package
from adjudge.outcome import RuleOutcome
from adjudge.population.model import Decided, Population
from adjudge.population.place import Band, Cell

JsonTree = dict[str, object]


def head_form(population: Population, package: Package, digest: Digest, asked: Asked) -> JsonTree:
    """What was asked of what."""
    file = population.file
    return {
        "population": {"id": file.id, "policy": file.policy, "as_of": str(file.as_of)},
        "package": {
            "id": package.id,
            "version": package.version,
            "published_at": str(package.published_at),
            "vocabulary": package.vocabulary.name,
            "digest": digest,
        },
        "valid_at": str(asked.valid_at),
        "known_at": str(asked.known_at),
        "territory": asked.territory,
    }


def decision_form(decided: Decided | None) -> JsonTree | None:
    """What was decided; null where no decision is known."""
    if decided is None:
        return None
    return {
        "measures": [kind.value for kind in decided.measures],
        "since": None if decided.since is None else str(decided.since),
        "precision": decided.precision.value,
        "standing": decided.standing.value,
        "until": None if decided.until is None else str(decided.until),
        "document": decided.document,
        "status": decided.status.value,
    }


def cell_form(cell: Cell) -> JsonTree:
    """A class: its value, its band, or only that too little is known."""
    match cell.content:
        case None:
            return {"state": cell.state.value}
        case Band(least, below, currency):
            return {
                "state": cell.state.value,
                "band": {
                    "from": None if least is None else decimal_text(least),
                    "below": None if below is None else decimal_text(below),
                    "currency": currency or None,
                },
            }
        case value:
            return {"state": cell.state.value, "value": exchange_value(value)}


def verdict_form(outcome: RuleOutcome) -> JsonTree:
    """The verdict, the pair of `when`, and those of the exceptions."""
    return {
        "verdict": outcome.verdict.value,
        "for": outcome.pair.for_,
        "against": outcome.pair.against,
        "unless": [{"id": name, "for": pair.for_, "against": pair.against} for name, pair in outcome.unless],
    }
