"""Traces: a span for each request and act, below that of whoever sent it; by names and templates alone."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from types import ModuleType

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from adjudge.errors import RefusedError
from adjudge.institution import watched
from adjudge.mount.tracing import spans
from adjudge.mount.tracing.extra import NEEDED
from tests.sites import Site

ABOVE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def collected() -> Iterator[InMemorySpanExporter]:
    """Give what is handed to a collector."""
    exporter = InMemorySpanExporter()
    spans.provide(SimpleSpanProcessor(exporter), "adjudge.test")
    watched.tell(spans.traced)
    yield exporter
    watched.tell()
    spans.end()


def named(exporter: InMemorySpanExporter) -> dict[str, ReadableSpan]:
    return {span.name: span for span in exporter.get_finished_spans()}


def test_a_request_and_what_it_does_are_spans_below_those_of_the_caller(
    site: Site, collected: InMemorySpanExporter
) -> None:
    client = site.client("reviewer")
    client.post(f"/matters/{site.matter.id}/evaluate", headers={"traceparent": ABOVE})
    found = named(collected)
    request = found["POST /matters/<str:matter_id>/evaluate"]
    assert request.parent is not None
    assert request.context is not None
    assert f"{request.context.trace_id:032x}" == "0af7651916cd43dd8448eb211c80319c"
    assert f"{request.parent.span_id:016x}" == "b7ad6b7169203331"
    assert dict(request.attributes or {}) == {
        "http.request.method": "POST",
        "http.route": "/matters/<str:matter_id>/evaluate",
        "http.response.status_code": 302,
    }
    act, evaluation = found["act matter.evaluate"], found["evaluation"]
    assert act.parent is not None
    assert act.parent.span_id == request.context.span_id
    assert evaluation.parent is not None
    # What is evaluated is evaluated before the act keeps others from writing.
    assert evaluation.parent.span_id == request.context.span_id
    assert request.resource.attributes["service.namespace"] == "adjudge.test"


@pytest.mark.parametrize("given", ["", "nonsense", "00-0-0-01", "ff" + ABOVE[2:]])
def test_a_caller_that_names_no_trace_begins_none(
    site: Site, collected: InMemorySpanExporter, given: str
) -> None:
    site.client().get("/health", headers={"traceparent": given})
    assert named(collected)["GET /health"].parent is None


def test_what_fails_is_marked_and_its_words_are_not_told(site: Site, collected: InMemorySpanExporter) -> None:
    with pytest.raises(RefusedError), watched.watched(watched.ACT, "matter.close"):
        raise RefusedError("words about somebody")
    span = named(collected)["act matter.close"]
    assert span.status.status_code is StatusCode.ERROR
    assert not span.events
    assert "somebody" not in span.to_json()
    site.client().get("/ready")  # nothing there leaves a sign
    assert named(collected)["GET /ready"].status.status_code is StatusCode.ERROR


def test_nothing_of_whom_it_was_about_is_in_a_span(site: Site, collected: InMemorySpanExporter) -> None:
    client = site.client("reviewer")
    client.get(f"/matters/{site.matter.id}?q=hidden-words")
    client.get("/hidden-words")
    text = "".join(span.to_json() for span in collected.get_finished_spans())
    assert "GET (none)" in text
    for word in (site.matter.id, "hidden-words", site.people["reviewer"].id, "127.0.0.1"):
        assert word not in text


@pytest.mark.parametrize("given", ["http://localhost:4318", "http://localhost:4318/v1/traces"])
def test_spans_are_sent_to_the_address_of_the_collector(
    site: Site, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    made: list[tuple[str, InMemorySpanExporter]] = []

    def exporter(endpoint: str) -> InMemorySpanExporter:
        made.append((endpoint, InMemorySpanExporter()))
        return made[-1][1]

    # What the extra brings; which is not installed where tests run.
    stand_in = ModuleType(NEEDED[1])
    monkeypatch.setattr(stand_in, "OTLPSpanExporter", exporter, raising=False)
    monkeypatch.setitem(sys.modules, NEEDED[1], stand_in)
    monkeypatch.setattr("adjudge.mount.tracing.extra.is_installed", lambda _name: True)
    spans.begin(replace(site.opened.settings, otlp_endpoint=given))
    try:
        site.client().get("/health")
    finally:
        spans.end()  # what is left is sent
    ((address, collected),) = made
    assert address == "http://localhost:4318/v1/traces"
    assert [span.name for span in collected.get_finished_spans()] == ["GET /health"]


def test_without_a_collector_nothing_is_made_and_without_the_extra_it_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    spans.begin(site.opened.settings)
    assert spans._PROVIDERS == []  # noqa: SLF001 - that there is none is the point
    assert site.client().get("/health").status_code == 200
    monkeypatch.setattr("adjudge.mount.tracing.extra.is_installed", lambda _name: False)
    with pytest.raises(RefusedError, match="telemetry") as refused:
        spans.begin(replace(site.opened.settings, otlp_endpoint="http://localhost:4318"))
    assert "adjudge[telemetry]" in refused.value.hint
