"""A certificate for the receivers of a session."""

from pathlib import Path

import pytest

from tests.receivers import Certified, certified


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certified:
    """Give a certificate for this machine."""
    folder: Path = tmp_path_factory.mktemp("certificate")
    return certified(folder)
