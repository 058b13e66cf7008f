"""Renders notices of the founding case as they are sent: `.venv/bin/python tools/notice_samples.py FOLDER`.

In both languages, as PDF and as pictures of its pages; with `--docs` the first pages go to docs/pictures. Not a test:
they are made to be looked at. Another machine has other fonts for what the bundled ones lack.
"""

import argparse
import datetime as dt
import struct
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from itertools import count
from pathlib import Path

import pypdfium2

from adjudge.basis.instant import NANOS, Instant
from adjudge.institution.data.case_folder import bring_case
from adjudge.institution.deciding import decisions
from adjudge.institution.hearing.filing import file_appeal
from adjudge.institution.house import House
from adjudge.institution.notifying.making import letter_for, make_owed
from adjudge.institution.staff import people, settling
from adjudge.letters.forms import PDF, forms_of
from adjudge.matters.proposal import Proposal
from adjudge.people.actor import Actor
from adjudge.people.role import Role
from adjudge.records.rows import NoticeRow
from adjudge.storage.memory import MemoryBlobs, MemoryRecords
from adjudge.tongues.tongue import LANGUAGES

CHECKOUT = Path(__file__).resolve().parent.parent
CASE = CHECKOUT / "examples" / "cases" / "kaspersky-2018"
PICTURES = CHECKOUT / "docs" / "pictures"
START = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
SITE = "https://ads.example.org"
SCALE = 1.25
LARGEST = 300_000
PROPOSAL = Proposal(
    reason="not told",
    milder="A label would not stop a sale that the law forbids.",
    rights="The freedom to conduct a business: the ad may run wherever the sale is lawful.",
)
POINTS = [
    "The product that the ad offers is not sold in that country any more.",
    "We were given no time to change where the ad is shown.",
]


def institution() -> House:
    """An institution in memory, whose clock goes on by a second whenever it is asked; the same at each run."""
    seconds, drawn = count(int(START.timestamp())), count()

    def random(size: int) -> bytes:
        return b"".join(sha256(str(next(drawn)).encode()).digest() for _ in range(size // 32 + 1))[:size]

    return House(
        records=MemoryRecords(),
        blobs=MemoryBlobs(),
        clock=lambda: Instant(next(seconds) * NANOS),
        random=random,
        address=SITE,
    )


def notices(house: House) -> tuple[NoticeRow, ...]:
    """The notice of a decision about the founding case, and of an appeal that was received."""
    admin = _join(house, people.FOUNDER, "administrator", Role.ADMINISTRATOR)
    author = _join(house, admin, "reviewer", Role.REVIEWER)
    second = _join(house, admin, "second", Role.SECOND_REVIEWER)
    legal = _join(house, admin, "legal", Role.LEGAL)
    appeals = _join(house, admin, "appeals", Role.APPEALS)
    settling.settle_institution(
        house,
        admin,
        platform={"en": "The advertising platform", "fr": "La plateforme publicitaire"},
        complaint=f"{SITE}/appeals",
        settlement="https://digital-strategy.ec.europa.eu/en/policies/dsa-out-court-dispute-settlement",
        review={},
        languages=LANGUAGES,
        reason="set-up",
    )
    matter = bring_case(house, admin, author, CASE)
    row = decisions.propose(house, author, matter.id, "ad-antivirus", PROPOSAL)
    decisions.confirm(house, second, row.id, row.digest, "read and agreed")
    decisions.sign(house, legal, row.id, "legal", row.digest, reason="lawful")
    issued = decisions.issue(house, author, row.id)
    file_appeal(house, appeals, issued.id, POINTS)
    return make_owed(house)


def _join(house: House, by: Actor, name: str, role: Role) -> Actor:
    invited = people.invite(house, by, f"{name}@example.org", name, (role,))
    return people.actor_of(people.join(house, invited.secret))


def samples() -> Iterator[tuple[str, bytes]]:
    """By name and language, the PDF of each notice."""
    house = institution()
    for row in notices(house):
        for language in LANGUAGES:
            with house.records.reading() as records:
                letter = letter_for(records, replace(row, language=language), address=SITE)
            yield f"notice-{row.purpose}-{language}", forms_of(letter)[PDF]


def pictures(content: bytes) -> Iterator[bytes]:
    """The pages of a PDF as PNG, in grey."""
    document = pypdfium2.PdfDocument(content)
    for page in document:
        yield _png(page.render(scale=SCALE, grayscale=True))
    document.close()


def _png(bitmap: pypdfium2.PdfBitmap) -> bytes:
    """A picture of eight bits of grey: written here, since no library for pictures is needed otherwise."""
    rows = bitmap.to_numpy()
    height, width = rows.shape[:2]
    lines = b"".join(b"\0" + row.tobytes() for row in rows)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = (_chunk(b"IHDR", head), _chunk(b"IDAT", zlib.compress(lines, 9)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def main() -> int:
    """Write them; 1 where a picture for the documentation is too large to keep."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path, help="where the PDF and the pictures go")
    asked.add_argument("--docs", action="store_true", help="keep the first pages in docs/pictures")
    given = asked.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    largest = 0
    for name, content in samples():
        (given.folder / f"{name}.pdf").write_bytes(content)
        for number, picture in enumerate(pictures(content), 1):
            (given.folder / f"{name}-{number}.png").write_bytes(picture)
            if given.docs and number == 1 and "-decision-" in name:
                (PICTURES / f"{name}.png").write_bytes(picture)
                largest = max(largest, len(picture))
        print(f"{name}: {len(content)} bytes")
    return int(largest > LARGEST)


if __name__ == "__main__":
    sys.exit(main())
