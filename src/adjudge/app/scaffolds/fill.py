"""The texts of scaffolds, filled in: `<<name>>` stands for a part.

Not Jinja: YAML lives by its indentation, and a part that was forgotten must be an error.
"""

import json
import re
from importlib.resources import files

from adjudge.basis.instant import Instant, day_of, start_of_day
from adjudge.language.checks.unwritten import TO_WRITE
from adjudge.language.formatting.plain import is_plain

_PART = re.compile(r"<<([a-z_]+)>>")


def filled(name: str, /, **parts: str) -> str:
    """A text of the folder `texts`. Raises KeyError where a part is not given."""
    text = (files("adjudge.app.scaffolds") / "texts" / name).read_text(encoding="utf-8")
    return _PART.sub(lambda match: parts[match[1]], text)


def word(text: str) -> str:
    """An identifier as YAML reads it back: `2019` and `true` need quotes. JSON's are YAML's too."""
    return text if is_plain(text) else json.dumps(text, ensure_ascii=False)


def indented(text: str, columns: int) -> str:
    """Every line set in."""
    return "\n".join(" " * columns + line if line else line for line in text.split("\n"))


def texts(key: str, languages: tuple[str, ...], english: str) -> str:
    """A key with a text to write in each language."""
    asked = {"en": f"{TO_WRITE}: {english}", "fr": f"{TO_WRITE} (en français)"}
    lines = [f'  {word(tag)}: "{asked.get(tag, f"{TO_WRITE} ({tag})")}"' for tag in languages]
    return "\n".join([f"{key}:", *lines])


def day_text(instant: Instant) -> str:
    """A date where the instant is the first of its day, as people write it."""
    day = day_of(instant)
    return day.isoformat() if start_of_day(day) == instant else str(instant)
