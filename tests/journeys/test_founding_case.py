"""Journey 1: from the folder of the founding case to a reasoned answer, as a newcomer would ask."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
CASE = ROOT / "examples" / "cases" / "kaspersky-2018"
PROHIBITED_SALE = "prohibited-sale"


def adjudge(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "adjudge.cli.main", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        check=False,
        timeout=60,
    )


def decided(as_of: str, *more: str) -> dict[str, Any]:
    done = adjudge("decide", str(CASE), "--as-of", as_of, "--format", "json", *more)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def verdicts(answer: dict[str, Any], subject: str) -> dict[str, str]:
    outcome = next(item for item in answer["outcomes"] if item["subject"] == subject)
    return {rule["rule"]: rule["verdict"] for rule in outcome["rules"]}


def pair(answer: dict[str, Any], subject: str, rule: str) -> tuple[int, int]:
    outcome = next(item for item in answer["outcomes"] if item["subject"] == subject)
    found = next(item for item in outcome["rules"] if item["rule"] == rule)
    return found["for"], found["against"]


def claims(answer: dict[str, Any], part: str, rule: str) -> set[str]:
    return {item["claim"] for item in answer[part] if item["rule"] == rule}


@pytest.mark.parametrize("territory", ["US", "DE"])
def test_in_january_2018_no_rule_was_met_anywhere(territory: str) -> None:
    answer = decided("2018-01-31", "--territory", territory)
    found = [rule["verdict"] for outcome in answer["outcomes"] for rule in outcome["rules"]]
    assert found
    assert "met" not in found
    assert all(item["disposition"] == "no_measure" for item in answer["decision"])
    assert not any(outcome["measures"] for outcome in answer["outcomes"])


def test_the_reason_that_was_stated_in_2018_reaches_fifteen_of_twenty_six_vendors() -> None:
    answer = decided("2018-01-31", "--territory", "US")
    stated = answer["stated_reason"]
    assert stated["condition"] == "advertiser.business_model == 'paid_by_users'"
    assert (stated["summary"]["reached"], stated["summary"]["subjects"]) == (15, 26)
    assert stated["summary"]["treated"] == {"measure": 1, "none": 0, "unknown": 14}
    assert answer["others"] == []


def test_who_else_is_asked_of_a_population_that_holds_no_ads() -> None:
    answer = decided("2024-10-01", "--territory", "US")
    assert answer["others"] == [
        {
            "subject": "ad-antivirus",
            "population": "security-vendors-2018",
            "rules": [],
            "lacking": [PROHIBITED_SALE],
        }
    ]


def test_a_reader_is_told_whom_the_reason_of_2018_reaches() -> None:
    done = adjudge("decide", str(CASE), "--as-of", "2018-01-31", "--territory", "US")
    assert done.returncode == 0, done.stderr
    shown = " ".join(done.stdout.split())
    stated = shown.index(
        "The reason that was stated, as a condition advertiser.business_model == 'paid_by_users'"
    )
    assert (
        "It reaches 15 of 26 advertisers. For 1 of those reached a measure was decided; whether it still"
        in shown[stated:]
    )
    assert "and 10 more, whom `--format json` lists" in shown[stated:]


def test_the_directive_did_not_bind_a_private_platform_and_the_answer_says_why() -> None:
    answer = decided("2018-01-31", "--territory", "US")
    assert verdicts(answer, "kaspersky-lab")["binding-government-measure"] == "refuted"
    directive = next(item for item in answer["considered"] if item["claim"] == "m01-agencies")
    assert "m.addressee.under('platforms_included')" in directive["failed"]
    claim = next(item for item in answer["claims"] if item["id"] == "m01-agencies")
    assert claim["value"]["addressee"] == "us_federal_agencies"


def test_the_statute_signed_in_december_2017_is_not_yet_in_force_in_january() -> None:
    january, october = decided("2018-01-31"), decided("2018-10-02")
    statute = {claim["id"] for claim in october["claims"]} - {claim["id"] for claim in january["claims"]}
    assert any(claim_id.startswith("m03") for claim_id in statute)


def test_ties_to_a_state_service_are_unknown_where_no_dated_source_existed() -> None:
    answer = decided("2018-01-31", "--territory", "US")
    assert verdicts(answer, "kaspersky-lab")["state-service-ties"] == "unknown"
    missing = next(item for item in answer["missing_proof"] if item["rule"] == "state-service-ties")
    assert missing["sets"] == [
        [
            {
                "atom": "advertiser.acts_for_state_service",
                "facts": ["advertiser.acts_for_state_service"],
                "negated": False,
            }
        ]
    ]


def test_in_april_2018_ties_are_alleged_and_disputed_and_never_found() -> None:
    answer = decided("2018-04-23", "--territory", "US")
    assert verdicts(answer, "kaspersky-lab")["state-service-ties"] == "refuted"
    assert pair(answer, "kaspersky-lab", "state-service-ties") == (1, 2)
    assert "ties-disputed" in claims(answer, "contrary", "state-service-ties")
    shown = {claim["id"]: claim["weight"] for claim in answer["claims"]}
    assert shown["ties-alleged-en"] == 1
    assert shown["ties-alleged-fr"] == 1


@pytest.mark.parametrize(
    "day", ["2018-01-31", "2018-04-23", "2019-09-01", "2021-01-01", "2024-10-01", "2026-11-21"]
)
def test_ties_to_a_state_service_are_met_on_no_day(day: str) -> None:
    assert verdicts(decided(day), "kaspersky-lab")["state-service-ties"] != "met"


def test_words_of_april_do_not_leak_into_january() -> None:
    answer = decided("2018-01-31")
    assert max(claim["recorded_at"] for claim in answer["claims"]) <= "2018-01-31T00:00:00Z"


def test_hindsight_has_to_be_asked_for() -> None:
    hindsight = decided("2018-01-31", "--known-at", "2024-10-01")
    assert max(claim["recorded_at"] for claim in hindsight["claims"]) > "2018-04-01"


def test_in_2024_a_measure_is_limited_to_the_united_states_and_to_the_product() -> None:
    answer = decided("2024-10-01", "--territory", "US")
    assert verdicts(answer, "ad-antivirus")[PROHIBITED_SALE] == "met"
    assert verdicts(answer, "ad-threat-intelligence")[PROHIBITED_SALE] == "refuted"
    decisions = {item["subject"]: item for item in answer["decision"]}
    (measure,) = decisions["ad-antivirus"]["measures"]
    assert measure["territory"] == {"only": ["US"]}
    assert measure["from"] == "2024-10-01T00:00:00Z"
    assert {"because": "signature", "rule": PROHIBITED_SALE, "role": "legal"} in decisions["ad-antivirus"][
        "by_person"
    ]
    assert decisions["ad-threat-intelligence"]["disposition"] == "no_measure"
    assert decisions["kaspersky-lab"]["disposition"] == "no_measure"


def test_a_claim_that_decides_nothing_alone_is_answered_so() -> None:
    arguments = ("decide", str(CASE), "--as-of", "2024-10-01", "--territory", "US", "--format", "md")
    text = " ".join(adjudge(*arguments).stdout.split())
    assert "nothing decides it either way" in text
    assert "counted, but the condition could be met in another way, which nothing opposes" in text


def test_the_readings_of_the_two_articles_have_one_origin() -> None:
    """All but the words of the platform and of the official, which the English one relays."""
    claims = decided("2018-04-23")["claims"]
    origins = {claim["origin"] for claim in claims if claim["document"] in {"article-en", "article-fr"}}
    assert origins <= {"kaspersky-lab-2018", "platform-to-press-2018-04", "us-dhs-official-2018-04"}
    assert "kaspersky-lab-2018" in origins


def test_the_measure_of_2024_names_its_grounds() -> None:
    answer = decided("2024-10-01", "--territory", "US")
    grounds = next(item for item in answer["grounds"] if item["rule"] == PROHIBITED_SALE)
    documents = {claim["id"]: claim["document"] for claim in answer["claims"]}
    assert len(grounds["claims"]) == 2
    assert any(documents[claim_id].startswith("m11") for claim_id in grounds["claims"])


def test_in_2024_there_is_no_measure_in_germany() -> None:
    answer = decided("2024-10-01", "--territory", "DE")
    assert all(item["disposition"] == "no_measure" for item in answer["decision"])
    assert PROHIBITED_SALE not in verdicts(answer, "ad-antivirus")


@pytest.mark.parametrize("form", ["text", "html", "json", "md"])
def test_the_same_question_gives_the_same_bytes(form: str) -> None:
    arguments = ("decide", str(CASE), "--as-of", "2024-10-01", "--territory", "US", "--format", form)
    first, second = adjudge(*arguments), adjudge(*arguments)
    assert first.returncode == 0
    assert first.stdout == second.stdout


def test_the_demonstration_writes_html_and_json_and_says_where(tmp_path: Path) -> None:
    done = adjudge("demo", "-o", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "out" / "index.html") in done.stdout
    written = {path.name for path in (tmp_path / "out").iterdir()}
    days = {
        f"{day}-{place}.{form}"
        for day in ("2018-01-31", "2024-10-01")
        for place in ("US", "DE")
        for form in ("html", "json")
    }
    assert written == days | {"index.html", "2024-10-01-US-statement-1.html"}


def test_a_piped_answer_is_plain() -> None:
    done = adjudge("decide", str(CASE), "--as-of", "2018-01-31")
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_before_the_first_version_of_the_policy_there_is_no_answer_but_a_problem() -> None:
    done = adjudge("decide", str(CASE), "--as-of", "2016-01-01")
    assert done.returncode == 2
    assert "unknown-package" in done.stderr
    assert "2017-12-01" in done.stderr
