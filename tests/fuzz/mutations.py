"""Seeded damage to texts: what a careless hand, a broken disk or an attacker may make of them."""

from collections.abc import Callable, Sequence

from tests.generators.chooser import Seeded
from tests.generators.plan import Json

NASTY = (
    "\x00", "\x07", "\x1b[31m", "\r", "\x85", "\u2028", "\u202e", "\u200b", "\ufeff", "\ufffe", "\ud7ff", "\U0010ffff",
    "\U0001f37a", "e\u0301", "\u0131", "ß", "'", '"', "`", "\\", "\t", "&a", "*a", "!!int", "!<x>", "<<: ", "? ", "- ",
    "|", ">", "%YAML 1.1\n", "---\n", "...\n", "#", ": ", "{", "}", "[", "]", ",", "@", "~", "null", "true", "NO",
    "?:", "&&", "||", "!", "==", "(", ")", ".", "//", "\\u0000", "\\ud800", "0x", "1e9999", ".nan", "-.inf",
)  # fmt: skip
EXTREMES = (
    "0", "-1", "6", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "1" * 30, "1" * 5000, "0.0",
    "1e400", "1e-400", "1e99999999", "0." + "0" * 30 + "1", "0x7fffffffffffffff", "0o777", "1_000", "NaN", "Infinity",
)  # fmt: skip
DATES = (
    "0000-00-00",
    "9999-12-31",
    "0001-01-01",
    "10000-01-01",
    "2019-02-30",
    "2019-01-01T24:00:00Z",
    "2019-1-1",
)
SWAPS = (
    "[]",
    "{}",
    '""',
    "null",
    "true",
    "5",
    "1.5",
    "[[[]]]",
    "{a: {}}",
    "text",
    "2019-01-01",
    "[1, a, {}]",
    "~",
)


def byte_flip(text: str, choose: Seeded, _: Sequence[str]) -> str:
    """One bit of one byte; what is then no UTF-8 becomes replacement characters."""
    found = bytearray(text.encode("utf-8", "replace"))
    if found:
        found[choose.below(len(found))] ^= 1 << choose.below(8)
    return found.decode("utf-8", "replace")


def deletion(text: str, choose: Seeded, _: Sequence[str]) -> str:
    start = choose.below(len(text) + 1)
    return text[:start] + text[start + choose.pick((1, 1, 5, 40, 400)) :]


def cut(text: str, choose: Seeded, _: Sequence[str]) -> str:
    return text[: choose.below(len(text) + 1)]


def duplication(text: str, choose: Seeded, _: Sequence[str]) -> str:
    """A block of lines twice, perhaps somewhere else and at another depth."""
    lines = text.split("\n")
    start = choose.below(len(lines))
    block = lines[start : start + 1 + choose.below(12)]
    at = choose.pick((start, choose.below(len(lines))))
    indent = " " * choose.pick((0, 0, 1, 2))
    return "\n".join([*lines[:at], *(indent + line for line in block), *lines[at:]])


def splice(text: str, choose: Seeded, others: Sequence[str]) -> str:
    other = choose.pick(others)
    return text[: choose.below(len(text) + 1)] + other[choose.below(len(other) + 1) :]


def graft(text: str, choose: Seeded, others: Sequence[str]) -> str:
    other = choose.pick(others)
    start, at = choose.below(len(other) + 1), choose.below(len(text) + 1)
    return text[:at] + other[start : start + choose.below(200)] + text[at:]


def nesting(text: str, choose: Seeded, _: Sequence[str]) -> str:
    opening, closing = choose.pick(
        (("(", ")"), ("[", "]"), ("{a: ", "}"), ("!", ""), ("-", ""), ("- ", ""), ("a.", ""))
    )
    depth = choose.pick((3, 60, 120, 3000))
    at = choose.below(len(text) + 1)
    tail = closing * (depth if choose.chance(70) else depth - 1)
    return text[:at] + opening * depth + choose.pick(("", "1", "true")) + tail + text[at:]


def huge(text: str, choose: Seeded, _: Sequence[str]) -> str:
    at = choose.below(len(text) + 1)
    piece = choose.pick(
        ("x", "9", " ", "\n", "é", "'", "a && ", "- a\n", "a: 1\n", "\\", "&&", "(?:a*)*", "1,")
    )
    return text[:at] + piece * choose.pick((100, 5000, 70_000 // len(piece))) + text[at:]


def nasty(text: str, choose: Seeded, _: Sequence[str]) -> str:
    for _number in range(1 + choose.below(3)):
        at = choose.below(len(text) + 1)
        text = text[:at] + choose.pick(NASTY) + text[at:]
    return text


def words(text: str, choose: Seeded, _: Sequence[str]) -> str:
    """A word becomes another of the text, a number an extreme one, a value one of another type."""
    pieces = text.split(" ")
    at = choose.below(len(pieces))
    kinds = (EXTREMES, DATES, SWAPS, pieces)
    pieces[at] = choose.pick(choose.pick(kinds))
    return " ".join(pieces)


def extremes(text: str, choose: Seeded, _: Sequence[str]) -> str:
    """A run of digits becomes an extreme number or date."""
    places = [i for i, char in enumerate(text) if char.isdigit() and not text[i - 1 : i].isdigit()]
    if not places:
        return text + choose.pick(EXTREMES)
    start = choose.pick(places)
    end = start
    while end < len(text) and text[end].isdigit():
        end += 1
    return text[:start] + choose.pick((*EXTREMES, *DATES)) + text[end:]


def exchange_of_lines(text: str, choose: Seeded, _: Sequence[str]) -> str:
    lines = text.split("\n")
    one, other = choose.below(len(lines)), choose.below(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


Mutation = Callable[[str, Seeded, Sequence[str]], str]
MUTATIONS: tuple[Mutation, ...] = (
    byte_flip,
    deletion,
    cut,
    duplication,
    splice,
    graft,
    nesting,
    huge,
    nasty,
    words,
    extremes,
    exchange_of_lines,
)


def mutated(text: str, choose: Seeded, others: Sequence[str]) -> str:
    """One to three kinds of damage, one after the other."""
    for _ in range(1 + choose.below(3)):
        text = choose.pick(MUTATIONS)(text, choose, others)
    return text


GENTLE: tuple[Mutation, ...] = (words, extremes, exchange_of_lines, duplication)
"""Damage that leaves most texts readable, so that what lies behind the first reader is reached too."""


def mutated_gently(text: str, choose: Seeded, others: Sequence[str]) -> str:
    """One piece of damage that YAML and JSON mostly survive."""
    return choose.pick(GENTLE)(text, choose, others)


PLAIN_VALUES: tuple[Json, ...] = (
    None, True, False, 0, 6, -1, 2**63, 10**40, "", "x", "1", "2019-01-01", "é" * 300, [], {}, [1], {"a": 1}, [[[]]],
    "true", "1 / 0 == 1", "advertiser.f0 == advertiser.f0", "(" * 200, "'\\ud800'", "\u202e", "worldwide", ["FR"],
    {"amount": "1", "currency": "EUR"}, {"amount": "1e999", "currency": "eur"}, {"from": "2020-01-01"}, ["XX", 1, None],
)  # fmt: skip


def mutated_tree(tree: Json, choose: Seeded) -> Json:
    """A tree in which one value was removed, doubled, renamed or replaced by one of another type."""
    place = _places(tree)
    if not place:
        return choose.pick(PLAIN_VALUES)
    parent, key = choose.pick(place)
    which = choose.below(5)
    if isinstance(parent, dict):
        name = str(key)
        value = parent.pop(name)
        if which != 0:
            parent[name if which != 1 else choose.pick((name + "x", "id", "", "é\n", "value"))] = (
                choose.pick(PLAIN_VALUES) if which > 1 else value
            )
    else:
        at = int(key)
        if which == 0:
            del parent[at]
        elif which == 1:
            parent.append(parent[at])
        else:
            parent[at] = choose.pick(PLAIN_VALUES)
    return tree


def _places(tree: Json) -> list[tuple[dict[str, Json] | list[Json], str | int]]:
    found: list[tuple[dict[str, Json] | list[Json], str | int]] = []
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            found += [(node, name) for name in node]
            stack += node.values()
        elif isinstance(node, list):
            found += [(node, at) for at in range(len(node))]
            stack += node
    return found
