"""The one form of every line: text for people or JSON for programs, made of the same parts in the same order."""

import json
import logging
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

from adjudge.mount.telling.strangers import without_addresses, words_of
from adjudge.mount.telling.traces import trace_of

LONGEST = 2_000
"""Characters of a part: what strangers send must not fill the log."""
_FIRST = ("time", "level", "logger", "event")
_NO_FAULT = ("django.security",)
"""What strangers send is no fault of ours: a line says so, and not where in our code that was."""


def formatter(form: str) -> logging.Formatter:
    """A formatter for every handler, and structlog told to hand its lines to it."""
    around: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *around, ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    return ProcessorFormatter(
        foreign_pre_chain=[_worded, *around],
        pass_foreign_args=True,
        processors=[_traced, ProcessorFormatter.remove_processors_meta, _in_order, _WRITERS[form]],
    )


def _worded(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """The words of a line that came by the standard library."""
    event["event"] = words_of(event["_record"], str(event["event"]), event.pop("positional_args", ()))
    return event


def _traced(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Where it went wrong, without the values there."""
    raised = event.pop("exc_info", None)
    error = raised[1] if isinstance(raised, tuple) else raised
    event.pop("stack_info", None)
    if isinstance(error, BaseException) and not str(event.get("logger", "")).startswith(_NO_FAULT):
        event["trace"] = trace_of(error)
    return event


def _in_order(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    first = {name: event[name] for name in _FIRST if name in event}
    return {name: _bounded(name, value) for name, value in (first | dict(event)).items()}


def _bounded(name: str, value: object) -> object:
    if not isinstance(value, str) or name == "trace":
        return value
    return without_addresses(value)[:LONGEST]


def _as_json(_logger: WrappedLogger, _name: str, event: MutableMapping[str, Any]) -> str:
    return json.dumps(event, default=str)


def _as_text(_logger: WrappedLogger, _name: str, event: MutableMapping[str, Any]) -> str:
    """One line in characters that drive no terminal; below it, where something went wrong."""
    parts = dict(event)
    time, level, logger, words = (str(parts.pop(name, "")) for name in _FIRST)
    trace = parts.pop("trace", "")
    rest = "".join(f" {name}={value}" for name, value in parts.items() if value != "")
    line = _plain(f"{time} {level:<7} {logger}: {words}{rest}")
    return line + "".join(f"\n  {_plain(item)}" for item in str(trace).splitlines())


def _plain(text: str) -> str:
    return ascii(" | ".join(text.splitlines()))[1:-1]


_WRITERS = {"json": _as_json, "text": _as_text}
