"""Writes the taxonomy `ad_product` of the example vocabulary from the list of IAB Tech Lab.

Run with ADJUDGE_DATA naming the folder of data, it prints the block; with `--write` it puts it between the two
marker comments of the vocabulary. The list: IAB Tech Lab, Ad Product Taxonomy 2.0, CC BY 3.0.
"""

import argparse
import csv
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VOCABULARY = ROOT / "policies" / "ads-standard" / "vocabulary.yaml"
LIST = Path("ads") / "iab_taxonomies" / "Ad_Product_Taxonomy_2.0.tsv"
BEGINS = "  # ad_product begins; written by tools/ad_product.py, not by hand.\n"
ENDS = "  # ad_product ends.\n"
SOURCE = """\
  # What an ad sells, in the words of the trade: IAB Tech Lab, Ad Product Taxonomy 2.0, used under CC BY 3.0
  # (https://creativecommons.org/licenses/by/3.0/). Changed: a code is the name in lower case with the id; where the
  # list's Parent ID contradicts its tiers (1000, 1037 to 1041, 1426), a category stands where its tiers put it.
"""
TIERS = ("Tier 1", "Tier 2", "Tier 3")


@dataclass(frozen=True, slots=True)
class Category:
    """One row of the list: its id, its name, and the names from the first tier down to itself."""

    id: str
    name: str
    tiers: tuple[str, ...]

    @property
    def code(self) -> str:
        """The code in our vocabulary. The id keeps it unique, since names are not."""
        plain = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore").decode().lower()
        return f"{re.sub('[^a-z0-9]+', '_', plain).strip('_')}_{self.id}"


def categories(path: Path) -> list[Category]:
    """The rows of the list; the blank ones at its end are none."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [
            _category(row)
            for row in csv.DictReader(stream, delimiter="\t")
            if (row["Unique ID"] or "").strip()
        ]


def _category(row: Mapping[str, str | None]) -> Category:
    texts = [(row[column] or "").strip() for column in TIERS]
    return Category((row["Unique ID"] or "").strip(), (row["Name"] or "").strip(), tuple(filter(None, texts)))


def parents(found: Iterable[Category]) -> dict[Category, Category | None]:
    """Each category with the one above it, by the tiers.

    The Parent ID of the list is not used: for two categories it is their own, for five a neighbour's.
    """
    ordered = list(found)
    by_tiers = {category.tiers: category for category in ordered}
    return {category: by_tiers.get(category.tiers[:-1]) for category in ordered}


def block(found: Iterable[Category]) -> str:
    """The taxonomy as YAML, in the order of the list, with the comment that names its source."""
    below: dict[Category | None, list[Category]] = {}
    for category, parent in parents(found).items():
        below.setdefault(parent, []).append(category)
    return "".join([SOURCE, "  ad_product:\n", *_lines(below, None, 4)])


def _lines(
    below: Mapping[Category | None, list[Category]], parent: Category | None, indent: int
) -> Iterator[str]:
    for category in below[parent]:
        yield " " * indent + category.code + (":\n" if category in below else ": {}\n")
        if category in below:
            yield from _lines(below, category, indent + 2)


def written(vocabulary: str) -> str:
    """What stands between the markers of a vocabulary."""
    return vocabulary.split(BEGINS, 1)[1].split(ENDS, 1)[0]


def main() -> int:
    """Print the block, or put it into the vocabulary."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--write", action="store_true", help="rewrite the block of the vocabulary")
    write = asked.parse_args().write
    folder = os.environ.get("ADJUDGE_DATA")
    if not folder:
        print("ADJUDGE_DATA names no folder of data", file=sys.stderr)
        return 2
    made = block(categories(Path(folder) / LIST))
    if not write:
        print(made, end="")
        return 0
    before, rest = VOCABULARY.read_text(encoding="utf-8").split(BEGINS, 1)
    after = rest.split(ENDS, 1)[1]
    VOCABULARY.write_text(before + BEGINS + made + ENDS + after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
