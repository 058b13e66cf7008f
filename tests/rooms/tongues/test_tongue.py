"""A tongue says sentences, numbers, days, lists and countries as its language writes them."""

import gettext
import io
from decimal import Decimal

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from adjudge.basis.instant import Instant, parse_instant
from adjudge.basis.said import NOTHING_SAID, Country, say, say_plural, verbatim
from adjudge.tongues.tongue import LANGUAGES, Tongue, tongue_of

ENGLISH = tongue_of("en")
SENTENCES: dict[str | tuple[str, ...], str | tuple[str, ...]] = {
    "{what} has no {key}": "{what} : il manque {key}",
    "a rule": "une règle",
    "{one} and {other} differ": "{other} et {one} diffèrent",
    "known: {words}": "connus : {words}",
    ("{count} error", "{count} errors"): ("{count} erreur", "{count} erreurs"),
}


@pytest.fixture(scope="module")
def french() -> Tongue:
    """French with a small catalogue of its own, so that these tests do not depend on what is translated."""
    catalogue, out = Catalog(locale="fr"), io.BytesIO()
    for sentence, translation in SENTENCES.items():
        catalogue.add(sentence, translation)
    write_mo(out, catalogue)
    out.seek(0)
    return Tongue("fr", gettext.GNUTranslations(out), Locale.parse("fr"))


def instant(text: str) -> Instant:
    found = parse_instant(text)
    assert found is not None
    return found


def test_a_sentence_within_a_sentence_is_translated_too(french: Tongue) -> None:
    said = say("{what} has no {key}", what=say("a rule"), key="`id`")
    assert french.of(said) == "une règle : il manque `id`"
    assert ENGLISH.of(said) == "a rule has no `id`"


def test_a_translation_may_order_the_parts_as_it_needs(french: Tongue) -> None:
    assert french("{one} and {other} differ", one="`a`", other="`b`") == "`b` et `a` diffèrent"


@pytest.mark.parametrize(("count", "text"), [(0, "0 erreur"), (1, "1 erreur"), (2, "2 erreurs")])
def test_nought_is_singular_in_french(french: Tongue, count: int, text: str) -> None:
    """And plural in English, whose form the sentence had chosen."""
    assert french.of(say_plural("{count} error", "{count} errors", count)) == text
    assert french.plural("{count} error", "{count} errors", count) == text


def test_what_nobody_translated_is_said_in_english(french: Tongue) -> None:
    assert french.of(say("remove {key}", key="`id`")) == "remove `id`"


def test_what_came_from_outside_stays_as_it_is(french: Tongue) -> None:
    """A user's text that looks like a sentence of ours is not translated, nor read as a template."""
    assert french.of("a rule") == "a rule"
    said = say("{what} has no {key}", what="a rule", key="{what}")
    assert french.of(said) == "a rule : il manque {what}"


def test_what_is_the_same_in_every_language_is_not_looked_up(french: Tongue) -> None:
    assert french.of(verbatim("a rule")) == "a rule"


def test_nothing_said_is_nothing(french: Tongue) -> None:
    """The catalogue holds its own header under the empty text."""
    assert french.of(NOTHING_SAID) == ""
    assert french("") == ""


def test_numbers_are_written_with_all_their_digits(french: Tongue) -> None:
    assert ENGLISH.number(1234567) == "1,234,567"
    assert french.number(1234567) == "1\u202f234\u202f567"
    assert french.number(Decimal("1234.50")) == "1\u202f234,50"
    assert ENGLISH.number(2**80) == "1,208,925,819,614,629,174,706,176"


def test_a_number_in_a_sentence_is_written_as_the_language_does(french: Tongue) -> None:
    said = say_plural("{count} error", "{count} errors", 12345)
    assert french.of(said) == "12\u202f345 erreurs"
    assert said == "12345 errors"


def test_a_truth_value_in_a_sentence_is_no_number(french: Tongue) -> None:
    assert french("{value}", value=True) == "True"


def test_days_are_written_out(french: Tongue) -> None:
    at = instant("2018-01-31")
    assert ENGLISH.day(at) == "31 January 2018"
    assert french.day(at) == "31 janvier 2018"
    assert french.month(at) == "janvier 2018"


def test_an_instant_within_a_day_is_not_hidden(french: Tongue) -> None:
    assert "2018-01-31T10:00:00Z" in french.day(instant("2018-01-31T10:00:00Z"))


def test_a_day_in_a_sentence_is_written_as_the_language_does(french: Tongue) -> None:
    assert french("{day}", day=instant("2018-01-31")) == "31 janvier 2018"


def test_lists_end_with_the_word_of_the_language(french: Tongue) -> None:
    assert ENGLISH.listed(["a", "b", "c"]) == "a, b and c"
    assert french.listed(["a", "b", "c"]) == "a, b et c"
    assert french.either(["a", "b"]) == "a ou b"
    assert french.listed(["a"]) == "a"


def test_the_sentences_in_a_list_are_translated(french: Tongue) -> None:
    assert french.of(say("known: {words}", words=(say("a rule"), "`b`"))) == "connus : une règle et `b`"


def test_countries_have_their_names(french: Tongue) -> None:
    assert french.country("DE") == "Allemagne"
    assert french("{where}", where=Country("DE")) == "Allemagne"
    assert french.country("XX") == "XX"


def test_a_text_of_a_package_is_taken_in_the_language_that_is_nearest(french: Tongue) -> None:
    assert french.text({"en": "terms", "fr": "conditions"}) == "conditions"
    assert french.text({"de": "Bedingungen", "en": "terms"}) == "terms"
    assert french.text({"de": "Bedingungen"}) == "Bedingungen"
    assert french.text({}) == ""


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_can_be_spoken(code: str) -> None:
    tongue = tongue_of(code)
    assert tongue.code == code
    assert tongue.of(say("{name} stands twice", name="`a`"))


def test_a_language_that_we_do_not_speak_is_an_error() -> None:
    with pytest.raises(KeyError):
        tongue_of("xx")
