"""The glossary in a language: what each word means, by its key; facts by what a policy says of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from adjudge.answers.words import document_kind_text, weight_text
from adjudge.basis.ids import FactName
from adjudge.desk.words.meanings import CHANGERS, SECTIONS, TYPES, Section
from adjudge.facts.type import CodeType, ListType, RecordType, Simple, Type
from adjudge.facts.vocabulary import Fact, Vocabulary
from adjudge.tongues.tongue import Tongue

FACT = "fact"
"""How keys of facts begin."""
_SECTIONS: Mapping[str, Section] = {section.name: section for section in SECTIONS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A word with what it means. `is_code` is whether the word is a name that policies use."""

    key: str
    word: str
    texts: tuple[str, ...]
    is_code: bool = False


@dataclass(slots=True)
class Glossary:
    """What pages explain words with. One is made for each page: a word explains itself where it first stands there."""

    tongue: Tongue
    _said: set[str] = field(default_factory=set)

    def meaning(self, key: str) -> Explained | None:
        """What a word means; None for one that is not in the glossary."""
        section, _, name = key.partition(".")
        found = _SECTIONS[section].meanings.get(name) if section in _SECTIONS else None
        if found is None:
            return None
        texts = tuple(self.tongue.of(text) for text in found.texts)
        return Explained(key=key, word=self.tongue.of(found.word), texts=texts)

    def of_fact(self, vocabulary: Vocabulary | None, name: str) -> Explained | None:
        """What a fact is; None where the vocabulary does not have it."""
        fact = vocabulary.facts.get(FactName(name)) if vocabulary is not None else None
        return self.explained(fact) if fact is not None else None

    def explained(self, fact: Fact) -> Explained:
        """A fact: how it is observed, what its values are, what proves it, who can change it."""
        name = str(fact.full_name)
        return Explained(key=f"{FACT}.{name}", word=name, texts=tuple(self._about(fact)), is_code=True)

    def is_first(self, key: str) -> bool:
        """Whether a word is explained on this page for the first time; from then on it is not."""
        is_new = key not in self._said
        self._said.add(key)
        return is_new

    def _about(self, fact: Fact) -> Iterable[str]:
        tongue = self.tongue
        yield tongue.text(fact.definition)
        kind = type_text(fact.type, tongue)
        yield (
            tongue("It can have several values, each {type}.", type=kind)
            if fact.many
            else tongue("Its value is {type}.", type=kind)
        )
        if fact.proof:
            proofs = [
                tongue(
                    "{document} (at most {weight})",
                    document=document_kind_text(proof.document, tongue),
                    weight=weight_text(proof.weight, tongue),
                )
                for proof in fact.proof
            ]
            yield tongue("It can be shown by: {proofs}.", proofs=tongue.listed(proofs))
        yield tongue.of(CHANGERS[fact.changeable_by])
        if fact.protected:
            yield tongue("It is protected: only law can make a prohibition turn on it.")
        if fact.complete:
            yield tongue("The platform's own record of it is complete, so that silence means no.")


def type_text(kind: Type, tongue: Tongue) -> str:
    """A type in words."""
    match kind:
        case Simple():
            return tongue.of(TYPES[kind])
        case CodeType():
            return tongue("a code of the tree {name}", name=kind.taxonomy)
        case RecordType():
            fields = [
                tongue("{field}: {type}", field=name, type=type_text(inner, tongue))
                for name, inner in kind.fields
            ]
            return tongue("a record ({fields})", fields=tongue.parted(fields))
        case ListType():
            return str(kind)
