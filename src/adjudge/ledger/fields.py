"""The fields of an object that was read from canonical bytes: texts, texts in a list, whole numbers, hashes, instants.

Not `adjudge.basis.reading.shape`, which helps a person to mend what they wrote: what is wrong here was not mistyped.
"""

import base64
import re
from collections.abc import Mapping

from adjudge.basis.digest import Json
from adjudge.basis.instant import Instant, parse_timestamp

LONGEST_NAME = 500
LONGEST_WRITTEN = 2 * 1024 * 1024
"""Bytes of an entry or a part: what is written must fit on a line of an exported log, and together into a receipt."""
_WHOLE = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)


def texts_of(tree: Mapping[str, Json], *keys: str) -> list[str] | None:
    """The texts under the keys; None where one is no text."""
    found = [tree.get(key) for key in keys]
    texts = [item for item in found if isinstance(item, str)]
    return texts if len(texts) == len(keys) else None


def list_of_texts(tree: Json) -> tuple[str, ...] | None:
    """A list that holds texts only."""
    if not isinstance(tree, list):
        return None
    texts = tuple(item for item in tree if isinstance(item, str))
    return texts if len(texts) == len(tree) else None


def whole_number(text: str) -> int | None:
    """A number from 0 up without leading zeros, in at most 18 digits."""
    return int(text) if _WHOLE.fullmatch(text) else None


def instant(text: str) -> Instant | None:
    """An instant in the one form in which we write it."""
    found = parse_timestamp(text)
    return found if found is not None and str(found) == text else None


def is_digest(text: str) -> bool:
    """Whether it is `sha256:` and 64 small hexadecimal digits."""
    return _DIGEST.fullmatch(text) is not None


def is_name(text: str) -> bool:
    """Whether it may name an actor or a subject: not empty, not endless, on one line."""
    return 0 < len(text) <= LONGEST_NAME and text.isprintable()


def base64_bytes(text: str, length: int) -> bytes | None:
    """Standard base64 of that many bytes; bits that stand for none are zero, or two texts would say the same."""
    try:
        content = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return content if len(content) == length and base64_text(content) == text else None


def base64_text(content: bytes) -> str:
    """Bytes as standard base64."""
    return base64.b64encode(content).decode()
