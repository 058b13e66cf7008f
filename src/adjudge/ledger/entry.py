"""One thing that was said or done, in canonical bytes: what the log is made of.

Not a place for personal data: that stands in sealed parts (`adjudge.ledger.part`), of which an entry holds only the
digests, so that a part can be expunged and the entry, with all that is hashed over it, stays.
"""

import re
from dataclasses import dataclass, field

from adjudge.basis.digest import Digest, Json, canonical_bytes
from adjudge.basis.instant import Instant
from adjudge.basis.reading.canonical import read_canonical
from adjudge.basis.said import say
from adjudge.errors import BugError
from adjudge.ledger.fields import (
    LONGEST_WRITTEN,
    instant,
    is_digest,
    is_name,
    list_of_texts,
    texts_of,
    whole_number,
)
from adjudge.ledger.flaw import Finding, Flaw, wrong_shape

FORMAT = "adjudge-entry/1"
_KIND = re.compile(r"[a-z][a-z0-9_-]{0,49}:[a-z][a-z0-9_-]{0,49}", re.ASCII)
_KEYS = {"actor", "at", "body", "format", "kind", "private", "seq", "subject"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`seq` counts from 0 and is the entry's place in the tree; `kind` is `subject:act` in the past tense.

    `private` holds the digests of the sealed parts that belong to it, each once; `body` may say what each is.
    """

    seq: int
    at: Instant
    actor: str
    kind: str
    subject: str
    body: dict[str, Json] = field(default_factory=dict)
    private: tuple[Digest, ...] = ()

    @property
    def form(self) -> dict[str, Json]:
        """The tree that is hashed."""
        return {
            "actor": self.actor,
            "at": str(self.at),
            "body": self.body,
            "format": FORMAT,
            "kind": self.kind,
            "private": [*self.private],
            "seq": str(self.seq),
            "subject": self.subject,
        }


def entry_bytes(entry: Entry) -> bytes:
    """The canonical bytes, of which the leaf's hash is taken. Raises BugError for what cannot be read back."""
    try:
        content = canonical_bytes(entry.form)
    except ValueError:
        content = b""  # half of a surrogate pair has no bytes
    if len(content) > LONGEST_WRITTEN or not isinstance(read_entry(content), Entry):
        raise BugError(say("an entry of kind {kind} cannot be written to the log", kind=entry.kind))
    return content


def read_entry(content: bytes) -> Entry | Finding:
    """An entry from its canonical bytes."""
    tree = read_canonical(content)
    return entry_of(tree) if tree is not None else NOT_CANONICAL


def entry_of(tree: dict[str, Json]) -> Entry | Finding:
    """An entry from its tree."""
    texts = texts_of(tree, "actor", "at", "kind", "seq", "subject")
    body, private = tree.get("body"), list_of_texts(tree.get("private"))
    if tree.keys() != _KEYS or tree["format"] != FORMAT or texts is None or private is None:
        return _NO_ENTRY
    actor, at, kind, seq, subject = texts
    when, number = instant(at), whole_number(seq)
    if when is None or number is None or not isinstance(body, dict):
        return _NO_ENTRY
    if not (_KIND.fullmatch(kind) and is_name(actor) and is_name(subject) and _are_digests(private)):
        return _NO_ENTRY
    digests = tuple(map(Digest, private))
    return Entry(seq=number, at=when, actor=actor, kind=kind, subject=subject, body=body, private=digests)


def _are_digests(texts: tuple[str, ...]) -> bool:
    return len(set(texts)) == len(texts) and all(map(is_digest, texts))


NOT_CANONICAL = Finding(
    flaw=Flaw.NOT_CANONICAL, message=say("this is not the canonical form of a JSON object")
)
_NO_ENTRY = wrong_shape(say("this is not an entry as the format of entries asks for it"))
