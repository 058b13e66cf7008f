"""Every code of a refusal has a meaning, and every meaning a code that the source bears."""

import ast
from collections.abc import Iterator
from pathlib import Path

from adjudge.basis.codes import CODES
from adjudge.institution.codes import MEANINGS

SOURCE = Path(__file__).resolve().parents[3] / "src" / "adjudge"
PLACES = {"refused": 0, "_refused": 0, "Finding": 0, "RequestError": 1}
"""By what makes a refusal, which of its parts is the code."""


def borne() -> set[str]:
    """Every code that stands in the source where a refusal is made."""
    files = sorted(SOURCE.rglob("*.py"))
    return {code for path in files for code in codes_in(ast.parse(path.read_text(encoding="utf-8")))}


def codes_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args) if name in PLACES:
                yield from texts_in(args[PLACES[name]]) if len(args) > PLACES[name] else ()
            case ast.Assign(targets=[ast.Name(id="code")], value=ast.IfExp() as value):
                yield from texts_in(value)
            case _:
                pass


def texts_in(node: ast.expr) -> Iterator[str]:
    """The code itself, or those between which a condition chooses."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from texts_in(body)
            yield from texts_in(orelse)
        case _:
            pass


def test_the_search_finds_codes_wherever_they_are_borne() -> None:
    tree = ast.parse('refused("a", m)\nrise.Finding("b" if x else "c", m)\nRequestError(422, "d", m)\nf("e")')
    assert set(codes_in(tree)) == {"a", "b", "c", "d"}


def test_every_code_has_a_meaning() -> None:
    assert borne() - MEANINGS.keys() - CODES.keys() == set()


def test_every_meaning_has_a_code_that_is_borne() -> None:
    assert MEANINGS.keys() - borne() == set()


def test_meanings_are_sentences_of_which_one_says_what_to_do() -> None:
    for code, text in MEANINGS.items():
        assert text.endswith("."), code
        assert text.count(". ") >= 1 or ", so that" in text or ", of which" in text, code


WITHOUT = {
    "institution/on_database.py": "before anything is served",
    "institution/data/importing.py": "of files of the machine",
}
"""Where a refusal bears no finding, and so no code, with the reason."""


def test_a_refusal_of_the_institution_has_its_findings() -> None:
    found = {
        path.relative_to(SOURCE).as_posix()
        for room in ("institution", "matters", "appeals")
        for path in (SOURCE / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "RefusedError"
        and not any(item.arg == "findings" for item in node.keywords)
    }
    assert found == WITHOUT.keys()
