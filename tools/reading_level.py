"""How hard the pages of an advertiser are to read, in each language: measured and written into docs/reading-level.md.

Syllables are counted by the hyphenation dictionaries of `pyphen`; the scores are those of Flesch for English and of
Kandel and Moles for French, both from 0 (hard) to 100 (easy). Not `textstat`, which fetches a dictionary from the
network when it is first asked.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import fill

import pyphen

from adjudge.desk.words.advertiser import ADVERTISER
from adjudge.desk.words.hearing import CONSEQUENCES
from adjudge.tongues.tongue import LANGUAGES, Tongue, tongue_of

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reading-level.md"
FORMULAS = {"en": (206.835, 1.015, 84.6), "fr": (207.0, 1.015, 73.6)}
"""Of each language the constant, and what words in a sentence and syllables in a word take from it."""
LEAST = {"en": 70, "fr": 65}
"""Below these the tool says so: plain language in English is 60 to 70, and French words are longer."""
FEWEST_WORDS = 4
"""A heading of three words is no sentence."""
HARDEST = 5
INTRODUCTION = (
    "Made by `tools/reading_level.py`; do not edit it. It measures what the pages of an advertiser say by themselves: "
    "not the letters, whose words a policy and a law partly set, and nothing that people wrote. Syllables are counted "
    "by hyphenation dictionaries (`pyphen`) and by groups of vowels, and the greater number counts, since hyphenation "
    "parts no short words. The score is the Flesch Reading Ease for English (206.835 − 1.015 × words per sentence − "
    "84.6 × syllables per word), and that of Kandel and Moles for French (207 − 1.015 × words per sentence − 73.6 × "
    "syllables per word). 60 to 70 is plain language that most people of 13 to 15 years read easily; more is easier. "
    "Such scores see long sentences and long words, and nothing else: they do not say that a text is understood."
)
NAMES = {"en": "English", "fr": "French"}
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CODE = re.compile(r"\{[^}]*\}|`[^`]*`|\b[A-Z]-\d+\b")
_VOWELS = re.compile(r"[aeiouyàâäéèêëîïôöùûüÿœæ]+")
_SILENT = {"en": re.compile(r"(?<=[^aeiouyl])e[ds]?$"), "fr": re.compile(r"(?<=.)(?:es?|ent)$")}
"""What stands at the end of a word and is mostly not spoken."""
_END = re.compile(r"(?<=[.!?])\s+|(?<=:)\s+")


@dataclass(frozen=True, slots=True)
class Level:
    """What was counted of some sentences."""

    sentences: int
    words: int
    syllables: int
    language: str

    @property
    def score(self) -> float:
        """Flesch, or Kandel and Moles."""
        base, of_sentence, of_word = FORMULAS[self.language]
        return base - of_sentence * self.words / self.sentences - of_word * self.syllables / self.words


def texts_of(tongue: Tongue) -> Iterator[str]:
    """What the pages of an advertiser say by themselves: no letters, and nothing that people wrote."""
    yield from (tongue.of(said) for said in (*ADVERTISER.values(), *CONSEQUENCES.values()))


def sentences_of(text: str) -> Iterator[str]:
    """The sentences of a text that are long enough to be hard."""
    for sentence in _END.split(_CODE.sub(" ", text)):
        if len(_WORD.findall(sentence)) >= FEWEST_WORDS:
            yield sentence.strip()


def level_of(sentences: Sequence[str], language: str) -> Level:
    """Count them."""
    dictionary = pyphen.Pyphen(lang={"en": "en_US", "fr": "fr_FR"}[language])
    words = [word for sentence in sentences for word in _WORD.findall(sentence)]
    syllables = sum(max(len(dictionary.positions(word)) + 1, _by_vowels(word, language)) for word in words)
    return Level(len(sentences), len(words), syllables, language)


def _by_vowels(word: str, language: str) -> int:
    """Groups of vowels, without the one at the end that is not spoken: hyphenation never parts short words."""
    bare = _SILENT[language].sub("", word.lower())
    return max(1, len(_VOWELS.findall(bare)))


def page() -> str:
    """The page."""
    lines = [
        "# Reading level of the advertiser's pages",
        "",
        fill(INTRODUCTION, 110),
        "",
        "| language | sentences | words per sentence | syllables per word | score | at least wanted |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    hardest: list[str] = []
    for language in LANGUAGES:
        found = [item for text in texts_of(tongue_of(language)) for item in sentences_of(text)]
        level = level_of(found, language)
        lines.append(
            f"| {NAMES[language]} | {level.sentences} | {level.words / level.sentences:.1f} | "
            f"{level.syllables / level.words:.2f} | {level.score:.0f} | {LEAST[language]} |"
        )
        ranked = sorted(set(found), key=lambda item: (level_of([item], language).score, item))
        hardest += ["", f"## The hardest in {NAMES[language]}", ""]
        hardest += [f"- {item} ({level_of([item], language).score:.0f})" for item in ranked[:HARDEST]]
    return "\n".join((*lines, *hardest)) + "\n"


def too_hard() -> list[str]:
    """The languages that read harder than is wanted, in sentences."""
    wrong = []
    for language in LANGUAGES:
        found = [item for text in texts_of(tongue_of(language)) for item in sentences_of(text)]
        score = level_of(found, language).score
        if score < LEAST[language]:
            wrong.append(f"{NAMES[language]} reads at {score:.0f}, and at least {LEAST[language]} is wanted")
    return wrong


def main() -> int:
    """Write the page, or check that it is as it would be written."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--check", action="store_true", help="change nothing; exit 1 where something is stale")
    wrong = too_hard()
    if asked.parse_args().check:
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page():
            wrong.append(f"{PAGE.name} is not what the pages say: run `tools/reading_level.py`")
    else:
        PAGE.write_text(page(), encoding="utf-8")
    for text in wrong:
        print(text, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
