"""What a policy may speak of, read from YAML. LANGUAGE.md 1.2, 9."""

import pytest

from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.span import Source
from adjudge.facts.type import CodeType, RecordType, Simple
from adjudge.facts.vocabulary import Changer, Kind, Proof, Vocabulary
from adjudge.facts.vocabulary_reader import read_vocabulary

HEAD = "vocabulary: ads\nversion: 1\n"


def read(text: str) -> tuple[Vocabulary | None, list[tuple[str, int | None]]]:
    log = ProblemLog()
    found = read_vocabulary(read_yaml(Source("v", text), log), log)
    return found, [(problem.code, problem.line) for problem in log.problems]


def good(text: str) -> Vocabulary:
    found, problems = read(text)
    assert found is not None
    assert problems == []
    return found


def test_everything_that_a_fact_can_have_is_read() -> None:
    found = good(
        HEAD
        + """taxonomies: {product: {regulated: {alcohol: {beer: {}}, gambling: }}}
facts:
  advertiser:
    certificates:
      type: {record: {kind: string, where: country, of: code<product>, inner: {record: {a: int}}}}
      many: true
      complete: true
      protected: true
      changeable_by: advertiser
      effort: 3
      proof: [{document: register_extract, weight: 4}]
      definition: {en: Seen., fr: Vu.}
"""
    )
    fact = found.fact("advertiser", "certificates")
    assert fact is not None
    inner = RecordType((("a", Simple.INT),))
    assert fact.type == RecordType(
        (("kind", Simple.STRING), ("where", Simple.COUNTRY), ("of", CodeType("product")), ("inner", inner))
    )
    assert (fact.many, fact.complete, fact.protected, fact.effort) == (True, True, True, 3)
    assert fact.changeable_by is Changer.ADVERTISER
    assert fact.proof == (Proof("register_extract", 4),)
    assert fact.definition == {"en": "Seen.", "fr": "Vu."}
    assert fact.full_name == "advertiser.certificates"
    assert found.names("advertiser") == ["certificates"]


def test_defaults_are_those_of_the_page() -> None:
    fact = good(HEAD + "facts: {ad: {text: {type: string}}}").fact("ad", "text")
    assert fact is not None
    assert (fact.kind, fact.many, fact.complete, fact.protected, fact.effort) == (
        Kind.AD,
        False,
        False,
        False,
        1,
    )
    assert fact.changeable_by is Changer.THIRD_PARTY


def test_a_code_lies_under_itself_and_all_above_it() -> None:
    tree = good(HEAD + "taxonomies: {p: {a: {b: {c: {}}}, d: {}}}\nfacts: {}").taxonomies["p"]
    assert tree.is_under("c", "c")
    assert tree.is_under("c", "a")
    assert not tree.is_under("a", "c")
    assert not tree.is_under("d", "a")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[]", "wrong-shape"),
        ("vocabulary: a\nversion: 1\n", "missing-key"),
        ("vocabulary: a\nfacts: {}\n", "missing-key"),
        ("vocabulary: a\nversion: 0\nfacts: {}\n", "bad-value"),
        ("vocabulary: 5\nversion: 1\nfacts: {}\n", "wrong-shape"),
        (HEAD + "facts: {}\nfact: {}\n", "unknown-key"),
        (HEAD + "facts: {campaign: {}}\n", "unknown-key"),
        (HEAD + "facts: {ad: {a-b: {type: int}}}\n", "bad-identifier"),
        (HEAD + "facts: {ad: {a: {}}}\n", "missing-key"),
        (HEAD + "facts: {ad: {a: {type: text}}}\n", "bad-word"),
        (HEAD + "facts: {ad: {a: {type: code<p>}}}\n", "unknown-name"),
        (HEAD + "facts: {ad: {a: {type: {record: {}}}}}\n", "wrong-shape"),
        (HEAD + "facts: {ad: {a: {type: {record: {b: text}}}}}\n", "bad-word"),
        (HEAD + "facts: {ad: {a: {type: {list: int}}}}\n", "missing-key"),
        (HEAD + "facts: {ad: {a: {type: int, many: yes}}}\n", "wrong-shape"),
        (HEAD + "facts: {ad: {a: {type: int, effort: 0}}}\n", "bad-value"),
        (HEAD + "facts: {ad: {a: {type: int, changeable_by: me}}}\n", "bad-word"),
        (HEAD + "facts: {ad: {a: {type: int, proof: [{document: d, weight: 6}]}}}\n", "bad-value"),
        (HEAD + "facts: {ad: {a: {type: int, definition: Seen.}}}\n", "wrong-shape"),
        (HEAD + "taxonomies: {p: {a: {b: {}}, b: {}}}\nfacts: {}\n", "duplicate-id"),
        (HEAD + "taxonomies: {p: [a]}\nfacts: {}\n", "wrong-shape"),
        (HEAD + "taxonomies: {p: {a: 5}}\nfacts: {}\n", "wrong-shape"),
    ],
)
def test_what_does_not_fit_is_a_problem_with_a_place(text: str, code: str) -> None:
    _, problems = read(text)
    assert code in [found for found, _ in problems], problems
    assert all(line is not None for _, line in problems)


def test_one_bad_fact_does_not_hide_the_others() -> None:
    found, problems = read(HEAD + "facts: {ad: {a: {type: nonsense, effort: 0}, b: {type: int}}}\n")
    assert found is not None
    assert list(found.facts) == ["ad.b"]
    assert sorted(code for code, _ in problems) == ["bad-value", "bad-word"]


def test_a_deep_tree_of_codes_is_no_trouble() -> None:
    depth = 40
    text = (
        HEAD
        + "taxonomies: {p: "
        + "".join(f"{{c{n}: " for n in range(depth))
        + "{}"
        + "}" * depth
        + "}\nfacts: {}\n"
    )
    assert len(good(text).taxonomies["p"].parents) == depth
