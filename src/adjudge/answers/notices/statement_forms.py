"""A statement of reasons as a page and as Markdown, in one language; clauses have numbers to be cited by."""

from adjudge.answers.forms.escape import escaped
from adjudge.answers.forms.pages import environment
from adjudge.answers.forms.sayings import words_of_pages
from adjudge.notices.statement import Letter
from adjudge.tongues.tongue import Tongue


def statement_html(letter: Letter, tongue: Tongue) -> str:
    """The statement as one page that needs nothing else. `tongue` is that of the letter."""
    template = environment().get_template("statement.html")
    return template.render(letter=letter, language=letter.language, **words_of_pages(tongue))


def statement_markdown(letter: Letter) -> str:
    """The statement as Markdown."""
    lines = [f"# {escaped(letter.title)}", "", escaped(letter.intro)]
    number = 0
    for section in letter.sections:
        lines += ["", f"## {escaped(section.heading)}", ""]
        for clause in section.clauses:
            number += 1
            lines.append(f"{number}. {escaped(clause.text)}")
    return "\n".join(lines) + "\n"
