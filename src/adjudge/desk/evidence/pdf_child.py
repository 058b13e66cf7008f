"""The words of a PDF, page by page: a program of its own, which reads hostile bytes within limits that it cannot lift.

Not imported: `adjudge.desk.evidence.pdf` starts it. It writes nothing but text, and knows nothing of the institution.
"""

import io
import resource
import sys
import time

import pypdf

MEMORY = 1_000_000_000
PROCESSOR = 10
"""Seconds of a processor after which the system ends it."""
PATIENCE = 5
"""Seconds after which it begins no further page."""
MOST_PAGES = 1_000
LONGEST = 2_000_000
CUT, LOCKED = 3, 4
"""How it ends where it has left pages out, and where the file needs a password."""


def limited() -> None:
    """Nothing but reading from here on: no more memory, time or files than these."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """Read a PDF from the standard input, and write its text with a form feed behind each page."""
    limited()
    read = pypdf.PdfReader(io.BytesIO(sys.stdin.buffer.read()))
    if read.is_encrypted and not read.decrypt(""):
        return LOCKED
    end, written = time.monotonic() + PATIENCE, 0
    for number, page in enumerate(read.pages):
        if number >= MOST_PAGES or written >= LONGEST or time.monotonic() > end:
            return CUT
        text = page.extract_text()
        written += len(text)
        sys.stdout.buffer.write(f"{text}\f".encode(errors="replace"))
        sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
