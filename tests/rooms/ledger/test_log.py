"""Whole logs: no entry, line or byte can be changed, taken away, added, doubled or exchanged without being told."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from random import Random

import pytest

from adjudge.ledger.checkpoint import Checkpoint, SignedCheckpoint, read_checkpoint, sign
from adjudge.ledger.entry import Entry, entry_bytes
from adjudge.ledger.flaw import Flaw
from adjudge.ledger.log_file import LONGEST_LINE, Line, line_bytes, read_lines
from adjudge.ledger.part import Tombstone, expunging
from adjudge.ledger.report import MOST_OF_A_KIND, LogReport
from adjudge.ledger.signer import signer_of
from tests.rooms.ledger.example import WHY
from tests.rooms.ledger.logs import ORIGIN, SIGNER, START, Log, entry, log_of, part, verified

KEY = SIGNER.verifier
LOG = log_of(500)
LINES = LOG.written()
LOG_ENTRIES = [line for line in LOG.lines if isinstance(line, Entry)]
ENTRIES = [at for at, line in enumerate(LINES) if b'"adjudge-entry/1"' in line]
SMALL = log_of(23, every=5).written()
"""Small enough for everything that can be done to it to be tried."""


def flaws(report: LogReport) -> set[Flaw]:
    return {finding.flaw for finding in report.findings}


def at_lines(report: LogReport, flaw: Flaw) -> list[int | None]:
    return [finding.line for finding in report.findings if finding.flaw is flaw]


def changed(lines: list[bytes], at: int, line: bytes) -> list[bytes]:
    return [*lines[:at], line, *lines[at + 1 :]]


def lines_of(*lines: Line) -> list[bytes]:
    return [LINES[0], *map(line_bytes, lines)]


def test_a_log_verifies_with_nothing_but_its_file() -> None:
    report = verified(LINES)
    assert report.is_verified
    assert (report.entries, report.checkpoints, report.covered, report.root) == (500, 5, 500, LOG.roots[500])
    assert (report.parts.present, report.parts.absent) == (100, 0)
    assert (report.first, report.last) == (START, entry(499).at)
    assert not report.key_is_given
    assert verified(LINES, given=KEY) == replace(report, key_is_given=True)


def test_every_line_is_read_as_it_was_written() -> None:
    read = [line.found for line in read_lines(BytesIO(b"".join(LINES)))]
    assert read[1:] == LOG.lines


def test_a_changed_byte_in_any_entry_of_five_hundred_is_told() -> None:
    choose = Random(6962)  # noqa: S311 - a workload, not a secret
    assert len(ENTRIES) == 500
    for at in ENTRIES:
        line = bytearray(LINES[at])
        line[choose.randrange(len(line))] ^= choose.randrange(1, 256)
        assert not verified(changed(LINES, at, bytes(line))).is_verified, at


def test_a_changed_entry_that_is_well_formed_is_told_and_found_between_two_checkpoints() -> None:
    for seq in (0, 99, 100, 311, 499):
        forged = entry_bytes(replace(entry(seq), actor="somebody", private=LOG_ENTRIES[seq].private)) + b"\n"
        report = verified(changed(LINES, ENTRIES[seq], forged))
        assert flaws(report) == {Flaw.WRONG_ROOT}
        assert report.covered == seq // 100 * 100
        assert f"{seq // 100 * 100} to {seq // 100 * 100 + 99} " in report.findings[0].message


def test_no_bit_of_a_small_log_can_be_changed() -> None:
    content = b"".join(SMALL)
    for at in range(len(content)):
        damaged = bytearray(content)
        damaged[at] ^= 1 << at % 8
        assert not verified(bytes(damaged)).is_verified, at


@pytest.mark.parametrize("at", range(1, len(SMALL)))
def test_no_line_can_be_taken_away_doubled_or_exchanged(at: int) -> None:
    without, doubled = SMALL[:at] + SMALL[at + 1 :], [*SMALL[: at + 1], *SMALL[at:]]
    is_between = b"adjudge-checkpoint" in SMALL[at] and at < len(SMALL) - 1
    assert verified(without).is_verified == is_between
    assert not verified(doubled).is_verified
    for other in range(at + 1, len(SMALL)):
        swapped = changed(changed(SMALL, at, SMALL[other]), other, SMALL[at])
        assert not verified(swapped).is_verified, other


def test_a_log_with_its_last_checkpoint_alone_is_whole() -> None:
    """The last one covers all entries; which others are handed on is the choice of whoever exports the log."""
    report = verified([line for line in SMALL[:-1] if b"adjudge-checkpoint" not in line] + SMALL[-1:])
    assert report.is_verified
    assert (report.entries, report.checkpoints, report.covered) == (23, 1, 23)


def test_what_follows_the_last_checkpoint_is_signed_by_nobody() -> None:
    report = verified(LINES[:-1])
    assert flaws(report) == {Flaw.UNSIGNED_ENTRIES}
    assert (report.entries, report.covered) == (500, 400)
    assert "from 400 on" in report.findings[0].message


@pytest.mark.parametrize("cut", [1, 2, 100, 5_000, 50_000])
def test_a_cut_log_is_told(cut: int) -> None:
    assert not verified(b"".join(LINES)[:-cut]).is_verified


def test_a_log_cut_behind_an_earlier_checkpoint_is_told_by_one_that_was_kept() -> None:
    end = max(at for at, line in enumerate(LINES[:-1]) if b"adjudge-checkpoint" in line)
    assert verified(LINES[: end + 1]).is_verified
    report = verified(LINES[: end + 1], kept=LOG.checkpoint())
    assert flaws(report) == {Flaw.SHORTENED}


def test_nothing_behind_an_endless_line_is_read() -> None:
    report = verified([*SMALL[:3], b"x" * (LONGEST_LINE + 1) + b"\n", *SMALL[3:]])
    assert at_lines(report, Flaw.LINE_TOO_LONG) == [4]
    assert report.entries < 23


@pytest.mark.parametrize(
    "line", [b"\n", b"{}\n", b"x\n", b"\xff\n", b'{"format":"other"}\n', b'{"format":null}\n']
)
def test_a_line_that_is_none_of_a_log_is_told(line: bytes) -> None:
    report = verified([*SMALL[:3], line, *SMALL[3:]])
    assert flaws(report) <= {Flaw.NOT_CANONICAL, Flaw.WRONG_SHAPE}
    assert [finding.line for finding in report.findings] == [4]


def test_a_second_header_is_told() -> None:
    assert flaws(verified([*SMALL[:3], SMALL[0], *SMALL[3:]])) == {Flaw.OUT_OF_PLACE}


@pytest.mark.parametrize("first", [b"", b"{}\n", SMALL[1], SMALL[0].replace(b"included", b"left out")])
def test_a_log_without_its_header_is_not_read(first: bytes) -> None:
    report = verified([first, *SMALL[1:]] if first else b"")
    assert not report.is_verified
    assert report.entries == 0


def test_the_key_of_another_is_told() -> None:
    other = signer_of(ORIGIN, bytes(32)).verifier
    assert flaws(verified(SMALL, given=other)) == {Flaw.OTHER_KEY, Flaw.NOT_SIGNED}
    header = SMALL[0].replace(str(KEY).encode(), str(other).encode())
    assert flaws(verified([header, *SMALL[1:]])) == {Flaw.NOT_SIGNED}


def test_a_log_of_another_origin_is_told() -> None:
    other = Log(signer=signer_of("example.com/other", bytes(range(32))))
    other.say()
    other.close()
    report = verified([LINES[0], *other.written()[1:]], given=KEY)
    assert flaws(report) == {Flaw.WRONG_ORIGIN, Flaw.NOT_SIGNED}
    assert flaws(verified(other.written(), given=KEY)) == {Flaw.OTHER_KEY, Flaw.WRONG_ORIGIN, Flaw.NOT_SIGNED}


def signed(size: int, root: bytes) -> SignedCheckpoint:
    found = read_checkpoint(sign(Checkpoint(origin=ORIGIN, size=size, root=root), SIGNER))
    assert isinstance(found, SignedCheckpoint)
    return found


def test_a_checkpoint_must_cover_what_stands_before_it() -> None:
    one = entry(0)
    root = log_of(1).roots[1]
    assert flaws(verified(lines_of(one, signed(2, root)))) == {Flaw.WRONG_SIZE}
    assert flaws(verified(lines_of(one, signed(1, bytes(32))))) == {Flaw.WRONG_ROOT}
    two = Log()
    two.say()
    assert flaws(verified([*two.written(), line_bytes(two.checkpoint()), line_bytes(two.checkpoint())])) == {
        Flaw.OUT_OF_PLACE
    }


def test_an_empty_log_may_be_signed() -> None:
    log = Log()
    assert flaws(verified(log.written())) == {Flaw.UNSIGNED_ENTRIES}
    log.close()
    assert verified(log.written()).is_verified


def test_time_does_not_go_back() -> None:
    log = Log()
    log.add(entry(0))
    log.add(replace(entry(1), at=START))
    log.add(replace(entry(2), at=START))
    log.close()
    assert verified(log.written()).is_verified
    log.add(replace(entry(3), at=entry(1).at))
    log.add(replace(entry(4), at=START))
    log.close()
    assert at_lines(verified(log.written()), Flaw.TIME_GOES_BACK) == [7]


def test_of_one_flaw_the_first_are_kept_and_the_others_counted() -> None:
    report = verified([LINES[0], *(LINES[at] for at in ENTRIES[::2])])
    assert len(at_lines(report, Flaw.WRONG_NUMBER)) == MOST_OF_A_KIND
    assert report.left_out > 200


# --- checkpoints that were kept ---


@pytest.mark.parametrize("size", [0, 1, 57, 100, 499, 500])
def test_a_log_that_only_grew_holds_what_any_earlier_checkpoint_covered(size: int) -> None:
    assert verified(LINES, given=KEY, kept=LOG.checkpoint(size)).is_verified


def test_a_log_that_was_rewritten_and_signed_anew_is_told_by_a_checkpoint_that_was_kept() -> None:
    rewritten = Log()
    for seq in range(30):
        rewritten.say(kind="decision:changed" if seq == 12 else "decision:issued")
    rewritten.close()
    honest = Log()
    for _ in range(20):
        honest.say()
    assert verified(rewritten.written(), given=KEY).is_verified
    assert verified(rewritten.written(), kept=honest.checkpoint(12)).is_verified
    assert flaws(verified(rewritten.written(), kept=honest.checkpoint(13))) == {Flaw.REWRITTEN}
    assert flaws(verified(rewritten.written(), kept=honest.checkpoint())) == {Flaw.REWRITTEN}


def test_a_checkpoint_of_another_log_is_no_witness() -> None:
    other = Log(signer=signer_of("example.com/other", bytes(32)))
    other.say()
    assert flaws(verified(LINES, kept=other.checkpoint(0))) == {Flaw.WRONG_ORIGIN, Flaw.NOT_SIGNED}


def test_a_kept_checkpoint_may_carry_signatures_of_witnesses() -> None:
    kept = LOG.checkpoint(57)
    witness = sign(kept.checkpoint, signer_of("witness.example", bytes(32))).splitlines(keepends=True)[-1]
    both = read_checkpoint(kept.note + witness)
    assert verified(LINES, kept=both).is_verified


# --- sealed parts ---

DIGEST = part("a").digest
STONE = Tombstone(digest=DIGEST, at=entry(2).at, why=WHY, entry=2)


def expunged(stone: Tombstone = STONE, said: Tombstone | None = STONE, last: int = 2) -> LogReport:
    log = Log()
    log.add(entry(0, part("a"), part("b")), stone, part("b"))
    log.say()
    if said is not None:
        log.add(replace(expunging(said, "desk"), seq=last))
    log.close()
    return verified(log.written())


def test_an_expunged_part_leaves_a_tombstone_and_a_log_that_verifies() -> None:
    report = expunged()
    assert report.is_verified
    assert (report.parts.present, report.parts.expunged, report.parts.absent) == (1, 1, 0)


def test_expunging_does_not_touch_the_tree() -> None:
    before, after = Log(), Log()
    before.add(LOG_ENTRIES[0], part("person 0"), part("address 0"))
    stone = Tombstone(digest=part("person 0").digest, at=START, why=WHY, entry=1)
    after.add(LOG_ENTRIES[0], stone, part("address 0"))
    assert before.frontier == after.frontier
    assert before.checkpoint() == after.checkpoint()


@pytest.mark.parametrize(
    "report",
    [
        lambda: expunged(said=None), lambda: expunged(said=replace(STONE, why="other")),
        lambda: expunged(said=replace(STONE, at=entry(3).at)), lambda: expunged(stone=replace(STONE, entry=1)),
        lambda: expunged(stone=replace(STONE, entry=0)), lambda: expunged(stone=replace(STONE, entry=9)),
    ],
)  # fmt: skip
def test_a_tombstone_of_which_no_entry_speaks_is_told(report: Callable[[], LogReport]) -> None:
    found = report()
    assert flaws(found) == {Flaw.TOMBSTONE_UNPROVEN}
    assert at_lines(found, Flaw.TOMBSTONE_UNPROVEN) == [3]


def test_an_expunged_part_that_is_still_there_is_told() -> None:
    log = Log()
    log.add(entry(0, part("a")), part("a"))
    log.say()
    log.add(expunging(STONE, "desk"))
    log.close()
    assert flaws(verified(log.written())) == {Flaw.TOMBSTONE_MISSING}


def test_a_missing_part_is_told_apart_from_damage() -> None:
    log = Log()
    log.add(entry(0, part("a"), part("b")), part("b"))
    log.close()
    report = verified(log.written())
    assert flaws(report) == {Flaw.PART_MISSING}
    assert report.lacks_parts_only
    assert not report.is_verified
    assert (report.covered, report.parts.present, report.parts.absent) == (1, 1, 1)


def test_parts_may_be_withheld_where_the_header_says_so() -> None:
    log = Log(parts_included=False)
    log.add(entry(0, part("a"), part("b")))
    log.add(entry(1, part("c"), part("d")), part("d"))
    log.close()
    report = verified(log.written())
    assert report.is_verified
    assert (report.parts.present, report.parts.absent, report.parts_included) == (1, 3, False)


@pytest.mark.parametrize("parts", [["b", "a"], ["a", "b", "b"], ["a", "c", "b"], ["c", "a", "b"]])
def test_parts_out_of_their_order_or_of_others_are_told(parts: list[str]) -> None:
    log = Log()
    log.add(entry(0, part("a"), part("b")), *map(part, parts))
    log.close()
    assert Flaw.FOREIGN_PART in flaws(verified(log.written()))


def test_a_part_behind_a_checkpoint_belongs_to_no_entry() -> None:
    log = Log()
    log.add(entry(0, part("a")))
    log.close()
    log.lines.append(part("a"))
    assert flaws(verified(log.written())) == {Flaw.PART_MISSING, Flaw.FOREIGN_PART}
