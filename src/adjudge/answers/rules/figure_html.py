"""The figure as one page that needs nothing else: the drawing, and the same in words as nested lists.

Not the answer: `adjudge decide` makes that page. For a phone the drawing is made again, narrower; only one is shown.
"""

from markupsafe import Markup

from adjudge.answers.forms.pages import environment
from adjudge.answers.forms.sayings import words_of_pages
from adjudge.answers.rules.figure_pen import NARROW, WIDE, Paper
from adjudge.answers.rules.figure_svg import figure_svg
from adjudge.answers.rules.figure_words import (
    FIGURE,
    after_text,
    heading_text,
    marks_text,
    question_text,
    step_line,
    title_text,
    weights_text,
)
from adjudge.answers.rules.figures import FigureView
from adjudge.tongues.tongue import Tongue


def figure_html(view: FigureView, tongue: Tongue) -> str:
    """The page: the same view is the same text."""
    template = environment().get_template("figure.html")
    return template.render(
        view=view,
        language=tongue.code,
        title=title_text(view, tongue),
        wide=_drawing(view, tongue, WIDE, "wide"),
        narrow=_drawing(view, tongue, NARROW, "narrow"),
        f={name: tongue.of(said) for name, said in FIGURE.items()},
        heading_text=lambda tree: heading_text(tree, tongue),
        weights_text=lambda node: weights_text(node, tongue),
        after_text=lambda node: after_text(node, tongue),
        marks_text=lambda node: marks_text(node, tongue),
        step_line=lambda step: step_line(step, tongue),
        question=question_text(view.explained, tongue),
        **words_of_pages(tongue),
    )


def _drawing(view: FigureView, tongue: Tongue, paper: Paper, name: str) -> Markup:
    """The drawing below the title of the page: our own markup, in which every text is escaped."""
    return Markup(figure_svg(view, tongue, paper, name=name, titled=False))  # noqa: S704 - as the docstring says
