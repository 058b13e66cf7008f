"""Tests of policies on disk: which files a path means, read with the versions of their policy, and run.

A policy folder holds its tests in `tests`, one YAML file for each rule or question. A path may name the policy, the
folder of tests or one file of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from adjudge.app.files import read_yaml_file, report_unreadable
from adjudge.app.folders import VOCABULARY
from adjudge.app.on_files import Policy, load_policy
from adjudge.basis.problem import ProblemLog, did_you_mean, quoted
from adjudge.basis.said import say
from adjudge.trials.model import Trial, TrialFile
from adjudge.trials.reader import Versions, read_trials
from adjudge.trials.result import FileResult
from adjudge.trials.run import run_files

TESTS = "tests"
MOST_TEST_FILES = 500
_ENDINGS = {".yaml", ".yml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialRun:
    """What was asked to be run, what came of it, and the policy. Files with problems are only counted."""

    policy: Policy
    files: tuple[TrialFile, ...]
    results: tuple[FileResult, ...]
    spoilt: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to run: a path, a version instead of those that the files name, and names of cases (with `*` and `?`)."""

    path: Path
    version: str | None = None
    cases: tuple[str, ...] = ()

    def chooses(self, trial: Trial) -> bool:
        """Whether a case is asked for, by its name or by that with its version."""
        return not self.cases or any(_is_called(trial, name) for name in self.cases)


def _is_called(trial: Trial, name: str) -> bool:
    return fnmatchcase(trial.id, name) or fnmatchcase(trial.name, name)


def run_tests(wanted: Wanted, log: ProblemLog) -> TrialRun | None:
    """Run the tests that a path names; None with problems where there is no policy or no test to run."""
    try:
        return _run_tests(wanted, log)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        report_unreadable(error, wanted.path, log)
        return None


def _run_tests(wanted: Wanted, log: ProblemLog) -> TrialRun | None:
    folder = policy_folder(wanted.path, log)
    policy = load_policy(folder, log) if folder is not None else None
    versions = _versions(policy, wanted.version, log) if policy is not None else None
    if folder is None or policy is None or versions is None:
        return None
    paths = test_files(wanted.path, folder, log)
    read = {path: read_test_file(path, versions, log) for path in paths}
    files = tuple(file for file in read.values() if file is not None)
    spoilt = tuple(path for path, file in read.items() if file is None)
    if not spoilt:
        _check_names(wanted, files, log)
    results = run_files(files, wanted.chooses)
    return TrialRun(policy=policy, files=files, results=results, spoilt=spoilt) if paths else None


def policy_folder(path: Path, log: ProblemLog) -> Path | None:
    """The policy to which a path belongs: the folder itself, or the nearest above a folder or file of tests."""
    if not path.exists():
        log.add(
            "unreadable-file",
            say("there is nothing of this name"),
            where=str(path),
            hint=say("check the path"),
        )
        return None
    own = path.parent if path.is_file() else path
    above = own.resolve().parent
    here = Path.cwd()
    near = (own, above.relative_to(here) if above.is_relative_to(here) else above)
    found = next((folder for folder in near if (folder / VOCABULARY).is_file()), None)
    if found is None:
        hint = say("name a policy folder, its {folder} folder, or one file of it", folder=quoted(TESTS))
        message = say("there is no {file} here or above", file=quoted(VOCABULARY))
        log.add("unknown-package", message, where=str(path), hint=hint)
    return found


def test_files(path: Path, folder: Path, log: ProblemLog) -> list[Path]:
    """The files of tests that a path means, by name; a problem where there is none."""
    if path.is_file():
        return [path]
    tests = folder / TESTS if (path / VOCABULARY).is_file() else path
    found = tests_in(tests, log)
    if not found:
        hint = say("write the first into a YAML file in its folder {folder}", folder=quoted(TESTS))
        log.add("no-tests", say("the policy has no tests"), where=str(path), hint=hint)
    return found


def tests_in(folder: Path, log: ProblemLog) -> list[Path]:
    """The files of a folder of tests, by name; none where there is no such folder."""
    found = sorted(path for path in folder.iterdir() if is_test_path(path)) if folder.is_dir() else []
    for path in [path for path in found if not path.resolve().is_relative_to(folder.resolve())]:
        # A policy from outside must not show other files of this machine in its problems.
        hint = say("put the file itself there")
        log.add("unreadable-file", say("this leads out of the folder of tests"), where=str(path), hint=hint)
        found.remove(path)
    if len(found) > MOST_TEST_FILES:
        message = say("the folder holds more than {most} files", most=str(MOST_TEST_FILES))
        log.add("file-too-large", message, where=str(folder), hint=say("split it"))
    return found[:MOST_TEST_FILES]


def is_test_path(path: Path) -> bool:
    """Whether a name in the folder of tests is that of a file of tests; hidden ones are left out."""
    return path.suffix in _ENDINGS and not path.name.startswith(".")


def read_test_file(path: Path, versions: Versions, log: ProblemLog) -> TrialFile | None:
    """One file of tests; None with problems."""
    node = read_yaml_file(path, log)
    return read_trials(node, versions, log) if node is not None else None


def is_tests_folder(path: Path) -> bool:
    """Whether a folder is the folder of tests of a policy."""
    return path.resolve().name == TESTS and (path.resolve().parent / VOCABULARY).is_file()


def read_tests(paths: Sequence[Path], policy: Policy, log: ProblemLog) -> int:
    """Read files of tests for their problems; how many files there are."""
    for path in paths:
        read_test_file(path, Versions(policy.vocabulary, policy.packages), log)
    return len(paths)


def check_tests(path: Path, log: ProblemLog) -> int:
    """Read one file or folder of tests for its problems, with the policy that it belongs to."""
    folder = policy_folder(path, log)
    policy = load_policy(folder, log) if folder is not None else None
    if folder is None or policy is None:
        return 0
    return read_tests(test_files(path, folder, log), policy, log)


def _versions(policy: Policy, version: str | None, log: ProblemLog) -> Versions | None:
    versions = Versions(policy.vocabulary, policy.packages)
    if version is None:
        return versions
    chosen = versions.named(version)
    if chosen is None:
        message = say("the policy has no version {version}", version=quoted(version))
        log.add("unknown-package", message, where="--version", hint=did_you_mean(version, versions.names))
        return None
    return Versions(policy.vocabulary, policy.packages, chosen)


def _check_names(wanted: Wanted, files: Sequence[TrialFile], log: ProblemLog) -> None:
    """A name that no case has is a slip, and would pass as a run of nothing."""
    trials = [trial for file in files for trial in file.trials]
    known = sorted({trial.id for trial in trials})
    for name in wanted.cases:
        if not any(_is_called(trial, name) for trial in trials):
            message = say("no case is called {name}", name=quoted(name))
            log.add("unknown-case", message, where="--case", hint=did_you_mean(name, known))


def watched_folders(path: Path) -> tuple[Path, ...]:
    """Where a change can make the tests of a path come out otherwise: its policy, the tests, the file's own folder."""
    folder = policy_folder(path, ProblemLog())
    own = path.parent if path.is_file() else path
    return (folder, folder / TESTS, own) if folder is not None else (own, own / TESTS, own.parent)
