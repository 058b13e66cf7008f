"""A comparison as people and programs read it: every change named, every case told, nothing from outside trusted."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from adjudge.answers.versions.differences import differences_view
from adjudge.answers.versions.json_form import FORMAT, differences_form, differences_json
from adjudge.answers.versions.markdown import differences_markdown
from adjudge.answers.versions.text import differences_text
from adjudge.changes.difference import Difference, difference
from adjudge.tongues.tongue import tongue_of
from tests.rooms.changes.pairs import ALTERING, SECOND, VOCABULARY, package, rule

ROOT = Path(__file__).resolve().parents[3]
SCHEMA = json.loads((ROOT / "schemas" / "diff.schema.json").read_text(encoding="utf-8"))
ENGLISH = tongue_of("en")


def as_text(found: Difference, *, colour: bool = False) -> str:
    return differences_text(differences_view(found, ENGLISH), ENGLISH, width=100, colour=colour)


def as_markdown(found: Difference) -> str:
    return differences_markdown(differences_view(found, ENGLISH), ENGLISH)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_schema_is_a_schema_and_closed() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    for part in (SCHEMA, *SCHEMA["$defs"].values()):
        assert part["description"]
        assert part["additionalProperties"] is False


@pytest.mark.parametrize("name", ALTERING)
def test_every_comparison_keeps_the_schema(name: str) -> None:
    form = json.loads(differences_json(difference(ALTERING[name].old, ALTERING[name].new), ENGLISH))
    assert form["format"] == FORMAT
    assert list(Draft202012Validator(SCHEMA).iter_errors(form)) == []


def test_a_spoilt_comparison_does_not_keep_the_schema() -> None:
    pair = ALTERING["standard"]
    form: dict[str, Any] = json.loads(differences_json(difference(pair.old, pair.new), ENGLISH))
    form["rules"][0]["changes"][0]["aspect"] = "mood"
    assert list(Draft202012Validator(SCHEMA).iter_errors(form))


@pytest.mark.parametrize("name", ALTERING)
def test_every_comparison_can_be_read_as_text_and_as_markdown(name: str) -> None:
    found = difference(ALTERING[name].old, ALTERING[name].new)
    for text in (as_text(found), as_markdown(found)):
        assert "one" in text
        assert "before" in text
        assert "None" not in text
        assert all(len(line) <= 100 for line in as_text(found).splitlines())


def test_a_changed_condition_is_marked_word_by_word_and_its_case_told() -> None:
    pair = ALTERING["a-whole-number"]
    text = as_text(difference(pair.old, pair.new))
    assert "condition advertiser.staff < [-18-]{+21+}" in text
    assert "Newly reached: this case meets the rule now and did not before." in text
    assert "claim  advertiser.staff = 18 (weight 3 corroborated)" in text
    assert "before refuted (for 0, against 3)" in text
    assert "now    met (for 3, against 0)" in text
    assert (
        "0 rules added, 0 rules removed, 1 rule changed in meaning and 0 rules changed in texts only" in text
    )


def test_colour_marks_instead_of_brackets_are_not_all_that_is_said() -> None:
    pair = ALTERING["a-whole-number"]
    assert "\x1b[" in as_text(difference(pair.old, pair.new), colour=True)
    assert "\x1b[" not in as_text(difference(pair.old, pair.new))


def test_markdown_strikes_out_what_went_and_sets_in_bold_what_came() -> None:
    pair = ALTERING["a-whole-number"]
    assert "advertiser.staff \\< ~~18~~**21**" in as_markdown(difference(pair.old, pair.new))


SAID = {
    "measure": "This case meets the rule before and now; its measure was exclude and is notify.",
    "overrides": "The measure of the rule two no longer applies in this case.",
    "overrides-no-more": "The measure of the rule two applies in this case now.",
    "on-unproven": "This case goes to a person now and did not before.",
    "unless-added": "exception shown, added advertiser.verified, shown to the standard official",
    "in-force-later": "in force always → from 1 June 2021",
    "territory": "territory worldwide → Belgium and France",
    "taxonomy": "The vocabulary before cannot hold what is claimed of ad.product.",
    "list": "list banned: changed entries [{values: [{+KW, +}SA]}] Read by: one",
    "one-value-to-many": "Another verdict, although this case meets the rule neither before nor now.",
    "complete-fact": "no claim at all",
}


@pytest.mark.parametrize(("name", "said"), SAID.items(), ids=SAID)
def test_each_effect_is_said(name: str, said: str) -> None:
    assert said in flat(as_text(difference(ALTERING[name].old, ALTERING[name].new)))


def defined(more: str, tables: str) -> Difference:
    words = VOCABULARY.replace(
        "taxonomies:", f"taxonomies:\n  {more}: {{a: {{}}}}" if more else "taxonomies:"
    )
    words = words.replace("    sued:", f"    {more}: {{type: bool}}\n    sued:" if more else "    sued:")
    base = package(rule())
    return difference(base, package(rule(), vocabulary=words, tables=tables))


def test_what_is_defined_beside_rules_is_named_where_it_comes_and_goes() -> None:
    found = defined("late", "lists: {few: [{values: [FR]}]}\nparams: {least: [{value: 0.10}]}")
    back = difference(found.compared.new, found.compared.old)
    for kind in ("list few", "parameter least", "fact advertiser.late", "taxonomy late"):
        assert f"{kind}: added" in as_text(found)
        assert f"## {kind}: removed" in as_markdown(back).replace("\\", "")
    assert '"value": "0.1"' in differences_json(found, ENGLISH)


CHANGED = {
    "list": "list banned: changed",
    "param": "parameter least: changed",
    "complete-fact": "fact advertiser.verified: changed",
    "taxonomy": "taxonomy product: changed",
}


@pytest.mark.parametrize(("name", "said"), CHANGED.items(), ids=CHANGED)
def test_what_a_rule_reads_is_named_where_it_changed(name: str, said: str) -> None:
    text = as_text(difference(ALTERING[name].old, ALTERING[name].new))
    assert said in text
    assert "The rule reads it, and it changed: see below." in text


def test_what_was_not_found_is_said_with_the_number_of_tries() -> None:
    found = difference(
        package(rule(when="advertiser.staff > 5")), package(rule(when="advertiser.staff >= 6"))
    )
    assert f"No case was found that tells them apart within {found.rules[0].tries} tries." in as_text(found)
    assert "proven" not in as_text(found)


def test_what_is_written_otherwise_is_not_called_changed_where_no_case_shows_it() -> None:
    found = difference(
        package(rule(when="advertiser.staff > 5")), package(rule(when="advertiser.staff >= 6"))
    )
    text = flat(as_text(found))
    assert "one: written otherwise; not shown to differ" in text
    assert "0 rules changed in meaning" in text
    assert "1 rule written otherwise and not shown to differ" in text
    # Nothing proves that they are alike, so that whoever waits for a difference is told.
    assert found.differs_in_meaning
    assert "Nothing differs in meaning." not in text
    form = json.loads(differences_json(found, ENGLISH))
    assert (form["rules"][0]["status"], form["summary"]["rewritten"]) == ("rewritten", 1)
    assert list(Draft202012Validator(SCHEMA).iter_errors(form)) == []


def test_on_a_narrow_screen_conditions_are_folded_and_not_cut() -> None:
    when = "advertiser.name == '" + "long" * 30 + "'"
    view = differences_view(difference(package(), package(rule(when=when))), ENGLISH)
    text = differences_text(view, ENGLISH, width=40, colour=False)
    assert when.replace(" ", "") in "".join(text.split())
    assert "…" not in text
    assert max(map(len, text.splitlines())) <= 40


def test_a_condition_that_is_proven_alike_is_said_to_be() -> None:
    old = package(rule(when="advertiser.listed && advertiser.sued"))
    found = difference(old, package(rule(when="advertiser.sued && advertiser.listed")))
    text = as_text(found)
    assert "The two are proven to weigh alike, whatever the claims." in text
    assert "Nothing differs in meaning." in text
    assert "one: texts only" in text


def test_nothing_is_searched_where_nobody_asked() -> None:
    pair = ALTERING["standard"]
    found = difference(pair.old, pair.new, searches=False)
    form = differences_form(found, ENGLISH)
    assert form["searched"] is False
    assert "No case" not in as_text(found)
    assert "corroborated → official" in as_text(found)


def test_one_rule_alone_is_shown_where_one_is_asked_for() -> None:
    old, new = package(rule(), rule(SECOND)), package(rule(standard="final"), rule(SECOND, standard="final"))
    (two,) = (item.id for item in new.rules if item.id == "two")
    found = difference(old, new, rule=two)
    assert "one:" not in as_text(found)
    assert "two: changed in meaning" in as_text(found)


HOSTILE = "<script>alert(1)</script> \\u001b[31m [x](javascript:1) \\u202e"


def test_texts_from_outside_drive_neither_the_terminal_nor_the_page() -> None:
    old = package(rule(title='{en: "Plain"}'))
    new = package(rule(title=f'{{en: "{HOSTILE}"}}', standard="final"))
    found = difference(old, new)
    assert "\x1b" not in as_text(found)
    assert "\u202e" not in as_text(found)
    page = as_markdown(found)
    assert "<script>" not in page
    assert "](javascript" not in page


def test_a_hostile_value_in_a_condition_is_harmless_in_every_form() -> None:
    pair = (
        package(rule(when="advertiser.name == 'a'")),
        package(rule(when="advertiser.name == '\\u001b]0;x\\u0007`<b>`'")),
    )
    found = difference(*pair)
    assert found.rules[0].witnesses
    assert "\x1b" not in as_text(found)
    assert "\x1b" not in as_markdown(found)
    assert list(Draft202012Validator(SCHEMA).iter_errors(json.loads(differences_json(found, ENGLISH)))) == []
