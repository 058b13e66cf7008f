"""The page of an answer: its structure, its links, and that nothing from outside becomes markup."""

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest

from adjudge.answers.answer import Asked
from adjudge.answers.decision.html import IndexEntry, html_text, index_html
from adjudge.answers.decision.page import page_of
from adjudge.answers.decision.view import AnswerView, view_of
from adjudge.answers.forms.pages import beside, environment, is_web, ticked
from adjudge.answers.forms.sayings import PAGE, Sayings
from adjudge.app.decide import decide
from adjudge.app.on_files import load_case
from adjudge.basis.instant import parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.outcome import Verdict
from adjudge.tongues.tongue import tongue_of
from tests.rooms.answers.full_view import EMPTY, FULL, MET

CHECKOUT = Path(__file__).resolve().parents[3]
CASE = CHECKOUT / "examples" / "cases" / "kaspersky-2018"
QUESTIONS = (("2018-01-31", "US"), ("2018-04-23", None), ("2024-10-01", "US"), ("2024-10-01", "DE"))
VOID = {"meta", "rect", "path", "br"}
HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&amp;{{ 7 * 7 }}{% raw %}</style><!-- "
PLAIN = "plain "
ENTRY = IndexEntry(
    title="Was there a rule?",
    as_of="31 January 2018, 00:00 UTC",
    territory="United States",
    headlines=(("The company", "no_measure", "No measure"), ("An ad", "measure", "A measure follows")),
    html="2018-01-31-US.html",
    json="2018-01-31-US.json",
)
ENGLISH = tongue_of("en")
Any_ = TypeVar("Any_")


class Outline(HTMLParser):
    """What a page holds: tags with the names of their attributes, ids, links, headings and texts."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes another tag"

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)

    def values(self, name: str) -> list[str]:
        return [value for _, found, value in self.attributes if found == name]


def founding_view(day: str, territory: str | None) -> AnswerView:
    log = ProblemLog()
    loaded, at = load_case(CASE, log), parse_instant(day)
    assert loaded is not None, log.problems
    assert at is not None
    answer = decide(loaded, Asked(valid_at=at, known_at=at, territory=territory), log)
    assert answer is not None, log.problems
    return view_of(answer, ENGLISH)


@pytest.fixture(params=[*QUESTIONS, "full", "empty"], ids=str)
def view(request: pytest.FixtureRequest) -> AnswerView:
    if request.param == "full":
        return FULL
    return EMPTY if request.param == "empty" else founding_view(*request.param)


def with_texts(item: Any_, form: str, path: str = "") -> Any_:
    """The same values with every text replaced by `form` and its own path; verdicts are no texts."""
    if type(item) is str:
        return f"{form}{path}."  # type: ignore[return-value]  # a str for a str
    if isinstance(item, tuple):
        parts = (with_texts(part, form, f"{path}.{at}") for at, part in enumerate(item))
        return tuple(parts)  # type: ignore[return-value]  # a tuple as long as it was
    if dataclasses.is_dataclass(item) and not isinstance(item, type):
        names = [field.name for field in dataclasses.fields(item)]
        texts = {name: with_texts(getattr(item, name), form, f"{path}.{name}") for name in names}
        return dataclasses.replace(item, **texts)
    return item


def paths_of(item: object, path: str = "") -> Iterator[str]:
    """The paths of all texts."""
    if type(item) is str:
        yield f"{path}."
    elif isinstance(item, tuple):
        for at, part in enumerate(item):
            yield from paths_of(part, f"{path}.{at}")
    elif dataclasses.is_dataclass(item) and not isinstance(item, type):
        for field in dataclasses.fields(item):
            yield from paths_of(getattr(item, field.name), f"{path}.{field.name}")


def test_a_page_is_well_formed(view: AnswerView) -> None:
    outline = Outline(html_text(view, ENGLISH))
    assert not outline.open
    assert max(Counter(outline.values("id")).values()) == 1


def test_a_page_has_its_landmarks_and_headings_in_order(view: AnswerView) -> None:
    tags = [tag for tag, _ in Outline(html_text(view, ENGLISH)).tags]
    for landmark in ("header", "nav", "main", "footer"):
        assert landmark in tags
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_fragment_link_leads_somewhere(view: AnswerView) -> None:
    outline = Outline(html_text(view, ENGLISH))
    fragments = {address for address in outline.values("href") if address.startswith("#")}
    assert fragments <= {f"#{name}" for name in outline.values("id")}
    labels = {name for value in outline.values("aria-labelledby") for name in value.split()}
    assert labels <= set(outline.values("id"))


def test_every_claim_that_is_shown_is_linked_with_its_document_both_ways(view: AnswerView) -> None:
    page = page_of(view)
    links = Outline(html_text(view, ENGLISH)).values("href")
    documents = {placed.document.id: placed for placed in page.documents}
    for subject in page.subjects:
        for rule in subject.rules:
            against = [item.at for item in rule.contrary]
            unfitting = [item.at for item in rule.unfitting]
            for at in (*rule.grounds, *rule.supporting, *against, *unfitting):
                if not at.claim.document:
                    continue
                placed = documents[at.claim.document]
                assert at.document == placed.anchor
                assert f"#{placed.anchor}" in links
                cited = {anchor for citation in placed.cited for _, anchor in citation.claims}
                assert at.anchor in cited
                assert f"#{at.anchor}" in links


def test_a_page_needs_nothing_from_outside(view: AnswerView) -> None:
    page = html_text(view, ENGLISH)
    outline = Outline(page)
    tags = {tag for tag, _ in outline.tags}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form", "base", "audio", "video"}
    assert not {"src", "srcset", "style", "poster"} & {name for _, name, _ in outline.attributes}
    style = page[page.index("<style>") : page.index("</style>")]
    assert "@import" not in style
    assert "url(" not in style
    assert "default-src 'none'" in page


def test_the_same_view_is_the_same_bytes(view: AnswerView) -> None:
    first = html_text(view, ENGLISH)
    environment.cache_clear()  # the second page is made from nothing
    assert html_text(view, ENGLISH).encode() == first.encode()


def test_hostile_texts_change_nothing_but_the_text() -> None:
    hostile = Outline(html_text(with_texts(FULL, HOSTILE), ENGLISH))
    calm = Outline(html_text(with_texts(FULL, PLAIN), ENGLISH))
    assert hostile.tags == calm.tags
    assert not hostile.open
    assert "7 * 7" in hostile.text
    assert hostile.text.count("<script>alert(1)</script>") > len(FULL.subjects)


def test_every_text_of_a_view_is_on_the_page() -> None:
    outline = Outline(html_text(with_texts(FULL, HOSTILE), ENGLISH))
    shown = outline.text + "".join(value for _, _, value in outline.attributes)
    hidden = [path for path in paths_of(FULL) if f"{HOSTILE}{path}" not in shown]
    names = {re.sub(r"[.\d]+$", "", path).rsplit(".", 1)[-1] for path in hidden}
    # What is no address of the web is no link; a claim shows its source, and the line of a record its fields.
    assert names <= {"ground_url", "document", "says"}
    assert all(path.endswith(".says.") or ".says" not in path for path in hidden)


def test_texts_that_turn_or_break_a_line_of_writing_are_shown_as_unreadable() -> None:
    view = dataclasses.replace(EMPTY, title="a\u202eb\x00c\ud800d", package="مى\u200cخواهم")
    page = html_text(view, ENGLISH)
    assert "a\ufffdb\ufffdc\ufffdd" in page
    assert "مى\u200cخواهم" in page
    page.encode()


@pytest.mark.parametrize(
    ("address", "is_link"),
    [
        ("https://law.example/7", True),
        ("http://law.example/7", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        (" https://law.example", False),
        ("data:text/html,x", False),
        ("//law.example", False),
        ("", False),
    ],
)
def test_only_an_address_of_the_web_becomes_a_link(address: str, is_link: bool) -> None:  # noqa: FBT001 - data
    assert is_web(address) is is_link
    subject = dataclasses.replace(FULL.subjects[0], rules=(dataclasses.replace(MET, ground_url=address),))
    outline = Outline(html_text(dataclasses.replace(FULL, subjects=(subject,)), ENGLISH))
    assert (address in outline.values("href")) is is_link


def test_an_address_cannot_leave_its_attribute() -> None:
    address = 'https://law.example/" onclick="alert(1)'
    subject = dataclasses.replace(FULL.subjects[0], rules=(dataclasses.replace(MET, ground_url=address),))
    outline = Outline(html_text(dataclasses.replace(FULL, subjects=(subject,)), ENGLISH))
    assert address in outline.values("href")
    assert "onclick" not in {name for _, name, _ in outline.attributes}


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("`a`: b", "<code>a</code>: b"),
        ("a `b` and `<c>`", "a <code>b</code> and <code>&lt;c&gt;</code>"),
        ("a ` b", "a ` b"),
        ("`a` ` b", "<code>a</code> ` b"),
        ("", ""),
    ],
)
def test_what_stands_in_backticks_is_code(text: str, marked: str) -> None:
    assert str(ticked(text)) == marked


def test_rules_from_which_something_follows_are_unfolded() -> None:
    page = page_of(FULL)
    opened = {placed.rule.verdict for subject in page.subjects for placed in subject.rules if placed.opened}
    assert opened == {Verdict.MET, Verdict.CONTESTED, Verdict.UNPROVEN}
    found = [
        names for tag, names in Outline(html_text(FULL, ENGLISH)).tags if tag == "details" and "id" in names
    ]
    placed_open = [placed.opened for subject in page.subjects for placed in subject.rules]
    assert ["open" in names for names in found] == placed_open


def test_ids_that_differ_only_in_what_a_fragment_cannot_hold_get_places_of_their_own() -> None:
    documents = tuple(
        dataclasses.replace(FULL.documents[0], id=name) for name in ("a b", "a/b", "A B", "", "ж")
    )
    anchors = [placed.anchor for placed in page_of(dataclasses.replace(FULL, documents=documents)).documents]
    assert len(set(anchors)) == len(documents)
    assert all(re.fullmatch(r"[a-z0-9._-]+", anchor) for anchor in anchors)


def test_a_record_that_does_not_fit_says_what_it_says_instead() -> None:
    text = Outline(html_text(FULL, ENGLISH)).text
    assert "m.addressee == 'platforms'; the record says addressee:" in text


def test_what_is_not_there_is_said_in_words() -> None:
    text = Outline(html_text(FULL, ENGLISH)).text
    for name in ("no_contrary", "no_support", "no_grounds", "no_missing", "no_rules", "read_nowhere"):
        assert PAGE[name] in text
    empty = Outline(html_text(EMPTY, ENGLISH)).text
    for name in ("no_subjects", "no_documents"):
        assert PAGE[name] in empty
    assert PAGE["notice"] not in empty


def test_the_founding_case_is_answered_in_words_that_a_reader_finds() -> None:
    before, after = (Outline(html_text(founding_view(*QUESTIONS[at]), ENGLISH)).text for at in (0, 2))
    assert "A measure" not in before
    assert before.count("No rule in force is met.") == len(founding_view(*QUESTIONS[0]).subjects)
    assert "A measure would follow; a person must decide" in after
    assert "Signature needed: legal" in after
    assert "United States only" in after
    assert "hypothetical" in after


def test_every_word_of_the_pages_is_used() -> None:
    folder = resources.files("adjudge.answers.forms") / "templates"
    templates = "".join(
        item.read_text(encoding="utf-8") for item in folder.iterdir() if item.name.endswith(".html")
    )
    assert set(re.findall(r"\bw\.(\w+)", templates)) == set(PAGE)
    methods = {name for name in vars(Sayings) if not name.startswith("_") and name != "tongue"}
    assert set(re.findall(r"\bsay\.(\w+)", templates)) == methods


def test_the_index_leads_to_every_answer() -> None:
    page = Outline(index_html([ENTRY, ENTRY], ENGLISH, title="A case", summary="What happened."))
    assert page.values("href").count("./2018-01-31-US.html") == 2
    assert page.values("href").count("./2018-01-31-US.json") == 2
    assert [tag for tag, _ in page.tags].count("h1") == 1
    for text in ("A case", "What happened.", *ENTRY.headlines[1][::2], ENTRY.as_of, ENTRY.territory):
        assert text in page.text


def test_the_index_escapes_what_it_is_given() -> None:
    hostile = with_texts(ENTRY, HOSTILE)
    page = Outline(index_html([hostile], ENGLISH, title=HOSTILE, summary=HOSTILE))
    calm = Outline(index_html([with_texts(ENTRY, PLAIN)], ENGLISH, title=PLAIN, summary=PLAIN))
    assert page.tags == calm.tags
    assert not page.open
    assert f"{HOSTILE}.headlines.0.0." in page.text


def test_an_index_of_nothing_says_so() -> None:
    page = Outline(index_html([], ENGLISH))
    assert PAGE["no_answers"] in page.text


@pytest.mark.parametrize(
    "name", ["a.html", "javascript:alert(1)", "../a b.html", "//host/a", "?q#f", "é.html"]
)
def test_a_file_name_is_an_address_beside_the_page(name: str) -> None:
    assert re.fullmatch(r"\./[A-Za-z0-9._~%-]+", beside(name))
