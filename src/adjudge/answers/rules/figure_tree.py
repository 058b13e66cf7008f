"""One tree of the figure: a box for each part, rails from part to part, and the weights of all on one axis.

Not the head nor the way out, which `figure_svg` draws. Since all weights stand on one axis, the eye can follow how they
come up from the leaves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from adjudge.answers.rules.figure_pen import (
    ASKS,
    CELL,
    CLASSES,
    CODE,
    GAP,
    HEADING,
    MOST_LINES,
    ROW,
    RUN,
    SMALL,
    SMALL_ROW,
    STEP,
    Paper,
    Pen,
    hatch,
    strong,
)
from adjudge.answers.rules.figure_text import Font, lines_of, shortened
from adjudge.answers.rules.figure_words import FIGURE, WEIGHED, after_text, marks_text, node_text
from adjudge.answers.rules.figures import Line, NodeView, TreeView, Weighing
from adjudge.basis.weight import GREATEST, outweighs

PAD = 9
BETWEEN = 10
"""Between two boxes: wide enough for the dashed outlines around both."""
RUN_ROW = 22
MOST_SMALL = 3
MOST_MARKS = 3
LONGEST_WRITTEN = 600
WIDEST_STEP, NARROWEST_BOX = 26, 290


@dataclass(frozen=True, slots=True)
class _Words:
    """What stands in a box, on its lines, and how tall that is."""

    font: Font
    own: Sequence[str]
    lines: Sequence[tuple[Line, list[str]]]

    @property
    def height(self) -> int:
        """With the room around it."""
        small = sum(len(texts) for _, texts in self.lines)
        return 2 * PAD + ROW * len(self.own) + (SMALL_ROW * small + 4 if small else 0)


def draw_tree(pen: Pen, tree: TreeView) -> None:
    """A condition under its heading."""
    paper = pen.paper
    pen.y += 16
    pen.rule()
    pen.y += 6
    top = pen.y
    pen.paragraph(paper.margin, tree.heading, HEADING, paper.room - 10)
    if tree.state:
        _draw_state(pen, tree)
    pen.y = max(pen.y, top + 36) if paper.beside else pen.y + 40
    _draw_columns(pen, tree.standard)
    pen.y += 12
    start = pen.y - 4
    _draw_node(pen, tree.root, paper.margin, (_indent(tree.root, paper), tree.standard))
    if paper.beside:
        pen.path("f-guide", f"M{_mark_at(paper, tree.standard)} {start}V{pen.y}")
    pen.y += 4


def _draw_state(pen: Pen, tree: TreeView) -> None:
    """What an exception comes to, in a frame with a stroke of its own."""
    pair, standard = tree.root.now.pair, tree.standard
    pen.y += 11
    is_established = outweighs(pair, standard)
    kind = "f-met" if is_established else "f-unproven"
    is_contested = pair.for_ >= standard and not is_established
    pen.frame(tree.state, "" if is_contested else kind, is_full=is_established, is_double=is_contested)
    pen.y += 30


def _draw_columns(pen: Pen, standard: int) -> None:
    """The names of the weights and of the standard, with its mark, above the axis."""
    axis, y, at = pen.paper.axis, pen.y, _mark_at(pen.paper, standard)
    pen.text(axis - 6, y - 18, pen.tongue.of(FIGURE["against"]), "f-small f-end")
    pen.text(axis + 6, y - 18, pen.tongue.of(FIGURE["for"]), "f-small")
    # The word grows to the left: it may be longer in another language, and the edge is on the right.
    pen.text(at + 7, y - 2, pen.tongue("standard {weight}", weight=standard), "f-small f-bold f-end")
    pen.path("f-mark", f"M{at - 5} {y + 2}h10l-5 6z")


def _draw_node(pen: Pen, node: NodeView, x: int, scale: tuple[int, int]) -> int:
    """A part and those below it, with rails between them. Returns the height at which a rail reaches it.

    `scale` is how far those below stand to the right, and the standard.
    """
    indent, standard = scale
    reached = _draw_box(pen, node, x, standard)
    bottom, rail = pen.y - BETWEEN, x + indent // 2
    ends = [_draw_node(pen, below, x + indent, scale) for below in node.below]
    if ends:
        turns = "".join(f"M{rail} {at}H{x + indent}" for at in ends)
        pen.path("f-rail", f"M{rail} {bottom}V{ends[-1]}{turns}")
    return reached


def _draw_box(pen: Pen, node: NodeView, x: int, standard: int) -> int:
    """A part: its words in a box, the lines of a leaf, its weights, and what the way out makes of them."""
    paper, width = pen.paper, pen.paper.edge - x
    words = _words_of(node, width - 2 * PAD)
    runs = RUN_ROW * (1 if node.after is None else 2)
    height = max(words.height, 2 * PAD + runs - 4) if paper.beside else words.height + runs + 2
    pen.opened(_title(pen, node))
    pen.rect("f-box f-shown" if node.now.reaches else "f-box", x, pen.y, width, height, corner=5)
    _draw_words(pen, words, x + PAD)
    _draw_weighed(pen, node, x)
    y = pen.y + PAD + 3 if paper.beside else pen.y + words.height - 3
    _draw_weights(pen, node.now, standard, (x + PAD, y))
    if node.after is not None:
        _draw_weights(pen, node.after, standard, (x + PAD, y + RUN_ROW))
        pen.rect("f-hollow", paper.axis - RUN - 15, y + RUN_ROW - 5, 2 * RUN + 30, CELL + 10, corner=4)
    if node.marks:
        pen.rect("f-dashed", x - 4, pen.y - 4, width + 8, height + 8, corner=8)
        pen.numbers(node.marks[:MOST_MARKS], x + width - PAD - 8, pen.y + PAD + 8)
    pen.closed()
    reached = pen.y + PAD + ROW // 2
    pen.y += height + BETWEEN
    return reached


def _words_of(node: NodeView, width: int) -> _Words:
    font = CODE if node.part.is_code else ASKS
    taken = 24 * min(len(node.marks), MOST_MARKS)
    return _Words(
        font,
        lines_of(node.part.text, font, width - taken, MOST_LINES),
        [(line, lines_of(line.text, SMALL, width - 18, MOST_SMALL)) for line in node.lines],
    )


def _title(pen: Pen, node: NodeView) -> str:
    """Everything about a part, with what stands below it as it is written."""
    tongue = pen.tongue
    texts = [node_text(node, tongue), *(line.text for line in node.lines)]
    texts += [marks_text(node, tongue), after_text(node, tongue)]
    if node.below:
        texts.append(shortened(node.written, LONGEST_WRITTEN))
    return tongue.parted(text for text in texts if text)


def _draw_words(pen: Pen, words: _Words, x: int) -> None:
    """The words of a part, and who speaks there."""
    y = pen.y + PAD + 13
    for text in words.own:
        pen.text(x, y, text, CLASSES[words.font])
        y += ROW
    y += 2
    for line, texts in words.lines:
        pen.sign(line.kind, x, y - 10)
        for text in texts:
            pen.text(x + 18, y, text, "f-small")
            y += SMALL_ROW


def _draw_weighed(pen: Pen, node: NodeView, x: int) -> None:
    """How the weights come from those below, at the right of the words, where there is room for it."""
    if node.operator not in WEIGHED:
        return
    text = pen.tongue.of(WEIGHED[node.operator])
    if ASKS.width(node.part.text) + SMALL.width(text) + 3 * PAD <= pen.paper.edge - x:
        pen.text(pen.paper.edge - PAD, pen.y + PAD + 13, text, "f-small f-soft f-end")


def _draw_weights(pen: Pen, weighing: Weighing, standard: int, at: tuple[int, int]) -> None:
    """Both weights as runs of cells from the axis, the mark of the standard, and whether that is reached."""
    axis, pair, (left, y) = pen.paper.axis, weighing.pair, at
    for number in range(1, GREATEST + 1):
        before, behind = axis - STEP * number, axis + GAP + STEP * (number - 1)
        pen.rect("f-cell", before, y, CELL, CELL)
        if number <= pair.against:
            pen.path("f-hatch", hatch(before, y, CELL))
        pen.rect("f-full" if number <= pair.for_ else "f-cell", behind, y, CELL, CELL)
    pen.path("f-axis", f"M{axis} {y - 3}v{CELL + 6}")
    pen.path("f-tick", f"M{_mark_at(pen.paper, standard)} {y - 4}v{CELL + 8}")
    said = pen.tongue.number
    pen.text(axis - RUN - 3, y + 11, said(pair.against), strong("f-end", holds=pair.against > 0))
    pen.text(axis + RUN + 4, y + 11, said(pair.for_), strong(holds=pair.for_ > 0))
    word = pen.tongue.of(FIGURE["shown" if weighing.reaches else "not_shown"])
    pen.text(pen.paper.said or left, y + 11, word, strong(holds=weighing.reaches))


def _mark_at(paper: Paper, standard: int) -> int:
    """Where the run of cells ends that reaches a standard."""
    return paper.axis + GAP + STEP * standard - 1


def _indent(root: NodeView, paper: Paper) -> int:
    """How far a part stands to the right of that above it: less in a deep tree, so that boxes keep some width."""
    deep = _depth([root]) - 1
    return max(2, min(WIDEST_STEP, (paper.room - NARROWEST_BOX) // deep)) if deep else 0


def _depth(nodes: Iterable[NodeView]) -> int:
    return max((1 + _depth(node.below) for node in nodes), default=0)
