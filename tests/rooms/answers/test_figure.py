"""The figure of a decision: well formed, the same every time, whole in words, and told without colour.

After a change of the drawing run with ADJUDGE_RECORD=1, look at `tests/golden/figures/beer.svg`, then read its diff.
"""

import dataclasses
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from adjudge.answers.answer import Asked
from adjudge.answers.rules.figure_html import figure_html
from adjudge.answers.rules.figure_pen import NARROW, WIDE, Paper
from adjudge.answers.rules.figure_svg import figure_svg
from adjudge.answers.rules.figure_text import Font, flat, lines_of
from adjudge.answers.rules.figure_words import (
    after_text,
    heading_text,
    marks_text,
    node_text,
    step_line,
    weights_text,
)
from adjudge.answers.rules.figures import FigureView, LineKind, cheapest, nodes_of
from adjudge.app.decide import decide
from adjudge.app.exchange import read_question
from adjudge.app.explain import explain_rule
from adjudge.app.figures import cure_of, figure_of
from adjudge.app.on_files import LoadedCase, Policy
from adjudge.basis.problem import ProblemLog
from adjudge.basis.weight import Pair
from adjudge.outcome import Verdict
from adjudge.reasons.tree import Operator
from adjudge.recourse.action import Power
from adjudge.tongues.tongue import Tongue, tongue_of
from tests.generators.cases import seeded_case
from tests.pseudo import left_out, pseudo
from tests.rooms.answers.figure_case import CLAIMS, explained_in, folder_of, view_in
from tests.rooms.answers.test_every_word_is_said import Any_, case_of

ROOT = Path(__file__).resolve().parents[3]
GOLDEN = ROOT / "tests" / "golden" / "figures" / "beer.svg"
SVG = "{http://www.w3.org/2000/svg}"
ENGLISH, FRENCH = tongue_of("en"), tongue_of("fr")
PAPERS = pytest.mark.parametrize("paper", [WIDE, NARROW], ids=["wide", "narrow"])
SEEDS = (*range(30), 89)  # with every verdict
HOSTILE = "</title></desc><script>alert(1)</script>]]> & {{ 7 * 7 }} <!-- &amp; ' \\u0007 \\u202e"
FONTS = {
    "f-title": Font(20, is_bold=True),
    "f-heading": Font(15, is_bold=True),
    "f-asks": Font(14, is_bold=True),
    "f-plain": Font(14),
    "f-code": Font(13, is_code=True),
    "f-small": Font(12),
}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_of(tmp_path_factory.mktemp("beer"))


@pytest.fixture(scope="module")
def view(case: Path) -> FigureView:
    return view_in(case)


@cache
def generated() -> tuple[FigureView, ...]:
    """Figures of every rule of generated cases: all verdicts, errors, silences and shapes of conditions."""
    return tuple(view for seed in SEEDS for view in generated_of(seed))


def generated_of(seed: int) -> Iterator[FigureView]:
    log = ProblemLog()
    question = read_question(seeded_case(f"figure {seed}").line(), log)
    assert question is not None, log.problems
    loaded = LoadedCase(case_of(question), Policy(question.package.vocabulary, (question.package,)))
    asked = Asked(valid_at=question.valid_at, known_at=question.known_at, territory=question.territory)
    answer = decide(loaded, asked, log)
    for subject in answer.subjects if answer else ():
        for outcome in subject.outcome.rules:
            found = explain_rule(loaded, asked, (subject.party.subject.id, outcome.rule), ProblemLog())
            assert found is not None
            yield figure_of(found, ENGLISH)


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own text


def nodes_in(view: FigureView) -> list[tuple[Pair, Pair | None]]:
    nodes = [node for tree in view.trees for node in nodes_of(tree.root)]
    return [(node.now.pair, node.after.pair if node.after else None) for node in nodes]


def classes_in(root: ET.Element, kind: str) -> list[ET.Element]:
    return [item for item in root.iter() if kind in item.get("class", "").split()]


class Text(HTMLParser):
    """What a page says outside its drawings."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.within = 0
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.within += tag in {"svg", "style"}

    def handle_endtag(self, tag: str) -> None:
        self.within -= tag in {"svg", "style"}

    def handle_data(self, data: str) -> None:
        if not self.within:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


def plain(text: str) -> str:
    """A text with common spaces, as a page is compared."""
    return " ".join(text.split())


def bare(item: Any_) -> Any_:
    """The same values without a text, so that every word comes from a form."""
    if isinstance(item, str | Pair):
        return "№" if type(item) is str and item else item  # type: ignore[return-value]  # a str for a str
    if isinstance(item, tuple):
        return tuple(bare(part) for part in item)  # type: ignore[return-value]  # as long as it was
    if dataclasses.is_dataclass(item) and not isinstance(item, type):
        names = [field.name for field in dataclasses.fields(item)]
        return dataclasses.replace(item, **{name: bare(getattr(item, name)) for name in names})
    return item


# --- the values ---


def test_the_trees_have_every_kind_of_part_and_the_state_of_the_exception(view: FigureView) -> None:
    when, unless = view.trees
    operators = [node.operator for node in nodes_of(when.root)]
    assert (
        operators
        == [Operator.AND, Operator.ATOM, Operator.OR, Operator.ATOM, Operator.NOT, Operator.AND]
        + [Operator.ATOM] * 2
    )
    assert view.explained.verdict is Verdict.MET
    assert (when.state, unless.state) == ("", "not established")
    assert (when.root.now.pair, unless.root.now.pair) == (Pair(3, 2), Pair(0, 4))


def test_leaves_sum_up_who_speaks_there(view: FigureView) -> None:
    when, unless = (tuple(nodes_of(tree.root)) for tree in view.trees)
    assert [(line.kind, line.text) for line in when[1].lines] == [
        (LineKind.FOR, "1 claim for, of weight 3 corroborated"),
        (LineKind.AGAINST, "1 claim against, of weight 2 reported"),
    ]
    texts = {line.kind: line.text for line in unless[0].lines}
    assert texts[LineKind.SILENCE].startswith("the record of advertiser.licences is complete")
    assert texts[LineKind.IDLE] == "1 claim without effect"


def test_the_heaviest_of_several_claims_is_named(tmp_path: Path) -> None:
    again = (
        CLAIMS[0]
        .replace("product", "again")
        .replace("weight: 3", "weight: 2")
        .replace("origin: a", "origin: z")
    )
    leaf = view_in(folder_of(tmp_path, (*CLAIMS, again))).trees[0].root.below[0]
    assert leaf.lines[0].text == "2 claims for, the heaviest of weight 3 corroborated"


def test_a_fact_of_which_nobody_speaks_is_noted(tmp_path: Path) -> None:
    view = view_in(folder_of(tmp_path, CLAIMS[:3]))
    notes = [
        line.text
        for node in nodes_of(view.trees[0].root)
        for line in node.lines
        if line.kind is LineKind.NOTE
    ]
    assert notes == ["no claim that counts speaks of ad.sober", "no claim that counts speaks of ad.size"]


# --- the way out ---


def test_the_way_marks_the_leaves_that_it_changes_and_says_what_they_come_to(view: FigureView) -> None:
    nodes = [node for tree in view.trees for node in nodes_of(tree.root)]
    assert [node.part.text for node in nodes if node.marks] == [
        "advertiser.licences.exists(l, l.country == ad.country && l.until > now)"
    ]
    assert nodes[-1].marks == (1,)
    assert nodes[-1].after is not None
    assert nodes[-1].after.reaches
    assert [node.after for node in nodes[:-1]] == [None] * (len(nodes) - 1)
    (step,) = view.way.steps
    assert step.text.startswith(
        "prove, to weight 4 official, that `advertiser.licences` holds country: France, until: any day after "
    )
    assert step.details == ("the advertiser can prove it", "proof: register extract")
    assert not step.elsewhere
    assert view.way.then == ("The rule would then be excepted.",)


def test_numbers_are_written_as_the_language_does(tmp_path: Path) -> None:
    claims = tuple(claim for claim in CLAIMS if "ad.country" not in claim)
    case = folder_of(tmp_path, claims, when="ad.beer")
    for tongue, number in ((ENGLISH, "1,200"), (FRENCH, "1\u202f200")):
        view = view_in(case, tongue=tongue)
        assert "ad.beer" in view.way.steps[0].text
        assert number in view.way.steps[0].text
        assert number in view.way.said


def test_a_way_of_others_is_said_to_be_theirs(case: Path) -> None:
    view = view_in(case, "brewer", "bought")
    assert view.way.said.startswith("No way to a release is in the advertiser's power")
    assert (
        view.way.steps[0].details[0]
        == "only others can change it: a third party; what is claimed was published by: The registrar"
    )
    assert view.trees[0].root.marks == (1,)


def test_the_way_marked_is_the_cheapest_of_the_advertisers_own(case: Path) -> None:
    found = cure_of(explained_in(case)).found
    way = cheapest(found)
    assert way is not None
    assert way.power is not Power.OTHERS
    assert way.cost == min(item.cost for item in found.own)
    others = dataclasses.replace(found, ways=tuple(item for item in found.ways if item.power is Power.OTHERS))
    assert cheapest(others) == next(iter(others.ways), None)
    assert cheapest(dataclasses.replace(found, ways=())) is None


def test_without_a_measure_nothing_is_marked(tmp_path: Path) -> None:
    view = view_in(folder_of(tmp_path, CLAIMS[1:]))
    assert view.way.said == "No measure of this rule applies, so that nothing has to change."
    assert view.way.steps == ()
    assert all(after is None for _, after in nodes_in(view))
    root = parsed(figure_svg(view, ENGLISH))
    assert list(root.iter(f"{SVG}circle")) == []
    assert [g for g in root.iter(f"{SVG}g") if classes_in(g, "f-dashed")] == []


def test_where_no_way_is_found_it_says_so(case: Path) -> None:
    explained = explained_in(case)
    cure = cure_of(explained)
    for complete, said in ((True, "No change and no proof lifts"), (False, "a limit was reached")):
        none = dataclasses.replace(
            cure, found=dataclasses.replace(cure.found, complete=complete), way=None, after=None
        )
        from adjudge.answers.rules.figures import figure_view

        view = figure_view(
            explained.answer, explained.subject, explained.outcome, explained.tree, ENGLISH, cure=none
        )
        assert said in view.way.said


# --- the drawing ---


@PAPERS
def test_every_figure_is_well_formed_and_the_same_every_time(paper: Paper, view: FigureView) -> None:
    for found in (view, *generated()):
        svg = figure_svg(found, ENGLISH, paper)
        root = parsed(svg)
        assert (root.tag, root.get("role"), root.get("lang")) == (f"{SVG}svg", "img", "en")
        assert figure_svg(found, ENGLISH, paper) == svg
    assert {found.explained.verdict for found in generated()} == set(Verdict)


def test_the_order_of_claims_changes_nothing(tmp_path: Path, view: FigureView) -> None:
    again = view_in(folder_of(tmp_path, CLAIMS[::-1]))
    assert figure_svg(again, ENGLISH) == figure_svg(view, ENGLISH)


def test_the_small_tree_is_drawn_as_recorded(view: FigureView) -> None:
    svg = figure_svg(view, ENGLISH)
    if os.environ.get("ADJUDGE_RECORD"):
        GOLDEN.write_text(svg, encoding="utf-8")
    assert svg == GOLDEN.read_text(encoding="utf-8")


@PAPERS
def test_every_weight_is_drawn_as_cells(paper: Paper, view: FigureView) -> None:
    for found in (view, *generated()):
        root = parsed(figure_svg(found, ENGLISH, paper))
        boxes = [group for group in root.iter(f"{SVG}g") if classes_in(group, "f-box")]
        pairs = nodes_in(found)
        assert len(boxes) == len(pairs)
        for box, (now, after) in zip(boxes, pairs, strict=True):
            every = [pair for pair in (now, after) if pair]
            full = [item for item in classes_in(box, "f-full") if item.get("width") == "12"]
            hatched = [
                item for item in classes_in(box, "f-hatch") if re.search(r"l12 -12", item.get("d", ""))
            ]
            assert len(full) == sum(pair.for_ for pair in every)
            assert len(hatched) == sum(pair.against for pair in every)
            assert len(classes_in(box, "f-tick")) == len(every)
            assert bool(classes_in(box, "f-hollow")) >= (after is not None)


@PAPERS
def test_what_the_way_changes_is_outlined_and_numbered(paper: Paper, view: FigureView) -> None:
    root = parsed(figure_svg(view, ENGLISH, paper))
    (box,) = [g for g in root.iter(f"{SVG}g") if classes_in(g, "f-box") and classes_in(g, "f-dashed")]
    assert [item.text for item in classes_in(box, "f-inverse")] == ["1"]
    title = box.find(f"{SVG}title")
    assert title is not None
    assert "changed by step 1; after the way out: for 4, against 0, shown: yes" in (title.text or "")


def test_nothing_is_said_by_colour_alone(view: FigureView) -> None:
    sheet = parsed(figure_svg(view, ENGLISH)).findtext(f"{SVG}style") or ""
    printed = sheet[sheet.index("@media print") : sheet.index(".figure text")]
    tones = re.findall(r"#([0-9a-f]{3})\b", printed)
    assert len(tones) == 6
    assert all(len(set(tone)) == 1 for tone in tones)  # greys
    # What differs in meaning differs in fill, hatching or dashes.
    looks = {
        name: looks_of(sheet, name) for name in ("full", "hatch", "cell", "dashed", "hollow", "shown", "box")
    }
    assert len(set(looks.values())) == len(looks)
    frames = {
        verdict: looks_of(sheet, verdict.value)
        for verdict in (Verdict.MET, Verdict.UNPROVEN, Verdict.UNKNOWN)
    }
    assert len(set(frames.values())) == len(frames)


def looks_of(sheet: str, name: str) -> str:
    """The rule of a class without its tones, but for whether it is filled."""
    found = re.search(rf"\.f-{name} {{ (.*?) }}", sheet)
    assert found is not None
    return re.sub(r"stroke: var\(--f-\w+\);?", "", found[1])


def test_verdicts_and_words_stand_in_the_drawing(view: FigureView) -> None:
    texts = [item.text for item in parsed(figure_svg(view, ENGLISH)).iter(f"{SVG}text")]
    for text in (
        "met",
        "not established",
        "standard 3",
        "standard 4",
        "all of these",
        "Ads for beer",
        "weight against",
    ):
        assert text in texts
    untitled = [item.text for item in parsed(figure_svg(view, ENGLISH, titled=False)).iter(f"{SVG}text")]
    assert "Ads for beer" not in untitled
    assert "met" in untitled


@PAPERS
def test_every_text_keeps_within_the_paper_and_its_box(paper: Paper, view: FigureView) -> None:
    for found in (view, *generated()):
        for item in parsed(figure_svg(found, ENGLISH, paper)).iter(f"{SVG}text"):
            kinds = item.get("class", "").split()
            font = next(FONTS[kind] for kind in kinds if kind in FONTS)
            x, width = int(item.get("x", "")), font.width(item.text or "")
            left = x - width if "f-end" in kinds else x
            right = x if "f-end" in kinds else x + width
            if {"f-middle", "f-inverse"} & set(kinds):
                left, right = x - width // 2, x + width // 2
            assert left >= 0, item.text
            assert right <= paper.width, item.text
            if "f-code" in kinds:
                assert right <= paper.edge


# --- the same in words ---


@pytest.mark.parametrize("tongue", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_the_text_equivalents_hold_every_part_weight_line_and_step(case: Path, tongue: Tongue) -> None:
    view = view_in(case, tongue=tongue)
    whole = parsed(figure_svg(view, tongue)).findtext(f"{SVG}desc") or ""
    page = Text(figure_html(view, tongue)).text
    for tree in view.trees:
        assert heading_text(tree, tongue) in whole
        assert plain(heading_text(tree, tongue)) in page
        for node in nodes_of(tree.root):
            assert node_text(node, tongue) in whole
            assert node.part.text in page
            texts = [*(line.text for line in node.lines), marks_text(node, tongue), after_text(node, tongue)]
            assert [text for text in texts if text not in whole] == []
            assert [text for text in (*texts, weights_text(node, tongue)) if plain(text) not in page] == []
            for item in node.part.speaking:
                assert plain(item.says) in page
                assert plain(item.details) in page
    for text in (view.way.said, *view.way.then, *(step_line(step, tongue) for step in view.way.steps)):
        assert text in whole
        assert plain(text) in page


def test_parts_are_numbered_in_words_as_they_hang_together(view: FigureView) -> None:
    whole = parsed(figure_svg(view, ENGLISH)).findtext(f"{SVG}desc") or ""
    numbers = re.findall(r"^1[.\d]*(?= )", whole, re.MULTILINE)
    assert numbers == ["1", "1.1", "1.2", "1.2.1", "1.2.2", "1.2.2.1", "1.2.2.1.1", "1.2.2.1.2", "1"]


def test_every_generated_figure_is_whole_in_words() -> None:
    for view in generated():
        whole = parsed(figure_svg(view, ENGLISH)).findtext(f"{SVG}desc") or ""
        for node in (node for tree in view.trees for node in nodes_of(tree.root)):
            assert flat(node_text(node, ENGLISH)) in whole


@pytest.mark.parametrize("form", [figure_svg, figure_html], ids=["svg", "html"])
def test_forms_add_no_word_of_their_own(case: Path, form: Callable[[FigureView, Tongue], str]) -> None:
    tongue = pseudo()
    text = form(bare(view_in(case, tongue=tongue)), tongue)
    text = re.sub(r"<style>.*?</style>", " ", text, flags=re.DOTALL)
    assert left_out(" ".join(re.findall(r">([^<]+)<", text)), {"Adjudge"}) == []


def test_every_sentence_of_a_figure_is_said(case: Path) -> None:
    tongue = pseudo()
    for subject, rule in (("ad", "beer"), ("brewer", "bought")):
        view = view_in(case, subject, rule, tongue=tongue)
        nodes = [node for tree in view.trees for node in nodes_of(tree.root)]
        texts = [line.text for node in nodes for line in node.lines]
        texts += [
            view.way.said,
            *view.way.then,
            *(text for step in view.way.steps for text in (step.text, *step.details)),
        ]
        assert [text for text in texts if "⟦" not in text] == []


# --- hostile and large ---


@PAPERS
def test_texts_from_outside_are_texts(tmp_path: Path, paper: Paper) -> None:
    view = view_in(folder_of(tmp_path, title=HOSTILE, when="ad.beer && ad.notes != '</title><script>'"))
    root = parsed(figure_svg(view, ENGLISH, paper))
    assert {item.tag.removeprefix(SVG) for item in root.iter()} == {
        "svg", "title", "desc", "style", "rect", "g", "path", "text",
    }  # fmt: skip
    texts = "".join(root.itertext())
    assert "<script>" in texts
    assert "\u202e" not in texts
    assert "\x07" not in texts
    page = figure_html(view, ENGLISH)
    assert "<script" not in page.lower()
    assert "{{ 7 * 7 }}" in page


def test_characters_that_no_xml_may_hold_are_replaced(view: FigureView) -> None:
    node = view.trees[0].root.below[0]
    part = dataclasses.replace(node.part, text="a\x00b\ud800c\ufffed\u2028e")
    root = dataclasses.replace(node, part=part)
    tree = dataclasses.replace(view.trees[0], root=root)
    svg = figure_svg(dataclasses.replace(view, trees=(tree,)), ENGLISH)
    assert "a\ufffdb\ufffdc\ufffdd" in "".join(parsed(svg).itertext())


def test_many_long_parts_are_cut_in_the_drawing_and_whole_in_words(tmp_path: Path) -> None:
    long = "x" * 900
    parts = [f"ad.notes != '{long}{number}'" for number in range(30)]
    view = view_in(folder_of(tmp_path, when="ad.beer && (" + " || ".join(parts) + ")"))
    root = parsed(figure_svg(view, ENGLISH))
    assert len(classes_in(root, "f-box")) == 34
    drawn = [item.text or "" for item in root.iter(f"{SVG}text")]
    assert sum(text.endswith("…") for text in drawn) == 30
    assert max(map(len, drawn)) < 130
    whole = root.findtext(f"{SVG}desc") or ""
    page = Text(figure_html(view, ENGLISH)).text
    assert all(part in whole and part in page for part in parts)


def test_a_deep_tree_keeps_its_boxes_wide(tmp_path: Path) -> None:
    deep = "ad.size > 1"
    for _ in range(14):
        deep = f"(ad.beer && (ad.sober || {deep}))"
    for paper in (WIDE, NARROW):
        at = tmp_path / str(paper.width)
        at.mkdir()
        root = parsed(figure_svg(view_in(folder_of(at, when=deep)), ENGLISH, paper))
        widths = [int(item.get("width", "")) for item in classes_in(root, "f-box")]
        assert len(widths) > 50
        assert min(widths) >= 280


def test_a_text_of_a_million_letters_is_set_in_no_time() -> None:
    font = Font(12)
    lines = lines_of("x" * 1_000_000, font, 300, 6)
    assert len(lines) == 6
    assert lines[-1].endswith("…")
    assert max(map(font.width, lines)) <= 300


@pytest.mark.parametrize("width", [60, 131, 300])
@pytest.mark.parametrize("font", FONTS.values(), ids=FONTS.keys())
def test_lines_fit_and_hold_the_text(font: Font, width: int) -> None:
    text = "advertiser.certificates.exists(c, c.kind == 'gambling_licence') über 許可証許可証許可証 WWWWWWW"
    lines = lines_of(text, font, width, 100)
    assert max(map(font.width, lines)) <= width
    assert "".join("".join(lines).split()) == "".join(text.split())
    few = lines_of(text, font, width, 2)
    assert len(few) <= 2
    assert max(map(font.width, few)) <= width
    assert few[-1].endswith("…") is (len(lines) > 2)


def test_words_that_are_held_together_stay_on_one_line() -> None:
    assert lines_of("le poids\u00a0: quatre", Font(12), 54, 3) == ["le", "poids\u00a0:", "quatre"]


def test_nothing_has_one_empty_line_or_none() -> None:
    assert lines_of("", Font(12), 100, 3) in ([], [""])
    assert lines_of("  \n ", Font(12), 100, 3) in ([], [""])


# --- the command ---


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("form", ["svg", "html"])
def test_the_command_writes_the_figure(case: Path, tmp_path: Path, form: str, language: str) -> None:
    asked = [
        "explain",
        str(case),
        "--subject",
        "ad",
        "--rule",
        "beer",
        "--as-of",
        "2020-06-01",
        "--format",
        form,
    ]
    command = [sys.executable, "-m", "adjudge.cli.main", *asked, "--lang", language]
    shown = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=ROOT, check=False, timeout=60)
    assert (shown.returncode, shown.stderr) == (0, "")
    file = tmp_path / f"figure.{form}"
    again = subprocess.run(
        [*command, "-o", str(file)], capture_output=True, cwd=ROOT, check=False, timeout=60
    )
    assert (again.returncode, again.stdout) == (0, b"")
    assert file.read_text(encoding="utf-8") == shown.stdout
    assert f'lang="{language}"' in shown.stdout
    view = view_in(case, tongue=tongue_of(language))
    write = figure_svg if form == "svg" else figure_html
    assert shown.stdout == write(view, tongue_of(language))


def test_the_page_needs_nothing_else(view: FigureView) -> None:
    page = figure_html(view, ENGLISH)
    assert "default-src 'none'" in page
    assert re.findall(r"(?:src|href)=\"(?!#)[^\"]*\"", page) == []
    assert re.findall(r"url\(|@import|<script|<link", page) == []
    ids = re.findall(r"\bid=\"([^\"]+)\"", page)
    assert len(ids) == len(set(ids))
