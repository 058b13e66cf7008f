"""Files that are sent and had, and the form in which they travel beside fields (RFC 7578)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is sent."""

    content: bytes
    file_name: str
    media_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class File:
    """A file that was had. `content` is empty where it was written elsewhere as it came."""

    content: bytes
    media_type: str
    file_name: str


def multipart(
    fields: Mapping[str, Any], files: Mapping[str, Upload | tuple[Upload, ...]], boundary: str
) -> bytes:
    """The body of a form with files. What is no text travels as JSON, and nothing where there is nothing to say."""
    parts: list[bytes] = []
    for name, value in fields.items():
        for item in value if isinstance(value, list | tuple) else (value,):
            if item is not None:
                text = item if isinstance(item, str) else json.dumps(item, ensure_ascii=False)
                parts.append(_part(boundary, f'name="{_quoted(name)}"', "", text.encode()))
    for name, given in files.items():
        for file in given if isinstance(given, tuple) else (given,):
            told = f'name="{_quoted(name)}"; filename="{_quoted(file.file_name)}"'
            parts.append(_part(boundary, told, file.media_type, file.content))
    return b"".join(parts) + f"--{boundary}--\r\n".encode()


def _part(boundary: str, told: str, media_type: str, content: bytes) -> bytes:
    lines = [f"--{boundary}", f"Content-Disposition: form-data; {told}"]
    lines += [f"Content-Type: {media_type}"] if media_type else []
    return "\r\n".join([*lines, "", ""]).encode() + content + b"\r\n"


def _quoted(text: str) -> str:
    """As browsers write names: what would end the quotation or the line is escaped."""
    return text.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")


def name_in(disposition: str) -> str:
    """The name of a file, of the header that an institution sends with it."""
    _, _, rest = disposition.partition('filename="')
    return rest.partition('"')[0]
