"""A package sealed: one canonical file that states its digest and can be read back by our own readers.

Not a signature: whoever holds the file can check that nothing in it was altered by accident, and that two
copies are the same; who sealed it is the ledger's matter. LANGUAGE.md 5.1.

The file is RFC 8785 JSON, `{"adjudge": "sealed-package", "format": "1", "digest", "vocabulary", "package"}`,
in the key names of LANGUAGE.md 9. Conditions stand in it as text. Numbers of lists and parameters stand as
`{"int": "5"}` and `{"decimal": "0.10"}`, since RFC 8785 would write them as IEEE doubles; all other numbers
are small and whole. The digest is taken over the same content with the conditions as trees
(`adjudge.language.expression.tree`), so that it is that of the meaning as written and not of its layout, comments or
order.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from adjudge.basis.digest import Digest, Json, canonical_bytes, digest_of
from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.reading.json_text import Plain, node_of, read_json
from adjudge.basis.reading.node import Node, Scalar
from adjudge.basis.reading.shape import Fields, Shape
from adjudge.basis.said import Said, say, verbatim
from adjudge.facts.value import decimal_text
from adjudge.facts.vocabulary_reader import read_vocabulary
from adjudge.language.expression.tree import tree_of
from adjudge.language.lint import lint
from adjudge.language.package import Package
from adjudge.language.package_printer import Tree, package_form, vocabulary_form
from adjudge.language.reading.package import read_package

WORD = "sealed-package"
FORMAT = "1"
_ALTERED = say("take the file anew from whoever sealed it, or seal the package again")
_WHOLE = re.compile(r"-?[0-9]{1,25}", re.ASCII)
_DECIMAL = re.compile(r"-?[0-9]{1,110}(\.[0-9]{1,20})?", re.ASCII)
_DATED = ("lists", "params")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A package, the digest that names it, and the text of its file, without a line end."""

    package: Package
    digest: Digest
    text: str


def seal(package: Package, log: ProblemLog) -> Sealed | None:
    """Seal a package; None, with the problems in the log, where lint refuses it. LANGUAGE.md 5.1, 6.5.

    Warnings are noted and do not hinder.
    """
    found = ProblemLog()
    lint(package, found)
    for item in found.problems:
        log.add(item.code, item.message, item.span, where=item.where, hint=item.hint, severity=item.severity)
    log.left_out += found.left_out
    if found.refuses:
        return None
    return Sealed(package=package, digest=digest_of_package(package), text=_text_of(package))


def digest_of_package(package: Package) -> Digest:
    """The digest of a package with its vocabulary, sealed or not. LANGUAGE.md 5.1.

    Layout, comments, the order of keys and rules, and the order of lists where it has no meaning do not
    change it.
    """
    tree = {
        "language": str(package.language),
        "package": _exact(package_form(package, lambda written: cast("Plain", tree_of(written.syntax)))),
        "vocabulary": _exact(vocabulary_form(package.vocabulary)),
    }
    return digest_of(tree)


def _exact(tree: Plain) -> Json:
    """Every number as a tagged text."""
    match tree:
        case dict():
            return {key: _exact(item) for key, item in tree.items()}
        case list():
            return [_exact(item) for item in tree]
        case bool() | str() | None:
            return tree
        case int():
            return {"int": str(tree)}
        case Decimal():
            return {"decimal": decimal_text(tree)}


def _text_of(package: Package) -> str:
    form = package_form(package)
    for table in _DATED:
        if table in form:
            form[table] = cast("Plain", _exact(form[table]))
    tree: Tree = {
        "adjudge": WORD,
        "format": FORMAT,
        "digest": digest_of_package(package),
        "vocabulary": vocabulary_form(package.vocabulary),
        "package": form,
    }
    # INVARIANT: no Decimal is left, and every whole number has a bound (versions, efforts, weights, days) far
    # below 2**53, so that RFC 8785 writes its digits.
    return canonical_bytes(cast("Json", tree)).decode()


def read_sealed(text: str, log: ProblemLog, name: str) -> Package | None:
    """Read a sealed file; None, with problems in the log, where it is none or was altered. LANGUAGE.md 5.1.

    `name` is how a person knows the file. The package is not linted again: what was sealed stays readable
    when lint learns something new.
    """
    before = len(log.problems) + log.left_out
    tree = read_json(text, log, name)
    if tree is None:
        return None
    shape = Shape(log)
    fields = shape.mapping(node_of(_with_numbers(tree[0]), name), say("a sealed package"))
    if fields is None:
        return None
    _check_word(shape, fields, "adjudge", WORD, say("this is no sealed package"))
    _check_word(shape, fields, "format", FORMAT, say("the file has a format that is not known here"))
    stated = fields.required("digest")
    vocabulary_node, package_node = fields.required("vocabulary"), fields.required("package")
    fields.done()
    vocabulary = read_vocabulary(vocabulary_node, log)
    package = read_package(package_node, vocabulary, log) if vocabulary else None
    if package is None or len(log.problems) + log.left_out > before:
        return None
    return package if _is_unaltered(shape, text, stated, package) else None


def _check_word(shape: Shape, fields: Fields, key: str, word: str, message: Said) -> None:
    node = fields.required(key)
    found = shape.text(node, verbatim(quoted(key)))
    if found is not None and found != word:
        hint = say("{key} must be {word}", key=quoted(key), word=quoted(word))
        shape.problem("bad-word", message, node, hint)


def _is_unaltered(shape: Shape, text: str, stated: Node | None, package: Package) -> bool:
    """The digest tells another content, the text what the digest is blind to, such as the order of keys."""
    digest = digest_of_package(package)
    if not isinstance(stated, Scalar) or stated.text != digest:
        message = say("the content does not give the digest that the file states")
        shape.problem("digest-mismatch", message, stated, _ALTERED)
        return False
    if text.removesuffix("\n") != _text_of(package):
        message = say("the file is not as it was sealed, although its meaning is that of its digest")
        shape.problem("digest-mismatch", message, stated, _ALTERED)
        return False
    return True


def _with_numbers(tree: Plain) -> Plain:
    """The tree with the tagged numbers of lists and parameters as numbers; what is not expected stays."""
    package = tree.get("package") if isinstance(tree, dict) else None
    if not isinstance(tree, dict) or not isinstance(package, dict):
        return tree
    numbered: Tree = {key: _each(item, _number) if key in _DATED else item for key, item in package.items()}
    return {**tree, "package": numbered}


def _each(tree: Plain, change: Callable[[Tree], Plain]) -> Plain:
    match tree:
        case dict():
            return change({key: _each(item, change) for key, item in tree.items()})
        case list():
            return [_each(item, change) for item in tree]
        case _:
            return tree


def _number(tree: Tree) -> Plain:
    """`{"int": "5"}` as 5 and `{"decimal": "0.1"}` as 0.1, a decimal always with its point."""
    if len(tree) != 1:
        return tree
    (kind, text), *_ = tree.items()
    if not isinstance(text, str) or kind not in {"int", "decimal"}:
        return tree
    if kind == "int":
        return int(text) if _WHOLE.fullmatch(text) else tree
    if not _DECIMAL.fullmatch(text):
        return tree
    return Decimal(text if "." in text else f"{text}.0")


__all__ = ["Sealed", "digest_of_package", "package_form", "read_sealed", "seal", "vocabulary_form"]
