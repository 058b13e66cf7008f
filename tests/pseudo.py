"""A language that no one speaks: every sentence of ours in it stands in ⟦ ⟧, so that a test sees what was left out."""

import gettext
import re
from collections.abc import Iterable

from babel import Locale

from adjudge.tongues.tongue import Tongue

_FIELD = re.compile(r"(\{[^{}]*\})")
_SAID = re.compile(r"⟦[^⟦⟧]*⟧")
_WORD = re.compile(r"[^\W\d_]{2,}")


class _Catalogue(gettext.NullTranslations):
    """Wraps what stands between the fields of each template."""

    def gettext(self, message: str) -> str:
        return _wrapped(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _wrapped(msgid1 if n == 1 else msgid2)


def _wrapped(template: str) -> str:
    pieces = _FIELD.split(template)
    return "".join(
        piece if _FIELD.fullmatch(piece) or not piece.strip() else f"⟦{piece}⟧" for piece in pieces
    )


def pseudo() -> Tongue:
    """The tongue. Its dates, numbers and countries are those of English."""
    return Tongue("en", _Catalogue(), Locale.parse("en_GB"))


def left_out(text: str, known: Iterable[str]) -> list[str]:
    """Words of two or more letters that were not said and are not known."""
    known = set(known)
    return [word for word in _WORD.findall(_SAID.sub(" ", text)) if word not in known]
