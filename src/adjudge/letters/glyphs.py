"""Which characters a PDF can show on this machine, and what stands for one that it cannot.

PDF/UA refuses a text with a character that no font has; a notice is made all the same, whatever somebody is called.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import typst

_LONGEST_RUN = 40
_MAY_BREAK = "\N{ZERO WIDTH SPACE}"
_PROBE = b'#set document(title: sys.inputs.sign)\n#set text(font: "Libertinus Serif")\n#sys.inputs.sign'


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """The fonts of the machine, after those that the library brings along."""
    return typst.Fonts()


@lru_cache(maxsize=65_536)
def is_shown(sign: str) -> bool:
    """Whether some font has a character. A mark is asked for on a letter, where it stands."""
    asked = f"a{sign}" if unicodedata.category(sign).startswith("M") else sign
    try:
        typst.compile(
            _PROBE,
            format="pdf",
            font_paths=fonts(),
            sys_inputs={"sign": asked},
            pdf_standards="ua-1",
            timestamp=0,
        )
    except typst.TypstError:
        return False
    return True


def lacking(texts: Iterable[str]) -> frozenset[str]:
    """The characters of some texts that no font has."""
    return frozenset(sign for sign in set().union(*texts) if not sign.isascii() and not is_shown(sign))


def spelled(text: str, missing: frozenset[str]) -> str:
    """A text in which the code point stands for each character that cannot be shown: `[U+4F60]`."""
    return "".join(f"[U+{ord(sign):04X}]" if sign in missing else sign for sign in text)


def breakable(text: str) -> str:
    """A text whose endless words may be broken, so that none runs off the sheet."""
    return " ".join(_broken(word) if len(word) > _LONGEST_RUN else word for word in text.split(" "))


def _broken(word: str) -> str:
    return _MAY_BREAK.join(word[at : at + _LONGEST_RUN] for at in range(0, len(word), _LONGEST_RUN))
