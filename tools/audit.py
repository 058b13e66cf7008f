"""Whether a pinned package has a weakness that is known: by pip-audit, in an environment of its own.

Not a scan of our own code. pip-audit asks a service (`pypi` or `osv`) what it knows of each pinned version; where none
answers nothing can be told, and the audit is skipped with that message: exit code 0, so that a build without a network
is not lost. A weakness that is found is exit code 1.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv-audit"
AUDITED = ("requirements-bootstrap.txt", "requirements.txt", "requirements-dev.txt")
SERVICES = ("pypi", "osv")
TIMEOUT = 20
"""Seconds that a service has to answer once."""
LONGEST = 600


def installed() -> Path | None:
    """The environment's pip-audit, installed where it is missing or its pins have changed; None where it cannot be."""
    stamp, pins = ENVIRONMENT / ".installed", ROOT / "requirements-audit.txt"
    command = ENVIRONMENT / "bin" / "pip-audit"
    if command.exists() and stamp.exists() and stamp.read_text() == pins.read_text():
        return command
    python = str(ENVIRONMENT / "bin" / "python")
    uv = str(Path(sys.executable).parent / "uv")
    for step in (
        [uv, "venv", "-q", "--clear", "--python", sys.executable, str(ENVIRONMENT)],
        [
            uv,
            "pip",
            "install",
            "-q",
            "--python",
            python,
            "--require-hashes",
            "--only-binary",
            ":all:",
            "-r",
            str(pins),
        ],
    ):
        done = subprocess.run(step, env=_index(), capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"audit: skipped, since pip-audit cannot be installed here: {_last(done.stderr)}")
            return None
    stamp.write_text(pins.read_text())
    return command


def _index() -> Mapping[str, str]:
    """The environment, with the index that pip is configured for: uv does not read pip's settings."""
    told = subprocess.run(
        [sys.executable, "-m", "pip", "config", "get", "global.index-url"],
        capture_output=True,
        text=True,
        check=False,
    )
    index = os.environ.get("PIP_INDEX_URL") or told.stdout.strip()
    return {
        **os.environ,
        **({"UV_DEFAULT_INDEX": index} if index and "UV_DEFAULT_INDEX" not in os.environ else {}),
    }


def audited(command: Path, service: str) -> tuple[list[str], str]:
    """What a service knows of the pinned packages, a line each; or why it told nothing."""
    files = [part for name in AUDITED for part in ("-r", str(ROOT / name))]
    asked = [str(command), *files, "--disable-pip", "--no-deps", "--require-hashes", "-f", "json"]
    asked += ["--vulnerability-service", service, "--timeout", str(TIMEOUT), "--progress-spinner", "off"]
    try:
        done = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return [], "it took too long"
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return [], _last(done.stderr)
    unknown = [str(package["name"]) for package in found if "skip_reason" in package]
    if len(unknown) == len(found):  # a mirror that knows packages and not their weaknesses
        return [], "it knows none of the packages"
    if unknown:
        print(f"audit: nothing could be asked of {', '.join(unknown)}")
    return list(weaknesses(found)), ""


def weaknesses(found: Sequence[Mapping[str, object]]) -> Sequence[str]:
    """A line for each weakness: the package, its version, the weakness, and the versions that mend it."""
    lines = []
    for package in found:
        known = package.get("vulns")
        for item in known if isinstance(known, list) else ():
            mended = ", ".join(item.get("fix_versions", ())) or "none yet"
            lines.append(f"{package['name']} {package['version']}: {item['id']}; mended in: {mended}")
    return lines


def _last(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "no reason was given"


def main() -> int:
    """Ask the services in turn; say what was found, or that nothing could be asked."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--service", choices=SERVICES, action="append", help="ask this one only")
    asked = parser.parse_args()
    command = installed()
    if command is None:
        return 0
    reasons = []
    for service in asked.service or SERVICES:
        lines, reason = audited(command, service)
        if not reason:
            print("\n".join(lines) or f"audit: no weakness is known of the pinned packages ({service})")
            return 1 if lines else 0
        reasons.append(f"{service}: {reason}")
    print(f"audit: skipped, since no service that knows weaknesses answered ({'; '.join(reasons)})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
