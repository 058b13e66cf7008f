"""The institution joined over its data folder: the database, the documents, the keys; made on first use.

The only door by which faces come to a `House`. Keys are files that nobody but their owner can read.
"""

import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from adjudge.basis.instant import Instant
from adjudge.basis.said import Said, say
from adjudge.errors import RefusedError, UnavailableError
from adjudge.institution.house import House
from adjudge.institution.queue.mending import fill_queue
from adjudge.institution.register.mending import fill_register
from adjudge.ledger.signer import Signer, read_signer, signer_of
from adjudge.settings.schema import Settings
from adjudge.settings.secret_files import read_secret

SECRET_KEY, LOG_KEY, DOCUMENTS = "secret.key", "log.key", "documents"
RESTORING = ".restoring"
"""A folder that stands in the data folder while an institution is restored into it."""
SEED_BYTES = 32
SHORTEST_KEY = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An institution that was opened: its house, and the key that signs its log."""

    house: House
    signer: Signer
    settings: Settings


def prepared(settings: Settings) -> Settings:
    """The settings with their keys, made where they are missing; the data folder is made too.

    Raises RefusedError where a restore into it is not done: what lies there is no institution yet.
    """
    if (settings.data / RESTORING).exists():
        message = say("{folder} is being restored, or a restore was cut off", folder=str(settings.data))
        raise RefusedError(message, hint=say("wait until it is done; if it was cut off, give it again"))
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        settings.data.chmod(
            0o700
        )  # also where it was there before: names, addresses and sealed parts lie in it
        secret = _handed_in(settings.secret_key_file, "ADJUDGE_SECRET_KEY_FILE") or _kept(
            settings.data / SECRET_KEY, lambda: secrets.token_urlsafe(64)
        )
        log_key = _handed_in(settings.log_key_file, "ADJUDGE_LOG_KEY_FILE") or _kept(
            settings.data / LOG_KEY,
            lambda: signer_of(settings.origin, secrets.token_bytes(SEED_BYTES)).secret(),
        )
    except OSError as error:
        message = say("the data folder cannot be used: {reason}", reason=error.strerror or str(error))
        hint = say("name another one with `ADJUDGE_DATA_DIR`, or make room on the disk")
        raise UnavailableError(message, hint=hint) from error
    return replace(settings, secret_key=secret, log_key=log_key)


def _handed_in(path: Path | None, setting: str) -> str:
    """The text of a key that lies elsewhere, as a manager of secrets hands it in; empty where none is named."""
    if path is None:
        return ""
    text = read_secret(path)
    if isinstance(text, Said):
        message = say("the setting {name} cannot be used: {message}", name=setting, message=text)
        raise RefusedError(message, hint=say("put the key there, or unset it to use that of the data folder"))
    if len(text) < SHORTEST_KEY:
        message = say(
            "the key that {name} names has fewer than {least} characters", name=setting, least=SHORTEST_KEY
        )
        raise RefusedError(message, hint=say("make it of as many random characters, or more"))
    return text


def _kept(path: Path, make: Callable[[], str]) -> str:
    """The text of a key file; made, whole and for its owner only, where there is none."""
    if not path.exists():
        new = path.with_suffix(f".{secrets.token_hex(4)}")
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(make() + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(new, path)  # two that start at once agree on one key
        except FileExistsError:
            pass
        finally:
            new.unlink()
    return path.read_text(encoding="ascii").strip()


def refuse_missing(settings: Settings) -> None:
    """Raises RefusedError where there is no institution, before a folder is made for a name that was mistyped."""
    key = settings.log_key_file or settings.data / LOG_KEY
    if not (key.exists() and settings.data.is_dir()):
        raise _no_institution()


def open_institution(settings: Settings, *, migrated: bool = False, part: str | None = None) -> Opened:
    """Open an institution. `migrated` brings its database up to date first; else it must be, or that part of it.

    Raises RefusedError where the data folder has none yet and it is not to be made.
    """
    if not migrated:
        refuse_missing(settings)
    ready = prepared(settings)
    _configure(ready)
    from adjudge.storage.blobs import FolderBlobs  # noqa: PLC0415 - models are known once Django is configured
    from adjudge.storage.migrating import behind, migrate  # noqa: PLC0415
    from adjudge.storage.records import DatabaseRecords  # noqa: PLC0415

    if migrated:
        migrate()
        fill_queue(DatabaseRecords())
        fill_register(DatabaseRecords())
    elif behind(part=part):
        raise _no_institution()
    signer = read_signer(ready.log_key)
    if signer is None:
        key = ready.log_key_file or ready.data / LOG_KEY
        message = say("the key of the log in {file} cannot be read", file=str(key))
        raise RefusedError(
            message, hint=say("put the file back from a copy: with another key the log has another name")
        )
    house = House(
        records=DatabaseRecords(),
        blobs=FolderBlobs(ready.data / DOCUMENTS),
        clock=lambda: Instant(time.time_ns()),
        random=secrets.token_bytes,
        largest_upload=ready.largest_upload,
        origin=ready.origin,
        address=ready.public_url,
    )
    return Opened(house=house, signer=signer, settings=ready)


def _no_institution() -> RefusedError:
    message = say("the database of this institution is not there, or of an earlier version")
    return RefusedError(
        message, hint=say("name its folder with `--data`, or start it once with `adjudge up`")
    )


def _configure(settings: Settings) -> None:
    from adjudge.settings.web import configure  # noqa: PLC0415 - reading settings alone needs no Django

    configure(settings)
