"""All that is looked at before the program serves anybody: the settings, the machine, the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import Said
from adjudge.mount.config.database import check_database
from adjudge.mount.config.machine import check_machine
from adjudge.mount.config.values import Value, values_of
from adjudge.settings.schema import read_settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """Every setting, and what was found of the machine and the database."""

    values: tuple[Value, ...]
    found: tuple[Said, ...]


def check_configuration(environment: Mapping[str, str], log: ProblemLog, data: Path | None) -> Configuration:
    """Look at everything; what is wrong is in the log. The database is not asked where settings are wrong."""
    settings = read_settings(environment, log, data)
    found = check_machine(settings, log)
    if not log.refuses:
        found += check_database(settings, log)
    return Configuration(values=values_of(environment, data), found=found)
