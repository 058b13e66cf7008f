"""`adjudge expr`: plain CEL on plain values, for CEL's own conformance cases. LANGUAGE.md 8."""

import argparse


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    command = commands.add_parser(
        "expr",
        help="evaluate plain CEL expressions from JSON lines",
        description='Read {"expr", "bindings"} from standard input, one on each line, and write {"value"} or '
        '{"error"} for each.',
    )
    command.set_defaults(run=run)


def run(_asked: argparse.Namespace) -> int:
    """Answer every line."""
    from adjudge.app.plain_cel import answer_expression
    from adjudge.cli.conform import lines

    for line in lines():
        print(answer_expression(line), flush=True)
    return 0
