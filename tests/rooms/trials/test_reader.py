"""Files of tests as they are written: what is filled in, and every way to get one wrong."""

import pytest

from adjudge.basis.instant import parse_instant
from adjudge.basis.weight import Pair
from adjudge.outcome import Verdict
from adjudge.trials.model import ClaimChange, Setting, SettingChange, TrialFile
from adjudge.trials.reader import MOST_CASES
from tests.rooms.trials.policy import HEAD, LICENCE, read

ONE = "  - case: one\n    at: 2020-06-01\n    expect: {ad: {rules: {beer: met}}}\n"
BESIDE = "  - case: two\n    beside: one\n    %s\n    expect: {ad: {rules: {beer: excepted}}}\n"


def file_of(cases: str, head: str = HEAD) -> TrialFile:
    file, problems = read(f"{head}cases:\n{cases}")
    assert file is not None, [problem.message for problem in problems]
    return file


def problems_of(text: str) -> list[tuple[str, str]]:
    file, problems = read(text)
    assert file is None
    assert all(problem.hint for problem in problems), "a problem says what to do"
    assert all(problem.span for problem in problems), "a problem says where"
    return [(problem.code, problem.message) for problem in problems]


def test_a_case_has_the_background_and_its_own_claims_in_the_place_of_those_of_their_id() -> None:
    (trial,) = file_of(
        "  - case: one\n    at: 2020-06-01\n    claims:\n"
        "      - {id: product, subject: ad, fact: ad.beer, value: true, weight: 1}\n"
        f"      - {LICENCE}\n    expect: {{ad: {{rules: {{beer: unproven}}}}}}\n"
    ).trials
    assert {claim.id: claim.weight for claim in trial.claims} == {"product": 1, "place": 4, "licence": 4}


def test_a_claim_is_asserted_of_its_own_origin_and_known_from_the_beginning_unless_it_says_otherwise() -> (
    None
):
    (trial,) = file_of(ONE).trials
    claim = trial.claims[0]
    assert (claim.stance.value, str(claim.origin), claim.recorded_at) == (
        "asserts",
        "product",
        parse_instant("1970-01-01"),
    )


def test_what_a_claim_says_itself_is_kept() -> None:
    (trial,) = file_of(
        ONE.replace(
            "    expect",
            "    claims: [{id: x, subject: ad, fact: ad.country, value: FR, weight: 2, stance: denies, origin: o,"
            " recorded_at: 2020-01-05, holds_from: 2020-01-01, holds_to: 2021-01-01, withdrawn_at: 2022-01-01}]\n"
            "    expect",
        )
    ).trials
    claim = trial.claims[-1]
    assert (claim.stance.value, str(claim.origin)) == ("denies", "o")
    assert (str(claim.recorded_at), str(claim.withdrawn_at)) == (
        "2020-01-05T00:00:00Z",
        "2022-01-01T00:00:00Z",
    )


def test_what_is_known_is_that_of_the_valid_time_unless_it_is_written() -> None:
    cases = ONE + ONE.replace("one", "two").replace(
        "at: 2020-06-01", "at: 2020-06-01\n    known_at: 2020-07-01"
    )
    one, two = file_of(cases).trials
    assert one.known_at == one.valid_at
    assert str(two.known_at) == "2020-07-01T00:00:00Z"


def test_a_known_time_that_is_not_written_goes_with_another_valid_time() -> None:
    _, two = file_of(ONE + BESIDE % "at: 2022-01-01").trials
    assert two.known_at == two.valid_at
    assert two.package.version == "2"


def test_each_case_uses_the_version_published_by_its_known_time_or_the_one_that_is_named() -> None:
    one, two = file_of(ONE + ONE.replace("one", "two").replace("2020-06-01", "2022-06-01")).trials
    assert (one.package.version, two.package.version) == ("1", "2")
    (named,) = file_of(ONE.replace("2020-06-01", "2022-06-01"), HEAD + "version: '1'\n").trials
    assert named.package.version == "1"


def test_a_version_that_is_asked_for_is_used_in_the_place_of_the_one_that_is_named() -> None:
    file, _ = read(f"{HEAD}version: '1'\ncases:\n{ONE}", "2")
    assert file is not None
    assert file.trials[0].package.version == "2"


def test_a_case_beside_another_repeats_it_but_for_its_one_change() -> None:
    one, two = file_of(ONE + BESIDE % f"with: {LICENCE}").trials
    assert [claim.id for claim in two.claims] == ["product", "place", "licence"]
    assert (two.valid_at, two.territory) == (one.valid_at, one.territory)
    assert two.boundary is not None
    assert two.boundary.change == ClaimChange(None, two.claims[-1])


def test_a_case_may_stand_beside_one_that_stands_beside_another() -> None:
    *_, three = file_of(
        ONE
        + BESIDE % f"with: {LICENCE}"
        + (BESIDE % "without: place").replace("two", "three").replace("one", "two")
    ).trials
    assert [claim.id for claim in three.claims] == ["product", "licence"]


@pytest.mark.parametrize(
    ("change", "setting"),
    [
        ("at: 2020-07-01", Setting.AT),
        ("known_at: 2020-07-01", Setting.KNOWN_AT),
        ("territory: FR", Setting.TERRITORY),
    ],
)
def test_the_one_change_may_be_the_question(change: str, setting: Setting) -> None:
    _, two = file_of(ONE + BESIDE % change).trials
    assert two.boundary is not None
    assert isinstance(two.boundary.change, SettingChange)
    assert two.boundary.change.setting is setting


def test_an_expectation_may_name_weights_of_the_rule_and_of_its_exceptions() -> None:
    (trial,) = file_of(
        ONE.replace("beer: met", "beer: {verdict: met, for: 3, against: 0, unless: {licensed: [0, 4]}}")
    ).trials
    (expected,) = trial.expected[0].rules
    assert (expected.verdict, expected.for_, expected.against) == (Verdict.MET, 3, 0)
    assert expected.unless == {"licensed": Pair(0, 4)}


def test_a_rule_may_be_expected_not_to_apply() -> None:
    (trial,) = file_of(ONE.replace("beer: met", "beer: inapplicable")).trials
    assert trial.expected[0].rules[0].verdict is None


def test_names_in_any_script_are_names() -> None:
    head = (
        HEAD.replace("brewer", "пивовар")
        .replace("id: ad,", "id: 広告,")
        .replace("subject: ad,", "subject: 広告,")
    )
    cases = ONE.replace("case: one", "case: 無許可").replace("ad: {", "広告: {")
    (trial,) = file_of(cases, head).trials
    assert trial.id == "無許可"
    assert {str(subject.id) for subject in trial.subjects} == {"пивовар", "広告"}


def with_case(changed: str) -> str:
    return f"{HEAD}cases:\n{ONE}{changed}"


BAD: dict[str, tuple[str, str, str]] = {
    "another policy": (
        HEAD.replace("tests: pub", "tests: shop") + "cases:\n" + ONE,
        "unknown-package",
        "shop",
    ),
    "an unknown version": (HEAD + "version: '3'\ncases:\n" + ONE, "unknown-package", "`3`"),
    "before every version": (f"{HEAD}cases:\n{ONE.replace('2020-06', '2019-06')}", "unknown-package", "2019"),
    "no cases": (HEAD, "missing-key", "cases"),
    "an empty list of cases": (HEAD + "cases: []\n", "wrong-shape", "no case"),
    "cases that are no list": (HEAD + "cases: {one: 1}\n", "wrong-shape", "list"),
    "an unknown rule": (f"{HEAD}cases:\n{ONE.replace('beer:', 'bear:')}", "unknown-rule", "bear"),
    "a rule about another kind": (
        f"{HEAD}cases:\n{ONE.replace('beer:', 'owner:')}",
        "wrong-subject",
        "owner",
    ),
    "an unknown verdict": (f"{HEAD}cases:\n{ONE.replace(': met', ': guilty')}", "bad-word", "guilty"),
    "an unknown subject": (f"{HEAD}cases:\n{ONE.replace('{ad:', '{add:')}", "unknown-subject", "add"),
    "an unknown exception": (
        f"{HEAD}cases:\n{ONE.replace('beer: met', 'beer: {verdict: met, unless: {licenced: [1, 0]}}')}",
        "unknown-name",
        "licenced",
    ),
    "a pair of one weight": (
        f"{HEAD}cases:\n{ONE.replace('beer: met', 'beer: {verdict: met, unless: {licensed: [1]}}')}",
        "wrong-shape",
        "two weights",
    ),
    "a weight of six": (
        f"{HEAD}cases:\n{ONE.replace('beer: met', 'beer: {verdict: met, for: 6}')}",
        "bad-value",
        "between 0 and 5",
    ),
    "nothing expected": (
        f"{HEAD}cases:\n  - {{case: one, at: 2020-06-01, expect: {{}}}}\n",
        "wrong-shape",
        "nothing",
    ),
    "nothing expected of a subject": (
        f"{HEAD}cases:\n  - {{case: one, at: 2020-06-01, expect: {{ad: {{rules: {{}}}}}}}}\n",
        "wrong-shape",
        "nothing is expected of `ad`",
    ),
    "no time": (
        f"{HEAD}cases:\n{ONE.replace('    at: 2020-06-01', '    territory: FR')}",
        "missing-key",
        "`at`",
    ),
    "a territory that is no country": (
        f"{HEAD}cases:\n{ONE.replace('    expect', '    territory: EU' + chr(10) + '    expect')}",
        "unknown-code",
        "EU",
    ),
    "a title without English": (
        f"{HEAD}cases:\n{ONE.replace('    expect', '    title: {fr: Une}' + chr(10) + '    expect')}",
        "missing-key",
        "`en`",
    ),
    "two cases of one name": (with_case(ONE), "duplicate-id", "`one`"),
    "beside a later case": (
        f"{HEAD}cases:\n" + BESIDE % "at: 2020-07-01" + ONE,
        "unknown-case",
        "no earlier case is called `one`",
    ),
    "beside no case": (with_case((BESIDE % "at: 2020-07-01").replace("one", "once")), "unknown-case", "once"),
    "beside itself": (with_case((BESIDE % "at: 2020-07-01").replace("one", "two")), "unknown-case", "`two`"),
    "two changes": (
        with_case(BESIDE % "at: 2020-07-01\n    territory: FR"),
        "not-one-change",
        "`at`, `territory`",
    ),
    "no change": (with_case(BESIDE % "title: {en: Two}"), "not-one-change", "how it differs"),
    "claims beside a case": (
        with_case(BESIDE % "claims: []\n    at: 2020-07-01"),
        "not-one-change",
        "`claims`",
    ),
    "a change to what is so": (with_case(BESIDE % "at: 2020-06-01"), "not-one-change", "changes nothing"),
    "a claim to what it is": (
        with_case(BESIDE % "with: {id: product, subject: ad, fact: ad.beer, value: true, weight: 3}"),
        "not-one-change",
        "changes nothing",
    ),
    "without a claim that is not there": (with_case(BESIDE % "without: licence"), "unknown-claim", "licence"),
    "with, but beside nothing": (
        with_case(
            f"  - {{case: two, at: 2020-06-01, with: {LICENCE}, expect: {{ad: {{referred: false}}}}}}\n"
        ),
        "not-one-change",
        "`with`",
    ),
    "a claim about nobody": (
        HEAD.replace("subject: ad, fact: ad.beer", "subject: add, fact: ad.beer") + "cases:\n" + ONE,
        "unknown-subject",
        "add",
    ),
    "a claim about the wrong kind": (
        HEAD.replace("subject: ad, fact: ad.beer", "subject: brewer, fact: ad.beer") + "cases:\n" + ONE,
        "wrong-subject",
        "brewer",
    ),
    "a claim of an unknown fact": (
        HEAD.replace("fact: ad.beer", "fact: ad.bear") + "cases:\n" + ONE,
        "unknown-fact",
        "bear",
    ),
    "a claim without weight": (
        HEAD.replace(", value: true, weight: 3", ", value: true") + "cases:\n" + ONE,
        "missing-key",
        "weight",
    ),
    "two claims of one id": (
        HEAD.replace("id: place", "id: product") + "cases:\n" + ONE,
        "duplicate-id",
        "product",
    ),
    "a key that is none": (f"{HEAD}case:\n  x\ncases:\n{ONE}", "unknown-key", "case"),
    "an impossible rule that is none": (
        f"{HEAD}cases:\n{ONE}never: [{{rule: bear, verdict: met, why: {{en: Why}}}}]\n",
        "unknown-rule",
        "bear",
    ),
    "an impossibility without reason": (
        f"{HEAD}cases:\n{ONE}never: [{{rule: beer, verdict: met}}]\n",
        "missing-key",
        "why",
    ),
}


@pytest.mark.parametrize(("text", "code", "part"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_refused_with_a_reason_a_place_and_a_way_out(text: str, code: str, part: str) -> None:
    found = problems_of(text)
    assert any(code == known and part in message for known, message in found), found


def test_a_problem_in_a_case_does_not_make_problems_of_those_beside_it() -> None:
    found = problems_of(
        f"{HEAD}cases:\n{ONE.replace('at: 2020-06-01', 'at: soon')}{BESIDE % 'at: 2020-07-01'}"
    )
    assert [code for code, _ in found] == ["bad-value"]


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    _, problems = read(f"{HEAD}cases:\n{ONE.replace('beer:', 'bear:')}")
    assert problems[0].hint == "did you mean `beer`?"
    assert problems[0].line == 12


def test_too_many_cases_are_refused() -> None:
    cases = "".join(ONE.replace("one", f"c{number}") for number in range(MOST_CASES + 1))
    found = problems_of(f"{HEAD}cases:\n{cases}")
    assert [code for code, _ in found] == ["file-too-large"]


def test_a_file_that_is_no_mapping_is_refused() -> None:
    assert problems_of("- tests") == [("wrong-shape", "a file of tests must be a mapping, not a list")]
