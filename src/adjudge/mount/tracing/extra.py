"""Whether the parts that traces need are installed. Nothing of them is imported here."""

from importlib.util import find_spec

from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import say
from adjudge.settings.schema import Settings

NEEDED = ("opentelemetry.sdk.trace", "opentelemetry.exporter.otlp.proto.http.trace_exporter")
"""What the extra brings."""


def check_extra(settings: Settings, log: ProblemLog) -> None:
    """A problem where traces are asked for and cannot be made."""
    if settings.otlp_endpoint and not all(map(is_installed, NEEDED)):
        message = say("traces are asked for, and the extra `telemetry` is not installed")
        hint = say("install `adjudge[telemetry]`, or unset {setting}", setting="`ADJUDGE_OTLP_ENDPOINT`")
        log.add("bad-value", message, where="ADJUDGE_OTLP_ENDPOINT", hint=hint)


def is_installed(name: str) -> bool:
    """Whether a module can be imported."""
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:  # of a package above it
        return False
