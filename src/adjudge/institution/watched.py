"""What is being done, told by its name to whoever runs the program: when it begins, and how it ended.

Not what it is about: nothing is told of people, texts or ids. Nobody is told unless somebody asked to be.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

Watch = Callable[[str, str], AbstractContextManager[object]]
"""Told of a kind and a name, for as long as it takes."""
ACT, EVALUATION = "act", "evaluation"
_WATCHES: list[Watch] = []


class BegunAgainError(Exception):
    """Lets go of something that is begun again at once: no end of it."""


def tell(*watches: Watch) -> None:
    """Say who is to be told, in place of anybody before."""
    _WATCHES[:] = watches


@contextmanager
def watched(kind: str, name: str = "") -> Iterator[None]:
    """Do something while those who asked know of it. What is raised is raised on."""
    with ExitStack() as stack:
        for watch in _WATCHES:
            stack.enter_context(watch(kind, name))
        yield
