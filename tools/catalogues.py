"""Keeps the catalogues of sentences: finds what the source says, brings the .po files up to date, compiles them.

Run as `make catalogues`; with `--check` it changes nothing and names what is missing, stale or not compiled.
"""

import argparse
import ast
import datetime as dt
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from adjudge.tongues.tongue import ENGLISH, LANGUAGES

SOURCE = Path(__file__).resolve().parent.parent / "src" / "adjudge"
FOLDER = SOURCE / "tongues"
SINGLE, PLURAL = frozenset({"say", "tongue"}), frozenset({"say_plural", "plural"})
"""What a sentence is said with; the names of calls, as functions or as methods."""
UNDATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
HEADER = (
    "# What Adjudge says, in another language. By hand; `make catalogues` adds what is new and compiles.\n#"
)


def extracted() -> dict[str, str]:
    """Every sentence of the source with its plural (or an empty text), in the order of modules and lines."""
    found: dict[str, str] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for one, many in _said_in(ast.parse(path.read_text(encoding="utf-8"))):
            found[one] = found.get(one) or many
    return found


def _said_in(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The sentences of a module in their order. Babel's own reader stumbles over calls within calls."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        called = call.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        texts = [
            item.value for item in call.args if isinstance(item, ast.Constant) and isinstance(item.value, str)
        ]
        if name in SINGLE and len(texts) == 1 and texts[0]:
            yield texts[0], ""
        elif name in PLURAL and len(texts) > 1:
            yield texts[0], texts[1]


def path_of(language: str) -> Path:
    """Where the catalogue of a language lies."""
    return FOLDER / language / "LC_MESSAGES" / "adjudge.po"


def read(language: str) -> Catalog:
    """The catalogue of a language; an empty one where there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def updated(language: str) -> Catalog:
    """The catalogue with every sentence of the source and no other, in the order of the source."""
    old = read(language)
    new = Catalog(locale=language, project="Adjudge", header_comment=HEADER, fuzzy=False)
    for one, many in extracted().items():
        known = old.get(one)
        message = new.add((one, many) if many else one)
        if known is not None and isinstance(known.string, tuple) == bool(many):
            message.string, message.user_comments = known.string, known.user_comments
    return new


def untranslated(catalogue: Catalog) -> Iterator[Message]:
    """Sentences without their translation."""
    for message in catalogue:
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and (message.fuzzy or not all(strings)):
            yield message


def po_text(catalogue: Catalog) -> bytes:
    """The catalogue as its text: no dates, no line numbers, so that it changes only with what is said."""
    out = io.BytesIO()
    write_po(out, catalogue, width=110, no_location=True, omit_header=False)
    lines = [line for line in out.getvalue().splitlines(keepends=True) if not _is_dated(line)]
    return b"".join(lines)


def _is_dated(line: bytes) -> bool:
    names = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Generated-By")
    return line.startswith(tuple(f'"{name}'.encode() for name in (*names, "Report-Msgid", "Project-Id")))


def mo_bytes(language: str) -> bytes:
    """The catalogue as its program reads it."""
    out, catalogue = io.BytesIO(), read(language)
    catalogue.creation_date = catalogue.revision_date = UNDATED  # else the bytes would tell the time
    write_mo(out, catalogue)
    return out.getvalue()


def stale(language: str) -> list[str]:
    """What is wrong with the catalogue of a language, in sentences."""
    path = path_of(language)
    wanted = updated(language)
    wrong = [f"{path.name} ({language}) lacks a translation of: {item.id}" for item in untranslated(wanted)]
    if not path.exists() or path.read_bytes() != po_text(wanted):
        wrong.append(f"{path} is not what the source says: run `make catalogues`")
    elif not path.with_suffix(".mo").exists() or path.with_suffix(".mo").read_bytes() != mo_bytes(language):
        wrong.append(f"{path.with_suffix('.mo')} is not compiled from it: run `make catalogues`")
    return wrong


def main() -> int:
    """Bring the catalogues up to date, or check that they are."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--check", action="store_true", help="change nothing; exit 1 where something is stale")
    check = asked.parse_args().check
    wrong: list[str] = []
    for language in LANGUAGES:
        if language == ENGLISH:
            continue
        if not check:
            path = path_of(language)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(po_text(updated(language)))
            path.with_suffix(".mo").write_bytes(mo_bytes(language))
        wrong += stale(language)
    print("\n".join(wrong) or "every sentence has its translation")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
