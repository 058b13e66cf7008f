"""Claims of an export as values: those asked for, in the order of their ids, or a refusal that says which and why."""

from dataclasses import replace
from pathlib import Path

import pytest

from adjudge.errors import RefusedError
from adjudge.interchange.tables.claims import Export
from tests.rooms.bulk.small import data, many, package
from tests.rooms.bulk.test_given import changed

VOCABULARY = package().vocabulary


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return data(tmp_path / "data", *many(5))


def test_claims_are_what_was_written(folder: Path) -> None:
    found = Export(folder).claims(VOCABULARY, {str(name) for name in VOCABULARY.facts})
    assert [replace(item, document=None) for item in found] == many(5)[1]


def test_only_claims_about_the_facts_and_subjects_asked_about_are_read(folder: Path) -> None:
    found = Export(folder).claims(VOCABULARY, ["advertiser.staff", "unknown.fact"], ["a-0001", "a-0003"])
    assert [(item.subject, item.value) for item in found] == [("a-0001", 1), ("a-0003", 3)]
    assert Export(folder).claims(VOCABULARY, ["advertiser.staff"], []) == []


def test_a_value_outside_its_type_stops_everything_with_its_claim(folder: Path) -> None:
    changed(folder, "claims", "SELECT * REPLACE (replace(value, 'beer', 'wine') AS value) FROM '{path}'")
    with pytest.raises(RefusedError) as told:
        Export(folder).claims(VOCABULARY, ["ad.product"])
    assert "wine" in told.value.message
    assert "c-0001" in told.value.findings[0].where


def test_documents_that_are_not_there_are_left_out(folder: Path) -> None:
    assert Export(folder).documents(["d"]) == {}
