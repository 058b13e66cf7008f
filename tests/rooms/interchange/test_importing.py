"""Files brought in: all of what is fit or none, once and not twice, and the same again after it was given out."""

import resource
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from adjudge.basis.instant import Instant
from adjudge.basis.problem import ProblemLog
from adjudge.errors import NotFoundError, RefusedError, UnavailableError
from adjudge.institution.data import importing
from adjudge.institution.data.bringing import MOST_BYTES, Brought, bring_in
from adjudge.institution.data.exporting import Asked
from adjudge.institution.data.importing import How, import_file
from adjudge.institution.house import House
from adjudge.institution.material.claims import withdraw_claim
from adjudge.institution.record.log import part_with
from adjudge.institution.record.replay import replay
from adjudge.interchange.tables.layout import CLAIMS as CLAIM_TABLE
from adjudge.interchange.tables.layout import DECISIONS, MEASURES
from adjudge.interchange.tables.layout import SPEND as SPEND_TABLE
from adjudge.interchange.tables.layout import SUBJECTS as SUBJECT_TABLE
from adjudge.interchange.tables.parquet import read_rows
from adjudge.people.actor import Actor, PersonId
from adjudge.people.role import Role
from adjudge.records.shelf import CLAIMS, DOCUMENTS, SPEND, SUBJECTS
from tests.databases import Place
from tests.generators.institutions import decide, found, policy, staff_of
from tests.rooms.interchange.exports import (
    ADMINISTRATOR,
    MAPPINGS,
    bring,
    bring_export,
    coming_of,
    export,
    exported,
    house_of,
)

SUBJECTS_CSV = "id,kind,owner\nad-1,ad,a\na,advertiser,\nb,advertiser,\n"
CLAIMS_CSV = "id,who,fact,value\nc-1,ad-1,ad.beer,true\nc-2,ad-1,ad.beer,false\n"


def written(folder: Path, text: str, name: str = "rows.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def house(tmp_path: Path) -> House:
    made = house_of()
    bring(made, written(tmp_path, SUBJECTS_CSV, "subjects.csv"), "subjects")
    return made


def codes(
    house: House, folder: Path, kind: str, text: str
) -> list[tuple[int, list[tuple[str, tuple[str, ...]]]]]:
    _, refused, log = bring(house, written(folder, text), kind, dry_run=True)
    assert not log.problems
    return [
        (looked.filled.number, [(flaw.code, flaw.columns) for flaw in looked.flaws]) for looked in refused
    ]


def hints(house: House, folder: Path, kind: str, text: str) -> list[str]:
    _, refused, _ = bring(house, written(folder, text), kind, dry_run=True)
    return [flaw.hint for looked in refused for flaw in looked.flaws]


# --- what is refused ---


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("c-1,nobody,ad.beer,true", [("unknown-subject", ("who",))]),
        ("c-1,ad-1,ad.bear,true", [("unknown-fact", ("fact",))]),
        ("c-1,ad-1,ad.beer,yes", [("bad-value", ("value",))]),
        ("c-1,a,ad.beer,true", [("wrong-subject", ("fact",))]),
        (" c-1,ad-1,ad.beer,true", [("bad-identifier", ("id",))]),
        (",ad-1,ad.beer,true", []),
        ("c-1,ad-1,ad.beer,", [("missing-key", ())]),
    ],
)
def test_a_row_that_is_refused_is_told_by_its_column(
    house: House, tmp_path: Path, row: str, found: list[tuple[str, tuple[str, ...]]]
) -> None:
    wanted = [(2, found)] if found else []
    assert codes(house, tmp_path, "claims", f"id,who,fact,value\n{row}\n") == wanted


@pytest.mark.parametrize(
    ("row", "hint"),
    [("c,add-1,ad.beer,true", "did you mean `ad-1`?"), ("c,ad-1,ad.ber,true", "did you mean `ad.beer`?")],
)
def test_what_is_mistyped_is_answered_with_what_it_may_stand_for(
    house: House, tmp_path: Path, row: str, hint: str
) -> None:
    assert hints(house, tmp_path, "claims", f"id,who,fact,value\n{row}\n") == [hint]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("s,a,2026-02-01,2026-01-01,1,EUR", "reversed-interval"),
        ("s,a,2026-01-01,2026-01-01,1,EUR", "reversed-interval"),
        ("s,a,2026-01-01,2026-02-01,1,EURO", "unknown-code"),
        ("s,a,2026-01-01,2026-02-01,1.5.5,EUR", "bad-value"),
        ("s,a,2026-01-01,2026-02-01,=1+1,EUR", "bad-value"),
        ("s,a,2026-01-01,2026-02-01,100000000000000000000,EUR", "bad-value"),
        ("s,a,2026-01-01,2026-02-01,0.1234567890123456789,EUR", "bad-value"),
        ("s,a,01.01.2026,2026-02-01,1,EUR", "bad-value"),
        ("s,nobody,2026-01-01,2026-02-01,1,EUR", "unknown-subject"),
        ("s,a,2026-01-01,2026-02-01,,EUR", "missing-key"),
    ],
)
def test_amounts_that_are_none_are_refused(house: House, tmp_path: Path, row: str, code: str) -> None:
    found = codes(house, tmp_path, "spend", f"id,who,from,to,amount,currency\n{row}\n")
    assert [flaw[0] for _, flaws in found for flaw in flaws] == [code]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("x,ad,nobody", "unknown-subject"),
        ("x,ad,ad-1", "unknown-subject"),
        ("x,ad,", "missing-key"),
        ("x,person,", "bad-word"),
        ("ad-1,advertiser,", "duplicate-id"),
        ("ad-1,ad,b", "duplicate-id"),
        ("x,advertiser,a", "unknown-key"),
    ],
)
def test_subjects_that_cannot_be_are_refused(house: House, tmp_path: Path, row: str, code: str) -> None:
    found = codes(house, tmp_path, "subjects", f"id,kind,owner\n{row}\n")
    assert [flaw[0] for _, flaws in found for flaw in flaws] == [code]


def test_one_id_with_two_contents_is_refused_and_said_twice_it_counts_once(
    house: House, tmp_path: Path
) -> None:
    text = "id,who,fact,value\nc,ad-1,ad.beer,true\nc,ad-1,ad.beer,true\nc,ad-1,ad.beer,false\n"
    assert codes(house, tmp_path, "claims", text) == [(4, [("duplicate-id", ("id",))])]
    told, _, _ = bring(house, written(tmp_path, text), "claims", skip_bad=True)
    assert (told.rows, told.taken, told.refused, told.brought, told.known) == (3, 2, 1, 1, 1)


def test_what_is_on_record_is_not_overwritten(house: House, tmp_path: Path) -> None:
    bring(house, written(tmp_path, CLAIMS_CSV), "claims")
    text = CLAIMS_CSV.replace("c-1,ad-1,ad.beer,true", "c-1,ad-1,ad.beer,false")
    assert codes(house, tmp_path, "claims", text) == [(2, [("duplicate-id", ("id",))])]


def test_a_file_with_a_bad_row_comes_in_not_at_all_or_without_it(house: House, tmp_path: Path) -> None:
    path = written(tmp_path, CLAIMS_CSV + "c-3,nobody,ad.beer,true\n")
    with house.records.reading() as records:
        before = records.size()
    told, _, _ = bring(house, path, "claims")
    assert (told.rows, told.refused, told.brought) == (3, 1, 0)
    with house.records.reading() as records:
        assert records.size() == before
        assert records.count(CLAIMS) == records.count(DOCUMENTS, advertiser="a") == 0
    told, _, _ = bring(house, path, "claims", skip_bad=True)
    assert (told.rows, told.taken, told.refused, told.brought) == (3, 2, 1, 2)


def test_a_dry_run_counts_and_writes_nothing(house: House, tmp_path: Path) -> None:
    with house.records.reading() as records:
        before = records.size()
    told, _, _ = bring(house, written(tmp_path, CLAIMS_CSV), "claims", dry_run=True)
    assert told.brought == 2
    with house.records.reading() as records:
        assert (records.size(), records.count(CLAIMS)) == (before, 0)


def test_a_missing_right_is_answered_like_a_missing_thing(house: House, tmp_path: Path) -> None:
    auditor = Actor(person=PersonId("P-2"), roles=frozenset({Role.AUDITOR}))
    coming = coming_of(written(tmp_path, CLAIMS_CSV), "claims")
    with pytest.raises(NotFoundError):
        import_file(house, auditor, coming, How(reason="x", dry_run=True), ProblemLog())
    reviewer = Actor(person=PersonId("P-2"), roles=frozenset({Role.REVIEWER}))
    with pytest.raises(NotFoundError):
        importing.policy_vocabulary(house, reviewer, "brewers")
    with pytest.raises(RefusedError, match="no version of brewer is in force"):
        importing.policy_vocabulary(house, ADMINISTRATOR, "brewer")


def test_a_file_that_changes_while_it_is_read_is_told(house: House, tmp_path: Path) -> None:
    path = written(tmp_path, CLAIMS_CSV)
    vocabulary, _ = policy()
    coming = coming_of(path, "claims", vocabulary)
    readings = iter([CLAIMS_CSV, CLAIMS_CSV.replace("c-2,ad-1,ad.beer,false\n", "")])

    def read(log: ProblemLog) -> Iterator[object]:
        path.write_text(next(readings))
        return iter(list(coming.read(log)))

    changing = replace(coming, read=read)  # type: ignore[arg-type]
    with pytest.raises(RefusedError, match="changed while it was read"):
        import_file(house, ADMINISTRATOR, changing, How(reason="x", vocabulary=vocabulary), ProblemLog())


def test_more_than_an_entry_can_seal_is_refused_and_not_a_bug(house: House) -> None:
    note = {"en": "x" * 1_000}
    subjects = [
        {"id": f"s-{n}", "kind": "advertiser", "note": dict(note)} for n in range(MOST_BYTES // 1_000)
    ]
    with pytest.raises(RefusedError, match="bytes come in at once"):
        bring_in(house, ADMINISTRATOR, Brought(subjects=subjects), None, "x")  # type: ignore[arg-type]


# --- what comes in ---


def test_claims_are_known_from_the_time_of_the_import_and_say_where_they_stood(
    house: House, tmp_path: Path
) -> None:
    told, _, _ = bring(house, written(tmp_path, CLAIMS_CSV), "claims")
    with house.records.reading() as records:
        entry = records.entry(told.entries[0])
        assert entry is not None
        claim = records.get(CLAIMS, "c-1")
        assert claim is not None
        assert claim.recorded_at == entry.at
        assert claim.content["recorded_at"] == str(entry.at)
        part = part_with(records, entry.private[0])
    assert part is not None
    assert isinstance(part.content, dict)
    assert part.content["source"] == {"file": "rows.csv", "first_row": "2", "last_row": "3"}
    assert entry.body["counts"] == {
        "claims": "2",
        "documents": "1",
        "spend": "0",
        "subjects": "0",
        "versions": "0",
    }


def test_a_document_about_several_advertisers_is_that_of_none(house: House, tmp_path: Path) -> None:
    bring(house, written(tmp_path, "id,kind,owner\nad-2,ad,b\n", "more.csv"), "subjects")
    bring(house, written(tmp_path, CLAIMS_CSV + "c-3,ad-2,ad.beer,true\n"), "claims")
    with house.records.reading() as records:
        document = records.get(DOCUMENTS, "d")
        assert document is not None
        assert document.advertiser == ""


def test_a_document_on_record_is_not_described_anew(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, CLAIMS_CSV)
    bring(house, path, "claims")
    other = MAPPINGS["claims"].replace("title: t", "title: another")
    monkeypatch.setitem(MAPPINGS, "claims", other)
    with pytest.raises(RefusedError, match="the document d is on record already"):
        bring(house, path, "claims")


def test_a_run_that_was_cut_off_is_given_again(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "PORTION", 10)
    rows = "".join(f"c-{n:03d},ad-1,ad.beer,true\n" for n in range(95))
    path = written(tmp_path, "id,who,fact,value\n" + rows)
    count = 0

    def until_the_fourth(*given: object, **named: object) -> int:
        nonlocal count
        count += 1
        if count == 4:
            raise UnavailableError("killed")
        return bring_in(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "bring_in", until_the_fourth)
    with pytest.raises(UnavailableError):
        bring(house, path, "claims")
    monkeypatch.setattr(importing, "bring_in", bring_in)
    with house.records.reading() as records:
        here = records.count(CLAIMS)
    assert 0 < here < 95
    told, _, _ = bring(house, path, "claims")
    assert (told.known, told.brought) == (here, 95 - here)
    again, _, _ = bring(house, path, "claims")
    assert (again.known, again.brought, again.entries) == (95, 0, [])
    with house.records.reading() as records:
        assert records.count(CLAIMS) == 95


def test_advertisers_come_in_before_their_ads_wherever_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "PORTION", 3)
    house = house_of()
    rows = [f"ad-{n},ad,a-{n}" for n in range(5)] + [f"a-{n},advertiser," for n in range(5)]
    told, _, _ = bring(house, written(tmp_path, "id,kind,owner\n" + "\n".join(rows)), "subjects")
    assert told.brought == 10
    with house.records.reading() as records:
        assert records.count(SUBJECTS, kind="ad") == 5


@pytest.mark.parametrize("rows", [5_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_many_rows_come_in_by_bounded_memory(database: Place, tmp_path: Path, rows: int) -> None:
    house = replace(house_of(), records=database.records)
    found(house, 0)
    ads = "".join(f"ad-{n},ad,a\n" for n in range(50))
    bring(house, written(tmp_path, "id,kind,owner\na,advertiser,\n" + ads, "subjects.csv"), "subjects")
    path = tmp_path / "rows.csv"
    with path.open("w") as stream:
        stream.write("id,who,fact,value\n")
        stream.writelines(f"c-{n:06d},ad-{n % 50},ad.beer,{str(n % 2 == 0).lower()}\n" for n in range(rows))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told, _, _ = bring(house, path, "claims")
    assert told.brought == told.rows == rows
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000
    folder = export(house, tmp_path / "export")
    assert sum(1 for _ in read_rows(folder / CLAIM_TABLE.file, CLAIM_TABLE)) == rows


# --- given out, and taken in again ---

KEPT = ("subjects.parquet", "documents.parquet", "claims.parquet", "spend.parquet")


def test_what_is_exported_and_brought_in_elsewhere_is_exported_again_byte_by_byte(
    place: Place, tmp_path: Path
) -> None:
    first = exported(tmp_path)
    other = replace(house_of(), records=place.records)
    found(other, 0)
    told = bring_export(other, first)
    assert [item.brought for item in told] == [4, 2, 1]
    again = export(other, tmp_path / "again")
    for name in KEPT:
        assert (first / name).read_bytes() == (again / name).read_bytes(), name
    assert [item.known for item in bring_export(other, again)] == [4, 2, 1]


def test_an_export_of_what_was_recorded_here_is_known_here(tmp_path: Path) -> None:
    house = house_of(2)
    folder = export(house, tmp_path / "export")
    assert [item.brought for item in bring_export(house, folder)] == [0, 0, 0]


def test_an_export_is_as_known_then(tmp_path: Path) -> None:
    house = house_of(1)
    staff_decision = decide(house, staff_of(house), 0)
    with house.records.reading() as records:
        then = house.clock()
        claim = records.find(CLAIMS)[0]
    withdraw_claim(house, staff_of(house).author, claim.id, "a mistake")
    bring(house, written(tmp_path, "id,kind,owner\nlater,advertiser,\n"), "subjects")
    early = export(house, tmp_path / "then", Asked(known_at=then))
    late = export(house, tmp_path / "now")
    withdrawn = [
        {
            row["id"]: row["withdrawn_at"] is not None
            for row in read_rows(folder / CLAIM_TABLE.file, CLAIM_TABLE)
        }
        for folder in (early, late)
    ]
    assert not withdrawn[0][claim.id]
    assert withdrawn[1][claim.id]
    subjects = [
        {row["id"] for row in read_rows(folder / SUBJECT_TABLE.file, SUBJECT_TABLE)}
        for folder in (early, late)
    ]
    assert subjects[1] - subjects[0] == {"later"}
    decisions = list(read_rows(early / DECISIONS.file, DECISIONS))
    assert [(row["id"], row["in_force"], row["policy"]) for row in decisions] == [
        (staff_decision.id, True, "brewers")
    ]
    measures = list(read_rows(early / MEASURES.file, MEASURES))
    assert [(row["decision"], row["kind"], row["rule"]) for row in measures] == [
        (staff_decision.id, "exclude", "beer")
    ]
    assert staff_decision.issued_at is not None
    before = Instant(staff_decision.issued_at.nanos - 1)
    earlier = export(house, tmp_path / "before", Asked(known_at=before))
    assert not list(read_rows(earlier / DECISIONS.file, DECISIONS))


def test_a_subject_that_was_recorded_anew_is_given_out_in_the_words_that_it_had(tmp_path: Path) -> None:
    house = house_of()
    text = "id,kind,owner\na,advertiser,\n"
    bring(house, written(tmp_path, text), "subjects")
    then = house.clock()
    subject = {"id": "a", "kind": "advertiser", "title": {"en": "Another name"}}
    bring_in(house, ADMINISTRATOR, Brought(subjects=[subject]), None, "renamed")  # type: ignore[list-item]
    early = export(house, tmp_path / "then", Asked(known_at=then))
    late = export(house, tmp_path / "now")
    titles = [
        next(
            row["title"] for row in read_rows(folder / SUBJECT_TABLE.file, SUBJECT_TABLE) if row["id"] == "a"
        )
        for folder in (early, late)
    ]
    assert titles == [None, '{"en":"Another name"}']


def test_the_future_and_a_policy_that_is_not_there_are_refused(tmp_path: Path) -> None:
    house = house_of()
    with pytest.raises(RefusedError, match="nobody knows yet"):
        export(house, tmp_path / "future", Asked(known_at=Instant(house.clock().nanos + 10**15)))
    with pytest.raises(RefusedError, match="there is no policy"):
        export(house, tmp_path / "policy", Asked(policy="none"))


def test_an_export_of_one_policy_has_what_it_can_read(tmp_path: Path) -> None:
    house = house_of(1)
    folder = export(house, tmp_path / "export", Asked(policy="brewers"))
    rows = list(read_rows(folder / CLAIM_TABLE.file, CLAIM_TABLE))
    assert {row["fact"] for row in rows} <= {"ad.beer", "advertiser.licences"}
    assert all(row["type"] for row in rows)


def test_a_decision_on_data_brought_in_is_replayed(tmp_path: Path) -> None:
    house = house_of(1)
    with house.records.reading() as records:
        subject = records.find(SUBJECTS, kind="ad")[0].id
    bring(house, written(tmp_path, f"id,who,fact,value\nmore,{subject},ad.beer,true\n"), "claims")
    decision = decide(house, staff_of(house), 0)
    assert replay(house, staff_of(house).auditor, decision.id).same


def test_spend_is_kept_exactly(house: House, tmp_path: Path) -> None:
    text = "id,who,from,to,amount,currency\ns,a,2026-01-01,2026-02-01,-0.000000000000000001,EUR\n"
    bring(house, written(tmp_path, text), "spend")
    with house.records.reading() as records:
        row = records.get(SPEND, "s")
        assert row is not None
        assert row.amount == "-0.000000000000000001"
    folder = export(house, tmp_path / "export")
    assert [str(item["amount"]) for item in read_rows(folder / SPEND_TABLE.file, SPEND_TABLE)] == ["-1E-18"]


# --- landing domains ---

_WITH_DOMAINS = "kind: subjects\nfields: {id: id, kind: kind, advertiser: owner, domains: hosts}\n"


def test_landing_domains_come_in_from_one_cell_and_go_out_as_a_list(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MAPPINGS, "subjects", _WITH_DOMAINS)
    house = house_of()
    text = (
        'id,kind,owner,hosts\na,advertiser,,"shop.example, b.example;c.example\td.example"\nb,advertiser,,\n'
    )
    bring(house, written(tmp_path, text), "subjects")
    first = export(house, tmp_path / "first")
    rows = {row["id"]: row["domains"] for row in read_rows(first / SUBJECT_TABLE.file, SUBJECT_TABLE)}
    assert rows == {"a": '["shop.example","b.example","c.example","d.example"]', "b": None}
    other = replace(house_of(), records=place.records)
    found(other, 0)
    bring_export(other, first)
    again = export(other, tmp_path / "again")
    assert (first / KEPT[0]).read_bytes() == (again / KEPT[0]).read_bytes()


@pytest.mark.parametrize("cell", ["https://shop.example/", "shop.example a..b", "x" * 64 + ".example"])
def test_a_cell_of_what_is_no_host_is_refused_by_its_column(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cell: str
) -> None:
    monkeypatch.setitem(MAPPINGS, "subjects", _WITH_DOMAINS)
    found = codes(house, tmp_path, "subjects", f"id,kind,owner,hosts\nn,advertiser,,{cell}\n")
    assert found == [(2, [("bad-value", ("hosts",))])]


# --- digests of ads ---

_WITH_DIGESTS = (
    "kind: subjects\nfields: {id: id, kind: kind, advertiser: owner, creative: shows, landing: leads}\n"
)


def test_digests_of_ads_come_in_and_go_out(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An ad that is taken out and brought in again is as it was approved."""
    monkeypatch.setitem(MAPPINGS, "subjects", _WITH_DIGESTS)
    house, digest = house_of(), f"sha256:{7:064x}"
    bring(
        house,
        written(tmp_path, f"id,kind,owner,shows,leads\na,advertiser,,,\nb,ad,a,{digest},\n"),
        "subjects",
    )
    first = export(house, tmp_path / "first")
    rows = {row["id"]: row for row in read_rows(first / SUBJECT_TABLE.file, SUBJECT_TABLE)}
    assert [(rows[key]["creative"], rows[key]["landing"]) for key in "ab"] == [(None, None), (digest, None)]
    other = replace(house_of(), records=place.records)
    found(other, 0)
    bring_export(other, first)
    again = export(other, tmp_path / "again")
    assert (first / KEPT[0]).read_bytes() == (again / KEPT[0]).read_bytes()


@pytest.mark.parametrize("row", ["n,advertiser,,DIGEST", "n,ad,acme,sha256:5"])
def test_a_cell_of_what_is_no_digest_of_an_ad_is_refused(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str
) -> None:
    monkeypatch.setitem(MAPPINGS, "subjects", _WITH_DIGESTS.replace(", landing: leads", ""))
    text = f"id,kind,owner,shows\n{row.replace('DIGEST', f'sha256:{7:064x}')}\n"
    [(_, [(code, columns)])] = codes(house, tmp_path, "subjects", text)
    assert (code, columns) == ("bad-value", ("shows",))
