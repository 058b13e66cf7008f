"""What a command reads is not replaced by what it writes: asked once, before any command runs.

Not the writing itself (`adjudge.cli.output`), and not what is new: a file that is not there yet destroys nothing.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import say

_READ = {".yaml", ".yml"}
_OF_POLICIES = {*_READ, ".json"}
_WRITTEN, _POLICIES = "output", "policies"


def check_output(asked: argparse.Namespace, log: ProblemLog) -> None:
    """Refuse an output that would replace a file of a case, a population or a policy that is read, or a file named."""
    output: Path | None = getattr(asked, _WRITTEN, None)
    if output is None:
        return
    try:
        target = output.resolve()
        is_input = target.is_file() and (
            _is_of_policy(target)
            or _is_of_population(target)
            or any(_is_read(target, given) for given in _given(asked))
        )
    except (OSError, RuntimeError, ValueError):  # RuntimeError: links that lead in a circle
        return  # Writing there fails as well, and says why.
    if is_input:
        hint = say("write to another file; to replace this one all the same, remove it first")
        message = say("the output would replace a file that is read")
        log.add("already-there", message, where=str(output), hint=hint)


def _given(asked: argparse.Namespace) -> Iterator[Path]:
    """The files and folders that are named, but for where policies lie: of these only policies are read."""
    for key, value in vars(asked).items():
        if key in {_WRITTEN, _POLICIES}:
            continue
        for item in value if isinstance(value, list | tuple) else (value,):
            if isinstance(item, Path):
                yield item.resolve()


def _is_of_policy(target: Path) -> bool:
    """Whether it is the vocabulary, a version or the tests of a policy, which cases find by name."""
    from adjudge.app.folders import VOCABULARY
    from adjudge.app.trials import TESTS

    if target.parent.name == TESTS and (target.parent.parent / VOCABULARY).is_file():
        return target.suffix in _READ
    return target.suffix in _OF_POLICIES and (target.parent / VOCABULARY).is_file()


def _is_of_population(target: Path) -> bool:
    """Whether it is a file of a population, which cases find by name too."""
    from adjudge.app.folders import POPULATION

    return target.suffix in _READ and (target.parent / POPULATION).is_file()


def _is_read(target: Path, given: Path) -> bool:
    """Whether it is what is named, under whatever name, or would be read with the folder that is named."""
    if given.is_dir():
        return target.suffix in _READ and target.is_relative_to(given)
    return given.exists() and target.samefile(given)
