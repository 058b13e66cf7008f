"""`adjudge seal`: a checked package as one file with its digest. LANGUAGE.md 5.1."""

import argparse
import sys

from adjudge.basis.problem import ProblemLog
from adjudge.cli import arguments
from adjudge.cli.output import write
from adjudge.cli.problems import REFUSED_INPUT, report
from adjudge.tongues.tongue import tongue_of


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    command = commands.add_parser(
        "seal",
        help="seal a package: checked, canonical, with its digest",
        description="Check a package and write it, with its vocabulary, as one canonical file that states its "
        "digest. The vocabulary is the vocabulary.yaml beside it. What lint refuses is not sealed.",
    )
    command.add_argument("package", metavar="PACKAGE", type=arguments.path, help="a package file (YAML)")
    command.add_argument("-o", "--output", metavar="FILE", type=arguments.path, help="write to a file")
    arguments.add_language(command)
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Seal and write; the digest goes to standard error, so that the output can be piped."""
    from adjudge.app.check import load_package
    from adjudge.language.seal import seal

    log, tongue = ProblemLog(), tongue_of(asked.lang)
    package = load_package(asked.package, log)
    sealed = seal(package, log) if package is not None else None
    if package is None or sealed is None:
        return report(log, tongue) or REFUSED_INPUT
    if log.problems:
        report(log, tongue)
    write(sealed.text + "\n", asked.output)
    name, version, digest = package.id, package.version, str(sealed.digest)
    done = tongue("sealed {package} {version} as {digest}", package=name, version=version, digest=digest)
    print(done, file=sys.stderr)
    return 0
