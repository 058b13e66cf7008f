"""Places in texts, and how they are shown to a person."""

from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.node import Mapping, Node, Scalar, span_within
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.span import WIDEST_EXCERPT, Source, Span


def excerpt(text: str, start: int, end: int) -> tuple[str, str]:
    return Span(Source("x", text), start, end).excerpt()


def test_lines_and_columns_are_counted_from_one() -> None:
    span = Span(Source("x", "ab\ncd"), 4, 5)
    assert (span.line, span.column) == (2, 2)
    assert span.excerpt() == ("cd", " ^")


def test_the_end_of_a_text_is_a_place() -> None:
    assert excerpt("ab", 2, 2) == ("ab", "  ^")
    assert excerpt("", 0, 0) == ("", "^")


def test_carets_stand_under_wide_and_combining_characters() -> None:
    assert excerpt("日本 x", 3, 4) == ("日本 x", "     ^")
    assert excerpt("日本", 0, 2)[1] == "^^^^"
    assert excerpt("e\u0301x", 2, 3)[1] == " ^"


def test_what_could_drive_a_terminal_is_shown_harmlessly() -> None:
    shown, _ = excerpt("a\x1b[31m\u202eb\u2028c\td", 0, 1)
    assert shown == "a\N{REPLACEMENT CHARACTER}[31m\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c d"


def test_a_long_line_is_cut_round_the_place() -> None:
    text = "x" * 5000 + "HERE" + "y" * 5000
    shown, carets = excerpt(text, 5000, 5004)
    assert len(shown) <= WIDEST_EXCERPT + 4
    assert shown[carets.index("^") : carets.index("^") + 4] == "HERE"


def test_a_place_over_several_lines_shows_the_first() -> None:
    shown, carets = excerpt("abc\ndef", 1, 6)
    assert shown == "abc"
    assert carets.startswith(" ^")


def scalar(text: str) -> Scalar:
    node: Node | None = read_yaml(Source("x", text), ProblemLog())
    assert isinstance(node, Mapping)
    found = node.items["when"]
    assert isinstance(found, Scalar)
    return found


def marked(text: str, part: str) -> str:
    """The source text at the place of a part of the value."""
    value = scalar(text)
    start = value.text.index(part)
    span = span_within(value, start, start + len(part))
    assert span is not None
    return text[span.start : span.end]


def test_a_part_of_a_plain_scalar_is_found_in_the_file() -> None:
    assert marked("when: ad.x == 'a'", "'a'") == "'a'"


def test_a_part_of_a_folded_scalar_is_found_on_its_own_line() -> None:
    text = "when: >-\n  a.b == 1\n  && a.c == 2\n"
    assert marked(text, "a.c") == "a.c"
    value = scalar(text)
    span = span_within(value, value.text.index("a.c"), value.text.index("a.c") + 3)
    assert span is not None
    assert (span.line, span.column) == (3, 6)


def test_a_part_over_a_fold_spans_both_lines() -> None:
    assert marked("when: >-\n  a &&\n  b\n", "a && b") == "a &&\n  b"


def test_a_part_of_a_literal_block_is_found() -> None:
    assert marked("when: |\n  a\n  bc\n", "bc") == "bc"


def test_a_part_of_a_single_quoted_scalar_is_found_behind_doubled_quotes() -> None:
    assert marked("when: 'ad.x == ''a'' || ad.y'", "ad.y") == "ad.y"


def test_a_part_of_a_double_quoted_scalar_is_found() -> None:
    assert marked("when: \"ad.x == 'a' && ad.yz\"", "ad.yz") == "ad.yz"


def test_where_escapes_hide_the_characters_the_whole_scalar_is_the_place() -> None:
    value = scalar('when: "\\u0061\\u0064.x"')
    span = span_within(value, 0, 2)
    assert value.text == "ad.x"
    assert span is not None
    assert value.span is not None
    assert value.span.start <= span.start <= span.end <= value.span.end


def test_a_scalar_without_a_place_has_no_parts_with_places() -> None:
    assert span_within(Scalar("x", plain=False, span=None, path=""), 0, 1) is None
