"""Ports for the servers that tests start: each given once, out of those that no machine gives by itself.

A port that the machine was asked for (by binding to 0) is one of those that it gives to every connection too: between
the question and the start of a server it may be somebody else's.
"""

import secrets
import socket

HOST = "127.0.0.1"
FIRST, COUNT = 20_000, 12_000
"""Below those that systems give to connections, and above those of known services."""
_HELD: list[socket.socket] = []
"""What keeps a port from other runs of tests while this one lasts: a server of ours listens by TCP, and this is UDP."""


def free_port() -> int:
    """A port on which nobody listens, and that no other test was given."""
    while True:
        port = FIRST + secrets.randbelow(COUNT)
        held = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            held.bind((HOST, port))
            with socket.socket() as trial:
                trial.bind((HOST, port))
        except OSError:
            held.close()
            continue
        _HELD.append(held)
        return port
