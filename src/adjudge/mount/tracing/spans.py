"""Spans of requests and acts: by template and by name, with nothing of what they are about. None without a collector.

Where the extra `telemetry` is not asked for, nothing of it is loaded.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from adjudge import __version__
from adjudge.basis.problem import ProblemLog
from adjudge.mount.tracing.extra import check_extra
from adjudge.settings.refusing import refuse_wrong
from adjudge.settings.schema import Settings

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span, Tracer

FAILED = 500
PATH = "/v1/traces"
_PROVIDERS: "list[TracerProvider]" = []


def begin(settings: Settings) -> None:
    """Send traces to the collector that is set; nothing without one. Raises RefusedError without the extra."""
    if not settings.otlp_endpoint:
        return
    log = ProblemLog()
    check_extra(settings, log)
    refuse_wrong(log)
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415 - an extra
        OTLPSpanExporter,
    )
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

    address = settings.otlp_endpoint.removesuffix(PATH) + PATH
    provide(BatchSpanProcessor(OTLPSpanExporter(endpoint=address)), settings.origin)


def provide(processor: Any, origin: str) -> None:  # noqa: ANN401 - a processor of spans, of an extra
    """Hand spans to a processor."""
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 - an extra
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415

    resource = Resource.create(
        {"service.name": "adjudge", "service.version": __version__, "service.namespace": origin}
    )
    # Shut down by us, when the process is told to stop.
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    provider.add_span_processor(processor)
    _PROVIDERS[:] = [provider]


def end() -> None:
    """Send what is left, and nothing more."""
    for provider in _PROVIDERS:
        provider.shutdown()
    _PROVIDERS.clear()


def _tracer() -> "Tracer | None":
    return _PROVIDERS[0].get_tracer("adjudge", __version__) if _PROVIDERS else None


class RequestSpan:
    """A span of a request, which learns its name once the request is answered; or nothing at all."""

    def __init__(self, span: "Span | None" = None) -> None:
        """`span` is None where nobody collects any."""
        self._span = span

    def name(self, name: str, route: str, status: int) -> None:
        """What it was, and how it was answered."""
        if self._span is None:
            return
        from opentelemetry.trace import Status, StatusCode  # noqa: PLC0415 - an extra

        self._span.update_name(name)
        self._span.set_attribute("http.request.method", name.partition(" ")[0])
        self._span.set_attribute("http.route", route)
        self._span.set_attribute("http.response.status_code", status)
        if status >= FAILED:
            self._span.set_status(Status(StatusCode.ERROR))


@contextmanager
def request_span(request: HttpRequest) -> Iterator[RequestSpan]:
    """A span for a request, below that of whoever sent it (`traceparent`)."""
    tracer = _tracer()
    if tracer is None:
        yield RequestSpan()
        return
    from opentelemetry.trace import SpanKind  # noqa: PLC0415 - an extra
    from opentelemetry.trace.propagation.tracecontext import (  # noqa: PLC0415
        TraceContextTextMapPropagator,
    )

    sent = {"traceparent": request.headers.get("traceparent", "")}
    above = TraceContextTextMapPropagator().extract(sent)
    with tracer.start_as_current_span(
        "request", context=above, kind=SpanKind.SERVER, record_exception=False, set_status_on_exception=False
    ) as span:
        yield RequestSpan(span)


@contextmanager
def traced(kind: str, name: str) -> Iterator[None]:
    """A span for what a procedure does, as `adjudge.institution.watched` tells of it: its name, and that it failed."""
    tracer = _tracer()
    if tracer is None:
        yield
        return
    from opentelemetry.trace import Status, StatusCode  # noqa: PLC0415 - an extra

    # The words of what is raised may be about somebody; that it was raised is enough.
    with tracer.start_as_current_span(
        f"{kind} {name}".strip(), record_exception=False, set_status_on_exception=False
    ) as span:
        try:
            yield
        except Exception:
            span.set_status(Status(StatusCode.ERROR))
            raise
