"""The canonical form of one of our YAML files: the same meaning, every comment, the same text when formatted again.

Not a printer: only what `conditions`, `order` and `blanks` name is replaced, all else stays as the author wrote it.
After every step the text is read again and compared with what it was.
"""

from collections.abc import Callable, Sequence

from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.node import Mapping, Node
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.span import Source
from adjudge.errors import BugError
from adjudge.language.formatting.blanks import with_blank_lines, with_line_feeds, without_trailing_spaces
from adjudge.language.formatting.conditions import condition_edits, exceptions_of, rules_of
from adjudge.language.formatting.edit import applied, lines_replaced
from adjudge.language.formatting.order import order_edits
from adjudge.language.formatting.remarks import remarks
from adjudge.language.formatting.sameness import same

REPORT = "please report this with the file; nothing was written"
_OTHER_BREAKS = ("\x85", "\u2028", "\u2029")
"""They end a line for some readers of YAML and not for others, so that a file with one is left as it is."""
Step = Callable[[str, Node], str]


def formatted(source: Source, root: Node) -> str:
    """The text in canonical form; `root` is what was read from `source`, without problems.

    Raises BugError where a step would change the meaning or lose a comment.
    """
    if any(mark in source.text for mark in _OTHER_BREAKS):
        return source.text
    text, node = source.text, root
    for step, moves in STEPS:
        changed = step(text, node)
        if changed != text:
            text, node = changed, _checked(source, changed, (text, node), moves=moves)
    return text


def _checked(source: Source, changed: str, before: tuple[str, Node], *, moves: bool) -> Node:
    """The nodes of the changed text, which must say what those before it say."""
    text, node = before
    log = ProblemLog()
    found = read_yaml(Source(source.name, changed), log)
    if found is None:
        raise BugError("a formatted text cannot be read again", hint=REPORT)
    if not same(node, found, moves=moves):
        raise BugError("formatting would change what the file means", hint=REPORT)
    kept, now = remarks(text, node), remarks(changed, found)
    if sorted(kept) != sorted(now) or (kept != now and not moves):
        raise BugError("formatting would lose or move a comment", hint=REPORT)
    return found


def _line_feeds(text: str, _root: Node) -> str:
    return with_line_feeds(text)


def _conditions(text: str, root: Node) -> str:
    return applied(text, condition_edits(text, root))


def _exceptions(text: str, root: Node) -> str:
    return _ordered(text, [item for rule in rules_of(root) for item in exceptions_of(rule)])


def _rules(text: str, root: Node) -> str:
    return _ordered(text, rules_of(root))


def _ordered(text: str, mappings: Sequence[Mapping]) -> str:
    lines = text.split("\n")
    return "\n".join(lines_replaced(lines, (edit for item in mappings for edit in order_edits(lines, item))))


def _trailing_spaces(text: str, root: Node) -> str:
    return "\n".join(without_trailing_spaces(text.split("\n"), root))


def _blank_lines(text: str, root: Node) -> str:
    return "\n".join(with_blank_lines(text.split("\n"), root))


STEPS: tuple[tuple[Step, bool], ...] = (
    (_line_feeds, False),
    (_conditions, False),
    (_exceptions, True),
    (_rules, True),
    (_trailing_spaces, False),
    (_blank_lines, False),
)
"""Each with whether it may change the order of the keys of a rule."""
