"""What is sought by words: of whole words all, of beginnings of words all, between places of an order."""

from dataclasses import dataclass

SIGNS = frozenset("_")
"""What a word may hold beside letters and digits."""
LONGEST_WORD = 60
WIDTH = 20
"""Digits of a place, so that places sort as texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is sought. `since` and `until` are the least and the greatest place, `after` the one behind which to go on.

    Whatever is empty does not narrow it; without any word all rows are found.
    """

    words: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    after: str = ""
    descending: bool = True

    @property
    def can_be(self) -> bool:
        """Whether any row can be found: words and places are such as rows have."""
        places = (self.since, self.until, self.after)
        return all(map(is_word, (*self.words, *self.begun))) and all(map(is_place, filter(None, places)))

    def fits(self, place: str, words: frozenset[str]) -> bool:
        """Whether a row is found that has this place and these words."""
        if not is_place(place) or not words.issuperset(self.words):
            return False
        if not all(any(word.startswith(start) for word in words) for start in self.begun):
            return False
        if (self.since and place < self.since) or (self.until and place > self.until):
            return False
        return not self.after or (place < self.after if self.descending else place > self.after)


def is_word(text: str) -> bool:
    """Whether it is one word as rows have them: whole in every index of words, in small letters."""
    return 0 < len(text) <= LONGEST_WORD and all(map(_can_stand, text))


def is_place(text: str) -> bool:
    """Whether it is a place in the order."""
    return len(text) == WIDTH and text.isascii() and text.isdigit()


def _can_stand(sign: str) -> bool:
    if sign.isascii():
        return sign.islower() or sign.isdigit() or sign in SIGNS
    return sign.isalpha() or sign.isdigit()
