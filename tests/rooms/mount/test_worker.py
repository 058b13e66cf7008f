"""The worker of the server: whoever takes no more of an answer keeps no thread of it for good."""

import socket
import time

import pytest

from adjudge.mount.worker import be_patient

MUCH = bytes(50_000_000)


def test_whoever_reads_no_more_is_not_waited_for_without_end() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.setblocking(True)
        be_patient(ours, 1)
        began = time.monotonic()
        with pytest.raises(BlockingIOError):
            ours.sendall(MUCH)
        assert time.monotonic() - began >= 1
        theirs.sendall(b"still there")
        assert ours.recv(100) == b"still there"  # what they send is listened to as before
