"""Checkpoints, keys and signatures: Go's and C2SP's own examples, strict reading, and no private key in sight."""

import pytest

from adjudge.basis.said import Said
from adjudge.errors import BugError
from adjudge.ledger.checkpoint import Checkpoint, SignedCheckpoint, read_checkpoint, sign
from adjudge.ledger.fields import base64_bytes
from adjudge.ledger.flaw import CONSEQUENCES, Finding, Flaw
from adjudge.ledger.key import read_key
from adjudge.ledger.signer import read_signer, signer_of
from tests.rooms.ledger.logs import ORIGIN, SIGNER

# The example of golang.org/x/mod/sumdb/note, from which C2SP's signed notes come.
GO_SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"  # noqa: S105 - published
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
GO_SIGNATURE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
# The examples of c2sp.org/signed-note and c2sp.org/tlog-checkpoint.
C2SP_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
C2SP_TEXT = "This is an example message.\n"
C2SP_SIGNATURE = (
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
)
C2SP_CHECKPOINT = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)
HEAD = Checkpoint(origin=ORIGIN, size=3, root=bytes(range(32)))
NOTE = sign(HEAD, SIGNER)


def read(note: str) -> SignedCheckpoint:
    found = read_checkpoint(note)
    assert isinstance(found, SignedCheckpoint)
    return found


def packed(text: str) -> bytes:
    content = base64_bytes(text, 68)
    assert content is not None
    return content


@pytest.mark.parametrize(
    ("key", "text", "signature"),
    [(GO_KEY, GO_TEXT, GO_SIGNATURE), (C2SP_KEY, C2SP_TEXT, C2SP_SIGNATURE)],
)
def test_published_signatures_verify_by_published_keys(key: str, text: str, signature: str) -> None:
    verifier = read_key(key)
    assert verifier is not None
    assert str(verifier) == key
    assert packed(signature)[:4] == verifier.id
    assert verifier.has_signed(text, packed(signature)[4:])
    assert not verifier.has_signed(text + "x", packed(signature)[4:])
    assert not verifier.has_signed(text, packed(signature)[5:])


def test_a_private_key_of_go_signs_as_go_does() -> None:
    signer = read_signer(GO_SECRET + "\n")
    assert signer is not None
    assert str(signer.verifier) == GO_KEY
    assert signer.verifier.id + signer.sign(GO_TEXT) == packed(GO_SIGNATURE)
    assert signer.secret() == GO_SECRET


def test_the_published_checkpoint_is_read() -> None:
    found = read(C2SP_CHECKPOINT)
    assert (found.checkpoint.origin, found.checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert [item.name for item in found.signatures] == ["example.com/behind-the-sofa"]
    assert found.checkpoint.text == C2SP_CHECKPOINT.partition("\n\n")[0] + "\n"


def test_what_is_signed_is_read_and_verifies() -> None:
    found = read(NOTE)
    assert found.checkpoint == HEAD
    assert found.is_signed_by(SIGNER.verifier)
    assert not found.is_signed_by(signer_of(ORIGIN, bytes(32)).verifier)
    assert not found.is_signed_by(signer_of("example.com/other", bytes(range(32))).verifier)


def test_signatures_of_others_are_passed_over_and_a_false_one_of_ours_spoils_the_note() -> None:
    other = sign(HEAD, signer_of("witness.example", bytes(32))).splitlines(keepends=True)[-1]
    false = sign(Checkpoint(origin=ORIGIN, size=4, root=HEAD.root), SIGNER).splitlines(keepends=True)[-1]
    assert read(NOTE + other).is_signed_by(SIGNER.verifier)
    assert not read(NOTE + false).is_signed_by(SIGNER.verifier)
    assert not read(NOTE.rpartition("—")[0] + other).is_signed_by(SIGNER.verifier)


def test_sixteen_signatures_are_read_and_endless_ones_are_not() -> None:
    other = "— witness.example AAAAAAA=\n"
    assert len(read(NOTE + other * 15).signatures) == 16
    assert isinstance(read_checkpoint(NOTE + other * 100), Finding)
    assert isinstance(read_checkpoint(NOTE + other * 10_000), Finding)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n3\n", "\n03\n"), ("\n3\n", "\n+3\n"), ("\n3\n", "\n-3\n"), ("\n3\n", "\n٣\n"), ("\n3\n", "\n\n"),
        ("\n3\n", "\n3\nmore\n"), ("\n3\n", "\n" + "9" * 19 + "\n"), (ORIGIN + "\n3", "\n3"), ("\n\n", "\n"),
        ("\n3\n", "\n3\r\n"), ("8=\n\n", "9=\n\n"), ("8=\n\n", "8\n\n"), ("8=\n\n", "8=\n\n\n"), ("— ", "- "),
        ("— ", "—  "), (f"— {ORIGIN}", "— "), (f"— {ORIGIN}", "— a+b"), (f"— {ORIGIN}", "— a\u00a0b"),
        ("=\n\n", "=\x07\n\n"),
    ],
)  # fmt: skip
def test_what_is_not_exactly_a_checkpoint_is_refused(old: str, new: str) -> None:
    spoilt = NOTE.replace(old, new, 1)
    assert spoilt != NOTE
    found = read_checkpoint(spoilt)
    assert isinstance(found, Finding)
    assert found.flaw is Flaw.WRONG_SHAPE


@pytest.mark.parametrize("cut", [0, 1, 20, len(NOTE) - 1])
def test_a_cut_checkpoint_is_refused(cut: int) -> None:
    assert isinstance(read_checkpoint(NOTE[:cut]), Finding)


def test_no_character_of_a_key_can_be_changed() -> None:
    text = str(SIGNER.verifier)
    for at in range(len(text)):
        for other in {chr(ord(text[at]) ^ 1), text[at].swapcase(), "", "++"} - {text[at]}:
            assert read_key(text[:at] + other + text[at + 1 :]) is None


@pytest.mark.parametrize("text", ["", "+", "++", GO_SECRET, GO_KEY.replace("Peter", "Peter ")])
def test_what_is_no_key_is_refused(text: str) -> None:
    assert read_key(text) is None


@pytest.mark.parametrize(
    "text", ["", GO_KEY, GO_SECRET[:-1], GO_SECRET.replace("c74f", "c74e"), "PRIVATE+KEY+a+b+c"]
)
def test_what_is_no_private_key_is_refused(text: str) -> None:
    assert read_signer(text) is None


def test_a_signer_does_not_show_its_key() -> None:
    for text in (repr(SIGNER), str(SIGNER), f"{SIGNER}"):
        assert "AAECAwQF" not in text
        assert text == f"Signer(name='{ORIGIN}')"


@pytest.mark.parametrize(("name", "seed"), [("", 32), ("a b", 32), ("a+b", 32), ("a", 31), ("a\nb", 32)])
def test_a_signer_without_a_name_or_with_too_few_bytes_is_a_bug(name: str, seed: int) -> None:
    with pytest.raises(BugError, match="32 bytes"):
        signer_of(name, bytes(seed))


def test_every_flaw_has_what_follows_from_it() -> None:
    assert set(CONSEQUENCES) == set(Flaw)
    assert all(isinstance(text, Said) for text in CONSEQUENCES.values())
