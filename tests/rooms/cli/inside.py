"""The command line within this process: as a program of its own, each test would take a second to start."""

import os
import subprocess
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from unittest.mock import patch

from adjudge.cli.main import main


def adjudge(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command; what it printed, and its exit code."""
    line, out, err = [str(item) for item in arguments], StringIO(), StringIO()
    with patch.dict(os.environ, {"COLUMNS": "100"}), redirect_stdout(out), redirect_stderr(err):
        try:
            code = main(line)
        except SystemExit as end:  # how argparse refuses a line
            code = end.code if isinstance(end.code, int) else 1
    return subprocess.CompletedProcess(line, code, out.getvalue(), err.getvalue())
