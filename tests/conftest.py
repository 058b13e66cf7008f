"""What every test may ask for, and the rule that a build machine skips nothing by accident.

Not here: strategies, which are in `tests/generators`, and fixtures of one room, which stand beside its tests.

A test that lacks something (a browser, the folder of real data) skips with a message, so that a newcomer's
run is green. On a build machine, where CI=true, the same skip would hide a broken machine for months. There
every skip fails the run, unless its reason starts with "allowed:" and so says that the build does without on
purpose.
"""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
ALLOWED = "allowed:"
GREEN = {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    # Tests start our program hundreds of times, and each start would compile all of it and of Django anew. What this
    # machine wants nowhere beside sources is kept elsewhere, for this run; its workers and programs find it by name.
    os.environ["PYTHONPYCACHEPREFIX"] = tempfile.mkdtemp(prefix="adjudge-bytecode-")
    atexit.register(shutil.rmtree, os.environ["PYTHONPYCACHEPREFIX"], ignore_errors=True)


@pytest.fixture(scope="session")
def adjudge_data() -> Path:
    """Return the folder of real lists, policies and ads, none of which is part of this repository."""
    named = os.environ.get("ADJUDGE_DATA")
    folder = Path(named) if named else CHECKOUT.parent / "shared" / "data"
    if not folder.is_dir():
        # Who names a folder means it; a build machine without one does without on purpose.
        if named:
            pytest.skip(f"ADJUDGE_DATA names `{named}`, which is not a folder")
        pytest.skip(f"{ALLOWED} no real data here; name its folder in ADJUDGE_DATA")
    return folder


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """Return the browser that page tests drive: the system's, since Playwright's own would be a download."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip(f"none of {', '.join(BROWSERS)} is on PATH; install Chromium to run the page tests")
    # Its driver is a program too, and on a machine without a compiler may lack a library (libatomic1).
    driver = subprocess.run(
        [sys.executable, "-m", "playwright", "--version"], capture_output=True, text=True, check=False
    )
    if driver.returncode != 0:
        pytest.skip(f"the driver of Playwright does not start: {driver.stderr.strip()}")
    return Path(found)


class SkipCensus:
    """Counts the skips of a run and, on a build machine, fails it for those that are not allowed."""

    def __init__(self) -> None:
        self.unexplained: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test that was skipped; with xdist, the controller hears of every worker's tests here."""
        self._note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a module that was skipped whole; with xdist, only the worker that collects hears of it."""
        self._note(report)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        """Take over what a worker of xdist has noted while it collected."""
        self.unexplained.update(getattr(node, "workeroutput", {}).get("unexplained_skips", []))

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand the notes to the controller, or fail the run that has any."""
        handed_on: dict[str, object] | None = getattr(session.config, "workeroutput", None)
        if handed_on is not None:
            handed_on["unexplained_skips"] = sorted(self.unexplained)
        elif self.unexplained and session.exitstatus in GREEN:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """List what was skipped and why, above the summary line."""
        if self.unexplained:
            terminalreporter.section("skipped, although CI=true", red=True, bold=True)
            for line in sorted(self.unexplained):
                terminalreporter.write_line(line)
            terminalreporter.write_line(f'Mend the machine, or start the reason with "{ALLOWED}".')

    def _note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        # An expected failure is reported as skipped too; it ran, and is none.
        if not report.skipped or hasattr(report, "wasxfail"):
            return
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = reason.removeprefix("Skipped: ")
        if not reason.startswith(ALLOWED):
            self.unexplained.add(f"{report.nodeid}: {reason}")


def pytest_configure(config: pytest.Config) -> None:
    """Take the census on build machines only."""
    if os.environ.get("CI") == "true":
        config.pluginmanager.register(SkipCensus(), "skip-census")


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, exitstatus: int, config: pytest.Config
) -> None:
    """Say how to run a failed order again: `-q` leaves out the line that would."""
    seed = config.getoption("randomly_seed", None)
    if exitstatus == pytest.ExitCode.TESTS_FAILED and seed is not None:
        terminalreporter.write_line(f"The same order again: pytest --randomly-seed={seed}")
