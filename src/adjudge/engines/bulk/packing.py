"""Masks of a rule to its verdict, verdicts to words of three bits each, and back."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from adjudge.basis.mask import WORDS, pair_of_mask
from adjudge.basis.weight import outweighs
from adjudge.language.package import Rule
from adjudge.outcome import Verdict

VERDICTS = (
    Verdict.UNKNOWN,
    Verdict.REFUTED,
    Verdict.UNPROVEN,
    Verdict.CONTESTED,
    Verdict.EXCEPTED,
    Verdict.MET,
)
"""A verdict's number is its place here."""
UNPROVEN, CONTESTED, EXCEPTED, MET = (
    VERDICTS.index(verdict)
    for verdict in (Verdict.UNPROVEN, Verdict.CONTESTED, Verdict.EXCEPTED, Verdict.MET)
)
NOT_ASKED = 7
"""In a word: the rule is about another kind of subject."""

BITS = 3
A_WORD = 20
"""Verdicts in one word of 64 bits."""
_A_SHORT = 5
"""Verdicts that are put together in 16 bits first, which takes a quarter of the work of 64."""

Bytes = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint64]

_PAIRS = tuple(map(pair_of_mask, range(WORDS)))
_NO_LIFT, _DISPUTED, _LIFTED = range(3)


def verdict_table(standard: int) -> Bytes:
    """The verdict for every mask of a `when`, exceptions aside. LANGUAGE.md 4.2."""
    found = np.zeros(WORDS, np.uint8)
    for mask, (for_, against) in enumerate(_PAIRS):
        if not for_ and not against:
            verdict = Verdict.UNKNOWN
        elif for_ < standard:
            verdict = Verdict.UNPROVEN if for_ > against else Verdict.REFUTED
        else:
            verdict = Verdict.CONTESTED if against >= for_ else Verdict.MET
        found[mask] = VERDICTS.index(verdict)
    return found


def lift_table(standard: int) -> Bytes:
    """What an exception with this mask does to a rule that is met: nothing, dispute it, or lift it."""
    found = np.full(WORDS, _NO_LIFT, np.uint8)
    for mask, pair in enumerate(_PAIRS):
        if outweighs(pair, standard):
            found[mask] = _LIFTED
        elif pair.for_ >= standard:
            found[mask] = _DISPUTED
    return found


_AFTER_LIFT = np.array([MET, CONTESTED, EXCEPTED], np.uint8)


class RuleVerdict:
    """The verdict of one rule from the masks of its conditions."""

    def __init__(self, rule: Rule) -> None:
        """Tables are made once."""
        self._when = verdict_table(rule.standard)
        self._unless = [lift_table(item.standard) for item in rule.unless]

    def of(self, when: npt.NDArray[np.uint16], unless: Sequence[npt.NDArray[np.uint16]], out: Bytes) -> Bytes:
        """The verdicts of a block of subjects, in `out`."""
        np.take(self._when, when, out=out, mode="clip")
        if unless:
            met = np.flatnonzero(out == MET)
            if len(met):
                lifts = np.zeros(len(met), np.uint8)
                for table, masks in zip(self._unless, unless, strict=True):
                    np.maximum(lifts, table[masks[met]], out=lifts)
                out[met] = _AFTER_LIFT[lifts]
        return out


def words_for(rules: int) -> int:
    """How many words the verdicts of so many rules take."""
    return -(-rules // A_WORD)


def pack(verdicts: Sequence[Bytes | None], word: Words) -> None:
    """Up to twenty rules' verdicts into a word for each subject: rule n in the three bits from 3 n on.

    None stands for a rule about other subjects.
    """
    word[:] = 0
    for start in range(0, len(verdicts), _A_SHORT):
        short = np.zeros(len(word), np.uint16)
        for place, verdict in enumerate(verdicts[start : start + _A_SHORT]):
            if verdict is None:
                short |= np.uint16(NOT_ASKED << (BITS * place))
            else:
                short |= verdict.astype(np.uint16) << np.uint16(BITS * place)
        word |= short.astype(np.uint64) << np.uint64(BITS * start)


def unpacked(words: Sequence[Words], rule: int) -> Bytes:
    """The verdicts of one rule."""
    word, place = divmod(rule, A_WORD)
    return ((words[word] >> np.uint64(BITS * place)) & np.uint64(7)).astype(np.uint8)
