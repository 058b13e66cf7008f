"""The form by which a claim is made: what was typed, the fields that its fact has, what is wrong in each.

Not the act: the procedures read what comes out of it anew, and refuse what cannot be taken in.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from adjudge.basis.ids import FactName
from adjudge.basis.instant import parse_date, parse_instant
from adjudge.basis.problem import did_you_mean
from adjudge.basis.reading.json_text import Plain
from adjudge.basis.said import say
from adjudge.desk.frame.acting import LONGEST_KEPT
from adjudge.desk.frame.visit import Visit
from adjudge.errors import Finding, RefusedError
from adjudge.evidence.passages import LONGEST
from adjudge.evidence.proposed import Proposed, proposed_weight
from adjudge.facts.claim import Stance
from adjudge.facts.typed import Leaf, leaves, plain_of, wrong
from adjudge.facts.vocabulary import Fact
from adjudge.institution.reading.document import DocumentReading
from adjudge.tongues.tongue import Tongue

TEXTS = ("weight_reason", "note")
DATES = ("holds_from", "holds_to")
_WEIGHTS = tuple("12345")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimForm:
    """A form as it stands. `errors` says by field what is wrong; `fact` is None while none is chosen."""

    typed: Mapping[str, str]
    fact: Fact | None
    leaves: Sequence[Leaf]
    proposed: Proposed | None
    errors: Mapping[str, Finding]

    def value(self, name: str, otherwise: str = "") -> str:
        """What stands in a field."""
        return self.typed.get(name, otherwise)

    @property
    def weight(self) -> str:
        """The weight that is chosen, else the one that is proposed."""
        return self.typed.get("weight") or (str(self.proposed.weight) if self.proposed is not None else "")


def asked_for(visit: Visit, reading: DocumentReading) -> ClaimForm:
    """The form as an address asks for it: `?fact=` chooses one."""
    return _form(reading, {name: visit.asked(name) for name in ("fact", "place") if visit.asked(name)})


def sent(visit: Visit, reading: DocumentReading) -> ClaimForm:
    """The form as it was sent."""
    return _form(reading, {name: visit.sent(name)[:LONGEST_KEPT] for name in visit.request.POST})


def _form(reading: DocumentReading, typed: Mapping[str, str]) -> ClaimForm:
    vocabulary = reading.vocabulary
    fact = vocabulary.facts.get(FactName(typed.get("fact", "").strip()))
    content = reading.row.content
    return ClaimForm(
        typed=typed,
        fact=fact,
        leaves=tuple(leaves(fact.type, vocabulary.taxonomies)) if fact is not None else (),
        proposed=(
            proposed_weight(fact, str(content.get("kind")), str(content.get("status")))
            if fact is not None
            else None
        ),
        errors=dict(_wrong(reading, typed, fact))
        if typed.get("do") in {"try", "record"}
        else _fact_only(reading, typed),
    )


def _fact_only(reading: DocumentReading, typed: Mapping[str, str]) -> dict[str, Finding]:
    """While a fact is being chosen, only that there is one of this name."""
    name = typed.get("fact", "").strip()
    found = _wrong_fact(reading, name) if name else None
    return {"fact": found} if found is not None else {}


def _wrong_fact(reading: DocumentReading, name: str) -> Finding | None:
    facts = reading.vocabulary.facts
    if name in facts:
        return None
    if not name:
        return Finding("missing-key", say("no fact is chosen"), say("name a fact of the vocabulary"))
    hint = did_you_mean(name, [str(key) for key in facts]) or say("name a fact of the vocabulary")
    return Finding("unknown-fact", say("the vocabulary has no fact of this name"), hint)


def _wrong(
    reading: DocumentReading, typed: Mapping[str, str], fact: Fact | None
) -> Iterator[tuple[str, Finding]]:
    """What is wrong, field by field, in the order of the form."""
    if len(typed.get("place", "")) > LONGEST:
        message = say("the passage has more than {most} characters", most=LONGEST)
        yield "place", Finding("too-much", message, say("quote the words that matter"))
    unknown = _wrong_fact(reading, typed.get("fact", "").strip())
    if unknown is not None:
        yield "fact", unknown
    if fact is None:
        return
    if not typed.get("subject", "").strip():
        yield "subject", Finding("missing-key", say("nobody is named"), say("say whom or what it is about"))
    if not typed.get("none"):
        yield from wrong(fact.type, typed, reading.vocabulary.taxonomies).items()
    yield from _wrong_weight(reading, typed, fact)
    if not typed.get("origin", "").strip():
        hint = say("name the source from which it comes, such as the author of a letter")
        yield "origin", Finding("missing-key", say("no origin is named"), hint)
    for name in DATES:
        text = typed.get(name, "").strip()
        if text and parse_date(text) is None and parse_instant(text) is None:
            yield name, Finding("bad-value", say("this is no day"), say("write it as 2026-12-24"))


def _wrong_weight(
    reading: DocumentReading, typed: Mapping[str, str], fact: Fact
) -> Iterator[tuple[str, Finding]]:
    """A weight is confirmed by a person; one that is not what is proposed needs a reason."""
    content = reading.row.content
    proposed = proposed_weight(fact, str(content.get("kind")), str(content.get("status"))).weight
    chosen = typed.get("weight", "")
    if chosen not in _WEIGHTS:
        yield "weight", Finding("bad-weight", say("no weight is chosen"), say("choose one from 1 to 5"))
    elif int(chosen) != proposed and not typed.get("weight_reason", "").strip():
        message = say("the weight is not the one proposed, and nothing says why")
        yield "weight_reason", Finding("missing-text", message, say("say what the source carries, and why"))


def content_of(form: ClaimForm, reading: DocumentReading, tongue: Tongue) -> dict[str, Plain]:
    """The claim in the words of a claims file. Raises RefusedError with all that is wrong in the fields."""
    fact = form.fact
    if form.errors or fact is None:
        raise RefusedError(say("look at the fields that are marked"), findings=tuple(form.errors.values()))
    stance = Stance.DENIES if form.value("stance") == Stance.DENIES else Stance.ASSERTS
    texts = {name: form.value(name).strip() for name in TEXTS}
    if not texts["weight_reason"] and form.proposed is not None:
        texts["weight_reason"] = tongue.of(form.proposed.why)
    value: dict[str, Plain] = (
        {"none": True} if form.value("none") else {"value": plain_of(fact.type, form.typed)}
    )
    return {
        "subject": form.value("subject").strip(),
        "fact": str(fact.full_name),
        **value,
        "stance": stance.value,
        "weight": int(form.weight),
        "origin": form.value("origin").strip(),
        "document": reading.row.id,
        **_written(form, ("place", *DATES)),
        **{name: {tongue.code: text} for name, text in texts.items() if text},
    }


def _written(form: ClaimForm, names: Iterable[str]) -> dict[str, Plain]:
    return {name: form.value(name).strip() for name in names if form.value(name).strip()}
