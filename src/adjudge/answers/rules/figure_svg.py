"""The figure of a decision as SVG: the verdict, the trees with both weights of every part, the way out, a key.

Not a picture for the eye alone: the whole of it stands in words beside the drawing. Filled cells weigh for, hatched
ones against, a mark shows the standard, and what the way out changes is dashed and numbered: nothing needs colour.
"""

from functools import cache
from importlib.resources import files

from adjudge.answers.rules.explained import ExplainedView
from adjudge.answers.rules.figure_pen import (
    HEADING,
    PLAIN,
    SMALL,
    SMALL_ROW,
    TITLE,
    WIDE,
    Paper,
    Pen,
    safe,
)
from adjudge.answers.rules.figure_text import lines_of
from adjudge.answers.rules.figure_tree import draw_tree
from adjudge.answers.rules.figure_words import (
    FIGURE,
    question_text,
    step_details,
    step_line,
    title_text,
    whole_text,
)
from adjudge.answers.rules.figures import FigureView, LineKind, StepView, WayView
from adjudge.outcome import Verdict
from adjudge.tongues.tongue import Tongue

KEYS = ("for", "against", "standard", "idle", "silence", "after")


def figure_svg(
    view: FigureView, tongue: Tongue, paper: Paper = WIDE, *, name: str = "figure", titled: bool = True
) -> str:
    """The figure as one `svg` element, alone or in a page. There `name` leads its ids, and the page may have the title.

    A page that defines the tones of `style.css` lends them to the figure.
    """
    pen = Pen(paper, tongue)
    if titled:
        _draw_title(pen, view.explained)
    _draw_verdict(pen, view.explained)
    for tree in view.trees:
        draw_tree(pen, tree)
    _draw_way(pen, view.way)
    _draw_key(pen)
    height = pen.y + 12
    size = f'viewBox="0 0 {paper.width} {height}" width="{paper.width}" height="{height}"'
    words = "\n".join(map(safe, whole_text(view, tongue).split("\n")))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="figure" lang="{safe(tongue.code)}" {size}',
            f'role="img" aria-labelledby="{name}-title" aria-describedby="{name}-words">',
            f'<title id="{name}-title">{safe(title_text(view, tongue))}</title>',
            f'<desc id="{name}-words">{words}</desc>',
            f"<style>\n{_style()}</style>",
            f'<rect class="f-ground" width="{paper.width}" height="{height}"/>',
            *pen.pieces,
            "</svg>\n",
        ]
    )


@cache
def _style() -> str:
    """The sheet that travels with every figure. It holds neither `<` nor `&`: it is the same in XML and in HTML."""
    return files("adjudge.answers.forms").joinpath("templates/figure.css").read_text(encoding="utf-8")


def _draw_title(pen: Pen, explained: ExplainedView) -> None:
    """The rule, and what was asked."""
    paper = pen.paper
    pen.y += 8
    pen.paragraph(paper.margin, explained.title, TITLE, paper.inner)
    pen.y += 2
    pen.paragraph(paper.margin, question_text(explained, pen.tongue), SMALL, paper.inner, more=" f-soft")


def _draw_verdict(pen: Pen, explained: ExplainedView) -> None:
    """The verdict in its frame, each with a stroke of its own, and the row of the table that gave it."""
    paper, verdict = pen.paper, explained.verdict
    pen.y += 14
    top = pen.y
    taken = pen.frame(
        explained.verdict_word,
        f"f-{verdict.value}",
        is_full=verdict is Verdict.MET,
        is_double=verdict is Verdict.CONTESTED,
    )
    if not paper.beside:
        pen.y, taken = top + 30, 0
    pen.paragraph(paper.margin + taken, explained.row, PLAIN, paper.inner - taken)
    pen.y = max(pen.y + 6, top + 30)


def _draw_way(pen: Pen, way: WayView) -> None:
    """The way out in words, with the numbers that stand at the leaves."""
    paper = pen.paper
    pen.y += 12
    pen.rule()
    pen.y += 6
    pen.paragraph(paper.margin, way.said, HEADING if way.steps else PLAIN, paper.inner)
    for step in way.steps:
        _draw_step(pen, step)
    for text in way.then:
        pen.y += 6
        pen.paragraph(paper.margin, text, PLAIN, paper.inner)


def _draw_step(pen: Pen, step: StepView) -> None:
    """One step: its number as at the leaves, what is done, who can do it."""
    x, width = pen.paper.margin + 30, pen.paper.inner - 30
    pen.y += 8
    pen.opened(step_line(step, pen.tongue))
    pen.number(step.number, x - 19, pen.y + 13)
    pen.paragraph(x, step.text, PLAIN, width)
    pen.paragraph(x, step_details(step, pen.tongue), SMALL, width, more=" f-soft")
    pen.closed()


def _draw_key(pen: Pen) -> None:
    """What the signs mean, one beside the other as far as there is room."""
    paper = pen.paper
    pen.y += 18
    pen.rule()
    pen.y += 24
    x = paper.margin
    for name in KEYS:
        lines = lines_of(pen.tongue.of(FIGURE[f"key_{name}"]), SMALL, paper.inner - 24, 2)
        width = 24 + max(SMALL.width(line) for line in lines)
        if x > paper.margin and x + width > paper.width - paper.margin:
            x, pen.y = paper.margin, pen.y + 22
        _draw_key_sign(pen, name, x)
        for number, line in enumerate(lines):
            pen.text(x + 24, pen.y + SMALL_ROW * number, line, "f-small")
        pen.y += SMALL_ROW * (len(lines) - 1)
        x += width + 18


def _draw_key_sign(pen: Pen, name: str, x: int) -> None:
    y = pen.y - 10
    if name == "standard":
        pen.path("f-mark", f"M{x + 1} {y - 2}h10l-5 6z")
        pen.path("f-tick", f"M{x + 6} {y + 3}v9")
    elif name == "after":
        pen.rect("f-dashed", x + 1, y, 16, 11, corner=3)
    else:
        pen.sign(LineKind(name), x, y)
