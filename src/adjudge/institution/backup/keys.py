"""The two keys of an institution that is restored: from the backup, from a folder where they were kept, from settings.

Without `log.key` the log goes on under another name, without `secret.key` second factors cannot be read: neither
happens unless somebody says so.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from adjudge.basis.problem import quoted
from adjudge.basis.said import Said, say
from adjudge.errors import UnavailableError
from adjudge.institution.backup import archive
from adjudge.institution.backup.archive import content_of, members
from adjudge.institution.backup.manifest import Manifest, fingerprint
from adjudge.institution.backup.verifying import LONGEST_KEY
from adjudge.institution.house import refused
from adjudge.institution.on_database import LOG_KEY, SECRET_KEY
from adjudge.ledger.signer import read_signer
from adjudge.settings.schema import Settings
from adjudge.settings.secret_files import read_secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The texts of the keys, empty where nobody has them; and those of them that are put into the data folder."""

    log: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    put: frozenset[str] = frozenset({LOG_KEY, SECRET_KEY})

    @property
    def is_new_log(self) -> bool:
        """Whether the log goes on under another name."""
        return not self.log

    def write(self, folder: Path) -> None:
        """Put the keys into a folder, readable by their owner only."""
        for name, text in ((LOG_KEY, self.log), (SECRET_KEY, self.secret)):
            if text and name in self.put:
                path = folder / name
                path.touch(mode=0o600)
                path.write_text(f"{text}\n", encoding="ascii")


def chosen_keys(
    stream: BinaryIO, manifest: Manifest, settings: Settings, folder: Path | None, *, new_keys: bool
) -> Keys:
    """The keys of a backup, wherever they are. Raises RefusedError where one is missing or of another institution."""
    within = {
        member.name.removeprefix(archive.KEYS): content_of(stream, member, LONGEST_KEY).decode().strip()
        for member in members(stream)
        if member.name.startswith(archive.KEYS)
    }
    elsewhere = {LOG_KEY: settings.log_key_file, SECRET_KEY: settings.secret_key_file}
    found = {name: _text(name, elsewhere[name], folder) or within.get(name, "") for name in elsewhere}
    for name, file in elsewhere.items():
        if found[name] and not _is_of(manifest, name, found[name]):
            if not new_keys or file is None:
                raise _of_another(name)
            found[name] = ""  # lost, and the one that the setting names takes its place
    missing = [name for name, text in found.items() if not text]
    if missing and not new_keys:
        message = say("the keys are not at hand: {names}", names=tuple(map(quoted, missing)))
        hint = say(
            "name the folder in which they are kept with `--keys`; without `log.key` the log goes on under another "
            "name, without `secret.key` second factors are lost: if that is what you want, say `--new-keys`"
        )
        raise refused("keys-missing", message, hint)
    put = frozenset(name for name, file in elsewhere.items() if file is None)
    return Keys(log=found[LOG_KEY], secret=found[SECRET_KEY], put=put)


def _is_of(manifest: Manifest, name: str, text: str) -> bool:
    """Whether a key is that of the backup."""
    if name == SECRET_KEY:
        return fingerprint(text) == manifest.secret
    signer = read_signer(text)
    return signer is not None and signer.verifier == manifest.log_key


def _text(name: str, file: Path | None, folder: Path | None) -> str:
    """The text of a key in its file, or else in a folder; empty where there is none."""
    path = file or (folder / name if folder is not None else None)
    if path is None or not path.exists():
        return ""
    found = read_secret(path)
    if isinstance(found, Said):
        message = say("{path} cannot be read: {reason}", path=str(path), reason=found)
        raise UnavailableError(message, hint=say("check the path and the permissions"))
    return found


def _of_another(name: str) -> Exception:
    message = say("{name} is not the key of this backup", name=quoted(name))
    return refused("other-key", message, say("name the folder with the keys that it was taken with"))
