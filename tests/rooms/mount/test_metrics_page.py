"""The pages about metrics say what is so: those they name are there, and those that are there are named."""

import re
from pathlib import Path

from adjudge.mount.watching.meters import LOCAL, METERS

DOCS = Path(__file__).resolve().parents[3] / "docs"
NAME = re.compile(r"\badjudge_[a-z_]+\b")


def test_the_metrics_that_the_guide_names_exist() -> None:
    named = set(NAME.findall((DOCS / "guides" / "operations.md").read_text(encoding="utf-8")))
    assert len(named) > 8
    assert named <= {meter.name for meter in METERS}


def test_the_reference_page_names_every_metric_with_its_labels() -> None:
    page = (DOCS / "reference" / "metrics.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `adjudge_")]
    assert len(rows) == len(METERS)
    for meter, row in zip(METERS, rows, strict=True):
        assert row.split("|")[1].strip(" `") == meter.name
        assert all(f"`{label}`" in row for label in meter.labels)


def test_every_metric_that_is_measured_is_in_the_table() -> None:
    measured = {metric.name for metric in LOCAL.collect()}
    table = {meter.name.removesuffix("_total") for meter in METERS}
    assert measured <= table
    assert len({meter.name for meter in METERS}) == len(METERS)


def test_no_label_can_bear_whom_it_is_about() -> None:
    allowed = {"route", "method", "status", "code", "act", "end", "kind", "state", "outcome", "channel"}
    assert {label for meter in METERS for label in meter.labels} <= allowed
