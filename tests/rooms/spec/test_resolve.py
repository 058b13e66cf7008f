"""Verdicts, over every pair and standard, against the table of LANGUAGE.md 4.2 as it is written."""

import itertools
from dataclasses import replace

import pytest

from adjudge.basis.ids import RuleId
from adjudge.basis.weight import Pair, Standard
from adjudge.facts.type import Simple
from adjudge.facts.vocabulary import Kind
from adjudge.language.core import Atom, Constant
from adjudge.language.expression.syntax import Literal
from adjudge.language.package import (
    Ground,
    Measure,
    MeasureKind,
    Rule,
    RuleKind,
    Unless,
    Written,
)
from adjudge.outcome import Verdict
from adjudge.spec.resolve import verdict

ALL = [Pair(f, a) for f in range(6) for a in range(6)]
TRUE = Written("true", Literal(True), Atom(Constant(True, Simple.BOOL), ()))
RULE = Rule(
    id=RuleId("r"),
    title={},
    subject=Kind.AD,
    kind=RuleKind.PROHIBITION,
    ground=Ground("", ""),
    when=TRUE,
    standard=Standard.REPORTED,
    territory=None,
    measure=Measure(kind=MeasureKind.EXCLUDE),
)


def exception(name: str, standard: Standard) -> Unless:
    return Unless(id=name, title={}, when=TRUE, standard=standard)


@pytest.mark.parametrize("standard", list(Standard))
def test_without_exceptions_each_pair_has_the_verdict_of_its_row(standard: Standard) -> None:
    s = int(standard)
    for pair in ALL:
        f, a = pair
        rows = {
            Verdict.UNKNOWN: f == a == 0,
            Verdict.REFUTED: f < s and a >= f and a > 0,
            Verdict.UNPROVEN: f < s and f > a,
            Verdict.CONTESTED: f >= s and a >= f,
            Verdict.MET: f >= s and f > a,
        }
        # The rows part the pairs: exactly one holds.
        assert list(rows.values()).count(True) == 1
        assert rows[verdict(replace(RULE, standard=standard), pair, ())]


def test_an_exception_changes_only_what_would_be_met() -> None:
    for pair, unless_pair, standard in itertools.product(ALL, ALL, Standard):
        rule = replace(RULE, unless=(exception("u", standard),))
        found = verdict(rule, pair, (("u", unless_pair),))
        bare = verdict(RULE, pair, ())
        f, a = unless_pair
        if bare is not Verdict.MET:
            assert found is bare
        elif f >= standard and f > a:
            assert found is Verdict.EXCEPTED
        elif f >= standard and a >= f:
            assert found is Verdict.CONTESTED
        else:
            assert found is Verdict.MET


def test_one_established_exception_is_enough_and_its_order_is_nothing() -> None:
    rule = replace(RULE, unless=(exception("u", Standard.REPORTED), exception("v", Standard.OFFICIAL)))
    established, disputed = Pair(4, 0), Pair(4, 4)
    for pairs in ((("u", disputed), ("v", established)), (("v", established), ("u", disputed))):
        assert verdict(rule, Pair(4, 0), pairs) is Verdict.EXCEPTED
    assert verdict(rule, Pair(4, 0), (("u", Pair(0, 5)), ("v", Pair(3, 5)))) is Verdict.MET
    assert verdict(rule, Pair(4, 0), (("u", Pair(0, 5)), ("v", disputed))) is Verdict.CONTESTED
