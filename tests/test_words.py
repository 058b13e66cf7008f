"""Every sentence of ours is said, so that it can be said in another language, and its templates can be translated.

What a problem says is rendered in a language that no one speaks (`tests.pseudo`), over all bad input that the suites
have at hand: a word that is not marked there was glued in by hand.
"""

import json
import re
import shutil
import string
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from adjudge.app.check import check_path
from adjudge.app.decide import decide
from adjudge.app.exchange import read_question
from adjudge.app.on_files import load_case
from adjudge.basis.problem import Problem, ProblemLog
from adjudge.basis.reading.json_text import read_json
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.said import Said
from adjudge.basis.span import Source
from adjudge.cli.problems import count_text, problem_text
from adjudge.facts.codes import COUNTRIES, CURRENCIES
from adjudge.facts.type import Simple
from adjudge.language.lint import lint
from adjudge.spec.resolve import outcomes
from tests.fuzz import targets
from tests.fuzz.test_damaged_texts import damaged
from tests.generators.chooser import Seeded
from tests.pseudo import left_out, pseudo
from tools.catalogues import extracted

CHECKOUT = Path(__file__).resolve().parent.parent
LINT = CHECKOUT / "tests" / "golden" / "lint"
CORPUS = CHECKOUT / "tests" / "conformance" / "corpus"
CASE = CHECKOUT / "examples" / "cases" / "kaspersky-2018"
TONGUE = pseudo()

TYPES = {kind.value for kind in Simple}
"""Words of the language of vocabularies: the same for every author."""
NOTATION = {
    "alleged", "reported", "corroborated", "official", "final", "document", "start", "uXXXX", "escape", "YAML", "TAG",
}  # fmt: skip
"""Standards of proof as policies write them, and pieces of notation that YAML's and JSON's readers quote."""
KNOWN = TYPES | NOTATION | COUNTRIES | CURRENCIES
_CODE = re.compile(r"`[^`]*`|code<[^>]*>|record \{[^}]*\}")
TEXTS = {"packages": 250, "vocabularies": 200, "claims": 250, "expressions": 500}
LINES = 250


# --- templates ---


def templates() -> list[str]:
    return [text for one, many in extracted().items() for text in (one, many) if text]


def test_every_part_of_a_template_has_a_name() -> None:
    """A translator moves parts about, so that each must be told by what it is; what is done to it is not theirs."""
    found = templates()
    assert len(found) > 300
    for template in found:
        for _, name, spec, conversion in string.Formatter().parse(template):
            assert name is None or name.isidentifier(), template
            assert not spec, template
            assert conversion is None, template


def test_a_sentence_about_a_number_names_the_same_parts_in_both_forms() -> None:
    for one, many in extracted().items():
        if many:
            assert fields(one) | {"count"} == fields(many) | {"count"}, many


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_templates_hold_no_line_breaks_nor_spaces_at_their_ends() -> None:
    for template in templates():
        assert template == template.strip(), template
        assert "\n" not in template, template


# --- problems ---


def spoken(problems: Iterable[Problem]) -> Iterator[tuple[str, list[str]]]:
    """Each problem as it is rendered, and its words that nobody said."""
    for problem in problems:
        assert isinstance(problem.message, Said)
        text = problem_text(problem, TONGUE)
        first, *rest = text.split("\n")
        said = "\n".join([first.removesuffix(f"[{problem.code}]"), *(rest[2:] if problem.span else rest)])
        yield text, left_out(_without_what_is_quoted(said, problem), KNOWN | _of_place(problem))


def _without_what_is_quoted(text: str, problem: Problem) -> str:
    place = f"{problem.file}:{problem.line}:{problem.column}"
    text = text.removeprefix(place) if problem.span else text
    return without_code(text)


def without_code(text: str) -> str:
    """Without what stands in backticks, and without the types that authors write."""
    return _CODE.sub(" ", text)


def _of_place(problem: Problem) -> set[str]:
    """The words of the path or name that says where; not those of a sentence about it, which has its own parts."""
    where = problem.where
    names = [str(part) for part in where.parts.values()] if isinstance(where, Said) else [where]
    return set(re.findall(r"[^\W\d_]{2,}", " ".join(names)))


def check(problems: Iterable[Problem], least: int = 1) -> None:
    count = 0
    for text, words in spoken(problems):
        assert not words, f"{words} in: {text}"
        count += 1
    assert count >= least


@pytest.mark.parametrize("path", sorted(LINT.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_word_of_lint_is_said(path: Path) -> None:
    log = ProblemLog()
    for thing in check_path(path, log):
        assert left_out(TONGUE.of(thing), {*path.stem.split("_"), "yaml"}) == []
    check(log.problems, least=0 if path.stem in {"nothing_wrong", "vocabulary"} else 1)


@pytest.mark.parametrize("name", ["domestic-company", "vague-business-model"])
def test_every_word_about_the_bad_examples_is_said(name: str) -> None:
    log = ProblemLog()
    check_path(CHECKOUT / "examples" / "bad" / name, log)
    check(log.problems)


def corpus_lines() -> Iterator[str]:
    for path in sorted(CORPUS.glob("*.json")):
        yield json.dumps(json.loads(path.read_text(encoding="utf-8"))["in"])


def test_every_word_about_the_corpus_is_said() -> None:
    found: list[Problem] = []
    for line in corpus_lines():
        log = ProblemLog()
        read_question(line, log)
        found += log.problems
    check(found, least=20)


def test_every_word_about_an_evaluation_that_fails_is_said() -> None:
    """Failures come with the outcome, not as problems."""
    reasons = set()
    for line in corpus_lines():
        log = ProblemLog()
        question = read_question(line, log)
        if question is None or log.refuses:
            continue
        times = {"valid_at": question.valid_at, "known_at": question.known_at}
        for outcome in outcomes(
            question.package, question.claims, question.subjects, **times, territory=question.territory
        ):
            reasons |= {failure.reason for rule in outcome.rules for failure in rule.failures}
    assert len(reasons) > 5
    for reason in reasons:
        assert isinstance(reason, Said)
        assert left_out(without_code(TONGUE.of(reason)), KNOWN) == []


SPOILT = (
    ("case.yaml", "policy: ads-standard", "policy: none-such"),
    ("case.yaml", "policy: ads-standard", "policy: ../away"),
    ("case.yaml", "kind: advertiser", "kind: person"),
    ("case.yaml", "subjects:", "people:"),
    ("case.yaml", "summary:", "summary: 5\nsummaries:"),
    ("case.yaml", "as_of: ", "as_of: the day "),
    ("claims.yaml", "stance: asserts", "stance: says"),
    ("claims.yaml", "weight: ", "weight: 1"),
    ("claims.yaml", "weight: ", "weight: 0.5 #"),
    ("claims.yaml", "subject: ", "subject: ' so and so ' #"),
    ("claims.yaml", "document: ", "document: no-"),
    ("claims.yaml", "fact: ", "fact: advertiser.none_such #"),
    ("claims.yaml", "holds_from: ", "holds_to: 1900-01-01\n    holds_from: "),
    ("claims.yaml", "value: ", "none: true\n    value: "),
    ("claims.yaml", "recorded_at: ", "recorded_at: yesterday #"),
    ("documents.yaml", "language: en", "language: English words"),
    ("documents.yaml", "status: primary", "status: prime"),
    ("documents.yaml", "summary:", "summary: nothing\n    abstract:"),
    ("documents.yaml", "precision: day", "precision: month\n    published: soon"),
    ("documents.yaml", "documents:", "documents: {}\npapers:"),
    ("notice.yaml", "to: ", "to: nobody-"),
    ("notice.yaml", "signed: ", "signed: perhaps #"),
)
"""What somebody may do to a case: in a file, what is replaced throughout, and by what."""


@pytest.mark.parametrize(("file", "old", "new"), SPOILT)
def test_every_word_about_a_spoilt_case_is_said(file: str, old: str, new: str, tmp_path: Path) -> None:
    shutil.copytree(CASE, tmp_path / "case")
    shutil.copytree(CHECKOUT / "policies" / "ads-standard", tmp_path / "policies" / "ads-standard")
    path = tmp_path / "case" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    log = ProblemLog()
    load_case(tmp_path / "case", log)
    check(log.problems)


@pytest.mark.parametrize("file", ["case.yaml", "claims.yaml", "documents.yaml", "notice.yaml"])
def test_every_word_about_a_case_without_a_file_is_said(file: str, tmp_path: Path) -> None:
    shutil.copytree(CASE, tmp_path / "case")
    (tmp_path / "case" / file).unlink()
    log = ProblemLog()
    load_case(tmp_path / "case", log, CHECKOUT / "policies")
    # What the operating system says, it says in its own language.
    check([item for item in log.problems if item.code != "unreadable-file"], least=0)
    assert log.problems


def test_every_word_about_a_question_before_the_first_version_is_said() -> None:
    from adjudge.answers.answer import Asked
    from adjudge.basis.instant import Instant

    log = ProblemLog()
    loaded = load_case(CASE, log)
    assert loaded is not None
    long_ago = Instant(-(10**18))
    assert decide(loaded, Asked(valid_at=long_ago, known_at=long_ago, territory=None), log) is None
    check(log.problems)


@pytest.mark.parametrize("name", TEXTS)
def test_every_word_about_a_damaged_text_is_said(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[Problem] = []
    monkeypatch.setattr(targets, "check_problems", found.extend)
    feed, read = targets.TARGETS[name]
    others = [text for _, texts in targets.TARGETS.values() for text in texts()]
    for seed in range(TEXTS[name]):
        choose = Seeded(f"words {name} {seed}")
        # A mark of quotation inside what is quoted would leave open where that ends.
        feed(damaged(name, choose.pick(read()), choose, others).replace("`", ""))
    check(found, least=100)


def test_every_word_about_a_damaged_line_is_said() -> None:
    _, read = targets.TARGETS["lines"]
    others = [text for _, texts in targets.TARGETS.values() for text in texts()]
    found: list[Problem] = []
    for seed in range(LINES):
        choose = Seeded(f"words lines {seed}")
        log = ProblemLog()
        line = damaged("lines", choose.pick(read()), choose, others).replace("`", "")
        question = read_question(line, log)
        if question is not None:
            lint(question.package, log)
        found += log.problems
    check(found, least=100)


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[1,]", "[1 2]", '{"a" 1}', "{a: 1}", '"a', '"\t"', r'"\q"', r'"\u00"', "1 2", "NaN", "-Infinity",
        '{"a": 1, "a": 2}', r'"\ud800"', "1" * 5000, "1e-99999999999999999999", "[" * 200 + "]" * 200,
    ],
)  # fmt: skip
def test_every_word_about_a_json_text_is_said(text: str) -> None:
    log = ProblemLog()
    assert read_json(text, log, "") is None
    check(log.problems)


YAML = (
    "", "a: b: c", "a:\n\t- b", "a: [1, 2", "a: {b: 1", "a: 'b", 'a: "\\q"', 'a: "\\uZZZZ"', "- a\nb: c", "a: @b",
    "a: `b`", "%YAML 3.0\n---\na: 1", "%TAG ! x\n---\na: 1", "%YAML 1.1\n%YAML 1.1\n---\na: 1", "%FOO\n---\na: 1",
    "a: !x! y", "a: !<x y", "a: *b", "a: &b c", "a: !!int 5", "a: 1\n---\nb: 2", "<<: {a: 1}", "a: 1\na: 2",
    "? [a]\n: b", "a: |0\n  b", "a: |x\n  b", "a: >\n \tb\n", "a: \x07", "[" * 60, "a: b\n c: d", "]", "a: - b",
    "&", "%", 'a: "b" c', "a: #b\n- c", "---\n%", "a: [b]: c", "a: ---", "'a\n---\n'", "- - a\n - b\n- c: d\n  e\n",
    "? a\n? b: c: d", 'a: "\\x"', "!<%zz> a", "!<%2> a",
)  # fmt: skip


@pytest.mark.parametrize("text", YAML)
def test_every_word_about_a_yaml_text_is_said(text: str) -> None:
    log = ProblemLog()
    read_yaml(Source("", text), log)
    check(log.problems, least=0)


def test_the_texts_that_are_no_yaml_are_answered() -> None:
    """Lest the test before this one look at nothing."""
    log = ProblemLog()
    for text in YAML:
        read_yaml(Source("", text), log)
    assert len({problem.message for problem in log.problems}) > 30


def test_the_count_of_problems_is_said() -> None:
    log = ProblemLog()
    for text in YAML * 20:
        read_yaml(Source("", text), log)
    assert log.left_out
    assert left_out(count_text(log, TONGUE), ()) == []
