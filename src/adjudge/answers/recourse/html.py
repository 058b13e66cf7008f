"""What would change an answer as one HTML page, made as those of answers are: no network, no script, all escaped."""

from adjudge.answers.forms.pages import environment
from adjudge.answers.forms.sayings import words_of_pages
from adjudge.answers.recourse.view import RecourseView
from adjudge.tongues.tongue import Tongue


def recourse_html(view: RecourseView, tongue: Tongue) -> str:
    """The page: the same view is the same text. `tongue` is that of the view."""
    heading = tongue("What would change it: {subject}", subject=view.title)
    target = tongue("target: {target}", target=view.target)
    template = environment().get_template("recourse.html")
    return template.render(
        view=view, heading=heading, target=target, language=view.language, **words_of_pages(tongue)
    )
