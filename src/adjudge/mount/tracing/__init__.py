"""Traces of requests and of acts, sent to a collector where one is set (OpenTelemetry, the extra `telemetry`)."""
