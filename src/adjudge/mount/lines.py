"""What the server's log says of requests that it did not take: one line each, without where in our code that was.

Not what it says of faults of ours, which keep their traceback.
"""

import logging

from django.core.exceptions import DisallowedHost

LONGEST = 300
"""Characters of a line: what strangers send must not fill the log."""


class OneLine(logging.Formatter):
    """The message alone, on one line, in characters that drive no terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; of a request for another host with the setting that would let it in."""
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, DisallowedHost):
            return "a request named a host that `ADJUDGE_HOSTS` does not name, and was answered 400"
        return ascii(record.getMessage())[1:-1][:LONGEST]
