"""What an advertiser reads first in the file of what is kept of it: what is where, what is not, how to verify it."""

from collections.abc import Iterator

from adjudge.basis.instant import Instant
from adjudge.tongues.tongue import Tongue


def readme(tongue: Tongue, platform: str, advertiser: str, at: Instant, origin: str) -> str:
    """The text of README.txt."""
    return "\n".join(_lines(tongue, platform, advertiser, at, origin)) + "\n"


def _lines(tongue: Tongue, platform: str, advertiser: str, at: Instant, origin: str) -> Iterator[str]:
    yield tongue("What is kept of {advertiser}", advertiser=advertiser)
    yield ""
    if platform:
        yield tongue("Taken out of the records of {platform}, as of {day}.", platform=platform, day=at)
    else:
        yield tongue("Taken out of the records of the platform, as of {day}.", day=at)
    yield ""
    yield tongue("What is in this file:")
    yield "  rows/       " + tongue("what is kept, as JSON (UTF-8), one file for each kind of thing")
    yield "  documents/  " + tongue(
        "documents, as they were received; the file names stand in rows/documents.json"
    )
    yield "  notices/    " + tongue("notices, byte by byte as they were sent")
    yield "  receipts/   " + tongue("proofs that the log of the platform holds what was done")
    yield "  manifest.json  " + tongue("every file with its size and its digest (SHA-256)")
    yield ""
    yield tongue("Each receipt can be verified by anybody, without the platform: `adjudge verify FILE`.")
    yield tongue(
        "The log is named {origin}. Compare its public key with the one that you were given.", origin=origin
    )
    yield ""
    yield tongue(
        "What is not in it: who works for the platform, what they noted for each other before a decision was issued, "
        "what was merely proposed, secrets, and what is kept of others."
    )
    yield tongue(
        "Receipts prove entries of the log as they stand there: of people of the platform they have bare ids, without "
        "names."
    )
    yield tongue(
        "Receipts of notices by third parties, and of what was claimed from them, come without the sealed words: "
        "they would tell who wrote them."
    )
    yield tongue("What was expunged is not there any more; its row says when it went.")
    yield tongue(
        "A document that concerns several advertisers is not handed to any of them here: ask for it."
    )
