"""Countries in a text, by name, code and group, and the whole world."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge.facts.codes import COUNTRIES
from adjudge.notices.places import named_in, names_country, names_world
from adjudge.tongues.tongue import LANGUAGES, tongue_of


@pytest.mark.parametrize(
    ("text", "language", "countries"),
    [
        ("This applies only in: France and United States.", "en", {"FR", "US"}),
        ("in France Germany Spain", "en", {"FR", "DE", "ES"}),
        ("in the U.S. and the UK", "en", {"US", "GB"}),
        ("aux États-Unis et en Côte d’Ivoire", "fr", {"US", "CI"}),
        ("qu'en Norvège", "fr", {"NO"}),
        ("in Equatorial Guinea", "en", {"GQ"}),
        ("in der Schweiz", "de", {"CH"}),
        ("in francE", "en", set()),
        ("Francesca", "en", set()),
        ("nowhere", "tlh", set()),
    ],
)
def test_countries_are_named_by_their_names(text: str, language: str, countries: set[str]) -> None:
    assert named_in(text, language) == countries


def test_a_group_names_its_members() -> None:
    union, area = named_in("in the EU", "en"), named_in("dans l'Espace économique européen", "fr")
    assert len(union) == 27
    assert area - union == {"NO", "IS", "LI"}
    assert not named_in("for you and your eu", "en")


def test_a_code_names_a_country_where_that_is_asked_for() -> None:
    assert names_country("in: FR, BE", "FR", "en")
    assert not names_country("in: fr", "FR", "en")
    assert not named_in("AT IT IN", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(COUNTRIES))
def test_every_country_is_found_as_we_write_it(code: str, language: str) -> None:
    assert names_country(f"in: {tongue_of(language).country(code)}.", code, language)


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("This applies worldwide.", "en", True),
        ("in every country", "en", True),
        ("dans le monde entier", "fr", True),
        ("Das gilt weltweit.", "de", True),
        ("en todo el mundo", "es", True),
        ("in France", "en", False),
        ("Das gilt in Frankreich.", "de", False),
        ("the world is large", "en", False),
    ],
)
def test_the_world_is_named_in_words(text: str, language: str, *, told: bool) -> None:
    assert names_world(text, language) is told


@given(st.text(max_size=200), st.sampled_from(["en", "fr", "zh", "", "x-y"]))
def test_no_text_and_no_tag_makes_it_fail(text: str, language: str) -> None:
    assert named_in(text, language) <= COUNTRIES | set()
    assert names_world(text, language) in {True, False}
