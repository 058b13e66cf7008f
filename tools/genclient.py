"""Writes the forms and operations of the typed client from the description of the API.

Run as `python tools/genclient.py`; with `--check` it only says which files are stale (exit code 1), which a test does.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # as a script it stands beside the others, as a module it is `tools.genclient`

from tools.client.operations import operations_file  # noqa: E402
from tools.client.shapes import shapes_file  # noqa: E402
from tools.client.words import named  # noqa: E402
from tools.described import described  # noqa: E402

CLIENT = ROOT / "src" / "adjudge" / "client"


def files() -> Mapping[Path, str]:
    """Every generated file with what it should hold."""
    told = named(described())
    return {
        CLIENT / "shapes.py": shapes_file(told),
        CLIENT / "operations.py": operations_file(told),
    }


def main() -> int:
    """Write the files, or with `--check` name the stale ones."""
    check = "--check" in sys.argv[1:]
    stale = [
        (path, text)
        for path, text in files().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    for path, text in stale:
        print(f"{'stale' if check else 'written'}: {path.relative_to(ROOT)}")
        if not check:
            path.write_text(text, encoding="utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
