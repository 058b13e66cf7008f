"""Help in place: words explain themselves where they stand, and all of them on one page."""

import re
from importlib.resources import files

import pytest

from adjudge.desk.frame.outside import style_text
from adjudge.desk.help.tokens import SCHEMES, tokens
from adjudge.desk.words.glossary import Glossary
from adjudge.desk.words.hearing import HEARING
from adjudge.desk.words.help import HELP
from adjudge.desk.words.meanings import SECTIONS, TYPES
from adjudge.desk.words.page import PAGE
from adjudge.desk.words.programs import PROGRAMS
from adjudge.desk.words.queue import QUEUE
from adjudge.desk.words.sheet import SHEET
from adjudge.facts.type import CodeType, ListType, RecordType, Simple
from adjudge.facts.vocabulary import Changer, Fact, Kind, Proof, Vocabulary
from adjudge.institution.hearing.filing import file_appeal
from adjudge.tongues.tongue import LANGUAGES, tongue_of
from tests.pseudo import left_out, pseudo
from tests.rooms.desk.test_pages import SUBJECT, issued, text_of
from tests.sites import Site

KEYS = [f"{section.name}.{name}" for section in SECTIONS for name in section.meanings]


def pages(site: Site) -> dict[str, tuple[str, str]]:
    """Addresses of pages with who may see them, of a decision in force that is appealed."""
    decision = issued(site)
    appeal = file_appeal(site.house, site.actor("member"), decision.id, ["We were not heard."])
    version = text_of(site.client("publisher").get("/policies")).split('href="/policies/')[1].split('"')[0]
    return {
        "sheet": ("reviewer", f"/matters/{site.matter.id}/sheet/{SUBJECT}"),
        "matter": ("reviewer", f"/matters/{site.matter.id}"),
        "decision": ("reviewer", f"/decisions/{decision.id}"),
        "appeal": ("hearer", f"/appeals/{appeal.id}"),
        "clocks": ("hearer", "/clocks"),
        "policies": ("publisher", "/policies"),
        "version": ("publisher", f"/policies/{version}"),
    }


WANTED = {
    "sheet": {"verdict.met", "weight.4", "follows.measure", "measure.exclude", "decision.issued"},
    "matter": {"matter.open", "decision.issued"},
    "decision": {"decision.issued"},
    "appeal": {"appeal.filed", "clock.decide", "consequence.reinstate"},
    "clocks": {"clock.acknowledge", "clock.decide", "consequence.escalate"},
    "policies": {"version.in_force"},
    "version": {"version.in_force", "rule.prohibition", "weight.4", "measure.exclude"},
}


def test_words_explain_themselves_where_they_stand_and_all_of_them_lead_to_the_glossary(site: Site) -> None:
    anchors = set(re.findall(r' id="([^"]+)"', text_of(site.client("reviewer").get("/help"))))
    for name, (who, address) in pages(site).items():
        page = text_of(site.client(who).get(address))
        explained = re.findall(r'<details class="help">.*?href="/help#([^"]+)"', page, re.DOTALL)
        assert WANTED[name] <= set(explained), name
        assert len(explained) == len(set(explained)), name  # each once, where it first stands
        assert set(re.findall(r'href="/help#([^"]+)"', page)) <= anchors, name


def test_a_claim_explains_its_fact_by_the_policy_that_is_asked(site: Site) -> None:
    page = text_of(site.client("reviewer").get(f"/matters/{site.matter.id}/sheet/{SUBJECT}"))
    assert re.search(
        r'<div class="help-text"><p><strong><code>(ad|advertiser)\.[a-z_]+</code></strong></p>', page
    )
    assert "It can be shown by:" in page
    matter = site.client("reviewer").get(f"/matters/{site.matter.id}")
    assert 'href="/help#fact.' in text_of(matter)  # very many facts: it only leads there
    assert len(matter.content) < 150_000


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", ["reviewer", "administrator", "member"])
def test_everybody_finds_all_words_in_both_languages(site: Site, who: str, language: str) -> None:
    response = site.client(who, language=language).get("/help")
    assert response.status_code == 200
    page = text_of(response)
    for key in KEYS:
        assert f'<div id="{key}">' in page
    assert '<div id="fact.ad.product">' in page or 'id="fact.ad.' in page
    assert tongue_of(language).of(SECTIONS[0].about) in page


def test_nobody_finds_them_signed_out(site: Site) -> None:
    assert site.client().get("/help").status_code == 302


def test_no_anchor_stands_twice(site: Site) -> None:
    anchors = re.findall(r' id="([^"]+)"', text_of(site.client("reviewer").get("/help")))
    assert len(anchors) == len(set(anchors))


def test_what_is_not_in_the_glossary_is_not_explained() -> None:
    glossary = Glossary(tongue_of("en"))
    for key in ("", "verdict", "verdict.", "verdict.maybe", "nothing.met", "."):
        assert glossary.meaning(key) is None
    assert glossary.of_fact(None, "ad.product") is None


FACT = Fact(
    kind=Kind.AD,
    name="size",
    type=RecordType((("width", Simple.INT), ("form", CodeType("forms")), ("days", ListType(Simple.DATE)))),
    many=True,
    complete=True,
    protected=True,
    changeable_by=Changer.NOBODY,
    proof=(Proof("invoice", 3),),
    definition={"en": "How large it is, as `large`"},
)


RECORD = "a record (width: a whole number; form: a code of the tree forms; days: list of date)"


def test_a_fact_says_how_it_is_observed_what_it_holds_and_what_proves_it() -> None:
    vocabulary = Vocabulary(name="v", version=1, taxonomies={}, facts={FACT.full_name: FACT})
    found = Glossary(tongue_of("en")).of_fact(vocabulary, "ad.size")
    assert found is not None
    assert found.texts == (
        "How large it is, as `large`",
        f"It can have several values, each {RECORD}.",
        "It can be shown by: invoice (at most 3 corroborated).",
        "Nobody can change it.",
        "It is protected: only law can make a prohibition turn on it.",
        "The platform's own record of it is complete, so that silence means no.",
    )
    assert found.key == "fact.ad.size"


def test_every_type_has_a_word_and_nothing_is_glued_in_by_hand() -> None:
    assert set(TYPES) == set(Simple)
    tongue = pseudo()
    glossary = Glossary(tongue)
    for text in glossary.explained(FACT).texts[1:]:
        assert left_out(text, {"width", "form", "forms", "days", "list", "of", "date"}) == []
    for key in KEYS:
        found = glossary.meaning(key)
        assert found is not None
        assert all(left_out(text, ()) == [] for text in (found.word, *found.texts))


# --- the page of the design ---


def test_the_design_shows_every_token_of_the_style_sheet_and_each_tone_in_both_schemes(site: Site) -> None:
    page = text_of(site.client("administrator").get("/design"))
    declared = set(re.findall(r"--([a-z0-9-]+):", style_text()))
    assert declared == set(tokens().names)
    for name in declared:
        assert f"<code>--{name}</code>" in page or f">--{name}<" in page
    for scheme in SCHEMES:
        for name, value in tokens().tones[scheme].items():
            assert f"swatch-{name}" in page
            assert f"<code>{value}</code>" in page
    assert len(tokens().tones["dark"]) == len(tokens().tones["light"]) > 10


def test_the_design_shows_each_component_once_in_each_scheme(site: Site) -> None:
    names = re.findall(r'data-component="([^"]+)"', text_of(site.client("reviewer").get("/design")))
    assert len(names) > 15
    assert {names.count(name) for name in names} == {len(SCHEMES)}


def test_its_style_sheet_lets_both_schemes_stand_on_one_page(site: Site) -> None:
    response = site.client("reviewer").get("/style/schemes.css")
    assert response["Content-Type"] == "text/css; charset=utf-8"
    sheet = response.content.decode()
    for scheme in SCHEMES:
        assert (
            f".scheme-{scheme} {{ color-scheme: {scheme}; --ground: {tokens().tones[scheme]['ground']};"
            in sheet
        )


def test_the_design_is_for_staff(site: Site) -> None:
    for address in ("/design", "/style/schemes.css"):
        assert site.client("member").get(address).status_code == 404
        assert site.client().get(address).status_code == 302
    assert 'href="/design"' not in text_of(site.client("member").get("/help"))
    assert site.client("reviewer", language="fr").get("/design").status_code == 200


# --- the words of pages ---


def test_no_word_of_a_page_is_hidden_behind_a_method_of_the_table_that_has_it() -> None:
    found = [
        (path.name, word)
        for path in (files("adjudge.desk") / "templates").iterdir()
        for template in path.iterdir()
        for word in re.findall(r"\bd\.([a-z_]+)", template.read_text(encoding="utf-8"))
        if hasattr(dict, word)
    ]
    assert found == []


def test_the_words_of_help_take_no_place_of_others() -> None:
    for words in (HEARING, PAGE, PROGRAMS, QUEUE, SHEET):
        assert not set(HELP) & set(words)
