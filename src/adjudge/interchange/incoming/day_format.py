"""Dates and times as a file writes them, such as `DD.MM.YYYY`, to the one form in which ours are written.

Not the formats of the C library: those change with the machine's language, and forgive what they should not.
"""

import re
from dataclasses import dataclass

from adjudge.basis.instant import parse_instant

_PARTS = {"YYYY": "year", "MM": "month", "DD": "day", "hh": "hour", "mm": "minute", "ss": "second"}
_PART = re.compile("|".join(_PARTS))
_DAY = frozenset({"year", "month", "day"})
_TIME = frozenset({"hour", "minute"})
LONGEST = 40


@dataclass(frozen=True, slots=True)
class DayFormat:
    """A format that was written in a mapping, and the pattern that it stands for."""

    written: str
    pattern: re.Pattern[str]

    def read(self, text: str) -> str | None:
        """A day as `2019-08-19`, a time as `2019-08-19T10:00:00Z`; None where the text has another form."""
        match = self.pattern.fullmatch(text.strip())
        if match is None:
            return None
        parts = match.groupdict()
        found = f"{parts['year']}-{parts['month']}-{parts['day']}"
        if "hour" in parts:
            found += f"T{parts['hour']}:{parts['minute']}:{parts.get('second') or '00'}Z"
        return found if parse_instant(found) is not None else None


def day_format(written: str) -> DayFormat | None:
    """The format of a text of `YYYY`, `MM`, `DD`, `hh`, `mm`, `ss` and marks between them; None where it is none."""
    if len(written) > LONGEST:
        return None
    found: list[str] = []
    pattern, position = "", 0
    for match in _PART.finditer(written):
        name = _PARTS[match[0]]
        found.append(name)
        digits = len(match[0])
        pattern += re.escape(written[position : match.start()]) + f"(?P<{name}>[0-9]{{{digits}}})"
        position = match.end()
    names = set(found)
    if len(found) != len(names) or not names >= _DAY or not (names == _DAY or names >= _DAY | _TIME):
        return None
    return DayFormat(written, re.compile(pattern + re.escape(written[position:])))
