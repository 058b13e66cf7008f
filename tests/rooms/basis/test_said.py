"""Sentences remember how they were made, and are plain English texts everywhere else."""

import pickle

import pytest

from adjudge.basis.said import NOTHING_SAID, Country, Said, say, say_plural, verbatim


def test_a_sentence_is_its_english_text() -> None:
    assert say("the key {key} stands twice", key="`a`") == "the key `a` stands twice"


def test_a_sentence_remembers_its_template_and_its_parts() -> None:
    said = say("{what} has no {key}", what=say("a rule"), key="`id`")
    assert said.template == "{what} has no {key}"
    assert said.parts == {"what": "a rule", "key": "`id`"}
    assert isinstance(said.parts["what"], Said)
    assert said.number is None


@pytest.mark.parametrize(("count", "text"), [(0, "0 rules"), (1, "1 rule"), (2, "2 rules")])
def test_a_sentence_about_a_number_chooses_its_form(count: int, text: str) -> None:
    said = say_plural("{count} rule", "{count} rules", count)
    assert said == text
    assert (said.template, said.many, said.number) == ("{count} rule", "{count} rules", count)


def test_a_sentence_about_a_number_takes_further_parts() -> None:
    said = say_plural("{name} takes {count} value", "{name} takes {count} values", 2, name="`f`")
    assert said == "`f` takes 2 values"
    assert said.parts == {"count": 2, "name": "`f`"}


def test_a_part_is_never_read_as_a_template() -> None:
    assert say("there is no {name}", name="{name}{0}") == "there is no {name}{0}"


def test_a_sentence_without_parts_may_hold_what_looks_like_a_field() -> None:
    assert say("a } alone") == "a } alone"


def test_a_list_is_written_on_one_line() -> None:
    assert say("known here: {words}", words=("a", say("b"))) == "known here: a, b"


def test_a_country_is_its_code() -> None:
    assert say("in {country}", country=Country("FR")) == "in FR"


def test_a_sentence_put_into_another_text_is_plain() -> None:
    said = say("a rule")
    assert type(str(said)) is str
    assert type(f"{said}!") is str
    assert type(said + "!") is str
    assert type(", ".join((said,) * 2)) is str


def test_sentences_are_equal_by_their_text() -> None:
    assert say("{one}", one="a") == say("{other}", other="a") == "a"
    assert len({say("{one}", one="a"), say("{other}", other="a")}) == 1


def test_what_is_said_again_and_again_is_made_once() -> None:
    assert say("the subject") is say("the subject")


def test_what_is_no_sentence_has_no_words_to_translate() -> None:
    said = verbatim("`stance`")
    assert said == "`stance`"
    assert said.template == "{text}"


def test_nothing_said_is_empty() -> None:
    assert not NOTHING_SAID
    assert NOTHING_SAID.parts == {}


def test_a_sentence_survives_another_process() -> None:
    """The point engine's outcomes, with their failures, may be computed elsewhere."""
    said = pickle.loads(pickle.dumps(say("there is no field {name}", name="`x`")))  # noqa: S301 - our own bytes
    assert (said, said.template, said.parts) == (
        "there is no field `x`",
        "there is no field {name}",
        {"name": "`x`"},
    )
