"""What a scaffold would write, as a value: nothing is on the disk yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from adjudge.basis.said import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """New texts by path, and what to say of them. `folder` is one that does not exist yet, and all lies in it.

    The texts are written in their order, so that whoever interrupts it leaves nothing that is spoken of and not there.
    """

    files: Mapping[Path, str]
    done: tuple[Said, ...]
    folder: Path | None = None
    read: Mapping[Path, str] = field(default_factory=dict)
    """The files that are there already, with the texts that the new ones were made of."""
    advice: tuple[Said, ...] = ()
    """What the author should know before going on."""
    next_steps: tuple[tuple[str, ...], ...] = field(default=())
    """Commands to go on with, each as its words."""
