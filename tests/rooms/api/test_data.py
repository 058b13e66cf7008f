"""Data over HTTP: rows looked at and brought in, and the institution's data taken out as one archive."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from adjudge.basis.problem import ProblemLog
from adjudge.institution.data import sent
from adjudge.interchange.tables.validate import validate
from adjudge.people.act import Act
from tests.rooms.api.calls import calls_of, service, told
from tests.sites import Answered, Site

DATA = Path(__file__).resolve().parents[3] / "examples" / "data"
REASON = {"reason": "Moving in."}


def form(rows: str, mapping: str, **more: str) -> dict[str, object]:
    file = SimpleUploadedFile(rows, (DATA / rows).read_bytes())
    return {"file": file, "mapping": (DATA / mapping).read_text(), **more}


def subjects(**more: str) -> dict[str, object]:
    return form("subjects.csv", "subjects.mapping.yaml", **more)


def test_rows_are_looked_at_and_nothing_comes_in(site: Site) -> None:
    calls, size = service(site, [Act.IMPORT]), site.size
    answer = calls.upload("/imports/check", subjects())
    assert answer.status_code == 200, answer.content
    found = told(answer)
    assert found["rows"] == found["taken"] == found["brought"] > 0
    assert (found["left_out"], found["entries"], site.size) == ([], [], size)


def test_rows_come_in_once(site: Site) -> None:
    calls, size = service(site, [Act.IMPORT]), site.size
    first = calls.upload("/imports", subjects(**REASON))
    assert first.status_code == 201, first.content
    assert told(first)["entries"] == [size]
    again = told(calls.upload("/imports", subjects(**REASON)))
    assert (again["brought"], again["known"], again["entries"]) == (0, told(first)["brought"], [])
    assert site.size == size + 1


BAD = "facts-with-errors.csv", "facts.mapping.yaml"


def with_subjects(site: Site) -> None:
    assert service(site, [Act.IMPORT]).upload("/imports", subjects(**REASON)).status_code == 201


def test_rows_that_are_refused_are_told_by_row_and_keep_the_others_out(site: Site) -> None:
    with_subjects(site)
    calls, size = service(site, [Act.IMPORT]), site.size
    policy = {"policy": site.matter.policy}
    answer = calls.upload("/imports", form(BAD[0], BAD[1], **policy, **REASON))
    assert answer.status_code == 422
    findings = told(answer)["findings"]
    assert findings
    assert all(item["where"].startswith(f"{BAD[0]}, row ") for item in findings)
    assert all(item["line"] > 1 for item in findings)
    assert site.size == size
    looked = told(calls.upload("/imports/check", form(BAD[0], BAD[1], **policy)))
    assert looked["left_out"] == findings


def test_a_file_as_a_whole_is_told_by_the_name_under_which_it_was_sent(site: Site) -> None:
    body = {**subjects(), "file": SimpleUploadedFile("mine.csv", b"no,such,columns\n1,2,3\n")}
    answer = service(site, [Act.IMPORT]).upload("/imports/check", body)
    assert (answer.status_code, told(answer)["code"]) == (422, "missing-key")
    assert [item["where"] for item in told(answer)["findings"]] == ["mine.csv"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"mapping": "mapping: nonsense"}, "bad-word"),
        ({"mapping": "["}, "yaml-syntax"),
        ({"delimiter": "x"}, "bad-value"),
        ({"policy": "unknown"}, "unknown-package"),
    ],
)
def test_what_is_wrong_in_what_goes_with_the_rows_is_told(
    site: Site, more: dict[str, str], code: str
) -> None:
    answer = service(site, [Act.IMPORT]).upload("/imports/check", {**subjects(), **more})
    assert (answer.status_code, told(answer)["code"]) == (422, code), answer.content


def test_a_file_that_would_hold_everybody_up_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sent, "LARGEST", 10)
    answer = service(site, [Act.IMPORT]).upload("/imports/check", subjects())
    assert (answer.status_code, told(answer)["code"]) == (422, "file-too-large")


def test_a_file_of_many_rows_is_refused_before_the_first_comes_in(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found by review: 20,000 short rows are few bytes, and kept everybody else from writing for 16 seconds."""
    monkeypatch.setattr(sent, "MOST_ROWS", 1)
    calls, size = service(site, [Act.IMPORT]), site.size
    for path, more in (("/imports/check", {}), ("/imports", REASON)):
        answer = calls.upload(path, subjects(**more))
        assert (answer.status_code, told(answer)["code"]) == (422, "file-too-large")
    assert site.size == size


def test_who_may_not_import_is_told_of_nothing(site: Site) -> None:
    assert calls_of(site, "reviewer").upload("/imports/check", subjects()).status_code == 404
    assert calls_of(site, "member").upload("/imports", subjects(**REASON)).status_code == 404


def archive(answer: Answered, folder: Path) -> list[str]:
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # of Django's streamed answers
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        found.extractall(folder)
        return found.namelist()


def test_the_data_are_taken_out_as_tables_that_are_sound(site: Site, tmp_path: Path) -> None:
    answer = calls_of(site, "auditor").get(f"/export?policy={site.matter.policy}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    folder = tmp_path / "export"
    assert "manifest.json" in archive(answer, folder)
    log = ProblemLog()
    assert validate(folder, log) is not None
    assert log.problems == []
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["policy"] == site.matter.policy


def test_what_nobody_knows_yet_is_not_taken_out(site: Site) -> None:
    answer = calls_of(site, "auditor").get("/export?known_at=2999-01-01")
    assert (answer.status_code, told(answer)["code"]) == (422, "bad-value")
    assert calls_of(site, "reviewer").get("/export").status_code == 404
