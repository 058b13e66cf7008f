"""Whether what is asked for can be invented at all: said before anything is written."""

from adjudge.basis.instant import parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import say
from adjudge.facts.vocabulary import Kind
from adjudge.synthetic.model import Wanted
from adjudge.synthetic.pool import facts_of

_EARLIEST, _LATEST = "1900-01-01", "2200-01-01"


def check(wanted: Wanted, log: ProblemLog) -> None:
    """Report what stands against it."""
    first, last = parse_instant(_EARLIEST), parse_instant(_LATEST)
    if first is None or last is None or not first <= wanted.known_at <= last:
        message = say("documents and claims lie years about the known time, which calendars must hold")
        hint = say("name a day from {first} to {last}", first=_EARLIEST, last=_LATEST)
        log.add("bad-value", message, where="--known-at", hint=hint)
        return
    if wanted.package is not None and wanted.package.published_at >= wanted.known_at:
        message = say(
            "the package is published at {at}, and not before all is known",
            at=str(wanted.package.published_at),
        )
        log.add("bad-value", message, where="--known-at", hint=say("name a later time"))
    kinds = {Kind.ADVERTISER: True, Kind.AD: wanted.ads > 0}
    if wanted.claims and not any(facts_of(wanted, kind) for kind, there in kinds.items() if there):
        message = say("the vocabulary declares no fact of which the subjects can be claimed to have a value")
        hint = say("ask for `--claims 0`, for more subjects, or declare a fact")
        log.add("unknown-fact", message, where=wanted.vocabulary.name, hint=hint)
