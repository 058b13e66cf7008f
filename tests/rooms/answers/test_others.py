"""Who else, in every form of an answer: counts and names, escaped, said whole, and honest about what is lacking."""

import json
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from adjudge.answers.answer import Answer
from adjudge.answers.decision.html import html_text
from adjudge.answers.decision.json_form import answer_form
from adjudge.answers.decision.markdown import markdown_text
from adjudge.answers.decision.others import MOST_NAMED, others_view, reason_view
from adjudge.answers.decision.text import render_text
from adjudge.answers.decision.view import view_of
from adjudge.tongues.tongue import Tongue, tongue_of
from tests.pseudo import left_out, pseudo
from tests.rooms.answers.test_every_word_is_said import MONTHS
from tests.rooms.cli.inside import adjudge
from tests.rooms.population.comparing import CASE, DAY, NOTICE, claims_of, compared, write_case
from tests.rooms.population.folder import CLAIMS, SUBJECTS, claim

ENGLISH = tongue_of("en")
SCHEMA = json.loads(
    (Path(__file__).resolve().parents[3] / "schemas" / "answer.schema.json").read_text("utf-8")
)
UNNAMED = CASE.replace("population: people\n", "")
MANY = tuple(f"many-{number}" for number in range(1, 5))
MANY_CLAIMS = tuple(
    item
    for name in MANY
    for item in (
        claim(f"p-{name}", name, "potions", "true"),
        claim(f"m-{name}", name, "model", "paid_by_users"),
    )
)


def text(answer: Answer, tongue: Tongue = ENGLISH, *, brief: bool = False) -> str:
    return render_text(view_of(answer, tongue), tongue, width=400, colour=False, brief=brief)


def markdown(answer: Answer, tongue: Tongue = ENGLISH) -> str:
    return markdown_text(view_of(answer, tongue), tongue)


class Words(HTMLParser):
    """The words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def page(answer: Answer, tongue: Tongue = ENGLISH) -> str:
    words = Words()
    words.feed(html_text(view_of(answer, tongue), tongue))
    return " ".join(" ".join(words.found).split())


FORMS: dict[str, Callable[[Answer, Tongue], str]] = {"text": text, "markdown": markdown, "page": page}


def flat(shown: str) -> str:
    return " ".join(shown.replace("\\", "").split())


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_whom_a_rule_reaches_and_who_is_alike(form: str, tmp_path: Path) -> None:
    shown = flat(FORMS[form](compared(write_case(tmp_path)), ENGLISH))
    parts = (
        "Who else",
        "compared with Shops in 2020 (shops-2020)",
        "It reaches 3 of 5 advertisers.",
        "1 of those reached is under a measure.",
        "For 1 of those reached it was decided that there is no measure.",
        "The rule cannot tell 3 others apart from this subject; treated otherwise: 2.",
        "Like cases treated otherwise",
        "Shop ann (ann): notify and exclude since 1 March 2020",
        "Shop bob (bob): no measure (unverified)",
        "Like cases of which no decision is known",
        "The reason that was stated, as a condition",
        "advertiser.potions && advertiser.model == 'paid_by_users'",
        "asked of Shops in 2020 (shops-2020)",
        "Whom it reaches, those without a measure first",
    )
    at = 0
    for part in parts:
        assert part in shown[at:], part
        at = shown.index(part, at)


def test_a_brief_answer_has_the_counts_alone(tmp_path: Path) -> None:
    shown = flat(text(compared(write_case(tmp_path)), brief=True))
    assert "It reaches 3 of 5 advertisers." in shown
    assert "The rule cannot tell 3 others apart from this subject; treated otherwise: 2." in shown
    assert "The reason that was stated, as a condition" in shown
    assert "Shop bob" not in shown


@pytest.mark.parametrize("form", FORMS)
def test_without_a_population_one_line_says_so_where_a_measure_follows(form: str, tmp_path: Path) -> None:
    answer = compared(write_case(tmp_path, case=UNNAMED))
    shown = flat(FORMS[form](answer, ENGLISH)).replace("`", "")
    line = (
        "No population is named, so that nothing is said of others: population: in case.yaml or --population"
    )
    assert shown.replace(" ,", ",").count(line) == 1
    assert "as a condition" not in shown


@pytest.mark.parametrize("form", FORMS)
def test_without_a_measure_nothing_is_said_of_others(form: str, tmp_path: Path) -> None:
    answer = compared(write_case(tmp_path, case=UNNAMED, own=()))
    shown = FORMS[form](answer, ENGLISH)
    assert "No population is named" not in shown
    assert "Who else" not in shown


def test_a_few_are_named_and_a_command_lists_the_others(tmp_path: Path) -> None:
    answer = compared(write_case(tmp_path, subjects=(*SUBJECTS, *MANY), claims=(*CLAIMS, *MANY_CLAIMS)))
    found = others_view(answer.subjects[0], answer, ENGLISH)
    assert found is not None
    lists = {item.heading: item for item in found.rules[0].lists}
    alike = lists["Like cases of which no decision is known"]
    assert (len(alike.names), alike.more) == (5, "")
    assert answer.reason is not None
    (stated,) = reason_view(answer.reason, ENGLISH).lists
    assert len(stated.names) == MOST_NAMED
    assert stated.names[0] == "Shop bob (bob): no measure (unverified)"
    assert stated.more == "and 2 more, whom `--format json` lists"


def test_nobody_is_named_twice_for_one_rule(tmp_path: Path) -> None:
    own = claims_of("zoe", 4)
    names = (*SUBJECTS, *MANY)
    heavy = tuple(item.replace("weight: 2", "weight: 4") for item in MANY_CLAIMS[:4])
    answer = compared(
        write_case(tmp_path, own=own, subjects=names, claims=(*CLAIMS, *heavy, *MANY_CLAIMS[4:]))
    )
    found = others_view(answer.subjects[0], answer, ENGLISH)
    assert found is not None
    (rule,) = found.rules
    assert [item.heading for item in rule.lists] == [
        "Like cases of which no decision is known",
        "Others whom it reaches and that are no like cases, those without a measure first",
    ]
    named = [name for item in rule.lists for name in item.names]
    assert len(named) == len(set(named))


def test_like_cases_of_whom_too_many_are_unknown_are_cut_too(tmp_path: Path) -> None:
    names = (*SUBJECTS, *MANY)
    answer = compared(write_case(tmp_path, subjects=names, claims=(*CLAIMS, *MANY_CLAIMS), decisions=()))
    found = others_view(answer.subjects[0], answer, ENGLISH)
    assert found is not None
    (rule,) = found.rules
    assert rule.alike == (
        "The rule cannot tell 7 others apart from this subject; nobody is known to be treated otherwise."
    )
    assert rule.lists[0].more == "and 2 more, whom `--format json` lists"


def test_that_nobody_is_alike_is_said(tmp_path: Path) -> None:
    shown = text(compared(write_case(tmp_path, own=claims_of("zoe", 4))))
    assert "Nobody else in the population is like this subject under this rule." in shown
    assert "Like cases" not in shown


def test_a_population_without_the_kind_of_subject_says_so(tmp_path: Path) -> None:
    case = CASE.replace("title: {en: The shop}}]", "title: {en: Z}}, {id: ad-1, kind: ad, advertiser: zoe}]")
    stated = "reason: advertiser.potions && advertiser.model == 'paid_by_users'"
    notice = NOTICE.replace(stated, "reason: ad.text == 'x'").replace(
        "to: SUBJECT", "to: SUBJECT\nabout: ad-1"
    )
    answer = compared(write_case(tmp_path, case=case, notice=notice))
    assert answer.reason is not None
    found = reason_view(answer.reason, ENGLISH)
    assert (found.reaches, found.lists, found.treated) == (
        "The population Shops in 2020 (shops-2020) holds no ads.",
        (),
        (),
    )
    shown = text(answer)
    assert "asked of" not in shown


def test_rules_of_which_nothing_is_said_are_named(tmp_path: Path) -> None:
    answer = compared(write_case(tmp_path))
    (subject,) = answer.subjects
    assert subject.others is not None
    lacking = replace(subject.others, by_rule=(), lacking=(subject.others.by_rule[0].rule.id,))
    found = others_view(replace(subject, others=lacking), answer, ENGLISH)
    assert found is not None
    assert found.notes == (
        "The population Shops in 2020 (shops-2020) holds no advertisers.",
        "Nothing is said of others under: `potions`.",
    )
    assert found.population == ""


@pytest.mark.parametrize("form", FORMS)
def test_every_word_of_who_else_is_said(form: str, tmp_path: Path) -> None:
    """Compared with the same answer without it, so that only what is new is looked at."""
    tongue = pseudo()
    answer = compared(write_case(tmp_path, subjects=(*SUBJECTS, *MANY), claims=(*CLAIMS, *MANY_CLAIMS)))
    (subject,) = answer.subjects
    bare = replace(answer, subjects=(replace(subject, others=None),), reason=None, population=None)
    outside = {*SUBJECTS, "Shop", "Shops", "shops", "in", "many", "adjudge", "reach", "rule", "reason", "and"}
    known = outside | MONTHS | {*left_out(FORMS[form](bare, tongue), ()), "alike"}
    assert left_out(FORMS[form](answer, tongue).replace("\\", "").replace("\n", " "), known) == []


def test_titles_from_outside_stay_texts(tmp_path: Path) -> None:
    case = write_case(tmp_path)
    people = tmp_path / "populations" / "people" / "population.yaml"
    hostile = "<img src=x>[a](b) \\x1b[31m"
    people.write_text(people.read_text("utf-8").replace("Shop bob", f'"{hostile}"'), "utf-8")
    answer = compared(case)
    assert "<img" not in html_text(view_of(answer, ENGLISH), ENGLISH)
    assert "\x1b" not in text(answer)
    assert "[a](b)" not in markdown(answer)
    assert "src=x" in markdown(answer).replace("\\", "")


def test_programs_get_everybody_by_the_schema(tmp_path: Path) -> None:
    answer = compared(
        write_case(tmp_path, "ann", subjects=(*SUBJECTS, *MANY), claims=(*CLAIMS, *MANY_CLAIMS))
    )
    form = answer_form(answer, ENGLISH)
    Draft202012Validator(SCHEMA).validate(form)
    (others,) = json.loads(json.dumps(form["others"]))
    (rule,) = others["rules"]
    assert (others["subject"], others["population"], others["lacking"]) == ("ann", "shops-2020", [])
    assert (rule["rule"], rule["in_population"]) == ("potions", True)
    assert (rule["summary"]["reached"], rule["summary"]["subjects"]) == (7, 9)
    assert [item["subject"] for item in rule["reached"]][:2] == ["bob", "cyd"]
    assert [item["subject"] for item in rule["like_cases"]["otherwise"]] == ["bob"]
    assert [item["subject"] for item in rule["like_cases"]["unknown"]] == ["cyd", *MANY]
    stated = json.loads(json.dumps(form["stated_reason"]))
    assert (stated["population"], stated["subject_kind"], stated["standard"]) == (
        "shops-2020",
        "advertiser",
        "reported",
    )
    assert stated["summary"]["treated"] == {"measure": 1, "none": 1, "unknown": 5}


def test_programs_get_null_without_a_population(tmp_path: Path) -> None:
    form = answer_form(compared(write_case(tmp_path, case=UNNAMED)), ENGLISH)
    Draft202012Validator(SCHEMA).validate(form)
    assert (form["others"], form["stated_reason"]) == (None, None)


def test_decide_compares_with_the_population_that_is_given(tmp_path: Path) -> None:
    case = write_case(tmp_path, case=UNNAMED)
    asked = ("decide", case, "--as-of", DAY, "--territory", "FR")
    done = adjudge(*asked, "--population", tmp_path / "populations" / "people")
    assert (done.returncode, done.stderr) == (0, "")
    assert "It reaches 3 of 5 advertisers." in done.stdout
    assert "No population is named" in " ".join(adjudge(*asked).stdout.split())


def test_the_demonstration_compares_too(tmp_path: Path) -> None:
    question = f"questions: [{{as_of: {DAY}, territory: FR, title: {{en: Now}}}}]\n"
    case = write_case(tmp_path, case=CASE + question)
    done = adjudge("demo", case, "-o", tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert "It reaches 3 of 5 advertisers." in done.stdout
    written = json.loads((tmp_path / "out" / f"{DAY}-FR.json").read_text("utf-8"))
    assert written["others"][0]["rules"][0]["summary"]["reached"] == 3
