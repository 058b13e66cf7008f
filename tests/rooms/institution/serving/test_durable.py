"""What is named is on the disk: after a loss of power, `current.json` names files that are there."""

import os
from pathlib import Path

import pytest

from adjudge.enforcement.build import Builder, write_snapshot
from adjudge.enforcement.current import CURRENT, Current, keep_names
from adjudge.enforcement.terms import Terms
from adjudge.institution.serving.folder import Folder


class Disk:
    """What the folder held each time that its names were kept."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.kept = folder, list[dict[str, bytes]]()

    def keep(self, handle: int) -> None:
        if Path(f"/proc/self/fd/{handle}").resolve() == self.folder:
            self.kept.append({item.name: item.read_bytes() for item in self.folder.iterdir()})


def test_files_are_on_the_disk_before_they_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path.resolve()
    disk = Disk(folder)
    monkeypatch.setattr(os, "fsync", disk.keep)
    terms = Terms(origin="adjudge.test", log_size=1).told()
    for number in (1, 2):
        write_snapshot(folder / "whole", Builder(), terms, {"suffixes": b"", "idn": b"{}"}, None)
        assert "whole" in disk.kept[-1]
        name = f"snapshot-{number}-000000000000.adj"
        (folder / "whole").replace(folder / name)
        current = Current(origin="adjudge.test", base=name, delta="", log_size=number, confirmed_at=number)
        Folder(folder).offer(current, lambda _: bytes(68))
        last = disk.kept[-1]
        assert name in last
        assert name.encode() not in last.get(CURRENT, b""), "it was named before"
        assert name.encode() in (folder / CURRENT).read_bytes()


def test_where_names_keep_themselves_nothing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: int) -> None:
        raise OSError(22, "Invalid argument")

    def failed(_: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", refused)
    keep_names(tmp_path)
    monkeypatch.setattr(os, "fsync", failed)
    with pytest.raises(OSError, match="output"):
        keep_names(tmp_path)
