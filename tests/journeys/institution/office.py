"""The command line of one institution in a program of its own: one line of JSON is one command, and one is its answer.

As a program for each command, a story would spend its time in starting them; the database is as it is in use.
"""

import json
import sys

from tests.rooms.cli.inside import adjudge


def main() -> None:
    """Run commands until there are no more."""
    for line in sys.stdin:
        done = adjudge(*json.loads(line))
        sys.stdout.write(json.dumps([done.returncode, done.stdout, done.stderr]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
